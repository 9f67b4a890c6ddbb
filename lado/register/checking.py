"""Every row of a register is checked, and every error of the file is found at once."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lado.register.cells import Cell, as_text
from lado.register.columns import COLUMNS
from lado.register.problems import Fault, Problem, Unreadable
from lado.register.readers import Reader
from lado.register.reading import Sheet
from lado.register.row import Row
from lado.register.row_rules import (
    Wrong,
    joining_wrongs,
    opening_wrongs,
    says_more_of_case,
    wrongs,
)
from lado.register.words import Words

STEP = 1000
LISTED = 10

Progress = Callable[[str, int, int], None]
PLACES = {column.key: place for place, column in enumerate(COLUMNS)}
UNSEEN = object()


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """For whoever does not wait."""


@dataclass
class Checked:
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


@dataclass
class Known:
    """What is on record already: contact references, and case references with their case."""

    contact_refs: Container[str] = frozenset()
    case_refs: Mapping[str, int] = field(default_factory=dict)


def check(
    sheet: Sheet,
    words: Words,
    known: Known,
    *,
    today: date,
    progress: Progress = no_progress,
) -> Checked:
    checker = _Checker(sheet, words, known, today)
    for count, (number, cells) in enumerate(sheet.rows):
        if count % STEP == 0:
            progress("Checking", count, max(sheet.length, count))
        checker.look_at(number, cells)
    return checker.finish(sheet.notices)


class _Checker:
    def __init__(self, sheet: Sheet, words: Words, known: Known, today: date) -> None:
        self._width = len(sheet.columns)
        self._readers = [
            (place, PLACES[column.key], Reader(column, words, today))
            for place, column in enumerate(sheet.columns)
            if column
        ]
        self._known = known
        self._found = Checked()
        self._contacts: dict[str, int] = {}
        self._openers: dict[str, Row] = {}
        self._formulas: list[int] = []
        self._sexes: list[int] = []
        self._not_taken_over: list[int] = []

    def look_at(self, number: int, cells: Sequence[Cell]) -> None:
        if len(cells) > self._width and any(cells[self._width :]):
            self._too_wide(number, cells)
            return
        values: list[object] = [None] * len(COLUMNS)
        bad: set[str] = set()
        for place, slot, reader in self._readers:
            if place >= len(cells) or not (cell := cells[place]):
                continue
            value = reader.seen.get(cell, UNSEEN)
            if value is UNSEEN:
                value = reader.look(cell)
            if isinstance(value, Fault):
                bad.add(reader.column.key)
                self._add(number, reader, cell, value)
            else:
                values[slot] = value
            if reader.formulas and cell in reader.formulas:
                self._formulas.append(number)
        row = Row(number, *values)  # type: ignore[arg-type]
        self._relate(row, bad, cells)
        self._found.rows.append(row)

    def _relate(self, row: Row, bad: set[str], cells: Sequence[Cell]) -> None:
        found = list(wrongs(row, bad))
        found += self._references(row)
        if row.case_ref and row.contact_ref not in self._known.contact_refs:
            found += self._case(row, row.case_ref, bad)
        if found:
            texts = {r.column.key: cells[p] for p, _, r in self._readers if p < len(cells)}
            self._found.problems += [self._problem(row.number, wrong, texts) for wrong in found]
        if row.sex and row.surname is None and not bad:
            self._sexes.append(row.number)

    def _references(self, row: Row) -> Iterator[Wrong]:
        if not row.contact_ref:
            return
        first = self._contacts.setdefault(row.contact_ref, row.number)
        if first != row.number:
            yield Wrong(
                "contact_ref",
                f"Row {first} has the same reference.",
                "Give each contact its own reference, or remove one of the rows.",
            )

    def _case(self, row: Row, case_ref: str, bad: set[str]) -> Iterator[Wrong]:
        opener = self._openers.get(case_ref)
        row.joins = case_ref in self._known.case_refs or opener is not None
        if row.joins:
            yield from joining_wrongs(row, opener.number if opener else None)
            if says_more_of_case(row, opener):
                self._not_taken_over.append(row.number)
        else:
            self._openers[case_ref] = row
            yield from opening_wrongs(row, bad)

    def _problem(self, number: int, wrong: Wrong, texts: dict[str, Cell]) -> Problem:
        column = COLUMNS[PLACES[wrong.key]].heading
        value = as_text(texts.get(wrong.key, "")).strip()
        return Problem(number, column, value, wrong.wrong, wrong.to_do)

    def _add(self, number: int, reader: Reader, cell: Cell, fault: Fault) -> None:
        self._found.problems.append(
            Problem(number, reader.column.heading, as_text(cell), fault.wrong, fault.to_do)
        )

    def _too_wide(self, number: int, cells: Sequence[Cell]) -> None:
        extra = next(cell for cell in cells[self._width :] if cell)
        self._found.problems.append(
            Problem(
                number,
                "",
                as_text(extra),
                f"The row has {len(cells)} cells and there are {self._width} headings.",
                "Put a cell that has commas in it between quotation marks.",
            )
        )

    def finish(self, notices: list[str]) -> Checked:
        found = self._found
        if not found.rows and not found.problems:
            raise Unreadable("This register has headings and no rows. There is nothing to load.")
        found.notices += notices
        if self._formulas:
            found.notices.append(
                "Cells that begin like a formula (=, +, - or @) were read as plain text: "
                f"{rows_in_words(self._formulas)}."
            )
        if self._sexes:
            found.notices.append(
                f"The sex of an adult without a name is not kept: {rows_in_words(self._sexes)}."
            )
        if self._not_taken_over:
            found.notices.append(
                "Institutional, Historical and Children of a contact that joins a case stay with "
                "the contact and are not taken over by the case: "
                f"{rows_in_words(self._not_taken_over)}."
            )
        return found


def rows_in_words(numbers: Sequence[int]) -> str:
    """`row 5`, `rows 5, 7 and 9`, or the first of them and how many more there are."""
    distinct = sorted(set(numbers))
    shown, more = distinct[:LISTED], len(distinct) - LISTED
    words = [str(number) for number in shown]
    if more > 0:
        return f"rows {', '.join(words)} and {more:,} more"
    if len(words) == 1:
        return f"row {words[0]}"
    return f"rows {', '.join(words[:-1])} and {words[-1]}"
