"""The report as a PDF: one pass, and the same bytes from the same document."""

from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)

from lado.reports import fonts, pdf_styles
from lado.reports.document import SUBTITLE, TITLE, Document, ShownSection, ShownTable
from lado.reports.pdf_front import contents_page, front_page, late_number, running_page
from lado.reports.pdf_parts import (
    ChartFlowable,
    Heading,
    TableBlock,
    Widths,
    headline_grid,
    number_widths,
)
from lado.reports.text import bold_lead, paragraph

MARGIN = 20 * mm
FOOT = 22 * mm
HEAD = 24 * mm
ROOM_FOR_A_TABLE = 55 * mm


def build_pdf(document: Document) -> bytes:
    fonts.register()
    output = BytesIO()
    template = _Template(output, document)
    template.build(_story(document))
    return output.getvalue()


def contents_of(document: Document) -> list[tuple[str, str]]:
    """The anchor and title of each entry of the contents list, in order."""
    entries = [("summary", "Summary")]
    if document.commentary_paragraphs:
        entries.append(("commentary", "Commentary"))
    entries += [(section.id, section.title) for section in document.sections]
    return [*entries, ("about", "About these figures")]


class _Template(BaseDocTemplate):
    """Page numbers that are known only at the end are put in then, as small forms."""

    def __init__(self, output: BytesIO, document: Document) -> None:
        super().__init__(
            output,
            pagesize=A4,
            invariant=1,
            lang="en-GB",
            title=document.title,
            author=document.council,
            subject=f"{SUBTITLE}. {TITLE}",
            initialFontName=fonts.REGULAR,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
        )
        self.document, self.entries = document, contents_of(document)
        self.found: dict[str, int] = {}
        width, height = A4
        body = Frame(MARGIN, FOOT, width - 2 * MARGIN, height - FOOT - HEAD, 0, 0, 0, 0)
        self.addPageTemplates(
            [
                PageTemplate("front", [body], onPage=self._front),
                PageTemplate("contents", [body], onPage=self._contents),
                PageTemplate("body", [body], onPage=self._running),
            ]
        )

    def _front(self, canvas: Any, _template: Any) -> None:
        front_page(canvas, self.document)

    def _contents(self, canvas: Any, _template: Any) -> None:
        running_page(canvas, self.document)
        contents_page(canvas, self.entries)

    def _running(self, canvas: Any, _template: Any) -> None:
        running_page(canvas, self.document)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - ReportLab's name
        if isinstance(flowable, Heading) and flowable.anchor:
            self.found[flowable.anchor] = self.page

    def _endBuild(self) -> None:  # noqa: N802 - ReportLab's name
        for anchor, _title in self.entries:
            late_number(self.canv, f"page-of-{anchor}", self.found[anchor], right=True)
        late_number(self.canv, "pages", self.page)
        super()._endBuild()  # type: ignore[misc]


def _story(document: Document) -> list[Flowable]:
    story: list[Flowable] = [NextPageTemplate("contents"), PageBreak()]
    story += [NextPageTemplate("body"), PageBreak()]
    story += _summary(document)
    if document.commentary_paragraphs:
        story += _commentary(document)
    widths = number_widths([shown.table for one in document.sections for shown in one.tables])
    for section in document.sections:
        story += _section(section, document, widths)
    return story + _about(document)


def _summary(document: Document) -> list[Flowable]:
    story: list[Flowable] = [
        Heading("Summary", "summary"),
        headline_grid(document.headlines),
        Spacer(0, 5 * mm),
        bold_lead("The flow of cases", f"{document.reconciliation}.", pdf_styles.BODY),
    ]
    return story + [
        bold_lead("Does not reconcile", words, pdf_styles.BODY) for words in document.discrepancies
    ]


def _commentary(document: Document) -> list[Flowable]:
    texts = [paragraph(text, pdf_styles.BODY) for text in document.commentary_paragraphs]
    return [CondPageBreak(ROOM_FOR_A_TABLE), Heading("Commentary", "commentary"), *texts]


def _section(section: ShownSection, document: Document, widths: Widths) -> list[Flowable]:
    story: list[Flowable] = [CondPageBreak(2 * ROOM_FOR_A_TABLE)]
    story.append(Heading(section.title, section.id))
    for shown in section.tables:
        story += _table(shown, widths)
        if shown.table.id == "cases-flow":
            story.append(
                bold_lead("Reconciliation", f"{document.reconciliation}.", pdf_styles.NOTE)
            )
        story.append(Spacer(0, 6 * mm))
    return story


def _table(shown: ShownTable, widths: Widths) -> list[Flowable]:
    """The chart and the head of its table stay together; a long table goes on over the page."""
    table = shown.table
    parts: list[Flowable] = []
    if shown.chart:
        title = paragraph(shown.chart.title, pdf_styles.CAPTION)
        parts.append(KeepTogether([title, ChartFlowable(shown.chart), Spacer(0, 4 * mm)]))
    notes: list[Flowable] = [Spacer(0, 2 * mm)]
    notes += [bold_lead(one.term, one.rule, pdf_styles.NOTE) for one in table.definitions]
    if table.note:
        notes.append(paragraph(table.note, pdf_styles.NOTE))
    head: list[Flowable] = [paragraph(table.caption, pdf_styles.CAPTION)]
    return [*parts, CondPageBreak(ROOM_FOR_A_TABLE), TableBlock(table, widths, head, notes)]


def _about(document: Document) -> list[Flowable]:
    story: list[Flowable] = [
        Heading("About these figures", "about"),
        HRFlowable(width="100%", color=pdf_styles.RULE, spaceAfter=3 * mm),
    ]
    return [KeepTogether(story + [paragraph(text, pdf_styles.BODY) for text in document.about])]
