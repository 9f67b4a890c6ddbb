"""Positions of trust, as consultations state them. Inside the transaction of another service."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import exists, or_, select

from lado.errors import Invalid
from lado.extensions import db
from lado.models import (
    Case,
    ConsultationSubject,
    Organisation,
    Person,
    Position,
    Term,
    subject_other_position,
)
from lado.queries import organisations
from lado.rules.usual_sectors import NOT_KNOWN, USUAL_SECTOR
from lado.rules.vocabulary import TermGroup
from lado.services.audit import Actor
from lado.services.organisation import find_or_add_organisation_in_transaction

NEW_HERE = "Choose the sector: this organisation is new here"


@dataclass(frozen=True)
class PositionDetails:
    """`organisation` is one on record, the name of one (known or new), or None: not known.
    Without a sector it has that of the organisation, or else the one its role is held in."""

    sector_id: int | None
    role_id: int | None = None
    organisation: Organisation | str | None = None
    paid: bool | None = None


def with_sector(details: PositionDetails) -> PositionDetails:
    """Raises Invalid for `sector_id` where an organisation is new and nothing tells its sector."""
    if details.sector_id:
        return details
    named = details.organisation
    known = organisations.called(named) if isinstance(named, str) else [named] if named else []
    sector_id = known[0].sector_id if known else sector_of_role(details.role_id)
    if sector_id is None and not named:
        sector_id = sector_called(NOT_KNOWN)
    if sector_id is None:
        raise Invalid({"sector_id": NEW_HERE})
    return replace(details, sector_id=sector_id)


def sector_of_role(role_id: int | None) -> int | None:
    """The one sector in which the role is held, if there is only one."""
    role = db.session.get(Term, role_id) if role_id else None
    return sector_called(USUAL_SECTOR.get(role.code or "", "")) if role else None


def sector_called(code: str) -> int | None:
    return db.session.scalar(
        select(Term.id).where(Term.group == TermGroup.SECTOR, Term.code == code)
    )


def employer_of(details: PositionDetails, *, by: Actor) -> Organisation | None:
    """The sector is one that `with_sector` gave."""
    if not isinstance(details.organisation, str):
        return details.organisation
    sector = db.session.get_one(Term, details.sector_id)
    try:
        return find_or_add_organisation_in_transaction(details.organisation, sector, by=by)
    except Invalid as invalid:
        raise Invalid({"organisation": invalid.messages["name"]}) from invalid


def find_or_add_position(
    person: Person | None,
    details: PositionDetails,
    organisation: Organisation | None,
    *,
    stated: Iterable[Position] = (),
) -> Position:
    """One the person is known to hold, or was `stated` before they were named; else a new one.

    The same position stated twice is one position: two would make it look like several roles.
    """
    known = [*(person.positions if person else ()), *stated]
    position = next((p for p in known if _is_same(p, details, organisation)), None)
    if position is None:
        position = Position(
            role_id=details.role_id, organisation=organisation, sector_id=details.sector_id
        )
    if person:
        position.person = person
    if details.paid is not None:
        position.paid = details.paid
    db.session.add(position)
    return position


def _is_same(
    position: Position, details: PositionDetails, organisation: Organisation | None
) -> bool:
    return (
        position.held_to is None
        and position.organisation is organisation
        and (position.role_id, position.sector_id) == (details.role_id, details.sector_id)
    )


def drop_if_unused(position: Position) -> None:
    """Forget what was only mistyped: nothing else states it, and nobody dated it."""
    dated = position.held_from or position.held_to
    other = subject_other_position.c.position_id
    used = select(
        or_(
            exists().where(ConsultationSubject.position_id == position.id),
            exists().where(other == position.id),
            exists().where(Case.position_id == position.id),
        )
    )
    if not dated and not db.session.scalar(used):
        db.session.delete(position)
