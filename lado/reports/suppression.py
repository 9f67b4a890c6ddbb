"""Which counts of a public edition are hidden, so that none of them can be worked out (R-47).

Counts are tied to each other: parts sum to totals, tables share totals, quarters sum to years. The
small ones are hidden, and as few others as are needed to withstand `attack.py`.

The fewest are found by cuts: a mixed-integer programme chooses cells, the attack says which can
still be worked out, and the linear programme that works one out says which cells would stop it
(Fischetti and Salazar, Management Science 47, 2001). Where time is up, what is left exposed is
mended by the cheapest way for each.
"""

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, hstack

from lado.errors import Refused
from lado.reports.attack import ENOUGH, FARTHEST, MOST_SECONDS, Attack, Chosen, System, systems
from lado.reports.counts import Counts, Key, Rule
from lado.reports.programme import Numbers, Programme

SECONDS = 6.0
ROUNDS = 200
# So many that are exposed are seen to in one round.
AT_ONCE = 10
# What is printed is looked at as if it could give a little, so that a cut names few cells.
GIVE = 1e-3
# Of what the solvers reckon with.
SMALLEST = 1e-6
HALF = 0.5
UNSAFE = (
    "The public edition cannot be made: however much is hidden, some small count could be worked "
    "out from what is printed or was printed before."
)
PRINTED_BEFORE = (
    "The public edition cannot be made: a count that must be hidden now was printed in an earlier "
    "public edition."
)


class CannotBeHiddenSafely(Refused):
    pass


@dataclass(frozen=True)
class Suppressed:
    """`withheld` are those of the `hidden` of which not even may be told that they are not
    nought: what was printed before leaves too little else."""

    hidden: frozenset[Key]
    withheld: frozenset[Key]


def choose(counts: Counts, rule: Rule, seconds: float = SECONDS) -> Suppressed:
    """Raises CannotBeHiddenSafely, also where a count that must be hidden was printed before, and
    TookTooLong."""
    must = rule.must_hide(counts)
    if must & set(counts.printed):
        raise CannotBeHiddenSafely(PRINTED_BEFORE)
    search = _Search(counts, rule, must, seconds)
    while (choices := search.choices()) is None:
        pass
    return Suppressed(
        frozenset(must.union(*(choice.hidden for choice in choices))),
        frozenset[Key]().union(*(choice.withheld for choice in choices)),
    )


class _Search:
    """Totals are shown, and nothing is hidden behind a nought of a span that no report is about yet
    and that its own report would print. Where a group cannot be made safe, one thing after another
    is let go: what is told of its hidden counts, the totals beside it, those noughts, and at last
    the small counts that stand in no report."""

    def __init__(self, counts: Counts, rule: Rule, must: set[Key], seconds: float) -> None:
        self.counts, self.rule, self.must = counts, rule, must
        self.deadline, self.until = (time.monotonic() + most for most in (seconds, MOST_SECONDS))
        unprinted = set(counts.unprinted)
        noughts = {key for key in unprinted if not rule.is_protected(counts.values[key])}
        self.shown = [set(counts.dear) - must, noughts]
        self.known: dict[frozenset[Key], _Choice] = {}

    def choices(self) -> "list[_Choice] | None":
        """One for each group; none where more may be hidden from now on. Raises
        CannotBeHiddenSafely."""
        found = []
        for system in systems(self.counts, self.rule, self._free()):
            keys = frozenset(system.keys)
            if keys not in self.known:
                self.known[keys] = _Choice(system, self.counts, self.rule, self.must, self.until)
            choice = self.known[keys]
            while not choice.is_made(self.deadline):
                if self._lets_go_beside(keys):
                    return None
                if not choice.gives_up():
                    raise CannotBeHiddenSafely(UNSAFE)
            found.append(choice)
        return found

    def _free(self) -> set[Key]:
        always = self.must | set(self.counts.unprinted)
        fixed = set(self.counts.printed).union(*self.shown)
        return {
            key
            for key, number in self.counts.values.items()
            if key not in fixed and (key in always or number >= self.rule.least)
        }

    def _lets_go_beside(self, keys: frozenset[Key]) -> bool:
        tied = (tie.parts.keys() for tie in self.counts.ties)
        beside = {key for parts in tied if not parts.isdisjoint(keys) for key in parts}
        for shown in self.shown:
            if shown & beside:
                shown.difference_update(beside)
                return True
        return False


