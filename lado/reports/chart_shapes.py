"""The kinds of chart, each drawn from bars or steps."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing

from lado.reports import drawing as draw
from lado.reports import fonts

LABEL_ROOM = 170.0
GAP = 6.0
LEAST_GAP = 3.0
ROW = 18.0
BAR = 12.0
LEGEND = 22.0
COLUMN_HEIGHT = 130.0
MOST_COLUMNS = 13
EMPTY_HEIGHT = 36.0


@dataclass(frozen=True)
class Bar:
    label: str
    value: int
    beside: int | None = None


@dataclass(frozen=True)
class Step:
    """A bar of the flow of cases that starts at `start`; what leaves is hatched."""

    label: str
    value: int
    start: int
    leaves: bool = False


def empty(words: str) -> Drawing:
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


def _column_width(bars: Sequence[Bar]) -> float:
    share = 0.36 if _is_paired(bars) else 0.72
    return min(draw.WIDTH / len(bars) * share, 3 * BAR)


def _is_paired(bars: Sequence[Bar]) -> bool:
    return any(bar.beside is not None for bar in bars)


def fit_in_columns(bars: Sequence[Bar]) -> bool:
    """Whether neither they nor the numbers above them run into each other."""
    numbers = [f"{n:,}" for bar in bars for n in (bar.value, bar.beside or 0)]
    widest = max(fonts.width(number, fonts.BOLD, draw.SIZE) for number in numbers)
    return len(bars) <= MOST_COLUMNS and widest <= _column_width(bars) + 2


def columns(bars: Sequence[Bar], legend: tuple[str, str] = ("", "")) -> Drawing:
    """Solid, and where there are two in a group, the one beside it hatched."""
    paired, wide = _is_paired(bars), _column_width(bars)
    room = draw.WIDTH / len(bars)
    names = _names([bar.label for bar in bars], room - LEAST_GAP)
    foot = max(map(len, names)) * draw.LINE_HEIGHT + GAP
    height = foot + COLUMN_HEIGHT + draw.LINE_HEIGHT + (LEGEND if paired else 0)
    drawing = Drawing(draw.WIDTH, height)
    if paired:
        _legend(drawing, height, *legend)
    scale = _scale([n for bar in bars for n in (bar.value, bar.beside or 0)], COLUMN_HEIGHT)
    for number, (bar, lines) in enumerate(zip(bars, names, strict=True)):
        middle = (number + 0.5) * room
        for line, text in enumerate(lines, start=1):
            draw.label(drawing, middle, foot - line * draw.LINE_HEIGHT, text, anchor="middle")
        left = middle - wide - 1 if paired else middle - wide / 2
        _column(drawing, left, foot, wide, bar.value, scale)
        if bar.beside is not None:
            _column(drawing, middle + 1, foot, wide, bar.beside, scale, hatched=True)
    draw.rule(drawing, 0, foot, draw.WIDTH, foot)
    return drawing


def _names(labels: Sequence[str], room: float) -> list[list[str]]:
    """In lines; where one is too wide for a line, all are broken after their first word."""
    fit = all(fonts.width(label, fonts.REGULAR, draw.SIZE) <= room for label in labels)
    parts = [[label] if fit else label.split(" ", 1) for label in labels]
    return [
        [line for part in words for line in fonts.wrap(part, fonts.REGULAR, draw.SIZE, room)]
        for words in parts
    ]


def _column(
    drawing: Drawing, x: float, foot: float, wide: float, n: int, scale: float, *,
    hatched: bool = False,
) -> None:  # fmt: skip
    shape = draw.hatched_bar if hatched else draw.bar
    shape(drawing, x, foot, wide, n * scale)
    top = foot + n * scale + draw.BASELINE
    draw.label(drawing, x + wide / 2, top, f"{n:,}", anchor="middle", bold=not hatched)


def paired_rows(bars: Sequence[Bar], legend: tuple[str, str]) -> Drawing:
    """As `columns`, lying down, for numbers that do not fit above columns."""
    height = len(bars) * 2 * ROW + LEGEND
    drawing = Drawing(draw.WIDTH, height)
    _legend(drawing, height, *legend)
    left = LABEL_ROOM / 2 + GAP
    number_room = fonts.width("000,000", fonts.BOLD, draw.SIZE)
    values = [n for bar in bars for n in (bar.value, bar.beside or 0)]
    scale = _scale(values, draw.WIDTH - left - number_room)
    for number, bar in enumerate(bars):
        middle = height - LEGEND - (2 * number + 1) * ROW
        lines = fonts.wrap(bar.label, fonts.REGULAR, draw.SIZE, left - GAP)
        draw.lines_of(drawing, left - GAP, middle, lines, anchor="end")
        beside = bar.beside or 0
        draw.bar(drawing, left, middle, bar.value * scale, BAR)
        draw.hatched_bar(drawing, left, middle - BAR, beside * scale, BAR)
        for y, n, bold in ((draw.BASELINE, bar.value, True), (-BAR + 3, beside, False)):
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
