"""Every file of a report has the document's numbers, and nothing in it runs."""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from odf.opendocument import load as load_ods
from odf.table import DatabaseRange, TableHeaderRows
from odf.table import Table as OdfTable
from python_calamine import CalamineWorkbook

from lado.reports import wording
from lado.reports.comparison import change
from lado.reports.dataset import build_dataset
from lado.reports.disclosure import Disclosing, PublicRule
from lado.reports.document import Document, ShownSection, ShownTable
from lado.reports.files import FORMATS, format_of
from lado.reports.numbers import Part, numbers
from lado.reports.sheets import sheets_of
from lado.reports.tables import Cell, Definition, Row, Table
from lado.reports.tidy import figures_of, spaced
from lado.reports.values import Rate, Ratio
from lado.rules.quarters import Period
from tests.reports.example import empty_quarter, quarter, under_way, wide
from tests.reports.pdf_structure import faults
from tests.support.random_reports import Register

pytestmark = pytest.mark.sqlite_only

BAD = ['=HYPERLINK("http://x.test","y")', "+44", "-2+3", "@SUM(A1)", "\t=1", "=cmd|' /C'!A0"]
MARKUP = "<b>&amp;</b> <img src='x'/> {{ 7*7 }} ]]> \x07\u202e é"
SYMBOL = "[c]"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
POINTS_A_LINE, USUAL = 11, 15
PROGRESS = (("Train the trainers", "Done."),)


def hostile() -> Document:
    document = Document(
        quarter(), BAD[0], commentary=f"{BAD[1]}\n\n{MARKUP}", correction=BAD[2], version=2,
        progress=((BAD[3], BAD[4]), (MARKUP, BAD[5])),
    )  # fmt: skip
    rows = tuple(Row(label, (Cell((SYMBOL,)), Cell(("1,234",)))) for label in [*BAD, MARKUP])
    table = Table(
        "hostile", BAD[0], BAD[1], (BAD[3], "2012-13"), rows, (Definition(BAD[4], MARKUP),), "",
        BAD[5],
    )  # fmt: skip
    document.sections.append(ShownSection("hostile", MARKUP, (ShownTable(table, None),)))
    return document


def cross() -> Document:
    document = Document(quarter(), "C")
    document.sections.append(ShownSection("wide", "Wide", (ShownTable(wide(30, 9), None),)))
    return document


DOCUMENTS = {
    "quarter": Document(
        quarter(), "Any Council", commentary="Something.\n\nMore.", progress=PROGRESS
    ),
    "empty": Document(empty_quarter(), "Any Council"),
    "under way": Document(under_way(), "Any Council"),
    "hostile": hostile(),
    "wide": cross(),
}


@cache
def made(name: str, file_format: str) -> bytes:
    return FORMATS[file_format].build(DOCUMENTS[name])


def tables_of(name: str) -> list[Table]:
    return [shown.table for one in DOCUMENTS[name].sections for shown in one.tables]


def printed(row: Row) -> Counter[float]:
    """The numbers that the row shows, whatever they are."""
    words = " ".join(line for cell in row.cells for line in cell.lines)
    found = re.findall(r"[+\N{MINUS SIGN}]?\d[\d,]*(?:\.\d+)?", words)
    return Counter(float(n.replace(",", "").replace("\N{MINUS SIGN}", "-")) for n in found)


def xlsx_rows(content: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(BytesIO(content))
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book}


