"""A file becomes rows of cells: CSV, XLSX or ODS, told apart by what is inside."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from lado.register.cells import Cell, from_sheet
from lado.register.columns import COLUMNS, Column, column_of, known
from lado.register.problems import Unreadable
from lado.register.unpacking import DAMAGED, looked_through

Line = tuple[int, Sequence[Cell]]

DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 20
FEWEST_KNOWN = 2
MOST_COLUMNS = 200
MOST_SHEETS = 50
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")

NOT_A_REGISTER = (
    "This is not a register: no row has headings such as Contact ref, Date received and Sector. "
    "Choose the file with one row for each contact and the headings above them."
)


@dataclass
class Sheet:
    """`columns` has one place for each heading, None where it is not a register's. `rows` are
    numbered as a spreadsheet numbers them; `length` is about how many there are."""

    columns: list[Column | None]
    rows: Iterator[Line]
    length: int
    notices: list[str] = field(default_factory=list)


def read(data: bytes) -> Sheet:
    """Raises Unreadable, in words, for whatever is not a register."""
    if not data.strip():
        raise Unreadable("This file is empty. Choose the file that holds the register.")
    if data.startswith(OLD_EXCEL):
        raise Unreadable(
            "This is an old Excel file (.xls), or one with a password. "
            "Save it as XLSX without a password and try again."
        )
    if data.startswith(b"PK"):
        return _workbook(data)
    return _csv(data)


def _csv(data: bytes) -> Sheet:
    text, notice = decode(data)
    delimiter = max(DELIMITERS, key=lambda each: known_in(_first_lines(text, each)))
    sheet = _sheet(_csv_lines(text, delimiter), text.count("\n"))
    sheet.notices.insert(0, notice)
    return sheet


def decode(data: bytes) -> tuple[str, str]:
    if data.startswith(UTF_16):
        raise Unreadable("This file is saved as UTF-16. Save it as “CSV UTF-8” and try again.")
    if b"\x00" in data:
        raise Unreadable(
            "This file has NUL bytes in it, so it is damaged or not text. "
            "Open it in the spreadsheet program and save it as “CSV UTF-8”."
        )
    try:
        return data.decode("utf-8-sig"), "Read as UTF-8."
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "Read as Windows-1252, because it is not UTF-8."
    except UnicodeDecodeError:
        raise Unreadable(
            "This file is neither UTF-8 nor Windows-1252. Save it as “CSV UTF-8” and try again."
        ) from None


def _first_lines(text: str, delimiter: str) -> list[list[str]]:
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return list(islice(reader, LOOKED_AT))
    except csv.Error:
        return []


def _csv_lines(text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        raise Unreadable(
            f"Row {number + 1} cannot be read: its quotation marks do not pair up, or a cell is "
            f"longer than {csv.field_size_limit():,} characters. Correct the row and try again."
        ) from error


def _workbook(data: bytes) -> Sheet:
    try:
        workbook = CalamineWorkbook.from_object(looked_through(data))
        names = workbook.sheet_names
        chosen = _likeliest(workbook, names)
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(DAMAGED) from error
    lines = enumerate(_values(chosen), start=1)
    sheet = _sheet(lines, chosen.total_height)
    others = ", ".join(name for name in names if name != chosen.name)
    sheet.notices.insert(0, f"Read the sheet “{chosen.name}”.")
    if others:
        sheet.notices.append(f"Other sheets were left out: {others}.")
    return sheet


def _likeliest(workbook: CalamineWorkbook, names: Sequence[str]) -> CalamineSheet:
    """One sheet in the memory at a time, and the best so far: two of them may be one large part."""
    if len(names) > MOST_SHEETS:
        raise Unreadable(f"This spreadsheet has more than {MOST_SHEETS} sheets. Remove the others.")
    best, most = None, -1
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        if (found := known_in(islice(_values(sheet), LOOKED_AT))) > most:
            best, most = sheet, found
    if best is None:
        raise Unreadable(NOT_A_REGISTER)
    return best


def _values(sheet: CalamineSheet) -> Iterator[list[Cell]]:
    start = sheet.start
    yield from ([] for _ in range(start[0] if start else 0))
    indent: list[Cell] = [""] * (start[1] if start else 0)
    for cells in sheet.to_python(skip_empty_area=True):
        yield indent + [cell if type(cell) is str else from_sheet(cell) for cell in cells]


def known_in(rows: Iterable[Sequence[Cell]]) -> int:
    return max(map(known, rows), default=0)


def _sheet(lines: Iterator[Line], length: int) -> Sheet:
    """Finds the headings, which need not stand in the first row."""
    first = list(islice(lines, LOOKED_AT))
    if not any(_filled(cells) for _, cells in first):
        raise Unreadable("This file is empty. Choose the file that holds the register.")
    place = max(range(len(first)), key=lambda index: known(first[index][1]))
    headings = _headings(first[place][1])
    if known(headings) < FEWEST_KNOWN:
        raise Unreadable(NOT_A_REGISTER)
    columns = [column_of(heading) for heading in headings]
    _refuse_doubles(headings, columns)
    _refuse_missing(columns)
    return Sheet(columns, _filled_only(first[place + 1 :], lines), length, _left_out(headings))


def _headings(cells: Sequence[Cell]) -> list[str]:
    headings = [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MOST_COLUMNS:
        raise Unreadable(_too_many_columns(str(MOST_COLUMNS)))
    return headings


def _too_many_columns(most: str) -> str:
    return f"This file has more than {most} columns. Remove those that are no part of the register."


def _refuse_doubles(headings: list[str], columns: list[Column | None]) -> None:
    for column in COLUMNS:
        same = [heading for heading, each in zip(headings, columns, strict=True) if each is column]
        if len(same) > 1:
            raise Unreadable(
                f"The columns {' and '.join(f'“{each}”' for each in same)} would both be read as "
                f"{column.heading}. Remove or rename all but one."
            )


def _refuse_missing(columns: list[Column | None]) -> None:
    missing = [each.heading for each in COLUMNS if each.required and each not in columns]
    if missing:
        names = ", ".join(f"“{heading}”" for heading in missing)
        raise Unreadable(f"This register has no column {names}. Add it, filled in for each row.")


def _left_out(headings: list[str]) -> list[str]:
    unknown = [heading or "(no heading)" for heading in headings if column_of(heading) is None]
    return [f"Columns that are not known were left out: {', '.join(unknown)}."] if unknown else []


def _filled_only(first: list[Line], rest: Iterator[Line]) -> Iterator[Line]:
    for lines in (iter(first), rest):
        for line in lines:
            if _filled(line[1]):
                yield line


def _filled(cells: Sequence[Cell]) -> bool:
    return any(not isinstance(cell, str) or cell.strip() for cell in cells)
