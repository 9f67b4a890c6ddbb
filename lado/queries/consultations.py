"""Lists of consultations. Each starts at what the reader may know of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
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
from lado.queries import access, cover
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
    unassigned: bool = False
    received_from: date | None = None
    received_to: date | None = None
    oldest_first: bool = False

    @property
    def is_narrower(self) -> bool:
        return replace(self, oldest_first=False) != Chosen()


@dataclass(frozen=True)
class Earlier:
    """Other consultations, the newest first: about the same person, and at the same organisation.

    One more than MOST_EARLIER says that there are more.
    """

    about_person: Sequence[Listed]
    at_organisation: Sequence[Listed]

    @property
    def is_any(self) -> bool:
        return bool(self.about_person or self.at_organisation)


def page_of_list(user: User, chosen: Chosen, number: int) -> Page[Listed]:
    """`total` is counted where the list is narrowed, up to MOST_COUNTED: no list waits for it."""
    number = min(max(number, 1), MOST_PAGES)
    narrowed = _narrowed(user, chosen).with_only_columns(Consultation.id)
    skipped = (number - 1) * SIZE
    ordered = narrowed.order_by(*_order(oldest_first=chosen.oldest_first))
    ids = db.session.scalars(ordered.offset(skipped).limit(SIZE + 1)).all()
    has_next = len(ids) > SIZE
    total = None if ids else 0
    if ids and not has_next:
        total = skipped + len(ids)
    elif chosen.is_narrower:
        total = _count(narrowed)
    return Page(_lines_of(ids[:SIZE]), number, total, has_next)


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
        newest(others.where(about), MOST_EARLIER + 1) if subject.person_id else (),
        newest(others.where(there), MOST_EARLIER + 1) if places else (),
    )


def newest(query: Select[Any], most: int) -> Sequence[Listed]:
    ids = query.with_only_columns(Consultation.id).order_by(*_order(oldest_first=False))
    return _lines_of(db.session.scalars(ids.limit(most)).all())


def page_newest(query: Select[Any], number: int, *, total: int) -> Page[Listed]:
    number = min(max(number, 1), MOST_PAGES)
    skipped = (number - 1) * SIZE
    ids = query.with_only_columns(Consultation.id).order_by(*_order(oldest_first=False))
    shown = db.session.scalars(ids.offset(skipped).limit(SIZE)).all()
    return Page(_lines_of(shown), number, total, skipped + SIZE < total)


def _positions_at(organisation_ids: Iterable[int | None]) -> Select[int]:
    return select(Position.id).where(Position.organisation_id.in_(organisation_ids))


def _any_adult(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Consultation.id.in_(select(ConsultationSubject.consultation_id).where(condition))


def _narrowed(user: User, chosen: Chosen) -> Select[Any]:
    query = access.visible(user, Consultation)
    return query.where(*_conditions(user, chosen)) if chosen.is_narrower else query


def _conditions(user: User, chosen: Chosen) -> Iterator[ColumnElement[bool]]:
    if chosen.status:
        yield Consultation.status == chosen.status
    if chosen.mine:
        yield Consultation.owner_id == user.id
    if chosen.unassigned:
        yield cover.unassigned()
    if chosen.received_from:
        yield Consultation.received_on >= chosen.received_from
    if chosen.received_to:
        yield Consultation.received_on <= chosen.received_to
    if chosen.sector_id:
        in_sector = select(Position.id).where(Position.sector_id == chosen.sector_id)
        yield _any_adult(ConsultationSubject.position_id.in_(in_sector))
    if chosen.category_id:
        yield _any_adult(ConsultationSubject.category_id == chosen.category_id)
    if chosen.stage:
        yield _has_decision(chosen.stage)


def _has_decision(stage: DecisionStage) -> ColumnElement[bool]:
    """Standing now, of any adult."""
    terms = select(Term.id).where(Term.stage == stage)
    return Consultation.id.in_(
        select(ConsultationSubject.consultation_id)
        .join(Decision, Decision.subject_id == ConsultationSubject.id)
        .where(Decision.ended_on.is_(None), Decision.term_id.in_(terms))
    )


def _order(*, oldest_first: bool) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    received, number = Consultation.received_on, Consultation.id
    return (received.asc(), number.asc()) if oldest_first else (received.desc(), number.desc())


def _count(ids: Select[Any]) -> int | None:
    some = ids.limit(MOST_COUNTED + 1).subquery()
    number = db.session.scalar(select(func.count()).select_from(some)) or 0
    return number if number <= MOST_COUNTED else None


def _lines_of(ids: Sequence[int]) -> Sequence[Listed]:
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
