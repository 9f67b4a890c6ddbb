"""Figures made by hand, so that charts, tables and PDF are tested without a database."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

from lado.reports.comparison import Comparison
from lado.reports.figures import Figures
from lado.reports.measure import Shape
from lado.reports.measures import MEASURES
from lado.reports.tables import Cell, Definition, Row, Table
from lado.reports.trends import TRENDED, Trends
from lado.reports.values import Cells, Cohort, Rate, Ratio, Value
from lado.rules.quarters import Period
from lado.rules.timescales import add_months

EXPECTED = json.loads(
    (Path(__file__).parent.parent / "data" / "wscb-expected.json").read_text(encoding="utf-8")
)

EMPTY: dict[Shape, Any] = {
    Shape.COUNT: 0,
    Shape.RATE: Rate(0, 0),
    Shape.RATIO: Ratio(0, 0),
    Shape.COHORT: Cohort(Rate(0, 0), {}),
    Shape.BREAKDOWN: {},
    Shape.CROSS: {},
    Shape.MOST: None,
    Shape.SUM: 0,
}
# What the expected file counts; it says nothing of the measures that came later.
COUNTED_THERE = {name for figures in EXPECTED.values() for name in figures} | {"cases.reopened"}


def counted_there(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in figures.items() if name in COUNTED_THERE}


def figures_of(period: str, **changed: Value) -> Figures:
    """From the expected file; `changed` by id with __ for the dot."""
    data = EXPECTED[period]
    values: dict[str, Any] = {}
    for measure in MEASURES:
        values[measure.id] = _value(measure, data, values)
    values |= {name.replace("__", "."): value for name, value in changed.items()}
    return Figures(Period.parse(period), date.fromisoformat(data["as_at"]), False, values)


def _value(measure: Any, data: dict[str, Any], values: dict[str, Any]) -> Value:
    found = data.get(measure.id, 0)
    if measure.id not in COUNTED_THERE:
        return _unknown(measure, values)
    match measure.shape:
        case Shape.RATE:
            return Rate(*found)
        case Shape.RATIO:
            return Ratio(data["strategy.held"], data["cases.overseen"])
        case Shape.COHORT:
            return Cohort(
                Rate(*found["concluded"]), {k: n for k, n in found.items() if k != "concluded"}
            )
        case Shape.BREAKDOWN:
            return _with_rest(measure, found, data)
        case _:
            return int(found)


def _unknown(measure: Any, values: dict[str, Any]) -> Value:
    """What the expected file does not say, made so that it reconciles."""
    if measure.shape is Shape.CROSS:
        rows, columns = (dict(values[margin]) for margin in measure.margins)
        return _filled(rows, columns)
    if measure.shape is Shape.BREAKDOWN and values.get(measure.whole):
        return {"Not recorded": values[measure.whole]}
    found: Value = EMPTY[measure.shape]
    return found


def _filled(rows: dict[str, int], columns: dict[str, int]) -> Cells:
    """Cells that sum to these margins."""
    cells: Cells = {}
    for row, column in product(rows, columns):
        if n := min(rows[row], columns[column]):
            cells[row, column] = n
            rows[row] -= n
            columns[column] -= n
    return cells


def _with_rest(measure: Any, found: dict[str, int], data: dict[str, Any]) -> dict[str, int]:
    missing = data[measure.whole] - sum(found.values()) if measure.whole else 0
    return dict(found) | (
        {"Not recorded": missing} if missing or measure.id == "police.outcomes" else {}
    )


def year(**changed: Value) -> Comparison:
    return Comparison(figures_of("2012-13", **changed), None, figures_of("2011-12"), None, None)


def quarter(**changed: Value) -> Comparison:
    return Comparison(
        figures_of("2012-13/Q4", **changed),
        figures_of("2012-13/Q3"),
        figures_of("2012-13/Q1"),
        figures_of("2012-13"),
        figures_of("2011-12"),
        Trends(
            tuple(trended(f"2012-13/Q{n}") for n in (1, 2, 3, 4)),
            (trended("2011-12"), trended("2012-13")),
        ),
    )


def trended(period: str) -> Figures:
    figures = figures_of(period)
    return replace(figures, values={name: figures[name] for name in TRENDED})


def nothing(period: str = "2012-13/Q4") -> Figures:
    """A period in which nothing happened."""
    empty: dict[str, Any] = {}
    for measure in MEASURES:
        empty[measure.id] = EMPTY[measure.shape]
    found = Period.parse(period)
    empty["consultations.by_month"] = {f"{month:%Y-%m}": 0 for month in found.months}
    return Figures(found, found.end, False, empty)


def empty_quarter() -> Comparison:
    return Comparison(nothing(), nothing(), nothing("2011-12/Q4"), nothing(), nothing())


def under_way() -> Comparison:
    """The fourth quarter on 10 February, beside parts of others."""

    def part(period: Figures, day: date) -> Figures:
        return replace(period, as_at=day)

    whole = quarter()
    assert whole.previous
    assert whole.to_date
    assert whole.last_to_date
    return Comparison(
        replace(part(whole.this, date(2013, 2, 10)), provisional=True),
        part(whole.previous, date(2012, 11, 10)),
        part(figures_of("2012-13/Q1"), date(2012, 5, 11)),
        replace(part(whole.to_date, date(2013, 2, 10)), provisional=True),
        part(whole.last_to_date, date(2012, 2, 10)),
    )


def long(months: int) -> Comparison:
    """Of more than a year: 14 months or more, all alike."""
    found = nothing()
    period = Period(date(2009, 2, 1), add_months(date(2009, 2, 1), months) - timedelta(days=1))
    values = dict(found.values) | {
        "consultations.by_month": {f"{month:%Y-%m}": 1234 for month in period.months},
        "consultations.received": 1234 * months,
    }
    figures = replace(found, period=period, as_at=period.end, values=values)
    return Comparison(figures, previous=figures)


def wide(columns: int, rows: int, label: str = "Category of concern") -> Table:
    """A table with as many columns of its own."""
    return Table(
        id=f"wide-{columns}",
        caption=f"Sector by {columns} categories",
        unit="Consultations",
        headings=tuple(f"{label} {n}" for n in range(columns)),
        rows=tuple(
            Row(f"Sector {n}", tuple(Cell((f"{1000 * n + m:,}",)) for m in range(columns)))
            for n in range(rows)
        ),
        definitions=(Definition("Sector by category", "How it is counted"),),
        chart="",
        note="",
    )
