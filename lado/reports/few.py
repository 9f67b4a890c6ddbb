"""Tables about so few that any row might point to somebody (R-48), and the rows of a long list,
which only those with records have: which of them there are tells a reader something too."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from lado.reports.cells import Laid, Publication
from lado.reports.figures import Figures
from lado.reports.measure import Measure, Shape
from lado.reports.rows import MONTHS

TABLES = (Shape.BREAKDOWN, Shape.COHORT, Shape.CROSS)
Printed = TypeVar("Printed", bound=Publication)


def of_few(laid: Laid, few: range) -> list[Measure]:
    return [each for each in laid.measures if is_of_few(each, laid.figures, few)]


def is_of_few(measure: Measure, figures: Figures, few: range) -> bool:
    return measure.shape in TABLES and _base(measure, figures) in few


def _base(measure: Measure, figures: Figures) -> int:
    if measure.whole:
        return int(figures[measure.whole])
    return sum(figures[measure.id].values())


def shown_rows(publication: Publication, few: range) -> dict[str, list[str]]:
    """By measure, those that a period about enough has. A row that only one about few has would
    tell that there is somebody in it."""
    found: dict[str, list[str]] = {}
    for figures, measures in publication.printed():
        for measure in measures:
            if _has_rows(measure) and not is_of_few(measure, figures, few):
                found.setdefault(measure.id, []).extend(figures[measure.id])
    return {name: list(dict.fromkeys(rows)) for name, rows in found.items()}


def _has_rows(measure: Measure) -> bool:
    return measure.shape is Shape.BREAKDOWN and measure.rows is not MONTHS


def completed(publication: Printed, few: range) -> Printed:
    """With each of those rows in every period: a nought stands there, or the symbol."""
    rows = shown_rows(publication, few)

    def complete(figures: Figures) -> Figures:
        more = {name: figures[name] | dict.fromkeys(new, 0) for name, new in _new(rows, figures)}
        return replace(figures, values={**figures.values, **more})

    return publication.each(complete)


def _new(rows: Mapping[str, list[str]], figures: Figures) -> Iterator[tuple[str, list[str]]]:
    for name, labels in rows.items():
        if name in figures.values:
            yield name, [label for label in labels if label not in figures[name]]


def with_rows(value: Mapping[str, Any], rows: list[str] | None) -> dict[str, Any]:
    """Without those that no period about enough has; all, where none is."""
    return {label: n for label, n in value.items() if rows is None or label in rows}
