"""The numbers that a figure bears: its counts, its percentages with their bases, its changes."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import combinations, permutations
from typing import Any, NamedTuple

from lado.reports.claims import Claim, Kind
from lado.reports.comparison import Comparison
from lado.reports.figures import Figures
from lado.reports.hidden import hidden_of
from lado.reports.measure import Shape
from lado.reports.measures import BY_ID
from lado.reports.quoting import PERIODS, changes, part_of, whole_of
from lado.reports.rows import MONTHS
from lado.reports.topics import Topic
from lado.reports.values import SMALLEST_BASE, Cohort, Rate, Ratio, percentage

MOST_SUMMED = 4


class Fact(NamedTuple):
    """`bases`: sets of numbers, one of which a sentence must have beside a percentage of `base`.
    The value of a ratio is of 1 to it."""

    kind: Kind
    value: Fraction
    bases: tuple[frozenset[int], ...] = ()
    base: int = SMALLEST_BASE

    @property
    def is_borne(self) -> bool:
        """Whether its base is large enough for a percentage."""
        return self.base >= SMALLEST_BASE


class Pool:
    """Facts in the order of their values: of thousands, those near a claim are few."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._sorted: dict[Kind, list[Fact]] = {}
        for fact in sorted(facts, key=lambda fact: fact.value):
            self._sorted.setdefault(fact.kind, []).append(fact)

    def hits(self, claim: Claim) -> list[Fact]:
        """The facts that the claim is a way to say."""
        found = self._sorted.get(claim.kind, [])
        least, most = claim.reach
        start = bisect_left(found, least, key=lambda fact: fact.value)
        end = bisect_right(found, most, key=lambda fact: fact.value)
        return [fact for fact in found[start:end] if claim.says(fact.value)]


class Movement(NamedTuple):
    """From `base` to `now`: counts, or the fractions of two rates."""

    now: Fraction
    base: Fraction
    is_share: bool
    role: str
    words: str


