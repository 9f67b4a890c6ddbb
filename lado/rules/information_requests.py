"""Requests under the Freedom of Information Act 2000: when an answer is due, and for which periods
it may give figures."""

from collections.abc import Callable
from datetime import date

from lado.errors import Invalid
from lado.rules.quarters import (
    ONE_DAY,
    WRITTEN_LIKE,
    Period,
    PeriodKind,
    academic_year_of,
    calendar_year_of,
    quarter_of,
    year_of,
)
from lado.rules.working_days import add_working_days

WORKING_DAYS = 20
UNITED_KINGDOM = ("ENG", "NIR", "SCT", "WLS")
MOST_PERIODS = 10
# Each table of each period has to be kept from giving away the others.
MOST_TABLES = 40
NOT_OVER = "No period of this year is over. Figures are given of periods that have ended"
EN_DASH = "\N{EN DASH}"
# By type: the period that a day lies in, and what stands before a year of it in `Period.parse`.
TYPES: dict[PeriodKind, tuple[Callable[[date], Period], str]] = {
    PeriodKind.YEAR: (year_of, ""),
    PeriodKind.QUARTER: (quarter_of, ""),
    PeriodKind.CALENDAR_YEAR: (calendar_year_of, "calendar-"),
    PeriodKind.ACADEMIC_YEAR: (academic_year_of, "academic-"),
}


def due_on(received_on: date) -> date:
    """The twentieth working day after receipt (section 10(1)); a bank holiday in any part of the
    United Kingdom is no working day (section 10(6))."""
    return add_working_days(received_on, WORKING_DAYS, UNITED_KINGDOM)


def periods_asked(kind: PeriodKind, first: str, last: str, today: date) -> list[Period]:
    """Those that are over, from the year typed `first` to the year typed `last`: without it, of
    that one year. What two answers say of one that goes on would tell of the days between them.
    Raises Invalid for `first_year` or `last_year`."""
    start = _year(kind, first, "first_year").start
    end = _year(kind, last or first, "last_year").end
    if end < start:
        raise Invalid({"last_year": "The last year must not be before the first"})
    found, (period_of, _) = list[Period](), TYPES[kind]
    while start <= end and (period := period_of(start)).end < today:
        found.append(period)
        start = period.end + ONE_DAY
    if not found:
        raise Invalid({"first_year": NOT_OVER})
    if len(found) > MOST_PERIODS:
        message = f"These are {len(found):,} periods. Ask for {MOST_PERIODS} or fewer"
        raise Invalid({"last_year": message})
    return found


def check_size(tables: int, periods: int) -> None:
    """Raises Invalid for `breakdowns`."""
    if tables * periods > MOST_TABLES:
        message = (
            f"These are {tables} tables of {periods} periods each. Choose fewer: {MOST_TABLES} in "
            "all at most"
        )
        raise Invalid({"breakdowns": message})


def _year(kind: PeriodKind, typed: str, field: str) -> Period:
    written = "2021" if kind is PeriodKind.CALENDAR_YEAR else "2021-22"
    _, prefix = TYPES[kind]
    try:
        found = Period.parse(prefix + typed.strip().replace("/", "-").replace(EN_DASH, "-"))
    except ValueError as error:
        why = "" if WRITTEN_LIKE in str(error) else f". {error}"
        raise Invalid({field: f"Write a year of this type as {written}{why}"}) from error
    if found.kind not in (kind, PeriodKind.YEAR):
        raise Invalid({field: f"Write a year of this type as {written}"})
    return found
