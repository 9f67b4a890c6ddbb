"""R-57: n contacts in a rolling window that ends today, each counted once."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lado.rules.alerts import alert
from lado.rules.timescales import add_months

TODAY = date(2026, 3, 31)
DAY = timedelta(days=1)
contact_days = st.lists(st.dates(date(2023, 1, 1), date(2026, 6, 30)), max_size=12)
numbers, months = st.integers(1, 5), st.integers(1, 24)


def stands(days: list[date], number: int, long: int, today: date) -> bool:
    """By the words of the rule: the day a month ago is the last that does not count any more."""
    return sum(add_months(today, -long) < day <= today for day in days) >= number


@given(contact_days, numbers, months)
def test_it_stands_when_enough_contacts_are_in_the_window(days, number, long):
    found = alert(days, contacts=number, months=long, today=TODAY)
    assert (found is not None) == stands(days, number, long, TODAY)


@given(contact_days, numbers, months)
def test_it_has_stood_on_each_day_since_and_not_on_the_day_before(days, number, long):
    found = alert(days, contacts=number, months=long, today=TODAY)
    if found is None:
        return
    within = [day for day in days if add_months(TODAY, -long) < day <= TODAY]
    assert (found.contacts, found.latest) == (len(within), max(within))
    assert not stands(days, number, long, found.since - DAY)
    day = found.since
    while day <= TODAY:
        assert stands(days, number, long, day)
        day += DAY


@given(contact_days, numbers, months, st.dates(date(2025, 6, 1), TODAY))
def test_a_further_contact_never_ends_it(days, number, long, further):
    before = alert(days, contacts=number, months=long, today=TODAY)
    after = alert([*days, further], contacts=number, months=long, today=TODAY)
    assert before is None or (after is not None and after.since <= before.since)


def test_a_contact_leaves_the_window_on_the_same_day_of_the_month():
    days = [date(2025, 3, 30), date(2025, 7, 1), date(2026, 2, 1)]
    assert alert(days, contacts=3, months=12, today=date(2026, 3, 29))
    assert alert(days, contacts=3, months=12, today=date(2026, 3, 30)) is None
