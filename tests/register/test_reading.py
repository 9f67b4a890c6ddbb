import io
import zipfile
from datetime import date

import pytest

from lado.register.columns import HEADINGS
from lado.register.problems import Unreadable
from lado.register.reading import read
from tests.register.build import (
    as_csv,
    as_ods,
    as_xlsx,
    case,
    checked,
    contact,
    lines_as_csv,
    table,
)


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        list(read(data).rows)
    return str(refused.value)


def test_utf_8_and_its_byte_order_mark():
    for data in (as_csv(contact(surname="Zoë")), b"\xef\xbb\xbf" + as_csv(contact(surname="Zoë"))):
        found = checked(data)
        assert found.rows[0].surname == "Zoë"
        assert found.notices == ["Read as UTF-8."]


def test_windows_1252_is_read_and_said():
    found = checked(as_csv(contact(surname="Zoë", summary="“Quoted” – £5"), encoding="cp1252"))
    assert found.rows[0].surname == "Zoë"
    assert found.rows[0].summary == "“Quoted” – £5"
    assert found.notices == ["Read as Windows-1252, because it is not UTF-8."]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    found = checked(as_csv(contact(summary="a, b; c"), delimiter=delimiter))
    assert found.rows[0].summary == "a, b; c"


def test_headings_may_stand_lower_in_another_order_and_in_other_words():
    lines = table(contact("A-1"))
    lines = [[*reversed(line)] for line in lines]
    lines[0] = [
        {"Date of birth": "DOB", "Setting": "employer:", "Date received": "DATE OF  REFERRAL",
         "Referrer agency": "Referring agency"}.get(heading, heading)
        for heading in lines[0]
    ]  # fmt: skip
    found = checked(lines_as_csv([["Register of 2012-13"], [], *lines]))
    assert not found.problems
    row = found.rows[0]
    assert (row.number, row.contact_ref, row.setting) == (4, "A-1", "Nowhere Primary School")
    assert row.date_of_birth == date(1980, 4, 3)


def test_columns_that_are_not_known_are_said_and_left_out():
    lines = table(contact())
    lines[0] += ["Shoe size", ""]
    lines[1] += ["44", ""]
    found = checked(lines_as_csv(lines))
    assert not found.problems
    assert "Columns that are not known were left out: Shoe size." in found.notices


def test_blank_rows_are_passed_over_and_rows_keep_their_numbers():
    lines = table(contact("A-1"), contact("A-2"))
    lines.insert(2, [" "] * len(HEADINGS))
    assert [row.number for row in checked(lines_as_csv(lines)).rows] == [2, 4]


def test_a_cell_of_several_lines_is_one_row():
    found = checked(as_csv(contact(summary="one\ntwo\n\nthree"), contact()))
    assert found.rows[0].summary == "one\ntwo\n\nthree"
    assert [row.number for row in found.rows] == [2, 3]


@pytest.mark.parametrize("build", [as_xlsx, as_ods])
def test_real_dates_and_numbers_of_a_spreadsheet(build):
    cells = case(
        received_on=date(2012, 6, 12), date_of_birth=date(1980, 4, 3), children=2, contact_ref=17
    )
    found = checked(build(cells))
    assert not found.problems
    row = found.rows[0]
    assert row.contact_ref == "17"
    assert (row.received_on, row.date_of_birth) == (date(2012, 6, 12), date(1980, 4, 3))
    assert row.discussions == (date(2012, 6, 18), date(2012, 7, 3))
    assert row.children
    assert row.children[1] == 2


def test_a_number_where_a_date_belongs_is_an_error():
    (problem,) = checked(as_xlsx(contact(aware_on=41071))).problems
    assert problem.wrong == "This is a number, not a date."


def test_rows_above_the_headings_of_a_sheet_are_counted():
    found = checked(as_xlsx(contact(received_on="31/02/2012"), above=3))
    assert found.problems[0].row == 5


@pytest.mark.parametrize("data", [b"", b"\n\n", b"  \r\n "])
def test_an_empty_file(data):
    assert "empty" in refusal(data)


def test_headings_alone_are_nothing_to_load():
    with pytest.raises(Unreadable, match="nothing to load"):
        checked(as_csv())


@pytest.mark.parametrize(
    "data",
    [
        b"a,b,c\n1,2,3\n",
        b"%PDF-1.7 and so on",
        b"<html><body>Contact ref</body></html>",
        b"Dear colleague,\nplease find the register attached.\n",
        bytes(range(1, 128)),
    ],
)
def test_what_is_not_a_register(data):
    assert "not a register" in refusal(data)


def test_nul_bytes():
    assert "NUL" in refusal(as_csv(contact()) + b"\x00")


def test_utf_16():
    assert "UTF-16" in refusal(as_csv(contact()).decode().encode("utf-16"))


def test_bytes_of_no_known_encoding():
    assert "neither UTF-8 nor Windows-1252" in refusal(as_csv(contact()) + b"\x81\x8d")


def test_an_old_excel_file():
    assert ".xls" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))


def test_another_kind_of_archive():
    assert "not a CSV, XLSX or ODS" in refusal(zipped({"word/document.xml": b"<w/>"}))


@pytest.mark.parametrize("build", [as_xlsx, as_ods])
def test_a_damaged_spreadsheet(build):
    data = build(contact())
    for broken in (data[: len(data) // 2], b"PK" + data[2:40], data.replace(b"<", b">")):
        assert refusal(broken)


def test_a_spreadsheet_that_would_fill_the_memory():
    bomb = {"xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": bytes(1 << 20)}
    data = zipped(bomb).replace((1 << 20).to_bytes(4, "little"), (1 << 31).to_bytes(4, "little"))
    assert "too large" in refusal(data)


def test_too_many_columns():
    lines = [[*HEADINGS, *(f"x{n}" for n in range(300))]]
    assert "more than 200 columns" in refusal(lines_as_csv(lines))


def test_two_columns_that_mean_the_same():
    lines = table(contact())
    lines[0].append("Employer")
    assert "“Setting” and “Employer” would both be read as Setting" in refusal(lines_as_csv(lines))


def test_a_required_column_that_is_missing():
    lines = [line[1:] for line in table(contact())]
    assert "no column “Contact ref”" in refusal(lines_as_csv(lines))


def test_a_quotation_mark_that_is_never_closed():
    assert "Row 3" in refusal(as_csv(contact()) + b'"2012-13/9999,01/01/2013')


def test_a_row_with_more_cells_than_headings_is_an_error_of_that_row():
    lines = table(contact(), contact())
    lines[1].append("left over")
    (problem,) = checked(lines_as_csv(lines)).problems
    assert (problem.row, problem.value) == (2, "left over")
    assert "34 cells and there are 33 headings" in problem.wrong


def zipped(entries: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()
