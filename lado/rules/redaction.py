"""What a copy of minutes leaves out for those who may not have it, and says that it does (R-19)."""

import re
from collections.abc import Iterator

from lado.rules.minutes import HEADINGS

WITHHELD = "[Withheld]"
ABOUT, ATTENDANCE, ACTIONS = "about", "attendance", "actions"
# In the order in which they are printed.
PARTS: dict[str, str] = {
    ABOUT: "Who it is about",
    ATTENDANCE: "Those taking part",
    **{heading.code: heading.label for heading in HEADINGS},
    ACTIONS: "Actions",
}
# A passage that some may not have stands between these.
OPENS, CLOSES = "[[", "]]"
_MARK = re.compile(r"\[\[|\]\]")
_PASSAGE = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
UNMATCHED = f"Give each {OPENS} its {CLOSES}, so that what some may not have has an end"


def is_matched(text: str) -> bool:
    """Each passage that is begun also ends, and none stands within another."""
    marks = _MARK.findall(text)
    return marks == [OPENS, CLOSES] * (len(marks) // 2)


def in_full(text: str) -> str:
    return _PASSAGE.sub(r"\1", text)


def withheld(text: str) -> str:
    """All of a text whose marks do not match: nobody knows where its passage ends."""
    return _PASSAGE.sub(WITHHELD, text) if is_matched(text) else WITHHELD


def has_passage(text: str) -> bool:
    return bool(_MARK.search(text))


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text piece by piece, and whether the piece is a passage that may be withheld."""
    for number, piece in enumerate(_PASSAGE.split(text)):
        if piece:
            yield piece, bool(number % 2)
