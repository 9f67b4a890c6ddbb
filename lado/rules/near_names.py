"""Which organisations look like one that was typed twice.

To compare each with each would take too long. Those of nearly one name stand beside each other when
they are sorted by it, by its words in order, or by it read backwards; those of one postcode or
number are compared too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

NEIGHBOURS = 6
MOST_AT_ONE_POSTCODE = 20
NEARLY_THE_SAME = 85
ALIKE_AT_ONE_PLACE = 60


@dataclass(frozen=True)
class Known:
    """`number` is its number in a public list, with which list that is."""

    id: int
    folded: str
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
    """The most alike first. A public list holds nothing twice, so two of one list are no pair."""
    found = {}
    for one, other in _candidates(known):
        first, second = sorted((one, other), key=lambda each: each.id)
        key = (first.id, second.id)
        if key not in found and (pair := _compare(first, second)):
            found[key] = pair
    return sorted(found.values(), key=lambda pair: (-pair.score, pair.first, pair.second))


def _compare(first: Known, second: Known) -> Pair | None:
    one, other = first.number, second.number
    if one and other:
        if one[0] == other[0]:
            return None
        if one[1] == other[1]:
            return Pair(first.id, second.id, 100.0, "Same number in two lists")
    score = fuzz.token_sort_ratio(first.folded, second.folded)
    if score >= NEARLY_THE_SAME:
        return Pair(first.id, second.id, score, "Nearly the same name")
    if first.postcode and first.postcode == second.postcode and score >= ALIKE_AT_ONE_PLACE:
        return Pair(first.id, second.id, score, "Same postcode, and a name that is alike")
    return None


def _candidates(known: Sequence[Known]) -> Iterator[tuple[Known, Known]]:
    orders: tuple[Callable[[Known], str], ...] = (
        lambda each: each.folded,
        lambda each: " ".join(sorted(each.folded.split())),
        lambda each: each.folded[::-1],
    )
    for order in orders:
        in_order = sorted(known, key=order)
        for place, one in enumerate(in_order):
            for other in in_order[place + 1 : place + 1 + NEIGHBOURS]:
                yield one, other
    yield from _sharing(known, lambda each: each.postcode)
    yield from _sharing(known, lambda each: each.number[1] if each.number else None)


def _sharing(
    known: Iterable[Known], key: Callable[[Known], str | None]
) -> Iterator[tuple[Known, Known]]:
    groups = defaultdict(list)
    for each in known:
        value = key(each)
        if value is not None:
            groups[value].append(each)
    for group in groups.values():
        yield from combinations(group[:MOST_AT_ONE_POSTCODE], 2)
