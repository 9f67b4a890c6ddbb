"""When an answer is due, and for which periods."""

from datetime import date

import pytest

from lado.errors import Invalid
from lado.rules.information_requests import check_size, due_on, periods_asked
from lado.rules.quarters import PeriodKind

TODAY = date(2026, 11, 26)
YEAR, QUARTER, CALENDAR, ACADEMIC = (
    PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.CALENDAR_YEAR, PeriodKind.ACADEMIC_YEAR,
)  # fmt: skip


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 2, 2), date(2026, 3, 2)),
        # St Andrew's day is a bank holiday in Scotland, 30 November 2026.
        (date(2026, 11, 2), date(2026, 12, 1)),
        # Christmas, Boxing Day (Monday), New Year's Day, 4 January 2027 in Scotland.
        (date(2026, 12, 18), date(2027, 1, 21)),
        (date(2026, 2, 28), date(2026, 3, 30)),
    ],
)
def test_an_answer_is_due_on_the_twentieth_working_day_of_the_whole_kingdom(received, due) -> None:
    assert due_on(received) == due


@pytest.mark.parametrize(
    ("kind", "first", "last", "labels"),
    [
        (YEAR, "2021-22", "2023/24", ["2021-22", "2022-23", "2023-24"]),
        (YEAR, "2021\N{EN DASH}22", "", ["2021-22"]),
        (CALENDAR, "2024", "2025", ["calendar year 2024", "calendar year 2025"]),
        (ACADEMIC, "2024-25", "", ["academic year 2024-25"]),
        (QUARTER, "2026-27", "", ["2026-27 Q1", "2026-27 Q2"]),
        (QUARTER, "2025-26 Q4", "2026-27 Q1", ["2025-26 Q4", "2026-27 Q1"]),
    ],
)
def test_the_periods_from_the_first_to_the_last_that_are_over(kind, first, last, labels) -> None:
    assert [each.label for each in periods_asked(kind, first, last, TODAY)] == labels


@pytest.mark.parametrize(
    ("kind", "first", "last", "field", "says"),
    [
        (YEAR, "2021", "", "first_year", "as 2021-22"),
        (CALENDAR, "2021-22", "", "first_year", "as 2021"),
        (YEAR, "2021-22 Q1", "", "first_year", "as 2021-22"),
        (YEAR, "2021-23", "", "first_year", "2021 goes with 22"),
        (YEAR, "2021-22", "soon", "last_year", "as 2021-22"),
        (YEAR, "2023-24", "2021-22", "last_year", "before the first"),
        (YEAR, "2026-27", "", "first_year", "is over"),
        (ACADEMIC, "2026-27", "", "first_year", "is over"),
        (QUARTER, "2021-22", "2025-26", "last_year", "20 periods"),
    ],
)
def test_years_that_cannot_be_read_or_are_too_many_are_refused(
    kind, first, last, field, says
) -> None:
    with pytest.raises(Invalid) as refusal:
        periods_asked(kind, first, last, TODAY)
    assert says in refusal.value.messages[field]


def test_an_answer_has_only_so_many_tables() -> None:
    check_size(4, 10)
    with pytest.raises(Invalid) as raised:
        check_size(5, 10)
    assert "5 tables of 10 periods" in raised.value.messages["breakdowns"]
