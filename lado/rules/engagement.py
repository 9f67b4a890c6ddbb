"""Whether those who rarely call have fallen silent: each against its own past (R-66)."""

from collections.abc import Sequence

from lado.rules.vocabulary import Labelled

# Fewer in a usual quarter than this rise and fall by chance alone.
LEAST_USUAL = 4


class Silence(Labelled):
    NEVER = "never", "None in these quarters"
    STOPPED = "stopped", "None in the last quarter"
    FEWER = "fewer", "Half of the usual, or fewer"


def silence(quarters: Sequence[int]) -> Silence | None:
    """Of the numbers of at least two quarters, the last one at the end. None: as usual."""
    *before, last = quarters
    if not any(quarters):
        return Silence.NEVER
    if last == 0:
        return Silence.STOPPED
    is_usual = sum(before) >= LEAST_USUAL * len(before)
    return Silence.FEWER if is_usual and 2 * last * len(before) <= sum(before) else None
