"""The report as a PDF beside a bare ReportLab document of the same pages and drawings."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
from reportlab.graphics import renderPDF
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from lado.reports import fonts
from lado.reports.document import Document
from lado.reports.pdf import build_pdf
from tests.bench.timing import Compared, compare, seconds

MARGIN, LINE = 56.0, 13.0
COLUMN = 60.0


def measure(document: Document, *, rounds: int) -> Compared:
    drawn = [shown for section in document.sections for shown in section.tables]
    pages = len(pikepdf.open(BytesIO(build_pdf(document))).pages)
    assert len(pikepdf.open(BytesIO(_bare(drawn, pages))).pages) == pages

    def ours() -> object:
        # Its parts are made anew, as for a reader who asks for the report.
        return build_pdf(replace(document))

    return compare(
        lambda: seconds(ours), lambda: seconds(lambda: _bare(drawn, pages)), rounds=rounds
    )


def _bare(drawn: list[Any], pages: int) -> bytes:
    """Every drawing, and every table's words and numbers as lines of text, on as many pages."""
    fonts.register()
    output = BytesIO()
    canvas = Canvas(output, pagesize=A4)
    each = -(-len(drawn) // pages)
    for page in range(pages):
        y = A4[1] - MARGIN
        for shown in drawn[page * each : (page + 1) * each]:
            y = _shown(canvas, shown, y)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def _shown(canvas: Any, shown: Any, y: float) -> float:
    if shown.chart:
        y -= shown.chart.drawing.height
        renderPDF.draw(shown.chart.drawing, canvas, MARGIN, y)
    canvas.setFillColor(black)
    canvas.setFont(fonts.BOLD, 11)
    canvas.drawString(MARGIN, y - LINE, shown.table.caption)
    canvas.setFont(fonts.REGULAR, 9)
    y -= 2 * LINE
    for row in shown.table.rows:
        canvas.drawString(MARGIN, y, row.label)
        for place, cell in enumerate(row.cells):
            canvas.drawRightString(MARGIN + 240 + place * COLUMN, y, " ".join(cell.lines))
        canvas.line(MARGIN, y - 3, A4[0] - MARGIN, y - 3)
        y -= LINE
    for definition in shown.table.definitions:
        canvas.drawString(MARGIN, y, definition.rule)
        y -= LINE
    return y
