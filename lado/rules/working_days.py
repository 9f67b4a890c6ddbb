"""Working days in England: Monday to Friday without bank holidays.

The `holidays` package knows the one-off days too (royal weddings, jubilees, a state funeral).
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

SATURDAY = 5
ENGLAND = ("ENG",)
ONE_DAY = timedelta(days=1)


@cache
def bank_holidays(year: int, part: str = "ENG") -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv=part, years=year))


def is_working_day(day: date, parts: Collection[str] = ENGLAND) -> bool:
    return day.weekday() < SATURDAY and not any(
        day in bank_holidays(day.year, part) for part in parts
    )


def add_working_days(day: date, n: int, parts: Collection[str] = ENGLAND) -> date:
    """The n-th working day after `day`, which need not be one itself; `day` when n is 0. A bank
    holiday in any of the `parts` of the United Kingdom is none."""
    if n < 0:
        raise ValueError("Working days are counted forwards.")
    while n > 0:
        day += ONE_DAY
        n -= is_working_day(day, parts)
    return day


def working_days_between(start: date, end: date) -> int:
    """The working days after `start`, up to and including `end`."""
    if end < start:
        raise ValueError("The end is before the start.")
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day) for day in days)


def within_working_days(start: date, event: date, n: int) -> bool:
    """Whether `event` was on the day of `start` or by the n-th working day after it.

    An event before its start is a mistake in the record, so it was not in time either.
    """
    return start <= event <= add_working_days(start, n)


def working_days_words(start: date, end: date) -> str:
    """`3 working days`. From a Friday to the Saturday no whole one has passed."""
    days = working_days_between(start, end)
    if days == 0:
        return "less than 1 working day"
    return f"{days:,} working day{'' if days == 1 else 's'}"
