"""What is due on a case and what is overdue: as SQL for lists, as days for one case.

What came from a register has its minutes elsewhere, so they are not chased.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from lado.models import (
    Action,
    Case,
    CaseSpell,
    Consultation,
    Notice,
    OnwardReferral,
    SafetyMeasure,
    Strand,
    StrategyDiscussion,
)
from lado.queries.due_first import first_steps_overdue, referral_overdue, to_send
from lado.queries.due_since import latest_overdue_start
from lado.rules import timescales
from lado.rules.clocks import OF_EMPLOYER
from lado.rules.closure import WITHOUT_MINUTES
from lado.rules.strands import OVER
from lado.rules.timescales import Timescale
from lado.rules.vocabulary import (
    ConsultationStatus,
    DiscussionPurpose,
    DiscussionStatus,
    EmployerWay,
    Origin,
)

SOON = timedelta(days=7)


def decision_overdue(today: date) -> ColumnElement[bool]:
    """Of a consultation in the query."""
    last = latest_overdue_start(Timescale.DECISION, today)
    return and_(Consultation.status == ConsultationStatus.OPEN, Consultation.received_on <= last)


def something_overdue(today: date) -> ColumnElement[bool]:
    """Of a case in the query; for cases that are not concluded. Of months without a reason for
    delay lado/queries/delays.py tells."""
    return or_(
        _action_overdue(today),
        _scheduled_and_past(today),
        review_overdue(today),
        minutes_overdue(today),
        first_discussion_overdue(today),
        to_look_at_again(today),
        referral_overdue(today),
        first_steps_overdue(today),
        _employer_overdue(today),
    )


def left_after_conclusion() -> ColumnElement[bool]:
    """Of a case that is concluded: somebody else still owes an answer, or a referral never went."""
    referral = aliased(OnwardReferral)
    unsent = exists().where(referral.case_id == Case.id, to_send(referral))
    return or_(to_look_at_again(date.max), unsent)


def to_look_at_again(before: date) -> ColumnElement[bool]:
    """As `next_steps` has it: a strand or measure to look at again, a referral to ask after,
    somebody not told yet."""
    strand, referral = aliased(Strand), aliased(OnwardReferral)
    measure, notice, newer = aliased(SafetyMeasure), aliased(Notice), aliased(Notice)
    superseded = exists().where(
        newer.case_id == notice.case_id,
        newer.notice_to == notice.notice_to,
        newer.step == notice.step,
        newer.child_id.is_not_distinct_from(notice.child_id),
        newer.number > notice.number,
    )
    return or_(
        exists().where(strand.case_id == Case.id, strand.review_on < before),
        exists().where(referral.case_id == Case.id, referral.chase_on < before),
        exists().where(measure.case_id == Case.id, measure.review_on < before),
        exists().where(notice.case_id == Case.id, notice.look_again_on < before, ~superseded),
    )


def _employer_overdue(today: date) -> ColumnElement[bool]:
    """As `lado.rules.strands.Employer` has it."""
    strand = aliased(Strand)
    latest = {each: latest_overdue_start(each, today) for each in OF_EMPLOYER}

    def late(timescale: Timescale, start: Any, done: Any) -> ColumnElement[bool]:
        return and_(start <= latest[timescale], done.is_(None))

    by_way = [
        and_(strand.way == way, late(timescale, strand.way_on, done))
        for way, timescale, done in (
            (EmployerWay.WITHOUT_DISCIPLINE, Timescale.EMPLOYER_ACTION, strand.acted_on),
            (EmployerWay.HEARING, Timescale.HEARING, strand.hearing_on),
            (EmployerWay.INVESTIGATION, Timescale.INVESTIGATION_REPORT, strand.report_on),
        )
    ]
    return exists().where(
        strand.case_id == Case.id,
        strand.status.not_in(OVER),
        or_(
            *by_way,
            late(Timescale.HEARING_DECISION, strand.report_on, strand.hearing_decided_on),
            and_(
                strand.hearing_needed.is_(True),
                late(Timescale.HEARING, strand.hearing_decided_on, strand.hearing_on),
            ),
        ),
    )


def _reopened_overdue(today: date) -> ColumnElement[bool]:
    """The discussion or review agreed when it was opened again."""
    spell = aliased(CaseSpell)
    return exists().where(
        spell.case_id == Case.id,
        spell.concluded_on.is_(None),
        spell.review_on < today,
        ~scheduled(),
        ~_held_since(spell),
    )


def _waits_since_reopened() -> ColumnElement[bool]:
    """For the discussion agreed then, so for none that follows from before."""
    spell = aliased(CaseSpell)
    return exists().where(
        spell.case_id == Case.id,
        spell.concluded_on.is_(None),
        spell.review_on.is_not(None),
        ~_held_since(spell),
    )


def _held_since(spell: type[CaseSpell]) -> ColumnElement[bool]:
    held = aliased(StrategyDiscussion)
    return exists().where(held.case_id == spell.case_id, held.held_on >= spell.opened_on)


def discussion_overdue(today: date) -> ColumnElement[bool]:
    """The next discussion, the first or a review, is late, or was arranged and is not recorded."""
    return or_(_scheduled_and_past(today), review_overdue(today), first_discussion_overdue(today))


def _action_overdue(today: date) -> ColumnElement[bool]:
    action = aliased(Action)
    return exists().where(
        action.case_id == Case.id,
        action.done_on.is_(None),
        action.waived_on.is_(None),
        action.due_on < today,
    )


def to_arrange(today: date) -> ColumnElement[bool]:
    """Nothing is scheduled, and the first discussion or the next review is due soon or late."""
    day = today + SOON + timedelta(days=1)
    return or_(first_discussion_overdue(day), review_overdue(day))


def scheduled() -> ColumnElement[bool]:
    discussion = aliased(StrategyDiscussion)
    return exists().where(
        discussion.case_id == Case.id, discussion.status == DiscussionStatus.SCHEDULED
    )


def without_minutes() -> ColumnElement[bool]:
    held = aliased(StrategyDiscussion)
    return exists().where(held.case_id == Case.id, waits_for_minutes(held))


def _scheduled_and_past(today: date) -> ColumnElement[bool]:
    discussion = aliased(StrategyDiscussion)
    return exists().where(
        discussion.case_id == Case.id,
        discussion.status == DiscussionStatus.SCHEDULED,
        discussion.scheduled_on < today,
    )


def review_on(held: StrategyDiscussion, amount: int) -> date | None:
    """As agreed at the discussion; without an agreed day by the council's rule (`amount`), and
    never after a final one."""
    if held.next_review_on or held.held_on is None or held.purpose is DiscussionPurpose.FINAL:
        return held.next_review_on
    return timescales.due(Timescale.REVIEW, held.held_on, amount)


def review_overdue(today: date) -> ColumnElement[bool]:
    """After the last discussion, or as agreed when the case was opened again."""
    return or_(_reopened_overdue(today), and_(~_waits_since_reopened(), _next_overdue(today)))


def _next_overdue(today: date) -> ColumnElement[bool]:
    held = aliased(StrategyDiscussion)
    by_rule = and_(
        held.next_review_on.is_(None),
        or_(held.purpose.is_(None), held.purpose != DiscussionPurpose.FINAL),
        held.held_on <= latest_overdue_start(Timescale.REVIEW, today),
    )
    return exists().where(
        held.case_id == Case.id,
        or_(held.next_review_on < today, by_rule),
        not_followed(held),
    )


def not_followed(held: type[StrategyDiscussion]) -> ColumnElement[bool]:
    """No later discussion was held, and none is arranged."""
    later = aliased(StrategyDiscussion)
    return ~exists().where(
        later.case_id == held.case_id,
        or_(later.status == DiscussionStatus.SCHEDULED, later.held_on > held.held_on),
    )


def minutes_overdue(today: date) -> ColumnElement[bool]:
    held = aliased(StrategyDiscussion)
    return exists().where(
        held.case_id == Case.id,
        waits_for_minutes(held),
        held.held_on <= latest_overdue_start(Timescale.MINUTES, today),
    )


def waits_for_minutes(held: type[StrategyDiscussion]) -> ColumnElement[bool]:
    return and_(held.status.in_(WITHOUT_MINUTES), held.origin != Origin.REGISTER)


def first_discussion_overdue(today: date) -> ColumnElement[bool]:
    spell = aliased(CaseSpell)
    return and_(
        waits_for_first_discussion(),
        ~_waits_since_reopened(),
        exists().where(
            spell.case_id == Case.id,
            spell.number == 1,
            spell.opened_on <= latest_overdue_start(Timescale.FIRST_DISCUSSION, today),
        ),
    )


def waits_for_first_discussion() -> ColumnElement[bool]:
    any_discussion = aliased(StrategyDiscussion)
    return ~exists().where(
        any_discussion.case_id == Case.id,
        any_discussion.status != DiscussionStatus.CANCELLED,
    )
