"""The report's charts: one drawing each, used by the page and by the PDF."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.graphics.shapes import Drawing

from lado.reports import wording
from lado.reports.chart_shapes import (
    MOST_COLUMNS,
    Bar,
    Step,
    columns,
    empty,
    fit_in_columns,
    flow,
    horizontal,
    paired_rows,
)
from lado.reports.comparison import Comparison
from lado.reports.figures import Figures
from lado.reports.tables import month_note, short_label
from lado.rules.quarters import quarter_of, year_of
from lado.rules.vocabulary import NOT_RECORDED

BY_MONTH = "consultations.by_month"
NO_CONSULTATIONS = "No consultations were received in the period"
NO_CASES = "No cases were overseen in the period"
SPANS: tuple[tuple[str, Callable[[date], str]], ...] = (
    ("month", lambda day: f"{day:%b %Y}"),
    ("quarter", lambda day: quarter_of(day).label),
    ("year", lambda day: year_of(day).label),
    ("decade", lambda day: f"{day.year // 10}0s"),
)


@dataclass(frozen=True)
class Chart:
    """`alt` says in words what the drawing shows, with its numbers."""

    id: str
    title: str
    alt: str
    drawing: Drawing


def _numbers(bars: Sequence[Bar | Step]) -> str:
    return "; ".join(f"{bar.label} {bar.value:,}" for bar in bars) + "."


def _months(comparison: Comparison) -> Chart:
    """Months that have not begun have no bar."""
    this, last_year = comparison.this, comparison.last_year
    counts = {code: n for code, n in this[BY_MONTH].items() if this.has_begun(code)}
    before = list(last_year[BY_MONTH].values()) if last_year else []
    if not any([*counts.values(), *before]):
        title = f"Consultations by month, {this.label}"
        return Chart("months", title, f"{NO_CONSULTATIONS}.", empty(f"{NO_CONSULTATIONS}."))
    if last_year is None:
        return _months_alone(this, counts)
    bars = [
        Bar(f"{wording.short_month(code)}{month_note(this, code)}", n, before[place])
        for place, (code, n) in enumerate(counts.items())
    ]
    now, then = short_label(this), short_label(last_year)
    shape = columns if fit_in_columns(bars) else paired_rows
    pairs = "; ".join(f"{bar.label} {bar.value:,}, a year before {bar.beside:,}" for bar in bars)
    return Chart(
        "months",
        f"Consultations by month, {now} beside {then}",
        f"Column chart. {pairs}.",
        shape(bars, (now, then)),
    )


def _months_alone(this: Figures, counts: Mapping[str, int]) -> Chart:
    """Of a period too long to have a year before: in the smallest spans that stand side by side."""
    grouped = ((span, _grouped(counts, name)) for span, name in SPANS)
    span, groups = next(found for found in grouped if len(found[1]) <= MOST_COLUMNS)
    bars = [Bar(label, n) for label, n in groups.items()]
    drawing = columns(bars) if fit_in_columns(bars) else horizontal(bars)
    title = f"Consultations by {span}, {short_label(this)}"
    return Chart("months", title, f"Column chart. {_numbers(bars)}", drawing)


def _grouped(counts: Mapping[str, int], name: Callable[[date], str]) -> Counter[str]:
    groups: Counter[str] = Counter()
    for code, n in counts.items():
        groups[name(date.fromisoformat(f"{code}-01"))] += n
    return groups


def _breakdown(measure: str, chart_id: str, title: str, nothing: str) -> Callable[..., Chart]:
    """Largest first; the rows that are zero stand in the table."""

    def make(comparison: Comparison) -> Chart:
        counts = comparison.this[measure]
        bars = [Bar(label, n) for label, n in counts.items() if n]
        bars.sort(key=lambda bar: (bar.label == NOT_RECORDED, -bar.value))
        full_title = f"{title}, {comparison.this.label}"
        if not bars:
            return Chart(chart_id, full_title, f"{nothing}.", empty(f"{nothing}."))
        alt = f"Bar chart, largest first. {_numbers(bars)}"
        return Chart(chart_id, full_title, alt, horizontal(bars))

    return make


def _flow(comparison: Comparison) -> Chart:
    this = comparison.this
    steps: list[Step] = []
    level = 0
    for measure, name in (
        ("cases.brought_forward", "Brought forward"),
        ("cases.opened", "Opened"),
        ("cases.reopened", "Reopened"),
    ):
        steps.append(Step(name, this[measure], level))
        level += this[measure]
    concluded = this["cases.concluded"]
    steps.append(Step("Concluded", concluded, max(level - concluded, 0), leaves=True))
    steps.append(Step("Open at end", this["cases.open_at_end"], 0))
    title = f"Flow of cases, {this.label}"
    if not any(step.value for step in steps):
        return Chart("flow", title, f"{NO_CASES}.", empty(f"{NO_CASES}."))
    return Chart("flow", title, f"Flow chart of columns. {_numbers(steps)}", flow(steps))


CHARTS: dict[str, Callable[[Comparison], Chart]] = {
    "months": _months,
    "sectors": _breakdown(
        "consultations.by_sector",
        "sectors",
        "Consultations by sector",
        NO_CONSULTATIONS,
    ),
    "categories": _breakdown(
        "cases.by_category",
        "categories",
        "Cases by category of concern",
        NO_CASES,
    ),
    "outcomes": _breakdown(
        "outcomes.concluded_in_period",
        "outcomes",
        "Outcomes of cases concluded",
        "No cases were concluded in the period",
    ),
    "flow": _flow,
}


def make_chart(name: str, comparison: Comparison) -> Chart:
    return CHARTS[name](comparison)


def trend_chart(periods: Sequence[Figures]) -> Chart:
    """Consultations received in each."""
    bars = [Bar(figures.label, figures["consultations.received"]) for figures in periods]
    title = f"Consultations received, {periods[0].label} to {periods[-1].label}"
    drawing = columns(bars) if fit_in_columns(bars) else horizontal(bars)
    return Chart("quarters", title, f"Column chart. {_numbers(bars)}", drawing)
