"""What an XLSX or ODS asks for is added up before it is read.

A few bytes can stand for millions of cells: one far down on the right, one that is repeated, one
long text that many refer to. calamine lays them all out. So each part is parsed as a stream first,
and calamine gets an archive of what was parsed and counted here, and of nothing else.

Nothing rests on both reading alike where the file is not as programs write it: then the part is
left out, or the file refused.
"""

import io
import re
import shutil
import zipfile
from functools import cache
from typing import IO, Protocol
from xml.parsers import expat

from lado.register.problems import Unreadable
from lado.rules import archives

MOST_UNPACKED = 200_000_000
MOST_CELLS = 4_000_000
CHUNK = 1 << 20
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
ODS_PARTS = {"content.xml", "META-INF/manifest.xml"}
ODS_CELLS = {"table:table-cell", "table:covered-table-cell"}
FILLING = ("office:", "table:formula")
STRINGS = "xl/sharedstrings.xml"
LONGEST_NUMBER = 9
COLUMN = re.compile("[A-Z]{1,3}")

NOT_A_SPREADSHEET = "This file is not a CSV, XLSX or ODS spreadsheet. Save it as one of these."
DAMAGED = "This spreadsheet is damaged and cannot be read. Open it, save it anew and try again."
TOO_LARGE = "This spreadsheet is too large. Save it as CSV and try again."
TOO_FAR = (
    "This spreadsheet has cells too far down or to the right: it would be read as more than "
    f"{MOST_CELLS:,} cells. Remove what is no part of the register, or save it as CSV, and try "
    "again."
)


class _LeftOut(Exception):
    """Not the plain XML of a spreadsheet."""


class _Look(Protocol):
    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, piece: str) -> None: ...


