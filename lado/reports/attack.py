"""What a reader who knows all that is printed, and how we hide, can find out of what is hidden.

A hidden count is safe when as many fillings of the hidden cells as are asked for, each with
another number in it, fit all that is printed. So nothing has to be trusted of how cells were
chosen: the fillings are the proof.
"""

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array

from lado.errors import Refused
from lado.reports.counts import Counts, Key, Rule, Tie
from lado.reports.programme import Numbers, Programme

# A hidden count may be any of at least so many numbers.
POSSIBLE_VALUES = 3
ENOUGH = POSSIBLE_VALUES - 1
# Fillings are looked for no farther than this from the truth in any count: one that needs more
# is not counted on. A case in the row of six discussions or more is six of those held.
FARTHEST = 12
# So many fillings in a row that open nothing new, and the rest are looked at one by one.
VAIN = 4
# With so many of those found last a new filling is added up.
PARTNERS = 30
NEARLY = 1e-6
# Whoever waits is told so then: a reader could wait no longer, and others wait for the machine.
MOST_SECONDS = 40.0
LEAST_SECONDS = 0.2
TOO_LONG = (
    "It took too long to make sure that nothing hidden could be worked out. Choose fewer tables or "
    "periods, or try again when the machine has less to do."
)

Chosen: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class System:
    """Counts that may be anything, and what holds between them: told as what each has more or
    fewer of than in truth. `low` is how far each may fall, `high` how far it may rise, `slack`
    what each row may lack."""

    keys: list[Key]
    values: Numbers
    low: Numbers
    high: Numbers
    rows: csc_array
    slack: Numbers
    is_sum: NDArray[np.bool_]

    def allows(self, fillings: Numbers) -> NDArray[np.bool_]:
        """Of several, which."""
        left = (self.rows @ fillings.T).T
        held = np.where(self.is_sum, left == 0, left >= -self.slack).all(axis=1)
        near = (fillings >= self.low) & (fillings <= self.high)
        return np.asarray(held & near.all(axis=1))

    def programme(self, rows: csc_array | None = None) -> Programme:
        """`rows` may tell the same of other unknowns than the counts themselves."""
        told = self.rows if rows is None else rows
        return Programme(told, -self.slack, np.where(self.is_sum, 0, np.inf))


def systems(counts: Counts, rule: Rule, free: Collection[Key]) -> Iterator[System]:
    """The free counts in the groups that ties hold together and that have to do with what is new,
    the smallest first."""
    ties = list(_binding(counts, free))
    leads: dict[Key, Key] = {key: key for key in counts.values if key in free}

    def lead(key: Key) -> Key:
        while leads[key] != key:
            leads[key] = leads[leads[key]]
            key = leads[key]
        return key

    for tie, _, _ in ties:
        first, *others = tie.parts
        for other in others:
            leads[lead(other)] = lead(first)
    news = {lead(key) for key in leads if counts.is_new([key])}
    keys: dict[Key, list[Key]] = {}
    for key in leads:
        keys.setdefault(lead(key), []).append(key)
    tied: dict[Key, list[tuple[Tie, int]]] = {leader: [] for leader in keys}
    for tie, slack, is_new in ties:
        leader = lead(next(iter(tie.parts)))
        tied[leader].append((tie, slack))
        news |= {leader} if is_new else set()
    for leader in sorted(news, key=lambda leader: len(keys[leader])):
        yield _system(counts, rule, keys[leader], tied[leader])


def _binding(counts: Counts, free: Collection[Key]) -> Iterator[tuple[Tie, int, bool]]:
    """The ties as they bind free counts, once each, with what they stand at and whether they tell
    of what is new."""
    seen = set()
    for tie, slack, is_new in counts.weighed:
        parts = {key: times for key, times in tie.parts.items() if key in free}
        if not parts or slack >= FARTHEST * sum(map(abs, parts.values())):
            continue
        same = frozenset(parts.items()), tie.or_more, slack
        if same not in seen:
            seen.add(same)
            yield Tie(parts, tie.or_more), slack, is_new


def _system(counts: Counts, rule: Rule, keys: list[Key], ties: list[tuple[Tie, int]]) -> System:
    place = {key: number for number, key in enumerate(keys)}
    entries = [
        (row, place[key], times)
        for row, (tie, _) in enumerate(ties)
        for key, times in tie.parts.items()
    ]
    row, column, times = zip(*entries, strict=True) if entries else ((), (), ())
    values = np.array([counts.values[key] for key in keys], dtype=float)
    lowest = np.array([rule.lowest(key, counts) for key in keys])
    highest = np.array([rule.highest(key, counts) for key in keys])
    return System(
        keys,
        values,
        np.maximum(lowest - values, -FARTHEST),
        np.minimum(highest - values, FARTHEST),
        csc_array(coo_array((np.array(times, float), (row, column)), (len(ties), len(keys)))),
        np.array([float(slack) for _, slack in ties]),
        np.array([not tie.or_more for tie, _ in ties], dtype=bool),
    )


