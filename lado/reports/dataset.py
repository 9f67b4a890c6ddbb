"""A report's figures as a safeguarding board's dataset and its dashboard take them: a line for each
number of each period, with names that stay the same from report to report."""

import csv
import io
from collections.abc import Iterator
from typing import Any, NamedTuple

from lado.reports.cells import numbers_of
from lado.reports.document import Document
from lado.reports.figures import Figures
from lado.reports.hidden import hidden_of
from lado.reports.measure import Measure, Shape
from lado.reports.measures import MEASURES
from lado.reports.tidy import safe
from lado.reports.values import Cohort, Rate, Ratio
from lado.rules.signs import NO_VALUE


class Value(NamedTuple):
    """Of a breakdown, its `row`; of a cross-table, its `column` too. A `note` stands where a number
    is hidden, or there is none."""

    row: str = ""
    column: str = ""
    value: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    note: str = ""


HEADINGS = (
    "measure_id", "measure", "unit", *Value._fields, "period", "period_type", "start", "end",
    "final", "as_at", "edition", "version", "definitions_version",
)  # fmt: skip


def build_dataset(document: Document) -> bytes:
    """With a byte order mark, as every CSV file of ours."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for figures, measures in _printed(document):
        for measure in measures:
            writer.writerows(map(safe, _lines(measure, figures, document)))
    return text.getvalue().encode("utf-8-sig")


def _printed(document: Document) -> Iterator[tuple[Figures, list[Measure]]]:
    """What its edition holds, and of the full edition the trends: each period that is followed up
    to the same day once."""
    comparison, disclosure = document.comparison, document.disclosure
    if disclosure:
        for figures, measures in comparison.printed():
            yield figures, [each for each in measures if each.id not in disclosure.left_out]
        return
    seen = set[tuple[Any, ...]]()
    trends = (*comparison.trends.quarters, *comparison.trends.years)
    for figures in (comparison.this, *comparison.others, *trends):
        key = (figures.covered, figures.as_at)
        if key not in seen:
            seen.add(key)
            yield figures, [each for each in MEASURES if each.id in figures.values]


def _lines(measure: Measure, figures: Figures, document: Document) -> Iterator[tuple[Any, ...]]:
    is_final = not (figures.is_part or figures.provisional)
    for each in _values(measure, figures):
        yield (
            measure.id, measure.title, measure.unit, *each, figures.label,
            figures.period.kind.label, figures.covered.start.isoformat(),
            figures.covered.end.isoformat(), "yes" if is_final else "no",
            figures.as_at.isoformat(), document.edition, document.version,
            document.definitions_version,
        )  # fmt: skip


def _values(measure: Measure, figures: Figures) -> Iterator[Value]:
    value = figures[measure.id]
    match value:
        case Cohort():
            yield _quotient(value.concluded, value.concluded.percent)
            yield from (_counted(n, label) for label, n in value.outcomes.items())
        case Rate():
            yield _quotient(value, value.percent)
        case Ratio():
            yield _quotient(value, value.value)
        case dict() if measure.shape in (Shape.BREAKDOWN, Shape.CROSS):
            yield from (_counted(n, *label) for label, n in numbers_of(measure, figures).items())
        case None:
            yield Value(note=NO_VALUE)
        case _:
            yield _counted(value)


def _counted(number: Any, row: str = "", column: str = "") -> Value:
    hidden = hidden_of(number)
    return Value(row, column, None if hidden else number, note=hidden or "")


def _quotient(parts: Rate | Ratio, value: float | None) -> Value:
    if hidden := hidden_of(*parts):
        return Value(note=hidden)
    return Value(value=value, numerator=parts.numerator, denominator=parts.denominator)
