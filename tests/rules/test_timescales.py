from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lado.rules.timescales import TIMESCALES, Timescale, add_months, band, due

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2013, 1, 31), 1, date(2013, 2, 28)),
        (date(2012, 1, 31), 1, date(2012, 2, 29)),
        (date(2012, 2, 29), 12, date(2013, 2, 28)),
        (date(2012, 12, 15), 1, date(2013, 1, 15)),
        (date(2012, 3, 31), -1, date(2012, 2, 29)),
        (date(2012, 1, 10), -1, date(2011, 12, 10)),
        (date(2012, 1, 10), 0, date(2012, 1, 10)),
    ],
)
def test_months_are_added_up_to_the_last_day_of_a_month(day, n, expected):
    assert add_months(day, n) == expected


@given(DAYS, st.integers(-240, 240))
def test_adding_months_moves_by_that_many_months_and_never_to_a_later_day(day, n):
    later = add_months(day, n)
    assert (later.year - day.year) * 12 + later.month - day.month == n
    assert later.day <= day.day
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(DAYS, DAYS, st.integers(0, 24))
def test_adding_months_keeps_the_order_of_days(one, other, n):
    assert (one <= other) is False or add_months(one, n) <= add_months(other, n)


@pytest.mark.parametrize(
    ("timescale", "expected"),
    [
        (Timescale.TOLD_LADO, date(2012, 6, 6)),
        (Timescale.DECISION, date(2012, 6, 6)),
        (Timescale.FIRST_DISCUSSION, date(2012, 6, 12)),
        (Timescale.REVIEW, date(2012, 6, 29)),
        (Timescale.MINUTES, date(2012, 6, 19)),
        (Timescale.CONCLUSION_MOST, date(2012, 7, 1)),
        (Timescale.CONCLUSION_NEARLY_ALL, date(2012, 9, 1)),
        (Timescale.CONCLUSION_ALL, date(2013, 6, 1)),
    ],
)
def test_each_step_is_due_in_its_own_kind_of_days(timescale, expected):
    friday_before_two_bank_holidays = date(2012, 6, 1)
    assert due(timescale, friday_before_two_bank_holidays) == expected


def test_the_councils_own_number_counts():
    assert due(Timescale.FIRST_DISCUSSION, date(2013, 2, 4), 3) == date(2013, 2, 7)
    assert due(Timescale.FIRST_DISCUSSION, date(2013, 2, 4), 0) == date(2013, 2, 4)


def test_every_timescale_has_a_rule_with_a_setting_of_its_own():
    assert list(TIMESCALES) == list(Timescale)
    assert len({rule.setting for rule in TIMESCALES.values()}) == len(Timescale)


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        (date(2013, 1, 31), date(2013, 1, 31), "1 month"),
        (date(2013, 1, 31), date(2013, 2, 28), "1 month"),
        (date(2013, 1, 31), date(2013, 3, 1), "3 months"),
        (date(2013, 1, 31), date(2013, 4, 30), "3 months"),
        (date(2013, 1, 31), date(2013, 5, 1), "12 months"),
        (date(2013, 1, 31), date(2014, 1, 31), "12 months"),
        (date(2013, 1, 31), date(2014, 2, 1), "over 12 months"),
    ],
)
def test_a_band_includes_its_last_day(start, end, label):
    assert band(start, end).label == label
