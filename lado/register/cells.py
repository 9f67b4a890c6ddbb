"""A cell's text on its way in and out: spreadsheets must not run what people wrote."""

import re
import unicodedata
from datetime import date, datetime
from typing import TypeAlias

Cell: TypeAlias = str | date

_HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BREAKS = re.compile("\r\n|[\r\v\f\u2028\u2029]")


def has_hidden(text: str) -> bool:
    """Characters that nobody can see: some turn the reading order, none can be kept."""
    return _HIDDEN.search(text) is not None


def clean_line(text: str) -> str:
    return " ".join(_nfc(text).split())


def clean_lines(text: str) -> str:
    """A tab is a blank: OpenDocument could not give it back."""
    return _BREAKS.sub("\n", _nfc(text)).replace("\t", " ").strip()


def _nfc(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def as_text(cell: Cell) -> str:
    """Dates as a register writes them."""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell


def from_sheet(value: object) -> Cell:
    """A cell of a real spreadsheet: a date stays one, a whole number loses its `.0`."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
