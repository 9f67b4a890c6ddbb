"""The working days on which the demonstration's events happen: none after today."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

from lado.rules.working_days import is_working_day


class Calendar:
    def __init__(self, first: date, today: date) -> None:
        self.today = today
        span = (today - first).days + 1
        every = (first + timedelta(days=n) for n in range(span))
        self._days = [day for day in every if is_working_day(day)]

    def between(self, first: date, last: date) -> list[date]:
        return self._days[bisect_left(self._days, first) : bisect_right(self._days, last)]

    def after(self, day: date, working_days: int) -> date | None:
        """None when that day is still to come."""
        place = bisect_left(self._days, day) + working_days
        return self._days[place] if place < len(self._days) else None

    def before(self, day: date, working_days: int) -> date:
        return self._days[max(bisect_left(self._days, day) - working_days, 0)]

    def age(self, day: date) -> int:
        """How many working days ago."""
        return len(self._days) - 1 - bisect_left(self._days, day)
