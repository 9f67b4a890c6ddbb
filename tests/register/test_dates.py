from datetime import date

import pytest

from lado.register.dates import parse_date
from lado.register.problems import Fault


@pytest.mark.parametrize(
    "text",
    [
        "25/02/2013",
        "25-02-2013",
        "25.2.2013",
        "2013-02-25",
        "2013/02/25",
        "2013-02-25T00:00:00",
        "25/02/2013 00:00",
        "25 February 2013",
        "25-Feb-2013",
        "25 feb 2013",
    ],
)
def test_the_day_stands_first_or_the_year_does(text):
    assert parse_date(text) == date(2013, 2, 25)


def test_a_day_that_fits_both_ways_is_read_day_first():
    assert parse_date("03/04/2013") == date(2013, 4, 3)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("25/02/13", "does not have four digits"),
        ("25 Feb 13", "does not have four digits"),
        ("25/02/213", "does not have four digits"),
        ("02/25/2013", "as in the United States"),
        ("31/02/2013", "no such day"),
        ("29/02/2013", "no such day"),
        ("00/01/2013", "no such day"),
        ("32/13/2013", "no such day"),
        ("2013-25-02", "no such day"),
        ("25/02/1813", "before 1900"),
        ("01/01/0000", "no such day"),
        ("41330", "a number, not a date"),
        ("last week", "not a date"),
        ("25 Brumaire 2013", "not a date"),
        ("25/02-2013", "not a date"),
        ("25/02/2013 14:30", "not a date"),
        ("٢٥/٠٢/٢٠١٣x", "not a date"),
        ("1" * 10_000, "not a date"),
    ],
)
def test_what_is_no_date_is_never_guessed(text, says):
    with pytest.raises(Fault) as fault:
        parse_date(text)
    assert says in fault.value.wrong
    assert fault.value.to_do


def test_a_date_in_the_order_of_the_united_states_is_shown_the_right_way_round():
    with pytest.raises(Fault) as fault:
        parse_date("02/25/2013")
    assert fault.value.to_do == "Write the day first: 25/02/2013."
