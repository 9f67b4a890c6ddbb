"""The demonstration's register: made by chance, but always the same."""

from collections import Counter
from datetime import date

import pytest
from flask import Flask

from lado.demo import names, users
from lado.demo.register import as_csv, rows
from lado.queries.register import all_terms
from lado.register.checking import Checked, Known, check
from lado.register.reading import read
from lado.register.words import Words
from lado.rules.quarters import Period, year_of
from lado.rules.working_days import is_working_day

TODAY = date(2026, 11, 23)
YEARS = Period.parse("2024-25"), Period.parse("2025-26")


def checked(today: date, times: int = 1) -> Checked:
    sheet = read(as_csv(rows(today, times=times)))
    return check(sheet, Words(all_terms()), Known(), today=today)


def test_the_same_day_and_seed_give_the_same_register() -> None:
    assert as_csv(rows(TODAY)) == as_csv(rows(TODAY))
    assert as_csv(rows(TODAY)) != as_csv(rows(TODAY, seed="another"))


def test_nobody_on_record_is_called_as_a_user_is() -> None:
    """They would be closed to that user, who shows the system to others."""
    surnames = {name.split()[1] for _, name in users.USERS.values()}
    assert not surnames & set(names.SURNAMES)


@pytest.mark.parametrize(
    "today",
    [TODAY, date(2026, 4, 1), date(2027, 1, 1), date(2027, 3, 31), date(2028, 2, 29)],
    ids=str,
)
def test_every_row_passes_the_registers_own_check(app: Flask, today: date) -> None:
    found = checked(today)
    assert found.problems == []
    years = Counter(year_of(row.received_on) for row in found.rows)
    last = year_of(year_of(today).start).same_last_year()
    assert (years[last.same_last_year()], years[last]) == (191, 369)


def test_sizes_are_those_of_an_annual_report(app: Flask) -> None:
    found = checked(TODAY).rows
    before, last = (
        [row for row in found if year.start <= row.received_on <= year.end] for year in YEARS
    )
    assert (len(before), len(last)) == (191, 369)
    assert [sum(row.progresses for row in year) for year in (before, last)] == [59, 86]
    carried = [row for row in found if row.received_on < YEARS[0].start]
    assert len(carried) == 20
    assert all(not row.concluded_on or row.concluded_on >= YEARS[0].start for row in carried)
    held = [day for row in found for day in row.discussions or () if day in range_of(YEARS[1])]
    assert 250 <= len(held) <= 420
    assert any(row.decision is None for row in found), "something waits for a decision"


def range_of(period: Period) -> set[date]:
    return {
        date.fromordinal(n) for n in range(period.start.toordinal(), period.end.toordinal() + 1)
    }


def test_everything_happens_on_working_days_and_nothing_is_still_to_come(app: Flask) -> None:
    for row in checked(TODAY).rows:
        for day in (row.received_on, row.decided_on, row.concluded_on, *(row.discussions or ())):
            assert day is None or (is_working_day(day) and day <= TODAY)


def test_twice_as_many_is_twice_as_many_with_each_reference_once(app: Flask) -> None:
    once, twice = checked(TODAY), checked(TODAY, times=2)
    assert len(twice.rows) == 2 * len(once.rows)
    assert twice.problems == []


def test_names_and_places_are_plainly_invented() -> None:
    for cells in rows(TODAY):
        people = [cells.get("surname"), cells.get("referrer_name")]
        for surname in filter(None, people):
            assert surname.split()[-1].startswith(names.STEMS)
        setting = cells["setting"]
        assert any(place in setting for place in (*names.PLACES, "Storyshire"))
