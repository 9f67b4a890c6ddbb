"""The counts that a period's figures print: each once, whatever tables it stands in. All follows
from the declarations of the measures, so that a new one is covered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, NamedTuple, Protocol, Self, TypeAlias

from lado.reports.figures import Figures
from lado.reports.measure import Measure, Shape
from lado.reports.measures import MEASURES
from lado.reports.rows import MONTHS
from lado.rules.quarters import ONE_DAY, Period
from lado.rules.timescales import add_months

# A label of a breakdown, a row and a column of a cross-table, or one of these.
Label: TypeAlias = tuple[str, ...]
ONLY: Label = ()
PART: Label = ("", "part")
OUT_OF: Label = ("", "out of")
Slot: TypeAlias = tuple[str, Label]


class Cell(NamedTuple):
    """Where a period was drawn again and a number became another, `draw` tells them apart."""

    period: Period
    measure: str
    label: Label
    draw: int = 0


class Publication(Protocol):
    """What a reader gets in one piece: a report, or an answer to an information request."""

    @property
    def leading(self) -> Sequence[Figures]:
        """The periods that it is about: a table about few in each of them is left out."""

    def printed(self) -> Iterable[tuple[Figures, tuple[Measure, ...]]]:
        """Each period with the measures that its tables print of it."""

    def each(self, change: Callable[[Figures], Figures]) -> Self:
        """The same with every period's figures changed so."""


@dataclass(frozen=True)
class Laid:
    """`at` leads from each number of a table to the one cell for it."""

    figures: Figures
    at: Mapping[Slot, Cell]
    values: Mapping[Cell, int]
    measures: tuple[Measure, ...]

    def cells(self, measure: Measure) -> list[Cell]:
        """Those of its own table: not the totals that it shares with others."""
        shared = {ONLY, OUT_OF} if measure.shape is not Shape.COUNT else set()
        return [
            cell
            for (name, label), cell in self.at.items()
            if name == measure.id and label not in shared
        ]


def lay(publication: Publication) -> list[Laid]:
    """All that it prints, period by period."""
    return [_laid(figures, measures) for figures, measures in publication.printed()]


def numbers_of(measure: Measure, figures: Figures) -> dict[Label, int]:
    """Every count that the table of a measure prints."""
    value: Any = figures[measure.id]
    match measure.shape:
        case Shape.COUNT:
            return {ONLY: value}
        case Shape.RATE | Shape.RATIO:
            return {PART: value.numerator, OUT_OF: value.denominator}
        case Shape.COHORT:
            concluded, outcomes = value
            own = {PART: concluded.numerator, OUT_OF: concluded.denominator}
            return own | {(label,): n for label, n in outcomes.items()}
        case Shape.BREAKDOWN if measure.rows is MONTHS:
            return {(code,): n for code, n in value.items() if figures.has_begun(code)}
        case Shape.BREAKDOWN:
            return {(label,): n for label, n in value.items()}
        case Shape.CROSS:
            rows, columns = (figures[margin] for margin in measure.margins)
            return {pair: value.get(pair, 0) for pair in product(rows, columns)}
        case _:
            raise ValueError(f"Nothing is known of what {measure.id} would give away.")


def _laid(figures: Figures, measures: tuple[Measure, ...]) -> Laid:
    at: dict[Slot, Cell] = {}
    values: dict[Cell, int] = {}
    for measure in measures:
        for label, number in numbers_of(measure, figures).items():
            cell = _cell(measure, label, number, figures)
            at[measure.id, label] = cell
            values[cell] = number
    return Laid(figures, at, values, measures)


def _cell(measure: Measure, label: Label, number: int, figures: Figures) -> Cell:
    if measure.rows is MONTHS:
        return Cell(_month(label[0], figures.covered), measure.whole, ONLY)
    same = _same_count(measure) if label in (PART, ONLY) else ""
    if label == OUT_OF:
        total = measure.over or measure.whole or total_of(measure.population)
        same = total if total and figures.values.get(total) == number else ""
    return Cell(figures.covered, *((same, ONLY) if same else (measure.id, label)))


def _month(code: str, covered: Period) -> Period:
    first = Period.parse(f"{code}-01..{code}-01").start
    last = add_months(first, 1) - ONE_DAY
    return Period(max(first, covered.start), min(last, covered.end))


@cache
def total_of(population: str) -> str:
    """The measure that counts all of a population, if one does."""
    for measure in MEASURES:
        if measure.population == population and not measure.where:
            if measure.whole:
                return measure.whole
            if measure.shape is Shape.COUNT and not measure.key and not measure.distinct:
                return measure.id
    return ""


def _same_count(measure: Measure) -> str:
    """The first measure that counts the same records."""
    if measure.shape not in (Shape.COUNT, Shape.RATE, Shape.RATIO):
        return ""
    asked = (measure.population, measure.key, measure.where, measure.distinct)
    for other in MEASURES:
        named = (other.population, other.key, other.where, other.distinct)
        if other.shape is Shape.COUNT and other.public and asked == named:
            return other.id
    return ""
