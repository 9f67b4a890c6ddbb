"""What a figure can be. Each knows how it is written as JSON and read back."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from lado.reports.hidden import hidden_of
from lado.reports.measure import Shape
from lado.rules.vocabulary import NOT_RECORDED

# The annual reports' own lesson: a percentage of a handful misleads.
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
        if hidden_of(*self) or self.denominator < SMALLEST_BASE:
            return None
        return percentage(self.numerator, self.denominator)


class Ratio(NamedTuple):
    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """To two decimals; None without a denominator."""
        if hidden_of(*self) or self.denominator == 0:
            return None
        return half_up(100 * self.numerator, self.denominator) / 100


class Cohort(NamedTuple):
    concluded: Rate
    outcomes: dict[str, int]


# Of a cross-table: those that are not zero, by row and column; its margins name all labels.
Cells: TypeAlias = dict[tuple[str, str], int]
Value: TypeAlias = int | Rate | Ratio | Cohort | dict[str, int] | Cells | None


def _stated(counts: Mapping[str, int]) -> dict[str, int]:
    return {label: n for label, n in counts.items() if n and label != NOT_RECORDED}


def _nested(cells: Mapping[Any, int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (row, column), n in cells.items():
        if n and NOT_RECORDED not in (row, column):
            found.setdefault(row, {})[column] = n
    return found


def as_json(shape: Shape, value: Any) -> Any:
    """As `flask report figures` prints it: without zero rows and without Not recorded."""
    if shape is Shape.CROSS:
        return _nested(value)
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


def as_record(shape: Shape, value: Any) -> Any:
    """As it is kept with a report: everything the page shows. Pairs keep a label's order, which
    a JSON object does not promise."""
    if shape is Shape.CROSS:
        return [[list(cell), n] for cell, n in value.items()]
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
    return READ[shape](record)


READ: dict[Shape, Callable[[Any], Value]] = {
    Shape.COUNT: int,
    Shape.RATE: lambda record: Rate(*record),
    Shape.RATIO: lambda record: Ratio(*record),
    Shape.BREAKDOWN: lambda record: {label: int(n) for label, n in record},
    Shape.CROSS: lambda record: {(row, column): int(n) for (row, column), n in record},
    Shape.COHORT: lambda record: Cohort(
        Rate(*record[0]), {label: int(n) for label, n in record[1]}
    ),
    Shape.SUM: int,
    Shape.MOST: lambda record: None if record is None else int(record),
}
