"""A cell's text on its way in and out: spreadsheets must not run what people wrote."""

import re
import unicodedata
from datetime import date, datetime
from typing import TypeAlias

Cell: TypeAlias = str | date

# The ASCII signs, tab and carriage return, and the wide forms that some spreadsheets also accept.
FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")  # noqa: RUF001
QUOTE = "'"
_NOT_SEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}
# Not seen either, though Unicode files them under letters and marks.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0")
_VARIATION_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))

_HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BREAKS = re.compile("\r\n|[\r\v\f\u2028\u2029]")


def neutralise(text: str) -> str:
    """With an apostrophe in front of what a spreadsheet might take for a formula."""
    return QUOTE + text if starts_formula(text) else text


def undo(text: str) -> str:
    """Take off the apostrophe that `neutralise` put on, and no other."""
    if text.startswith(QUOTE) and starts_formula(text[1:]):
        return text[1:]
    return text


def starts_formula(text: str) -> bool:
    """Whether the first thing to be seen is a formula's sign. Apostrophes before it are passed
    over, so that what has been neutralised once can be told from what was written so."""
    for letter in text:
        if letter in FORMULA_STARTS:
            return True
        if letter != QUOTE and not _unseen(letter):
            return False
    return False


def _unseen(letter: str) -> bool:
    if letter.isalnum() and letter not in _BLANK_LETTERS:
        return False
    code = ord(letter)
    return (
        letter in _BLANK_LETTERS
        or unicodedata.category(letter) in _NOT_SEEN
        or any(first <= code <= last for first, last in _VARIATION_SELECTORS)
    )


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
