"""The report as a workbook, laid out as the government's guidance on accessible spreadsheets asks:
a cover, the contents, the notes, then one table a sheet, each value in a cell of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from lado.reports.document import SUBTITLE, TITLE, Document
from lado.reports.numbers import Number, Part, numbers
from lado.reports.tables import Row, Table
from lado.reports.text import plain
from lado.reports.tidy import spaced
from lado.rules.signs import NOT_APPLICABLE, NOT_AVAILABLE, NOTHING

CONTENTS, NOTES = "Contents", "Notes"
SHORTHAND = (
    (NOT_AVAILABLE, "Not available: there is nothing to work it out from, or it has not begun."),
    (NOT_APPLICABLE, "Not applicable: this column is for the other rows of the table."),
)
HIDDEN = "Not shown, so that nobody can be recognised from a small number."
ONE_TABLE = "This sheet contains one table. What its rows count is explained on the sheet Notes."
BASES = (
    "A rate stands in columns of its own: the percentage or ratio, its numerator and its "
    "denominator. A change is the difference in number, and beside it in per cent."
)
MOST_FROZEN = 4  # lines above the headings
NO_ROWS = "None"
LONGEST_TEXT = 8_000  # far below what a cell holds, and still to be read


@dataclass(frozen=True)
class Link:
    """To the first cell of another sheet."""

    text: str
    sheet: str


Value: TypeAlias = str | Number | Link


@dataclass(frozen=True)
class Sheet:
    """`lines` stand one below another, the title first; the table, if any, follows at once."""

    name: str
    lines: tuple[str | Link, ...]
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()

    @property
    def head_row(self) -> int:
        """Of the headings, counted from 0."""
        return len(self.lines)

    @property
    def is_frozen(self) -> bool:
        """Whether headings and labels stay in sight, without filling a magnified window."""
        return has_numbers(self) and self.head_row <= MOST_FROZEN


def has_numbers(sheet: Sheet) -> bool:
    return any(isinstance(value, int | float) for row in sheet.rows for value in row)


def sheets_of(document: Document) -> list[Sheet]:
    tables = [shown.table for section in document.sections for shown in section.tables]
    sheets = [_sheet(number, table) for number, table in enumerate(tables, start=1)]
    notes = _notes(document, tables, sheets)
    listed = [notes, *_commentary(document), *_progress(document), *sheets]
    return [_cover(document), _contents(document, listed), *listed]


def _cover(document: Document) -> Sheet:
    about = [
        document.title,
        f"{TITLE}. {SUBTITLE}",
        document.council,
        *document.marks,
        f"Period: {document.period_words}",
        f"Figures as at {document.as_at_words}",
        document.version_words,
        f"Changed: {document.correction}" if document.correction else "",
        BASES,
        *(f"{sign} {meaning}" for sign, meaning in SHORTHAND),
    ]
    lines = tuple(plain(line) for line in about if line)
    return Sheet("Cover", (*lines, Link("Contents of this workbook", CONTENTS)))


def _contents(document: Document, listed: Sequence[Sheet]) -> Sheet:
    rows = tuple((Link(sheet.name, sheet.name), _title(sheet)) for sheet in listed)
    return Sheet(CONTENTS, (f"Contents of {document.title}",), ("Sheet", "Title"), rows)


def _title(sheet: Sheet) -> str:
    return str(sheet.lines[0])


def _commentary(document: Document) -> list[Sheet]:
    pieces = tuple(
        plain(text[start : start + LONGEST_TEXT])
        for text in document.commentary_paragraphs
        for start in range(0, len(text), LONGEST_TEXT)
    )
    return [Sheet("Commentary", ("Commentary", *pieces))] if pieces else []


def _progress(document: Document) -> list[Sheet]:
    rows = tuple(tuple(map(plain, each)) for each in document.progress)
    return (
        [Sheet("Progress", (document.progress_title,), ("Action", "How it stood"), rows)]
        if rows
        else []
    )


def _notes(document: Document, tables: Sequence[Table], sheets: Sequence[Sheet]) -> Sheet:
    signs = dict(SHORTHAND) | dict.fromkeys(_other_signs(sheets), HIDDEN)
    rows: list[tuple[Value, ...]] = [("All tables", sign, words) for sign, words in signs.items()]
    rows += [("All tables", "About these figures", words) for words in document.about]
    rows.append(("All tables", "The flow of cases", document.reconciliation))
    rows += [
        ("All tables", section.title, plain(section.words))
        for section in document.sections
        if section.words
    ]
    left_out = [words for section in document.sections for words in section.left_out]
    rows += [("Tables left out", "Why", plain(words)) for words in left_out]
    for sheet, table in zip(sheets, tables, strict=True):
        link = Link(sheet.name, sheet.name)
        rows += [(link, plain(one.term), plain(one.rule)) for one in table.definitions]
        if table.note:
            rows.append((link, "Note", plain(table.note)))
    title = "Notes: symbols, definitions and how the figures are made"
    return Sheet(NOTES, (title,), ("Table", "Subject", "Note"), tuple(rows))


def _other_signs(sheets: Sequence[Sheet]) -> list[str]:
    """Words in place of a number that the report's public edition puts there."""
    words = {
        value
        for sheet in sheets
        for _label, *values in sheet.rows
        for value in values
        if isinstance(value, str)
    }
    return sorted(words - dict(SHORTHAND).keys())


def _sheet(number: int, table: Table) -> Sheet:
    parts = [_parts(table, place) for place in range(len(table.headings))]
    headings = [spaced(table.unit)] + [
        ", ".join(filter(None, (spaced(heading), part)))
        for heading, found in zip(table.columns, parts, strict=True)
        for part in found
    ]
    note = (plain(table.note),) if table.note else ()
    return Sheet(
        f"Table_{number}",
        (plain(table.caption), ONE_TABLE, *note, Link("Contents", CONTENTS)),
        tuple(_unique(headings)),
        tuple((plain(row.label), *_values(row, parts)) for row in table.rows)
        or ((NO_ROWS, *[NOT_AVAILABLE] * len(table.headings)),),
    )


def _parts(table: Table, place: int) -> list[Part]:
    """What the cells of a column say: each of it becomes a column."""
    said = {part for row in table.rows for part in numbers(row.cells[place])}
    return [part for part in Part if part in said] or [Part.NUMBER]


def _values(row: Row, parts: Sequence[list[Part]]) -> Iterator[Value]:
    for cell, found in zip(row.cells, parts, strict=True):
        said = numbers(cell)
        words = NOT_APPLICABLE if said else _sign(str(cell))
        yield from (said.get(part, words) for part in found)


def _sign(words: str) -> str:
    return NOT_AVAILABLE if words == NOTHING else plain(words)


def _unique(headings: Sequence[str]) -> Iterator[str]:
    """Excel's tables admit no heading twice, in capitals or not."""
    seen: dict[str, int] = {}
    for heading in headings:
        key = heading.lower()
        seen[key] = seen.get(key, 0) + 1
        yield heading if seen[key] == 1 else f"{heading} ({seen[key]})"
