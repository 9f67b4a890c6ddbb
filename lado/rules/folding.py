"""How names are compared: without case, accents or punctuation."""

import unicodedata

# Letters that do not decompose into a base letter and an accent.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ð": "d",
                          "þ": "th", "ı": "i"})  # fmt: skip

LONGEST_WORD = 60


def fold(text: str) -> str:
    """`"O'Brien-Łuka, Zoë"` -> `"obrien luka zoe"`: apostrophes vanish, other marks part words."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    letters = (
        "" if unicodedata.combining(c) or c in "'’‘`ʼ" else c if c.isalnum() else " "
        for c in decomposed
    )
    return " ".join("".join(letters).split())


def words(*texts: str) -> set[str]:
    """The words by which something of these names is found."""
    return {word[:LONGEST_WORD] for text in texts for word in fold(text).split()}
