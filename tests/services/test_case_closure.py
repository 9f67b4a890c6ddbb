from collections.abc import Callable

import pytest
from sqlalchemy import select

from lado import clock
from lado.errors import Conflict, Forbidden, Invalid, Refused
from lado.extensions import db
from lado.models import AuditEvent, Case, Note
from lado.queries import cases, work_list
from lado.queries.case_standing import missing, overall
from lado.queries.chronology import chronology
from lado.queries.clocks import clocks_of
from lado.queries.happened import Kind
from lado.queries.next_steps import next_steps
from lado.rules.closure import GATE, Missing, Stops
from lado.rules.notices import NoticeStep
from lado.rules.retention import review_on
from lado.rules.steps import Step
from lado.rules.transitions import Condition
from lado.rules.vocabulary import (
    CaseStatus,
    DiscussionPurpose,
    OutcomeCode,
    ReferralDecision,
    RetentionClass,
    StrandStatus,
    TermGroup,
)
from lado.rules.words import long_day
from lado.services.action import finish_action, waive_action
from lado.services.case_allegations import add_allegation
from lado.services.case_closure import (
    conclude,
    decline_closure,
    reopen,
    request_closure,
    sign_off,
    withdraw_closure,
)
from lado.services.case_owner import assign_owner
from lado.services.case_parts import (
    ChildDetails,
    StrandDetails,
    add_child,
    change_strand,
    record_no_learning,
)
from lado.services.hand_over import give
from lado.services.onward_referral import ReferralDetails, add_referral, change_referral
from lado.services.safety_measure import end_measure
from tests.case_parts import (
    agree,
    allegation_details,
    ending,
    make_action,
    make_discussion,
    make_measure,
    make_notice,
    make_outcome,
    make_withheld,
    schedule_discussion,
    send_minutes,
    sent_to_ofsted,
    settle,
)
from tests.factories import a_user, days_ago, make_case, term_id, the_case, with_case

pytestmark = pytest.mark.sqlite_only

BY_OUTCOME = "Concluded with an outcome"


def settled():
    settle(with_case()())


@pytest.fixture
def new_database(prepared):
    return prepared(settled)


@pytest.fixture
def case(cast):
    """Nothing stops its closure but the outcome."""
    return the_case()


def act(action, case, by, *args, **kwargs):
    action(case, *args, version=case.version, by=by, **kwargs)


def again(case, by, on, reason="New information", review_on=None):
    review_on = review_on or clock.today()
    act(reopen, case, by, reopened_on=on, reason=reason, review_on=review_on)


def events():
    return list(db.session.scalars(select(AuditEvent.action)))


def _strand_details(**other):
    given = {"status": StrandStatus.ENDED, "ended_on": days_ago(2)} | other
    return StrandDetails(**given)


def _change_strand(case: Case, details: StrandDetails) -> None:
    change_strand(case.strands[0], details, version=case.strands[0].version, by=a_user())


def _end_measure(case: Case) -> None:
    measure = make_measure(case, started_on=days_ago(9))
    end_measure(measure, ended_on=days_ago(2), reason="Over", version=measure.version, by=a_user())


# Of two days ago, and how a closure dated before it says so.
LATER: dict[str, Callable[[Case], object]] = {
    "action 1 was done": lambda case: finish_action(
        make_action(case), done_on=days_ago(2), result="", by=a_user()
    ),
    "action 1 was waived": lambda case: waive_action(
        make_action(case), waived_on=days_ago(2), reason="Not needed", by=a_user()
    ),
    "a result was reported for the strand “Police”": lambda case: _change_strand(
        case,
        _strand_details(
            ended_on=days_ago(4), reported_on=days_ago(2),
            result_id=term_id(TermGroup.POLICE_OUTCOME, "No further action"),
        ),
    ),
    "the strand “Police” ended": lambda case: _change_strand(case, _strand_details()),
    "the referral to “Ofsted” was sent": lambda case: add_referral(
        case, sent_to_ofsted(days_ago(2)), by=a_user()
    ),
    "safety measure 1 ended": _end_measure,
    "this was done: “The person: told of the allegation”": lambda case: make_notice(
        case, told_on=days_ago(2)
    ),
}  # fmt: skip


