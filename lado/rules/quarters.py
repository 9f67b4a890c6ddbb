"""The periods that reports cover: financial years (April to March), their quarters, academic years
(September to August), calendar years, any other."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from lado.rules.timescales import add_months
from lado.rules.vocabulary import Labelled

ONE_DAY = timedelta(days=1)
JANUARY, APRIL, SEPTEMBER = 1, 4, 9
FIRST_YEAR, LAST_YEAR = 1950, 2199

WRITTEN_LIKE = (
    "Write a period as 2012-13, 2012-13/Q4, academic-2012-13, calendar-2012 or "
    "2012-04-01..2012-06-30."
)
_YEAR = re.compile(r"(\d{4})-(\d{2})(?:\s*[/ -]\s*Q([1-4]))?", re.IGNORECASE | re.ASCII)
_ACADEMIC = re.compile(r"academic(?:[ -]year)?[ -](\d{4})-(\d{2})", re.IGNORECASE | re.ASCII)
_CALENDAR = re.compile(r"calendar(?:[ -]year)?[ -](\d{4})", re.IGNORECASE | re.ASCII)
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:\.\.|-to-)\s*(\d{4}-\d{2}-\d{2})", re.ASCII)


class PeriodKind(Labelled):
    YEAR = "year", "Financial year"
    QUARTER = "quarter", "Quarter"
    ACADEMIC_YEAR = "academic_year", "Academic year"
    CALENDAR_YEAR = "calendar_year", "Calendar year"
    RANGE = "range", "Other period"


_KINDS_OF_YEAR = {
    JANUARY: PeriodKind.CALENDAR_YEAR,
    APRIL: PeriodKind.YEAR,
    SEPTEMBER: PeriodKind.ACADEMIC_YEAR,
}


@dataclass(frozen=True, order=True)
class Period:
    """From `start` to `end`, both days included. Its kind and its names follow from them."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("The period ends before it starts. Put the earlier date first.")

    @property
    def kind(self) -> PeriodKind:
        if self.start.day == 1 and self.end == add_months(self.start, 12) - ONE_DAY:
            return _KINDS_OF_YEAR.get(self.start.month, PeriodKind.RANGE)
        if self.start.day == 1 and self.end == add_months(self.start, 3) - ONE_DAY:
            return PeriodKind.QUARTER if self.start.month in (1, 4, 7, 10) else PeriodKind.RANGE
        return PeriodKind.RANGE

    @property
    def label(self) -> str:
        """As it is written on a page: `2012-13 Q4`. Of years, only financial ones need no type."""
        if self.kind in (PeriodKind.ACADEMIC_YEAR, PeriodKind.CALENDAR_YEAR):
            return self.typed_label
        return self.short_label

    @property
    def typed_label(self) -> str:
        """Where years of several types are read: `financial year 2012-13`, `quarter 2012-13 Q4`."""
        if self.kind is PeriodKind.RANGE:
            return self.short_label
        return f"{self.kind.label.lower()} {self.short_label}"

    @property
    def short_label(self) -> str:
        """Beside its type: `2012-13`, `2012`."""
        match self.kind:
            case PeriodKind.YEAR | PeriodKind.ACADEMIC_YEAR:
                return _year_label(self.start)
            case PeriodKind.QUARTER:
                return f"{_year_label(self.start)} Q{_quarter_number(self.start)}"
            case PeriodKind.CALENDAR_YEAR:
                return str(self.start.year)
            case _:
                return f"{_long_date(self.start)} to {_long_date(self.end)}"

    @property
    def slug(self) -> str:
        """As it is written in an address: `2012-13-q4`. `parse` reads it back."""
        if self.kind is PeriodKind.RANGE:
            return f"{self.start}-to-{self.end}"
        if self.kind is PeriodKind.ACADEMIC_YEAR:
            return f"academic-{self.short_label}"
        if self.kind is PeriodKind.CALENDAR_YEAR:
            return f"calendar-{self.short_label}"
        return self.label.replace(" ", "-").lower()

    @property
    def is_over_a_year(self) -> bool:
        """Longer than 12 months, so that it overlaps the same period a year before."""
        return self.end >= add_months(self.start, 12)

    @property
    def is_within_a_year(self) -> bool:
        """Its days are of one financial year."""
        return _year_start(self.start) == _year_start(self.end)

    @property
    def months(self) -> list[date]:
        """The first day of each calendar month that the period touches."""
        first = self.start.replace(day=1)
        return [add_months(first, n) for n in range(_months_apart(first, self.end) + 1)]

    def previous(self) -> "Period":
        """The period of the same length that ends the day before: in months where it is whole."""
        before = self.start - ONE_DAY
        if self.start.day == 1 and _is_month_end(self.end):
            return Period(add_months(self.start, -len(self.months)), before)
        return Period(before - (self.end - self.start), before)

    def same_last_year(self) -> "Period":
        """In whole months where it is whole: to 29 February for one to 28 February."""
        end = add_months(self.end, -12)
        if self.start.day == 1 and _is_month_end(self.end):
            end = _month_end(end)
        return Period(add_months(self.start, -12), end)

    def year_to_date(self) -> "Period":
        """From 1 April of the financial year that the period ends in."""
        return Period(_year_start(self.end), self.end)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read any of the written forms; a ValueError says in plain words what is wrong."""
        text = text.strip()
        if found := _YEAR.fullmatch(text):
            return _from_year(int(found[1]), found[2], found[3])
        if found := _ACADEMIC.fullmatch(text):
            year = _from_year(int(found[1]), found[2], None)
            return academic_year_of(year.start.replace(month=SEPTEMBER))
        if found := _CALENDAR.fullmatch(text):
            return _from_calendar_year(int(found[1]))
        if found := _RANGE.fullmatch(text):
            return cls(_read_date(found[1]), _read_date(found[2]))
        raise ValueError(f"This is not a period. {WRITTEN_LIKE}")


def year_of(day: date) -> Period:
    """The financial year that `day` lies in."""
    start = _year_start(day)
    return Period(start, add_months(start, 12) - ONE_DAY)


def academic_year_of(day: date) -> Period:
    start = date(day.year - (day.month < SEPTEMBER), SEPTEMBER, 1)
    return Period(start, add_months(start, 12) - ONE_DAY)


def calendar_year_of(day: date) -> Period:
    return _from_calendar_year(day.year)


def quarter_of(day: date) -> Period:
    start = date(day.year, day.month - (day.month - 1) % 3, 1)
    return Period(start, add_months(start, 3) - ONE_DAY)


def _from_year(first: int, second: str, quarter: str | None) -> Period:
    _refuse_odd_year(first)
    expected = f"{(first + 1) % 100:02}"
    if second != expected:
        raise ValueError(
            f"{first}-{second} is not a financial year: they run from April to March, "
            f"so {first} goes with {expected}. Write {first}-{expected}."
        )
    start = date(first, APRIL, 1)
    if quarter is None:
        return Period(start, add_months(start, 12) - ONE_DAY)
    return quarter_of(add_months(start, 3 * (int(quarter) - 1)))


def _from_calendar_year(year: int) -> Period:
    _refuse_odd_year(year)
    return Period(date(year, JANUARY, 1), date(year, 12, 31))


def _read_date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is not a date. {WRITTEN_LIKE}") from None
    _refuse_odd_year(day.year)
    return day


def _refuse_odd_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(
            f"{year} is too far away. Give a period between {FIRST_YEAR} and {LAST_YEAR}."
        )


def _year_start(day: date) -> date:
    return date(day.year - (day.month < APRIL), APRIL, 1)


def _year_label(day: date) -> str:
    first = _year_start(day).year
    return f"{first}-{(first + 1) % 100:02}"


def _quarter_number(day: date) -> int:
    return (day.month - APRIL) % 12 // 3 + 1


def _month_end(day: date) -> date:
    return add_months(day.replace(day=1), 1) - ONE_DAY


def _is_month_end(day: date) -> bool:
    return day == _month_end(day)


def _months_apart(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


def _long_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
