"""How wide the columns of the report's tables are, and which tables need a page on its side."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from lado.reports import fonts, pdf_styles
from lado.reports.tables import Cell, Table
from lado.reports.text import drawable

MARGIN = 20 * mm
PAGE_WIDTH = A4[0] - 2 * MARGIN
TURNED_WIDTH = A4[1] - 2 * MARGIN
PAD = 3.5
LEAST_NUMBER_ROOM = 9 * mm
LEAST_LABEL_ROOM = 34 * mm
NOWHERE, BEFORE_BRACKETS, AT_SPACES = (re.compile(each) for each in (r"(?!)", r" (?=\()", " "))

Widths: TypeAlias = dict[str, float]


@dataclass(frozen=True)
class Layout:
    """`room` is the width of the page between its margins."""

    widths: Widths
    room: float

    @property
    def is_turned(self) -> bool:
        return self.room > PAGE_WIDTH

    def columns(self, table: Table) -> list[float]:
        """The label's first."""
        numbers = [self.widths[heading] for heading in table.headings]
        return [self.room - sum(numbers), *numbers]

    def parts(self, table: Table) -> list[Table]:
        """A table too wide for any page goes on below, with its labels again."""
        cuts = list(self._cuts(table))
        spans = list(zip([0, *cuts], [*cuts, len(table.headings)], strict=True))
        if len(spans) == 1:
            return [table]
        return [
            _columns_of(table, start, end, f"{table.caption}, part {number} of {len(spans)}")
            for number, (start, end) in enumerate(spans, start=1)
        ]

    def _cuts(self, table: Table) -> Iterator[int]:
        taken = 0.0
        for place, heading in enumerate(table.headings):
            wide = self.widths[heading]
            if place and taken + wide > self.room - LEAST_LABEL_ROOM:
                yield place
                taken = 0.0
            taken += wide


def _columns_of(table: Table, start: int, end: int, caption: str) -> Table:
    return replace(
        table,
        caption=caption,
        headings=table.headings[start:end],
        names=table.names[start:end],
        rows=tuple(replace(row, cells=row.cells[start:end]) for row in table.rows),
    )


def layouts(tables: Sequence[Table]) -> dict[str, Layout]:
    """By the table's id. Tables of the same periods share their columns' places, as far as the
    page lets them."""
    upright = [table for table in tables if _fits_upright([table])]
    found = {table.id: _alone(table) for table in tables}
    for group in _groups(upright):
        if _fits_upright(group):
            shared = Layout(number_widths(group), PAGE_WIDTH)
            found |= {table.id: shared for table in group}
    return found


def _fits_upright(tables: Sequence[Table]) -> bool:
    return _fit(tables, number_widths(tables), PAGE_WIDTH)


def _alone(table: Table) -> Layout:
    """On its side where it must be; then no column is wider than the page leaves it: its words are
    broken."""
    widths = number_widths([table])
    if _fit([table], widths, PAGE_WIDTH):
        return Layout(widths, PAGE_WIDTH)
    most = TURNED_WIDTH - LEAST_LABEL_ROOM
    widths = number_widths([table], TURNED_WIDTH)
    return Layout({heading: min(wide, most) for heading, wide in widths.items()}, TURNED_WIDTH)


def _groups(tables: Sequence[Table]) -> list[list[Table]]:
    groups: list[list[Table]] = []
    for table in sorted(tables, key=lambda table: -len(table.headings)):
        with_all = (one for one in groups if set(table.headings) <= set(one[0].headings))
        group = next(with_all, None)
        if group is None:
            groups.append([table])
        else:
            group.append(table)
    return groups


def number_widths(tables: Sequence[Table], room: float = PAGE_WIDTH) -> Widths:
    """By heading, so that a period's numbers stand in the same place in every table: in one line
    each if they all fit, else broken before brackets, else at every space."""
    widths: Widths = {}
    for breaks in NOWHERE, BEFORE_BRACKETS, AT_SPACES:
        widths = _widths(tables, breaks)
        if _fit(tables, widths, room):
            break
    return widths


def _fit(tables: Sequence[Table], widths: Widths, room: float) -> bool:
    return all(
        sum(widths[heading] for heading in table.headings) + LEAST_LABEL_ROOM <= room
        for table in tables
    )


def lines_of(cell: Cell) -> list[str]:
    """A percentage above its counts, which stand in brackets as on the page."""
    first, *rest = cell.lines
    return [first, *(f"({line})" for line in rest)]


def _widths(tables: Sequence[Table], breaks: re.Pattern[str]) -> Widths:
    found: Widths = {}
    for table in tables:
        for place, heading in enumerate(table.headings):
            lines = [line for row in table.rows for line in lines_of(row.cells[place])]
            texts = [piece for line in lines for piece in breaks.split(line)]
            room = [fonts.pdf_width(text, fonts.BOLD, pdf_styles.TABLE_SIZE) for text in texts]
            room += [
                fonts.pdf_width(words, fonts.BOLD, pdf_styles.HEAD_SIZE)
                for words in drawable(heading).split(" ")
            ]
            wide = max(*room, LEAST_NUMBER_ROOM) + 2 * PAD + 0.1
            found[heading] = max(found.get(heading, 0), wide)
    return found
