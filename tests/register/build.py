"""Registers made for a test, by other libraries than the ones the system writes with."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from lado.models import Term
from lado.register.checking import Checked, Known, check
from lado.register.columns import BY_KEY, HEADINGS
from lado.register.reading import read
from lado.register.words import Words
from lado.rules.shipped_terms import SHIPPED_TERMS

TODAY = date(2026, 1, 5)
_number = count(1)

CONTACT = {
    "received_on": "12/06/2012",
    "aware_on": "11/06/2012",
    "contact_method": "Phone",
    "taken_by": "Duty LADO",
    "referrer_name": "Quill Inventson",
    "referrer_role": "Head",
    "referrer_agency": "School",
    "surname": "Madeup",
    "forename": "Imogen",
    "date_of_birth": "03/04/1980",
    "sex": "Female",
    "role": "Teacher",
    "setting": "Nowhere Primary School",
    "sector": "Maintained school",
    "category": "Physical abuse",
    "context": "At work",
    "historical": "No",
    "institutional": "No",
    "children": "2",
    "summary": "Pushed a child.",
    "advice": "Ask for advice from HR.",
    "decision": "Advice only",
    "decided_on": "12/06/2012",
}
CASE = {
    "decision": "Progress to strategy discussion",
    "decided_on": "13/06/2012",
    "case_ref": "PT-2012-13-001",
    "discussions": "18/06/2012; 03/07/2012",
    "ending": "Unfounded",
    "concluded_on": "20/07/2012",
    "employer_outcome": "No action",
    "police_outcome": "No further action",
    "dbs_referred_on": "01/07/2012",
    "learning_themes": "Lone working",
}


def contact(ref: str | None = None, **cells: str) -> dict[str, str]:
    """A row without fault, by keys of the columns; `cells` replace its own."""
    return {**CONTACT, "contact_ref": ref or f"2012-13/{next(_number):04}", **cells}


def case(ref: str | None = None, **cells: str) -> dict[str, str]:
    return contact(ref, **{**CASE, **cells})


def table(*rows: dict[str, Any]) -> list[list[Any]]:
    return [list(HEADINGS), *([row.get(key, "") for key in BY_KEY] for row in rows)]


def as_csv(*rows: dict[str, str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    return lines_as_csv(table(*rows), delimiter=delimiter, encoding=encoding)


def lines_as_csv(
    lines: Sequence[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8"
) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue().encode(encoding)


def as_xlsx(*rows: dict[str, Any], above: int = 0) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for _ in range(above):
        sheet.append(["Kept by the council"])
    for line in table(*rows):
        sheet.append([None if cell == "" else cell for cell in line])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_ods(*rows: dict[str, Any]) -> bytes:
    book = OpenDocumentSpreadsheet()
    sheet = Table(name="Contacts")
    for line in table(*rows):
        row = TableRow()
        for cell in line:
            row.addElement(_ods_cell(cell))
        sheet.addElement(row)
    book.spreadsheet.addElement(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _ods_cell(cell: Any) -> Any:
    if isinstance(cell, date):
        return TableCell(valuetype="date", datevalue=cell.isoformat())
    if isinstance(cell, int):
        return TableCell(valuetype="float", value=str(cell))
    made = TableCell(valuetype="string")
    made.addElement(P(text=cell))
    return made


def shipped_words() -> Words:
    return Words(
        Term(
            id=number,
            group=term.group,
            code=term.code,
            label=term.label,
            synonyms=list(term.synonyms),
            stage=term.stage,
            needs_outcome=term.needs_outcome,
        )
        for number, term in enumerate(SHIPPED_TERMS, start=1)
    )


def checked(data: bytes, known: Known | None = None) -> Checked:
    return check(read(data), shipped_words(), known or Known(), today=TODAY)
