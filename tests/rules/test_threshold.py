from datetime import date

import pytest

from lado.rules.threshold import LIMBS, Limb, is_non_recent, limbs_on


def test_a_contact_of_2012_is_judged_under_the_three_limbs_of_its_time():
    assert limbs_on(date(2013, 3, 31)) == [Limb.HARM, Limb.OFFENCE, Limb.UNSUITABLE]


def test_the_third_limb_was_reworded_in_2013():
    assert limbs_on(date(2013, 4, 1)) == [Limb.HARM, Limb.OFFENCE, Limb.RISK]


def test_the_fourth_limb_came_in_september_2020():
    assert Limb.SUITABILITY not in limbs_on(date(2020, 8, 31))
    assert limbs_on(date(2020, 9, 1)) == [Limb.HARM, Limb.OFFENCE, Limb.RISK, Limb.SUITABILITY]


def test_every_limb_is_dated_once():
    assert [rule.limb for rule in LIMBS] == list(Limb)


@pytest.mark.parametrize(
    ("happened", "non_recent"),
    [
        (None, None),
        (date(2012, 2, 28), True),
        (date(2012, 3, 1), False),
        (date(2013, 3, 1), False),
    ],
)
def test_non_recent_is_longer_ago_than_the_councils_rule(happened, non_recent):
    assert is_non_recent(happened, date(2013, 3, 1), after_months=12) is non_recent
