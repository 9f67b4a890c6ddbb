import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import load as load_odf
from odf.table import TableCell
from odf.teletype import extractText

from lado.register.columns import HEADINGS
from lado.register.problems import Problem
from lado.register.reading import read
from lado.register.writing import (
    CSV,
    FORMATS,
    LONGEST_CELL,
    ODS,
    XLSX,
    too_long,
    write,
    write_problems,
)
from lado.rules.formulas import undo

DAY = date(2013, 2, 25)
TEXTS = [
    "=1+1", "'=1", "a\nb\n\nc", "two  blanks", " lead and trail ", '<b>&"quoted"', "_x0041_",
    "مرحبا 👩‍👧", "-", "1", "007", "25/02/2013",
]  # fmt: skip


def written(row, form):
    file = io.BytesIO()
    write([[*row, *[""] * (len(HEADINGS) - len(row))]], file, form)
    return file.getvalue()


def read_back(data):
    ((number, cells),) = read(data).rows
    assert number == 2
    return list(cells)


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_what_is_written_is_read_again(form):
    cells = read_back(written(["A-1", DAY, *TEXTS], form))
    assert cells[1] == (DAY if form is not CSV else "25/02/2013")
    assert [undo(cell) for cell in cells[2 : 2 + len(TEXTS)]] == TEXTS


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_no_cell_leaves_as_a_formula(form):
    data = written(["A-1", DAY, "=1+1", "\u200b@x"], form)
    assert read_back(data)[2:4] == ["'=1+1", "'\u200b@x"]


def test_csv_opens_in_excel_as_utf_8():
    data = written(["A-1", DAY, "Zoë"], CSV)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == list(HEADINGS)
    assert rows[1][:3] == ["A-1", "25/02/2013", "Zoë"]


def test_xlsx_as_another_library_reads_it():
    sheet = openpyxl.load_workbook(io.BytesIO(written(["A-1", DAY, "=1+1"], XLSX))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == list(HEADINGS)
    assert sheet["A2"].value == "A-1"
    assert sheet["B2"].is_date
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("'=1+1", "s")


def test_ods_as_another_library_reads_it():
    data = written(["A-1", DAY, "a  b\nc"], ODS)
    cells = load_odf(io.BytesIO(data)).spreadsheet.getElementsByType(TableCell)
    row = cells[len(HEADINGS) :]
    assert row[1].getAttribute("datevalue") == "2013-02-25"
    assert [extractText(part) for part in row[2].childNodes] == ["a  b", "c"]
    assert zipfile.ZipFile(io.BytesIO(data)).infolist()[0].filename == "mimetype"


def test_a_text_too_long_for_excel_is_shortened_and_said():
    text = "x" * (LONGEST_CELL + 1)
    assert too_long(text, XLSX)
    assert not too_long(text, CSV)
    assert not too_long("x" * LONGEST_CELL, XLSX)
    cell = read_back(written([text], XLSX))[0]
    assert len(cell) == LONGEST_CELL
    assert cell.endswith("(shortened)")
    assert read_back(written([text], ODS))[0] == text


anything = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r\t"), max_size=30
)


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
@settings(max_examples=60, deadline=None)
@given(text=anything)
def test_no_text_breaks_a_file(form, text):
    cells = read_back(written(["A-1", DAY, text], form))
    if text.isprintable():
        assert undo(cells[2]) == text


def test_errors_are_a_csv_to_open_beside_the_register():
    file = io.BytesIO()
    write_problems([Problem(7, "Surname", "=1+1", "Wrong.", "Do this."),
                    Problem(None, "", "", "Whole file.", "")], file)  # fmt: skip
    rows = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))
    assert rows == [
        ["Row", "Column", "Value", "What is wrong", "What to do"],
        ["7", "Surname", "'=1+1", "Wrong.", "Do this."],
        ["", "", "", "Whole file.", ""],
    ]
