"""The report's tables as rows of words, shared by the page and the PDF."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lado.reports import wording
from lado.reports.comparison import Comparison, change
from lado.reports.figures import Figures
from lado.reports.hidden import hidden_of
from lado.reports.measure import Measure, Shape
from lado.reports.measures import BY_ID
from lado.reports.plan import TablePlan
from lado.reports.rows import MONTHS
from lado.reports.tracing import CONCLUDED, OUT_OF
from lado.reports.values import Cohort, Rate, Ratio
from lado.reports.wide import Traced, Wide, trend, wide
from lado.rules.quarters import PeriodKind, year_of
from lado.rules.signs import NOTHING
from lado.rules.vocabulary import NOT_RECORDED, TOTAL

MOST_UNITS = 2  # that are named at the head of the rows
UNBROKEN = re.compile(r"(?<=Change) |(?<=to) |(?<=\d) (?=[A-Z])")


@dataclass(frozen=True)
class Column:
    """A period's own figures, or with `base` the change of `figures` against it. A heading is
    broken between the words `Change on`, the period and the day it is counted to."""

    heading: str
    figures: Figures
    base: Figures | None = None


@dataclass(frozen=True)
class Cell:
    """More than one line: a percentage above its counts."""

    lines: tuple[str, ...]

    @property
    def parts(self) -> list[str]:
        """What must not be broken: the number, and what is in brackets after it."""
        return str(self).replace(" (", "\n(").split("\n")

    def __str__(self) -> str:
        first, *rest = self.lines
        return f"{first} ({rest[0]})" if rest else first


@dataclass(frozen=True)
class Row:
    """`traced`: of its first cells, the records they count."""

    label: str
    cells: tuple[Cell, ...]
    is_total: bool = False
    traced: tuple[Traced | None, ...] = ()


@dataclass(frozen=True)
class Definition:
    term: str
    rule: str


@dataclass(frozen=True)
class Table:
    """`unit` heads the first column; the other headings name the period or say Change. One that is
    wide has columns of its own."""

    id: str
    caption: str
    unit: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    definitions: tuple[Definition, ...]
    chart: str
    note: str
    is_wide: bool = False
    names: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings in full, where there is room for them."""
        return self.names or self.headings


Pick = Callable[[Figures], Any]


def make_table(plan: TablePlan, comparison: Comparison) -> Table:
    measures = [BY_ID[measure] for measure in plan.measures]
    if plan.beside or measures[0].shape is Shape.CROSS:
        return wide_table(plan, comparison.this)
    by_month = any(measure.rows is MONTHS for measure in measures)
    columns = make_columns(
        replace(comparison, previous=None, to_date=None) if by_month else comparison
    )
    return _of_columns(plan, columns, comparison.this.label)


def period_table(plan: TablePlan, periods: Sequence[Figures], label: str) -> Table:
    """A column a period, headed with its type (R-49)."""
    headings = (f"{each.typed_label[0].upper()}{each.typed_label[1:]}" for each in periods)
    columns = [Column(_heading(words), each) for words, each in zip(headings, periods, strict=True)]
    return _of_columns(plan, columns, label)


def _of_columns(plan: TablePlan, columns: list[Column], label: str) -> Table:
    measures = [BY_ID[measure] for measure in plan.measures]
    units = dict.fromkeys(measure.unit.value for measure in measures)
    return Table(
        id=plan.id,
        caption=f"{plan.caption}, {label}",
        unit=" and ".join(units).capitalize() if len(units) <= MOST_UNITS else "What is counted",
        headings=tuple(column.heading for column in columns),
        rows=tuple(row for measure in measures for row in _rows(measure, columns)),
        definitions=tuple(Definition(measure.title, measure.rule) for measure in measures),
        chart=plan.chart,
        note=plan.note,
    )


def wide_table(plan: TablePlan, figures: Figures) -> Table:
    """Of the period alone: a cross-table, or a breakdown beside a cohort."""
    found = wide(plan.measures, figures)
    return _with_own_columns(plan, found, f"{plan.caption}, {figures.label}")


def trend_table(plan: TablePlan, periods: Sequence[Figures]) -> Table:
    first, last = periods[0], periods[-1]
    caption = f"{plan.caption}, {first.label} to {last.label}"
    return replace(_with_own_columns(plan, trend(periods), caption), unit="Figure")


def _with_own_columns(plan: TablePlan, found: Wide, caption: str) -> Table:
    measures = [BY_ID[measure] for measure in plan.measures]
    return Table(
        id=plan.id,
        caption=caption,
        unit=measures[0].unit.capitalize(),
        headings=tuple(_heading(heading) for heading in found.headings),
        rows=tuple(
            Row(line.label, tuple(map(Cell, line.cells)), line.is_total, line.traced)
            for line in found.lines
        ),
        definitions=tuple(Definition(measure.title, measure.rule) for measure in measures),
        chart=plan.chart,
        note=" ".join(filter(None, (found.key, plan.note))),
        is_wide=True,
        names=found.names,
    )


