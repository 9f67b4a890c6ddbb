"""While the closure of a case waits for a manager, nothing that the gate asks of is changed; and
the gate is asked again when it is signed off."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import AuditEvent, Case, User
from lado.rules.transitions import Action, Condition, Thing, row_of
from lado.rules.vocabulary import CaseStatus, ChildHelp, LearningKind, OutcomeCode, StrandStatus
from lado.services import discussion
from lado.services.action import change_action, finish_action, waive_action
from lado.services.case import add_note
from lado.services.case_allegations import ChildHelpDetails, record_child_help
from lado.services.case_closure import request_closure, sign_off
from lado.services.case_parts import StrandDetails, add_learning, change_strand, record_no_learning
from lado.services.minutes import correct_minutes
from lado.services.onward_referral import add_referral, change_referral
from lado.services.safety_measure import change_measure, end_measure, review_measure
from tests.case_parts import (
    action_details,
    agree,
    ending,
    join_case,
    make_action,
    make_discussion,
    make_measure,
    make_notice,
    make_outcome,
    measure_details,
    proceedings,
    send_minutes,
    sent_to_ofsted,
    settle,
)
from tests.contacts import adult
from tests.factories import days_ago, make_case

pytestmark = pytest.mark.sqlite_only

# What the gate asks of, one service by one. Each is tried on a case that has parts of each kind.
CHANGES: dict[str, Callable[[Case, User], object]] = {
    "strand": lambda case, by: change_strand(
        case.strands[0], StrandDetails(StrandStatus.ONGOING),
        version=case.strands[0].version, by=by,
    ),
    "discussion": make_discussion,
    "discussion changed": lambda case, by: discussion.change(
        case.discussions[0], proceedings(case), version=case.discussions[0].version, by=by
    ),
    "discussion cancelled": lambda case, by: discussion.cancel(
        case.discussions[0], reason="x", version=case.discussions[0].version, by=by
    ),
    "minutes corrected": lambda case, by: correct_minutes(
        case.discussions[0], reason="A slip", version=case.discussions[0].version, by=by
    ),
    "measure": make_measure,
    "measure changed": lambda case, by: change_measure(
        case.safety_measures[0], measure_details(), version=case.safety_measures[0].version, by=by
    ),
    "measure reviewed": lambda case, by: review_measure(
        case.safety_measures[0], reviewed_on=clock.today(), decided="x",
        next_review_on=days_ago(-9), version=case.safety_measures[0].version, by=by,
    ),
    "measure ended": lambda case, by: end_measure(
        case.safety_measures[0], ended_on=clock.today(), reason="x",
        version=case.safety_measures[0].version, by=by,
    ),
    "action": make_action,
    "action changed": lambda case, by: change_action(
        case.actions[0], action_details(), reason="x", by=by
    ),
    "action finished": lambda case, by: finish_action(
        case.actions[0], done_on=clock.today(), result="", by=by
    ),
    "action waived": lambda case, by: waive_action(
        case.actions[0], waived_on=clock.today(), reason="x", by=by
    ),
    "referral": lambda case, by: add_referral(case, sent_to_ofsted(clock.today()), by=by),
    "referral changed": lambda case, by: change_referral(
        case.referrals[0], sent_to_ofsted(clock.today()), version=case.referrals[0].version, by=by
    ),
    "notice": make_notice,
    "learning": lambda case, by: add_learning(
        case, theme_id=0, kind=LearningKind.IMPROVEMENT, description="x", by=by
    ),
    "no learning": lambda case, by: record_no_learning(
        case, said_on=clock.today(), reason="x", by=by
    ),
    "help for the child": lambda case, by: record_child_help(
        case.primary_allegation,
        ChildHelpDetails(ChildHelp.NOT_NEEDED, clock.today(), "We", "x"),
        version=case.primary_allegation.version, by=by,
    ),
    "consultation": lambda case, by: join_case(case, by, adult(case.person)),
}  # fmt: skip


def request(case: Case, by: User) -> None:
    ends = ending("Concluded with an outcome")
    request_closure(settle(case), ends, version=case.version, by=by)


def test_nothing_that_the_gate_asks_of_is_changed_while_it_waits(cast):
    case = make_case()
    make_outcome(case.primary_allegation, outcome=OutcomeCode.FALSE)
    held = make_discussion(case, held_on=clock.today())
    agree(held)
    send_minutes(held, "All who came")
    make_measure(case, passed_on_to="The head")
    finish_action(make_action(case), done_on=clock.today(), result="", by=cast.lado)
    request(case, cast.lado)
    before = db.session.scalars(select(AuditEvent.action)).all()
    for what, change in CHANGES.items():
        with pytest.raises(Refused) as refused:
            change(case, cast.lado)
        assert refused.value.message == row_of(Thing.CASE, Action.CHANGE).refusal, what
    events = db.session.scalars(select(AuditEvent.action)).all()[len(before) :]
    # The consultation that was to join it is on record, and undecided.
    assert set(events) <= {"consultation.logged", "organisation.added"}
    add_note(case, happened_on=clock.today(), text="The police rang", by=cast.lado)
    sign_off(case, version=case.version, by=cast.manager)
    assert case.status is CaseStatus.CONCLUDED


def test_the_gate_and_the_day_are_judged_afresh_when_it_is_signed_off(cast):
    """Whatever way it changed since."""
    case = make_case()
    make_outcome(case.primary_allegation, decided_on=days_ago(5))
    request(case, cast.lado)
    strand = case.strands[0]
    strand.status, strand.not_applicable_reason = StrandStatus.ONGOING, None
    db.session.commit()
    with pytest.raises(Refused, match=Condition.READY_TO_CLOSE.label):
        sign_off(case, version=case.version, by=cast.manager)
    strand.status, strand.ended_on = StrandStatus.ENDED, clock.today()
    case.proposed_concluded_on = days_ago(1)
    db.session.commit()
    with pytest.raises(Invalid) as refused:
        sign_off(case, version=case.version, by=cast.manager)
    assert "on that day the strand “Police” ended" in refused.value.messages["concluded_on"]
    assert case.status is CaseStatus.CLOSURE_REQUESTED
