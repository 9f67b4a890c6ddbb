"""Dates as people type them: day first, the year in full, never guessed."""

import re
from datetime import date

from lado.register.problems import Fault

EARLIEST = date(1900, 1, 1)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FULL_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip

_MIDNIGHT = r"(?:[T ]+00:00(?::00(?:\.0{1,6})?)?)?"
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{1,4})" + _MIDNIGHT)
_ISO = re.compile(r"(\d{4})([/-])(\d{1,2})\2(\d{1,2})" + _MIDNIGHT)
_NAMED = re.compile(r"(\d{1,2})[ -]([a-z]{3,9})[ -](\d{1,4})", re.IGNORECASE)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")

AS_IN = "Write it as day, month and full year, such as 25/02/2013."


def parse_date(text: str) -> date:
    """The date in `text`. Raises a Fault that says what is wrong with it."""
    if found := _DAY_FIRST.fullmatch(text):
        day, _, month, year = found.groups()
        return _date(year, int(month), int(day))
    if found := _ISO.fullmatch(text):
        year, _, month, day = found.groups()
        return _date(year, int(month), int(day), day_first=False)
    if found := _NAMED.fullmatch(text):
        day, name, year = found.groups()
        return _date(year, _month(name.lower()), int(day))
    if _SERIAL.fullmatch(text):
        raise Fault(
            "This is a number, not a date.", "Format the column as dates, or write 25/02/2013."
        )
    raise Fault("This is not a date.", AS_IN)


def _month(name: str) -> int:
    for names in (MONTHS, FULL_MONTHS):
        if name in names:
            return names.index(name) + 1
    if name == "sept":
        return 9
    raise Fault("This is not a date.", AS_IN)


def _date(year: str, month: int, day: int, *, day_first: bool = True) -> date:
    if len(year) != len("yyyy"):
        raise Fault("The year does not have four digits.", "Write the year in full: 2012, not 12.")
    try:
        found = date(int(year), month, day)
    except ValueError:
        if day_first and _exists(int(year), day, month):
            raise Fault(
                "The month stands before the day, as in the United States.",
                f"Write the day first: {month:02}/{day:02}/{year}.",
            ) from None
        raise Fault("There is no such day.", "Correct the date.") from None
    if found < EARLIEST:
        raise Fault("The year is before 1900.", "Correct the year.")
    return found


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
