from datetime import date

import pytest

from lado import clock
from lado.errors import Conflict, Invalid, Refused
from lado.rules.threshold import Limb
from lado.rules.vocabulary import DatePrecision, OutcomeCode, TermGroup
from lado.services.case_allegations import (
    add_allegation,
    change_allegation,
    make_primary,
)
from lado.services.case_closure import reopen
from lado.services.case_parts import ChildDetails, add_child
from tests.case_parts import allegation_details, conclude_case, make_outcome
from tests.factories import days_ago, make_case, term_id, the_case, with_case

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def new_database(prepared):
    return prepared(with_case(20))


@pytest.fixture
def case(cast):
    return the_case()


def refusal(action, *args, **kwargs):
    with pytest.raises(Invalid) as refused:
        action(*args, **kwargs)
    return refused.value.messages


class TestAllegations:
    def test_a_second_one_is_numbered_and_not_primary(self, cast, case):
        allegation = add_allegation(case, allegation_details(), by=cast.lado)
        assert (allegation.number, allegation.is_primary) == (2, False)
        assert case.primary_allegation.number == 1

    def test_another_may_become_primary(self, cast, case):
        second = add_allegation(case, allegation_details(), by=cast.lado)
        make_primary(second, by=cast.lado)
        assert case.primary_allegation is second

    def test_is_changed_with_its_limbs_and_children(self, cast, case):
        child = add_child(case, ChildDetails(name="A. Sample"), by=cast.lado)
        allegation = case.primary_allegation
        details = allegation_details(
            limbs=[Limb.OFFENCE, Limb.HARM],
            primary_limb=Limb.OFFENCE,
            children=[child.number],
            place="In the hall",
        )
        change_allegation(allegation, details, version=allegation.version, by=cast.lado)
        assert {(row.limb, row.is_primary) for row in allegation.limbs} == {
            (Limb.OFFENCE, True),
            (Limb.HARM, False),
        }
        assert allegation.children == [child]

    def test_the_main_limb_may_change_places(self, cast, case):
        allegation = case.primary_allegation
        for main in (Limb.OFFENCE, Limb.HARM):
            details = allegation_details(limbs=[Limb.OFFENCE, Limb.HARM], primary_limb=main)
            change_allegation(allegation, details, version=allegation.version, by=cast.lado)
        assert [row.limb for row in allegation.limbs if row.is_primary] == [Limb.HARM]

    def test_an_older_page_is_a_conflict_though_only_limbs_changed(self, cast, case):
        allegation = case.primary_allegation
        version = allegation.version
        same = allegation_details(
            category_id=allegation.category_id, description=allegation.description
        )
        change_allegation(allegation, same, version=version, by=cast.lado)
        with pytest.raises(Conflict):
            change_allegation(allegation, allegation_details(), version=version, by=cast.manager)

    def test_needs_words_a_limb_and_a_category_of_the_list(self, cast, case):
        details = allegation_details(
            description=" ", limbs=[], category_id=term_id(TermGroup.SECTOR, "Childminder")
        )
        assert set(refusal(add_allegation, case, details, by=cast.lado)) == {
            "description",
            "limbs",
            "category_id",
        }

    def test_of_several_limbs_one_is_the_main_one(self, cast, case):
        both = [Limb.HARM, Limb.OFFENCE]
        details = allegation_details(limbs=both)
        assert set(refusal(add_allegation, case, details, by=cast.lado)) == {"primary_limb"}
        details = allegation_details(limbs=both, primary_limb=Limb.RISK)
        assert set(refusal(add_allegation, case, details, by=cast.lado)) == {"primary_limb"}

    def test_limbs_are_those_in_force_when_it_was_received(self, cast):
        old = make_case(received_on=date(2012, 5, 1))
        details = allegation_details(limbs=[Limb.SUITABILITY])
        assert set(refusal(add_allegation, old, details, by=cast.lado)) == {"limbs"}
        add_allegation(old, allegation_details(limbs=[Limb.UNSUITABLE]), by=cast.lado)

    @pytest.mark.parametrize(
        ("dates", "wrong"),
        [
            ({"happened_precision": DatePrecision.EXACT}, {"happened_from"}),
            (
                {"happened_precision": DatePrecision.BETWEEN, "happened_from": days_ago(9)},
                {"happened_to"},
            ),
            (
                {
                    "happened_precision": DatePrecision.BETWEEN,
                    "happened_from": days_ago(9),
                    "happened_to": days_ago(10),
                },
                {"happened_to"},
            ),
            (
                {"happened_precision": DatePrecision.ABOUT, "happened_from": days_ago(-1)},
                {"happened_from"},
            ),
        ],
    )
    def test_dates_make_sense(self, cast, case, dates, wrong):
        details = allegation_details(**dates)
        assert set(refusal(add_allegation, case, details, by=cast.lado)) == wrong

    @pytest.mark.parametrize(
        ("happened", "non_recent"), [(days_ago(30), False), (days_ago(900), True)]
    )
    def test_non_recent_follows_from_the_date(self, cast, case, happened, non_recent):
        details = allegation_details(
            happened_precision=DatePrecision.ABOUT,
            happened_from=happened,
            non_recent=not non_recent,
        )
        assert add_allegation(case, details, by=cast.lado).non_recent is non_recent

    def test_non_recent_is_as_stated_where_there_is_no_date(self, cast, case):
        details = allegation_details(non_recent=True)
        assert add_allegation(case, details, by=cast.lado).non_recent is True

    def test_what_lasted_until_lately_is_not_non_recent(self, cast, case):
        details = allegation_details(
            happened_precision=DatePrecision.BETWEEN,
            happened_from=days_ago(3000),
            happened_to=days_ago(30),
        )
        assert add_allegation(case, details, by=cast.lado).non_recent is False

    def test_not_on_a_concluded_case(self, cast, case):
        conclude_case(case)
        with pytest.raises(Refused):
            add_allegation(case, allegation_details(), by=cast.lado)
        with pytest.raises(Refused):
            change_allegation(
                case.primary_allegation,
                allegation_details(),
                version=case.primary_allegation.version,
                by=cast.lado,
            )