class Facts:
    """Of one comparison. What is hidden in it bears nothing."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.of_topic = lru_cache(maxsize=None)(lambda topic: frozenset(self._of_topic(topic)))
        self.movements = lru_cache(maxsize=None)(lambda topic: tuple(self._movements(topic)))

    def of(self, topics: Iterable[Topic]) -> Pool:
        """Of these figures; where none is named, of all."""
        listed = list(topics)
        if not listed:
            return self.everything
        found = {fact for topic in listed for fact in self.of_topic(topic)}
        for rows in _by_measure(listed):
            found |= {*self._sums(rows), *self._ratios(rows)}
        return Pool(found | set(self._crossed(listed)))

    @cached_property
    def everything(self) -> Pool:
        return Pool(
            fact
            for ident, value in self.comparison.this.values.items()
            for label in _labels(value)
            for fact in self.of_topic(Topic(ident, label))
        )

    def _ratios(self, rows: list[Topic]) -> Iterator[Fact]:
        """Of two parts of one whole, the sums of parts among them: never a part to its whole."""
        for (some, n), (others, m) in permutations(self._sets(rows, self.comparison.this), 2):
            if n and not some & others:
                yield Fact(Kind.RATIO, Fraction(m, n))

    def _of_topic(self, topic: Topic) -> Iterator[Fact]:
        for role in PERIODS:
            figures = getattr(self.comparison, role)
            if figures and topic.measure in figures.values:
                yield from _plain(_value(topic, figures), _whole(topic, figures))
        for _, now, base in changes(topic.measure, self.comparison):
            yield from _moved(_value(topic, now), _value(topic, base))
            yield from _of_change(topic, now, base)

    def _sums(self, rows: list[Topic]) -> Iterator[Fact]:
        for role in PERIODS:
            figures = getattr(self.comparison, role)
            if figures and rows[0].measure in figures.values:
                for some, n in self._sets(rows, figures):
                    if len(some) > 1:
                        yield from _plain(n, _whole(rows[0], figures))

    def _sets(self, rows: list[Topic], figures: Figures) -> Iterator[tuple[frozenset[Topic], int]]:
        counts = {row: _value(row, figures) for row in rows[:MOST_SUMMED]}
        known = [row for row, n in counts.items() if isinstance(n, int)]
        for size in range(1, len(known) + 1):
            for some in combinations(known, size):
                yield frozenset(some), sum(counts[row] for row in some)

    def _crossed(self, topics: list[Topic]) -> Iterator[Fact]:
        labels = {topic.row for topic in topics if topic.row}
        for ident, cells in self.comparison.this.values.items():
            if BY_ID[ident].shape is Shape.CROSS and isinstance(cells, dict):
                for pair, n in cells.items():
                    if set(pair) <= labels:
                        yield from _plain(n, None)

    def _movements(self, topic: Topic) -> Iterator[Movement]:
        for what, now, base in changes(topic.measure, self.comparison):
            role = re.sub(r"^change (?:on|of)(?: the)? ", "", what)
            n, b = _value(topic, now), _value(topic, base)
            wholes = _whole(topic, now), _whole(topic, base)
            yield from _between(n, b, wholes, role)


def _labels(value: Any) -> list[str]:
    """Of a breakdown its rows; of anything else the one that is no row too."""
    if isinstance(value, dict):
        return [label for label in value if isinstance(label, str)]
    return ["", *(value.outcomes if isinstance(value, Cohort) else ())]


def _by_measure(topics: Iterable[Topic]) -> list[list[Topic]]:
    found: dict[str, list[Topic]] = {}
    for topic in sorted(topics):
        if topic.row and BY_ID[topic.measure].shape in (Shape.BREAKDOWN, Shape.COHORT):
            found.setdefault(topic.measure, []).append(topic)
    return [rows for rows in found.values() if len(rows) > 1]


def _value(topic: Topic, figures: Figures) -> Any:
    measure = BY_ID[topic.measure]
    value = figures[topic.measure]
    if measure.shape is Shape.COHORT and topic.row not in value.outcomes:
        return value.concluded
    if measure.shape is Shape.CROSS:
        return None
    if measure.rows is MONTHS:
        return value.get(topic.row)
    return part_of(measure, topic.row)(figures) if topic.row else value


def _whole(topic: Topic, figures: Figures) -> Any:
    pick = whole_of(BY_ID[topic.measure]) if topic.row else None
    return pick(figures) if pick else None


def _plain(value: Any, whole: Any) -> Iterator[Fact]:
    match value:
        case Rate() if not hidden_of(*value):
            yield from _share(value.numerator, value.denominator)
        case Ratio() if not hidden_of(*value) and value.denominator:
            yield Fact(Kind.NUMBER, Fraction(*value))
            yield Fact(Kind.RATIO, Fraction(*value))
        case int():
            yield Fact(Kind.NUMBER, Fraction(value))
            if isinstance(whole, int):
                yield from _share(value, whole)


def _share(part: int, whole: int) -> Iterator[Fact]:
    yield Fact(Kind.NUMBER, Fraction(part))
    yield Fact(Kind.NUMBER, Fraction(whole))
    if whole:
        bases = (frozenset({whole}),)
        yield from _percent(part, whole, bases)


def _moved(now: Any, base: Any) -> Iterator[Fact]:
    if isinstance(now, Rate) and not hidden_of(*now, *base):
        if now.percent is not None and base.percent is not None:
            points = round(10 * now.percent) - round(10 * base.percent)
            yield Fact(Kind.POINTS, Fraction(abs(points), 10))
        now, base = now.numerator, base.numerator
    if isinstance(now, int) and isinstance(base, int):
        yield Fact(Kind.NUMBER, Fraction(abs(now - base)))
        if base:
            bases = frozenset({base}), frozenset({now, abs(now - base)})
            yield from _percent(abs(now - base), base, bases)


def _percent(part: int, whole: int, bases: tuple[frozenset[int], ...]) -> Iterator[Fact]:
    """Also as it is printed: never 0.0% of something, nor 100.0% of less than all."""
    exact, printed = Fraction(100 * part, whole), Fraction(str(percentage(part, whole)))
    for value in {exact, printed}:
        yield Fact(Kind.PERCENT, value, bases, whole)


def _of_change(topic: Topic, now: Figures, base: Figures) -> Iterator[Fact]:
    part = _value(topic, now), _value(topic, base)
    whole = _whole(topic, now), _whole(topic, base)
    if all(isinstance(n, int) for n in (*part, *whole)):
        moved, in_all = part[0] - part[1], whole[0] - whole[1]
        if moved * in_all > 0:
            yield from _share(abs(moved), abs(in_all))


def _between(now: Any, base: Any, wholes: tuple[Any, Any], role: str) -> Iterator[Movement]:
    if isinstance(now, Rate | Ratio) and not hidden_of(*now, *base):
        yield from _of_shares(now, base, role)
        if isinstance(now, Ratio):
            return
        now, base, wholes = now.numerator, base.numerator, (None, None)
    if isinstance(now, int) and isinstance(base, int):
        words = f"{now:,} against {base:,}"
        yield Movement(Fraction(now), Fraction(base), False, role, words)
        if all(isinstance(n, int) for n in wholes):
            yield from _of_shares(Rate(now, wholes[0]), Rate(base, wholes[1]), role)


def _of_shares(now: Rate | Ratio, base: Rate | Ratio, role: str) -> Iterator[Movement]:
    if now.denominator and base.denominator:
        parts = (f"{one.numerator:,} of {one.denominator:,}" for one in (now, base))
        yield Movement(Fraction(*now), Fraction(*base), True, role, " against ".join(parts))
