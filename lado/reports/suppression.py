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
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, hstack

from lado.errors import Refused
from lado.reports.attack import ENOUGH, FARTHEST, MOST_SECONDS, Attack, Numbers, System, systems
from lado.reports.counts import Counts, Key, Rule

SECONDS = 6.0
ROUNDS = 200
# So many that are exposed are seen to in one round.
AT_ONCE = 10
# What is printed is looked at as if it could give a little, so that a cut names few cells.
GIVE = 1e-3
Chosen: TypeAlias = NDArray[np.bool_]
# Of what the solvers reckon with.
SMALLEST = 1e-6
HALF = 0.5
INFEASIBLE = 2
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
    try:
        return _chosen(counts, rule, must, set(counts.dear) - must, seconds)
    except CannotBeHiddenSafely:
        return _chosen(counts, rule, must, set(), seconds)


def _chosen(
    counts: Counts, rule: Rule, must: set[Key], kept: set[Key], seconds: float
) -> Suppressed:
    deadline, until = (time.monotonic() + most for most in (seconds, MOST_SECONDS))
    fixed = set(counts.printed) | kept
    always = must | set(counts.unprinted)
    free = {
        key
        for key, number in counts.values.items()
        if key in always or (key not in fixed and number >= rule.least)
    }
    protected = {key for key in free if rule.protects(key, counts)}
    told = must - set(counts.hidden_before) - set(counts.left_out)
    hidden, withheld = set(must), set[Key]()
    for system in systems(counts, rule, free):
        if must & set(system.keys):
            choice = _Choice(system, must, always, protected, set(counts.dear), until)
            while (found := choice.made(deadline)) is None:
                if not choice.yields(told):
                    raise CannotBeHiddenSafely(UNSAFE)
            hidden |= found - set(counts.unprinted)
            withheld |= choice.withheld
    return Suppressed(frozenset(hidden), frozenset(withheld))


