"""Tables, charts and the PDF of a document, without a database."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree as ET

import pdfplumber
import pikepdf
import pytest
from pypdfium2 import PdfDocument
from reportlab.graphics.shapes import Line, Rect, String
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable

from lado.reports import drawing, fonts
from lado.reports.charts import CHARTS, make_chart
from lado.reports.comparison import Comparison
from lado.reports.contents import SECTIONS
from lado.reports.document import Document
from lado.reports.measures import MEASURES
from lado.reports.pdf import build_pdf, contents_of
from lado.reports.pdf_parts import TableBlock
from lado.reports.pdf_styles import NOTE
from lado.reports.pdf_widths import (
    LEAST_LABEL_ROOM,
    MARGIN,
    PAD,
    PAGE_WIDTH,
    layouts,
    number_widths,
)
from lado.reports.svg import inline_svg
from lado.reports.tables import Table, make_table
from lado.reports.text import paragraph
from lado.reports.values import Rate
from lado.rules.quarters import Period
from lado.rules.vocabulary import ReportStatus
from tests.reports.example import empty_quarter, long, quarter, under_way, year

pytestmark = pytest.mark.sqlite_only

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Supported accommodation for young people who have left the care of the authority"
HOSTILE = {
    "<b>Bold & open": 3,
    "<img src='x.png'/>": 2,
    LONG: 7,
    "Ŵyth ŷd żółć ğışı": 1,
    "Not recorded": 369 - 13,
}


YEAR = Period.parse("2012-13")


def plain_spaces(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def hostile_year() -> Comparison:
    return year(consultations__by_sector=HOSTILE)


COMPARISONS = {
    "year": year(),
    "quarter": quarter(),
    "empty": empty_quarter(),
    "hostile": hostile_year(),
    "under way": under_way(),
    "60 months": long(60),
}


@pytest.fixture(params=COMPARISONS)
def comparison(request: pytest.FixtureRequest) -> Comparison:
    return COMPARISONS[request.param]


def text_of(pdf: bytes, right: float = PAGE_WIDTH + 2 * MARGIN) -> list[str]:
    """In the order in which it was drawn."""
    pages = (page.get_textpage() for page in PdfDocument(pdf))
    texts = (page.get_text_bounded(right=right) for page in pages)
    return ["\n".join(line.rstrip() for line in text.splitlines()) for text in texts]


def tables_of(comparison: Comparison) -> list[Table]:
    return [shown.table for one in Document(comparison, "C").sections for shown in one.tables]


def of_periods(tables: list[Table]) -> list[Table]:
    return [table for table in tables if not table.is_wide]


def as_one(pages: list[str]) -> str:
    return re.sub(r"\s+", " ", " ".join(pages))


def test_every_figure_stands_in_a_table() -> None:
    shown = {
        measure for section in SECTIONS for plan in section.tables for measure in plan.measures
    }
    assert shown == {measure.id for measure in MEASURES}


def test_every_chart_stands_beside_the_table_of_its_numbers() -> None:
    planned = [plan.chart for section in SECTIONS for plan in section.tables if plan.chart]
    assert sorted(planned) == sorted(CHARTS)
    assert len(planned) >= 5


def test_each_row_has_a_cell_for_each_heading(comparison: Comparison) -> None:
    for section in SECTIONS:
        for plan in section.tables:
            table = make_table(plan, comparison)
            assert all(len(row.cells) == len(table.headings) for row in table.rows)
            assert table.definitions
            assert comparison.this.label in table.caption


def test_the_annual_reports_figures_beside_what_it_printed() -> None:
    text = as_one(text_of(build_pdf(Document(year(), "Any Council"))))
    for words in (
        "Consultations received 369 191 +178 (+93.2%)",
        "strategy discussion 86 59 +27 (+45.8%)",
        "23.3% (86 of 369) 30.9% (59 of 191) \N{MINUS SIGN}7.6 points",
        "Cases overseen 110 79 +31 (+39.2%)",
        "Strategy discussions held 396 240 +156 (+65.0%)",
        "24 brought forward + 86 opened + 0 reopened \N{MINUS SIGN} 78 concluded = 32 open at end",
    ):
        assert words in text, words


def test_the_pdf_prints_every_definition_and_every_label(comparison: Comparison) -> None:
    document = Document(comparison, "Any Council")
    pdf = build_pdf(document)
    text = as_one(text_of(pdf)).replace(" ", "")
    first_column = (
        MARGIN + PAGE_WIDTH - sum(number_widths(of_periods(tables_of(comparison))).values())
    )
    labels = as_one(text_of(pdf, right=first_column)).replace(" ", "")
    for table in tables_of(comparison):
        for definition in table.definitions:
            assert definition.rule.replace(" ", "") in text
        for row in table.rows:
            assert row.label.replace(" ", "") in (text if table.is_wide else labels)


def test_the_same_document_gives_the_same_bytes() -> None:
    document = Document(quarter(), "Any Council", commentary="Something.")
    assert build_pdf(document) == build_pdf(
        Document(quarter(), "Any Council", commentary="Something.")
    )


def test_the_pdf_counts_its_pages_and_lists_its_contents() -> None:
    document = Document(quarter(), "Any Council", commentary="Something.")
    pages = text_of(build_pdf(document), right=A4[1])
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Any Council" in page
    for _anchor, title in contents_of(document):
        listed = re.search(rf"^{re.escape(title)} (\d+)$", pages[1], re.MULTILINE)
        assert listed, title
        assert re.search(rf"^{re.escape(title)}$", pages[int(listed[1]) - 1], re.MULTILINE), title


def test_the_pdf_says_its_language_title_and_outline() -> None:
    document = Document(quarter(), "Any Council")
    with pikepdf.open(BytesIO(build_pdf(document))) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/Title"]) == "LADO report, 2012-13 Q4"
        with pdf.open_outline() as outline:
            assert [entry.title for entry in outline.root] == [
                title for _anchor, title in contents_of(document)
            ]


@pytest.mark.parametrize(
    "commentary",
    [
        "note <Smith> said & went",
        "an open <b> tag",
        "<img src=\"/etc/passwd\"/> and <img src='http://127.0.0.1/x.png'>",
        "</para> <para> &lt; &amp; &#65;",
        "<font color=red>red</font> <a href='x'>link</a>",
        "ŵ ŷ ż ę ő ů ğ – “quoted” ✓",
        "a" * 3000,
    ],
)
def test_what_an_author_writes_stands_in_the_pdf_to_the_letter(commentary: str) -> None:
    text = "".join(text_of(build_pdf(Document(year(), "Any Council", commentary=commentary))))
    assert re.sub(r"\s", "", commentary)[:60] in re.sub(r"\s", "", text)


@pytest.mark.parametrize("commentary", ["\x00\x07bell", "مرحبا", "😀 emoji", "\n\n \n", "a\r\nb"])
def test_text_that_cannot_all_be_shown_still_gives_a_pdf(commentary: str) -> None:
    assert build_pdf(Document(year(), "Any <Council>", commentary=commentary))


def test_no_picture_gets_into_the_pdf_through_text() -> None:
    document = Document(hostile_year(), "<img src='x'/>", commentary="<img src='a.png'/>")
    with pikepdf.open(BytesIO(build_pdf(document))) as pdf:
        images = [image for page in pdf.pages for image in page.get_images()]
    assert images == []


@pytest.mark.parametrize(
    ("document", "marks"),
    [
        (Document(year(), "C"), ["Draft: not published"]),
        (Document(year(), "C", status=ReportStatus.PUBLISHED), []),
        (
            Document(year(), "C", status=ReportStatus.PUBLISHED, demonstration=True),
            ["Demonstration: invented people and figures"],
        ),
        (Document(year(), "C", status=ReportStatus.SUPERSEDED), []),
    ],
)
def test_what_a_reader_must_know_first_stands_on_every_page(
    document: Document, marks: list[str]
) -> None:
    assert document.marks == marks
    for page in text_of(build_pdf(document)):
        assert all(mark in page for mark in marks)


def test_nothing_in_the_pdf_lies_outside_the_page(comparison: Comparison) -> None:
    pdf = build_pdf(Document(comparison, "A council with a name that is long " * 2))
    for page in PdfDocument(pdf):
        texts = page.get_textpage()
        for number in range(texts.count_rects()):
            box = texts.get_rect(number)
            assert 0 <= box[0] <= box[2] <= page.get_width(), texts.get_text_bounded(*box)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_clean_svg_with_words_for_those_who_cannot_see_it(
    name: str, comparison: Comparison
) -> None:
    chart = make_chart(name, comparison)
    root = ET.fromstring(inline_svg(chart))  # noqa: S314 - our own
    assert root.get("role") == "img"
    texts = {part.get("id"): part.text or "" for part in root if part.get("id")}
    assert [texts[ident] for ident in (root.get("aria-labelledby") or "").split()] == [
        chart.title,
        chart.alt,
    ]
    for part in root.iter():
        assert part.get("style") is None
        assert part.tag.removeprefix(SVG) in {"svg", "title", "desc", "rect", "line", "text"}


@pytest.mark.parametrize("name", CHARTS)
def test_the_numbers_in_a_chart_stand_in_its_words_and_nothing_is_cut(
    name: str, comparison: Comparison
) -> None:
    chart = make_chart(name, comparison)
    for shape in chart.drawing.contents:
        if isinstance(shape, String):
            wide = fonts.width(shape.text, shape.fontName, shape.fontSize)
            left = shape.x - {"start": 0, "middle": wide / 2, "end": wide}[shape.textAnchor]
            assert left >= -0.5, shape.text
            assert left + wide <= chart.drawing.width + 0.5, shape.text
            if shape.text.replace(",", "").isdigit():
                assert shape.text in chart.alt
        elif isinstance(shape, Rect):
            assert shape.x + shape.width <= chart.drawing.width
            assert shape.y + shape.height <= chart.drawing.height
            assert shape.width >= 0
            assert shape.height >= 0


def test_long_labels_of_a_chart_are_wrapped_and_whole() -> None:
    chart = make_chart("sectors", hostile_year())
    words = " ".join(shape.text for shape in chart.drawing.contents if isinstance(shape, String))
    assert LONG in words


def luminance(color: Color) -> float:
    """Relative luminance as WCAG defines it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)


