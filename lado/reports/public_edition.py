"""How the public edition says what it hides (R-47, R-48)."""

from dataclasses import replace
from typing import Any

from lado.reports.charts import Chart, make_chart
from lado.reports.comparison import Comparison
from lado.reports.disclosure import Disclosure, PublicRule
from lado.reports.figures import Figures
from lado.reports.hidden import Hidden, hidden_of
from lado.reports.measure import Shape
from lado.reports.measures import BY_ID
from lado.reports.plan import TablePlan
from lado.reports.rows import MONTHS
from lado.reports.tables import Table
from lado.rules.signs import WITHHELD

NOT_DRAWN = "Hidden counts have no bar."
TOLD_NOTHING = (
    f" {WITHHELD} stands for a number of which nothing is told, not even whether it is none, "
    "because too few other numbers would be left that it could be."
)


def about_hiding(disclosure: Disclosure) -> str:
    rule = disclosure.rule
    least = 0 if rule.hides_nought else 1
    noughts = "" if rule.hides_nought else " A count of none is always shown."
    return (
        f"{rule.symbol} stands for a number that is hidden, so that nobody can be recognised: each "
        f"count from {least} to {rule.threshold - 1}, other counts from which one of these could "
        "be worked out, and each rate, ratio or change that rests on a hidden count. Read with all "
        "that was published before, every hidden count could still be any of three numbers or "
        f"more.{noughts} A table or a column about fewer than {rule.least_base} is left out or "
        "hidden whole." + (TOLD_NOTHING if disclosure.withheld else "")
    )


def left_out_words(plan: TablePlan, rule: PublicRule) -> str:
    few = f"fewer than {rule.least_base} {BY_ID[plan.measures[0]].unit}"
    return f"{plan.caption}: this table is left out, because it is about {few}."


def public_plan(plan: TablePlan) -> TablePlan:
    """Without the rows that are in the full edition only."""
    return replace(plan, measures=tuple(name for name in plan.measures if BY_ID[name].public))


def is_left_out(plan: TablePlan, disclosure: Disclosure) -> bool:
    return bool(plan.measures) and set(plan.measures) <= disclosure.left_out


def noted(table: Table, rule: PublicRule) -> Table:
    """Each table that hides something says what its symbol means."""
    cells = [line for row in table.rows for cell in row.cells for line in cell.lines]
    if not any(isinstance(line, Hidden) for line in cells):
        return table
    words = f"{rule.symbol} is a hidden number: see About these figures."
    return replace(table, note=f"{table.note} {words}".strip())


def public_chart(plan: TablePlan, comparison: Comparison) -> Chart | None:
    """Of a breakdown, the counts that are not hidden; of anything else, all or nothing."""
    this = comparison.this
    measures = [BY_ID[name] for name in plan.measures]
    whole_dicts = all(m.shape is Shape.BREAKDOWN and m.rows is not MONTHS for m in measures)
    if not whole_dicts:
        beside = [one for one in (this, comparison.last_year) if one is not None]
        hides = any(_hides(one[name]) for one in beside for name in plan.measures)
        return None if hides else make_chart(plan.chart, comparison)
    if not any(_hides(this[name]) for name in plan.measures):
        return make_chart(plan.chart, comparison)
    if not any(number for name in plan.measures for number in _shown(this, name).values()):
        return None
    values = dict(this.values) | {name: _shown(this, name) for name in plan.measures}
    chart = make_chart(plan.chart, replace(comparison, this=replace(this, values=values)))
    return replace(chart, title=f"{chart.title}. {NOT_DRAWN}", alt=f"{chart.alt} {NOT_DRAWN}")


def _shown(figures: Figures, measure: str) -> dict[str, int]:
    return {label: n for label, n in figures[measure].items() if not hidden_of(n)}


def _hides(value: Any) -> bool:
    match value:
        case dict():
            return hidden_of(*value.values()) is not None
        case tuple():
            return any(_hides(part) for part in value)
        case _:
            return isinstance(value, Hidden)
