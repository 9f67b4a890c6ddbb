"""The counts of a public edition, what ties them together, and which of them are hidden at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any, TypeAlias

PAIR = 2
# Whatever can be looked up: what is printed has cells, a trial has numbers.
Key: TypeAlias = Any


@dataclass(frozen=True)
class Tie:
    """The sum of each count times its number is nought, or at least that if `or_more`."""

    parts: Mapping[Key, int]
    or_more: bool = False

    @property
    def facts(self) -> tuple[frozenset[tuple[Key, int]], bool]:
        return frozenset(self.parts.items()), self.or_more

    def stands(self, values: Mapping[Key, int]) -> int:
        return sum(times * values[key] for key, times in self.parts.items())

    def holds(self, values: Mapping[Key, int]) -> bool:
        stands = self.stands(values)
        return stands >= 0 if self.or_more else stands == 0


def whole(total: Key, parts: Collection[Key]) -> Tie:
    return Tie(dict.fromkeys(parts, 1) | {total: -1})


def not_above(part: Key, *totals: Key) -> Tie:
    return Tie(dict.fromkeys(totals, 1) | {part: -1}, or_more=True)


@dataclass(frozen=True)
class Counts:
    """`printed` were published before and can be hidden no longer; `hidden_before` were hidden
    then and stay so. `left_out` are hidden whatever they are, nought too. `unprinted` stand in no
    report, such as what is left of a year without two of its quarters: the small ones are kept
    from being worked out as far as can be, because they may have to be hidden later. `dear` are
    hidden only where nothing else helps: the totals that a reader looks for first. `new` are those
    of the report that is judged: what has nothing to do with them was judged before. `absent` are
    noughts that a list told before by having no such row: nothing is lost when they are found."""

    values: Mapping[Key, int]
    ties: Sequence[Tie]
    printed: Collection[Key] = frozenset()
    hidden_before: Collection[Key] = frozenset()
    left_out: Collection[Key] = frozenset()
    unprinted: Collection[Key] = frozenset()
    dear: Collection[Key] = frozenset()
    new: Collection[Key] | None = None
    absent: Collection[Key] = frozenset()

    @cached_property
    def summed(self) -> set[Key]:
        """What stands in a sum, or is the same count as one that does."""
        sums = [tie.parts.keys() for tie in self.ties if not tie.or_more]
        found = {key for parts in sums if len(parts) > PAIR for key in parts}
        return found.union(*(parts for parts in sums if not found.isdisjoint(parts)))

    @cached_property
    def weighed(self) -> list[tuple[Tie, int, bool]]:
        """Each tie with what it stands at, and whether it tells of what is new."""
        return [(tie, tie.stands(self.values), self.is_new(tie.parts)) for tie in self.ties]

    def is_new(self, keys: Collection[Key]) -> bool:
        return self.new is None or any(key in self.new for key in keys)


@dataclass(frozen=True)
class Rule:
    """Counts from 1 to below `threshold` are hidden; nought too where `hides_nought`."""

    threshold: int = 5
    hides_nought: bool = False

    def is_small(self, number: int) -> bool:
        return number < self.threshold and (number > 0 or self.hides_nought)

    def is_protected(self, number: int) -> bool:
        """Where noughts are printed, nothing is lost when one that was left out is found."""
        return number > 0 or self.hides_nought

    def protects(self, key: Key, counts: Counts) -> bool:
        """Every hidden count is kept from being worked out; of what stands in no table, the small
        ones: a table about few is left out so that its rows point to nobody."""
        if key in counts.absent:
            return False
        number = counts.values[key]
        in_a_table = key not in counts.unprinted and key not in counts.left_out
        return self.is_protected(number) if in_a_table else self.is_small(number)

    @property
    def least(self) -> int:
        """The smallest number that a hidden count may be, which every reader is told."""
        return 0 if self.hides_nought else 1

    def lowest(self, key: Key, counts: Counts) -> int:
        if key in counts.left_out or key in counts.unprinted:
            return 0
        return min(self.least, counts.values[key])

    def highest(self, key: Key, counts: Counts) -> float:
        """What stands in no sum can only be hidden for being small."""
        if key in counts.left_out or key in counts.unprinted or key in counts.summed:
            return inf
        number = counts.values[key]
        return self.threshold - 1 if self.is_small(number) else inf

    def must_hide(self, counts: Counts) -> set[Key]:
        small = {key for key, number in counts.values.items() if self.is_small(number)}
        known = set(counts.values)
        return (small - set(counts.unprinted)) | known & (
            set(counts.hidden_before) | set(counts.left_out)
        )
