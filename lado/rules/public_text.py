"""What in a text might tell a reader of the public edition whom it is about (R-48)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lado.rules.folding import fold, folded_words
from lado.rules.matching import Called
from lado.rules.ordinary_words import EVERYDAY, MONTHS, NEVER
from lado.rules.protection import names_standing
from lado.rules.references import WRITTEN
from lado.rules.vocabulary import Labelled

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b|\b\d{{4}}-\d\d-\d\d\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b",
    re.IGNORECASE,
)
_AGE = re.compile(r"\b(?:aged \d{1,2}|\d{1,2}[- ]years?[- ]old)\b", re.IGNORECASE)
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [^\W\d_a-z]\w+")
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:-[^\W\d_][\w'’]*)*")
_OPENS = NEVER | EVERYDAY | MONTHS
LEAST_WORDS = 2


class FindingKind(Labelled):
    PERSON = "person", "The name of somebody on record"
    CALLED = "called", "What looks like a name"
    PLACE = "place", "The name of an organisation on record"
    DATE = "date", "A date"
    AGE = "age", "An age"
    REFERENCE = "reference", "What looks like the reference of a record"
    RARE = "rare", "Something whose count is hidden in the tables"


@dataclass(frozen=True)
class Finding:
    kind: FindingKind
    words: str


def findings(
    text: str, *, people: Iterable[Called], places: Iterable[str], rare: Iterable[str]
) -> list[Finding]:
    """In the order of their kinds. `rare` are the labels of the counts that are hidden."""
    found = {
        FindingKind.PERSON: names_standing(text, people),
        FindingKind.CALLED: [*_called(text), *_TITLED.findall(text)],
        FindingKind.PLACE: _standing(text, places),
        FindingKind.DATE: _DATE.findall(text),
        FindingKind.AGE: _AGE.findall(text),
        FindingKind.REFERENCE: WRITTEN.findall(text),
        FindingKind.RARE: _standing(text, rare),
    }
    return [
        Finding(kind, words) for kind, listed in found.items() for words in dict.fromkeys(listed)
    ]


def _called(text: str) -> Iterator[str]:
    """Two words or more, each written as a name is. A word that only has a capital because a
    sentence begins with it is none of them."""
    for run in _runs(text):
        while run and fold(run[0][0]) in _OPENS:
            run.pop(0)
        while run and len(run[-1][0]) == 1:
            run.pop()
        if len(run) >= LEAST_WORDS:
            yield text[run[0].start() : run[-1].end()]


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if not _is_written(word[0]):
            continue
        if run and not _goes_on(run[-1][0], text[run[-1].end() : word.start()]):
            yield run
            run = []
        run.append(word)
    yield run


def _goes_on(word: str, gap: str) -> bool:
    """A dot ends a sentence, but after an initial."""
    gap = gap.removeprefix("." if len(word) == 1 else " ")
    return not gap or (gap.isspace() and "\n" not in gap)


def _is_written(word: str) -> bool:
    """As a name is: `NHS` is not, an initial is."""
    return word[0].isupper() and (len(word) == 1 or not word.isupper())


def _standing(text: str, phrases: Iterable[str]) -> list[str]:
    folded = f" {fold(text)} "
    return [
        phrase
        for phrase in phrases
        if any(f" {fold(phrase)}{ending} " in folded for ending in ("", "s"))
    ]


def beginnings(text: str) -> Iterator[tuple[str, str]]:
    """Each word of the text, folded, and the one after it, also as it is of nobody's."""
    words = [word for word, _, _ in folded_words(text)]
    pairs = dict.fromkeys(zip(words, [*words[1:], ""], strict=False))
    yield from pairs
    yield from ((one, two[:-1]) for one, two in pairs if two.endswith("s"))