def calamine_rows(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize(
    ("file_format", "read"),
    [("xlsx", xlsx_rows), ("xlsx", calamine_rows), ("ods", calamine_rows)],
)
def test_every_number_of_the_document_is_a_number_in_the_workbook(
    name: str, file_format: str, read: Any
) -> None:
    pages = read(made(name, file_format))
    tables = tables_of(name)
    for number, table in enumerate(tables, start=1):
        rows = pages[f"Table_{number}"][-len(table.rows) :] if table.rows else []
        for row, values in zip(table.rows, rows, strict=True):
            found = [float(value) for value in values if isinstance(value, int | float)]
            assert Counter(found) == printed(row), (table.id, row.label)
    assert len([page for page in pages if page.startswith("Table_")]) == len(tables)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_sheet_is_laid_out_to_be_read_by_everybody(name: str) -> None:
    content = made(name, "xlsx")
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    assert len({title.lower() for title in book.sheetnames}) == len(book.sheetnames)
    assert all(len(title) <= 31 for title in book.sheetnames)
    assert book.properties.language == "en-GB"
    assert book.properties.title == DOCUMENTS[name].title
    for page in book:
        assert not page.merged_cells.ranges
        rows = [list(row) for row in page.iter_rows(values_only=True)]
        assert all(row[0] not in (None, "") for row in rows), page.title
        if page.title not in ("Cover", "Commentary"):
            (marked,) = page.tables.values()
            first = int(re.search(r"\d+", marked.ref)[0])
            assert marked.ref.endswith(f"{page.dimensions.split(':')[-1]}")
            assert all(value not in (None, "") for row in rows[first - 1 :] for value in row)
            heads = [str(value).lower() for value in rows[first - 1]]
            assert len(set(heads)) == len(heads)
    listed = [row[0] for row in xlsx_rows(content)["Contents"][2:]]
    assert listed == book.sheetnames[2:]
    cells = [row[0] for row in book["Contents"].iter_rows(min_row=3)]
    links = [cell.hyperlink.location for cell in cells]
    assert links == [f"'{title}'!A1" for title in listed]


def test_the_open_workbook_has_the_same_sheets_and_marks_its_headings() -> None:
    for name, document in DOCUMENTS.items():
        book = load_ods(BytesIO(made(name, "ods")))
        pages = book.getElementsByType(OdfTable)
        assert [page.getAttribute("name") for page in pages] == list(xlsx_rows(made(name, "xlsx")))
        ranges = book.getElementsByType(DatabaseRange)
        assert (
            len(ranges)
            == len(book.getElementsByType(TableHeaderRows))
            == len(pages) - (2 if document.commentary else 1)
        )
        assert all(one.getAttribute("containsheader") == "true" for one in ranges)
    parts = zipfile.ZipFile(BytesIO(made("quarter", "ods")))
    assert b"<dc:language>en-GB</dc:language>" in parts.read("meta.xml")
    assert b'fo:language="en"' in parts.read("styles.xml")


def test_each_sheet_prints_as_wide_as_one_page_on_its_side() -> None:
    for page in openpyxl.load_workbook(BytesIO(made("quarter", "xlsx"))):
        setup = page.page_setup
        # As wide as one page is what a file says by saying nothing.
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert (setup.orientation, setup.fitToWidth, setup.fitToHeight) == ("landscape", None, 0)
    parts = zipfile.ZipFile(BytesIO(made("quarter", "ods")))
    styles, content = (
        etree.fromstring(parts.read(f"{name}.xml")) for name in ("styles", "content")
    )
    masters = {one.get(f"{STYLE}name"): one for one in styles.iter(f"{STYLE}master-page")}
    layouts = {one.get(f"{STYLE}name"): one[0] for one in styles.iter(f"{STYLE}page-layout")}
    looks = {one.get(f"{STYLE}name"): one for one in content.iter(f"{STYLE}style")}
    for table in content.iter(f"{TABLE}table"):
        look = looks[table.get(f"{TABLE}style-name")]
        master = masters[look.get(f"{STYLE}master-page-name")]
        layout = {name.partition("}")[2]: value for name, value in
                  layouts[master.get(f"{STYLE}page-layout-name")].items()}  # fmt: skip
        assert layout["print-orientation"] == "landscape"
        assert (layout["scale-to-X"], layout["scale-to-Y"]) == ("1", "0")


def test_a_row_is_as_high_as_its_longest_text() -> None:
    """Excel makes no row higher by itself when a file is opened."""
    page = openpyxl.load_workbook(BytesIO(made("quarter", "xlsx")))["Notes"]
    several = 0
    for row in page.iter_rows(min_row=4):
        lines = max(
            len(str(cell.value)) / page.column_dimensions[cell.column_letter].width for cell in row
        )
        several += lines > 1
        assert (page.row_dimensions[row[0].row].height or USUAL) >= POINTS_A_LINE * lines
    assert several > 10


@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_both_workbooks_say_the_same(file_format: str) -> None:
    rows = calamine_rows(made("quarter", file_format))
    for sheet in sheets_of(DOCUMENTS["quarter"]):
        body = rows[sheet.name][-len(sheet.rows) :] if sheet.rows else []
        said = [[getattr(value, "text", value) for value in row] for row in sheet.rows]
        assert body == said


def test_what_people_wrote_never_runs() -> None:
    book = openpyxl.load_workbook(BytesIO(made("hostile", "xlsx")))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    texts = {cell.value for cell in cells}
    assert {bad.strip() for bad in BAD} <= {str(text).strip() for text in texts}
    content = zipfile.ZipFile(BytesIO(made("hostile", "ods"))).read("content.xml")
    tree = etree.fromstring(content)
    assert not tree.xpath("//@*[local-name()='formula']")
    said = {"".join(cell.itertext()) for cell in tree.iter("{*}table-cell")}
    assert {bad.strip() for bad in BAD} <= {text.strip() for text in said}
    lines = list(csv.reader(io.StringIO(made("hostile", "csv").decode("utf-8-sig"))))
    assert {f"'{bad}" for bad in BAD[:4]} <= {value for line in lines for value in line}
    assert not [v for line in lines for v in line if v.startswith(("=", "+", "@", "\t", "\r"))]


def test_what_people_wrote_stands_as_they_wrote_it() -> None:
    shown = MARKUP.replace("\x07", "")
    page = html.fromstring(made("hostile", "html").decode())
    assert "{{ 7*7 }}" in page.text_content()
    assert not page.xpath("//main//img | //main//b")
    data = json.loads(made("hostile", "json"))
    assert data["sections"][-1]["tables"][0]["rows"][-1]["label"] == MARKUP
    for file_format in ("xlsx", "ods"):
        labels = [row[0] for row in list(calamine_rows(made("hostile", file_format)).values())[-1]]
        assert labels[-1] == shown
    with pdfplumber.open(BytesIO(made("hostile", "pdf"))) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages).replace("\n", " ")
    assert "<img src='x'/> {{ 7*7 }} ]]>" in text


