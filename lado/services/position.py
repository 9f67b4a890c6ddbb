"""Positions of trust, as consultations state them. Inside the transaction of another service."""

from dataclasses import dataclass

from sqlalchemy import exists, or_, select

from lado.extensions import db
from lado.models import (
    Case,
    ConsultationSubject,
    Organisation,
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
    subject: ConsultationSubject, details: PositionDetails, organisation: Organisation | None
) -> Position:
    """One that this adult is known to hold, else a new one.

    The same position stated twice is one position: two would make it look like several roles.
    """
    known = [p for p in _known(subject) if _is_same(p, details, organisation)]
    position = known[0] if known else Position(
        role_id=details.role_id, organisation=organisation, sector_id=details.sector_id
    )  # fmt: skip
    if subject.person:
        position.person = subject.person
    if details.paid is not None:
        position.paid = details.paid
    db.session.add(position)
    return position


def _known(subject: ConsultationSubject) -> list[Position]:
    """The person's own, then what was said of this adult before they were named."""
    own = [] if subject.id is None else [subject.position]
    persons = subject.person.positions if subject.person else []
    return [*persons, *own, *subject.other_positions]


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
