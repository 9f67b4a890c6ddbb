"""Two ways to do the same thing, taken in turn, so that a busy moment meets both."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Compared:
    ours: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.ours / self.bare


def seconds(act: Callable[[], object]) -> float:
    gc.collect()
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def compare(
    ours: Callable[[], float], bare: Callable[[], float], *, rounds: int, warm: bool = True
) -> Compared:
    """Medians. `ours` and `bare` do it once and give the seconds that it took."""
    if warm:
        ours(), bare()
    taken = [(ours(), bare()) for _ in range(rounds)]
    return Compared(median(pair[0] for pair in taken), median(pair[1] for pair in taken))
