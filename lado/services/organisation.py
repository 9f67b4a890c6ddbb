"""Organisations: employers and settings."""

from dataclasses import dataclass, fields

from lado.errors import Invalid
from lado.extensions import db
from lado.models import Organisation, OrganisationWord, Term, User
from lado.queries import organisations
from lado.rules.audit import AuditAction
from lado.rules.folding import fold, words
from lado.rules.vocabulary import Origin
from lado.services import audit
from lado.services.audit import Actor
from lado.services.transaction import check_version, writes

NEAR = "There is already an organisation of nearly this name. Tick if this is another one"


@dataclass(frozen=True)
class OrganisationDetails:
    """Named as the columns are."""

    name: str
    sector_id: int
    subsector_id: int | None = None
    school_phase_id: int | None = None
    school_type_id: int | None = None
    small_voluntary: bool | None = None


def find_or_add_organisation_in_transaction(
    name: str, sector: Term | None, *, by: Actor, origin: Origin = Origin.ENTERED
) -> Organisation:
    """The organisation of this name, whatever its case, accents and punctuation; else a new one.

    A known organisation keeps its own sector. For a service that has a transaction open.
    """
    folded = fold(name)
    if not folded:
        raise Invalid({"name": "Enter a name that has letters or numbers in it."})
    if known := organisations.called(name):
        return known[0]
    if sector is None:
        raise Invalid({"sector": "Choose a sector: this organisation is new here."})
    organisation = Organisation(name=name, folded=folded, sector=sector, origin=origin)
    db.session.add(organisation)
    index_in_transaction(organisation)
    audit.record(AuditAction.ORGANISATION_ADDED, organisation, by=by)
    return organisation


def index_in_transaction(organisation: Organisation) -> None:
    """By the words of its names, where it is and of its town; none while merged into another."""
    names = [organisation.folded, *(each.folded for each in organisation.other_names)]
    found = set() if organisation.merged_into else words(*names, organisation.town or "")
    kept = {each.word: each for each in organisation.words}
    organisation.words = [kept.get(word) or OrganisationWord(word=word) for word in sorted(found)]


@writes(AuditAction.ORGANISATION_ADDED)
def add(*, details: OrganisationDetails, is_another: bool = False, by: User) -> Organisation:
    """`is_another` says that somebody looked at the near names and meant a new one."""
    _check(details)
    if not is_another and organisations.near(details.name):
        raise Invalid({"is_another": NEAR})
    organisation = Organisation(folded=fold(details.name), **vars(details))
    db.session.add(organisation)
    index_in_transaction(organisation)
    audit.record(AuditAction.ORGANISATION_ADDED, organisation, by=by)
    return organisation


@writes(AuditAction.ORGANISATION_CHANGED)
def change(
    organisation: Organisation,
    *,
    details: OrganisationDetails,
    is_another: bool = False,
    version: int,
    by: User,
) -> None:
    check_version(organisation, version)
    _check(details)
    changed = [f.name for f in fields(details)
               if getattr(organisation, f.name) != getattr(details, f.name)]  # fmt: skip
    others = [near for near in organisations.near(details.name) if near is not organisation]
    if "name" in changed and others and not is_another:
        raise Invalid({"is_another": NEAR})
    for name in changed:
        setattr(organisation, name, getattr(details, name))
    organisation.folded = fold(details.name)
    index_in_transaction(organisation)
    audit.record(AuditAction.ORGANISATION_CHANGED, organisation, by=by, fields=changed)


def _check(details: OrganisationDetails) -> None:
    if not fold(details.name):
        raise Invalid({"name": "Enter a name that has letters or numbers in it"})
    if details.subsector_id is None:
        return
    subsector = db.session.get_one(Term, details.subsector_id)
    if subsector.parent_id != details.sector_id:
        raise Invalid({"subsector_id": "Sub-sector must be one of the sector's own"})
