"""Small files that stand for gigabytes, and honest ones that look a little like them."""

import io
import struct
import zipfile

import pytest

from lado.register import reading
from lado.register.problems import Unreadable
from lado.register.reading import read
from lado.register.unpacking import DAMAGED, TOO_FAR, TOO_LARGE, looked_through
from tests.register.build import as_ods, as_xlsx, contact

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
FIRST = ("Contact ref", "Date received", "Sector", "Concern category")
SHEET = "worksheets/sheet1.xml"


def zipped(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def xlsx(
    rows: str, strings: str = "", *, path: str = SHEET, sheets: int = 1, before: str = ""
) -> bytes:
    names = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, sheets + 1))
    return zipped(
        {
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
            f'Type="{RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">'
            f"<sheets>{names}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship '
            f'Id="rId1" Type="{RELATIONSHIPS}/worksheet" Target="{path}"/></Relationships>',
            f"xl/{path}": f'{before}<worksheet xmlns="{MAIN}"><sheetData>'
            f"{HEADINGS}{rows}</sheetData></worksheet>",
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        }
    )


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def cell(place: str, text: str = "x") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADINGS = row(1, *(cell(f"{letter}1", text) for letter, text in zip("ABCD", FIRST, strict=True)))


def ods(rows: str, before: str = "") -> bytes:
    space = " ".join(f'xmlns:{p}="{OFFICE}:{p}:1.0"' for p in ("office", "text", "table"))
    headings = ods_row("".join(map(ods_cell, FIRST)))
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f"{before}<office:document-content {space}><office:body>"
            f'<office:spreadsheet><table:table table:name="S">{headings}{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def ods_cell(text: str, columns: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def ods_row(cells: str, rows: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'


def ods_empty(columns: int = 16384) -> str:
    return f'<table:table-cell table:number-columns-repeated="{columns}"/>'


def many(times: int, value: str) -> str:
    """Cells that refer to one text."""
    return "".join(row(n, f'<c t="s"><v>{value}</v></c>' * 30) for n in range(2, times))


LONG = f"<si><t>{'a' * 100_000}</t></si><si><t>b</t></si>"
FAR = row(1_048_576, cell("ZZ1048576"))
BARE = "<c><v>1</v></c>"
PREFIXED = f'<row r="1048576"><x:c xmlns:x="{MAIN}" r="ZZ1048576"><x:v>1</x:v></x:c></row>'
ENTITY = '<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy">]>'
BOMBS = {
    "a far cell": (xlsx(FAR), TOO_FAR),
    "in other quotes": (xlsx(FAR.replace('"', "'")), TOO_FAR),
    "with other blanks": (xlsx(FAR.replace(" r=", "\n\tr =\n")), TOO_FAR),
    "with a prefix": (xlsx(PREFIXED), TOO_FAR),
    "in a part of another name": (xlsx(FAR, path="worksheets/picture.png"), TOO_FAR),
    "without places": (
        xlsx(f"<row>{BARE * 50}</row>{'<row/>' * 100_000}<row>{BARE}</row>"),
        TOO_FAR,
    ),
    "a far cell in a near row": (xlsx(row(2, cell("ZZ1048576"))), DAMAGED),
    "places in disorder": (xlsx(row(2, cell("C2"), cell("B2"))), DAMAGED),
    "rows in disorder": (xlsx(row(3) + row(2, cell("B2"))), DAMAGED),
    "a place in a riddle": (xlsx(row(2, *['<c r="&#65;2"><v>1</v></c>'] * 2)), DAMAGED),
    "a long text for many cells": (xlsx(many(100, "0"), LONG), TOO_LARGE),
    "by a number in pieces": (xlsx(many(100, "0<!-- -->1"), LONG), TOO_LARGE),
    "a text that is not there": (xlsx(many(3, "2"), LONG), DAMAGED),
    "no end of texts": (xlsx("", "<si/>" * 4_000_001), TOO_FAR),
    "a doctype": (xlsx("", before=ENTITY), DAMAGED),
    "rows repeated": (ods(ods_row(ods_cell("x"), 10_000_000)), TOO_FAR),
    "columns repeated": (ods(ods_row(ods_cell("x", 16384), 1000)), TOO_FAR),
    "blank rows before the last": (
        ods(ods_row(ods_empty(), 2_000_000) + ods_row(ods_cell("x"))),
        TOO_FAR,
    ),
    "blank cells laid out": (ods(ods_row(ods_empty() + ods_empty(1)) * 1000), TOO_FAR),
    "a long text repeated": (ods(ods_row(ods_cell("x" * 100_000, 100), 100)), TOO_LARGE),
    "a run of blanks": (ods(ods_row(ods_cell('<text:s text:c="900000000"/>'))), TOO_LARGE),
    "a number past all": (ods(ods_row(ods_cell("x"), 10**30)), DAMAGED),
    "a row in a cell": (ods(ods_row(ods_cell(ods_row(ods_cell("x"))))), DAMAGED),
    "an entity": (ods(ods_row(ods_cell("&x;")), before=ENTITY), DAMAGED),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_would_fill_the_memory_is_refused_before_it_is_read(bomb, monkeypatch):
    data, words = BOMBS[bomb]
    if words != DAMAGED:
        monkeypatch.setattr(reading.CalamineWorkbook, "from_object", pytest.fail)
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert str(refused.value) == words
    assert len(data) < 100_000


def test_more_than_is_said_to_be_in_it_is_not_read():
    content = ods(ods_row(ods_cell("x")) + " " * 1_000_000)
    size = zipfile.ZipFile(io.BytesIO(content)).getinfo("content.xml").file_size
    lying = content.replace(struct.pack("<I", size), struct.pack("<I", 400))
    with pytest.raises(Unreadable, match="damaged"):
        read(lying)


def test_what_is_no_plain_xml_is_not_handed_on():
    parts = {"xl/workbook.xml": "<w/>", "xl/a.png": "\x89PNG", "xl/b.svg": f"{ENTITY}<svg/>"}
    assert zipfile.ZipFile(looked_through(zipped(parts))).namelist() == ["xl/workbook.xml"]


def test_one_part_cannot_be_many_sheets():
    assert [line for _, line in read(xlsx("", sheets=50)).rows] == []
    with pytest.raises(Unreadable, match="more than 50 sheets"):
        read(xlsx("", sheets=51))


HONEST = {
    "programs' own": as_xlsx(contact()),
    "of OpenDocument": as_ods(contact()),
    "a cell in the last row": xlsx(row(2, cell("A2")) + row(1_000_000, '<c r="XFD1000000"/>')),
    "no places": xlsx(f"<row>{cell('A2').replace(' r=', ' x=')}</row>"),
    "shared texts": xlsx(many(3, "1"), LONG),
    "the empty rest of a sheet": ods(
        ods_row(ods_cell("x") + ods_empty())
        + ods_row(ods_empty(), 1_048_570)
        + ods_row(ods_empty())
    ),
}


@pytest.mark.parametrize("kind", HONEST)
def test_an_honest_spreadsheet_is_read(kind):
    assert len(list(read(HONEST[kind]).rows)) == 1
