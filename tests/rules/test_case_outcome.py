from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lado.rules.case_outcome import in_words, needs_sign_off, overall_outcome
from lado.rules.vocabulary import OutcomeCode

O = OutcomeCode  # noqa: E741
OPENED = date(2012, 2, 29)


@pytest.mark.parametrize(
    ("outcomes", "overall"),
    [
        ([], None),
        ([O.MALICIOUS], O.MALICIOUS),
        ([O.MALICIOUS, O.FALSE], O.FALSE),
        ([O.FALSE, O.UNFOUNDED], O.UNFOUNDED),
        ([O.UNFOUNDED, O.UNSUBSTANTIATED], O.UNSUBSTANTIATED),
        ([O.UNSUBSTANTIATED, O.SUBSTANTIATED, O.MALICIOUS], O.SUBSTANTIATED),
    ],
)
def test_the_gravest_outcome_is_the_cases(outcomes, overall):
    assert overall_outcome(outcomes) is overall


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        ([], ""),
        ([None, None], ""),
        ([O.FALSE], "false"),
        ([O.FALSE, O.SUBSTANTIATED], "2 allegations: 1 substantiated, 1 false"),
        ([O.FALSE, None, O.FALSE], "3 allegations: 2 false, 1 without an outcome yet"),
    ],
)
def test_several_outcomes_are_counted_not_strung_together(outcomes, words):
    assert in_words(outcomes) == words


@given(st.permutations([O.UNFOUNDED, O.MALICIOUS, O.UNSUBSTANTIATED, O.FALSE]))
def test_the_order_of_the_allegations_does_not_matter(outcomes):
    assert overall_outcome(outcomes) is O.UNSUBSTANTIATED


@pytest.mark.parametrize(
    ("outcomes", "needed"),
    [
        ([], False),
        ([O.UNSUBSTANTIATED], False),
        ([O.UNFOUNDED, O.FALSE], False),
        ([O.SUBSTANTIATED], True),
        ([O.MALICIOUS], True),
        ([O.UNFOUNDED, O.MALICIOUS], True),
    ],
)
def test_a_manager_signs_off_substantiated_and_malicious(outcomes, needed):
    assert needs_sign_off(outcomes, OPENED, OPENED) is needed


def test_a_manager_signs_off_what_took_longer_than_12_months():
    assert not needs_sign_off([O.UNFOUNDED], OPENED, date(2013, 2, 28))
    assert needs_sign_off([O.UNFOUNDED], OPENED, date(2013, 3, 1))
    assert needs_sign_off([], OPENED, date(2013, 3, 1))