def test_a_hidden_count_is_a_symbol_that_the_notes_explain_and_no_number() -> None:
    for file_format in ("xlsx", "ods"):
        pages = calamine_rows(made("hostile", file_format))
        rows = list(pages.values())[-1][-len(BAD) - 1 :]
        assert {row[1] for row in rows} == {SYMBOL}
        explained = {row[1] for row in pages["Notes"]}
        assert {SYMBOL, "[x]", "[z]"} <= explained
    lines = csv.DictReader(io.StringIO(made("hostile", "csv").decode("utf-8-sig")))
    hidden = [line for line in lines if line["note"] == SYMBOL]
    assert len(hidden) == len(BAD) + 1
    assert {line["value"] for line in hidden} == {""}
    data = json.loads(made("hostile", "json"))
    cells = [row["cells"][0] for row in data["sections"][-1]["tables"][0]["rows"]]
    assert cells == [{"shown": SYMBOL}] * (len(BAD) + 1)


@pytest.mark.parametrize("name", ["quarter", "empty", "wide"])
def test_csv_and_json_have_the_documents_numbers(name: str) -> None:
    lines = list(csv.DictReader(io.StringIO(made(name, "csv").decode("utf-8-sig"))))
    data = json.loads(made(name, "json"))
    tables = [table for section in data["sections"] for table in section["tables"]]
    for table, written in zip(tables_of(name), tables, strict=True):
        for row, said in zip(table.rows, written["rows"], strict=True):
            of_row = [
                line for line in lines if (line["table_id"], line["row"]) == (table.id, row.label)
            ]
            values = [line[key] for line in of_row for key in ("value", "numerator", "denominator")]
            assert Counter(float(value) for value in values if value) == printed(row)
            in_json = [n for cell in said["cells"] for n in cell.values() if n != cell["shown"]]
            assert Counter(map(float, in_json)) == printed(row)
            assert [cell["shown"] for cell in said["cells"]] == [*map(str, row.cells)]


def test_a_rate_and_a_change_are_told_in_full_on_each_line() -> None:
    table = tables_of("quarter")[0]
    rate = next(one for one in figures_of(table) if one.row == "Conversion rate")
    assert rate[3:] == ("2012-13 Q4", "Conversion rate", "percentage", 25.9, 28, 108, "")
    changes = [one[5:7] for one in figures_of(table) if one.column == "Change on 2011-12"][:2]
    assert changes == [(table.unit.lower(), 178), ("percentage", 93.2)]


whole = st.integers(0, 10**7)


@given(whole, whole)
def test_a_number_is_read_back_from_its_words(now: int, base: int) -> None:
    assert numbers(Cell((wording.count(now),))) == {Part.NUMBER: now}
    moved = change(now, base)
    read = numbers(Cell((wording.change(moved),)))
    assert read[Part.NUMBER] == moved.difference
    shown = moved.percent if moved.difference else None
    assert read.get(Part.PERCENTAGE) == (None if shown is None else pytest.approx(shown))


