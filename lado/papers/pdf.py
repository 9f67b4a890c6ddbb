"""A paper as a PDF, in the looks of the reports."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    LongTable,
    PageTemplate,
    Spacer,
    TableStyle,
)

from lado.papers.paper import Facts, Grid, Heading, Lines, Paper, Part, Point, Text
from lado.reports import fonts, pdf_styles
from lado.reports.drawing import ACCENT, INK
from lado.reports.text import paragraph, plain

MARGIN = 25 * mm
PAPER_WIDE, PAPER_HIGH = A4
ROOM = PAPER_WIDE - 2 * MARGIN
FOOT_LEADING = 4 * mm
TERM_SHARE = 32
ITEM = ParagraphStyle(
    "item", pdf_styles.BODY, leftIndent=12, bulletIndent=2, spaceAfter=4,
    bulletFontName=fonts.REGULAR,
)  # fmt: skip
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
    output = BytesIO()
    template = BaseDocTemplate(
        output,
        pagesize=A4,
        invariant=1,
        lang="en-GB",
        title=f"{paper.title}, {paper.reference}",
        author=plain(paper.council),
        initialFontName=fonts.REGULAR,
    )
    foot = 24 * mm + FOOT_LEADING * len(paper.warnings)
    body = Frame(MARGIN, foot, ROOM, PAPER_HIGH - 38 * mm - foot, 0, 0, 0, 0)
    drawn = PageTemplate("page", [body], onPage=lambda canvas, _: _page(canvas, paper))
    template.addPageTemplates([drawn])
    template.build(list(_story(paper)))
    return output.getvalue()


def _page(canvas: Any, paper: Paper) -> None:
    canvas.setFillColor(ACCENT)
    canvas.rect(0, PAPER_HIGH - 8 * mm, PAPER_WIDE, 8 * mm, stroke=0, fill=1)
    canvas.setFillColor(INK)
    canvas.setFont(fonts.BOLD, 13)
    canvas.drawString(MARGIN, PAPER_HIGH - 22 * mm, plain(paper.council))
    canvas.setFont(fonts.REGULAR, 8.5)
    canvas.setFillColor(pdf_styles.SECONDARY)
    for number, line in enumerate((paper.confidential, *paper.warnings)):
        canvas.drawString(MARGIN, 14 * mm + number * FOOT_LEADING, plain(line))
    canvas.drawRightString(PAPER_WIDE - MARGIN, 14 * mm, f"Page {canvas.getPageNumber()}")


def _story(paper: Paper) -> Iterator[Flowable]:
    for part in paper.before:
        yield from _drawn(part)
        yield Spacer(0, 6 * mm)
    yield paragraph(paper.title, pdf_styles.H1)
    for warning in paper.warnings:
        yield paragraph(warning, WARNING)
    for before, part in zip([None, *paper.parts], paper.parts, strict=False):
        if isinstance(before, Point) and not isinstance(part, Point):
            yield Spacer(0, 1.5 * mm)
        yield from _drawn(part)


def _drawn(part: Part) -> Iterator[Flowable]:
    match part:
        case Heading(text):
            # Not kept with what follows: a table would go whole to the next page.
            yield CondPageBreak(30 * mm)
            yield paragraph(text, HEADING)
        case Text(text):
            yield paragraph(text, pdf_styles.BODY)
        case Point(text):
            yield paragraph(text, ITEM, bullet="•")
        case Lines(lines):
            yield from (paragraph(line, LINE) for line in lines)
        case Facts(rows):
            cells = [[paragraph(t, TERM), paragraph(w, CELL)] for t, w in rows if w]
            yield from _table(cells, (TERM_SHARE, 100 - TERM_SHARE), repeated=0)
        case Grid(head, rows, shares):
            top = [paragraph(text, TERM) for text in head]
            cells = [top, *([paragraph(text, CELL) for text in row] for row in rows)]
            yield from _table(cells, shares, repeated=1)


def _table(cells: list[list[Any]], shares: Any, *, repeated: int) -> Iterator[Flowable]:
    if len(cells) > repeated:
        widths = [ROOM * share / sum(shares) for share in shares]
        yield LongTable(
            cells, widths, style=LOOKS, repeatRows=repeated, hAlign="LEFT", splitInRow=1
        )
        yield Spacer(0, 4 * mm)
