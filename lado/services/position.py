"""Positions of trust, as consultations state them. Inside the transaction of another service."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import exists, or_, select

from lado.extensions import db
from lado.models import (
    Case,
    ConsultationSubject,
    Organisation,
    Person,
    Position,
    subject_other_position,
)


@dataclass(frozen=True)
class PositionDetails:
    """`organisation` is one on record, the name of one (known or new), or None: not known."""

    sector_id: int
    role_id: int | None = None
    organisation: Organisation | str | None = None
    paid: bool | None = None


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
