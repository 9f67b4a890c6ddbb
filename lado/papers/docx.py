"""A paper for a word processor, to be edited there."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt, RGBColor

from lado.papers.paper import Facts, Grid, Heading, Lines, Paper, Part, Point, Text
from lado.reports.drawing import ACCENT
from lado.reports.text import plain

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BLUE = RGBColor.from_string(ACCENT.hexval()[2:].upper())
ROOM = 160
FACTS = (32, 68)
SIZES = {"Heading 1": 18, "Heading 2": 13}


def paper_docx(paper: Paper) -> bytes:
    document = docx.Document()
    _set_looks(document, paper)
    council = document.add_paragraph().add_run(plain(paper.council))
    council.bold, council.font.size = True, Pt(13)
    for part in paper.before:
        _add(document, part)
    document.add_heading(plain(paper.title), level=1)
    for warning in paper.warnings:
        document.add_paragraph().add_run(plain(warning)).bold = True
    for part in paper.parts:
        _add(document, part)
    foot = "\n".join((paper.confidential, *paper.warnings))
    document.sections[0].footer.paragraphs[0].text = plain(foot)
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def _add(document: Any, part: Part) -> None:
    match part:
        case Heading(text):
            document.add_heading(plain(text), level=2)
        case Text(text):
            document.add_paragraph(plain(text))
        case Point(text):
            document.add_paragraph(plain(text), style="List Bullet")
        case Lines(lines):
            document.add_paragraph(plain("\n".join(lines)))
        case Facts(rows):
            _add_table(document, [row for row in rows if row[1]], FACTS, headed=False)
        case Grid(head, rows, shares):
            _add_table(document, [head, *rows], shares, headed=True)


def _add_table(
    document: Any, rows: Sequence[Sequence[str]], shares: Sequence[int], *, headed: bool
) -> None:
    """Terms are bold: those of the first row, or else of the first column."""
    if len(rows) <= int(headed):
        return
    table = document.add_table(len(rows), len(shares), style="Table Grid")
    table.autofit = False
    widths = [Mm(ROOM * share / sum(shares)) for share in shares]
    # Said of columns and of cells: one program reads the one, another the other.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = widths[place]
            run = cell.paragraphs[0].add_run(plain(text))
            run.bold = (number if headed else place) == 0
    if headed:
        # Said to be the head of the table: a screen reader reads it out, a page repeats it.
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _set_looks(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    for name, size in SIZES.items():
        heading = document.styles[name].font
        heading.name, heading.size, heading.color.rgb = "Arial", Pt(size), BLUE
        fonts = heading.element.rPr.rFonts
        # A theme's typeface would be taken before the one that is named.
        for theme in [name for name in fonts.attrib if name.lower().endswith("theme")]:
            del fonts.attrib[theme]
    properties = document.core_properties
    properties.title = f"{plain(paper.title)}, {paper.reference}"
    properties.author, properties.comments = plain(paper.council), ""
    properties.language = "en-GB"
