"""What waits for somebody: every list starts at what they may know of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from lado.extensions import db
from lado.models import (
    Action,
    Case,
    Consultation,
    ConsultationSubject,
    Position,
    Report,
    StrategyDiscussion,
    User,
)
from lado.queries import access, cover, settings
from lado.queries.cases import NOT_CONCLUDED
from lado.queries.due import first_discussion_overdue, review_overdue, waits_for_minutes
from lado.queries.next_steps import Step, amounts, discussions_to_arrange
from lado.queries.paging import count
from lado.rules.timescales import Band, Timescale, band, due
from lado.rules.vocabulary import (
    CaseStatus,
    ConsultationStatus,
    DiscussionStatus,
    ReportStatus,
)
from lado.rules.working_days import working_days_between

SHOWN = 10
WHY = {Step.FIRST_DISCUSSION: "First discussion", Step.REVIEW: "Review"}
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    """A record on a list: what it is, the day that counts, and why it stands here."""

    record: Any
    day: date
    reason: str
    late: bool = False


@dataclass(frozen=True)
class WorkList:
    """The first SHOWN rows of `total`."""

    rows: Sequence[Waiting]
    total: int

    def __bool__(self) -> bool:
        return self.total > 0


def consultations_to_decide(user: User, today: date, *, mine: bool) -> WorkList:
    """The oldest first, with the working days each has waited."""
    query = access.visible(user, Consultation).where(Consultation.status == ConsultationStatus.OPEN)
    if mine:
        query = query.where(Consultation.owner_id == user.id)
    return _to_decide(query, today)


def unassigned_consultations(user: User, today: date) -> WorkList:
    """Open ones that nobody deals with (R-63)."""
    return _to_decide(access.visible(user, Consultation).where(cover.unassigned()), today)


def _to_decide(query: Select[Any], today: date) -> WorkList:
    limit = settings.amount(Timescale.DECISION)
    position = selectinload(Consultation.subjects).joinedload(ConsultationSubject.position)
    shown = query.order_by(Consultation.received_on, Consultation.id).options(
        position.joinedload(Position.role),
        position.joinedload(Position.sector),
        joinedload(Consultation.owner),
    )
    rows = [
        Waiting(each, each.received_on, _waited(each.received_on, today),
                today > due(Timescale.DECISION, each.received_on, limit))
        for each in _first(shown)
    ]  # fmt: skip
    return WorkList(rows, count(query))


def _waited(since: date, today: date) -> str:
    days = working_days_between(since, today) if since <= today else 0
    return f"{days:,} working day{'' if days == 1 else 's'}"


def discussions_scheduled(user: User, today: date) -> WorkList:
    """The next first; one whose day has passed was not recorded yet."""
    query = _discussions(user).where(StrategyDiscussion.status == DiscussionStatus.SCHEDULED)
    ordered = query.order_by(StrategyDiscussion.scheduled_on, StrategyDiscussion.id)
    rows = [
        Waiting(each, each.scheduled_on, "To be recorded or moved" if late else "Scheduled", late)
        for each in _first(ordered)
        if each.scheduled_on and (late := each.scheduled_on < today) is not None
    ]
    return WorkList(rows, count(query))


def discussions_due(user: User, today: date) -> WorkList:
    """Open cases with nothing scheduled whose first discussion or next review is due soon."""
    day, asked = today + SOON + timedelta(days=1), amounts()
    query = (
        _open_cases(user)
        .where(or_(first_discussion_overdue(day), review_overdue(day)))
        .options(selectinload(Case.spells), selectinload(Case.discussions))
    )
    found = [
        Waiting(case, step.due_on, WHY[step.step], step.is_overdue(today))
        for case in db.session.scalars(query)
        for step in discussions_to_arrange(case, asked)
    ]
    found.sort(key=lambda waiting: (waiting.day, waiting.record.id))
    return WorkList(found[:SHOWN], len(found))


def minutes_waiting(user: User, today: date) -> WorkList:
    query = _discussions(user).where(waits_for_minutes(StrategyDiscussion))
    limit = settings.amount(Timescale.MINUTES)
    rows = []
    for each in _first(query.order_by(StrategyDiscussion.held_on, StrategyDiscussion.id)):
        if each.held_on is None:
            continue
        last_day = due(Timescale.MINUTES, each.held_on, limit)
        reason = "To agree" if each.status is DiscussionStatus.HELD else "To circulate"
        rows.append(Waiting(each, last_day, reason, last_day < today))
    return WorkList(rows, count(query))


def actions_overdue(user: User, today: date) -> WorkList:
    cases = access.visible(user, Case).where(NOT_CONCLUDED).with_only_columns(Case.id)
    query = (
        select(Action)
        .where(Action.case_id.in_(cases), Action.done_on.is_(None), Action.waived_on.is_(None))
        .where(Action.due_on < today)
        .options(joinedload(Action.case), joinedload(Action.agency))
    )
    rows = [
        Waiting(each, each.due_on, _waited(each.due_on, today) + " overdue", True)
        for each in _first(query.order_by(Action.due_on, Action.id))
    ]
    return WorkList(rows, count(query))


def open_cases_by_age(user: User, today: date, *, mine: bool = False) -> dict[Band, int]:
    """How many are open, by the time since they were received."""
    query = _open_cases(user).with_only_columns(Case.received_on, func.count())
    if mine:
        query = query.where(Case.owner_id == user.id)
    counts = dict.fromkeys(Band, 0)
    for received, number in db.session.execute(query.group_by(Case.received_on)):
        counts[band(received, today)] += number
    return counts


def closures_to_sign_off(user: User) -> WorkList:
    query = access.visible(user, Case).where(Case.status == CaseStatus.CLOSURE_REQUESTED)
    ordered = query.options(joinedload(Case.closure_requested_by)).order_by(Case.received_on)
    rows = [Waiting(each, each.received_on, _requested_by(each, user)) for each in _first(ordered)]
    return WorkList(rows, count(query))


def _requested_by(case: Case, user: User) -> str:
    if case.closure_requested_by is None:
        return "Requested"
    own = case.closure_requested_by_id == user.id
    return "You requested it" if own else f"Requested by {case.closure_requested_by.name}"


def reports_in(user: User, status: ReportStatus) -> Sequence[Report]:
    return db.session.scalars(
        access.visible(user, Report)
        .where(Report.status == status)
        .order_by(Report.period_end.desc(), Report.period_start)
        .limit(SHOWN)
    ).all()


def _open_cases(user: User) -> Select[Case]:
    return access.visible(user, Case).where(NOT_CONCLUDED)


def _discussions(user: User) -> Select[StrategyDiscussion]:
    cases = _open_cases(user).with_only_columns(Case.id)
    return (
        select(StrategyDiscussion)
        .where(StrategyDiscussion.case_id.in_(cases))
        .options(joinedload(StrategyDiscussion.case))
    )


def _first(query: Select[Any]) -> Sequence[Any]:
    return db.session.scalars(query.limit(SHOWN)).unique().all()
