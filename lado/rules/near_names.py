"""Which organisations look like one that was typed twice.

To compare each with each would take too long. Those of nearly one name stand beside each other when
they are sorted by it, by its words in order, or by it read backwards; those of one postcode or
number are compared too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

NEIGHBOURS = 12
MOST_AT_ONE_PLACE = 50
NEARLY_THE_SAME = 85
ALIKE_AT_ONE_PLACE = 60
ALIKE_OWN_WORDS = 75
A_SLIP = 92
LIKE_WHAT_IS_TYPED = 88
COMMON = frozenset(
    ("a", "academy", "agency", "and", "c", "catholic", "ce", "centre", "church", "club", "college",
     "community", "day", "e", "england", "for", "foster", "fostering", "high", "home", "house",
     "in", "infant", "infants", "junior", "juniors", "ltd", "nursery", "of", "pre", "preschool",
     "primary", "rc", "roman", "saint", "school", "secondary", "service", "services", "special",
     "st", "supply", "teachers", "teaching", "the", "trust")
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """`number` is its number in a public list, with which list that is."""

    id: int
    folded: str
    sector: int = 0
    postcode: str | None = None
    number: tuple[str, str] | None = None


@dataclass(frozen=True)
class Pair:
    """`first` has the lower id. `score` is how alike the names are, of 100."""

    first: int
    second: int
    score: float
    why: str


def pairs(known: Sequence[Known]) -> list[Pair]:
    """The most alike first. Public lists hold nothing twice, so one of a pair was typed, unless two
    lists have the same number."""
    found: dict[tuple[int, int], Pair | None] = {}
    for one, other in _candidates(known):
        first, second = (one, other) if one.id < other.id else (other, one)
        key = (first.id, second.id)
        if key not in found:
            found[key] = _compare(first, second)
    pairs = [pair for pair in found.values() if pair]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.first, pair.second))


def _compare(first: Known, second: Known) -> Pair | None:
    if first.number and second.number:
        return Pair(first.id, second.id, 100.0, "Same number in two lists")
    score = alike(first.folded, second.folded)
    if score >= (NEARLY_THE_SAME if first.sector == second.sector else A_SLIP):
        return Pair(first.id, second.id, score, "Nearly the same name")
    if first.postcode and first.postcode == second.postcode and score >= ALIKE_AT_ONE_PLACE:
        return Pair(first.id, second.id, score, "Same postcode, and a name that is alike")
    return None


def alike(one: str, other: str) -> float:
    """Of 100, whatever the order of the words. But for a slip, what makes a name its own must
    be alike too: many schools share all other words."""
    cutoff = ALIKE_AT_ONE_PLACE
    whole = max(
        fuzz.ratio(one, other, score_cutoff=cutoff),
        fuzz.token_sort_ratio(one, other, score_cutoff=cutoff),
    )
    if not whole or whole >= A_SLIP:
        return whole
    own = fuzz.ratio(_own(one), _own(other))
    return whole if own >= ALIKE_OWN_WORDS else min(whole, own)


def likeness(typed: str, name: str) -> float:
    """Of 100, how well a name fits as much of it as was typed, spelt as it may be."""
    whole = fuzz.token_sort_ratio(typed, name)
    return max(whole, fuzz.partial_ratio(typed, name)) if len(typed) <= len(name) else whole


def _own(folded: str) -> str:
    return " ".join(sorted(word for word in folded.split() if word not in COMMON)) or folded


def _candidates(known: Sequence[Known]) -> Iterator[tuple[Known, Known]]:
    orders: tuple[Callable[[Known], str], ...] = (
        lambda each: each.folded,
        lambda each: " ".join(sorted(each.folded.split())),
        lambda each: each.folded[::-1],
    )
    for order in orders:
        in_order = sorted(known, key=order)
        for place, one in enumerate(in_order):
            if one.number is None:
                near = in_order[max(0, place - NEIGHBOURS) : place + 1 + NEIGHBOURS]
                yield from ((one, other) for other in near if other is not one)
    for group in _sharing(known, lambda each: each.postcode):
        typed = [each for each in group if each.number is None]
        yield from ((one, other) for one in typed for other in group if other is not one)
    for group in _sharing(known, lambda each: each.number[1] if each.number else None):
        yield from combinations(group, 2)


def _sharing(known: Sequence[Known], key: Callable[[Known], str | None]) -> Iterator[list[Known]]:
    groups = defaultdict(list)
    for each in known:
        value = key(each)
        if value is not None:
            groups[value].append(each)
    yield from (group[:MOST_AT_ONE_PLACE] for group in groups.values() if len(group) > 1)