class TestConcluding:
    def test_with_an_outcome_for_each_allegation(self, cast, case):
        make_outcome(case.primary_allegation)
        act(conclude, case, cast.lado, ending(BY_OUTCOME, note="All done"))
        spell = case.spell
        assert case.status is CaseStatus.CONCLUDED
        assert (spell.concluded_on, spell.concluded_by) == (clock.today(), cast.lado)
        assert (spell.closure_reason.label, spell.closure_note) == (BY_OUTCOME, "All done")
        assert "case.concluded" in events()

    def test_sets_how_long_it_is_kept(self, cast, case):
        make_outcome(case.primary_allegation, outcome=OutcomeCode.UNSUBSTANTIATED)
        act(conclude, case, cast.lado, ending(BY_OUTCOME))
        assert case.retention_class is RetentionClass.LONG
        assert case.retention_review_on == review_on(RetentionClass.LONG, clock.today())

    def test_without_an_outcome_only_for_a_reason_that_needs_none(self, cast, case):
        with pytest.raises(Refused) as refused:
            act(conclude, case, cast.lado, ending(BY_OUTCOME))
        assert refused.value.message == Condition.READY_TO_CLOSE.label
        act(conclude, case, cast.lado, ending("Subject died"))
        assert case.status is CaseStatus.CONCLUDED

    def test_one_allegation_without_outcome_is_enough_to_stop_it(self, cast, case):
        make_outcome(case.primary_allegation)
        add_allegation(case, allegation_details(), by=cast.lado)
        with pytest.raises(Refused, match=Condition.READY_TO_CLOSE.label):
            act(conclude, case, cast.lado, ending(BY_OUTCOME))

    @pytest.mark.parametrize("days", [-1, 21])
    def test_on_a_day_between_its_opening_and_today(self, cast, case, days):
        with pytest.raises(Invalid) as refused:
            act(conclude, case, cast.lado, ending(concluded_on=days_ago(days)))
        assert set(refused.value.messages) == {"concluded_on"}

    def test_not_before_an_outcome_or_a_discussion(self, cast, case):
        held = make_discussion(case, held_on=days_ago(10))
        agree(held)
        send_minutes(held, "All who came")
        make_outcome(case.primary_allegation, decided_on=days_ago(5))
        with pytest.raises(Invalid):
            act(conclude, case, cast.lado, ending(BY_OUTCOME, concluded_on=days_ago(6)))
        act(conclude, case, cast.lado, ending(BY_OUTCOME, concluded_on=days_ago(5)))

    @pytest.mark.parametrize("words", LATER)
    def test_not_before_what_was_done_and_it_says_what(self, cast, case, words):
        LATER[words](case)
        settle(case)
        for close in (conclude, request_closure):
            with pytest.raises(Invalid) as refused:
                act(close, case, cast.lado, ending(concluded_on=days_ago(3)))
            said = refused.value.messages["concluded_on"]
            assert said.startswith(
                f"It must not be before {long_day(days_ago(2))}: on that day {words}. Enter"
            )
        act(conclude, case, cast.lado, ending(concluded_on=days_ago(2)))

    def test_a_wrong_day_of_telling_is_set_right_by_a_later_notice(self, cast, case):
        for days in (1, 5):
            make_notice(case, told_on=days_ago(days))
        act(conclude, case, cast.lado, ending(concluded_on=days_ago(4)))
        assert case.status is CaseStatus.CONCLUDED

    def test_a_reason_is_of_the_list(self, cast, case):
        with pytest.raises(Invalid) as refused:
            act(conclude, case, cast.lado, ending(reason_id=case.primary_allegation.category_id))
        assert set(refused.value.messages) == {"reason_id"}

    def test_not_by_business_support(self, cast, case):
        with pytest.raises(Forbidden):
            act(conclude, case, cast.support, ending())

    def test_an_older_page_is_a_conflict(self, cast, case):
        with pytest.raises(Conflict):
            conclude(case, ending(), version=case.version - 1, by=cast.lado)
        assert case.status is CaseStatus.OPEN

    def test_once(self, cast, case):
        act(conclude, case, cast.lado, ending())
        with pytest.raises(Refused):
            act(conclude, case, cast.lado, ending())

    @pytest.mark.parametrize("outcome", [OutcomeCode.SUBSTANTIATED, OutcomeCode.MALICIOUS])
    def test_what_needs_a_managers_sign_off_is_refused_to_managers_too(self, cast, case, outcome):
        make_outcome(case.primary_allegation, outcome=outcome)
        settle(case)
        for by in (cast.lado, cast.manager):
            with pytest.raises(Refused) as refused:
                act(conclude, case, by, ending(BY_OUTCOME))
            assert refused.value.message == Condition.NEEDS_NO_SIGN_OFF.label

    def test_a_case_of_more_than_a_year_needs_sign_off(self, cast):
        old = settle(make_case(received_on=days_ago(400)))
        with pytest.raises(Refused, match=Condition.NEEDS_NO_SIGN_OFF.label):
            act(conclude, old, cast.lado, ending())


