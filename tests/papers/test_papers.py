"""A paper says the same as a PDF, for a word processor and as text, whatever was typed."""

from io import BytesIO

import docx
import pdfplumber
import pytest

from lado.papers.docx import paper_docx
from lado.papers.paper import Facts, Grid, Heading, Lines, Paper, Text, as_text, written
from lado.papers.pdf import paper_pdf
from tests.reports.pdf_structure import elements, faults

HOSTILE = "<b>Bold</b> & <img src='x'/> {{ 7 * 7 }}\x07"
LONG = "A long sentence that was said. " * 400
WARNING = "Reporting restriction: nothing may be published that names the teacher"


def a_paper(**other: object) -> Paper:
    facts = {
        "title": "Minutes",
        "reference": "P-2026-00001",
        "council": "Testshire Council",
        "file_name": "P-2026-00001-minutes-1",
        "confidential": "Confidential",
        "before": [Lines(["Ada Example", "Head teacher"])],
        "parts": [
            Heading("What was said"),
            *written("First paragraph.\n\n- one\n- two\nAnd after."),
            Facts([("Held on", "1 May 2026"), ("Left empty", ""), ("Said", HOSTILE)]),
            Grid(["Action", "Due"], [["Ring the school", "2 May 2026"]], (3, 1)),
            Grid(["Nobody", "Came"], [], (1, 1)),
            Text(LONG),
            Facts([("Long", LONG)]),
        ],
    }
    return Paper(**(facts | other))


def words_of_pdf(content: bytes) -> list[str]:
    with pdfplumber.open(BytesIO(content)) as pdf:
        return [" ".join(page.extract_text().split()) for page in pdf.pages]


def words_of_docx(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    said = [p.text for p in document.paragraphs]
    said += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*said, document.sections[0].footer.paragraphs[0].text]).split())


@pytest.mark.parametrize(
    "words",
    ["Ada Example", "What was said", "And after.", "Held on", "1 May 2026", "Ring the school",
     "• one", "<b>Bold</b> & <img src='x'/> {{ 7 * 7 }}", "Confidential"],
)  # fmt: skip
def test_each_part_is_in_each_format(words: str) -> None:
    paper = a_paper()
    assert words in " ".join(words_of_pdf(paper_pdf(paper)))
    # The word processor draws the bullet itself; the text has no foot.
    assert words.removeprefix("• ") in words_of_docx(paper_docx(paper))
    assert words == "Confidential" or words.removeprefix("• ") in as_text(paper)


def test_what_says_nothing_is_not_printed() -> None:
    paper = a_paper()
    for said in (" ".join(words_of_pdf(paper_pdf(paper))), words_of_docx(paper_docx(paper))):
        assert "Left empty" not in said
        assert "Nobody" not in said


def test_long_texts_go_on_over_the_page_and_lose_nothing() -> None:
    pages = words_of_pdf(paper_pdf(a_paper()))
    assert " ".join(pages).count("sentence") == 800
    assert len(pages) > 2


def test_a_warning_is_at_the_top_and_on_each_page() -> None:
    paper = a_paper(warnings=[WARNING])
    pages = words_of_pdf(paper_pdf(paper))
    assert all(WARNING in page for page in pages)
    assert pages[0].count(WARNING) == 2
    assert words_of_docx(paper_docx(paper)).count(WARNING) == 2
    assert WARNING in as_text(paper)


def test_points_stand_close_and_paragraphs_apart() -> None:
    assert "First paragraph.\n\n- one\n- two\n\nAnd after." in as_text(a_paper())


def test_the_same_paper_is_the_same_pdf() -> None:
    assert paper_pdf(a_paper()) == paper_pdf(a_paper())


def test_a_paper_meets_the_standards_and_is_read_in_order() -> None:
    content = paper_pdf(a_paper(warnings=[WARNING], title="Minutes \u202e مرحبا\ttab"))
    assert faults(content) == []
    read = list(elements(content))
    texts = [one.text.strip() for one in read if one.text.strip()]
    assert texts[:3] == ["Testshire Council", "Confidential", WARNING]
    assert [one.kind for one in read if one.text.strip() in ("one", "Held on", "Action")] == [
        "LBody",
        "TH",
        "TH",
    ]
    assert "".join(texts).count("sentence") == 800
    assert texts.count("Testshire Council") == 1


def test_a_word_processor_is_told_of_columns_and_typeface() -> None:
    document = docx.Document(BytesIO(paper_docx(a_paper())))
    grid = next(table for table in document.tables if table.cell(0, 0).text == "Action")
    wide, narrow = (column.width for column in grid.columns)
    assert [cell.width for cell in grid.rows[1].cells] == [wide, narrow]
    assert wide == pytest.approx(3 * narrow, rel=0.01)
    for name in ("Heading 1", "Heading 2"):
        fonts = document.styles[name].element.rPr.rFonts
        assert set(fonts.attrib.values()) == {"Arial"}