class TookTooLong(Refused):
    def __init__(self) -> None:
        super().__init__(TOO_LONG)


class Attack:
    """On one group of counts, whichever of them are hidden. `seen` says of each count which numbers
    were found possible, from `FARTHEST` fewer to as many more than in truth."""

    def __init__(
        self, system: System, protected: Collection[Key], until: float = float("inf")
    ) -> None:
        """`until`, by the monotonic clock, it may take."""
        self.system, self.until = system, until
        self.programme = system.programme()
        self.protected = np.array([key in protected for key in system.keys], dtype=bool)
        self.fillings: list[Numbers] = []
        self.chance = np.random.default_rng(len(system.keys))

    def exposed(self, hidden: Chosen, most: int | None = None) -> list[int]:
        """The places of those hidden for which too few fillings are found, or `most` of them."""
        self.hidden, self.sought = hidden, self.protected & hidden
        self.low, self.high = (
            np.where(hidden, bound, 0) for bound in (self.system.low, self.system.high)
        )
        self.seen = np.zeros((len(hidden), 2 * FARTHEST + 1), dtype=bool)
        self.seen[:, FARTHEST] = True
        # What was found with other cells hidden, and is possible with these.
        self._see(*(filled for filled in self.fillings if not filled[~hidden].any()))
        vain = 0
        while vain < VAIN and len(open_ := self._open()):
            self._check_time()
            self._shake(open_)
            vain = vain + 1 if len(self._open()) == len(open_) else 0
        found = (int(place) for place in self._open() if self._is_exposed(place))
        return sorted(islice(found, most))

    @property
    def seconds_left(self) -> float:
        """A little in any case: who has none is told so before the next question."""
        return max(self.until - time.monotonic(), LEAST_SECONDS)

    def _check_time(self) -> None:
        if time.monotonic() > self.until:
            raise TookTooLong

    def _open(self) -> NDArray[np.intp]:
        return np.flatnonzero(self.sought & (self.seen.sum(axis=1) < POSSIBLE_VALUES))

    def _is_open(self, place: np.intp) -> bool:
        return bool(self.seen[place].sum() < POSSIBLE_VALUES)

    def _shake(self, places: NDArray[np.intp]) -> None:
        """One filling that moves many counts at once."""
        aim = np.zeros(len(self.hidden))
        up = self.chance.integers(0, 2, len(places)) * 2 - 1
        aim[places] = up * (1 + self.chance.random(len(places)))
        reach = self.chance.integers(1, POSSIBLE_VALUES, len(aim)).astype(float)
        self._fill(aim, np.maximum(self.low, -reach), np.minimum(self.high, reach))

    def _is_exposed(self, place: np.intp) -> bool:
        self._check_time()
        aim = np.zeros(len(self.hidden))
        for sign in (1, -1):
            if not self._is_open(place):
                return False
            aim[place] = sign
            self._fill(aim, self.low, self.high)
        found = np.flatnonzero(self.seen[place]) - FARTHEST
        if self._is_open(place) and found[-1] - found[0] >= ENOUGH:
            self._between(place, found[0], found[-1])
        return self._is_open(place)

    def _between(self, place: np.intp, least: int, most: int) -> None:
        low, high = self.low.copy(), self.high.copy()
        low[place], high[place] = least + 1, most - 1
        self._fill(np.zeros(len(high)), low, high)

    def _fill(self, aim: Numbers, low: Numbers, high: Numbers) -> None:
        """By a linear programme, whose answer is mostly in whole numbers; where not, in those."""
        for whole in (False, True):
            found = self.programme.least(aim, low, high, whole, self.seconds_left).x
            if found is None:
                return
            filled = np.rint(found)
            if np.abs(filled - found).max() < NEARLY and self.system.allows(filled[None]).all():
                self._breed(filled)
                return

    def _breed(self, filled: Numbers) -> None:
        """The sum and the difference of two fillings are often ones too, and cost nothing."""
        others = np.array([*self.fillings[-PARTNERS:], filled])
        self.fillings.append(filled)
        bred = np.vstack([filled, others + filled, others - filled])
        bred = np.vstack([bred, -bred])
        self._see(*bred[self.system.allows(bred) & ~bred[:, ~self.hidden].any(axis=1)])

    def _see(self, *fillings: Numbers) -> None:
        places = np.arange(len(self.seen))
        for filled in fillings:
            self.seen[places, filled.astype(int) + FARTHEST] = True


def exposed(counts: Counts, rule: Rule, hidden: Collection[Key]) -> set[Key]:
    """Those hidden that could be fewer than `POSSIBLE_VALUES` numbers. Raises TookTooLong."""
    until = time.monotonic() + MOST_SECONDS
    found: set[Key] = set()
    protected = {key for key in hidden if rule.protects(key, counts)}
    for system in systems(counts, rule, set(hidden) | set(counts.unprinted)):
        places = Attack(system, protected, until).exposed(np.ones(len(system.keys), dtype=bool))
        found |= {system.keys[place] for place in places}
    return found
