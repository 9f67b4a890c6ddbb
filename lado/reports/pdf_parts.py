"""Flowables of the PDF: headings, tables, charts, the headline figures."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any, TypeAlias

from reportlab.graphics import renderPDF
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, LongTable, PageBreak, Table, TableStyle

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
SMALL_SIZE = 9
TILES_A_ROW = 3
TILE_HEIGHT = 31 * mm
TILE_GAP = 4 * mm
LEAST_NUMBER_ROOM = 9 * mm
LEAST_LABEL_ROOM = 34 * mm
ENDLESS = 0xFFFFFF
LEAST_ROWS = 4
ROWS_WITH_NOTES = 3
NOWHERE, BEFORE_BRACKETS, AT_SPACES = (re.compile(each) for each in (r"(?!)", r" (?=\()", " "))

Widths: TypeAlias = dict[str, float]


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


class TableBlock(Flowable):
    """A table between its caption and what is said of it. It may go on over the page; its last
    rows stay with the notes."""

    def __init__(
        self, table: ReportTable, widths: Widths, head: list[Flowable], notes: list[Flowable]
    ) -> None:
        super().__init__()
        self.table, self.widths, self.head, self.notes = table, widths, head, notes

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        return width, ENDLESS  # always to be split

    def split(self, width: float, height: float) -> list[Flowable]:
        whole: Any = table_flowable(self.table, self.widths)
        parts = [*self.head, whole, *self.notes]
        if _height(parts, width) <= height:
            return parts
        rows = self.table.rows
        above, *heights = whole._rowHeights  # known once it is wrapped
        room = height - _height(self.head, width) - above
        fitting = sum(total <= room for total in accumulate(heights))
        number = min(fitting, len(rows) - ROWS_WITH_NOTES)
        if number < LEAST_ROWS:
            return []  # all on the next page
        first = table_flowable(replace(self.table, rows=rows[:number]), self.widths)
        rest = replace(self.table, rows=rows[number:])
        return [*self.head, first, PageBreak(), TableBlock(rest, self.widths, [], self.notes)]


def _height(parts: list[Flowable], width: float) -> float:
    return sum(part.wrap(width, ENDLESS)[1] + part.getSpaceAfter() for part in parts)


def table_flowable(table: ReportTable, widths: Widths) -> Table:
    """Numbers to the right, the headings again on each page, long words wrapped and never cut."""
    columns = _column_widths(table, widths)
    data = [_heading_cells(table, columns)]
    data += [_cells(row, columns) for row in table.rows]
    flowable = LongTable(data, colWidths=columns, repeatRows=1, hAlign="LEFT")
    flowable.setStyle(TableStyle(_commands(table)))
    return flowable


def number_widths(tables: Sequence[ReportTable]) -> Widths:
    """By heading, so that a period's numbers stand in the same place in every table: in one line
    each if they all fit, else broken before brackets, else at every space."""
    widths: Widths = {}
    for breaks in NOWHERE, BEFORE_BRACKETS, AT_SPACES:
        widths = _widths(tables, breaks)
        if PAGE_WIDTH - sum(widths.values()) >= LEAST_LABEL_ROOM:
            break
    return widths


def _widths(tables: Sequence[ReportTable], breaks: re.Pattern[str]) -> Widths:
    found: Widths = {}
    for table in tables:
        for place, heading in enumerate(table.headings):
            lines = [line for row in table.rows for line in row.cells[place].lines]
            texts = [piece for line in lines for piece in breaks.split(line)]
            room = [fonts.pdf_width(text, fonts.BOLD, pdf_styles.TABLE_SIZE) for text in texts]
            room += [
                fonts.pdf_width(words, fonts.BOLD, pdf_styles.HEAD_SIZE)
                for words in heading.split(" ")
            ]
            wide = max(*room, LEAST_NUMBER_ROOM) + 2 * PAD + 0.1
            found[heading] = max(found.get(heading, 0), wide)
    return found


def _column_widths(table: ReportTable, widths: Widths) -> list[float]:
    numbers = [widths[heading] for heading in table.headings]
    labels = PAGE_WIDTH - sum(numbers)
    if labels < LEAST_LABEL_ROOM:
        shrink = (PAGE_WIDTH - LEAST_LABEL_ROOM) / sum(numbers)
        numbers = [width * shrink for width in numbers]
        labels = LEAST_LABEL_ROOM
    return [labels, *numbers]


def _heading_cells(table: ReportTable, widths: list[float]) -> list[str]:
    words = (table.unit, *table.headings)
    return [
        _wrapped(word, fonts.BOLD, pdf_styles.HEAD_SIZE, width)
        for word, width in zip(words, widths, strict=True)
    ]


def _cells(row: Row, widths: list[float]) -> list[str]:
    font = fonts.BOLD if row.is_total else fonts.REGULAR
    label = _wrapped(row.label, font, pdf_styles.TABLE_SIZE, widths[0])
    return [label] + [
        "\n".join(_wrapped(line, fonts.BOLD, pdf_styles.TABLE_SIZE, width) for line in cell.lines)
        for cell, width in zip(row.cells, widths[1:], strict=True)
    ]


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
        canvas.setFont(fonts.REGULAR, SMALL_SIZE)
        canvas.drawString(left + figure_room + 2 * mm, top - 16 * mm, headline.detail)
        for line, words in enumerate(headline.changes):
            needed = fonts.pdf_width(words, fonts.REGULAR, SMALL_SIZE)
            size = SMALL_SIZE * min(1, (wide - 6 * mm) / needed)
            canvas.setFont(fonts.REGULAR, size)
            canvas.drawString(left, top - 22 * mm - line * 4.2 * mm, words)
