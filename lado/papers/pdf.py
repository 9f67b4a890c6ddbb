"""A paper as a PDF, in the looks of the reports."""

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageTemplate,
    Spacer,
    TableStyle,
)

from lado.papers.paper import Facts, Grid, Heading, Lines, Paper, Part, Point, Text
from lado.reports import fonts, pdf_styles
from lado.reports.drawing import ACCENT, INK
from lado.reports.pdf_standards import build
from lado.reports.pdf_table import TableTags, TaggedTable
from lado.reports.pdf_tags import Tag
from lado.reports.pdf_xmp import Particulars
from lado.reports.text import drawable, item, outlined, paragraph, plain

MARGIN = 25 * mm
PAPER_WIDE, PAPER_HIGH = A4
ROOM = PAPER_WIDE - 2 * MARGIN
FOOT_LEADING = 4 * mm
TERM_SHARE = 32
ITEM = ParagraphStyle("item", pdf_styles.BODY, leftIndent=12, bulletIndent=2, spaceAfter=4)
LINE = ParagraphStyle("line", pdf_styles.BODY, spaceAfter=0)
HEADING = ParagraphStyle("heading", pdf_styles.CAPTION, fontSize=13, leading=17, spaceBefore=8)
WARNING = ParagraphStyle(
    "warning", pdf_styles.BODY, fontName=fonts.BOLD, fontSize=10, borderPadding=6,
    borderWidth=1, borderColor=INK, spaceBefore=12, spaceAfter=12, leftIndent=6, rightIndent=6,
)  # fmt: skip
CELL = ParagraphStyle("cell", pdf_styles.BODY, fontSize=9.5, leading=13, spaceAfter=0)
TERM = ParagraphStyle("term", CELL, fontName=fonts.BOLD)
LOOKS = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, pdf_styles.RULE),
    ]
)


def paper_pdf(paper: Paper) -> bytes:
    fonts.register()
    template = BaseDocTemplate(
        "", pagesize=A4, invariant=1, lang="en-GB", initialFontName=fonts.REGULAR
    )
    foot = 24 * mm + FOOT_LEADING * len(paper.warnings)
    body = Frame(MARGIN, foot, ROOM, PAPER_HIGH - 38 * mm - foot, 0, 0, 0, 0)
    furniture = _Furniture(paper)
    drawn = PageTemplate("page", [body], onPage=lambda canvas, _: furniture.draw(canvas))
    template.addPageTemplates([drawn])
    facts = Particulars(
        title=plain(f"{paper.title}, {paper.reference}"),
        author=plain(paper.council),
        subject=plain(paper.confidential),
    )
    return build(template, list(_story(paper)), facts)


class _Furniture:
    """The head and foot of each page, read on the first alone."""

    def __init__(self, paper: Paper) -> None:
        self.head = (drawable(paper.council), Tag("P"))
        self.foot = [(drawable(line), Tag("P")) for line in (paper.confidential, *paper.warnings)]

    def draw(self, canvas: Any) -> None:
        canvas.setFillColor(ACCENT)
        canvas.rect(0, PAPER_HIGH - 8 * mm, PAPER_WIDE, 8 * mm, stroke=0, fill=1)
        canvas.setFillColor(INK)
        canvas.setFont(fonts.BOLD, 13)
        _once(canvas, PAPER_HIGH - 22 * mm, *self.head)
        canvas.setFont(fonts.REGULAR, 8.5)
        canvas.setFillColor(pdf_styles.SECONDARY)
        for number, (line, tag) in enumerate(self.foot):
            _once(canvas, 14 * mm + number * FOOT_LEADING, line, tag)
        page = f"Page {canvas.getPageNumber()}"
        canvas.drawRightString(PAPER_WIDE - MARGIN, 14 * mm, page)


def _once(canvas: Any, y: float, words: str, tag: Tag) -> None:
    with canvas.repeating(tag), canvas.tagged(tag):
        canvas.drawString(MARGIN, y, words)


def _story(paper: Paper) -> Iterator[Flowable]:
    for part in paper.before:
        yield from _drawn(part, Tag("L"))
        yield Spacer(0, 6 * mm)
    yield outlined(paper.title, pdf_styles.H1, "H1")
    for warning in paper.warnings:
        yield paragraph(warning, WARNING)
    points = Tag("L")
    for before, part in zip([None, *paper.parts], paper.parts, strict=False):
        if isinstance(before, Point) and not isinstance(part, Point):
            points = Tag("L")
            yield Spacer(0, 1.5 * mm)
        yield from _drawn(part, points)


def _drawn(part: Part, points: Tag) -> Iterator[Flowable]:
    match part:
        case Heading(text):
            # Not kept with what follows: a table would go whole to the next page.
            yield CondPageBreak(30 * mm)
            yield outlined(text, HEADING, "H2")
        case Text(text):
            yield paragraph(text, pdf_styles.BODY)
        case Point(text):
            yield item(text, ITEM, points)
        case Lines(lines):
            yield from (paragraph(line, LINE) for line in lines)
        case Facts(rows):
            said = [(term, words) for term, words in rows if words]
            tags = TableTags(len(said), head_rows=0, has_row_heads=True)
            yield from _table([], said, (TERM_SHARE, 100 - TERM_SHARE), tags)
        case Grid(head, rows, shares, row_heads):
            tags = TableTags(len(rows), head_rows=1, has_row_heads=row_heads)
            yield from _table(head, rows, shares, tags)


def _table(
    head: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int], tags: TableTags
) -> Iterator[Flowable]:
    if not rows:
        return
    cells = _paragraphs([head] if head else [], tags.head, tags)
    cells += _paragraphs(rows, tags.rows, tags)
    widths = [ROOM * share / sum(shares) for share in shares]
    yield TaggedTable(
        cells, tags, widths, style=LOOKS, repeatRows=len(tags.head), hAlign="LEFT", splitInRow=1
    )
    yield Spacer(0, 4 * mm)


def _paragraphs(
    rows: Sequence[Sequence[str]], row_tags: Sequence[Tag], tags: TableTags
) -> list[list[Flowable]]:
    """The heads of columns and of rows are bold."""
    made: list[list[Flowable]] = []
    for row, row_tag in zip(rows, row_tags, strict=True):
        cells = [tags.cell(row_tag, column) for column in range(len(row))]
        made.append(
            [
                paragraph(text, TERM if cell.kind == "TH" else CELL, cell)
                for text, cell in zip(row, cells, strict=True)
            ]
        )
    return made