class TestSigningOff:
    @pytest.fixture
    def requested(self, cast, case):
        make_outcome(case.primary_allegation, outcome=OutcomeCode.SUBSTANTIATED)
        act(request_closure, case, cast.lado, ending(BY_OUTCOME, note="Please"))
        return case

    def test_as_requested(self, cast, requested):
        assert requested.status is CaseStatus.CLOSURE_REQUESTED
        act(sign_off, requested, cast.manager)
        assert requested.status is CaseStatus.CONCLUDED
        spell = requested.spell
        assert (spell.concluded_by, spell.closure_note) == (cast.manager, "Please")
        assert requested.proposed_reason_id is None

    def test_not_by_a_lado(self, cast, requested):
        with pytest.raises(Forbidden):
            act(sign_off, requested, cast.other_lado)

    def test_never_ones_own_request(self, cast, case):
        make_outcome(case.primary_allegation, outcome=OutcomeCode.SUBSTANTIATED)
        act(request_closure, case, cast.manager, ending(BY_OUTCOME))
        with pytest.raises(Refused) as refused:
            act(sign_off, case, cast.manager)
        assert refused.value.message == Condition.NOT_BY_REQUESTER.label

    def test_never_a_case_that_was_ones_own_and_was_given_away(self, cast):
        own = settle(make_case(by=cast.manager))
        assign_owner(own, owner=cast.lado, version=own.version, by=cast.manager)
        make_outcome(own.primary_allegation, outcome=OutcomeCode.SUBSTANTIATED)
        act(request_closure, own, cast.lado, ending(BY_OUTCOME))
        with pytest.raises(Refused) as refused:
            act(sign_off, own, cast.manager)
        assert refused.value.message == Condition.NOT_OWN_CASE.label
        told = chronology(cases.whole(own), user=cast.lado, only=[Kind.CASE])
        (given,) = (e for e in told if e.title == "Given to somebody else to work on")
        assert given.text == f"Before: {cast.manager.name}"

    def test_nobody_else_gets_the_case_while_it_waits(self, cast, requested):
        with pytest.raises(Refused, match="Closure of this case has been requested"):
            assign_owner(
                requested, owner=cast.other_lado, version=requested.version, by=cast.manager
            )
        done = give(cast.lado, to=cast.other_lado, by=cast.manager)
        assert (done.given, done.kept) == (0, 1)
        assert requested.owner == cast.lado

    def test_never_ones_own_case(self, cast):
        own = settle(make_case(by=cast.manager))
        make_outcome(own.primary_allegation, outcome=OutcomeCode.SUBSTANTIATED)
        act(request_closure, own, cast.lado, ending(BY_OUTCOME))
        with pytest.raises(Refused) as refused:
            act(sign_off, own, cast.manager)
        assert refused.value.message == Condition.NOT_OWN_CASE.label

    def test_only_what_was_requested(self, cast, case):
        with pytest.raises(Refused, match="There is no request to close this case"):
            act(sign_off, case, cast.manager)

    def test_a_request_is_ready_to_close(self, cast, case):
        with pytest.raises(Refused, match=Condition.READY_TO_CLOSE.label):
            act(request_closure, case, cast.lado, ending(BY_OUTCOME))

    def test_declined_with_a_note_that_is_kept(self, cast, requested):
        with pytest.raises(Invalid):
            act(decline_closure, requested, cast.manager, note=" ")
        act(decline_closure, requested, cast.manager, note="Ask the school first")
        assert requested.status is CaseStatus.OPEN
        note = db.session.scalars(select(Note)).one()
        assert note.text == "Closure declined: Ask the school first"

    def test_withdrawn_by_who_requested_it(self, cast, requested):
        with pytest.raises(Refused) as refused:
            act(withdraw_closure, requested, cast.other_lado, note="No")
        assert refused.value.message == Condition.BY_REQUESTER.label
        act(withdraw_closure, requested, cast.lado, note="Too early")
        assert requested.status is CaseStatus.OPEN

    def test_no_allegation_is_added_while_it_waits(self, cast, requested):
        with pytest.raises(Refused, match="Withdraw or decline"):
            add_allegation(requested, allegation_details(), by=cast.lado)


