"""What protects people in all that is printed of a case."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations

from lado.rules.folding import fold, folded_words
from lado.rules.matching import Called
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
# Split first: a pattern that looks for the @ itself begins anew at each letter of a long word.
_UNBROKEN = re.compile(r"[^\s<>()\[\],;:]+")
# Where each word has a capital. A title and an initial end no sentence.
_BEGINS = re.compile(
    r"(?:^|\n|(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)[.!?:])[\s\"“‘'(\[*•–-]*"
)
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


def told_in(text: str) -> Callable[[str], bool]:
    """Whether a word of a name may stand in the text, an ordinary or short one with a capital: for
    choosing among many names."""
    read = _Text(text)
    letters = [letters for _, letters in read.mails]

    def told(name: str) -> bool:
        words = set(fold(_seen(name)[0]).split()) - NEVER
        return any(word in read.told(word) or _is_within(word, letters) for word in words)

    return told


def names_standing(text: str, people: Iterable[Called]) -> list[str]:
    """Their names as they stand in the text. A forename is one only with a capital; an ordinary
    word not at the start of a sentence, and a month nowhere, but beside another of their names."""
    people = list(people)
    surnames = _hidden(tuple(each.surname for each in people))
    hidden = _hidden(tuple(map(str, people)))
    others = {word for word in hidden.words - surnames.sure - MONTHS if len(word) > 1}
    written = hidden.joined.union(others)
    hidden = replace(hidden, sure=surnames.sure, written=written, within=ORDINARY)
    return _Text(text).standing(hidden)


@dataclass(frozen=True)
class _Hidden:
    """`sure` are hidden as they stand, `written` where they are written as a name is, those
    of `within` not where a sentence begins. `words` are all of the names' own, hidden beside
    another; `joined` are several of one name in one."""

    words: frozenset[str]
    sure: frozenset[str]
    written: frozenset[str]
    joined: frozenset[str]
    within: frozenset[str] = frozenset()

    @cached_property
    def together(self) -> frozenset[str]:
        return self.sure | self.joined

    @cached_property
    def initials(self) -> frozenset[str]:
        return frozenset(word[0] for word in self.words)


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


def _is_within(word: str, letters: list[str]) -> bool:
    return len(word) >= SHORTEST_WITHIN and any(word in each for each in letters)


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
        return self._blanked(self._spans(chosen, hidden))

    def standing(self, hidden: _Hidden) -> list[str]:
        spans = self._spans(self._chosen(hidden), hidden)
        found = dict.fromkeys(self.text[start:end] for start, end in spans)
        return [name for name in found if len(name) > 1]

    @cached_property
    def pieces(self) -> list[tuple[int, int, set[str]]]:
        """Some words that follow each other: the first, the one after, and what they are in one."""
        return [
            (first, first + count, set(_stems("".join(w for w, _, _ in words))))
            for count in range(2, MOST_PIECES + 1)
            for first in range(len(self.words) - count + 1)
            if (words := self.words[first : first + count])
        ]

    def told(self, word: str) -> set[str]:
        is_sure = len(word) >= SHORTEST_SURE and word not in ORDINARY
        return self.stems if is_sure else self.written

    @cached_property
    def stems(self) -> set[str]:
        in_one = (stems for _, _, stems in self.pieces)
        return self.written.union(*in_one, *(_stems(word) for word, _, _ in self.words))

    @cached_property
    def written(self) -> set[str]:
        """Those with a capital."""
        capitals = (word for n, (word, _, _) in enumerate(self.words) if self._capital(n))
        return {stem for word in capitals for stem in _stems(word)}

    @cached_property
    def mails(self) -> list[tuple[tuple[int, int], str]]:
        """Where each address of mail stands, and its letters."""
        return [
            (found.span(), fold(found[0]).replace(" ", ""))
            for found in _UNBROKEN.finditer(self.seen)
            if "@" in found[0][1:-1]
        ]

    @cached_property
    def begins(self) -> set[int]:
        return {found.end() for found in _BEGINS.finditer(self.seen)}

    def _chosen(self, hidden: _Hidden) -> set[int]:
        found = {n for n in range(len(self.words)) if self._is_name(n, hidden)}
        for first, beyond, stems in self.pieces:
            if not stems.isdisjoint(hidden.together):
                found.update(range(first, beyond))
        return self._spread(found, hidden)

    def _is_name(self, number: int, hidden: _Hidden) -> bool:
        word = self.words[number][0]
        if word in NEVER:
            return False
        stems = set(_stems(word))
        if stems & hidden.sure:
            return True
        if not stems & hidden.written or not self._capital(number) or self._dates(number):
            return False
        return not (stems & hidden.within and self.words[number][1] in self.begins)

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
            return word in hidden.initials or len(word) > 1
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

    def _spans(self, chosen: Iterable[int], hidden: _Hidden) -> list[tuple[int, int]]:
        """Where they stand in the text, those in one where nothing but space parts them."""
        parts = [word for word in hidden.words if len(word) >= SHORTEST_WITHIN]
        mails = (span for span, letters in self.mails if any(part in letters for part in parts))
        merged: list[tuple[int, int]] = []
        for start, end in sorted({*map(self._span, chosen), *mails}):
            first, beyond = self.places[start], self.places[end - 1] + 1
            if merged and not self.text[merged[-1][1] : first].strip(_JOINING):
                first, last = merged.pop()
                beyond = max(beyond, last)
            merged.append((first, beyond))
        return merged

    def _blanked(self, spans: list[tuple[int, int]]) -> str:
        kept, last = "", 0
        for first, beyond in spans:
            kept += self.text[last:first] + WITHHELD
            last = beyond
        return kept + self.text[last:]
