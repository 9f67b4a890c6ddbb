"""The figures that matter most, large, each on a tile with its change."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from lado.reports import fonts, pdf_styles
from lado.reports.document import Headline
from lado.reports.drawing import ACCENT, INK
from lado.reports.pdf_tags import Tag
from lado.reports.text import drawable

FIGURE_SIZE = 26
SMALL_SIZE = 9
TILES_A_ROW = 3
TILE_HEIGHT = 31 * mm
TILE_GAP = 4 * mm
EDGE = 4 * mm


class HeadlineGrid(Flowable):
    def __init__(self, headlines: Sequence[Headline], wide: float, in_row: int = TILES_A_ROW):
        super().__init__()
        self.headlines, self.width, self.in_row = headlines, wide, in_row

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        rows = -(-len(self.headlines) // self.in_row)
        self.height = rows * (TILE_HEIGHT + TILE_GAP)
        return self.width, self.height

    def draw(self) -> None:
        wide = (self.width - (self.in_row - 1) * TILE_GAP) / self.in_row
        tiles = Tag("L")
        for number, headline in enumerate(self.headlines):
            row, column = divmod(number, self.in_row)
            left = column * (wide + TILE_GAP)
            top = self.height - row * (TILE_HEIGHT + TILE_GAP)
            _draw_tile(self.canv, headline, (left, top, wide), Tag("LI", tiles))


def _draw_tile(
    canvas: Any, headline: Headline, place: tuple[float, float, float], item: Tag
) -> None:
    x, top, wide = place
    canvas.setFillColor(pdf_styles.PANEL)
    canvas.rect(x, top - TILE_HEIGHT, wide, TILE_HEIGHT, stroke=0, fill=1)
    canvas.setFillColor(ACCENT)
    canvas.rect(x, top - TILE_HEIGHT, 1.2 * mm, TILE_HEIGHT, stroke=0, fill=1)
    left, end = x + EDGE, x + wide - EDGE / 2
    body = Tag("LBody", item)
    canvas.setFillColor(INK)
    _line(canvas, body, headline.title, (left, top - 6 * mm, end), fonts.BOLD, 9.5)
    canvas.setFillColor(ACCENT)
    taken = _line(canvas, body, headline.value, (left, top - 16 * mm, end), fonts.BOLD, FIGURE_SIZE)
    canvas.setFillColor(INK)
    beside = left + taken + EDGE / 2
    _line(canvas, body, headline.detail, (beside, top - 16 * mm, end), fonts.REGULAR, SMALL_SIZE)
    for number, words in enumerate(headline.changes):
        y = top - (22 + number * 4.2) * mm
        _line(canvas, body, words, (left, y, end), fonts.REGULAR, SMALL_SIZE)


def _line(
    canvas: Any,
    within: Tag,
    words: str,
    place: tuple[float, float, float],
    font: str,
    size: float,
) -> float:
    """Smaller where it would not fit before the end; returns how wide it got."""
    if not words:
        return 0
    left, y, end = place
    words = drawable(words)
    needed = fonts.pdf_width(words, font, size)
    size *= min(1, (end - left) / needed)
    canvas.setFont(font, size)
    with canvas.tagged(Tag("P", within)):
        canvas.drawString(left, y, words)
    return fonts.pdf_width(words, font, size)
