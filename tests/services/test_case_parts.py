from dataclasses import replace

import pytest

from lado import clock
from lado.errors import Conflict, Invalid, Refused
from lado.queries import cases
from lado.queries.chronology import chronology
from lado.queries.happened import Kind
from lado.rules.strands import UNSETTLED, Employer
from lado.rules.vocabulary import (
    EmployerWay,
    LearningKind,
    ReferralBasis,
    ReferralDecision,
    StrandKind,
    StrandStatus,
    TermGroup,
    VoiceSought,
)
from lado.services.case_parts import (
    ChildDetails,
    StrandDetails,
    add_child,
    add_learning,
    change_child,
    change_strand,
    record_no_learning,
)
from lado.services.onward_referral import ReferralDetails, add_referral, change_referral
from tests.case_parts import conclude_case
from tests.factories import days_ago, term_id, the_case, with_case

pytestmark = pytest.mark.sqlite_only

SENT = {"decision": ReferralDecision.REFER, "decided_by": "We", "referred_on": days_ago(3)}


@pytest.fixture
def new_database(prepared):
    return prepared(with_case())


@pytest.fixture
def case(cast):
    return the_case()


def refusal(action, *args, **kwargs):
    with pytest.raises(Invalid) as refused:
        action(*args, **kwargs)
    return set(refused.value.messages)


class TestChildren:
    def test_are_numbered_and_changed(self, cast, case):
        first = add_child(case, ChildDetails(name="A. Sample", age=7), by=cast.lado)
        second = add_child(case, ChildDetails(name="", age=9), by=cast.support)
        assert (first.number, second.number, second.name) == (1, 2, None)
        details = ChildDetails(name="A. Sample", voice=VoiceSought.SOUGHT, view="Felt heard")
        change_child(first, details, version=first.version, by=cast.lado)
        assert (first.voice, first.view, first.age) == (VoiceSought.SOUGHT, "Felt heard", None)

    def test_a_view_not_sought_has_its_reason(self, cast, case):
        details = ChildDetails(voice=VoiceSought.NOT_SOUGHT)
        assert refusal(add_child, case, details, by=cast.lado) == {"voice_reason"}

    @pytest.mark.parametrize("age", [-1, 26])
    def test_the_age_is_a_childs_or_a_young_adults(self, cast, case, age):
        assert refusal(add_child, case, ChildDetails(age=age), by=cast.lado) == {"age"}

    def test_an_older_page_is_a_conflict(self, cast, case):
        child = add_child(case, ChildDetails(age=7), by=cast.lado)
        version = child.version
        change_child(child, ChildDetails(age=8), version=version, by=cast.lado)
        with pytest.raises(Conflict):
            change_child(child, ChildDetails(age=9), version=version, by=cast.manager)

    def test_not_on_a_concluded_case(self, cast, case):
        conclude_case(case)
        with pytest.raises(Refused):
            add_child(case, ChildDetails(), by=cast.lado)


SETTLED = {"way": EmployerWay.HEARING, "way_on": days_ago(5)}
INVESTIGATED = {
    "way": EmployerWay.INVESTIGATION, "way_on": days_ago(5), "report_on": days_ago(3),
}  # fmt: skip
DECIDED = INVESTIGATED | {"hearing_decided_on": days_ago(2), "hearing_needed": True}


