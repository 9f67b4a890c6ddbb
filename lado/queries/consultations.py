"""Lists of consultations. Each starts at what the reader may know of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from lado.extensions import db
from lado.models import (
    Child,
    Consultation,
    ConsultationSubject,
    Decision,
    Organisation,
    PersonName,
    Position,
    Term,
    User,
)
from lado.queries import access
from lado.queries.paging import MOST_PAGES, SIZE, Page
from lado.rules.permissions import ROLES, Permission
from lado.rules.vocabulary import ConsultationStatus, DecisionStage, NameKind, TermGroup

FIRST = 1
MOST_COUNTED = 1000
MOST_EARLIER = 20


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


@dataclass(frozen=True)
class Chosen:
    """What a list is narrowed to. `stage`, `sector_id` and `category_id` may be any adult's."""

    status: ConsultationStatus | None = None
    stage: DecisionStage | None = None
    sector_id: int | None = None
    category_id: int | None = None
    mine: bool = False
    received_from: date | None = None
    received_to: date | None = None
    oldest_first: bool = False


@dataclass(frozen=True)
class Earlier:
    """Other consultations, the newest first: about the same person, and at the same organisation.

    One more than MOST_EARLIER says that there are more.
    """

    about_person: Sequence[Listed]
    at_organisation: Sequence[Listed]


def page_of_list(user: User, chosen: Chosen, number: int) -> Page[Listed]:
    """`total` is counted up to MOST_COUNTED, so that no list waits for its count."""
    number = min(max(number, 1), MOST_PAGES)
    narrowed = _narrowed(user, chosen)
    rows = _rows(
        narrowed.order_by(*_order(oldest_first=chosen.oldest_first))
        .offset((number - 1) * SIZE)
        .limit(SIZE + 1),
        oldest_first=chosen.oldest_first,
    )
    total = _count(narrowed)
    return Page(rows[:SIZE], number, total, len(rows) > SIZE)


def terms_to_choose() -> dict[TermGroup, list[Row[int, str]]]:
    """Sectors and categories, the retired ones too: old records have them."""
    groups = (TermGroup.SECTOR, TermGroup.CATEGORY)
    found = db.session.execute(
        select(Term.group, Term.id, Term.label)
        .where(Term.group.in_(groups))
        .order_by(Term.position, Term.id)
    )
    offered: dict[TermGroup, list[Any]] = {group: [] for group in groups}
    for row in found:
        offered[row.group].append(row)
    return offered


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


def earlier_than_decision(user: User, subject: ConsultationSubject) -> Earlier:
    """What is on record about the same adult and the same place, whatever came of it (R-51, R-52).

    The place is that of the position, or where it happened.
    """
    others = access.visible(user, Consultation).where(Consultation.id != subject.consultation_id)
    places = {subject.position.organisation_id, subject.consultation.setting_id} - {None}
    about = _any_adult(ConsultationSubject.person_id == subject.person_id)
    there = or_(
        Consultation.setting_id.in_(places),
        _any_adult(ConsultationSubject.position_id.in_(_positions_at(places))),
    )
    return Earlier(
        _newest(others.where(about)) if subject.person_id else (),
        _newest(others.where(there)) if places else (),
    )


def _newest(query: Select[Any]) -> Sequence[Listed]:
    order = _order(oldest_first=False)
    return _rows(query.order_by(*order).limit(MOST_EARLIER + 1), oldest_first=False)


def _positions_at(organisation_ids: Iterable[int | None]) -> Select[int]:
    return select(Position.id).where(Position.organisation_id.in_(organisation_ids))


def _any_adult(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Consultation.id.in_(select(ConsultationSubject.consultation_id).where(condition))


def _narrowed(user: User, chosen: Chosen) -> Select[Any]:
    query = access.visible(user, Consultation)
    conditions = (
        (chosen.status, Consultation.status == chosen.status),
        (chosen.mine, Consultation.taken_by_id == user.id),
        (chosen.received_from, Consultation.received_on >= (chosen.received_from or date.min)),
        (chosen.received_to, Consultation.received_on <= (chosen.received_to or date.max)),
        (chosen.sector_id, _has_adult(Position.sector_id == chosen.sector_id)),
        (
            chosen.category_id,
            _has_adult(ConsultationSubject.category_id == chosen.category_id),
        ),
        (chosen.stage, _has_decision(chosen.stage)),
    )
    return query.where(*(condition for asked, condition in conditions if asked))


def _has_adult(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Asked row by row along the list's own order: a page is full long before its end."""
    return exists().where(
        ConsultationSubject.consultation_id == Consultation.id,
        ConsultationSubject.position_id == Position.id,
        condition,
    )


def _has_decision(stage: DecisionStage | None) -> ColumnElement[bool]:
    return exists().where(
        ConsultationSubject.consultation_id == Consultation.id,
        Decision.subject_id == ConsultationSubject.id,
        Decision.ended_on.is_(None),
        Decision.term_id.in_(select(Term.id).where(Term.stage == stage)),
    )


def _order(*, oldest_first: bool) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    received, number = Consultation.received_on, Consultation.id
    return (received.asc(), number.asc()) if oldest_first else (received.desc(), number.desc())


def _count(query: Select[Any]) -> int | None:
    some = query.with_only_columns(Consultation.id).limit(MOST_COUNTED + 1).subquery()
    number = db.session.scalar(select(func.count()).select_from(some)) or 0
    return number if number <= MOST_COUNTED else None


def _rows(query: Select[Any], *, oldest_first: bool) -> Sequence[Listed]:
    """The lines of the consultations that `query` finds, all in one statement."""
    chosen = query.with_only_columns(Consultation.id).subquery()
    sector, role, category, decided = (aliased(Term) for _ in range(4))
    subject, standing = ConsultationSubject, aliased(Decision)
    adults = aliased(ConsultationSubject)
    number = select(func.count()).where(adults.consultation_id == Consultation.id)
    lines = (
        select(
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
        .join(chosen, chosen.c.id == Consultation.id)
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
        .order_by(*_order(oldest_first=oldest_first))
    )
    return [Listed(**row) for row in db.session.execute(lines).mappings()]