def contrast(one: Color, other: Color) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_two_series_differ_in_grey_and_by_pattern() -> None:
    assert contrast(drawing.ACCENT, drawing.PALE) >= 4.5
    assert contrast(drawing.ACCENT, Color(1, 1, 1)) >= 4.5
    chart = make_chart("months", year())
    hatching = [
        shape
        for shape in chart.drawing.contents
        if isinstance(shape, Line) and shape.strokeColor == drawing.ACCENT
    ]
    assert hatching


def test_a_chart_of_nothing_says_so() -> None:
    chart = make_chart("outcomes", empty_quarter())
    assert chart.alt == "No cases were concluded in the period."


def cells_of(table: Table) -> dict[str, list[str]]:
    return {row.label: [str(cell) for cell in row.cells] for row in table.rows}


def table_of(comparison: Comparison, ident: str) -> Table:
    plans = [plan for section in SECTIONS for plan in section.tables if plan.id == ident]
    return make_table(plans[0], comparison)


def test_headings_of_a_period_under_way_name_the_days_they_cover() -> None:
    table = table_of(under_way(), "consultations-by-sector")
    assert table.caption == "Consultations by sector, 2012-13 Q4 to 10 Feb"
    assert [plain_spaces(heading) for heading in table.headings] == [
        "2012-13 Q4 to 10 Feb",
        "2012-13 Q3 to 10 Nov",
        "Change on 2012-13 Q3 to 10 Nov",
        "2012-13 Q1 to 11 May",
        "Change on 2012-13 Q1 to 11 May",
        "2012-13 to 10 Feb",
        "2011-12 to 10 Feb",
        "Change on 2011-12 to 10 Feb",
    ]