class TestStrands:
    def strand(self, case, kind=StrandKind.POLICE):
        return next(strand for strand in case.strands if strand.kind is kind)

    def change(self, case, by, kind=StrandKind.POLICE, version=None, **details):
        strand = self.strand(case, kind)
        details = {"status": StrandStatus.ONGOING} | details
        change_strand(strand, StrandDetails(**details), version=version or strand.version, by=by)
        return strand

    def test_runs_and_ends_with_results_of_which_the_last_stands(self, cast, case):
        charged = term_id(TermGroup.POLICE_OUTCOME, "Charged")
        convicted = term_id(TermGroup.POLICE_OUTCOME, "Convicted")
        self.change(case, cast.lado, lead="Sgt Fable", started_on=days_ago(9))
        self.change(case, cast.lado, result_id=charged, reported_on=days_ago(5))
        strand = self.change(
            case,
            cast.support,
            status=StrandStatus.ENDED,
            ended_on=days_ago(1),
            result_id=convicted,
            reported_on=days_ago(1),
            detail="Fined",
        )
        assert strand.result.term.label == "Convicted"
        assert [row.ended_on for row in strand.results] == [days_ago(1), None]

    def test_also_after_the_case_is_concluded(self, cast, case):
        conclude_case(case)
        why = {"not_applicable_reason": "No crime is alleged"}
        self.change(case, cast.lado, status=StrandStatus.NOT_APPLICABLE, **why)

    def test_is_not_ended_by_a_stage_on_the_way(self, cast, case):
        interview = term_id(TermGroup.POLICE_OUTCOME, "Voluntary interview")
        ended = {"status": StrandStatus.ENDED, "ended_on": days_ago(1)}
        said = {"result_id": interview, "reported_on": days_ago(2)}
        assert refusal(self.change, case, cast.lado, **ended, **said) == {"result_id"}
        self.change(case, cast.lado, **said)
        assert refusal(self.change, case, cast.lado, **ended) == {"result_id"}

    def test_keeps_what_was_said_each_time_and_is_not_looked_at_again_once_ended(self, cast, case):
        for days in (30, 16, 2):
            told = {"heard_on": days_ago(days), "said": f"Nothing new, {days} days ago"}
            self.change(case, cast.lado, review_on=days_ago(days - 14), **told)
        ended = {"status": StrandStatus.ENDED, "ended_on": days_ago(1), "review_on": days_ago(-9)}
        strand = self.change(case, cast.lado, **ended)
        assert strand.review_on is None
        found = chronology(cases.whole(case), user=cast.lado, only=[Kind.STRAND])
        assert [entry.text for entry in found if "said how it stands" in entry.title] == [
            f"Nothing new, {days} days ago" for days in (2, 16, 30)
        ]

    @pytest.mark.parametrize(
        ("details", "wrong"),
        [
            ({"status": StrandStatus.ENDED}, {"ended_on"}),
            ({"ended_on": days_ago(2)}, {"ended_on"}),
            ({"started_on": days_ago(-1)}, {"started_on"}),
            (
                {
                    "status": StrandStatus.ENDED,
                    "started_on": days_ago(2),
                    "ended_on": days_ago(3),
                },
                {"ended_on"},
            ),
            ({"reported_on": days_ago(1)}, {"result_id"}),
            ({"detail": "Something"}, {"result_id"}),
            ({"consulted_with": "Sgt Fable"}, {"consulted_on"}),
            ({"consulted_on": days_ago(-1)}, {"consulted_on"}),
            ({"status": StrandStatus.NOT_APPLICABLE}, {"not_applicable_reason"}),
            ({"said": "Nothing new"}, {"heard_on"}),
            ({"heard_on": days_ago(1)}, {"said"}),
        ],
    )
    def test_dates_and_results_make_sense(self, cast, case, details, wrong):
        assert refusal(self.change, case, cast.lado, **details) == wrong

    @pytest.mark.parametrize(
        ("said", "wrong"),
        [
            ({"way_on": days_ago(2)}, {"way"}),
            ({"way": EmployerWay.HEARING}, {"way_on"}),
            (SETTLED | {"way_on": days_ago(-1)}, {"way_on"}),
            (SETTLED | {"hearing_on": days_ago(6)}, {"hearing_on"}),
            (SETTLED | {"acted_on": days_ago(1)}, {"acted_on"}),
            (SETTLED | {"report_on": days_ago(1)}, {"report_on"}),
            (INVESTIGATED | {"hearing_on": days_ago(1)}, {"hearing_on"}),
            (INVESTIGATED | {"hearing_needed": True}, {"hearing_decided_on"}),
            (INVESTIGATED | {"hearing_decided_on": days_ago(1)}, {"hearing_needed"}),
            (INVESTIGATED | {"report_on": days_ago(6)}, {"report_on"}),
            (DECIDED | {"report_on": None}, {"report_on"}),
            (DECIDED | {"hearing_decided_on": days_ago(4)}, {"hearing_decided_on"}),
            (DECIDED | {"hearing_needed": False, "hearing_on": days_ago(1)}, {"hearing_on"}),
        ],
    )
    def test_the_days_of_an_employer_fit_its_way_and_are_in_order(self, cast, case, said, wrong):
        employer = StrandKind.EMPLOYER
        assert refusal(
            self.change, case, cast.lado, employer, employer=Employer(**said)
        ) == wrong  # fmt: skip
        assert self.strand(case, employer).employer == UNSETTLED

    def test_only_an_employer_that_applies_deals_with_it_in_a_way(self, cast, case):
        at_once = Employer(**SETTLED)
        assert refusal(self.change, case, cast.lado, employer=at_once) == {"way"}
        not_applicable = {"status": StrandStatus.NOT_APPLICABLE, "employer": at_once,
                          "not_applicable_reason": "No employer"}  # fmt: skip
        kind = StrandKind.EMPLOYER
        assert refusal(self.change, case, cast.lado, kind, **not_applicable) == {"way"}
        ended = {"status": StrandStatus.ENDED, "ended_on": days_ago(9), "employer": at_once}
        assert refusal(self.change, case, cast.lado, kind, **ended) == {"way_on"}
        not_needed = Employer(**DECIDED | {"hearing_needed": False})
        assert self.change(case, cast.lado, kind, employer=not_needed).employer == not_needed

    def test_a_result_is_of_the_strands_own_list_and_has_its_day(self, cast, case):
        dismissed = term_id(TermGroup.EMPLOYER_OUTCOME, "Dismissed")
        assert refusal(self.change, case, cast.lado, result_id=dismissed) == {
            "result_id",
            "reported_on",
        }

    def test_a_result_is_not_before_the_one_that_stands(self, cast, case):
        nfa = term_id(TermGroup.POLICE_OUTCOME, "No further action")
        self.change(case, cast.lado, result_id=nfa, reported_on=days_ago(3))
        assert refusal(self.change, case, cast.lado, result_id=nfa, reported_on=days_ago(4)) == {
            "reported_on"
        }

    def test_an_older_page_is_a_conflict(self, cast, case):
        version = self.strand(case).version
        self.change(case, cast.lado)
        with pytest.raises(Conflict):
            self.change(case, cast.manager, version=version)


