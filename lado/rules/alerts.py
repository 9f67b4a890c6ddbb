"""When contacts about one place or one person add up (R-57), whatever came of each of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lado.rules.timescales import add_months

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Alert:
    """`since`: the day from which it has stood without a break; `latest`: of the newest contact."""

    contacts: int
    since: date
    latest: date


def window(today: date, months: int) -> tuple[date, date]:
    """The first and last day that count: `months` months that end with `today`."""
    return add_months(today, -months) + ONE_DAY, today


def alert(days: Iterable[date], *, contacts: int, months: int, today: date) -> Alert | None:
    """`days` has one entry for each contact. An alert stands while the window that ends with
    `today` holds at least `contacts` of them."""
    known = sorted(day for day in days if day <= today)

    def number(end: date) -> int:
        first, last = window(end, months)
        return bisect_right(known, last) - bisect_left(known, first)

    # Between two contacts the number only falls: where it is enough at the end, it was throughout.
    since, end = None, today
    for day in sorted(set(known), reverse=True):
        if number(end) < contacts:
            break
        since, end = day, day - ONE_DAY
    return Alert(number(today), since, known[-1]) if since else None