class TestOutcomes:
    def test_the_first_stands(self, cast, case):
        outcome = make_outcome(case.primary_allegation, outcome=OutcomeCode.SUBSTANTIATED)
        assert case.primary_allegation.outcome is outcome
        assert (outcome.number, outcome.decided_by, outcome.ended_on) == (1, cast.lado, None)

    def test_a_second_ends_the_first_on_the_same_day(self, cast, case):
        allegation = case.primary_allegation
        first = make_outcome(allegation, decided_on=days_ago(5))
        second = make_outcome(
            allegation,
            cast.manager,
            OutcomeCode.SUBSTANTIATED,
            decided_on=days_ago(2),
            change_reason="An appeal",
        )
        assert allegation.outcome is second
        assert (first.ended_on, first.ended_reason) == (days_ago(2), "An appeal")

    @pytest.mark.parametrize("code", [OutcomeCode.MALICIOUS, OutcomeCode.FALSE])
    def test_malicious_and_false_need_their_evidence(self, cast, case, code):
        messages = refusal(make_outcome, case.primary_allegation, outcome=code, evidence=" ")
        assert set(messages) == {"evidence"}
        make_outcome(case.primary_allegation, outcome=code)

    @pytest.mark.parametrize(
        "code", [OutcomeCode.SUBSTANTIATED, OutcomeCode.UNSUBSTANTIATED, OutcomeCode.UNFOUNDED]
    )
    def test_the_others_do_not(self, cast, case, code):
        outcome = make_outcome(case.primary_allegation, outcome=code, evidence="")
        assert outcome.evidence is None

    def test_reasons_are_needed_and_a_reason_to_change(self, cast, case):
        assert set(refusal(make_outcome, case.primary_allegation, reasons="")) == {"reasons"}
        make_outcome(case.primary_allegation)
        messages = refusal(make_outcome, case.primary_allegation, change_reason="")
        assert set(messages) == {"change_reason"}

    @pytest.mark.parametrize("days", [-1, 21])
    def test_between_the_opening_and_today(self, cast, case, days):
        messages = refusal(make_outcome, case.primary_allegation, decided_on=days_ago(days))
        assert set(messages) == {"decided_on"}

    def test_not_between_two_times_the_case_was_open(self, cast, case):
        conclude_case(case, concluded_on=days_ago(10))
        reopen(
            case,
            reopened_on=days_ago(5),
            reason="News",
            review_on=clock.today(),
            version=case.version,
            by=cast.lado,
        )
        messages = refusal(make_outcome, case.primary_allegation, decided_on=days_ago(7))
        assert set(messages) == {"decided_on"}
        assert "The case was not open on that day" in messages["decided_on"]
        make_outcome(case.primary_allegation, decided_on=days_ago(10))

    def test_not_before_the_one_that_stands(self, cast, case):
        make_outcome(case.primary_allegation, decided_on=days_ago(3))
        messages = refusal(make_outcome, case.primary_allegation, decided_on=days_ago(4))
        assert set(messages) == {"decided_on"}

    def test_two_at_once_is_a_conflict(self, cast, case):
        version = case.primary_allegation.version
        make_outcome(case.primary_allegation)
        with pytest.raises(Conflict):
            make_outcome(case.primary_allegation, version=version)

    def test_not_on_a_concluded_case(self, cast, case):
        conclude_case(case)
        with pytest.raises(Refused):
            make_outcome(case.primary_allegation)