def test_a_month_that_has_not_begun_has_a_dash_and_the_one_under_way_its_last_day() -> None:
    table = table_of(under_way(), "consultations-by-month")
    cells = cells_of(table)
    assert list(cells) == ["January 2013", "February 2013 (to 10 Feb)", "March 2013", "Total"]
    assert cells["March 2013"] == ["\N{EN DASH}"] * 3
    assert "\N{EN DASH}" not in cells["January 2013"]


def test_a_month_that_has_not_begun_has_no_bar() -> None:
    chart = make_chart("months", under_way())
    assert "Feb 2013 (to 10 Feb)" in chart.alt
    assert "Mar 2013" not in chart.alt
    assert chart.title == (
        "Consultations by month, 2012-13 Q4 to 10 Feb beside 2012-13 Q1 to 11 May"
    )


def test_a_report_of_a_period_under_way_says_which_days_it_covers() -> None:
    document = Document(under_way(), "C")
    assert document.period_words == (
        "1 January 2013 to 10 February 2013, of a period that ends on 31 March 2013"
    )
    about = " ".join(document.about)
    assert "cover 1 January 2013 to 10 February 2013, both days included" in about
    assert "cut as well" in about
    assert "31 March" not in about


def test_a_report_says_how_long_each_period_is_followed_up_and_what_is_as_recorded() -> None:
    about = " ".join(Document(quarter(), "C").about)
    assert "followed up as long" not in about
    assert "as they were recorded when the figures were drawn" in about
    whole = quarter()
    assert whole.previous
    later = Comparison(
        replace(whole.this, as_at=date(2013, 4, 10)),
        previous=replace(whole.previous, as_at=date(2013, 1, 10)),
    )
    assert "2012-13 Q3 until 10 January 2013." in " ".join(Document(later, "C").about)