def looked_through(data: bytes) -> io.BytesIO:
    """The spreadsheet as calamine may have it. Raises Unreadable."""
    try:
        with archives.opened(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable(TOO_LARGE)
            names = set(archive.namelist())
            ods = "mimetype" in names and archive.read("mimetype").strip() == ODS_TYPE
            if not ods and "xl/workbook.xml" not in names:
                raise Unreadable(NOT_A_SPREADSHEET)
            good = io.BytesIO()
            with zipfile.ZipFile(good, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
                (_ods if ods else _xlsx)(archive, copy)
    except archives.ERRORS as error:
        raise Unreadable(DAMAGED) from error
    good.seek(0)
    return good


def _ods(archive: zipfile.ZipFile, copy: zipfile.ZipFile) -> None:
    copy.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
    for name in ODS_PARTS.intersection(archive.namelist()):
        _take_over(archive, archive.getinfo(name), copy, _OdsTables())


def _xlsx(archive: zipfile.ZipFile, copy: zipfile.ZipFile) -> None:
    """Its parts may have any name, so each of them is looked at, the texts before the cells."""
    entries = {entry.filename.replace("\\", "/").lower(): entry for entry in archive.infolist()}
    if len(entries) < len(archive.infolist()):
        raise Unreadable(DAMAGED)
    strings = _XlsxStrings()
    if STRINGS in entries:
        _take_over(archive, entries.pop(STRINGS), copy, strings)
    for entry in entries.values():
        _take_over(archive, entry, copy, _XlsxSheet(strings.lengths))


def _take_over(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, copy: zipfile.ZipFile, look: _Look
) -> None:
    try:
        with archive.open(entry) as part:
            _parse(part, look)
    except (_LeftOut, expat.ExpatError):
        return
    with archive.open(entry) as part, copy.open(entry.filename, "w", force_zip64=True) as target:
        shutil.copyfileobj(part, target)


def _parse(part: IO[bytes], look: _Look) -> None:
    """As UTF-8 whatever it says it is, or it could say one thing here and another to calamine."""
    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = _no_entities
    parser.StartElementHandler = look.start
    parser.EndElementHandler = look.end
    parser.CharacterDataHandler = look.text
    while chunk := part.read(CHUNK):
        parser.Parse(chunk)
    parser.Parse(b"", True)


def _no_entities(*_: object) -> None:
    raise _LeftOut


class _XlsxStrings:
    """The texts that cells refer to by number."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if _local(name) == "si":
            self.lengths.append(0)
            _check_cells(len(self.lengths))

    def end(self, name: str) -> None:
        pass

    def text(self, piece: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(piece)


class _XlsxSheet:
    """Rows, and the columns of a row, must grow. So no cell lies beyond what is counted here, even
    if calamine does not see where one says that it is, and counts on from the last."""

    def __init__(self, lengths: list[int]) -> None:
        self._lengths = lengths
        self._longest = max(lengths, default=0)
        self._row = self._column = self._width = self._length = 0
        self._inside = self._shared = False
        self._digits = ""
        self._pieces: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        if name == "c" and self._inside:
            self._begin_cell(attributes)
        elif name in ("v", "is") and self._inside:
            self._width = max(self._width, self._column)
            if self._width * self._row > MOST_CELLS:
                raise Unreadable(TOO_FAR)
            self._pieces = [] if self._shared else None
        elif name == "row" and self._inside:
            row = attributes.get("r")
            self._row = _grown(self._row, _number(row) if row else self._row + 1)
            self._column, self._digits = 0, str(self._row)
        elif name == "sheetData":
            self._inside = True
        elif name == "si":
            raise _LeftOut

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        column = _column(place.removesuffix(self._digits)) if place else self._column + 1
        self._column = _grown(self._column, column)
        self._shared = attributes.get("t") == "s"

    def end(self, _name: str) -> None:
        if self._pieces is not None:
            # A number in pieces may be read as any of them.
            whole = self._pieces[0] if len(self._pieces) == 1 else None
            self._length += self._longest if whole is None else self._length_of(whole)
            self._pieces = None
            _check_length(self._length)

    def _length_of(self, number: str) -> int:
        if _number(number) >= len(self._lengths):
            raise _LeftOut
        return self._lengths[int(number)]

    def text(self, piece: str) -> None:
        if self._pieces is not None:
            self._pieces.append(piece)


class _OdsTables:
    """calamine lays out a row up to its last filled cell or the last but one, whichever is
    further; and all rows up to the last filled one, as wide as the widest."""

    def __init__(self) -> None:
        self._in_row = self._in_cell = False
        self._height = self._width = self._empty = self._laid_out = self._length = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ODS_CELLS:
            self._begin_cell(attributes)
        elif name == "table:table-row":
            self._begin_row(attributes)
        elif name == "table:table":
            self._height = self._width = self._empty = 0
        elif name == "text:s" and self._in_cell:
            self._cell_length += _number(attributes.get("text:c", "1"))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        if self._in_row:
            raise _LeftOut
        self._in_row = True
        self._rows = _number(attributes.get("table:number-rows-repeated", "1"))
        self._column = self._last = self._filled_to = self._row_length = 0

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if self._in_cell or not self._in_row:
            raise _LeftOut
        self._in_cell = True
        self._last = self._column
        self._columns = _number(attributes.get("table:number-columns-repeated", "1"))
        self._column += self._columns
        self._filled = any(name.startswith(FILLING) for name in attributes)
        if self._filled:
            self._last = self._filled_to = self._column
        self._cell_length = sum(map(len, attributes.values()))

    def end(self, name: str) -> None:
        if name in ODS_CELLS:
            self._in_cell = False
            self._row_length += self._cell_length * self._columns if self._filled else 0
        elif name == "table:table-row":
            self._end_row()

    def _end_row(self) -> None:
        self._in_row = False
        self._laid_out += self._last
        self._empty += self._rows
        if self._filled_to:
            self._height += self._empty
            self._empty = 0
            self._width = max(self._width, self._filled_to)
        self._length += self._row_length * self._rows
        _check_cells(max(self._laid_out, self._height * self._width))
        _check_length(self._length)

    def text(self, piece: str) -> None:
        if self._in_cell:
            self._cell_length += len(piece)


def _local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def _number(text: str) -> int:
    if len(text) > LONGEST_NUMBER or not (text.isascii() and text.isdigit()):
        raise _LeftOut
    return int(text)


@cache
def _column(letters: str) -> int:
    if not COLUMN.fullmatch(letters):
        raise _LeftOut
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _grown(before: int, now: int) -> int:
    if now <= before:
        raise _LeftOut
    return now


def _check_cells(number: int) -> None:
    if number > MOST_CELLS:
        raise Unreadable(TOO_FAR)


def _check_length(length: int) -> None:
    if length > MOST_UNPACKED:
        raise Unreadable(TOO_LARGE)
