"""What is drawn on the pages themselves: the front, the contents, the heads and the feet."""

from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from lado.reports import fonts, pdf_styles
from lado.reports.document import SUBTITLE, TITLE, Document
from lado.reports.drawing import ACCENT, INK
from lado.reports.pdf_tags import Tag
from lado.reports.pdf_widths import MARGIN
from lado.reports.text import drawable, paragraph

WIDE, HIGH = A4
SMALL = 8.5
HEAD_STEP = 4 * mm
NUMBER_ROOM = 30.0
CONTENTS_STEP = 10 * mm
ENTRY_SIZE = 12


def front_page(canvas: Any, document: Document) -> None:
    canvas.setFillColor(ACCENT)
    canvas.rect(0, HIGH - 14 * mm, WIDE, 14 * mm, stroke=0, fill=1)
    label = document.figures.period.label
    days = [(document.period_words, pdf_styles.FRONT_BODY, 10 * mm)]
    if document.period_words == label:
        days = []  # a period without a name of its own is called by its days
    texts = [
        (document.council, pdf_styles.FRONT_BODY, 10 * mm),
        (TITLE, pdf_styles.FRONT_TITLE, 6 * mm),
        (SUBTITLE, pdf_styles.FRONT_BODY, 24 * mm),
        (label, pdf_styles.FRONT_TITLE, 3 * mm if days else 10 * mm),
        *days,
        (f"Figures as at {document.as_at_words}", pdf_styles.FRONT_BODY, 1 * mm),
        (document.version_words, pdf_styles.FRONT_BODY, 0),
    ]
    y = _down(canvas, texts, HIGH - 50 * mm)
    if document.correction:
        y = _down(canvas, [(f"Changed: {document.correction}", pdf_styles.BODY, 0)], y - 4 * mm)
    _marks(canvas, document, y - 12 * mm)
    _foot(canvas, document)


def _down(canvas: Any, texts: list[tuple[str, Any, float]], y: float) -> float:
    """Paragraphs one under another, each with room after it; returns how far it got."""
    for text, style, after in texts:
        flowable = paragraph(text, style, Tag("H1") if text == TITLE else None)
        _width, height = flowable.wrapOn(canvas, WIDE - 2 * MARGIN, HIGH)
        y -= height
        flowable.drawOn(canvas, MARGIN, y)
        y -= after
    return y


def _marks(canvas: Any, document: Document, y: float) -> None:
    """Boxed, so that a print in grey shows them too."""
    canvas.setFont(fonts.BOLD, 13)
    for mark in document.marks:
        wide = fonts.pdf_width(mark, fonts.BOLD, 13) + 8 * mm
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1.5)
        canvas.rect(MARGIN, y - 3 * mm, wide, 9 * mm, stroke=1, fill=0)
        canvas.setFillColor(INK)
        with canvas.tagged(Tag("P")):
            canvas.drawString(MARGIN + 4 * mm, y, mark)
        y -= 13 * mm


def running_page(canvas: Any, document: Document) -> None:
    wide, high = canvas._pagesize
    canvas.setFont(fonts.REGULAR, SMALL)
    canvas.setFillColor(pdf_styles.SECONDARY)
    y = high - 10 * mm
    canvas.drawString(MARGIN, y, drawable(document.title))
    canvas.setFont(fonts.BOLD, SMALL)
    canvas.setFillColor(INK)
    marks = ". ".join(document.marks)
    for line in fonts.wrap(marks, fonts.BOLD, SMALL, wide - 2 * MARGIN, fonts.pdf_width):
        y -= HEAD_STEP
        canvas.drawString(MARGIN, y, line)
    canvas.setStrokeColor(pdf_styles.RULE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, y - 2.5 * mm, wide - MARGIN, y - 2.5 * mm)
    _foot(canvas, document)


def _foot(canvas: Any, document: Document) -> None:
    canvas.setFillColor(pdf_styles.SECONDARY)
    right = canvas._pagesize[0] - MARGIN
    left = right - fonts.pdf_width("Page 000 of 000", fonts.REGULAR, SMALL)
    council = drawable(document.council)
    needed = fonts.pdf_width(council, fonts.REGULAR, SMALL) or 1
    canvas.setFont(fonts.REGULAR, SMALL * min(1, (left - MARGIN) / needed))
    canvas.drawString(MARGIN, 12 * mm, council)
    canvas.setFont(fonts.REGULAR, SMALL)
    words = f"Page {canvas.getPageNumber()} of "
    canvas.drawString(left, 12 * mm, words)
    _place_form(canvas, "pages", left + fonts.pdf_width(words, fonts.REGULAR, SMALL), 12 * mm)


def contents_page(canvas: Any, entries: list[tuple[str, str]]) -> None:
    style = pdf_styles.H1
    canvas.setFillColor(style.textColor)
    canvas.setFont(style.fontName, style.fontSize)
    with canvas.tagged(Tag("H2")):
        canvas.drawString(MARGIN, HIGH - 32 * mm, "Contents")
    contents = Tag("TOC")
    y, right = HIGH - 48 * mm, WIDE - MARGIN
    for anchor, title in entries:
        canvas.setFillColor(INK)
        canvas.setFont(fonts.REGULAR, ENTRY_SIZE)
        link = Tag("Link", Tag("Reference", Tag("TOCI", contents)))
        with canvas.tagged(link):
            canvas.drawString(MARGIN, y, drawable(title))
            _place_form(canvas, f"page-of-{anchor}", right, y)
        canvas.linkRect(title, anchor, (MARGIN, y - 2 * mm, right, y + 5 * mm), relative=0)
        canvas.tag_link(link)
        canvas.setStrokeColor(pdf_styles.RULE)
        canvas.line(MARGIN, y - 3 * mm, right, y - 3 * mm)
        y -= CONTENTS_STEP


def _place_form(canvas: Any, name: str, x: float, y: float) -> None:
    canvas.saveState()
    canvas.translate(x, y)
    canvas.doForm(name)
    canvas.restoreState()


def late_number(canvas: Any, name: str, number: int, *, right: bool = False) -> None:
    """Makes the form that `_place_form` has been showing."""
    size = ENTRY_SIZE if right else SMALL
    left = -NUMBER_ROOM if right else 0
    canvas.beginForm(name, left, -size, left + NUMBER_ROOM, 2 * size)
    canvas.setFont(fonts.REGULAR, size)
    canvas.setFillColor(INK if right else pdf_styles.SECONDARY)
    if right:
        canvas.drawRightString(0, 0, str(number))
    else:
        canvas.drawString(0, 0, str(number))
    canvas.endForm()
