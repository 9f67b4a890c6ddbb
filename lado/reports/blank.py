"""Tables of which nothing is on record: a line says so in place of rows of noughts."""

from typing import Any

from lado.reports.comparison import Comparison
from lado.reports.measure import Shape
from lado.reports.measures import BY_ID
from lado.reports.plan import TablePlan
from lado.rules.vocabulary import NOT_RECORDED

NONE = "{}: none in any of the periods shown."
UNKNOWN = "{}: not recorded for any of them."


def blank_words(plan: TablePlan, comparison: Comparison) -> str:
    """Nothing for a table that says something, be it hidden, or that a chart is drawn from."""
    measures = [BY_ID[name] for name in plan.measures]
    if plan.chart or any(measure.shape is not Shape.BREAKDOWN for measure in measures):
        return ""
    shown: list[dict[str, Any]] = [
        figures[measure.id]
        for figures in (comparison.this, *comparison.others)
        for measure in measures
    ]
    if any(n for rows in shown for label, n in rows.items() if label != NOT_RECORDED):
        return ""
    unknown = any(rows.get(NOT_RECORDED, 0) for rows in shown)
    return (UNKNOWN if unknown else NONE).format(plan.caption)
