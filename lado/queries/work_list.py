"""What waits for somebody: every list starts at what they may know of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from lado.extensions import db
from lado.models import (
    Action,
    Case,
    Consultation,
    ConsultationSubject,
    OnwardReferral,
    Position,
    Report,
    StrategyDiscussion,
    User,
)
from lado.queries import access, cover, settings
from lado.queries.cases import NOT_CONCLUDED
from lado.queries.due import (
    SOON,
    decision_overdue,
    minutes_due_on,
    to_arrange,
    waits_for_minutes,
)
from lado.queries.due_first import to_send
from lado.queries.next_steps import discussions_to_arrange, referral_step
from lado.queries.paging import count
from lado.rules.steps import Step
from lado.rules.timescales import Band, Timescale, band, due
from lado.rules.vocabulary import (
    CaseStatus,
    ConsultationStatus,
    DiscussionStatus,
    ReferralDecision,
    ReportStatus,
)
from lado.rules.working_days import working_days_words

SHOWN = 5
MINUTES_WAIT = {
    DiscussionStatus.HELD: "To agree",
    DiscussionStatus.MINUTES_AGREED: "To circulate",
}
WHY = {
    Step.FIRST_DISCUSSION: "First discussion",
    Step.REVIEW: "Review",
    Step.REOPENED: "After reopening",
    Step.DECIDE: "To decide on",
    Step.SEND: "To send",
    Step.REFERRAL: "To ask after",
}


# What the label of a position is made of.
LABELLED = tuple(
    joinedload(part) for part in (Position.role, Position.sector, Position.organisation)
)


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


def own_consultations(user: User, today: date) -> WorkList:
    """Those to decide, the oldest first, with the working days each has waited."""
    return _to_decide(_awaiting(user).where(Consultation.owner_id == user.id), today)


def overdue_with_others(user: User, today: date) -> WorkList:
    late = _awaiting(user).where(decision_overdue(today), ~cover.unassigned())
    return _to_decide(late.where(Consultation.owner_id != user.id), today)


def awaiting_decision(user: User, today: date) -> tuple[int, int]:
    """How many of everybody's, and how many of them are overdue."""
    query = _awaiting(user)
    return count(query), count(query.where(decision_overdue(today)))


def _awaiting(user: User) -> Select[Consultation]:
    return access.visible(user, Consultation).where(Consultation.status == ConsultationStatus.OPEN)


def unassigned_consultations(user: User, today: date) -> WorkList:
    """Open ones that nobody deals with (R-63)."""
    return _to_decide(access.visible(user, Consultation).where(cover.unassigned()), today)


def _to_decide(query: Select[Any], today: date) -> WorkList:
    limit = settings.amount(Timescale.DECISION)
    position = selectinload(Consultation.subjects).joinedload(ConsultationSubject.position)
    shown = query.order_by(Consultation.received_on, Consultation.id).options(
        position.options(*LABELLED), joinedload(Consultation.owner)
    )
    rows = [
        Waiting(each, each.received_on, _waited(each.received_on, today),
                today > due(Timescale.DECISION, each.received_on, limit))
        for each in _first(shown)
    ]  # fmt: skip
    return WorkList(rows, count(query))


def _waited(since: date, today: date) -> str:
    words = working_days_words(min(since, today), today)
    return words[:1].upper() + words[1:]


def discussions_scheduled(user: User, today: date, *, mine: bool = False) -> WorkList:
    """The next first; one whose day has passed was not recorded yet."""
    scheduled = StrategyDiscussion.status == DiscussionStatus.SCHEDULED
    query = _discussions(_open_cases(user, mine)).where(scheduled)
    ordered = query.order_by(StrategyDiscussion.scheduled_on, StrategyDiscussion.id)
    rows = [
        Waiting(each, each.scheduled_on, "To be recorded or moved" if late else "Scheduled", late)
        for each in _first(ordered)
        if each.scheduled_on and (late := each.scheduled_on < today) is not None
    ]
    return WorkList(rows, count(query))


