"""A letter as text, as a PDF in the looks of the reports, and for a word processor."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any

import docx
from docx.shared import Mm, Pt, RGBColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer

from lado.models import Confirmation
from lado.reports import fonts, pdf_styles
from lado.reports.drawing import ACCENT, INK
from lado.reports.text import paragraph, paragraphs, plain
from lado.rules.words import long_day

TITLE = "Confirmation of advice"
CONFIDENTIAL = "Confidential: for the person named above, and those who need it to protect children"
MARGIN = 25 * mm
WIDE, HIGH = A4
BULLET = "- "
ITEM = ParagraphStyle("item", pdf_styles.BODY, leftIndent=12, bulletIndent=2, spaceAfter=4)
ADDRESS = ParagraphStyle("address", pdf_styles.BODY, spaceAfter=0)


@dataclass(frozen=True)
class Letter:
    confirmation: Confirmation
    council: str

    @property
    def file_name(self) -> str:
        """Without its ending; nothing that anybody typed is in it."""
        return f"{self.confirmation.consultation.reference}-advice-{self.confirmation.number}"

    @property
    def address(self) -> list[str]:
        one = self.confirmation
        return [line for line in (one.recipient_name, one.recipient_role) if line]

    @property
    def particulars(self) -> list[str]:
        one = self.confirmation
        return [
            long_day(one.sent_on or one.written_on),
            f"Our reference: {one.consultation.reference}",
        ]

    @property
    def parts(self) -> Iterator[tuple[str, bool]]:
        """Each paragraph, and each point of a list: those are True."""
        for block in paragraphs(self.confirmation.text):
            lines = block.splitlines()
            for is_point, group in groupby(lines, key=lambda line: line.startswith(BULLET)):
                if is_point:
                    yield from ((line.removeprefix(BULLET), True) for line in group)
                else:
                    yield "\n".join(group), False

    @property
    def as_text(self) -> str:
        head = "\n".join([*self.address, "", *self.particulars])
        return f"{head}\n\n{TITLE}\n\n{self.confirmation.text}\n"


def letter_pdf(letter: Letter) -> bytes:
    fonts.register()
    output = BytesIO()
    template = BaseDocTemplate(
        output,
        pagesize=A4,
        invariant=1,
        lang="en-GB",
        title=f"{TITLE}, {letter.confirmation.consultation.reference}",
        author=plain(letter.council),
        initialFontName=fonts.REGULAR,
    )
    body = Frame(MARGIN, 24 * mm, WIDE - 2 * MARGIN, HIGH - 62 * mm, 0, 0, 0, 0)
    drawn = PageTemplate("page", [body], onPage=lambda canvas, _: _page(canvas, letter))
    template.addPageTemplates([drawn])
    template.build(_story(letter))
    return output.getvalue()


def _page(canvas: Any, letter: Letter) -> None:
    canvas.setFillColor(ACCENT)
    canvas.rect(0, HIGH - 8 * mm, WIDE, 8 * mm, stroke=0, fill=1)
    canvas.setFillColor(INK)
    canvas.setFont(fonts.BOLD, 13)
    canvas.drawString(MARGIN, HIGH - 22 * mm, plain(letter.council))
    canvas.setFont(fonts.REGULAR, 8.5)
    canvas.setFillColor(pdf_styles.SECONDARY)
    canvas.drawString(MARGIN, 14 * mm, CONFIDENTIAL)
    canvas.drawRightString(WIDE - MARGIN, 14 * mm, f"Page {canvas.getPageNumber()}")


def _story(letter: Letter) -> list[Flowable]:
    story: list[Flowable] = [paragraph(line, ADDRESS) for line in letter.address]
    story.append(Spacer(0, 6 * mm))
    story += [paragraph(line, ADDRESS) for line in letter.particulars]
    story += [Spacer(0, 8 * mm), paragraph(TITLE, pdf_styles.H1)]
    after_point = False
    for text, is_point in letter.parts:
        style = ITEM if is_point else pdf_styles.BODY
        if after_point and not is_point:
            story.append(Spacer(0, 1.5 * mm))
        after_point = is_point
        story.append(paragraph(text, style, bullet="•" if is_point else None))
    return story


def letter_docx(letter: Letter) -> bytes:
    document = docx.Document()
    _set_looks(document, letter)
    council = document.add_paragraph().add_run(plain(letter.council))
    council.bold, council.font.size = True, Pt(13)
    for lines in (letter.address, letter.particulars):
        document.add_paragraph(plain("\n".join(lines)))
    document.add_heading(TITLE, level=1)
    for text, is_point in letter.parts:
        document.add_paragraph(plain(text), style="List Bullet" if is_point else None)
    document.sections[0].footer.paragraphs[0].text = CONFIDENTIAL
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def _set_looks(document: Any, letter: Letter) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    heading = document.styles["Heading 1"].font
    heading.name, heading.size, heading.color.rgb = "Arial", Pt(18), RGBColor(0x12, 0x50, 0x5B)
    properties = document.core_properties
    properties.title = f"{TITLE}, {letter.confirmation.consultation.reference}"
    properties.author, properties.comments = plain(letter.council), ""
    properties.language = "en-GB"
