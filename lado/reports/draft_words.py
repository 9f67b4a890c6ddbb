"""The commentary that the figures write themselves, for an author to start from. Its numbers are
markers, so they stay true when the report is drawn again."""

from collections.abc import Iterator
from typing import NamedTuple

from lado.reports.comparison import Comparison
from lado.reports.contents import HEADLINES
from lado.reports.figures import Figures
from lado.reports.measure import Measure
from lado.reports.measures import BY_ID
from lado.reports.quoting import SHARE_OF_CHANGE, changes, labels_of, marker, part_of
from lado.rules.vocabulary import NOT_RECORDED

NAMES = {
    "consultations.received": "The number of consultations received was",
    "consultations.conversion": "The conversion rate was",
    "cases.overseen": "The number of cases overseen was",
    "strategy.held": "The number of strategy discussions held was",
    "cases.concluded": "The number of cases concluded was",
    "cases.open_at_end": "The number of cases open at the end was",
}
EXPLAINED = {
    "consultations.conversion": "It is the share of the consultations received that progressed to "
    "a strategy discussion.",
}
# Where a headline's change comes from, each with how its rows are spoken of.
DRIVERS = {
    "consultations.received": {
        "consultations.by_referrer": "Of the agencies that made contact",
        "consultations.by_sector": "Of the sectors people work in",
        "consultations.by_category": "Of the categories of concern",
    },
    "cases.overseen": {
        "cases.by_sector": "Of the sectors people work in",
        "cases.by_category": "Of the categories of concern",
    },
}
# The rows that moved most are named when the whole and the row moved by this many.
LEAST_CHANGE = 5
MOST_NAMED = 2
# The previous period and the last year; the year to date stands in the tables.
MOST_CHANGES = 2


class Mover(NamedTuple):
    label: str
    moved: int


def draft_words(comparison: Comparison) -> str:
    parts = (_paragraph(measure, comparison) for measure in HEADLINES)
    return "\n\n".join(filter(None, parts))


def _paragraph(measure: str, comparison: Comparison) -> str:
    if measure not in comparison.this.values:
        return ""
    beside = list(changes(measure, comparison))
    moved = " and ".join(marker(measure, what=what) for what, *_ in beside[:MOST_CHANGES])
    sentences = [f"{NAMES[measure]} {', '.join(filter(None, (marker(measure), moved)))}."]
    if measure in DRIVERS and beside:
        sentences += _drivers(measure, beside[0], comparison)
    sentences += [EXPLAINED[measure]] if measure in EXPLAINED else []
    return " ".join(sentences)


def _drivers(
    headline: str, compared: tuple[str, Figures, Figures], comparison: Comparison
) -> Iterator[str]:
    """What moved most in the direction of the whole, and the one source that makes most of it."""
    what, now, base = compared
    whole = now[headline] - base[headline]
    if abs(whole) < LEAST_CHANGE:
        return
    for ident, name in DRIVERS[headline].items():
        if ident in now.values and ident in base.values:
            movers = _movers(BY_ID[ident], now, base, whole, comparison)
            if movers:
                listed = [f"{m.label} ({marker(ident, m.label, what)})" for m in movers]
                moved = "rose" if whole > 0 else "fell"
                yield f"{name}, what {moved} most is {', then '.join(listed)}."
                yield from _alone(ident, movers[0], whole, what)


def _movers(
    measure: Measure, now: Figures, base: Figures, whole: int, comparison: Comparison
) -> list[Mover]:
    picks = {label: part_of(measure, label) for label in labels_of(measure, comparison)}
    found = [
        Mover(label, pick(now) - pick(base))
        for label, pick in picks.items()
        if label != NOT_RECORDED
    ]
    along = [m for m in found if m.moved * whole > 0 and abs(m.moved) >= LEAST_CHANGE]
    return sorted(along, key=lambda m: -abs(m.moved))[:MOST_NAMED]


def _alone(ident: str, mover: Mover, whole: int, what: str) -> Iterator[str]:
    """One source must not drive a headline unseen (R-21, R-67)."""
    if 2 * abs(mover.moved) > abs(whole):
        share = marker(ident, mover.label, SHARE_OF_CHANGE.format(what))
        yield f"Of that change {mover.label} alone makes {share}."
