"""The PDF meets the standards, and is read as the page is."""

import zlib
from collections import Counter
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from jinja2 import Environment, FileSystemLoader
from lxml import html

from lado.config import ROOT
from lado.reports.document import Document, ShownSection, ShownTable
from lado.reports.pdf import build_pdf, contents_of
from lado.reports.pdf_standards import FILLER, FONT_FILLER, padded
from lado.reports.pdf_widths import layouts
from lado.reports.svg import inline_svg
from tests.reports.example import empty_quarter, long, quarter, wide
from tests.reports.pdf_structure import Element, elements, faults
from tests.reports.test_pages import hostile_year

pytestmark = pytest.mark.sqlite_only

HOSTILE = (
    "<b>open & </para> <img src='x'/> ) Tj T* ( \\) Tj T* EMC (\\\\) مرحبا 😀 \u202eturned "
    "e\u0301\u200d \x00\x07 a\ttab\n\n" + "w" * 4000
)


def with_wide_tables() -> Document:
    document = Document(quarter(), "Any Council")
    chart = document.sections[0].tables[1].chart
    tables = [(wide(14, 40), None), (wide(60, 9), chart), (wide(2, 3, "W" * 300), None)]
    section = ShownSection("wide", "Wide", tuple(ShownTable(*each) for each in tables))
    document.sections.insert(1, section)
    return document


DOCUMENTS = {
    "quarter": Document(
        quarter(),
        "Any Council",
        commentary="One paragraph.\n\nAnother.",
        progress=(("Train the trainers", "Done."), ("A leaflet", "Open.")),
    ),
    "empty": Document(empty_quarter(), ""),
    "long": Document(long(60), "C", commentary="\n\n".join(["Said at length. " * 90] * 12)),
    "hostile": Document(hostile_year(), HOSTILE[:90], commentary=HOSTILE, correction=HOSTILE[:90]),
    "wide": with_wide_tables(),
}


@cache
def made(name: str) -> bytes:
    return build_pdf(DOCUMENTS[name])


@cache
def read_of(name: str) -> list[Element]:
    return list(elements(made(name)))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_rule_of_pdf_ua_and_pdf_a_holds(name: str) -> None:
    assert faults(made(name)) == []


def page_of(document: Document) -> str:
    """The words of the page from its summary on; a chart's are those told instead of it."""
    templates = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
    template = templates.get_template("reports/standalone.html")
    tree = html.fromstring(template.render(document=document, svg=inline_svg, css=""))
    for drawing in tree.iter("svg"):
        (told,) = drawing.iter("desc")
        words = told.text
        for part in list(drawing):
            drawing.remove(part)
        drawing.text = words
    text = tree.find(".//main").text_content()
    return "Summary" + text.split("Summary", 2)[2]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ["quarter", "empty"])
def test_read_aloud_the_pdf_says_what_the_page_says_in_the_same_order(name: str) -> None:
    read = read_of(name)
    first = next(n for n, one in enumerate(read) if one.kind == "H2" and one.text == "Summary ")
    said = "".join(one.alt or one.text for one in read[first:])
    assert squeezed(said) == squeezed(page_of(DOCUMENTS[name]))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_tables_charts_and_headings_are_told_as_such(name: str) -> None:
    document, read = DOCUMENTS[name], read_of(name)
    shown = [each for section in document.sections for each in section.tables]
    alts = [one.alt for one in read if one.kind == "Figure"]
    assert alts == [each.chart.alt for each in shown if each.chart]
    heads = [one for one in read if one.kind == "TH"]
    assert {one.scope for one in heads} == {"Column", "Row"}
    assert [one.kind for one in read].count("H1") == 1
    titles = [squeezed(one.text) for one in read if one.kind == "H2"]
    assert titles == [
        squeezed(t) for t in ("Contents", *(title for _, title in contents_of(document)))
    ]


@pytest.mark.parametrize("name", ["long", "wide", "hostile"])
def test_a_table_over_several_pages_is_read_once_and_whole(name: str) -> None:
    tables = [each.table for one in DOCUMENTS[name].sections for each in one.tables]
    kinds = Counter(one.kind for one in read_of(name))
    parts = kinds["Table"] - len(tables)  # of the table too wide for a page
    cells = sum(len(row.cells) for table in tables for row in table.rows)
    assert kinds["TD"] == cells
    assert kinds["Caption"] == kinds["Table"]
    assert (parts > 0) == (name == "wide")
    texts = {squeezed(one.text) for one in read_of(name)}
    for table in tables:
        said = [squeezed(str(cell)) for row in table.rows for cell in row.cells]
        assert set(said) <= texts


def test_only_a_table_that_needs_it_turns_its_page() -> None:
    few, many = wide(3, 3), wide(24, 3)
    shown = [each.table for each in DOCUMENTS["quarter"].sections[0].tables]
    usual = [table for table in shown if not table.is_wide]
    found = layouts([few, many, *usual])
    assert [key for key, layout in found.items() if layout.is_turned] == [many.id]


def test_words_are_kept_apart_where_a_line_ends() -> None:
    texts = [one.text for one in read_of("long")]
    assert any(text.count("Said at length. ") == 90 for text in texts)


def test_the_window_shows_the_title_and_the_file_its_language() -> None:
    with pikepdf.open(BytesIO(made("quarter"))) as pdf:
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20130331")


@pytest.mark.parametrize("filler", [FILLER, FONT_FILLER])
@pytest.mark.parametrize("total", [9, 12, 256 + 9, 256 + 12])
def test_no_stream_ends_as_a_line_does(filler: bytes, total: int) -> None:
    data = bytes([total // 2, total - total // 2])
    assert zlib.compress(data).endswith((b"\n", b"\r"))
    longer = padded(data, filler)
    assert longer.startswith(data)
    assert not zlib.compress(longer, 9).endswith((b"\n", b"\r"))