def discussions_due(user: User, today: date, *, mine: bool = False) -> WorkList:
    """Open cases with nothing scheduled whose first discussion or next review is due soon."""
    asked = settings.amounts()
    query = (
        _open_cases(user, mine)
        .where(to_arrange(today))
        .options(selectinload(Case.spells), selectinload(Case.discussions))
        .options(joinedload(Case.position).options(*LABELLED))
    )
    found = [
        Waiting(case, step.due_on, WHY[step.step], step.is_overdue(today))
        for case in db.session.scalars(query)
        for step in discussions_to_arrange(case, asked)
    ]
    found.sort(key=lambda waiting: (waiting.day, waiting.record.id))
    return WorkList(found[:SHOWN], len(found))


def minutes_waiting(user: User, today: date, *, mine: bool = False) -> WorkList:
    """Of concluded cases too: minutes may be corrected after."""
    query = _discussions(_cases(user, mine)).where(waits_for_minutes(StrategyDiscussion))
    limit = settings.amount(Timescale.MINUTES)
    ordered = query.order_by(StrategyDiscussion.held_on, StrategyDiscussion.id)
    rows = [
        Waiting(each, last_day, MINUTES_WAIT[each.status], last_day < today)
        for each in _first(ordered)
        if (last_day := minutes_due_on(each, limit))
    ]
    return WorkList(rows, count(query))


def actions_overdue(user: User, today: date, *, mine: bool = False) -> WorkList:
    cases = _cases(user, mine).with_only_columns(Case.id)
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


def referrals_waiting(user: User, today: date, *, mine: bool = False) -> WorkList:
    """To decide on, to send or to ask after, by a day that is soon or past; those of concluded
    cases too."""
    query = access.visible(user, Case)
    if mine:
        query = query.where(Case.owner_id == user.id)
    waits = or_(
        OnwardReferral.chase_on <= today + SOON,
        to_send(OnwardReferral),
        OnwardReferral.decision == ReferralDecision.PENDING,
    )
    about = joinedload(OnwardReferral.case).joinedload(Case.position)
    referrals = (
        select(OnwardReferral)
        .where(OnwardReferral.case_id.in_(query.with_only_columns(Case.id)), waits)
        .options(joinedload(OnwardReferral.body), about.options(*LABELLED))
    )
    asked = settings.amounts()
    found = [
        Waiting(each, step.due_on, WHY[step.step], step.is_overdue(today))
        for each in db.session.scalars(referrals).unique()
        if (step := referral_step(each, asked)) and step.due_on <= today + SOON
    ]
    found.sort(key=lambda waiting: (waiting.day, waiting.record.id))
    return WorkList(found[:SHOWN], len(found))


def open_cases_by_age(user: User, today: date, *, mine: bool = False) -> dict[Band, int]:
    """How many are open, by the time since they were received."""
    query = _open_cases(user, mine).with_only_columns(Case.received_on, func.count())
    counts = dict.fromkeys(Band, 0)
    for received, number in db.session.execute(query.group_by(Case.received_on)):
        counts[band(received, today)] += number
    return counts


def closures_to_sign_off(user: User) -> WorkList:
    query = access.visible(user, Case).where(Case.status == CaseStatus.CLOSURE_REQUESTED)
    with_words = joinedload(Case.closure_requested_by), joinedload(Case.position).options(*LABELLED)
    ordered = query.options(*with_words).order_by(Case.received_on)
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


def _cases(user: User, mine: bool) -> Select[Case]:
    query = access.visible(user, Case)
    return query.where(Case.owner_id == user.id) if mine else query


def _open_cases(user: User, mine: bool) -> Select[Case]:
    return _cases(user, mine).where(NOT_CONCLUDED)


def _discussions(cases: Select[Case]) -> Select[StrategyDiscussion]:
    about = joinedload(StrategyDiscussion.case).joinedload(Case.position)
    return (
        select(StrategyDiscussion)
        .where(StrategyDiscussion.case_id.in_(cases.with_only_columns(Case.id)))
        .options(about.options(*LABELLED))
    )


def _first(query: Select[Any]) -> Sequence[Any]:
    return db.session.scalars(query.limit(SHOWN)).unique().all()