class TestReferrals:
    def details(self, **other):
        body = term_id(TermGroup.REFERRAL_BODY, "Disclosure and Barring Service")
        usual = {"body_id": body, "considered_on": days_ago(5), "basis": ReferralBasis.DUTY}
        return ReferralDetails(**(usual | other))

    def test_from_considered_to_sent(self, cast, case):
        referral = add_referral(case, self.details(), by=cast.support)
        assert (referral.number, referral.decision) == (1, ReferralDecision.PENDING)
        sent = self.details(
            decision=ReferralDecision.REFER,
            decided_by="The school",
            referred_on=clock.today(),
            reference="DBS-1",
        )
        change_referral(referral, sent, version=referral.version, by=cast.lado)
        assert (referral.referred_on, referral.reference) == (clock.today(), "DBS-1")
        assert referral.chase_on == days_ago(-28), "asked after in four weeks"
        closed = replace(sent, closed_on=clock.today(), result="Barred")
        change_referral(referral, closed, version=referral.version, by=cast.lado)
        assert (referral.result, referral.chase_on) == ("Barred", None)

    @pytest.mark.parametrize(
        ("other", "wrong"),
        [
            ({"considered_on": None}, {"considered_on"}),
            ({"basis": None}, {"basis"}),
            ({"closed_on": days_ago(1), "result": "Barred"}, {"closed_on"}),
            (SENT | {"closed_on": days_ago(1)}, {"result"}),
            (SENT | {"result": "Barred"}, {"closed_on"}),
            (SENT | {"acknowledged_on": days_ago(4)}, {"acknowledged_on"}),
            (
                SENT | {"closed_on": days_ago(1), "result": "x", "chase_on": days_ago(-9)},
                {"chase_on"},
            ),
            ({"considered_on": days_ago(-1)}, {"considered_on"}),
            ({"decision": ReferralDecision.REFER}, {"decided_by"}),
            ({"decision": ReferralDecision.NO_REFERRAL, "decided_by": "We"}, {"reasons"}),
            ({"referred_on": days_ago(1)}, {"decision"}),
            (
                {
                    "decision": ReferralDecision.REFER,
                    "decided_by": "We",
                    "referred_on": days_ago(6),
                },
                {"referred_on"},
            ),
        ],
    )
    def test_each_step_has_what_it_needs(self, cast, case, other, wrong):
        assert refusal(add_referral, case, self.details(**other), by=cast.lado) == wrong

    def test_a_body_is_of_the_list(self, cast, case):
        details = self.details(body_id=term_id(TermGroup.AGENCY, "Ofsted"))
        assert refusal(add_referral, case, details, by=cast.lado) == {"body_id"}

    def test_an_older_page_is_a_conflict(self, cast, case):
        referral = add_referral(case, self.details(), by=cast.lado)
        version = referral.version
        change_referral(referral, self.details(reasons="x"), version=version, by=cast.lado)
        with pytest.raises(Conflict):
            change_referral(referral, self.details(), version=version, by=cast.manager)

    def test_also_after_the_case_is_concluded(self, cast, case):
        conclude_case(case)
        assert add_referral(case, self.details(), by=cast.lado)


class TestLearning:
    def test_has_a_theme_and_words(self, cast, case):
        theme = term_id(TermGroup.LEARNING_THEME, "Induction")
        point = add_learning(
            case, theme_id=theme, kind=LearningKind.GOOD_PRACTICE, description="Well", by=cast.lado
        )
        assert (point.number, point.theme.label) == (1, "Induction")

    def test_that_there_is_none_is_said_with_the_reason_and_holds_until_there_is_some(
        self, cast, case
    ):
        said = {"said_on": clock.today(), "by": cast.lado}
        assert refusal(record_no_learning, case, reason=" ", **said) == {"reason"}
        record_no_learning(case, reason="All went well", **said)
        assert (case.learning_none_by, case.learning_none_reason) == (cast.lado, "All went well")
        theme = term_id(TermGroup.LEARNING_THEME, "Induction")
        kind = LearningKind.IMPROVEMENT
        add_learning(case, theme_id=theme, kind=kind, description="More", by=cast.lado)
        assert case.learning_none_on is None
        with pytest.raises(Refused):
            record_no_learning(case, reason="All went well", **said)

    def test_is_refused_without(self, cast, case):
        assert refusal(
            add_learning,
            case,
            theme_id=term_id(TermGroup.AGENCY, "Police"),
            kind=LearningKind.IMPROVEMENT,
            description=" ",
            by=cast.lado,
        ) == {"theme_id", "description"}
