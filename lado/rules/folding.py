"""How names and texts are compared: without case, accents or punctuation."""

import unicodedata

# Letters that do not decompose into a base letter and an accent.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ð": "d",
                          "þ": "th", "ı": "i"})  # fmt: skip
_APOSTROPHES = "'’‘`ʼ"


class _Folded(dict[int, str]):
    """What each letter becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code).casefold()).translate(_LETTERS)
        letters = (
            "" if unicodedata.combining(c) or c in _APOSTROPHES else c if c.isalnum() else " "
            for c in decomposed
        )
        self[code] = "".join(letters)
        return self[code]


_FOLDED = _Folded()

LONGEST_WORD = 60


def fold(text: str) -> str:
    """`"O'Brien-Łuka, Zoë"` -> `"obrien luka zoe"`: apostrophes vanish, other marks part words."""
    return " ".join(text.translate(_FOLDED).split())


def folded_words(text: str) -> list[tuple[str, int, int]]:
    """The words of `fold(text)`, each with where it begins and ends in `text`."""
    words: list[tuple[str, int, int]] = []
    letters: list[str] = []
    start = end = 0
    for place, letter in enumerate(text):
        for part in _FOLDED[ord(letter)]:
            if not part.isspace():
                start, end = start if letters else place, place + 1
                letters.append(part)
            elif letters:
                words.append(("".join(letters), start, end))
                letters = []
    return [*words, ("".join(letters), start, end)] if letters else words


def words(*texts: str) -> set[str]:
    """The words by which something of these names is found."""
    return {word[:LONGEST_WORD] for text in texts for word in fold(text).split()}
