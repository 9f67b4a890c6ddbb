"""Which figures a sentence speaks of, by the words it uses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from lado.reports import wording
from lado.reports.comparison import Comparison
from lado.reports.measure import Shape, Unit
from lado.reports.measures import BY_ID
from lado.reports.quoting import CONCLUDED, MARKER, Quotes, labels_of
from lado.reports.rows import MONTHS
from lado.rules.numbers_in_words import in_digits
from lado.rules.vocabulary import NOT_RECORDED

# Other words for a figure than its title, as people write them.
SYNONYMS = {
    "consultations.received": ("consultations", "contacts", "referrals to the LADO"),
    "consultations.progressed": ("progressed", "progressing"),
    "consultations.conversion": ("conversion",),
    "consultations.unnamed": ("unnamed", "not named"),
    "consultations.told_within_1_working_day": ("told within one working day",),
    "consultations.decided_within_1_working_day": ("decision within one working day",),
    "cases.brought_forward": ("carried forward", "carried over", "carried in"),
    "cases.opened": ("new cases", "newly opened", "newly referred"),
    "outcomes.of_cases_opened": ("new cases", "newly opened", "newly referred", "cases opened"),
    "cases.reopened": ("opened again",),
    "cases.overseen": ("overseen",),
    "cases.concluded": ("conclusions", "closed", "cases concluded"),
    "cases.open_at_end": ("open cases", "open at the end", "still open", "remained open"),
    "cases.multiple_roles": ("multiple roles",),
    "cases.historical": ("non-recent",),
    "strategy.held": ("strategy discussions", "strategy meetings", "discussions", "meetings"),
    "strategy.per_case_overseen": ("a case", "per case", "each case"),
    "dbs.referrals_made": ("barring referrals", "referrals to the DBS", "DBS referrals"),
}
# Cases of one kind or another: none of these, where the sentence names one of them.
ANY_CASES = ("cases.overseen", "cases.opened", "cases.brought_forward", "cases.open_at_end")
ROW_SYNONYMS = {"substantiated": ("founded",)}
# Labels that are ordinary words.
NO_NAMES = {"other", "one", "multiple", "none", "unknown", NOT_RECORDED.casefold()}
# Figures whose titles are ordinary words.
ORDINARY = "quality."
# A title that speaks of a number, though the figure is a share.
NUMBERS_TOO = {"cases.sexual_abuse_share"}

_WORD = re.compile(r"\{[^{}\n]*\}|[^\W\d_]+|\d+")


class Rank(IntEnum):
    """What a clause that names several is about: its rate, or else its row, or else its count."""

    GENERIC = 0
    COUNT = 1
    ROW = 2
    RATE = 3


class Topic(NamedTuple):
    measure: str
    row: str = ""

    @property
    def name(self) -> str:
        title = BY_ID[self.measure].title
        return f"{self.row} ({title})" if self.row else title

    @property
    def rank(self) -> Rank:
        if self.row or self.measure in NUMBERS_TOO:
            return Rank.ROW
        rates = (Shape.RATE, Shape.RATIO, Shape.MOST)
        return Rank.RATE if BY_ID[self.measure].shape in rates else Rank.COUNT


@dataclass(frozen=True)
class Mention:
    start: int
    end: int
    topics: frozenset[Topic]
    generic: bool = False


def _stem(word: str) -> str:
    """Without the plural's s."""
    return re.sub(r"(?<=\w\w[^s\W])s$", "", word)


def _phrase(words: str) -> tuple[str, ...]:
    found = _WORD.findall(in_digits(words.casefold()))
    return tuple(_stem(word) for word in found if word != "the")


class Topics:
    """The words by which each figure of a comparison may be named, the longest first."""

    def __init__(self, comparison: Comparison) -> None:
        self.quotes = Quotes(comparison)
        self._named: dict[tuple[str, ...], set[Topic]] = {}
        for ident in comparison.this.values:
            self._name(ident, comparison)
        self._longest = max(map(len, self._named), default=0)
        self._generic = {_phrase("cases"): frozenset(map(Topic, ANY_CASES))}

    def _name(self, ident: str, comparison: Comparison) -> None:
        measure = BY_ID[ident]
        if measure.shape is Shape.CROSS:
            return
        if measure.rows is MONTHS:
            for code in comparison.this[ident]:
                self._add(wording.month(code), Topic(ident, code))
            return
        if measure.shape is not Shape.BREAKDOWN:
            row = CONCLUDED if measure.shape is Shape.COHORT else ""
            titles = () if ident.startswith(ORDINARY) else (measure.title,)
            for words in (*titles, *SYNONYMS.get(ident, ())):
                self._add(words, Topic(ident, row))
        if measure.shape in (Shape.BREAKDOWN, Shape.COHORT):
            for label in labels_of(measure, comparison):
                if label.casefold() not in NO_NAMES and any(map(str.isalpha, label)):
                    plain = label.split(" (", maxsplit=1)[0]
                    for words in (label, plain, *ROW_SYNONYMS.get(label.casefold(), ())):
                        self._add(words, Topic(ident, label))

    def _add(self, words: str, topic: Topic) -> None:
        if phrase := _phrase(words):
            self._named.setdefault(phrase, set()).add(topic)

    def mentions(self, text: str) -> list[Mention]:
        """In the order of the text, none within another."""
        words = [(found.start(), found.end(), found[0]) for found in _WORD.finditer(text)]
        stems = [_stem(in_digits(word.casefold())) for _, _, word in words]
        return list(self._found(words, stems))

    def _found(
        self, words: Sequence[tuple[int, int, str]], stems: Sequence[str]
    ) -> Iterator[Mention]:
        place = 0
        while place < len(words):
            start, end, word = words[place]
            step = 1
            if quote := MARKER.fullmatch(word) and self.quotes.find(word):
                row = quote.row if isinstance(quote.row, str) else ""
                yield Mention(start, end, frozenset({Topic(quote.measure, row)}))
            else:
                step, named, generic = self._longest_at(stems, place)
                if named:
                    yield Mention(start, words[place + step - 1][1], named, generic)
            place += step

    def _longest_at(self, stems: Sequence[str], place: int) -> tuple[int, frozenset[Topic], bool]:
        for size in range(min(2 * self._longest, len(stems) - place), 0, -1):
            if stems[place] == "the":
                break
            phrase = tuple(stem for stem in stems[place : place + size] if stem != "the")
            if found := self._named.get(phrase):
                return size, frozenset(found), False
            if found_generic := self._generic.get(phrase):
                return size, found_generic, True
        return 1, frozenset(), False


def spoken_of(mentions: Sequence[Mention]) -> frozenset[Topic]:
    """All figures named, and of rows those that are counted in the unit named: sexual abuse is a
    row of consultations and of cases."""
    exact = [topic for one in mentions if not one.generic for topic in one.topics]
    rows = {topic for topic in exact if topic.row}
    plain = {topic for topic in exact if not topic.row}
    units = {_unit(topic) for one in mentions for topic in one.topics if not topic.row}
    fitting = {topic for topic in rows if _unit(topic) in units}
    found = plain | (fitting or rows)
    return frozenset(found or (topic for one in mentions for topic in one.topics))


def foremost(topics: frozenset[Topic]) -> frozenset[Topic]:
    best = max((topic.rank for topic in topics), default=Rank.GENERIC)
    return frozenset(topic for topic in topics if topic.rank == best)


def _unit(topic: Topic) -> Unit:
    unit = BY_ID[topic.measure].unit
    return Unit.CASE if unit is Unit.CONCLUSION else unit
