"""What an author's own words say that the figures do not bear: looked for before approval.

Figures that are inserted are true and are not looked at, but the words around them are. Which
figure a sentence speaks of is told by its words, or else by the sentence before it in the same
paragraph; where neither names one, by anything in the report.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lado.reports.claims import Claim, Kind, blanked, claims_in
from lado.reports.comparison import Comparison
from lado.reports.directions import MASK, Direction, directions_in
from lado.reports.facts import Fact, Facts, Movement
from lado.reports.measure import Shape
from lado.reports.measures import BY_ID
from lado.reports.quoting import CHANGES, SHARE, Quotes, marker
from lado.reports.text import paragraphs
from lado.reports.topics import NUMBERS_TOO, Mention, Topic, Topics, foremost, spoken_of
from lado.reports.values import SMALLEST_BASE
from lado.rules.vocabulary import Labelled

_SENTENCE = re.compile(r"(?:\{[^{}\n]*\}|[^.!?\n]|[.!?](?!\s|$))+[.!?]*", re.MULTILINE)
_BREAK = re.compile(
    r"[;:,()\N{EN DASH}\N{EM DASH}]|\s-\s|\b(?:and|while|whereas|although|though|but|however|as|"
    r"with|which|compared)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"%|\bper ?cent|\b(?:share|proportion|percentage|rate|ratio)\b", re.IGNORECASE)
_COUNT = re.compile(r"\b(?:numbers?|counts?|how many)\b", re.IGNORECASE)
_LAST_YEAR = re.compile(
    r"\b(?:last|previous|prior|preceding) year|\byear (?:before|earlier)", re.IGNORECASE
)
_PREVIOUS = re.compile(
    r"\b(?:last|previous|prior|preceding) (?:quarter|period)|\b(?:quarter|period) before",
    re.IGNORECASE,
)
MOST_SHOWN = 3


class FindingKind(Labelled):
    UNKNOWN = "unknown", "No such figure"
    NUMBER = "number", "A number that is not in the figures"
    RATIO = "ratio", "A ratio that is not in the figures"
    DIRECTION = "direction", "A direction that the figures do not show"
    BASE = "base", "A percentage without its base"
    SMALL = "small", "A percentage of too few"


SAID = {
    FindingKind.UNKNOWN: "The figures have nothing of this name. Choose one from the list.",
    FindingKind.NUMBER: "No figure that the sentence speaks of is this number.",
    FindingKind.RATIO: "A ratio compares two parts that the sentence names, never a part with its "
    "whole, and no two parts have this one.",
    FindingKind.DIRECTION: "The figures did not move like that.",
    FindingKind.BASE: "Say in the same sentence of how many.",
    FindingKind.SMALL: f"A percentage of fewer than {SMALLEST_BASE} misleads: give the counts.",
}


@dataclass(frozen=True)
class Contradiction:
    """`sentence` is as it is read, `typed` as it was written, with its markers."""

    kind: FindingKind
    typed: str
    sentence: str
    words: str
    reason: str


@dataclass(frozen=True)
class _Sentence:
    """`text` as it was typed, with its markers; `topics` may be those of the sentence before."""

    text: str
    shown: str
    mentions: tuple[Mention, ...]
    topics: frozenset[Topic]

    @property
    def both(self) -> tuple[str, str]:
        return self.text.strip(), self.shown


def contradictions(text: str, comparison: Comparison) -> list[Contradiction]:
    """In the order of the text."""
    return list(dict.fromkeys(_Check(comparison).run(text)))


class _Check:
    def __init__(self, comparison: Comparison) -> None:
        self.topics, self.facts = Topics(comparison), Facts(comparison)
        self.quotes: Quotes = self.topics.quotes

    def run(self, text: str) -> Iterator[Contradiction]:
        for paragraph in paragraphs(text):
            before: frozenset[Topic] = frozenset()
            for found in _SENTENCE.finditer(paragraph):
                sentence = self._read(found[0], before)
                yield from self._unknown(sentence)
                yield from self._numbers(sentence)
                yield from self._directions(sentence, before)
                before = sentence.topics

    def _read(self, text: str, before: frozenset[Topic]) -> _Sentence:
        mentions = tuple(self.topics.mentions(text))
        topics = spoken_of(mentions)
        shown = " ".join(self.quotes.fill(text).split())
        return _Sentence(text, shown, mentions, topics or before)

    def _unknown(self, sentence: _Sentence) -> Iterator[Contradiction]:
        for written in self.quotes.unknown(sentence.text):
            said = *sentence.both, written, SAID[FindingKind.UNKNOWN]
            yield Contradiction(FindingKind.UNKNOWN, *said)

    def _numbers(self, sentence: _Sentence) -> Iterator[Contradiction]:
        claims = list(claims_in(_without_names(sentence)))
        if not claims:
            return
        pool = self.facts.of(sentence.topics)
        stated = {int(n.replace(",", "")) for n in re.findall(r"\d[\d,]{0,18}", sentence.shown)}
        stated |= {int(claim.low) for claim in claims if claim.kind is Kind.NUMBER}
        for claim in claims:
            hits = pool.hits(claim)
            if found := _judged(claim, hits, stated):
                told = _parts(claim, hits) or self._told(sentence.topics)
                yield Contradiction(found, *sentence.both, claim.words, f"{SAID[found]} {told}")

    def _told(self, topics: Iterable[Topic]) -> str:
        """What the figures say of it."""
        listed = sorted(foremost(frozenset(topics)))[:MOST_SHOWN]
        return " ".join(f"{topic.name}: {'; '.join(self._quoted(topic))}." for topic in listed)

    def _quoted(self, topic: Topic) -> Iterator[str]:
        for what in ("", SHARE, *CHANGES):
            if quote := self.quotes.find(marker(topic.measure, topic.row, what)):
                yield quote.words

    def _directions(self, sentence: _Sentence, before: frozenset[Topic]) -> Iterator[Contradiction]:
        masked = _masked(sentence)
        said = list(directions_in(masked))
        if not said:
            return
        clauses = _clauses(masked, sentence.mentions)
        current = next((topics for _, topics in clauses if topics), before)
        for (start, end), topics in clauses:
            current = topics or current
            words = sentence.text[start:end]
            here = {(d.kind, d.denied): d for d in reversed(said) if start <= d.start < end}
            for direction in reversed(here.values()):
                yield from self._judge(direction, foremost(current), words, sentence)

    def _judge(
        self, direction: Direction, topics: frozenset[Topic], clause: str, sentence: _Sentence
    ) -> Iterator[Contradiction]:
        moved = [(t, m) for t in sorted(topics) for m in _fitting(t, self.facts, clause)]
        moved = _beside(moved, sentence.text)
        if moved and not any(direction.agrees(m.now, m.base, m.is_share) for _, m in moved):
            told = "".join(f" {t.name}: {m.words}, {m.role}." for t, m in moved[:MOST_SHOWN])
            said = *sentence.both, direction.words, SAID[FindingKind.DIRECTION] + told
            yield Contradiction(FindingKind.DIRECTION, *said)


def _judged(claim: Claim, hits: Sequence[Fact], stated: set[int]) -> FindingKind | None:
    if not hits:
        return FindingKind.RATIO if claim.kind is Kind.RATIO else FindingKind.NUMBER
    if claim.kind is not Kind.PERCENT:
        return None
    based = [fact for fact in hits if any(base <= stated for base in fact.bases)]
    if any(fact.is_borne or claim.loose for fact in based):
        return None
    borne = any(fact.is_borne for fact in hits)
    return FindingKind.BASE if borne and not based else FindingKind.SMALL


def _parts(claim: Claim, hits: Sequence[Fact]) -> str:
    """What the percentage is of, if it is one of the figures."""
    if claim.kind is not Kind.PERCENT:
        return ""
    hits = [fact for fact in hits if fact.is_borne] or hits
    parts = sorted({(f.base, f"{round(f.value * f.base / 100):,} of {f.base:,}") for f in hits})
    return f"It could be {' or '.join(words for _, words in parts[:MOST_SHOWN])}." if parts else ""


def _without_names(sentence: _Sentence) -> str:
    """As long as the text: what names a figure says nothing of it."""
    text = blanked(sentence.text)
    for one in sentence.mentions:
        text = text[: one.start] + MASK * (one.end - one.start) + text[one.end :]
    return text


def _masked(sentence: _Sentence) -> str:
    """Without the numbers too: "more than" before one is no direction."""
    text = _without_names(sentence)
    for claim in claims_in(text):
        text = text[: claim.start] + "9" * (claim.end - claim.start) + text[claim.end :]
    return text


def _clauses(
    masked: str, mentions: Iterable[Mention]
) -> list[tuple[tuple[int, int], frozenset[Topic]]]:
    starts = [0, *(found.end() for found in _BREAK.finditer(masked))]
    spans = list(pairwise([*starts, len(masked)]))
    named = list(mentions)
    return [
        ((start, end), spoken_of([one for one in named if start <= one.start < end]))
        for start, end in spans
    ]


def _fitting(topic: Topic, facts: Facts, clause: str) -> list[Movement]:
    """Of its number or of its share, as the clause says; of a rate its percentage."""
    moved = facts.movements(topic)
    by_number, by_share = bool(_COUNT.search(clause)), bool(_SHARE.search(clause))
    if not by_number and not by_share:
        by_share = BY_ID[topic.measure].shape is Shape.RATE and topic.measure not in NUMBERS_TOO
    if by_number == by_share:
        return list(moved)
    return [m for m in moved if m.is_share == by_share] or list(moved)


def _beside(moved: list[tuple[Topic, Movement]], text: str) -> list[tuple[Topic, Movement]]:
    """Those against the period that the sentence names, if it names one that is there."""
    wanted = {
        role
        for pattern, role in ((_LAST_YEAR, "last year"), (_PREVIOUS, "previous period"))
        if pattern.search(text)
    }
    return [each for each in moved if each[1].role in wanted] or moved
