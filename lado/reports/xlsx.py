"""The report as an Excel workbook. A text is always written as text, never as a formula."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from lado.reports.document import SUBTITLE, TITLE, Document
from lado.reports.repacking import repacked
from lado.reports.sheets import Link, Sheet, Value, has_numbers, sheets_of
from lado.reports.text import plain
from lado.reports.widths import column_widths, lines_of

LINE = 15.0  # points of a line of 11 point text
CORE = "docProps/core.xml"
END_OF_CORE = b"</cp:coreProperties>"
LANGUAGE = b"<dc:language>en-GB</dc:language>"


def build_xlsx(document: Document) -> bytes:
    output = BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    made = datetime.combine(document.figures.as_at, time(), UTC).replace(tzinfo=None)
    book.set_properties(
        {
            "title": plain(document.title),
            "subject": f"{SUBTITLE}. {TITLE}",
            "author": plain(document.council),
            "created": made,
        }
    )
    looks = _Looks(book)
    for number, sheet in enumerate(sheets_of(document), start=1):
        _write(book, sheet, looks, number)
    book.close()
    return repacked(output, {CORE: lambda core: core.replace(END_OF_CORE, LANGUAGE + END_OF_CORE)})


class _Looks:
    def __init__(self, book: Any) -> None:
        font = {"font_name": "Arial", "font_size": 11, "valign": "top"}
        self.title = book.add_format(font | {"bold": True, "font_size": 15})
        self.text = book.add_format(font | {"text_wrap": True})
        self.link = book.add_format(font | {"font_color": "#1d70b8", "underline": 1})
        heading = font | {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2}
        self.heading = book.add_format(heading)
        self.number_heading = book.add_format(heading | {"align": "right"})
        self.symbol = book.add_format(font | {"align": "right"})
        self.whole = book.add_format(font | {"num_format": "#,##0"})
        self.tenths = book.add_format(font | {"num_format": "#,##0.0"})
        self.hundredths = book.add_format(font | {"num_format": "#,##0.00"})

    def of_number(self, value: float, heading: str) -> Any:
        if isinstance(value, int):
            return self.whole
        return self.hundredths if heading.endswith("ratio") else self.tenths


def _write(book: Any, sheet: Sheet, looks: _Looks, number: int) -> None:
    page = book.add_worksheet(sheet.name)
    widths = column_widths(sheet)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    for row, line in enumerate(sheet.lines):
        if not sheet.headings and row:
            page.set_row(row, LINE * lines_of([line], widths))
        _put(page, row, 0, line, looks, looks.title if row == 0 else looks.text)
    if sheet.headings:
        _write_table(page, sheet, looks, number, widths)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)


def _write_table(
    page: Any, sheet: Sheet, looks: _Looks, number: int, widths: Sequence[int]
) -> None:
    head, last = sheet.head_row, len(sheet.headings) - 1
    is_figures = has_numbers(sheet)
    heads = [looks.number_heading if column and is_figures else looks.heading
             for column in range(last + 1)]  # fmt: skip
    columns = [
        {"header": heading, "header_format": look}
        for heading, look in zip(sheet.headings, heads, strict=True)
    ]
    page.add_table(
        head, 0, head + len(sheet.rows), last,
        {"columns": columns, "autofilter": False, "style": None, "name": f"Table{number}"},
    )  # fmt: skip
    for row, values in enumerate(sheet.rows, start=head + 1):
        page.set_row(row, LINE * lines_of(values, widths))
        for column, value in enumerate(values):
            look = looks.symbol if column and is_figures else looks.text
            if isinstance(value, int | float):
                look = looks.of_number(value, sheet.headings[column])
            _put(page, row, column, value, looks, look)
    if sheet.is_frozen:
        page.freeze_panes(head + 1, 1)


def _put(page: Any, row: int, column: int, value: Value, looks: _Looks, look: Any) -> None:
    match value:
        case Link(text, sheet):
            page.write_url(row, column, f"internal:'{sheet}'!A1", looks.link, text)
        case str():
            page.write_string(row, column, value, look)
        case _:
            page.write_number(row, column, value, look)
