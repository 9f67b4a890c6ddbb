"""Suspension and its alternatives, as the employer decided (domain.md 3.7)."""

import pytest

from lado import clock
from lado.errors import Conflict, Invalid, Refused
from lado.models import Case
from lado.rules.vocabulary import MeasureDecision, TermGroup
from lado.services.safety_measure import (
    add_measure,
    change_measure,
    end_measure,
    review_measure,
)
from tests.case_parts import conclude_case, make_measure, measure_details
from tests.factories import days_ago, make_case, term_id
from tests.support.cast import Cast


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(received_on=days_ago(9))


def test_it_is_considered_put_in_place_reviewed_and_ended(cast: Cast, case: Case) -> None:
    asked = measure_details(
        decision=MeasureDecision.PENDING, decided_by="", reasons="", started_on=None, review_on=None
    )
    measure = add_measure(case, asked, by=cast.support)
    assert not measure.is_settled
    change_measure(measure, measure_details(), version=measure.version, by=cast.lado)
    assert (measure.is_in_place, measure.is_settled) == (True, False)
    facts = {"reviewed_on": days_ago(1), "decided": "Goes on", "next_review_on": days_ago(-9)}
    review_measure(measure, **facts, version=measure.version, by=cast.lado)
    assert ([r.decided for r in measure.reviews], measure.review_on) == (["Goes on"], days_ago(-9))
    conclude_case(case, gate=False)
    end = {"ended_on": clock.today(), "reason": "Back at work; the head"}
    end_measure(measure, **end, version=measure.version, by=cast.lado)
    assert (measure.decision, measure.review_on) == (MeasureDecision.ENDED, None)
    for refused, details in (
        (review_measure, facts),
        (end_measure, end),
        (change_measure, {"details": measure_details()}),
    ):
        with pytest.raises(Refused):
            refused(measure, **details, version=measure.version, by=cast.lado)


def test_what_stays_in_place_is_settled_when_it_is_passed_on(cast: Cast, case: Case) -> None:
    measure = make_measure(case, passed_on_to="The head")
    assert measure.is_settled
    not_used = measure_details(decision=MeasureDecision.NOT_USED, passed_on_to="The head")
    change_measure(measure, not_used, version=measure.version, by=cast.lado)
    assert (measure.is_settled, measure.passed_on_to, measure.started_on) == (True, None, None)


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({"considered_on": days_ago(-1)}, {"considered_on"}),
        ({"decided_by": " ", "reasons": ""}, {"decided_by", "reasons"}),
        ({"started_on": None, "review_on": None}, {"started_on", "review_on"}),
        ({"started_on": days_ago(-1), "review_on": days_ago(-1)}, {"started_on", "review_on"}),
        ({"decision": MeasureDecision.ENDED}, {"decision"}),
    ],
)
def test_each_decision_has_what_it_needs(cast, case, other, wrong) -> None:
    with pytest.raises(Invalid) as refused:
        make_measure(case, **other)
    assert set(refused.value.messages) == wrong


def test_reviews_and_ends_make_sense(cast: Cast, case: Case) -> None:
    measure = make_measure(case)
    early = {"reviewed_on": days_ago(4), "decided": " ", "next_review_on": days_ago(4)}
    with pytest.raises(Invalid) as refused:
        review_measure(measure, **early, version=measure.version, by=cast.lado)
    assert set(refused.value.messages) == {"reviewed_on", "decided", "next_review_on"}
    with pytest.raises(Invalid) as refused:
        end_measure(
            measure, ended_on=days_ago(4), reason=" ", version=measure.version, by=cast.lado
        )
    assert set(refused.value.messages) == {"ended_on", "reason"}
    with pytest.raises(Conflict):
        end_measure(measure, ended_on=days_ago(1), reason="x", version=99, by=cast.lado)


def test_a_measure_is_of_the_list(cast: Cast, case: Case) -> None:
    with pytest.raises(Invalid):
        make_measure(case, term_id=term_id(TermGroup.AGENCY, "Police"))
