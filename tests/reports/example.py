"""Figures made by hand, so that charts, tables and PDF are tested without a database."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lado.reports.comparison import Comparison
from lado.reports.figures import Figures
from lado.reports.measure import Shape
from lado.reports.measures import MEASURES
from lado.reports.values import Cohort, Rate, Ratio, Value
from lado.rules.quarters import Period
from lado.rules.timescales import add_months

EXPECTED = json.loads(
    (Path(__file__).parent.parent / "data" / "wscb-expected.json").read_text(encoding="utf-8")
)


def figures_of(period: str, **changed: Value) -> Figures:
    """From the expected file; `changed` by id with __ for the dot."""
    data = EXPECTED[period]
    values = {measure.id: _value(measure, data) for measure in MEASURES}
    values |= {name.replace("__", "."): value for name, value in changed.items()}
    return Figures(Period.parse(period), date.fromisoformat(data["as_at"]), False, values)


def _value(measure: Any, data: dict[str, Any]) -> Value:
    found = data.get(measure.id, 0)
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
    )


def nothing(period: str = "2012-13/Q4") -> Figures:
    """A period in which nothing happened."""
    empty: dict[str, Any] = {}
    for measure in MEASURES:
        empty[measure.id] = {
            Shape.COUNT: 0,
            Shape.RATE: Rate(0, 0),
            Shape.RATIO: Ratio(0, 0),
            Shape.COHORT: Cohort(Rate(0, 0), {}),
            Shape.BREAKDOWN: {},
        }[measure.shape]
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
