"""What protects people in all that is printed of a case."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from lado.rules.folding import fold, folded_words
from lado.rules.ordinary_words import MONTHS, NEVER, ORDINARY

REPORTING = (
    "Reporting restriction: nothing may be published that could identify this person as the one "
    "accused."
)
WITHHELD = "[name withheld]"
# A shorter word is a name where it is written as one.
SHORTEST_SURE = 3
# So much of a name within an address of mail names somebody.
SHORTEST_WITHIN = 4
MOST_PIECES = 3
# Soft hyphens, joiners, accents and the like: nobody sees that they part a word.
_UNSEEN = {"Cf", "Lm", "Mc", "Me", "Mn"}
_MAIL = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+")
_POSSESSIVE = re.compile(r"['’‘`]s$", re.IGNORECASE)
_HYPHENS = {"-", "\u2010", "\u2011"}
_JOINING = " \t_" + "".join(_HYPHENS)


def reporting_warning(*, in_force: bool) -> list[str]:
    """A teacher accused of an offence against a pupil of their school may not be named (R-44)."""
    return [REPORTING] if in_force else []


def without_names(text: str, names: Iterable[str], own: Iterable[str] = ()) -> str:
    """The text without any word of these names, whatever the case, the accents and the ending
    (R-43; docs/security.md says what counts as one). A word that is only spelled the same goes
    too: it is better lost than somebody named. `own` are the full names of whom the paper is
    about: they stay whole, also where they share a word with one of `names`."""
    hidden = _hidden(tuple(names))
    return _Text(text).without(hidden, [fold(_seen(each)[0]).split() for each in own])


@dataclass(frozen=True)
class _Hidden:
    """`sure` are hidden as they stand, `written` where they are written as a name is. `words` are
    all of the names' own, hidden beside another; `joined` are several of one name in one."""

    words: frozenset[str]
    sure: frozenset[str]
    written: frozenset[str]
    joined: frozenset[str]


@lru_cache(maxsize=1_000)
def _hidden(names: tuple[str, ...]) -> _Hidden:
    split = [[w for w in fold(_seen(name)[0]).split() if w not in NEVER] for name in names]
    words = {word for name in split for word in name}
    sure = {word for word in words if len(word) >= SHORTEST_SURE} - ORDINARY
    joined = {
        "".join(name[first:last])
        for name in split
        for first, last in combinations(range(len(name) + 1), 2)
        if last - first > 1
    }
    written = {word for word in words - sure if len(word) > 1} | joined
    return _Hidden(*map(frozenset, (words, sure, written, joined)))


def _seen(text: str) -> tuple[str, list[int]]:
    """What is seen of a text, and where each letter of it stands."""
    places = [place for place, c in enumerate(text) if unicodedata.category(c) not in _UNSEEN]
    return "".join(text[place] for place in places), places


def _stems(word: str) -> Iterator[str]:
    """As it is; of one; of a family."""
    bare = word.rstrip("0123456789") or word
    yield bare
    yield from (bare.removesuffix(end) for end in ("s", "es") if bare.endswith(end))


class _Text:
    def __init__(self, text: str) -> None:
        self.text = text
        self.seen, self.places = _seen(text)
        self.words = folded_words(self.seen)

    def without(self, hidden: _Hidden, own: list[list[str]]) -> str:
        own_words = {word for name in own for word in name}
        if not hidden.words or all(word in own_words for word, _, _ in self.words):
            return self.text
        chosen = self._chosen(hidden) - self._own(own)
        spans = [self._span(number) for number in chosen]
        return self._blanked(sorted({*spans, *self._addresses(hidden)}))

    def _chosen(self, hidden: _Hidden) -> set[int]:
        found = {n for n in range(len(self.words)) if self._is_name(n, hidden)}
        for pieces in range(2, MOST_PIECES + 1):
            for first in range(len(self.words) - pieces + 1):
                joined = "".join(word for word, _, _ in self.words[first : first + pieces])
                if any(stem in hidden.sure | hidden.joined for stem in _stems(joined)):
                    found.update(range(first, first + pieces))
        return self._spread(found, hidden)

    def _is_name(self, number: int, hidden: _Hidden) -> bool:
        word = self.words[number][0]
        if word in NEVER:
            return False
        stems = set(_stems(word))
        if stems & hidden.sure:
            return True
        return bool(stems & hidden.written) and self._capital(number) and not self._dates(number)

    def _capital(self, number: int) -> bool:
        return not self.seen[self.words[number][1]].islower()

    def _dates(self, number: int) -> bool:
        """`12 May`, `May 2026`."""
        beside = (n for n in (number - 1, number + 1) if 0 <= n < len(self.words))
        return self.words[number][0] in MONTHS and any(self.words[n][0].isdigit() for n in beside)

    def _spread(self, found: set[int], hidden: _Hidden) -> set[int]:
        """To words of a name that stand beside one that is hidden: `Jo Green`, `J. Green`."""
        newest = found
        while newest:
            pairs = ((n, n + step) for n in newest for step in (-1, 1))
            newest = {beside for n, beside in pairs if self._goes_with(n, beside, hidden)} - found
            found = found | newest
        return found

    def _goes_with(self, number: int, beside: int, hidden: _Hidden) -> bool:
        if not 0 <= beside < len(self.words):
            return False
        word = self.words[beside][0]
        if self._capital(beside) and (len(word) == 1 or self._is_hyphened(number, beside)):
            return word in {each[0] for each in hidden.words} or len(word) > 1
        is_one = any(stem in hidden.words for stem in _stems(word))
        return is_one and len(word) > 1 and word not in NEVER

    def _is_hyphened(self, one: int, other: int) -> bool:
        """The two are parts of one double-barrelled name."""
        first, second = sorted((one, other))
        return self.seen[self.words[first][2] : self.words[second][1]] in _HYPHENS

    def _own(self, own: list[list[str]]) -> set[int]:
        """Where the whole of such a name stands, whichever part comes first."""
        return {
            place
            for name in own
            if len(name) > 1
            for written in (name, [name[-1], *name[:-1]])
            for first in range(len(self.words) - len(name) + 1)
            if all(w in _stems(self.words[first + n][0]) for n, w in enumerate(written))
            for place in range(first, first + len(name))
        }

    def _span(self, number: int) -> tuple[int, int]:
        _, start, end = self.words[number]
        ending = _POSSESSIVE.search(self.seen[start:end])
        return start, end - len(ending[0]) if ending else end

    def _addresses(self, hidden: _Hidden) -> Iterator[tuple[int, int]]:
        parts = [word for word in hidden.words if len(word) >= SHORTEST_WITHIN]
        for mail in _MAIL.finditer(self.seen):
            letters = fold(mail[0]).replace(" ", "")
            if any(part in letters for part in parts):
                yield mail.span()

    def _blanked(self, spans: list[tuple[int, int]]) -> str:
        kept, last, after = "", 0, False
        for start, end in spans:
            first, beyond = self.places[start], self.places[end - 1] + 1
            if beyond <= last:
                continue
            between = self.text[last:first]
            kept += "" if after and not between.strip(_JOINING) else between + WITHHELD
            last, after = beyond, True
        return kept + self.text[last:]
