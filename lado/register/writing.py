"""The register leaves the system as CSV, XLSX or ODS, row by row whatever its length."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO

import xlsxwriter

from lado.errors import Refused
from lado.register.cells import Cell, as_text
from lado.register.columns import HEADINGS
from lado.register.ods import write_ods
from lado.register.problems import Problem
from lado.rules.formulas import neutralise

SHEET_NAME = "Register"
PROBLEM_HEADINGS = ("Row", "Column", "Value", "What is wrong", "What to do")
# What a cell of Excel can hold.
LONGEST_CELL = 32_767
MOST_ROWS = 1_048_576
TOO_MANY_ROWS = "There are more rows than Excel can hold. Save them as CSV instead."
SHORTENED = " … (shortened)"
COLUMN_WIDTH = 18
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Format:
    suffix: str
    label: str
    media_type: str


CSV = Format("csv", "CSV", "text/csv")
XLSX = Format(
    "xlsx", "Excel (XLSX)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)
ODS = Format("ods", "OpenDocument (ODS)", "application/vnd.oasis.opendocument.spreadsheet")
FORMATS = {each.suffix: each for each in (CSV, XLSX, ODS)}


def write(
    rows: Iterable[Sequence[Cell]],
    file: IO[bytes],
    form: Format,
    *,
    headings: Sequence[str] = HEADINGS,
    sheet_name: str = SHEET_NAME,
) -> None:
    safe = ([_safe(cell) for cell in row] for row in rows)
    if form is CSV:
        _write_csv(safe, file, headings)
    elif form is XLSX:
        _write_xlsx(safe, file, headings, sheet_name)
    else:
        write_ods(safe, file, headings, sheet_name=sheet_name)


def write_problems(problems: Iterable[Problem], file: IO[bytes]) -> None:
    """As CSV, to be opened beside the register."""
    rows = (
        (str(each.row or ""), each.column, each.value, each.wrong, each.to_do) for each in problems
    )
    write(rows, file, CSV, headings=PROBLEM_HEADINGS)


def _safe(cell: Cell) -> Cell:
    """Nothing that a spreadsheet would run, nor what its file cannot hold."""
    if not isinstance(cell, str):
        return cell
    return neutralise(cell if cell.isprintable() else _NOT_XML.sub("\ufffd", cell))


def too_long(cell: Cell, form: Format) -> bool:
    """Whether the cell will be shortened. Only Excel's own format sets a limit."""
    return form is XLSX and isinstance(cell, str) and len(neutralise(cell)) > LONGEST_CELL


def _write_csv(rows: Iterable[list[Cell]], file: IO[bytes], headings: Sequence[str]) -> None:
    """With a byte order mark, without which Excel takes UTF-8 for Windows-1252."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    text.detach()


def _write_xlsx(
    rows: Iterable[list[Cell]], file: IO[bytes], headings: Sequence[str], sheet_name: str
) -> None:
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet(sheet_name)
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.set_column(0, len(headings) - 1, COLUMN_WIDTH)
    sheet.freeze_panes(1, 1)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    for number, row in enumerate(rows, start=1):
        if number >= MOST_ROWS:
            raise Refused(TOO_MANY_ROWS)
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif cell:
                sheet.write_string(number, column, _shortened(cell))
    book.close()


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_CELL:
        return text
    return text[: LONGEST_CELL - len(SHORTENED)] + SHORTENED