@pytest.mark.parametrize(
    ("months", "bars"),
    [
        (14, {"2008-09 Q4": 2, "2009-10 Q1": 3, "2009-10 Q4": 3, "2010-11 Q1": 0}),
        (24, {"2008-09 Q4": 2, "2010-11 Q3": 3, "2010-11 Q4": 1}),
        (60, {"2008-09": 2, "2009-10": 12, "2013-14": 10}),
        (12 * 40, {"2000s": 11, "2010s": 120, "2040s": 109}),
    ],
)
def test_the_months_of_a_long_period_are_drawn_in_longer_spans(
    months: int, bars: dict[str, int]
) -> None:
    alt = make_chart("months", long(months)).alt
    for label, whole in bars.items():
        assert (f"{label} {whole * 1234:,}" in alt) == (whole > 0), alt


@pytest.mark.parametrize("months", [14, 24, 60])
def test_the_chart_of_a_long_period_stands_under_its_title(months: int) -> None:
    comparison = long(months)
    chart = make_chart("months", comparison)
    pages = text_of(build_pdf(Document(comparison, "C")))
    title = next(page for page in pages if chart.title in as_one([page]))
    assert chart.alt.removeprefix("Column chart. ").split(";")[0].split()[-1] in title


def test_numbers_too_wide_for_their_columns_stand_beside_rows() -> None:
    wide = {f"{month:%Y-%m}": 12_345 for month in YEAR.months}
    chart = make_chart("months", year(consultations__by_month=wide))
    numbers = [
        shape
        for shape in chart.drawing.contents
        if isinstance(shape, String) and shape.text == "12,345"
    ]
    assert len({shape.y for shape in numbers}) == len(numbers) == 12


