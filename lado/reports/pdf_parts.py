"""Flowables of the PDF: headings, tables, charts, the headline figures."""

from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from itertools import accumulate
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, String
from reportlab.platypus import Flowable, PageBreak, TableStyle

from lado.reports import fonts, pdf_styles
from lado.reports.charts import Chart
from lado.reports.drawing import ACCENT, INK
from lado.reports.pdf_table import TableTags, TaggedTable
from lado.reports.pdf_tags import Tag
from lado.reports.pdf_widths import PAD, Layout, lines_of
from lado.reports.tables import Table as ReportTable
from lado.reports.text import drawable, paragraph, plain

ENDLESS = 0xFFFFFF
LEAST_ROWS = 4
ROWS_WITH_NOTES = 3


class Heading(Flowable):
    """A section's heading: an entry of the outline, and where its contents line leads."""

    def __init__(self, text: str, anchor: str) -> None:
        super().__init__()
        self.text, self.anchor = drawable(text), anchor
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
        with canvas.tagged(Tag("H2")):
            canvas.drawString(0, style.spaceAfter + PAD, self.text)


class ChartFlowable(Flowable):
    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.chart = chart

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.chart.drawing.width, self.chart.drawing.height

    def draw(self) -> None:
        canvas: Any = self.canv
        left, foot = canvas.absolutePosition(0, 0)
        drawing = self.chart.drawing
        tag = Tag("Figure", alt=plain(self.chart.alt))
        tag.box = (left, foot, left + drawing.width, foot + drawing.height)
        with canvas.tagged(tag):
            renderPDF.draw(_drawable(drawing), canvas, 0, 0)


def _drawable(drawing: Drawing) -> Drawing:
    """A copy whose words the PDF can show."""
    found = Drawing(drawing.width, drawing.height)
    for shape in drawing.contents:
        copied: Any = copy(shape)
        if isinstance(shape, String):
            copied.text = drawable(shape.text)
        found.add(copied)
    return found


class TableBlock(Flowable):
    """A table between its caption and what is said of it. It may go on over the page; its last
    rows stay with the notes."""

    def __init__(
        self,
        table: ReportTable,
        layout: Layout,
        notes: list[Flowable],
        tags: TableTags | None = None,
    ) -> None:
        super().__init__()
        self.table, self.layout, self.notes = table, layout, notes
        self.head: list[Flowable] = []
        if tags is None:
            tags = TableTags(len(table.rows), head_rows=1, has_row_heads=True)
            caption = Tag("Caption", tags.table)
            self.head = [paragraph(table.caption, pdf_styles.CAPTION, caption)]
        self.tags = tags

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        return width, ENDLESS  # always to be split

    def split(self, width: float, height: float) -> list[Flowable]:
        whole: Any = table_flowable(self.table, self.layout, self.tags)
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
        first = table_flowable(
            replace(self.table, rows=rows[:number]), self.layout, self.tags.first(number)
        )
        rest = TableBlock(
            replace(self.table, rows=rows[number:]),
            self.layout,
            self.notes,
            self.tags.after(number),
        )
        return [*self.head, first, PageBreak(), rest]


def _height(parts: list[Flowable], width: float) -> float:
    return sum(part.wrap(width, ENDLESS)[1] + part.getSpaceAfter() for part in parts)


def table_flowable(table: ReportTable, layout: Layout, tags: TableTags) -> TaggedTable:
    """Numbers to the right, the headings again on each page, long words wrapped and never cut."""
    columns = layout.columns(table)
    data = [_heading_cells(table, columns), *_rows(table, columns)]
    flowable = TaggedTable(data, tags, colWidths=columns, repeatRows=1, hAlign="LEFT")
    flowable.setStyle(TableStyle(_commands(table)))
    return flowable


def _heading_cells(table: ReportTable, widths: list[float]) -> list[str]:
    words = (table.unit, *table.headings)
    return [
        _wrapped(word, fonts.BOLD, pdf_styles.HEAD_SIZE, width)
        for word, width in zip(words, widths, strict=True)
    ]


def _rows(table: ReportTable, columns: list[float]) -> Iterator[list[str]]:
    """Where one number of a column leaves no room for what is in brackets after it, none does."""
    size = pdf_styles.TABLE_SIZE
    broken = [_is_broken(table, place, wide) for place, wide in enumerate(columns[1:])]
    for row in table.rows:
        font = fonts.BOLD if row.is_total else fonts.REGULAR
        yield [_wrapped(row.label, font, size, columns[0])] + [
            "\n".join(
                _wrapped(line, fonts.BOLD, size, wide)
                for line in (cell.parts if is_broken else lines_of(cell))
            )
            for cell, wide, is_broken in zip(row.cells, columns[1:], broken, strict=True)
        ]


def _is_broken(table: ReportTable, place: int, wide: float) -> bool:
    lines = {line for row in table.rows for line in lines_of(row.cells[place])}
    room = wide - 2 * PAD
    return any(fonts.pdf_width(line, fonts.BOLD, pdf_styles.TABLE_SIZE) > room for line in lines)


def _wrapped(text: str, font: str, size: float, room: float) -> str:
    return "\n".join(fonts.wrap(drawable(text), font, size, room - 2 * PAD, fonts.pdf_width))


def _commands(table: ReportTable) -> list[Any]:
    commands = [
        ("FONT", (0, 0), (-1, 0), fonts.BOLD, pdf_styles.HEAD_SIZE, pdf_styles.TABLE_LEADING - 1),
        ("FONT", (0, 1), (-1, -1), fonts.REGULAR, pdf_styles.TABLE_SIZE, pdf_styles.TABLE_LEADING),
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
    font = fonts.BOLD, pdf_styles.TABLE_SIZE, pdf_styles.TABLE_LEADING
    if any(heading.startswith("Change") for heading in table.headings):
        commands.append(("FONT", (1, 1), (1, -1), *font))  # the period that is compared
    for place, row in enumerate(table.rows, start=1):
        if row.is_total:
            commands.append(("FONT", (0, place), (-1, place), *font))
            commands.append(("LINEABOVE", (0, place), (-1, place), 1.2, ACCENT))
    return commands
