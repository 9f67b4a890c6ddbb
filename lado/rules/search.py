"""What somebody looks for, and where it stands in a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lado.rules.folding import fold, folded_words
from lado.rules.vocabulary import Labelled

QUOTES = str.maketrans("“”„«»", '"""""')
TYPED = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))')
BEFORE, AFTER = 60, 120


class SearchKind(Labelled):
    PERSON = "person", "People"
    ORGANISATION = "organisation", "Organisations"
    CASE = "case", "Cases"
    CONSULTATION = "consultation", "Consultations"
    ENQUIRY = "enquiry", "Enquiries"


@dataclass(frozen=True)
class Term:
    """Folded words that follow each other. Unless it is `exact`, the last may be the beginning of
    a longer word."""

    words: tuple[str, ...]
    exact: bool

    def begins_at(self, words: Sequence[str], place: int) -> bool:
        found = words[place : place + len(self.words)]
        if len(found) < len(self.words):
            return False
        last = found[-1] == self.words[-1] if self.exact else found[-1].startswith(self.words[-1])
        return last and tuple(found[:-1]) == self.words[:-1]


@dataclass(frozen=True)
class Wanted:
    """Each of `terms`, in any order, and none of `excluded`."""

    terms: tuple[Term, ...]
    excluded: tuple[Term, ...]

    def exactly(self) -> "Wanted":
        """Whole words only."""
        return Wanted(tuple(Term(each.words, exact=True) for each in self.terms), self.excluded)


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool = False


def parse(text: str) -> Wanted:
    """`teacher "held by the arm" -police`: words in any order, a phrase, a word to leave out.
    Whatever else is typed is a word or nothing. Of a reference or a double name, which fold into
    several words, each is wanted, in this order."""
    terms: list[Term] = []
    excluded: list[Term] = []
    for typed in TYPED.finditer(text.translate(QUOTES)):
        phrase = typed["phrase"]
        words = tuple(fold(typed["word"] if phrase is None else phrase).split())
        if words:
            term = Term(words, exact=phrase is not None or len(words[-1]) == 1)
            (excluded if typed["minus"] else terms).append(term)
    return Wanted(tuple(terms), tuple(excluded))


def found_in(text: str, terms: Sequence[Term]) -> set[Term]:
    """Those of the terms that stand in the text."""
    words = fold(text).split()
    return {term for term in terms if any(term.begins_at(words, n) for n in range(len(words)))}


def snippet(text: str, terms: Sequence[Term]) -> list[Piece]:
    """The text around the first of the terms, in pieces: those that were looked for are marked."""
    places = list(_places(text, terms))
    first = places[0][0] if places else 0
    start = _word_start(text, first - BEFORE)
    end = _word_end(text, first + AFTER)
    pieces = [Piece("… ")] if start else []
    at = start
    for begins, ends in places:
        if begins >= at and ends <= end:
            pieces += [Piece(text[at:begins]), Piece(text[begins:ends], marked=True)]
            at = ends
    pieces += [Piece(text[at:end]), Piece(" …" if end < len(text) else "")]
    return [piece for piece in pieces if piece.text]


def _places(text: str, terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    words = folded_words(text)
    bare = [word for word, _, _ in words]
    for place, (_, begins, _) in enumerate(words):
        longest = max((len(t.words) for t in terms if t.begins_at(bare, place)), default=0)
        if longest:
            yield begins, words[place + longest - 1][2]


def _word_start(text: str, place: int) -> int:
    """A little later, so that no word is cut."""
    if place <= 0:
        return 0
    blank = re.compile(r"\s").search(text, place, place + BEFORE)
    return blank.end() if blank else place


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    blank = re.compile(r"\s").search(text, place, place + BEFORE)
    return blank.start() if blank else place
