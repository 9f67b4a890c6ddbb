"""What is printed of one record: a letter, minutes, a pack. Made once from the record, and drawn
as a PDF, for a word processor, or as text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lado.reports.text import paragraphs

POINT = "- "


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Point:
    text: str


@dataclass(frozen=True)
class Lines:
    """Short lines that stand close together: an address, particulars."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Facts:
    """A term and what is said of it, row by row. A row that says nothing is not printed."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Grid:
    """`shares` are the columns' parts of the width. With `row_heads` the first column says what
    each row is."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[int]
    row_heads: bool = False


Part = Heading | Text | Point | Lines | Facts | Grid


@dataclass(frozen=True)
class Paper:
    """`file_name` has no ending and nothing that anybody typed. `before` stands above the title.
    `confidential` is at the foot of each page; `warnings` too (R-44), and at the top of the first.
    """

    title: str
    reference: str
    council: str
    file_name: str
    confidential: str
    parts: Sequence[Part]
    before: Sequence[Part] = ()
    warnings: Sequence[str] = ()


def written(text: str) -> Iterator[Part]:
    """What a person wrote: its paragraphs, and its lines that begin with a dash as points."""
    for block in paragraphs(text):
        for is_point, group in groupby(block.splitlines(), lambda line: line.startswith(POINT)):
            if is_point:
                yield from (Point(line.removeprefix(POINT)) for line in group)
            else:
                yield Text("\n".join(group))


def as_text(paper: Paper) -> str:
    """To be copied into a message."""
    parts = [*paper.before, Text(paper.title), *map(Text, paper.warnings), *paper.parts]
    said = ""
    for before, part in zip([None, *parts], parts, strict=False):
        close = isinstance(before, Point) and isinstance(part, Point)
        said += ("" if before is None else "\n" if close else "\n\n") + _said(part)
    return said + "\n"


def _said(part: Part) -> str:
    match part:
        case Heading(text) | Text(text):
            return text
        case Point(text):
            return POINT + text
        case Lines(lines):
            return "\n".join(lines)
        case Facts(rows):
            return "\n".join(f"{term}: {words}" for term, words in rows if words)
        case Grid(head, rows):
            return "\n".join("; ".join(row) for row in (head, *rows))
