"""The list of consultations: what it may be narrowed to, in which order, page by page or whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, select, true

from lado import clock
from lado.extensions import db
from lado.models import Consultation, ConsultationSubject, Decision, Position, Term, User
from lado.queries import access, cover
from lado.queries.consultations import Listed, any_adult, at, lines_of
from lado.queries.due import decision_overdue
from lado.queries.keyset import FIRST_PAGE, Cursor, Order, Page, page_of, whole
from lado.rules.vocabulary import ConsultationStatus, DecisionStage, EarlierRecords, TermGroup

NEWEST = "-received"
SORTS: dict[str, Any] = {
    "received": Consultation.received_on,
    "reference": Consultation.reference,
}
LISTS = (
    TermGroup.SECTOR,
    TermGroup.CATEGORY,
    TermGroup.TIER,
    TermGroup.CONTACT_METHOD,
    TermGroup.AGENCY,
)


@dataclass(frozen=True)
class Chosen:
    """What a list is narrowed to. What is true of adults may be any adult's; decisions are those
    that stand. `late`: still waits for a decision that was due."""

    status: ConsultationStatus | None = None
    late: bool = False
    stage: DecisionStage | None = None
    tier_id: int | None = None
    sector_id: int | None = None
    category_id: int | None = None
    organisation_id: int | None = None
    contact_method_id: int | None = None
    agency_id: int | None = None
    owner_id: int | None = None
    taken_by_id: int | None = None
    mine: bool = False
    unassigned: bool = False
    non_recent: bool = False
    earlier_records: bool = False
    received_from: date | None = None
    received_to: date | None = None


def page_of_list(
    user: User, chosen: Chosen, *, sort: str = NEWEST, cursor: Cursor = FIRST_PAGE
) -> Page[Listed]:
    conditions = _conditions(user, chosen)
    return page_of(access.visible(user, Consultation), conditions, order_of(sort), cursor, lines_of)


def whole_list(user: User, chosen: Chosen, *, sort: str = NEWEST) -> Iterator[Listed]:
    known = access.visible(user, Consultation)
    return whole(known, _conditions(user, chosen), order_of(sort), lines_of)


def terms_to_choose() -> dict[TermGroup, list[Row[int, str]]]:
    """The retired ones too: old records have them."""
    found = db.session.execute(
        select(Term.group, Term.id, Term.label)
        .where(Term.group.in_(LISTS))
        .order_by(Term.position, Term.id)
    )
    offered: dict[TermGroup, list[Any]] = {group: [] for group in LISTS}
    for row in found:
        offered[row.group].append(row)
    return offered


def order_of(sort: str) -> Order:
    column = SORTS[sort.removeprefix("-")]
    return Order.by(Consultation, column, descending=sort.startswith("-"))


def _conditions(user: User, chosen: Chosen) -> list[ColumnElement[bool]]:
    conditions: list[tuple[object, ColumnElement[bool]]] = [
        (chosen.status, Consultation.status == chosen.status),
        (chosen.mine, Consultation.owner_id == user.id),
        (chosen.owner_id, Consultation.owner_id == chosen.owner_id),
        (chosen.unassigned, cover.unassigned()),
        (chosen.taken_by_id, Consultation.taken_by_id == chosen.taken_by_id),
        (chosen.contact_method_id, Consultation.contact_method_id == chosen.contact_method_id),
        (chosen.agency_id, Consultation.referrer_agency_id == chosen.agency_id),
    ]
    found = [condition for wanted, condition in conditions if wanted]
    if chosen.received_from:
        found.append(Consultation.received_on >= chosen.received_from)
    if chosen.received_to:
        found.append(Consultation.received_on <= chosen.received_to)
    if chosen.late:
        found.append(decision_overdue(clock.today()))
    return found + list(_of_adults(chosen))


def _of_adults(chosen: Chosen) -> Iterator[ColumnElement[bool]]:
    subject = ConsultationSubject
    if chosen.sector_id:
        in_sector = select(Position.id).where(Position.sector_id == chosen.sector_id)
        yield any_adult(subject.position_id.in_(in_sector))
    if chosen.category_id:
        yield any_adult(subject.category_id == chosen.category_id)
    if chosen.organisation_id:
        yield at([chosen.organisation_id])
    if chosen.non_recent:
        yield any_adult(subject.non_recent == true())
    if chosen.earlier_records:
        yield any_adult(subject.earlier_records != EarlierRecords.NONE_FOUND)
    if chosen.stage:
        yield _decided(Decision.term_id.in_(select(Term.id).where(Term.stage == chosen.stage)))
    if chosen.tier_id:
        yield _decided(Decision.tier_id == chosen.tier_id)


def _decided(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Consultation.id.in_(
        select(ConsultationSubject.consultation_id)
        .join(Decision, Decision.subject_id == ConsultationSubject.id)
        .where(Decision.ended_on.is_(None), condition)
    )