def test_a_chart_of_no_consultations_says_so() -> None:
    assert make_chart("months", empty_quarter()).alt == (
        "No consultations were received in the period."
    )


def test_a_rate_of_nothing_says_so_in_its_tile() -> None:
    tiles = {tile.title: tile for tile in Document(empty_quarter(), "C").headlines}
    tile = tiles["Conversion rate"]
    assert (tile.value, tile.detail) == ("\N{EN DASH}", "No consultations")
    assert tile.changes == ("none in 2012-13 Q4", "none in 2011-12 Q4")


def test_a_report_that_was_not_kept_has_no_version() -> None:
    assert "Drawn from the records and not kept" in text_of(build_pdf(Document(year(), "C")))[0]
    assert "Version 2." in text_of(build_pdf(Document(year(), "C", version=2)))[0]


def test_a_period_without_a_name_says_its_days_once_on_the_front() -> None:
    front = text_of(build_pdf(Document(long(60), "C")))[0]
    assert as_one([front]).count("1 February 2009 to 31 January 2014") == 1


def test_the_title_and_the_marks_of_a_page_stand_on_lines_of_their_own() -> None:
    document = Document(long(60), "C", demonstration=True)
    for page in text_of(build_pdf(document))[1:]:
        title, marks, *_rest = page.splitlines()
        assert title == document.title
        assert marks == ". ".join(document.marks)


@pytest.mark.parametrize("name", ["quarter", "under way"])
def test_columns_stand_in_the_same_place_in_every_table(name: str) -> None:
    widths = number_widths(of_periods(tables_of(COMPARISONS[name])))
    assert len(widths) == 8
    assert sum(widths.values()) + LEAST_LABEL_ROOM <= PAGE_WIDTH


@pytest.mark.parametrize("name", COMPARISONS)
def test_headings_take_three_lines_at_most(name: str) -> None:
    tables = tables_of(COMPARISONS[name])
    for table in tables:
        widths = number_widths([table] if table.is_wide else of_periods(tables))
        for heading in table.headings:
            room = widths[heading] - 2 * PAD
            assert len(fonts.wrap(heading, fonts.BOLD, 8, room, fonts.pdf_width)) <= 3


def test_numbers_of_a_large_council_fit_their_columns() -> None:
    sectors = {f"Sector {n}": 23_456 for n in range(30)}
    large = quarter(
        consultations__by_sector=sectors,
        consultations__received=30 * 23_456,
        consultations__conversion=Rate(123_456, 703_680),
    )
    with pdfplumber.open(BytesIO(build_pdf(Document(large, "C")))) as document:
        for page in document.pages:
            words = page.extract_words(x_tolerance=1)
            for word, following in pairwise(words):
                if abs(word["top"] - following["top"]) < 1 and word["x0"] < following["x0"]:
                    assert word["x1"] < following["x0"]


def test_the_last_three_rows_of_a_table_stay_with_its_definition() -> None:
    table = table_of(year(), "consultations-by-referrer")
    layout = layouts([table])[table.id]
    notes: list[Flowable] = [paragraph("What it means. " * 40, NOTE)]
    divided = 0
    for height in range(60, 700, 3):
        parts = TableBlock(table, layout, notes).split(PAGE_WIDTH, height)
        rest = parts[-1] if parts else None
        if isinstance(rest, TableBlock):
            divided += 1
            assert sum(part.wrap(PAGE_WIDTH, height)[1] for part in parts[:2]) <= height
            assert len(rest.table.rows) >= 3
            assert rest.notes == notes
            assert rest.table.rows[-1].label == "Total"
    assert divided > 50


def test_a_chart_of_no_cases_says_so() -> None:
    assert make_chart("flow", empty_quarter()).alt == "No cases were overseen in the period."