def make_columns(comparison: Comparison) -> list[Column]:
    """This period; then each period it is compared with, and the change against that."""
    this = comparison.this
    columns = [Column(_heading(short_label(this)), this)]
    for other in (comparison.previous, comparison.last_year):
        if other is not None:
            columns += _with_change(short_label(other), other, this)
    to_date, before = comparison.to_date, comparison.last_to_date
    if to_date is not None and before is not None:
        columns.append(Column(_heading(to_date_label(to_date)), to_date))
        columns += _with_change(to_date_label(before), before, to_date)
    return columns


def _with_change(label: str, base: Figures, now: Figures) -> list[Column]:
    change_on = _heading(f"Change on {label}")
    return [Column(_heading(label), base), Column(change_on, now, base)]


def _heading(words: str) -> str:
    return UNBROKEN.sub("\N{NO-BREAK SPACE}", words)


def short_label(figures: Figures) -> str:
    if figures.period.kind is not PeriodKind.RANGE:
        return figures.label
    return f"{figures.period.start:%d/%m/%y} to {figures.end:%d/%m/%y}"


def to_date_label(figures: Figures) -> str:
    """A year that is over is simply that year."""
    if figures.period.kind is PeriodKind.YEAR:
        return figures.label
    return f"{year_of(figures.end).label} to {wording.short_day(figures.end)}"


def month_note(figures: Figures, code: str) -> str:
    """To be put after the name of the month that is under way."""
    is_last = code == f"{figures.end:%Y-%m}"
    return f" (to {wording.short_day(figures.end)})" if is_last and figures.is_part else ""


def _rows(measure: Measure, columns: list[Column]) -> list[Row]:
    match measure.shape:
        case Shape.BREAKDOWN:
            months = measure.rows is MONTHS
            parts = _months(measure, columns) if months else _parts(columns, measure.id)
            return _with_total(parts, measure, columns)
        case Shape.COHORT:
            return _cohort(measure, columns)
        case _:
            row = _row(measure.title, columns, _value_of(measure.id))
            return [replace(row, traced=(Traced(measure.id),))]


def _value_of(measure: str) -> Pick:
    return lambda figures: figures[measure]


def _row(label: str, columns: list[Column], pick: Pick, *, is_total: bool = False) -> Row:
    cells = []
    for column in columns:
        now = pick(column.figures)
        lines = _plain(now) if column.base is None else (_change(now, pick(column.base)),)
        cells.append(Cell(lines))
    return Row(label, tuple(cells), is_total)


def _plain(value: Any) -> tuple[str, ...]:
    match value:
        case Rate():
            return wording.rate(value)
        case Ratio():
            return wording.ratio(value)
        case None:
            return (NOTHING,)
        case _:
            return (wording.count(value),)


def _change(now: Any, base: Any) -> str:
    match now:
        case Rate():
            return wording.rate_change(now, base)
        case Ratio():
            return wording.ratio_change(now, base)
        case _ if now is None or base is None:
            return NOTHING
        case _:
            return hidden_of(now, base) or wording.change(change(now, base))


def _with_total(rows: list[Row], measure: Measure, columns: list[Column]) -> list[Row]:
    if not measure.whole:
        return rows
    total = _row(TOTAL, columns, _value_of(measure.whole), is_total=True)
    return [*rows, replace(total, traced=(Traced(measure.whole),))]


def _parts(columns: list[Column], measure: str) -> list[Row]:
    """In the order of the vocabulary; a word that only another period has comes after, and Not
    recorded last."""
    labels = dict.fromkeys(label for column in columns for label in _counts(column, measure))
    ordered = sorted(labels, key=lambda label: label == NOT_RECORDED)
    return [
        replace(_row(label, columns, _part_of(measure, label)), traced=(Traced(measure, (label,)),))
        for label in ordered
    ]


def _counts(column: Column, measure: str) -> dict[str, int]:
    return _counts_of(column.figures, measure)


def _counts_of(figures: Figures, measure: str) -> dict[str, int]:
    value = figures[measure]
    return value.outcomes if isinstance(value, Cohort) else value


def _part_of(measure: str, label: str) -> Pick:
    return lambda figures: _counts_of(figures, measure).get(label, 0)


def _months(measure: Measure, columns: list[Column]) -> list[Row]:
    """Beside each month the same one a year before: the first beside the first."""
    this = columns[0].figures
    rows = []
    for place, code in enumerate(this[measure.id]):
        label = f"{wording.month(code)}{month_note(this, code)}"
        row = _row(label, columns, _nth_of(measure.id, place))
        rows.append(replace(row, traced=(Traced(measure.id, (code,)),)))
    return rows


def _nth_of(measure: str, place: int) -> Pick:
    """Nothing for a month that had not begun."""

    def pick(figures: Figures) -> int | None:
        code, number = list(figures[measure].items())[place]
        return number if figures.has_begun(code) else None

    return pick


def _cohort(measure: Measure, columns: list[Column]) -> list[Row]:
    opened = _row("Opened", columns, lambda figures: figures[measure.id].concluded.denominator)
    ended = _row("Concluded of these", columns, lambda figures: figures[measure.id].concluded)
    return [
        replace(opened, traced=(Traced(measure.id, code=OUT_OF),)),
        replace(ended, traced=(Traced(measure.id, code=CONCLUDED),)),
        *_parts(columns, measure.id),
    ]
