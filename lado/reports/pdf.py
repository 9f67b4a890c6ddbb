"""The report as a PDF: one pass, and the same bytes from the same document."""

from collections.abc import Mapping
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
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
from lado.reports.charts import Chart
from lado.reports.document import SUBTITLE, TITLE, Document, ShownSection
from lado.reports.pdf_front import contents_page, front_page, late_number, running_page
from lado.reports.pdf_parts import (
    ChartFlowable,
    Heading,
    TableBlock,
)
from lado.reports.pdf_standards import build
from lado.reports.pdf_tiles import HeadlineGrid
from lado.reports.pdf_widths import MARGIN, PAGE_WIDTH, Layout, layouts
from lado.reports.pdf_xmp import Particulars
from lado.reports.tables import Table
from lado.reports.text import bold_lead, paragraph, plain

FOOT = 22 * mm
HEAD = 24 * mm
ROOM_FOR_A_TABLE = 55 * mm


def build_pdf(document: Document) -> bytes:
    fonts.register()
    facts = Particulars(
        title=plain(document.title),
        author=plain(document.council),
        subject=f"{SUBTITLE}. {TITLE}",
        made=document.figures.as_at,
    )
    return build(_Template(document), _story(document), facts)


def contents_of(document: Document) -> list[tuple[str, str]]:
    """The anchor and title of each entry of the contents list, in order."""
    entries = [("summary", "Summary")]
    if document.commentary_paragraphs:
        entries.append(("commentary", "Commentary"))
    if document.progress:
        entries.append(("progress", document.progress_title))
    entries += [(section.id, section.title) for section in document.sections]
    return [*entries, ("about", "About these figures")]


class _Template(BaseDocTemplate):
    """Page numbers that are known only at the end are put in then, as small forms."""

    def __init__(self, document: Document) -> None:
        super().__init__(
            "",
            pagesize=A4,
            invariant=1,
            lang="en-GB",
            initialFontName=fonts.REGULAR,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
        )
        self.document, self.entries = document, contents_of(document)
        self.found: dict[str, int] = {}
        body, turned = _frame(A4), _frame(landscape(A4))
        self.addPageTemplates(
            [
                PageTemplate("front", [body], onPage=self._front),
                PageTemplate("contents", [body], onPage=self._contents),
                PageTemplate("body", [body], onPage=self._running, pagesize=A4),
                PageTemplate("turned", [turned], onPage=self._running, pagesize=landscape(A4)),
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


def _frame(pagesize: tuple[float, float]) -> Frame:
    wide, high = pagesize
    return Frame(MARGIN, FOOT, wide - 2 * MARGIN, high - FOOT - HEAD, 0, 0, 0, 0)


def _story(document: Document) -> list[Flowable]:
    story: list[Flowable] = [NextPageTemplate("contents"), PageBreak()]
    story += [NextPageTemplate("body"), PageBreak()]
    story += _summary(document)
    if document.commentary_paragraphs:
        story += _commentary(document)
    if document.progress:
        story += _progress(document)
    found = layouts([shown.table for one in document.sections for shown in one.tables])
    for section in document.sections:
        story += _section(section, found)
    return story + _about(document)


def _summary(document: Document) -> list[Flowable]:
    story: list[Flowable] = [
        Heading("Summary", "summary"),
        HeadlineGrid(document.headlines, PAGE_WIDTH),
        Spacer(0, 5 * mm),
        bold_lead("The flow of cases", f"{document.reconciliation}.", pdf_styles.BODY),
    ]
    return story + [
        bold_lead("Does not reconcile", words, pdf_styles.BODY) for words in document.discrepancies
    ]


def _commentary(document: Document) -> list[Flowable]:
    texts = [paragraph(text, pdf_styles.BODY) for text in document.commentary_paragraphs]
    return [CondPageBreak(ROOM_FOR_A_TABLE), Heading("Commentary", "commentary"), *texts]


def _progress(document: Document) -> list[Flowable]:
    lines = [bold_lead(*each, pdf_styles.BODY) for each in document.progress]
    return [CondPageBreak(ROOM_FOR_A_TABLE), Heading(document.progress_title, "progress"), *lines]


def _section(section: ShownSection, found: Mapping[str, Layout]) -> list[Flowable]:
    """A table that needs a page on its side begins one; the chart beside it stays upright."""
    head: list[Flowable] = [
        CondPageBreak(2 * ROOM_FOR_A_TABLE),
        Heading(section.title, section.id),
    ]
    if section.words:
        head.append(paragraph(section.words, pdf_styles.BODY))
    story: list[Flowable] = []
    is_turned = False
    for shown in section.tables:
        layout = found[shown.table.id]
        if is_turned and (shown.chart or not layout.is_turned):
            story += _turned_back()
            is_turned = False
        if shown.chart:
            story += [*head, _chart(shown.chart)]
            head = []
        if layout.is_turned and not is_turned:
            story += [NextPageTemplate("turned"), PageBreak()]
            is_turned = True
        story += [*head, *_table(shown.table, layout), Spacer(0, 6 * mm)]
        head = []
    story += [*head, *(_turned_back() if is_turned else [])]
    return story + [paragraph(words, pdf_styles.BODY) for words in section.left_out]


def _turned_back() -> list[Flowable]:
    return [NextPageTemplate("body"), PageBreak()]


def _chart(chart: Chart) -> Flowable:
    title = paragraph(chart.title, pdf_styles.CAPTION)
    return KeepTogether([title, ChartFlowable(chart), Spacer(0, 4 * mm)])


def _table(table: Table, layout: Layout) -> list[Flowable]:
    """A long table goes on over the page."""
    notes: list[Flowable] = [Spacer(0, 2 * mm)]
    notes += [bold_lead(one.term, one.rule, pdf_styles.NOTE) for one in table.definitions]
    if table.note:
        notes.append(paragraph(table.note, pdf_styles.NOTE))
    *parts, last = layout.parts(table)
    story: list[Flowable] = []
    for part in parts:
        story += [CondPageBreak(ROOM_FOR_A_TABLE), TableBlock(part, layout, [Spacer(0, 4 * mm)])]
    return [*story, CondPageBreak(ROOM_FOR_A_TABLE), TableBlock(last, layout, notes)]


def _about(document: Document) -> list[Flowable]:
    story: list[Flowable] = [
        Heading("About these figures", "about"),
        HRFlowable(width="100%", color=pdf_styles.RULE, spaceAfter=3 * mm),
    ]
    return [KeepTogether(story + [paragraph(text, pdf_styles.BODY) for text in document.about])]
