"""An answer to an information request as it is printed."""

from collections.abc import Iterator

from lado.papers.paper import Grid, Heading, Lines, Paper, Part, Text
from lado.reports.reply import Reply
from lado.reports.tables import Table
from lado.reports.tidy import spaced

ABOUT = "About these figures"
# Columns of a table; more stand below, beside the same rows.
MOST_ACROSS = 4
FIRST_SHARE, SHARE = 32, 17


DRAFT = "Draft: this answer has not been given."


def answer_paper(reply: Reply, number: str, file_name: str, *, given: bool) -> Paper:
    """`number` is the council's own of the request."""
    draft = () if given else (DRAFT,)
    return Paper(
        title=reply.title,
        reference=number,
        council=reply.council,
        file_name=file_name,
        confidential=reply.title,
        before=[Lines([f"Our reference: {number}", *draft])],
        parts=list(_parts(reply)),
    )


def _parts(reply: Reply) -> Iterator[Part]:
    yield from map(Text, reply.opening)
    for table in reply.tables:
        yield Heading(table.caption)
        yield from _grids(table)
        yield from (Text(f"{each.term}: {each.rule}") for each in table.definitions)
        yield from ([Text(table.note)] if table.note else [])
    yield from map(Text, reply.left_out)
    yield Heading(ABOUT)
    yield from map(Text, reply.about)


def _grids(table: Table) -> Iterator[Grid]:
    """With an equal number of columns each, as near as may be."""
    columns = len(table.headings)
    parts = -(-columns // MOST_ACROSS)
    for part in range(parts):
        own = slice(columns * part // parts, columns * (part + 1) // parts)
        head = (table.unit, *map(spaced, table.headings[own]))
        rows = [(row.label, *map(str, row.cells[own])) for row in table.rows]
        yield Grid(head, rows, (FIRST_SHARE, *[SHARE] * (len(head) - 1)), row_heads=True)
