"""Flowables of the PDF: headings, tables, charts, the headline figures."""

from typing import Any

from reportlab.graphics import renderPDF
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, LongTable, Table, TableStyle

from lado.reports import fonts, pdf_styles
from lado.reports.charts import Chart
from lado.reports.document import Headline
from lado.reports.drawing import ACCENT, INK
from lado.reports.tables import Row
from lado.reports.tables import Table as ReportTable
from lado.reports.text import plain

PAGE_WIDTH = 170 * mm
PAD = 3.5
FIGURE_SIZE = 26
TILES_A_ROW = 3
TILE_HEIGHT = 31 * mm
TILE_GAP = 4 * mm
LEAST_NUMBER_ROOM = 9 * mm
LEAST_LABEL_ROOM = 34 * mm


class Heading(Flowable):
    """A section's heading: an entry of the outline, and where its contents line leads."""

    def __init__(self, text: str, anchor: str) -> None:
        super().__init__()
        self.text, self.anchor = plain(text), anchor
        self.keepWithNext = 1

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        return width, pdf_styles.H1.leading + pdf_styles.H1.spaceAfter

    def draw(self) -> None:
        canvas: Any = self.canv
        style = pdf_styles.H1
        canvas.bookmarkHorizontal(self.anchor, 0, style.leading + style.spaceAfter)
        canvas.addOutlineEntry(self.text, self.anchor, 0)
        canvas.setFillColor(style.textColor)
        canvas.setFont(style.fontName, style.fontSize)
        canvas.drawString(0, style.spaceAfter + PAD, self.text)


class ChartFlowable(Flowable):
    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.chart = chart

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.chart.drawing.width, self.chart.drawing.height

    def draw(self) -> None:
        renderPDF.draw(self.chart.drawing, self.canv, 0, 0)


def table_flowable(table: ReportTable) -> Table:
    """Numbers to the right, the headings again on each page, long words wrapped and never cut."""
    widths = _widths(table)
    data = [_heading_cells(table, widths)]
    data += [_cells(row, widths[0]) for row in table.rows]
    flowable = LongTable(data, colWidths=widths, repeatRows=1, hAlign="LEFT")
    flowable.setStyle(TableStyle(_commands(table)))
    return flowable


def _widths(table: ReportTable) -> list[float]:
    numbers = [_number_width(table, place) for place in range(len(table.headings))]
    labels = PAGE_WIDTH - sum(numbers)
    if labels < LEAST_LABEL_ROOM:
        shrink = (PAGE_WIDTH - LEAST_LABEL_ROOM) / sum(numbers)
        numbers = [width * shrink for width in numbers]
        labels = LEAST_LABEL_ROOM
    return [labels, *numbers]


def _number_width(table: ReportTable, place: int) -> float:
    size = pdf_styles.TABLE_SIZE
    texts = [line for row in table.rows for line in row.cells[place].lines]
    longest_word = max(
        fonts.pdf_width(word, fonts.BOLD, pdf_styles.HEAD_SIZE)
        for word in table.headings[place].split()
    )
    longest = max([fonts.pdf_width(text, fonts.BOLD, size) for text in texts], default=0)
    return max(longest, longest_word, LEAST_NUMBER_ROOM) + 2 * PAD + 0.1


def _heading_cells(table: ReportTable, widths: list[float]) -> list[str]:
    words = (table.unit, *table.headings)
    return [
        _wrapped(word, fonts.BOLD, pdf_styles.HEAD_SIZE, width)
        for word, width in zip(words, widths, strict=True)
    ]


def _cells(row: Row, label_room: float) -> list[str]:
    font = fonts.BOLD if row.is_total else fonts.REGULAR
    label = _wrapped(row.label, font, pdf_styles.TABLE_SIZE, label_room)
    return [label, *("\n".join(cell.lines) for cell in row.cells)]


def _wrapped(text: str, font: str, size: float, room: float) -> str:
    return "\n".join(fonts.wrap(plain(text), font, size, room - 2 * PAD, fonts.pdf_width))


def _commands(table: ReportTable) -> list[Any]:
    commands = [
        ("FONT", (0, 0), (-1, 0), fonts.BOLD, pdf_styles.HEAD_SIZE, pdf_styles.TABLE_LEADING - 1),
        ("FONT", (0, 1), (-1, -1), fonts.REGULAR, pdf_styles.TABLE_SIZE, pdf_styles.TABLE_LEADING),
        ("FONT", (1, 1), (1, -1), fonts.BOLD, pdf_styles.TABLE_SIZE, pdf_styles.TABLE_LEADING),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 1.2, ACCENT),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, pdf_styles.RULE),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("LEFTPADDING", (1, 0), (-1, -1), PAD),
        ("RIGHTPADDING", (0, 0), (-1, -1), PAD),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    for place, row in enumerate(table.rows, start=1):
        if row.is_total:
            font = fonts.BOLD, pdf_styles.TABLE_SIZE, pdf_styles.TABLE_LEADING
            commands.append(("FONT", (0, place), (-1, place), *font))
            commands.append(("LINEABOVE", (0, place), (-1, place), 1.2, ACCENT))
    return commands


def headline_grid(headlines: list[Headline]) -> Flowable:
    return _HeadlineGrid(headlines)


class _HeadlineGrid(Flowable):
    """The figures that matter most, large, three in a row."""

    def __init__(self, headlines: list[Headline]) -> None:
        super().__init__()
        self.headlines = headlines

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        rows = -(-len(self.headlines) // TILES_A_ROW)
        self.height = rows * (TILE_HEIGHT + TILE_GAP)
        return width, self.height

    def draw(self) -> None:
        wide = (PAGE_WIDTH - (TILES_A_ROW - 1) * TILE_GAP) / TILES_A_ROW
        for number, headline in enumerate(self.headlines):
            row, column = divmod(number, TILES_A_ROW)
            top = self.height - row * (TILE_HEIGHT + TILE_GAP)
            self._tile(headline, column * (wide + TILE_GAP), top, wide)

    def _tile(self, headline: Headline, x: float, top: float, wide: float) -> None:
        canvas: Any = self.canv
        canvas.setFillColor(pdf_styles.PANEL)
        canvas.rect(x, top - TILE_HEIGHT, wide, TILE_HEIGHT, stroke=0, fill=1)
        canvas.setFillColor(ACCENT)
        canvas.rect(x, top - TILE_HEIGHT, 1.2 * mm, TILE_HEIGHT, stroke=0, fill=1)
        left = x + 4 * mm
        canvas.setFillColor(INK)
        canvas.setFont(fonts.BOLD, 9.5)
        canvas.drawString(left, top - 6 * mm, headline.title)
        canvas.setFillColor(ACCENT)
        canvas.setFont(fonts.BOLD, FIGURE_SIZE)
        canvas.drawString(left, top - 16 * mm, headline.value)
        figure_room = fonts.pdf_width(headline.value, fonts.BOLD, FIGURE_SIZE)
        canvas.setFillColor(INK)
        canvas.setFont(fonts.REGULAR, 9)
        canvas.drawString(left + figure_room + 2 * mm, top - 16 * mm, headline.detail)
        for line, words in enumerate(headline.changes):
            canvas.drawString(left, top - 22 * mm - line * 4.2 * mm, words)
