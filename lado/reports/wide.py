"""Tables with columns of their own: cross-tables, the outcomes of the cases concluded beside those
of the cases opened, and the trends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lado.reports import wording
from lado.reports.figures import Figures
from lado.reports.measure import Measure
from lado.reports.measures import BY_ID
from lado.reports.values import Rate
from lado.rules.vocabulary import NOT_RECORDED, TOTAL

# More headings than this, or longer ones, are numbered and named below: a page is not wider.
MOST_WORDS = 6
LONGEST = 30
MOST_COLUMNS = 14
REST = "All other"


@dataclass(frozen=True)
class Traced:
    """Whose records a cell counts: those of a measure, or of one row (and column) by its label, or
    by a code of `tracing` where that is no label."""

    measure: str
    labels: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True)
class Line:
    """A row: each cell is its lines of words."""

    label: str
    cells: tuple[tuple[str, ...], ...]
    is_total: bool = False
    traced: tuple[Traced | None, ...] = ()


@dataclass(frozen=True)
class Wide:
    """`key` says what the numbered headings stand for, and `names` are these in full."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    key: str = ""
    names: tuple[str, ...] = ()


def cross(measure: Measure, figures: Figures) -> Wide:
    """Without the rows and columns of which nothing was counted: the margins have them. What a
    page has no room for is counted together."""
    cells = figures[measure.id]
    rows, columns = (_labels(figures[margin]) for margin in measure.margins)
    own, rest = _fitting(columns, figures[measure.margins[1]])
    groups = [(label, [label]) for label in own] + ([(REST, rest)] if rest else [])
    lines = [
        Line(
            label,
            (
                *((_number(cells.get((label, each), 0) for each in group),) for _, group in groups),
                (wording.count(figures[measure.margins[0]][label]),),
            ),
            traced=(
                *(
                    Traced(measure.id, (label, each)) if cells.get((label, each)) else None
                    for each in own
                ),
                *([None] if rest else []),
                Traced(measure.margins[0], (label,)),
            ),
        )
        for label in rows
    ]
    totals = figures[measure.margins[1]]
    sums = ((_number(totals[each] for each in group),) for _, group in groups)
    last = Line(TOTAL, (*sums, (wording.count(figures[measure.whole]),)), is_total=True)
    names = [label for label, _ in groups]
    headings, key = _headings(names)
    return Wide((*headings, TOTAL), (*lines, last), key, (*names, TOTAL))


def _labels(margin: dict[str, int]) -> list[str]:
    found = [label for label, n in margin.items() if n]
    return sorted(found, key=lambda label: label == NOT_RECORDED)


def _fitting(labels: Sequence[str], counts: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The largest that there is room for, in their order, and the rest."""
    if len(labels) <= MOST_COLUMNS:
        return list(labels), []
    largest = sorted(labels, key=lambda label: _size(counts[label]), reverse=True)
    own = set(largest[: MOST_COLUMNS - 1])
    return [each for each in labels if each in own], [each for each in labels if each not in own]


def _size(number: Any) -> int:
    """What is hidden is small."""
    return number if isinstance(number, int) else 1


def _number(numbers: Iterable[Any]) -> str:
    """The sum; where one of them is hidden, its symbol."""
    found = list(numbers)
    hidden = (number for number in found if not isinstance(number, int))
    return next(hidden, None) or wording.count(sum(found))


def _headings(labels: Sequence[str]) -> tuple[list[str], str]:
    if len(labels) <= MOST_WORDS and max(map(len, labels), default=0) <= LONGEST:
        return list(labels), ""
    key = "; ".join(f"{number} {label}" for number, label in enumerate(labels, start=1))
    return [str(number) for number, _ in enumerate(labels, start=1)], f"Columns: {key}."


def beside(concluded: Measure, cohort: Measure, figures: Figures) -> Wide:
    """The period's conclusions and the outcomes of those who came in: each row's share."""
    ended, (part, _opened) = figures[concluded.id], figures[cohort.id]
    total = figures[concluded.whole]
    labels = dict.fromkeys([*ended, *figures[cohort.id].outcomes])
    ordered = sorted(labels, key=lambda label: label == NOT_RECORDED)
    lines = [
        Line(
            label,
            (
                wording.rate(Rate(ended.get(label, 0), total)),
                wording.rate(Rate(figures[cohort.id].outcomes.get(label, 0), part.numerator)),
            ),
        )
        for label in ordered
    ]
    sums = (wording.count(total),), (wording.count(part.numerator),)
    headings = ("Cases concluded", "Cases opened, concluded")
    return Wide(headings, (*lines, Line(TOTAL, sums, is_total=True)))


def trend(periods: Sequence[Figures]) -> Wide:
    """A row a measure, a column a period."""
    lines = [
        Line(BY_ID[measure].title, tuple(_words(figures[measure]) for figures in periods))
        for measure in periods[0].values
    ]
    return Wide(tuple(figures.label for figures in periods), tuple(lines))


def _words(value: Any) -> tuple[str, ...]:
    return wording.rate(value) if isinstance(value, Rate) else (wording.count(value),)


def wide(measures: Sequence[str], figures: Figures) -> Wide:
    first, *others = (BY_ID[measure] for measure in measures)
    return beside(first, others[0], figures) if others else cross(first, figures)
