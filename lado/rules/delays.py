"""For which months a case needs a reason for delay (R-12)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from lado.rules.timescales import Timescale, add_months, due

ONE_DAY = timedelta(days=1)


def month_of(day: date) -> date:
    """A month is known by its first day."""
    return day.replace(day=1)


def month_number(day: date) -> int:
    """Months are counted through the years, so that they can be compared."""
    return 12 * day.year + day.month


def last_day(month: date) -> date:
    return add_months(month, 1) - ONE_DAY


def months_late(spells: Iterable[tuple[date, date]], *, known_from: date) -> list[date]:
    """Each month on some day of which the case was open after its first target to conclude.

    A spell is the day its clock began and the last day it was open. Nobody is asked about a month
    before `known_from`, the day the case was entered here.
    """
    found = set()
    for begun_on, until in spells:
        late_from = max(due(Timescale.CONCLUSION_MOST, begun_on) + ONE_DAY, month_of(known_from))
        month = month_of(late_from)
        while month <= until and late_from <= until:
            found.add(month)
            month = add_months(month, 1)
    return sorted(found)


def month_words(month: date) -> str:
    """`October 2026`"""
    return f"{month:%B %Y}"


def months_words(months: Sequence[date]) -> str:
    """`March 2026 to May 2026 and July 2026`: each of them, the earliest first."""
    runs: list[list[date]] = []
    for month in months:
        if runs and add_months(runs[-1][-1], 1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    words = [" to ".join(map(month_words, sorted({run[0], run[-1]}))) for run in runs]
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
