"""What is done in the course of a case: meetings, actions, safety measures, referrals, learning."""

from sqlalchemy import and_, case, exists, func, select
from sqlalchemy.orm import aliased

from lado.models import (
    Action,
    Case,
    CaseSpell,
    Child,
    LearningPoint,
    OnwardReferral,
    Participant,
    SafetyMeasure,
    StrategyDiscussion,
    Term,
)
from lado.reports.populations.parts import (
    FIRST,
    Day,
    Statement,
    by,
    in_period,
    iso,
    open_on,
    touching,
)
from lado.reports.scope import END, START
from lado.rules.vocabulary import DBS, MeasureDecision, ReferralDecision, TermGroup


def held() -> Statement:
    return select(
        StrategyDiscussion.id.label("id"),
        StrategyDiscussion.case_id.label("case"),
        StrategyDiscussion.purpose.label("purpose"),
    ).where(in_period(StrategyDiscussion.held_on))


def discussed() -> Statement:
    """One row a case with a strategy discussion held in the period."""
    return (
        select(
            StrategyDiscussion.case_id.label("id"),
            StrategyDiscussion.case_id.label("case"),
            func.count().label("held"),
        )
        .where(in_period(StrategyDiscussion.held_on))
        .group_by(StrategyDiscussion.case_id)
    )


def first_held() -> Statement:
    """One row a case whose first strategy discussion was held in the period."""
    earlier = aliased(StrategyDiscussion)
    return (
        select(
            StrategyDiscussion.case_id.label("id"),
            StrategyDiscussion.case_id.label("case"),
            iso(Case.received_on).label("received_on"),
            iso(CaseSpell.opened_on).label("opened_on"),
            func.min(iso(StrategyDiscussion.held_on)).label("held_on"),
        )
        .join(Case, Case.id == StrategyDiscussion.case_id)
        .join(CaseSpell, and_(CaseSpell.case_id == Case.id, CaseSpell.number == FIRST))
        .where(
            in_period(StrategyDiscussion.held_on),
            ~exists().where(
                earlier.case_id == StrategyDiscussion.case_id,
                earlier.held_on < START,
            ),
        )
        .group_by(StrategyDiscussion.case_id, Case.received_on, CaseSpell.opened_on)
    )


def invited() -> Statement:
    """One row for each who was to take part in a strategy discussion held in the period."""
    return (
        select(
            Participant.id.label("id"),
            StrategyDiscussion.case_id.label("case"),
            Participant.agency_id.label("agency"),
            Participant.attendance.label("attendance"),
        )
        .join(StrategyDiscussion, StrategyDiscussion.id == Participant.discussion_id)
        .where(in_period(StrategyDiscussion.held_on))
    )


def raised() -> Statement:
    return (
        select(
            Action.id.label("id"),
            Action.case_id.label("case"),
            Action.agency_id.label("agency"),
        )
        .join(StrategyDiscussion, StrategyDiscussion.id == Action.discussion_id)
        .where(in_period(StrategyDiscussion.held_on))
    )


def actions_due() -> Statement:
    state = case(
        (and_(by(Action.done_on, END), Action.done_on <= Action.due_on), "on_time"),
        (by(Action.done_on, END), "late"),
        (by(Action.waived_on, END), "waived"),
        else_="overdue",
    )
    return select(
        Action.id.label("id"),
        Action.case_id.label("case"),
        Action.agency_id.label("agency"),
        state.label("state"),
    ).where(in_period(Action.due_on))


def overdue() -> Statement:
    """Of the cases open at the end; no other case has an action that is not done."""
    return (
        select(
            Action.id.label("id"),
            Action.case_id.label("case"),
            Action.agency_id.label("agency"),
        )
        .join(CaseSpell, CaseSpell.case_id == Action.case_id)
        .where(
            open_on(END),
            Action.due_on <= END,
            ~by(Action.done_on, END),
            ~by(Action.waived_on, END),
        )
    )


def safety_measures() -> Statement:
    state = case(
        (by(SafetyMeasure.started_on, END), "used"),
        (SafetyMeasure.decision == MeasureDecision.NOT_USED, "not_used"),
        else_="pending",
    )
    return select(
        SafetyMeasure.id.label("id"),
        SafetyMeasure.case_id.label("case"),
        SafetyMeasure.term_id.label("measure"),
        state.label("state"),
    ).where(in_period(SafetyMeasure.considered_on))


def children() -> Statement:
    """One row a child described on a case that was open on any day of the period."""
    return select(
        Child.id.label("id"),
        Child.case_id.label("case"),
        Child.age.label("age"),
        Child.sex.label("sex"),
        Child.looked_after.label("looked_after"),
        Child.voice.label("voice"),
    ).where(Child.case_id.in_(select(CaseSpell.case_id).where(touching())))


def _referrals(day: Day) -> Statement:
    state = case(
        (by(OnwardReferral.acknowledged_on, END), "acknowledged"),
        (by(OnwardReferral.referred_on, END), "sent"),
        (OnwardReferral.decision == ReferralDecision.NO_REFERRAL, "no_referral"),
        else_="to_decide_or_send",
    )
    return select(
        OnwardReferral.id.label("id"),
        OnwardReferral.case_id.label("case"),
        OnwardReferral.body_id.label("body"),
        OnwardReferral.basis.label("basis"),
        state.label("state"),
    ).where(in_period(day))


def considered() -> Statement:
    return _referrals(OnwardReferral.considered_on)


def sent() -> Statement:
    return _referrals(OnwardReferral.referred_on)


def acknowledged() -> Statement:
    return _referrals(OnwardReferral.acknowledged_on)


def dbs() -> Statement:
    return (
        sent()
        .join(Term, Term.id == OnwardReferral.body_id)
        .where(Term.group == TermGroup.REFERRAL_BODY, Term.code == DBS)
    )


def learning() -> Statement:
    """One row a theme of a case concluded in the period, however many points it has on it."""
    ended = select(CaseSpell.case_id).where(in_period(CaseSpell.concluded_on))
    return (
        select(
            func.min(LearningPoint.id).label("id"),
            LearningPoint.case_id.label("case"),
            LearningPoint.theme_id.label("theme"),
        )
        .where(LearningPoint.case_id.in_(ended))
        .group_by(LearningPoint.case_id, LearningPoint.theme_id)
    )
