"""Bars, labels and hatching: the few shapes that the charts are made of.

Readable without colour: a second series is hatched and outlined, and every bar has its number.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor

from lado.reports import fonts

Anchor = Literal["start", "middle", "end"]

WIDTH = 482.0
INK = HexColor("#0b0c0c")
ACCENT = HexColor("#12436d")
PALE = HexColor("#dbe5ee")
RULE = HexColor("#b1b4b6")
SIZE = 9.0
LINE_HEIGHT = 11.0
BASELINE = 3.0
HATCH_STEP = 4.0


def label(
    drawing: Drawing,
    x: float,
    y: float,
    text: str,
    *,
    anchor: Anchor = "start",
    bold: bool = False,
) -> None:
    drawing.add(
        String(
            x,
            y,
            text,
            textAnchor=anchor,
            fontName=fonts.BOLD if bold else fonts.REGULAR,
            fontSize=SIZE,
            fillColor=INK,
        )
    )


def lines_of(
    drawing: Drawing, x: float, middle: float, lines: Sequence[str], *, anchor: Anchor
) -> None:
    """Lines of text, centred on the height `middle`."""
    top = middle + (len(lines) - 1) * LINE_HEIGHT / 2 - BASELINE
    for number, line in enumerate(lines):
        label(drawing, x, top - number * LINE_HEIGHT, line, anchor=anchor)


def rule(drawing: Drawing, x1: float, y1: float, x2: float, y2: float) -> None:
    drawing.add(Line(x1, y1, x2, y2, strokeColor=RULE, strokeWidth=1))


def _rect(x: float, y: float, wide: float, high: float, **looks: Any) -> Rect:
    return Rect(x, y, wide, high, **looks)


def bar(drawing: Drawing, x: float, y: float, wide: float, high: float) -> None:
    drawing.add(_rect(x, y, wide, high, fillColor=ACCENT, strokeColor=None))


def hatched_bar(drawing: Drawing, x: float, y: float, wide: float, high: float) -> None:
    drawing.add(_rect(x, y, wide, high, fillColor=PALE, strokeColor=ACCENT, strokeWidth=0.75))
    for x1, y1, x2, y2 in _hatching(wide, high):
        drawing.add(Line(x + x1, y + y1, x + x2, y + y2, strokeColor=ACCENT, strokeWidth=0.5))


def _hatching(wide: float, high: float) -> Iterator[tuple[float, float, float, float]]:
    """Lines at 45 degrees, ended where they meet the edges of the bar."""
    offset = HATCH_STEP
    while offset < wide + high:
        x1, y1 = max(0.0, offset - high), min(offset, high)
        x2, y2 = min(offset, wide), max(0.0, offset - wide)
        yield x1, y1, x2, y2
        offset += HATCH_STEP
