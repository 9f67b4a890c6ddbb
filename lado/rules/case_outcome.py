"""A case's outcome follows from its allegations' outcomes; it is never typed."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from lado.rules.timescales import add_months
from lado.rules.vocabulary import OutcomeCode

SIGNED_OFF_OUTCOMES = frozenset({OutcomeCode.SUBSTANTIATED, OutcomeCode.MALICIOUS})
# These need the evidence, and the child's own need for help considered.
DISPROVED = frozenset({OutcomeCode.FALSE, OutcomeCode.MALICIOUS})
SIGNED_OFF_AFTER_MONTHS = 12

_GRAVITY = list(OutcomeCode)


def overall_outcome(outcomes: Collection[OutcomeCode]) -> OutcomeCode | None:
    """The gravest; None while no allegation has an outcome."""
    return min(outcomes, key=_GRAVITY.index, default=None)


def in_words(outcomes: Sequence[OutcomeCode | None]) -> str:
    """What came of each allegation, for a line: `2 allegations: 1 substantiated, 1 false`. Empty
    while none has an outcome."""
    known = Counter(outcome for outcome in outcomes if outcome)
    found = [f"{known[code]} {code.label.lower()}" for code in OutcomeCode if known[code]]
    if not found or len(outcomes) == 1:
        return "".join(code.label.lower() for code in known)
    without = len(outcomes) - known.total()
    waiting = [f"{without} without an outcome yet"] if without else []
    return f"{len(outcomes)} allegations: {', '.join([*found, *waiting])}"


def needs_sign_off(
    outcomes: Collection[OutcomeCode], received_on: date, concluded_on: date
) -> bool:
    """Whether a manager must sign off (R-59), given the outcomes of all allegations.

    All of them, not the overall one: a malicious allegation beside an unfounded one counts too. The
    months run from the first consultation, as those of the report do.
    """
    if concluded_on > add_months(received_on, SIGNED_OFF_AFTER_MONTHS):
        return True
    return not SIGNED_OFF_OUTCOMES.isdisjoint(outcomes)
