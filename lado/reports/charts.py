"""The report's charts: one drawing each, used by the page and by the PDF."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing

from lado.reports import drawing as draw
from lado.reports import fonts, wording
from lado.reports.comparison import Comparison
from lado.reports.rows import NOT_RECORDED
from lado.reports.tables import short_label

LABEL_ROOM = 170.0
GAP = 6.0
ROW = 18.0
BAR = 12.0
LEGEND = 22.0
COLUMN_HEIGHT = 130.0
MOST_COLUMNS = 13
EMPTY_HEIGHT = 36.0


@dataclass(frozen=True)
class Chart:
    """`alt` says in words what the drawing shows, with its numbers."""

    id: str
    title: str
    alt: str
    drawing: Drawing


@dataclass(frozen=True)
class Bar:
    label: str
    value: int
    beside: int = 0


@dataclass(frozen=True)
class Step:
    """A bar of the flow of cases that starts at `start`; what leaves is hatched."""

    label: str
    value: int
    start: int
    leaves: bool = False


def _numbers(bars: Sequence[Bar | Step]) -> str:
    return "; ".join(f"{bar.label} {bar.value:,}" for bar in bars) + "."


def _empty(words: str) -> Drawing:
    drawing = Drawing(draw.WIDTH, EMPTY_HEIGHT)
    draw.label(drawing, 0, EMPTY_HEIGHT / 2, words)
    return drawing


def _scale(values: Sequence[int], room: float) -> float:
    return room / max(*values, 1, 1)


def horizontal(bars: Sequence[Bar]) -> Drawing:
    """One bar under another, its name before it and its number after it."""
    names = [fonts.wrap(bar.label, fonts.REGULAR, draw.SIZE, LABEL_ROOM) for bar in bars]
    heights = [max(ROW, len(lines) * draw.LINE_HEIGHT + GAP) for lines in names]
    drawing = Drawing(draw.WIDTH, sum(heights) + GAP)
    left, top = LABEL_ROOM + GAP, sum(heights) + GAP / 2
    number_room = fonts.width("000,000", fonts.BOLD, draw.SIZE)
    scale = _scale([bar.value for bar in bars], draw.WIDTH - left - number_room)
    for bar, lines, height in zip(bars, names, heights, strict=True):
        middle = top - height / 2
        draw.lines_of(drawing, LABEL_ROOM, middle, lines, anchor="end")
        draw.bar(drawing, left, middle - BAR / 2, bar.value * scale, BAR)
        end = left + bar.value * scale + GAP
        draw.label(drawing, end, middle - draw.BASELINE, f"{bar.value:,}", bold=True)
        top -= height
    draw.rule(drawing, left, GAP / 2, left, sum(heights) + GAP / 2)
    return drawing


def _legend(drawing: Drawing, height: float, solid: str, hatched: str) -> None:
    y = height - BAR
    draw.bar(drawing, 0, y, BAR, BAR)
    draw.label(drawing, BAR + GAP, y + draw.BASELINE, solid)
    x = BAR + GAP + fonts.width(solid, fonts.REGULAR, draw.SIZE) + 4 * GAP
    draw.hatched_bar(drawing, x, y, BAR, BAR)
    draw.label(drawing, x + BAR + GAP, y + draw.BASELINE, hatched)


def columns(bars: Sequence[Bar], solid: str, hatched: str) -> Drawing:
    """Two columns a group: this period solid, the one beside it hatched."""
    foot = 2 * draw.LINE_HEIGHT + GAP
    height = foot + COLUMN_HEIGHT + LEGEND + draw.LINE_HEIGHT
    drawing = Drawing(draw.WIDTH, height)
    _legend(drawing, height, solid, hatched)
    scale = _scale([n for bar in bars for n in (bar.value, bar.beside)], COLUMN_HEIGHT)
    room = draw.WIDTH / len(bars)
    wide = min(room * 0.36, 3 * BAR)
    stacked = any(fonts.width(bar.label, fonts.REGULAR, draw.SIZE) > room - GAP for bar in bars)
    for number, bar in enumerate(bars):
        middle = (number + 0.5) * room
        lines = bar.label.split() if stacked else [bar.label]
        for line, text in enumerate(lines):
            y = foot - (line + 1) * draw.LINE_HEIGHT
            draw.label(drawing, middle, y, text, anchor="middle")
        draw.bar(drawing, middle - wide - 1, foot, wide, bar.value * scale)
        draw.hatched_bar(drawing, middle + 1, foot, wide, bar.beside * scale)
        for x, n, bold in ((-wide / 2 - 1, bar.value, True), (wide / 2 + 1, bar.beside, False)):
            y = foot + n * scale + draw.BASELINE
            draw.label(drawing, middle + x, y, f"{n:,}", anchor="middle", bold=bold)
    draw.rule(drawing, 0, foot, draw.WIDTH, foot)
    return drawing


def paired_rows(bars: Sequence[Bar], solid: str, hatched: str) -> Drawing:
    """As `columns`, lying down, for more groups than stand side by side."""
    height = len(bars) * 2 * ROW + LEGEND
    drawing = Drawing(draw.WIDTH, height)
    _legend(drawing, height, solid, hatched)
    left = LABEL_ROOM / 2 + GAP
    number_room = fonts.width("000,000", fonts.BOLD, draw.SIZE)
    values = [n for bar in bars for n in (bar.value, bar.beside)]
    scale = _scale(values, draw.WIDTH - left - number_room)
    for number, bar in enumerate(bars):
        middle = height - LEGEND - (2 * number + 1) * ROW
        draw.lines_of(drawing, left - GAP, middle, [bar.label], anchor="end")
        draw.bar(drawing, left, middle, bar.value * scale, BAR)
        draw.hatched_bar(drawing, left, middle - BAR, bar.beside * scale, BAR)
        for y, n, bold in ((draw.BASELINE, bar.value, True), (-BAR + 3, bar.beside, False)):
            draw.label(drawing, left + n * scale + GAP, middle + y, f"{n:,}", bold=bold)
    return drawing


def flow(steps: Sequence[Step]) -> Drawing:
    """Each bar starts where the one before ended; the last stands for what is left."""
    room = draw.WIDTH / len(steps)
    foot = 2 * draw.LINE_HEIGHT + GAP
    drawing = Drawing(draw.WIDTH, foot + COLUMN_HEIGHT + 2 * draw.LINE_HEIGHT)
    scale = _scale([step.start + step.value for step in steps], COLUMN_HEIGHT)
    wide = room * 0.6
    for number, step in enumerate(steps):
        x, y = number * room + (room - wide) / 2, foot + step.start * scale
        shape = draw.hatched_bar if step.leaves else draw.bar
        shape(drawing, x, y, wide, step.value * scale)
        top = y + step.value * scale
        draw.label(
            drawing,
            x + wide / 2,
            top + draw.BASELINE,
            f"{step.value:,}",
            anchor="middle",
            bold=True,
        )
        if number + 1 < len(steps):
            edge = y if step.leaves else top
            draw.rule(drawing, x + wide, edge, x + room, edge)
        for line, text in enumerate(fonts.wrap(step.label, fonts.REGULAR, draw.SIZE, room - GAP)):
            y = foot - (line + 1) * draw.LINE_HEIGHT
            draw.label(drawing, x + wide / 2, y, text, anchor="middle")
    draw.rule(drawing, 0, foot, draw.WIDTH, foot)
    return drawing


def _months(comparison: Comparison) -> Chart:
    this = comparison.this["consultations.by_month"]
    before = list(comparison.last_year["consultations.by_month"].values())
    bars = [
        Bar(wording.short_month(code), n, before[place])
        for place, (code, n) in enumerate(this.items())
    ]
    now, then = short_label(comparison.period), short_label(comparison.last_year.period)
    shape = columns if len(bars) <= MOST_COLUMNS else paired_rows
    pairs = "; ".join(f"{bar.label} {bar.value:,}, a year before {bar.beside:,}" for bar in bars)
    return Chart(
        "months",
        f"Consultations by month, {now} beside {then}",
        f"Column chart. {pairs}.",
        shape(bars, now, then),
    )


def _breakdown(measure: str, chart_id: str, title: str, nothing: str) -> Callable[..., Chart]:
    """Largest first; the rows that are zero stand in the table."""

    def make(comparison: Comparison) -> Chart:
        counts = comparison.this[measure]
        bars = [Bar(label, n) for label, n in counts.items() if n]
        bars.sort(key=lambda bar: (bar.label == NOT_RECORDED, -bar.value))
        full_title = f"{title}, {comparison.period.label}"
        if not bars:
            return Chart(chart_id, full_title, f"{nothing}.", _empty(f"{nothing}."))
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
    title = f"Flow of cases, {comparison.period.label}"
    return Chart("flow", title, f"Flow chart of columns. {_numbers(steps)}", flow(steps))


CHARTS: dict[str, Callable[[Comparison], Chart]] = {
    "months": _months,
    "sectors": _breakdown(
        "consultations.by_sector",
        "sectors",
        "Consultations by sector",
        "No consultations were received in the period",
    ),
    "categories": _breakdown(
        "cases.by_category",
        "categories",
        "Cases by category of concern",
        "No cases were overseen in the period",
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
