"""The line of a consultation in a list, and what is offered beside one. Each starts at what the
reader may know of; the list itself is in `consultation_list`."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from lado.extensions import db
from lado.models import (
    Child,
    Consultation,
    ConsultationSubject,
    Decision,
    Organisation,
    Person,
    PersonName,
    Position,
    Term,
    User,
)
from lado.queries import linked
from lado.queries.paging import MOST_PAGES, SIZE, Page
from lado.rules.permissions import ROLES, Permission
from lado.rules.vocabulary import AWAITING_DECISION, ConsultationStatus, NameKind

FIRST = 1


@dataclass(frozen=True)
class Listed:
    """One line of a list: the consultation, with its first adult."""

    public_id: str
    reference: str
    received_on: date
    status: ConsultationStatus
    restricted: bool
    surname: str | None
    forename: str | None
    itself: bool
    role: str | None
    organisation: str | None
    sector: str
    category: str
    decision: str | None
    adults: int

    @property
    def about(self) -> str:
        """Who the first adult is, as far as it is known."""
        if self.surname:
            return f"{self.forename} {self.surname}".strip()
        if self.itself:
            return "The organisation itself"
        return f"{self.role or 'Adult'}, not named"

    @property
    def decided(self) -> str:
        if self.status is ConsultationStatus.OPEN:
            return AWAITING_DECISION
        return self.decision or "Decided"


def children_of(consultation: Consultation) -> Sequence[Child]:
    query = select(Child).where(Child.consultation_id == consultation.id).order_by(Child.number)
    return db.session.scalars(query).all()


def takers(keep: User | None = None) -> Sequence[User]:
    """Those who may have taken a call, and whoever is on record for it."""
    roles = [
        role for role, rule in ROLES.items() if Permission.CONSULTATION_LOG in rule.permissions
    ]
    may = and_(User.active, User.role.in_(roles))
    kept = User.id == (keep.id if keep else None)
    query = select(User).where(or_(may, kept)).order_by(User.name, User.id)
    return db.session.scalars(query).all()


def newest(query: Select[Any], most: int) -> Sequence[Listed]:
    return lines_of(db.session.scalars(_newest_first(query).limit(most)).all())


def page_newest(query: Select[Any], number: int, *, total: int) -> Page[Listed]:
    number = min(max(number, 1), MOST_PAGES)
    skipped = (number - 1) * SIZE
    ids = _newest_first(query).offset(skipped).limit(SIZE)
    return Page(lines_of(db.session.scalars(ids).all()), number, total, skipped + SIZE < total)


def _newest_first(query: Select[Any]) -> Select[int]:
    ids = query.with_only_columns(Consultation.id)
    return ids.order_by(Consultation.received_on.desc(), Consultation.id.desc())


def positions_at(organisation_ids: Iterable[int | None]) -> Select[int]:
    return select(Position.id).where(Position.organisation_id.in_(organisation_ids))


def at(organisation_ids: Collection[int]) -> ColumnElement[bool]:
    """It happened there, an adult works there, or it is about the place itself."""
    subject = ConsultationSubject
    return or_(
        Consultation.setting_id.in_(organisation_ids),
        any_adult(subject.organisation_id.in_(organisation_ids)),
        any_adult(subject.position_id.in_(positions_at(organisation_ids))),
    )


def places_of(subject: ConsultationSubject) -> list[Organisation | None]:
    """What the concern is about, if a place, and where the adult works, as it was told of."""
    positions = subject.position, *subject.other_positions
    return [subject.organisation, *(position.organisation for position in positions)]


def about(person: Person) -> ColumnElement[bool]:
    """An adult of it is this person, by any of their records."""
    return any_adult(ConsultationSubject.person_id.in_(linked.ids(person)))


def any_adult(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Consultation.id.in_(select(ConsultationSubject.consultation_id).where(condition))


def lines_of(ids: Sequence[int]) -> Sequence[Listed]:
    """The lines of these consultations, in this order, in one statement."""
    found = db.session.execute(_lines().where(Consultation.id.in_(ids))).mappings()
    by_id = {row["id"]: row for row in found}
    names = [field.name for field in fields(Listed)]
    return [Listed(**{name: by_id[each][name] for name in names}) for each in ids]


@cache
def _lines() -> Select[*tuple[Any, ...]]:
    """Made once: to put it together takes longer than to ask it."""
    sector, role, category, decided = (aliased(Term) for _ in range(4))
    subject, standing = ConsultationSubject, aliased(Decision)
    adults = aliased(ConsultationSubject)
    number = select(func.count()).where(adults.consultation_id == Consultation.id)
    return (
        select(
            Consultation.id,
            Consultation.public_id,
            Consultation.reference,
            Consultation.received_on,
            Consultation.status,
            Consultation.restricted,
            PersonName.surname,
            PersonName.forename,
            subject.organisation_id.is_not(None).label("itself"),
            role.label.label("role"),
            Organisation.name.label("organisation"),
            sector.label.label("sector"),
            category.label.label("category"),
            decided.label.label("decision"),
            number.scalar_subquery().label("adults"),
        )
        .join(subject, and_(subject.consultation_id == Consultation.id, subject.number == FIRST))
        .join(Position, Position.id == subject.position_id)
        .join(sector, sector.id == Position.sector_id)
        .join(category, category.id == subject.category_id)
        .outerjoin(role, role.id == Position.role_id)
        .outerjoin(Organisation, Organisation.id == Position.organisation_id)
        .outerjoin(
            PersonName,
            and_(PersonName.person_id == subject.person_id, PersonName.kind == NameKind.CURRENT),
        )
        .outerjoin(standing, and_(standing.subject_id == subject.id, standing.ended_on.is_(None)))
        .outerjoin(decided, decided.id == standing.term_id)
    )
