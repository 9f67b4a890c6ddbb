from datetime import date

import pytest

from lado.rules.retention import (
    CLASS_BY_DECISION,
    CLASS_BY_OUTCOME,
    class_of_case,
    review_on,
)
from lado.rules.vocabulary import DecisionStage, OutcomeCode, RetentionClass


def test_every_outcome_and_every_decision_has_a_class():
    assert set(CLASS_BY_OUTCOME) == set(OutcomeCode)
    assert set(CLASS_BY_DECISION) == set(DecisionStage)


@pytest.mark.parametrize(
    ("outcome", "reviewed"),
    [
        (OutcomeCode.SUBSTANTIATED, date(2113, 3, 31)),
        (OutcomeCode.UNSUBSTANTIATED, date(2113, 3, 31)),
        (OutcomeCode.UNFOUNDED, date(2023, 3, 31)),
        (OutcomeCode.FALSE, date(2023, 3, 31)),
        (OutcomeCode.MALICIOUS, date(2023, 3, 31)),
        (None, date(2023, 3, 31)),
    ],
)
def test_a_case_is_reviewed_by_its_outcome(outcome, reviewed):
    assert review_on(class_of_case(outcome), date(2013, 3, 31)) == reviewed


def test_what_stayed_below_the_threshold_is_reviewed_soonest():
    below = review_on(CLASS_BY_DECISION[DecisionStage.NOT_MET], date(2012, 2, 29))
    assert below == date(2018, 2, 28)


def test_nothing_is_reviewed_before_its_class_is_set():
    assert review_on(RetentionClass.UNDETERMINED, date(2013, 3, 31)) is None
    assert CLASS_BY_DECISION[DecisionStage.PROGRESS] is RetentionClass.UNDETERMINED
