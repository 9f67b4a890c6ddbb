"""The report on one page in the shape of a slide, to be shown at the meeting."""

from collections.abc import Iterator
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer

from lado.reports import fonts, pdf_styles
from lado.reports.charts import Chart
from lado.reports.document import SUBTITLE, TITLE, Document
from lado.reports.drawing import ACCENT
from lado.reports.pdf_parts import ChartFlowable
from lado.reports.pdf_standards import build
from lado.reports.pdf_tags import Tag
from lado.reports.pdf_tiles import HeadlineGrid
from lado.reports.pdf_xmp import Particulars
from lado.reports.text import paragraph, plain

WIDE, HIGH = 960.0, 540.0  # 16 to 9
MARGIN = 14 * mm
HALF = (WIDE - 3 * MARGIN) / 2
BAR = 6 * mm
FOOT = 14 * mm
MOST_CHARTS = 2
TILES_A_ROW = 2
LARGEST = 1.25
HEADING = ParagraphStyle("slide", pdf_styles.H1, fontSize=28, leading=34, spaceAfter=2)
ABOUT = ParagraphStyle("slide-about", pdf_styles.BODY, fontSize=13, leading=17, spaceAfter=0)
MARK = ParagraphStyle("slide-mark", ABOUT, fontName=fonts.BOLD)
CAPTION = ParagraphStyle("slide-caption", pdf_styles.CAPTION, fontSize=12.5, spaceAfter=4)
READ_MORE = "Every table, and what each number counts, is in the whole {title}. {version}."


def build_slide(document: Document) -> bytes:
    fonts.register()
    template = BaseDocTemplate(
        "", pagesize=(WIDE, HIGH), invariant=1, lang="en-GB", initialFontName=fonts.REGULAR
    )
    frame = Frame(0, 0, WIDE, HIGH, 0, 0, 0, 0)
    page = PageTemplate("slide", [frame], onPage=lambda canvas, _: _draw(canvas, document))
    template.addPageTemplates([page])
    facts = Particulars(
        title=plain(f"{document.title}: summary"),
        author=plain(document.council),
        subject=f"{SUBTITLE}. {TITLE}",
        made=document.figures.as_at,
    )
    return build(template, [Spacer(0, 1)], facts)


def _draw(canvas: Any, document: Document) -> None:
    canvas.setFillColor(ACCENT)
    canvas.rect(0, HIGH - BAR, WIDE, BAR, stroke=0, fill=1)
    y = HIGH - BAR - 5 * mm
    for part in _head(document):
        y = _place(canvas, part, MARGIN, y, WIDE - 2 * MARGIN)
    top = y - 5 * mm
    _tiles(canvas, document, top)
    _charts(canvas, list(_charts_of(document)), top)
    words = READ_MORE.format(title=document.title, version=document.version_words)
    more = paragraph(words, ABOUT)
    _width, height = more.wrapOn(canvas, WIDE - 2 * MARGIN, HIGH)
    more.drawOn(canvas, MARGIN, (FOOT - height) / 2 + 2 * mm)


def _head(document: Document) -> Iterator[Flowable]:
    yield paragraph(document.title, HEADING, Tag("H1"))
    about = (document.council, document.period_words, f"Figures as at {document.as_at_words}")
    yield paragraph(". ".join(filter(None, about)), ABOUT)
    if document.marks:
        yield paragraph(". ".join(document.marks), MARK)


def _place(canvas: Any, part: Flowable, x: float, top: float, wide: float) -> float:
    """Returns where it ends."""
    _width, height = part.wrapOn(canvas, wide, HIGH)
    part.drawOn(canvas, x, top - height)
    return top - height - part.getSpaceAfter()


def _tiles(canvas: Any, document: Document, top: float) -> None:
    """As large as the room below the head allows."""
    _width, height = HeadlineGrid(document.headlines, HALF, TILES_A_ROW).wrap(0, 0)
    scale = min(LARGEST, (top - FOOT) / height)
    grid = HeadlineGrid(document.headlines, HALF / scale, TILES_A_ROW)
    grid.wrap(0, 0)
    canvas.saveState()
    canvas.translate(MARGIN, top - height * scale)
    canvas.scale(scale, scale)
    grid.drawOn(canvas, 0, 0)
    canvas.restoreState()


def _charts_of(document: Document) -> Iterator[Chart]:
    """The first of each section."""
    for section in document.sections:
        charts = [shown.chart for shown in section.tables if shown.chart]
        yield from charts[:1]


def _charts(canvas: Any, charts: list[Chart], top: float) -> None:
    shown = charts[:MOST_CHARTS]
    left = 2 * MARGIN + HALF
    for number, chart in enumerate(shown):
        room = (top - FOOT) / len(shown)
        y = _place(canvas, paragraph(chart.title, CAPTION), left, top - number * room, HALF)
        drawing = chart.drawing
        end = top - (number + 1) * room + 3 * mm
        scale = min(HALF / drawing.width, (y - end) / drawing.height)
        canvas.saveState()
        canvas.translate(left, y - drawing.height * scale)
        canvas.scale(scale, scale)
        flowable = ChartFlowable(chart)
        flowable.drawOn(canvas, 0, 0)
        canvas.restoreState()