class TestReopening:
    def test_begins_a_new_spell(self, cast, case):
        act(conclude, case, cast.lado, ending(concluded_on=days_ago(9)))
        again(case, cast.lado, days_ago(4))
        assert case.status is CaseStatus.OPEN
        assert [spell.number for spell in case.spells] == [1, 2]
        assert case.spells[0].concluded_on == days_ago(9)
        assert (case.spell.opened_on, case.spell.concluded_on) == (days_ago(4), None)
        assert case.retention_class is RetentionClass.UNDETERMINED

    def test_and_may_be_concluded_again(self, cast, case):
        act(conclude, case, cast.lado, ending(concluded_on=days_ago(9)))
        again(case, cast.lado, days_ago(4))
        settle(case)
        act(conclude, case, cast.lado, ending())
        assert [spell.concluded_on for spell in case.spells] == [days_ago(9), clock.today()]

    def test_asks_for_the_outcome_and_for_learning_again(self, cast, case):
        make_outcome(case.primary_allegation)
        act(conclude, case, cast.lado, ending(BY_OUTCOME))
        again(case, cast.lado, clock.today(), review_on=days_ago(-3))
        (step,) = (s for s in next_steps(cases.whole(case)) if s.step is Step.REOPENED)
        assert step.due_on == days_ago(-3)
        assert {end.missing for end in missing(case, on=clock.today())} == {
            Missing.OUTCOME_AGAIN,
            Missing.LEARNING,
        }
        note = db.session.scalars(select(Note)).one()
        assert note.text == "Said at its conclusion to have no learning: Nothing new"
        make_outcome(case.primary_allegation, change_reason="It stands")
        record_no_learning(case, said_on=clock.today(), reason="Still none", by=cast.lado)
        act(conclude, case, cast.lado, ending(BY_OUTCOME))
        assert case.status is CaseStatus.CONCLUDED

    def test_a_final_discussion_earlier_that_day_is_not_the_one_that_comes_next(self, cast, case):
        def hold() -> None:
            final = {"purpose": DiscussionPurpose.FINAL, "next_review_on": None}
            held = make_discussion(case, held_on=clock.today(), **final)
            agree(held)
            send_minutes(held, "All who came")

        def waits() -> list[bool]:
            """By the case's page, by the work list and by its timescales."""
            title = "First strategy discussion, since it was reopened"
            return [
                Step.REOPENED in {step.step for step in next_steps(cases.whole(case))},
                work_list.discussions_due(cast.lado, clock.today()).total == 1,
                title in {c.title("") for c in clocks_of(case, user=cast.lado) if not c.done_on},
            ]

        hold()
        act(conclude, case, cast.lado, ending())
        again(case, cast.lado, clock.today(), review_on=days_ago(-3))
        assert waits() == [True, True, True]
        hold()
        assert waits() == [False, False, False]

    def test_has_a_day_for_what_comes_next(self, cast, case):
        act(conclude, case, cast.lado, ending(concluded_on=days_ago(9)))
        with pytest.raises(Invalid) as refused:
            again(case, cast.lado, days_ago(4), review_on=days_ago(1))
        assert set(refused.value.messages) == {"review_on"}

    @pytest.mark.parametrize("days", [-1, 10])
    def test_after_its_conclusion_with_a_reason(self, cast, case, days):
        act(conclude, case, cast.lado, ending(concluded_on=days_ago(9)))
        with pytest.raises(Invalid) as refused:
            again(case, cast.lado, days_ago(days), " ")
        assert set(refused.value.messages) == {"reopened_on", "reason"}

    def test_only_a_concluded_case(self, cast, case):
        with pytest.raises(Refused):
            again(case, cast.lado, clock.today(), "Why not")

    def test_not_by_business_support(self, cast, case):
        act(conclude, case, cast.lado, ending())
        with pytest.raises(Forbidden):
            again(case, cast.support, clock.today(), "x")