class _Choice:
    """Among the counts of one group. Some are hidden or unknown in any case. Of the `withheld`
    nothing is told, not even that they are not nought."""

    def __init__(
        self, system: System, counts: Counts, rule: Rule, must: set[Key], until: float
    ) -> None:
        self.system, self.until = system, until
        keys = system.keys
        self.unknown = np.array([key in counts.unprinted for key in keys])
        self.always = self.unknown | np.array([key in must for key in keys])
        self.protected = {key for key in keys if rule.protects(key, counts)}
        self.told = must - set(counts.hidden_before) - set(counts.left_out)
        self.hidden, self.withheld = set[Key](), set[Key]()
        # Where nothing must be hidden and nothing to come is small, all is shown.
        self.is_settled = must.isdisjoint(keys) and self.protected.isdisjoint(counts.unprinted)
        self.cost = self._costs(counts.dear)
        self._begin()

    def _begin(self) -> None:
        self.attack = Attack(self.system, self.protected, self.until)
        self.cuts: list[tuple[Numbers, float]] = list(self._lonely())

    @cached_property
    def both_ways(self) -> Programme:
        """So many more of each count, then so many fewer."""
        return self.system.programme(hstack([self.system.rows, -self.system.rows], format="csc"))

    def _costs(self, dear: Collection[Key]) -> Numbers:
        """As few as possible; of as many, the smaller counts."""
        values = self.system.values
        many = np.array([3.0 if key in dear else 1.0 for key in self.system.keys])
        return np.where(self.always, 0.0, many + 0.01 * values / (1 + values))

    def is_made(self, deadline: float) -> bool:
        """Not if even all that may be hidden is too little."""
        while not self.is_settled:
            if (found := self._found(deadline)) is not None:
                self.hidden, self.is_settled = self._keys(found & ~self.unknown), True
            elif not self._withholds():
                return False
        return True

    def _found(self, deadline: float) -> Chosen | None:
        hidden: Chosen | None = None
        for _ in range(ROUNDS):
            if (hidden := self._solve(deadline)) is None:
                return None
            if not (exposed := self.attack.exposed(hidden, AT_ONCE)):
                return hidden
            if time.monotonic() > deadline:
                break
            self._cut(hidden, exposed)
        return None if hidden is None else self._mended(hidden)

    def _keys(self, places: Chosen) -> set[Key]:
        return {self.system.keys[place] for place in np.flatnonzero(places)}

    def _exposed_at_best(self) -> Chosen:
        """With all hidden that may be."""
        places = self.attack.exposed(np.ones_like(self.always))
        return np.isin(np.arange(len(self.always)), places)

    def _withholds(self) -> bool:
        """Of what is hidden nothing is told any more, not even that it is not nought."""
        more = self._keys(self._exposed_at_best()) & self.told - self.withheld
        self.withheld |= more
        low = np.maximum(-self.system.values, -FARTHEST)
        asked = np.array([key in more for key in self.system.keys])
        self.system = replace(self.system, low=np.where(asked, low, self.system.low))
        self._begin()
        return bool(more)

    def gives_up(self) -> bool:
        """What stands in no report: a small one that can be worked out is found out now, and
        cannot be hidden when its turn comes."""
        lost = self._keys(self._exposed_at_best() & self.unknown)
        self.protected -= lost
        self._begin()
        return bool(lost)

    def _solve(self, deadline: float) -> Chosen | None:
        rows = csc_array(np.array([row for row, _ in self.cuts]).reshape(-1, len(self.cost)))
        solved = Programme(rows, np.array([number for _, number in self.cuts])).least(
            self.cost,
            self.always.astype(float),
            np.ones(len(self.cost)),
            whole=True,
            seconds=max(deadline - time.monotonic(), 0.2),
        )
        if solved.is_impossible:
            return None
        return self.always.copy() if solved.x is None else solved.x > HALF

    def _lonely(self) -> Iterator[tuple[Numbers, float]]:
        """Nothing is hidden alone in a sum."""
        rows = csr_array(self.system.rows)
        for number in np.flatnonzero(self.system.is_sum):
            places = rows.indices[rows.indptr[number] : rows.indptr[number + 1]]
            sure = places[self.always[places]]
            if len(sure) > 1 or any(
                self.system.keys[place] not in self.protected for place in sure
            ):
                continue
            for place in sure if len(sure) else places:
                cut = np.zeros(len(self.cost))
                cut[places] = 1
                cut[place] = 0 if len(sure) else -1
                yield cut, float(len(sure))

    def _cut(self, hidden: Chosen, exposed: list[int]) -> None:
        before = len(self.cuts)
        for place in exposed:
            self._cut_off(hidden, place)
        if len(self.cuts) == before:
            self.cuts.append((np.where(hidden, 0.0, 1.0), 1.0))

    def _cut_off(self, hidden: Chosen, place: int) -> None:
        """What the duals say that hiding each count would give to the one at `place`."""
        low = np.where(hidden, self.system.low, -GIVE)
        high = np.where(hidden, self.system.high, GIVE)
        gives, sure = np.zeros(len(low)), 0.0
        for sign in (1, -1):
            aim = np.zeros(len(low))
            aim[place] = -sign
            solved = self.attack.programme.least(aim, low, high, seconds=self.attack.seconds_left)
            if solved.x is None:
                return
            gives += np.maximum(solved.prices, 0) * -self.system.low
            gives += np.maximum(-solved.prices, 0) * self.system.high
            sure += float(np.abs(solved.row_prices) @ self.system.slack)
        given = self.unknown | (np.arange(len(gives)) == place)
        needed = ENOUGH - sure - gives[given].sum()
        if needed < SMALLEST:
            return
        cut = np.minimum(gives, needed)
        cut[cut < SMALLEST] = 0
        cut[self.unknown] = 0
        cut[place] = 0 if self.always[place] else -needed
        least = needed if self.always[place] else 0.0
        if cut @ hidden < least - 1e-4:
            self.cuts.append((cut, least - SMALLEST))

    def _mended(self, hidden: Chosen) -> Chosen | None:
        """For each that is exposed, the cheapest other cells with which it can be otherwise."""
        hidden = hidden.copy()
        while exposed := self.attack.exposed(hidden, AT_ONCE):  # raises TookTooLong in the end
            more = np.zeros_like(hidden)
            for place in exposed:
                more |= self._help(hidden | more, place)
            if not (more & ~hidden).any():
                return self._all_that_can_be()
            hidden |= more
        return hidden

    def _all_that_can_be(self) -> Chosen | None:
        """What need not be hidden, and could be worked out if it were, is shown."""
        hidden: Chosen = np.ones_like(self.always)
        while exposed := self.attack.exposed(hidden):
            if self.always[exposed].any():
                return None
            hidden[exposed] = False
        return hidden

    def _help(self, hidden: Chosen, place: int) -> Chosen:
        for ways in ((2,), (-2,), (1, -1)):
            found = [self._cheapest(hidden, place, way) for way in ways]
            helpful = [places for places in found if places is not None]
            if len(helpful) == len(ways):
                return np.isin(np.arange(len(hidden)), np.concatenate(helpful))
        return np.zeros_like(hidden)

    def _cheapest(self, hidden: Chosen, place: int, way: int) -> NDArray[np.intp] | None:
        """Where a filling with so many more there differs from the truth, at the least cost."""
        size = len(hidden)
        most = np.concatenate([self.system.high, -self.system.low])
        least = np.zeros(2 * size)
        if abs(way) > most[place if way > 0 else size + place]:
            return None
        for side, number in ((place, max(way, 0)), (size + place, max(-way, 0))):
            least[side] = most[side] = number
        cost = np.tile(np.where(hidden, 0.0, self.cost) + SMALLEST, 2)
        found = self.both_ways.least(cost, least, most, seconds=self.attack.seconds_left).x
        return None if found is None else np.flatnonzero(found[:size] + found[size:] > SMALLEST)
