"""What is due on a case and what is overdue: as SQL for lists, as days for one case.

What came from a register has its minutes elsewhere, so they are not chased.
"""

from datetime import date, timedelta

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
    StrategyDiscussion,
)
from lado.queries.due_first import first_steps_overdue, referral_overdue, unsettled
from lado.queries.due_since import latest_overdue_start
from lado.queries.due_strands import employer_overdue, police_silent, strand_to_ask
from lado.rules import timescales
from lado.rules.closure import WITHOUT_MINUTES
from lado.rules.timescales import Timescale
from lado.rules.vocabulary import (
    CaseStatus,
    ConsultationStatus,
    DiscussionPurpose,
    DiscussionStatus,
    Origin,
)

SOON = timedelta(days=7)
IS_OPEN = Case.status != CaseStatus.CONCLUDED


def decision_overdue(today: date) -> ColumnElement[bool]:
    """Of a consultation in the query."""
    last = latest_overdue_start(Timescale.DECISION, today)
    return and_(Consultation.status == ConsultationStatus.OPEN, Consultation.received_on <= last)


def something_overdue(today: date) -> ColumnElement[bool]:
    """Of a case in the query, as `next_steps` has it. Of months without a reason for delay
    lado/queries/delays.py tells."""
    while_open = or_(
        discussion_overdue(today),
        employer_overdue(today),
        police_silent(today),
        first_steps_overdue(today),
    )
    return or_(
        _action_overdue(today),
        minutes_overdue(today),
        referral_overdue(today),
        _to_look_at_again(today),
        and_(IS_OPEN, while_open),
    )


def left_after_conclusion() -> ColumnElement[bool]:
    """Of a case in the query, concluded or not: something is to be finished even so, some day."""
    referral = aliased(OnwardReferral)
    return or_(
        _action_overdue(date.max),
        without_minutes(),
        exists().where(referral.case_id == Case.id, unsettled(referral)),
        _to_look_at_again(date.max),
    )


def _to_look_at_again(before: date) -> ColumnElement[bool]:
    """A strand or measure to look at again, a referral to ask after, somebody not told yet."""
    referral = aliased(OnwardReferral)
    measure, notice, newer = aliased(SafetyMeasure), aliased(Notice), aliased(Notice)
    superseded = exists().where(
        newer.case_id == notice.case_id,
        newer.notice_to == notice.notice_to,
        newer.step == notice.step,
        newer.child_id.is_not_distinct_from(notice.child_id),
        newer.number > notice.number,
    )
    return or_(
        strand_to_ask(before),
        exists().where(referral.case_id == Case.id, referral.chase_on < before),
        exists().where(measure.case_id == Case.id, measure.review_on < before),
        exists().where(notice.case_id == Case.id, notice.look_again_on < before, ~superseded),
    )


def _reopened_overdue(today: date) -> ColumnElement[bool]:
    """The discussion or review agreed when it was opened again."""
    spell = aliased(CaseSpell)
    waits = exists().where(
        spell.case_id == Case.id,
        spell.concluded_on.is_(None),
        spell.review_on < today,
        ~_held_since(spell),
    )
    return and_(waits, ~scheduled())


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
    return exists().where(
        held.case_id == spell.case_id, held.held_on.is_not(None), ~_before(held, spell)
    )


def _before(held: type[StrategyDiscussion], spell: type[CaseSpell]) -> ColumnElement[bool]:
    """As CaseSpell.begins_after has it."""
    on_one_day = and_(spell.opened_on == held.held_on, held.entered_at < spell.entered_at)
    return or_(spell.opened_on > held.held_on, on_one_day)


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
        ~_before_reopening(held),
        not_followed(held),
    )


def _before_reopening(held: type[StrategyDiscussion]) -> ColumnElement[bool]:
    """A case that is opened again starts anew. (Of a day not held yet, this is not so.)"""
    spell = aliased(CaseSpell)
    return exists().where(spell.case_id == held.case_id, spell.number > 1, _before(held, spell))


def not_followed(held: type[StrategyDiscussion]) -> ColumnElement[bool]:
    """No later discussion was held, and none is arranged."""
    later = aliased(StrategyDiscussion)
    on_one_day = and_(later.held_on == held.held_on, later.number > held.number)
    return ~exists().where(
        later.case_id == held.case_id,
        or_(later.status == DiscussionStatus.SCHEDULED, later.held_on > held.held_on, on_one_day),
    )


def minutes_overdue(today: date) -> ColumnElement[bool]:
    held = aliased(StrategyDiscussion)
    last = latest_overdue_start(Timescale.MINUTES, today)
    out = held.first_circulated_on.is_not(None)
    return exists().where(
        held.case_id == Case.id,
        waits_for_minutes(held),
        or_(and_(out, held.corrected_on <= last), and_(~out, held.held_on <= last)),
    )


def waits_for_minutes(held: type[StrategyDiscussion]) -> ColumnElement[bool]:
    return and_(held.status.in_(WITHOUT_MINUTES), held.origin != Origin.REGISTER)


def minutes_due_on(held: StrategyDiscussion, amount: int) -> date | None:
    """From when it was held, and of a correction from when that was found needed. `amount` is the
    council's own number."""
    since = held.corrected_on if held.first_circulated_on else held.held_on
    return timescales.due(Timescale.MINUTES, since, amount) if since else None


def first_discussion_overdue(today: date) -> ColumnElement[bool]:
    spell, later = aliased(CaseSpell), aliased(CaseSpell)
    newest = ~exists().where(later.case_id == spell.case_id, later.number > spell.number)
    return and_(
        waits_for_first_discussion(),
        ~_waits_since_reopened(),
        exists().where(
            spell.case_id == Case.id,
            newest,
            spell.opened_on <= latest_overdue_start(Timescale.FIRST_DISCUSSION, today),
        ),
    )


def waits_for_first_discussion() -> ColumnElement[bool]:
    """None was held or arranged since the case was opened, or opened again."""
    any_discussion = aliased(StrategyDiscussion)
    return ~exists().where(
        any_discussion.case_id == Case.id,
        any_discussion.status != DiscussionStatus.CANCELLED,
        ~_before_reopening(any_discussion),
    )
