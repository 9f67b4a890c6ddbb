"""Organisations on record that no contact ever concerned, or none for long (R-66)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, union_all
from sqlalchemy.orm import joinedload

from lado.extensions import db
from lado.models import (
    Consultation,
    ConsultationSubject,
    Organisation,
    Position,
    Term,
    User,
    subject_other_position,
)
from lado.queries import access
from lado.queries.keyset import Cursor, Order, Page, in_order, page_of
from lado.queries.organisations import STANDING


@dataclass(frozen=True)
class Coverage:
    """Of one sector: how many organisations had a contact since a day, only before it, or never."""

    sector: str
    recent: int
    earlier: int
    never: int

    @property
    def organisations(self) -> int:
        return self.recent + self.earlier + self.never


def by_sector(user: User, since: date) -> list[Coverage]:
    last = _last_contacts(user)

    def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((condition, 1), else_=0))

    query = (
        select(
            Term.label,
            number(last.c.day >= since),
            number(last.c.day < since),
            number(last.c.day.is_(None)),
        )
        .select_from(Organisation)
        .join(Term, Term.id == Organisation.sector_id)
        .outerjoin(last, last.c.organisation == Organisation.id)
        .where(*OPEN)
        .group_by(Term.label, Term.position)
        .order_by(Term.position, Term.label)
    )
    return [Coverage(*row) for row in db.session.execute(query)]


def silent(user: User, since: date, cursor: Cursor, *, sector_id: int | None) -> Page[Organisation]:
    """Those without a contact since the day, by name."""
    last = _last_contacts(user)
    heard = select(last.c.organisation).where(last.c.day >= since)
    narrowed: list[ColumnElement[bool]] = [*OPEN, Organisation.id.not_in(heard)]
    if sector_id:
        narrowed.append(Organisation.sector_id == sector_id)
    order = Order.by(Organisation, Organisation.folded)
    rows = in_order(Organisation, joinedload(Organisation.sector))
    return page_of(access.visible(user, Organisation), narrowed, order, cursor, rows)


def last_days(user: User, organisations: Sequence[Organisation]) -> dict[int, date]:
    """By the id of the organisation the day of its last contact, if it had one."""
    last = _last_contacts(user)
    ids = [organisation.id for organisation in organisations]
    query: Any = select(last.c.organisation, last.c.day).where(last.c.organisation.in_(ids))
    return dict(db.session.execute(query).all())


OPEN = (STANDING, Organisation.closed.is_(False))


def _last_contacts(user: User) -> Any:
    """As `consultations.at` says what concerns an organisation, for all of them at once."""
    subject = ConsultationSubject
    known = access.visible(user, Consultation)
    adults = known.join(subject, subject.consultation_id == Consultation.id)
    positions = adults.join(Position, Position.id == subject.position_id)
    others = adults.join(
        subject_other_position, subject_other_position.c.subject_id == subject.id
    ).join(Position, Position.id == subject_other_position.c.position_id)
    contacts = union_all(
        _days(known, Consultation.setting_id),
        _days(adults, subject.organisation_id),
        _days(positions, Position.organisation_id),
        _days(others, Position.organisation_id),
    ).subquery()
    return (
        select(contacts.c.organisation, func.max(contacts.c.day).label("day"))
        .group_by(contacts.c.organisation)
        .subquery()
    )


def _days(query: Select[Any], organisation: Any) -> Select[Any]:
    """Of each organisation once already, so that few rows meet."""
    return (
        query.where(organisation.is_not(None))
        .with_only_columns(
            organisation.label("organisation"), func.max(Consultation.received_on).label("day")
        )
        .group_by(organisation)
    )
