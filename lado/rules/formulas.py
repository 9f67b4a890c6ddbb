"""Spreadsheets must not run what people wrote: a cell's text on its way out, and back in."""

import unicodedata

# The ASCII signs, tab and carriage return, and the wide forms that some spreadsheets also accept.
FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")  # noqa: RUF001
QUOTE = "'"
_NOT_SEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}
# Not seen either, though Unicode files them under letters and marks.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0")
_VARIATION_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))


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
