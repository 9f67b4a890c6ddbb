"""Organisations: employers and settings."""

from sqlalchemy import select

from lado.errors import Invalid
from lado.extensions import db
from lado.models import Organisation, Term
from lado.rules.audit import AuditAction
from lado.rules.folding import fold
from lado.rules.vocabulary import Origin
from lado.services import audit
from lado.services.audit import Actor


def find_or_add_organisation_in_transaction(
    name: str, sector: Term | None, *, by: Actor, origin: Origin = Origin.ENTERED
) -> Organisation:
    """The organisation of this name, whatever its case, accents and punctuation; else a new one.

    A known organisation keeps its own sector. For a service that has a transaction open.
    """
    folded = fold(name)
    if not folded:
        raise Invalid({"name": "Enter a name that has letters or numbers in it."})
    known = db.session.scalars(
        select(Organisation).where(Organisation.folded == folded).order_by(Organisation.id).limit(1)
    ).first()
    if known:
        return known
    if sector is None:
        raise Invalid({"sector": "Choose a sector: this organisation is new here."})
    organisation = Organisation(name=name, folded=folded, sector=sector, origin=origin)
    db.session.add(organisation)
    audit.record(AuditAction.ORGANISATION_ADDED, organisation, by=by)
    return organisation
