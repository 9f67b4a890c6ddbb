"""The list of cases: what it may be narrowed to, in which order, page by page or whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from lado import clock
from lado.models import Allegation, Case, Position, Strand, User
from lado.queries import access, delays, due
from lado.queries.cases import NOT_CONCLUDED, in_band, rows_of
from lado.queries.keyset import FIRST_PAGE, Cursor, Order, Page, page_of, whole
from lado.queries.records_of import case_is_at
from lado.rules.timescales import Band
from lado.rules.vocabulary import CaseStatus, Labelled, StrandKind, StrandStatus

NEWEST = "-received"
SORTS: dict[str, Any] = {
    "received": Case.received_on,
    "reference": Case.reference,
}


class NextDiscussion(Labelled):
    TO_ARRANGE = "to_arrange", "To be arranged within a week"
    SCHEDULED = "scheduled", "Scheduled"
    MINUTES = "minutes", "Minutes to agree or circulate"


@dataclass(frozen=True)
class Filters:
    """Which cases a list shows; what is None does not narrow it. `band` is the age of open ones."""

    mine: bool = False
    status: CaseStatus | None = None
    owner_id: int | None = None
    sector_id: int | None = None
    category_id: int | None = None
    organisation_id: int | None = None
    band: Band | None = None
    overdue: bool = False
    discussion: NextDiscussion | None = None
    discussion_overdue: bool = False
    police_open: bool = False


def page_of_list(
    user: User, filters: Filters, *, sort: str = NEWEST, cursor: Cursor = FIRST_PAGE
) -> Page[Case]:
    conditions = _conditions(user, filters)
    return page_of(access.visible(user, Case), conditions, _order(sort), cursor, _rows)


def whole_list(user: User, filters: Filters, *, sort: str = NEWEST) -> Iterator[Case]:
    return whole(access.visible(user, Case), _conditions(user, filters), _order(sort), _rows)


def _rows(ids: Sequence[int]) -> Sequence[Case]:
    by_id = rows_of(ids)
    return [by_id[id_] for id_ in ids]


def _order(sort: str) -> Order:
    column = SORTS[sort.removeprefix("-")]
    return Order.by(Case, column, descending=sort.startswith("-"))


def _conditions(user: User, filters: Filters) -> Sequence[ColumnElement[bool]]:
    today = clock.today()
    chosen: list[tuple[object, ColumnElement[bool]]] = [
        (filters.mine, Case.owner_id == user.id),
        (filters.owner_id, Case.owner_id == filters.owner_id),
        (filters.status, Case.status == filters.status),
        (filters.sector_id, _position(Position.sector_id == filters.sector_id)),
        (filters.category_id, _has_category(filters.category_id)),
        (filters.organisation_id, case_is_at(user, filters.organisation_id or 0)),
        (filters.police_open, _police_ongoing()),
    ]
    conditions = [condition for wanted, condition in chosen if wanted]
    if filters.band:
        conditions += [NOT_CONCLUDED, in_band(filters.band, today)]
    if filters.overdue:
        unexplained = Case.id.in_(delays.all_overdue(today))
        conditions.append(or_(unexplained, due.something_overdue(today)))
    if filters.discussion:
        conditions.append(_discussion(filters.discussion, today))
    if filters.discussion_overdue:
        conditions += [NOT_CONCLUDED, due.discussion_overdue(today)]
    return conditions


def _discussion(waits: NextDiscussion, today: date) -> ColumnElement[bool]:
    """Minutes may be wanted of a concluded case too."""
    if waits is NextDiscussion.MINUTES:
        return due.without_minutes()
    waiting = due.scheduled() if waits is NextDiscussion.SCHEDULED else due.to_arrange(today)
    return and_(NOT_CONCLUDED, waiting)


def _position(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Case.position_id.in_(select(Position.id).where(condition))


def _has_category(category_id: int | None) -> ColumnElement[bool]:
    primary = aliased(Allegation)
    return exists().where(
        primary.case_id == Case.id, primary.is_primary, primary.category_id == category_id
    )


def _police_ongoing() -> ColumnElement[bool]:
    return exists().where(
        Strand.case_id == Case.id,
        Strand.kind == StrandKind.POLICE,
        Strand.status == StrandStatus.ONGOING,
    )
