"""What a figure can be. Each knows how it is written as JSON and read back."""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from lado.reports.measure import Shape
from lado.rules.vocabulary import NOT_RECORDED

# The annual reports' own lesson: a percentage of a handful misleads (domain section 8).
SMALLEST_BASE = 20


def half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number, a half away from zero: reckoned in whole numbers, because many
    halves are no longer halves once divided."""
    nearest = (2 * abs(numerator) + denominator) // (2 * denominator)
    return nearest if numerator >= 0 else -nearest


def percentage(part: int, whole: int) -> float:
    """To one decimal: 0.0 only of nothing, and 100.0 never of less than all."""
    tenths = half_up(1000 * abs(part), whole)
    if 0 < abs(part) < whole:
        tenths = min(max(tenths, 1), 999)
    return (tenths if part >= 0 else -tenths) / 10


class Rate(NamedTuple):
    numerator: int
    denominator: int

    @property
    def percent(self) -> float | None:
        """None where the counts must stand alone."""
        if self.denominator < SMALLEST_BASE:
            return None
        return percentage(self.numerator, self.denominator)


class Ratio(NamedTuple):
    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """To two decimals; None without a denominator."""
        if self.denominator == 0:
            return None
        return half_up(100 * self.numerator, self.denominator) / 100


class Cohort(NamedTuple):
    concluded: Rate
    outcomes: dict[str, int]


Value: TypeAlias = int | Rate | Ratio | Cohort | dict[str, int]


def _stated(counts: Mapping[str, int]) -> dict[str, int]:
    return {label: n for label, n in counts.items() if n and label != NOT_RECORDED}


def as_json(value: Value) -> Any:
    """As `flask report figures` prints it: without zero rows and without Not recorded."""
    match value:
        case Ratio():
            return value.value
        case Cohort():
            return {"concluded": list(value.concluded)} | _stated(value.outcomes)
        case Rate():
            return list(value)
        case dict():
            return _stated(value)
        case _:
            return value


def as_record(value: Value) -> Any:
    """As it is kept with a report: everything the page shows. Pairs keep a label's order, which
    a JSON object does not promise."""
    match value:
        case Cohort():
            return [list(value.concluded), [list(row) for row in value.outcomes.items()]]
        case Rate() | Ratio():
            return list(value)
        case dict():
            return [list(row) for row in value.items()]
        case _:
            return value


def from_record(shape: Shape, record: Any) -> Value:
    match shape:
        case Shape.COUNT:
            return int(record)
        case Shape.RATE:
            return Rate(*record)
        case Shape.RATIO:
            return Ratio(*record)
        case Shape.BREAKDOWN:
            return {label: int(n) for label, n in record}
        case Shape.COHORT:
            return Cohort(Rate(*record[0]), {label: int(n) for label, n in record[1]})
