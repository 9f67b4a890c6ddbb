import csv
import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lado.rules.working_days import (
    add_working_days,
    bank_holidays,
    is_working_day,
    within_working_days,
    working_days_between,
)

DATA = Path(__file__).parent.parent / "data"
EXPECTED = json.loads((DATA / "wscb-expected.json").read_text())
DAYS = st.dates(date(2005, 1, 1), date(2035, 12, 31))

# England's bank holidays that fell on a weekday, from the published lists.
BANK_HOLIDAYS = """
2010-01-01 2010-04-02 2010-04-05 2010-05-03 2010-05-31 2010-08-30 2010-12-27 2010-12-28
2011-01-03 2011-04-22 2011-04-25 2011-04-29 2011-05-02 2011-05-30 2011-08-29 2011-12-26 2011-12-27
2012-01-02 2012-04-06 2012-04-09 2012-05-07 2012-06-04 2012-06-05 2012-08-27 2012-12-25 2012-12-26
2013-01-01 2013-03-29 2013-04-01 2013-05-06 2013-05-27 2013-08-26 2013-12-25 2013-12-26
2014-01-01 2014-04-18 2014-04-21 2014-05-05 2014-05-26 2014-08-25 2014-12-25 2014-12-26
2015-01-01 2015-04-03 2015-04-06 2015-05-04 2015-05-25 2015-08-31 2015-12-25 2015-12-28
2016-01-01 2016-03-25 2016-03-28 2016-05-02 2016-05-30 2016-08-29 2016-12-26 2016-12-27
2017-01-02 2017-04-14 2017-04-17 2017-05-01 2017-05-29 2017-08-28 2017-12-25 2017-12-26
2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26
2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19
2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26
"""


@pytest.mark.parametrize("year", range(2010, 2029))
def test_bank_holidays_are_those_of_england(year):
    expected = {date.fromisoformat(day) for day in BANK_HOLIDAYS.split()}
    assert {day for day in bank_holidays(year) if day.weekday() < 5} == {
        day for day in expected if day.year == year
    }


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2013, 3, 28), True),  # the Thursday before Good Friday
        (date(2013, 3, 29), False),
        (date(2013, 3, 30), False),  # a Saturday
        (date(2011, 4, 29), False),  # a royal wedding
        (date(2013, 3, 18), True),  # St Patrick's Day observed, a holiday elsewhere
        (date(2012, 8, 6), True),  # Scotland's summer bank holiday
    ],
)
def test_a_working_day_is_a_weekday_without_a_bank_holiday(day, works):
    assert is_working_day(day) is works


def test_working_days_are_added_over_a_weekend_and_bank_holidays():
    assert add_working_days(date(2013, 3, 28), 1) == date(2013, 4, 2)
    assert add_working_days(date(2013, 3, 30), 1) == date(2013, 4, 2)
    assert add_working_days(date(2013, 3, 30), 0) == date(2013, 3, 30)


def test_working_days_are_not_added_backwards():
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2013, 3, 28), -1)


def test_working_days_between_counts_the_last_day_but_not_the_first():
    assert working_days_between(date(2013, 3, 28), date(2013, 3, 28)) == 0
    assert working_days_between(date(2013, 3, 28), date(2013, 4, 1)) == 0
    assert working_days_between(date(2013, 3, 28), date(2013, 4, 2)) == 1
    with pytest.raises(ValueError, match="before the start"):
        working_days_between(date(2013, 3, 28), date(2013, 3, 27))


def test_within_one_working_day_is_the_same_day_or_the_next_working_day():
    friday = date(2012, 6, 1)  # before the bank holidays of 4 and 5 June
    assert within_working_days(friday, friday, 1)
    assert within_working_days(friday, date(2012, 6, 6), 1)
    assert not within_working_days(friday, date(2012, 6, 7), 1)


def test_an_event_before_its_start_is_not_in_time():
    assert not within_working_days(date(2012, 6, 2), date(2012, 6, 1), 1)


@given(DAYS, st.integers(1, 60))
def test_adding_lands_on_a_working_day_that_counts_back_to_the_same_number(day, n):
    later = add_working_days(day, n)
    assert is_working_day(later)
    assert working_days_between(day, later) == n


@given(DAYS, DAYS, st.integers(0, 20))
def test_within_agrees_with_counting(start, event, n):
    start, event = sorted((start, min(event, start + timedelta(days=60))))
    assert within_working_days(start, event, n) == (
        event == start or working_days_between(start, event) <= n
    )


def read_register():
    with (DATA / "wscb-register.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def as_date(text):
    return datetime.strptime(text, "%d/%m/%Y").date() if text else None  # noqa: DTZ007


@pytest.fixture(scope="module")
def contacts():
    columns = ("Date setting aware", "Date received", "Decision date")
    return [tuple(as_date(row[column]) for column in columns) for row in read_register()]


@pytest.mark.parametrize("period", EXPECTED)
def test_the_yardstick_register_gives_its_known_counts(period, contacts):
    expected = EXPECTED[period]
    start, end = (date.fromisoformat(day) for day in expected["period"])
    as_at = date.fromisoformat(expected["as_at"])
    received = [row for row in contacts if start <= row[1] <= end]
    told = [within_working_days(row[0], row[1], 1) for row in received if row[0]]
    decided = [
        row[2] is not None and row[2] <= as_at and within_working_days(row[1], row[2], 1)
        for row in received
    ]
    assert [sum(told), len(told)] == expected["consultations.told_within_1_working_day"]
    assert [sum(decided), len(decided)] == expected["consultations.decided_within_1_working_day"]
