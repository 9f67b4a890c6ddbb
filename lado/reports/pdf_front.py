"""What is drawn on the pages themselves: the front, the contents, the heads and the feet."""

from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from lado.reports import fonts, pdf_styles
from lado.reports.document import SUBTITLE, TITLE, Document
from lado.reports.drawing import ACCENT, INK
from lado.reports.text import paragraph, plain

MARGIN = 20 * mm
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
        flowable = paragraph(text, style)
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
        canvas.drawString(MARGIN + 4 * mm, y, mark)
        y -= 13 * mm


def running_page(canvas: Any, document: Document) -> None:
    canvas.setFont(fonts.REGULAR, SMALL)
    canvas.setFillColor(pdf_styles.SECONDARY)
    y = HIGH - 10 * mm
    canvas.drawString(MARGIN, y, plain(document.title))
    canvas.setFont(fonts.BOLD, SMALL)
    canvas.setFillColor(INK)
    marks = ". ".join(document.marks)
    for line in fonts.wrap(marks, fonts.BOLD, SMALL, WIDE - 2 * MARGIN, fonts.pdf_width):
        y -= HEAD_STEP
        canvas.drawString(MARGIN, y, line)
    canvas.setStrokeColor(pdf_styles.RULE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, y - 2.5 * mm, WIDE - MARGIN, y - 2.5 * mm)
    _foot(canvas, document)


def _foot(canvas: Any, document: Document) -> None:
    canvas.setFont(fonts.REGULAR, SMALL)
    canvas.setFillColor(pdf_styles.SECONDARY)
    canvas.drawString(MARGIN, 12 * mm, plain(document.council))
    left = WIDE - MARGIN - fonts.pdf_width("Page 00 of 00", fonts.REGULAR, SMALL)
    words = f"Page {canvas.getPageNumber()} of "
    canvas.drawString(left, 12 * mm, words)
    _place_form(canvas, "pages", left + fonts.pdf_width(words, fonts.REGULAR, SMALL), 12 * mm)


def contents_page(canvas: Any, entries: list[tuple[str, str]]) -> None:
    style = pdf_styles.H1
    canvas.setFillColor(style.textColor)
    canvas.setFont(style.fontName, style.fontSize)
    canvas.drawString(MARGIN, HIGH - 32 * mm, "Contents")
    y, right = HIGH - 48 * mm, WIDE - MARGIN
    for anchor, title in entries:
        canvas.setFillColor(INK)
        canvas.setFont(fonts.REGULAR, ENTRY_SIZE)
        canvas.drawString(MARGIN, y, title)
        canvas.linkRect("", anchor, (MARGIN, y - 2 * mm, right, y + 5 * mm), relative=0)
        canvas.setStrokeColor(pdf_styles.RULE)
        canvas.line(MARGIN, y - 3 * mm, right, y - 3 * mm)
        _place_form(canvas, f"page-of-{anchor}", right, y)
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