@given(whole, whole, whole, whole)
def test_a_rate_and_a_ratio_are_read_back_from_their_words(a: int, b: int, c: int, d: int) -> None:
    rate, other = Rate(min(a, b), max(a, b)), Rate(min(c, d), max(c, d))
    read = numbers(Cell(wording.rate(rate)))
    if rate.denominator == 0:
        assert read == {}
    else:
        assert (read[Part.NUMERATOR], read[Part.DENOMINATOR]) == rate
        assert read.get(Part.PERCENTAGE) == rate.percent
    if rate.percent is not None and other.percent is not None:
        points = numbers(Cell((wording.rate_change(rate, other),)))[Part.POINTS]
        assert points == pytest.approx(rate.percent - other.percent, abs=0.051)
    ratio = Ratio(a, b)
    assert numbers(Cell(wording.ratio(ratio))).get(Part.RATIO) == ratio.value


def test_words_and_symbols_are_no_numbers() -> None:
    for words in (
        "",
        wording.NOTHING,
        "*",
        "[c]",
        "1 to 4",
        "under 5",
        "3 of [c]",
        "12 %",
        "1.2.3",
    ):
        assert numbers(Cell((words,))) == {}
    assert numbers(Cell(("23.3%", "[c]"))) == {}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_page_for_the_meeting_is_one_slide(name: str) -> None:
    content = made(name, "slide")
    assert faults(content) == []
    with pdfplumber.open(BytesIO(content)) as pdf:
        (page,) = pdf.pages
        assert page.width / page.height == pytest.approx(16 / 9)
        words = page.extract_text()
        for each in page.chars:
            assert 0 <= each["x0"] <= each["x1"] <= page.width
            assert 0 <= each["top"] <= each["bottom"] <= page.height
    for headline in DOCUMENTS[name].headlines:
        assert headline.title in words
        assert headline.value in words
        assert all(told in words for told in headline.changes)


@pytest.mark.parametrize("file_format", FORMATS)
def test_each_file_is_the_same_bytes_each_time(file_format: str) -> None:
    document = replace(DOCUMENTS["quarter"])
    assert FORMATS[file_format].build(document) == made("quarter", file_format)


def dataset(document: Document) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(build_dataset(document).decode("utf-8-sig"))))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_dataset_has_each_number_once(name: str) -> None:
    document = DOCUMENTS[name]
    lines = dataset(document)
    keys = ("measure_id", "row", "column", "start", "end", "as_at")
    assert len({tuple(line[key] for key in keys) for line in lines}) == len(lines)
    this = document.comparison.this
    own = [line for line in lines if (line["start"], line["end"]) == (
        this.period.start.isoformat(), this.end.isoformat())]  # fmt: skip
    assert {line["measure_id"] for line in own} == {
        name for name, value in this.values.items() if value is None or value != {}
    }
    sectors = {line["row"].removeprefix("'"): int(line["value"]) for line in own
               if line["measure_id"] == "consultations.by_sector"}  # fmt: skip
    assert sectors == {spaced(label): n for label, n in this["consultations.by_sector"].items()}
    (rate,) = [line for line in own if line["measure_id"] == "consultations.conversion"]
    assert [int(rate["numerator"]), int(rate["denominator"])] == [*this["consultations.conversion"]]
    assert {line["final"] for line in own} == {"no" if this.is_part else "yes"}


def test_no_word_of_the_dataset_is_a_formula() -> None:
    comparison = quarter()
    values = comparison.this.values | {"consultations.by_sector": dict.fromkeys(BAD, 7)}
    hostile_words = replace(comparison, this=replace(comparison.this, values=values))
    rows = {line["row"] for line in dataset(Document(hostile_words, "C"))}
    assert {"'" + spaced(word) for word in BAD} <= rows
    assert not {spaced(word) for word in BAD} & rows


def test_the_dataset_of_the_public_edition_has_no_hidden_number() -> None:
    comparison = Register(1, 120).comparison(Period.parse("2012-13/Q1"))
    chosen = Disclosing(comparison, PublicRule()).choose()
    lines = dataset(Document(comparison, "C").in_public(chosen, ""))
    hidden = [line for line in lines if line["note"] == "[c]"]
    assert hidden
    assert not [line for line in hidden if line["value"] or line["numerator"]]
    shown = {line["value"] for line in lines if line["unit"] != "percentage" and line["row"]}
    assert not {"1", "2", "3", "4"} & shown
    assert {line["edition"] for line in lines} == {"public"}


def test_a_files_name_says_its_format() -> None:
    assert format_of("r-slide.PDF") is FORMATS["slide"]
    assert format_of("r.pdf") is FORMATS["pdf"]
    assert format_of("r.docx") is None
