"""What a table of the report is planned by."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TablePlan:
    """One breakdown, cross-table or cohort alone, or several counts, rates and ratios as rows;
    `beside`: a breakdown and a cohort of one vocabulary, each as a column."""

    id: str
    caption: str
    measures: tuple[str, ...]
    chart: str = ""
    note: str = ""
    beside: bool = False


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    tables: tuple[TablePlan, ...]


def one(measure: str, caption: str, chart: str = "", note: str = "") -> TablePlan:
    return TablePlan(measure.replace(".", "-").replace("_", "-"), caption, (measure,), chart, note)


def rows(ident: str, caption: str, *measures: str, chart: str = "", note: str = "") -> TablePlan:
    return TablePlan(ident, caption, measures, chart, note)