def test_the_overall_outcome_is_the_gravest_as_it_stood_that_day(cast, case):
    second = add_allegation(case, allegation_details(), by=cast.lado)
    make_outcome(case.primary_allegation, outcome=OutcomeCode.UNFOUNDED, decided_on=days_ago(9))
    make_outcome(second, outcome=OutcomeCode.UNSUBSTANTIATED, decided_on=days_ago(5))
    make_outcome(second, outcome=OutcomeCode.MALICIOUS, decided_on=days_ago(2))
    stood = [overall(case, on=days_ago(days)) for days in (10, 9, 5, 2)]
    assert stood == [
        None,
        OutcomeCode.UNFOUNDED,
        OutcomeCode.UNSUBSTANTIATED,
        OutcomeCode.UNFOUNDED,
    ]


def _forget_learning(case: Case) -> None:
    case.learning_none_on = case.learning_none_by_id = case.learning_none_reason = None
    db.session.commit()


def _reopen(case: Case) -> None:
    """With the outcome it had before, and no learning since."""
    act(conclude, case, a_user(), ending(BY_OUTCOME))
    again(case, a_user(), clock.today())
    record_no_learning(case, said_on=clock.today(), reason="Nothing new", by=a_user())


def _refer(case: Case, **other) -> None:
    first = case.referrals[0]
    details = ReferralDetails(first.body_id, clock.today(), ReferralDecision.REFER, first.basis,
                              "The head", **other)  # fmt: skip
    change_referral(first, details, version=first.version, by=a_user())


def _sent_without_proof(case: Case) -> None:
    """As it came from a register: what is entered here is chased."""
    _refer(case, referred_on=clock.today())
    case.referrals[0].chase_on = None
    db.session.commit()


def _forget_what_was_put(case: Case) -> None:
    put = next(each for each in case.notices if each.step is NoticeStep.ALLEGATION_PUT)
    db.session.delete(put)
    db.session.commit()


