"""The words of a table's cell as numbers again, for files that people calculate with.

They are read from what page and PDF show, so what an edition hides cannot be in any file.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from lado.reports.tables import Cell
from lado.reports.wording import MINUS

Number = int | float


class Part(StrEnum):
    """What one cell can say: a column of its own in a sheet, called by these words."""

    NUMBER = ""
    RATIO = "ratio"
    PERCENTAGE = "percentage"
    POINTS = "percentage points"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


_WHOLE = r"[\d,]+"
_SIGN = rf"[+{MINUS}]?"
_FORMS = [
    (re.compile(form), parts)
    for form, parts in (
        (rf"({_SIGN}{_WHOLE})", [Part.NUMBER]),
        (rf"({_SIGN}{_WHOLE}) \(({_SIGN}{_WHOLE}\.\d)%\)", [Part.NUMBER, Part.PERCENTAGE]),
        (rf"({_WHOLE}\.\d)%", [Part.PERCENTAGE]),
        (rf"({_SIGN}{_WHOLE}\.\d) points", [Part.POINTS]),
        (rf"({_SIGN}{_WHOLE}\.\d\d)", [Part.RATIO]),
        (rf"({_WHOLE}) (?:of|/) ({_WHOLE})", [Part.NUMERATOR, Part.DENOMINATOR]),
    )
]


def numbers(cell: Cell) -> dict[Part, Number]:
    """Empty where the cell has a symbol or words instead."""
    found: dict[Part, Number] = {}
    for line in cell.lines:
        read = dict(_read(line))
        if not read:
            return {}
        found |= read
    return found


def _read(line: str) -> Iterator[tuple[Part, Number]]:
    for form, parts in _FORMS:
        if match := form.fullmatch(line):
            yield from zip(parts, map(_number, match.groups()), strict=True)


def _number(words: str) -> Number:
    plain = words.replace(",", "").replace(MINUS, "-")
    return float(plain) if "." in plain else int(plain)
