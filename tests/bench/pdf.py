"""The report as a PDF beside a bare ReportLab document of the same pages and drawings.

The bare one is given every drawing ready made and every word and number as plain text, and sets
them with ReportLab's own flowables: the same tables and paragraphs, on as many pages.
"""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
from reportlab.graphics import renderPDF
from reportlab.lib.colors import grey
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, LongTable, PageBreak, Paragraph, SimpleDocTemplate

from lado.reports import fonts
from lado.reports.document import Document
from lado.reports.pdf import build_pdf
from tests.bench.timing import Compared, compare, seconds

MARGIN, FEET = 57.0, 65.0
LABELS = 180.0
SIZE = 8.5
LOOKS: list[Any] = [
    ("FONT", (0, 0), (-1, -1), fonts.REGULAR, SIZE, 11),
    ("FONT", (0, 0), (-1, 0), fonts.BOLD, SIZE, 11),
    ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LINEBELOW", (0, 0), (-1, -1), 0.5, grey),
]
CAPTION = ParagraphStyle("caption", fontName=fonts.BOLD, fontSize=11.5, leading=15, spaceAfter=5)
NOTE = ParagraphStyle("note", fontName=fonts.REGULAR, fontSize=SIZE, leading=11.5, spaceAfter=3)

# A chart or nothing, the caption, the cells, the definitions.
Part = tuple[Any, str, list[list[str]], list[str]]


def measure(document: Document, *, rounds: int) -> Compared:
    pages = _pages(build_pdf(document))
    parts = [_part(shown) for section in document.sections for shown in section.tables]
    bare = _fill_up(parts, pages)

    def ours() -> object:
        # Its tables and charts are made anew, as for each reader who asks for the report.
        return build_pdf(replace(document))

    assert _pages(bare()) == pages
    return compare(lambda: seconds(ours), lambda: seconds(bare), rounds=rounds)


def _pages(content: bytes) -> int:
    return len(pikepdf.open(BytesIO(content)).pages)


def _part(shown: Any) -> Part:
    table = shown.table
    cells = [[table.unit, *table.headings]]
    cells += [[row.label, *("\n".join(cell.lines) for cell in row.cells)] for row in table.rows]
    return shown.chart, table.caption, cells, [one.rule for one in table.definitions]


def _fill_up(parts: list[Part], pages: int) -> Any:
    """Pages of the report that hold no table (front, contents, summary) are left empty."""
    missing = pages - _pages(_bare(parts, 0))
    return lambda: _bare(parts, max(missing, 0))


def _bare(parts: list[Part], empty: int) -> bytes:
    fonts.register()
    output = BytesIO()
    story: list[Flowable] = []
    for _ in range(empty):
        story += [Paragraph("Page", NOTE), PageBreak()]
    for chart, caption, cells, rules in parts:
        story += [_Drawing(chart.drawing)] if chart else []
        story += [Paragraph(caption, CAPTION), _table(cells)]
        story += [Paragraph(rule, NOTE) for rule in rules]
    SimpleDocTemplate(
        output, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=FEET,
        bottomMargin=FEET,
    ).build(story)  # fmt: skip
    return output.getvalue()


def _table(cells: list[list[str]]) -> LongTable:
    others = len(cells[0]) - 1
    room = A4[0] - 2 * MARGIN - LABELS
    return LongTable(
        cells, colWidths=[LABELS, *[room / others] * others], repeatRows=1, style=LOOKS
    )


class _Drawing(Flowable):
    def __init__(self, drawing: Any) -> None:
        super().__init__()
        self.drawing = drawing

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.drawing.width, self.drawing.height

    def draw(self) -> None:
        renderPDF.draw(self.drawing, self.canv, 0, 0)