# What leaves each loose end: R-59, one by one.
LEFT: dict[Missing, Callable[[Case], object]] = {
    Missing.OUTCOME: lambda case: add_allegation(case, allegation_details(), by=a_user()),
    Missing.CHILD_HELP: lambda case: make_outcome(
        case.primary_allegation, outcome=OutcomeCode.FALSE, change_reason="More is known"
    ),
    Missing.STRAND: lambda case: change_strand(
        case.strands[0], StrandDetails(status=StrandStatus.ONGOING),
        version=case.strands[0].version, by=a_user(),
    ),
    Missing.BODY: lambda case: change_referral(
        case.referrals[0],
        ReferralDetails(
            case.referrals[0].body_id, clock.today(), basis=case.referrals[0].basis
        ),
        version=case.referrals[0].version, by=a_user(),
    ),
    Missing.OUTCOME_AGAIN: _reopen,
    Missing.NOT_SENT: _refer,
    Missing.NOT_PROVED: _sent_without_proof,
    Missing.HEARD: _forget_what_was_put,
    # Its day has passed: it said that it would be done.
    Missing.PUT_OFF: lambda case: make_withheld(case, look_again_on=days_ago(1)),
    Missing.ACTION: make_action,
    Missing.NOT_RECORDED: schedule_discussion,
    Missing.MINUTES: lambda case: make_discussion(case, held_on=days_ago(8)),
    Missing.TOLD: lambda case: add_child(case, ChildDetails(name="Kim"), by=a_user()),
    Missing.MEASURE: make_measure,
    Missing.LEARNING: _forget_learning,
}  # fmt: skip


def test_each_rule_of_the_gate_that_stops_has_its_case():
    assert {missing for missing, stops in GATE.items() if stops is not Stops.NEVER} == set(LEFT)


@pytest.mark.parametrize("left", LEFT)
def test_the_gate_refuses_and_says_what_is_left(cast, case, left):
    make_outcome(case.primary_allegation)
    assert missing(case, on=clock.today()) == []
    LEFT[left](case)
    db.session.expire_all()
    assert {end.missing for end in missing(case, on=clock.today())} == {left}
    for close in (conclude, request_closure):
        with pytest.raises(Refused) as refused:
            act(close, case, cast.lado, ending(BY_OUTCOME))
        assert refused.value.message == Condition.READY_TO_CLOSE.label
        assert case.status is CaseStatus.OPEN
    needs_none = ending("Subject died")
    if GATE[left] is Stops.ALWAYS:
        with pytest.raises(Refused, match=Condition.READY_TO_CLOSE.label):
            act(conclude, case, cast.lado, needs_none)
    else:
        act(conclude, case, cast.lado, needs_none)
        assert case.status is CaseStatus.CONCLUDED


def test_a_missing_reason_for_delay_is_shown_and_stops_nothing(cast):
    case = settle(make_case(received_on=days_ago(100)))
    assert {end.missing for end in missing(case, on=clock.today())} == {
        Missing.OUTCOME, Missing.DELAY,
    }  # fmt: skip
    act(conclude, case, cast.lado, ending("Subject died"))
    assert case.status is CaseStatus.CONCLUDED


def test_a_case_that_nobody_worked_on_has_all_of_it_listed_in_order(cast):
    words = [end.words for end in missing(make_case(), on=clock.today())]
    assert words == [
        "Allegation 1 has no outcome",
        "Police: not ended, nor marked as not applicable",
        "Children's social care: not ended, nor marked as not applicable",
        "Employer: not ended, nor marked as not applicable",
        "Not yet decided whether to refer to: Disclosure and Barring Service",
        "The person: told of the allegation: not done, and no reason given",
        "The person: told of the outcome: not done, and no reason given",
        "Child: told of the outcome: not done, and no reason given",
        "Whoever reported it: told of the outcome: not done, and no reason given",
        "Employer: told of the outcome: not done, and no reason given",
        "The person: allegation put: not done, and no reason given",
        "The person: response received: not done, and no reason given",
        "No learning is recorded, nor that there is none",
    ]