class _Choice:
    """Among the counts of one group. `always` are hidden or unknown in any case."""

    def __init__(
        self,
        system: System,
        must: Collection[Key],
        always: Collection[Key],
        protected: Collection[Key],
        dear: Collection[Key],
        until: float,
    ) -> None:
        self.system, self.until = system, until
        self.always = np.array([key in always for key in system.keys])
        self.unknown = np.array([key in always and key not in must for key in system.keys])
        self.protected = {key for key in system.keys if key in protected}
        self.withheld: set[Key] = set()
        self.fillings = np.empty((0, len(system.keys)))
        self.cost = self._costs(dear)
        self.cuts: list[tuple[Numbers, float]] = list(self._lonely())

    def _costs(self, dear: Collection[Key]) -> Numbers:
        """As few as possible; of as many, the smaller counts."""
        values = self.system.values
        many = np.array([3.0 if key in dear else 1.0 for key in self.system.keys])
        return np.where(self.always, 0.0, many + 0.01 * values / (1 + values))

    def made(self, deadline: float) -> set[Key] | None:
        """None if even all that may be hidden is too little."""
        hidden: Chosen | None = None
        for _ in range(ROUNDS):
            if (hidden := self._solve(deadline)) is None:
                return None
            if not (exposed := self._exposed(hidden)):
                return self._keys(hidden)
            if time.monotonic() > deadline:
                break
            self._cut(hidden, exposed)
        return None if hidden is None else self._mended(hidden)

    def _keys(self, hidden: Chosen) -> set[Key]:
        return {self.system.keys[place] for place in np.flatnonzero(hidden)}

    def yields(self, told: Collection[Key]) -> bool:
        """Where even that is too little: what stands in no report is given up, and of what is
        hidden nothing is told any more, not even that it is not nought."""
        exposed = self._exposed(np.ones_like(self.always), most=None)
        keys = {self.system.keys[place] for place in exposed}
        given_up = {self.system.keys[place] for place in exposed if self.unknown[place]}
        more = keys & set(told) - self.withheld
        self.protected -= given_up
        self.withheld |= more
        low = np.maximum(-self.system.values, -FARTHEST)
        asked = np.array([key in more for key in self.system.keys])
        self.system = replace(self.system, low=np.where(asked, low, self.system.low))
        self.cuts = list(self._lonely())
        return bool(given_up or more)

    def _exposed(self, hidden: Chosen, most: int | None = AT_ONCE) -> list[int]:
        """What was possible with less hidden is so with more."""
        columns = np.flatnonzero(hidden)
        attack = Attack(self.system.only(columns), self.protected, self.until)
        still = ~self.fillings[:, ~hidden].any(axis=1)
        attack.see(self.fillings[still][:, columns])
        found = attack.exposed(most)
        new = np.zeros((len(attack.fillings), len(hidden)))
        new[:, columns] = attack.fillings
        self.fillings = np.vstack([self.fillings, new])
        return sorted(int(columns[place]) for place in found)

    def _solve(self, deadline: float) -> Chosen | None:
        rows = csr_array(np.array([row for row, _ in self.cuts]).reshape(-1, len(self.cost)))
        least = np.array([number for _, number in self.cuts])
        solved = milp(
            self.cost,
            constraints=[LinearConstraint(rows, least)] if self.cuts else [],
            bounds=Bounds(self.always.astype(float), 1),
            integrality=1,
            options={"time_limit": max(deadline - time.monotonic(), 0.2), "mip_rel_gap": 0.005},
        )
        if solved.status == INFEASIBLE:
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
            solved = self._relaxed(aim, low, high)
            if solved is None:
                return
            gives += np.abs(solved.lower.marginals) * -self.system.low
            gives += np.abs(solved.upper.marginals) * self.system.high
            if (~self.system.is_sum).any():
                sure += np.abs(solved.ineqlin.marginals) @ self.system.slack[~self.system.is_sum]
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

    def _relaxed(self, aim: Numbers, low: Numbers, high: Numbers) -> Any:
        sums, others = self.system.is_sum, ~self.system.is_sum
        rows = csr_array(self.system.rows)
        solved = linprog(
            aim,
            A_eq=rows[sums] if sums.any() else None,
            b_eq=np.zeros(sums.sum()) if sums.any() else None,
            A_ub=-rows[others] if others.any() else None,
            b_ub=self.system.slack[others] if others.any() else None,
            bounds=np.column_stack([low, high]),
            method="highs",
        )
        return solved if solved.status == 0 else None

    def _mended(self, hidden: Chosen) -> set[Key] | None:
        """For each that is exposed, the cheapest other cells with which it can be otherwise."""
        hidden = hidden.copy()
        while exposed := self._exposed(hidden):  # raises TookTooLong in the end
            more = np.zeros_like(hidden)
            for place in exposed:
                more |= self._help(hidden | more, place)
            if not (more & ~hidden).any():
                return None
            hidden |= more
        return self._keys(hidden)

    def _help(self, hidden: Chosen, place: int) -> Chosen:
        for ways in ((2,), (-2,), (1, -1)):
            found = [self._cheapest(hidden, place, way) for way in ways]
            helpful = [places for places in found if places is not None]
            if len(helpful) == len(ways):
                return np.isin(np.arange(len(hidden)), np.concatenate(helpful))
        return np.zeros_like(hidden)

    def _cheapest(self, hidden: Chosen, place: int, way: int) -> NDArray[np.intp] | None:
        """Where a filling with so many more there differs from the truth, at the least cost: so
        many more of each count, then so many fewer."""
        size = len(hidden)
        most = np.concatenate([self.system.high, -self.system.low])
        least = np.zeros(2 * size)
        if abs(way) > most[place if way > 0 else size + place]:
            return None
        for side, number in ((place, max(way, 0)), (size + place, max(-way, 0))):
            least[side] = most[side] = number
        cost = np.tile(np.where(hidden, 0.0, self.cost) + SMALLEST, 2)
        rows = hstack([self.system.rows, -self.system.rows]).tocsr()
        solved = milp(cost, constraints=self.system.limited(rows), bounds=Bounds(least, most))
        if solved.x is None:
            return None
        return np.flatnonzero(solved.x[:size] + solved.x[size:] > SMALLEST)
