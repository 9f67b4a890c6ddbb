"""What a reader knows to hold between the counts of one period, in whatever publications they
stand. Most of it follows from the declarations of the measures; the rest is declared here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from lado.reports.cells import ONLY, OUT_OF, PART, Cell, Label, Laid, Slot, total_of
from lado.reports.counts import Tie, not_above, whole
from lado.reports.measure import Measure, Shape
from lado.reports.measures.totals import (
    BY_SECTOR,
    BY_SUBSECTOR,
    CONCLUDED,
    DISCUSSED,
    FIRST_HELD,
    HELD,
    NAMED,
    OPEN_AT_END,
    OVERSEEN,
    RECEIVED,
)
from lado.reports.reconciliation import FLOW_END, FLOW_IN, FLOW_OUT
from lado.rules.shipped_terms.consultations import TERMS as DECISIONS
from lado.rules.timescales import Band
from lado.rules.vocabulary import NOT_RECORDED, DecisionStage

_BANDS = [band.label for band in Band]
_PROGRESS = [term.label for term in DECISIONS if term.stage is DecisionStage.PROGRESS]
_IN_TIME, _LATE = "Within 1 working day", "Later or before"
_OVERDUE = "Overdue"
TOLD = "consultations.told_within_1_working_day"
# Counts that are the sum of some labels of a breakdown.
MADE_UP_OF: Mapping[Slot, tuple[str, Sequence[str]]] = {
    ("cases.sexual_abuse_share", PART): ("cases.by_category", ["Sexual abuse"]),
    ("timeliness.within_1_month", PART): ("timeliness.concluded_in_period", _BANDS[:1]),
    ("timeliness.within_3_months", PART): ("timeliness.concluded_in_period", _BANDS[:2]),
    ("timeliness.within_12_months", PART): ("timeliness.concluded_in_period", _BANDS[:3]),
    ("timeliness.open_over_1_month", ONLY): ("timeliness.open_at_end", _BANDS[1:]),
    ("consultations.progressed", ONLY): ("consultations.by_decision", _PROGRESS),
    (TOLD, PART): ("consultations.by_telling", [_IN_TIME]),
    (TOLD, OUT_OF): ("consultations.by_telling", [_IN_TIME, _LATE]),
    ("dbs.referrals_made", ONLY): (
        "referrals.sent_by_body",
        ["Disclosure and Barring Service"],
    ),
}
_BROUGHT, _OPENED, _REOPENED = FLOW_IN
FLOW = dict.fromkeys(FLOW_IN, 1) | {FLOW_OUT: -1, FLOW_END: -1}
# Each is nought or more. No count is less than nought, so one that is taken off may be missing.
AT_LEAST: Sequence[Mapping[str, int]] = (
    FLOW,
    {name: -times for name, times in FLOW.items()},
    {OVERSEEN: 1, _BROUGHT: -1, _OPENED: -1},
    {_BROUGHT: 1, _OPENED: 1, _REOPENED: 1, OVERSEEN: -1},
    {OVERSEEN: 1, OPEN_AT_END: -1},
    {CONCLUDED: 1, OPEN_AT_END: 1, OVERSEEN: -1},
    {OVERSEEN: 1, "cases.in_matters": -1},
    {NAMED: 1, "consultations.unnamed": 1, RECEIVED: -1},
    {"consultations.small_voluntary": 1, "consultations.small_voluntary_advised": -1},
    {DISCUSSED: 1, FIRST_HELD: -1},
)
# Breakdowns of which each row is part of the same row of another.
WITHIN = {
    "outcomes.by_category": "cases.by_category",
    "outcomes.by_sector": "cases.by_sector",
}
NUMBERS = ("1", "2", "3", "4", "5", "6 or more")
COHORT = "outcomes.of_cases_opened"


def ties_between(laid: Sequence[Laid]) -> Iterator[Tie]:
    for one in laid:
        covered = one.figures.covered
        yield from _ties_within(
            _beside(one, [other for other in laid if other.figures.covered == covered])
        )


def _beside(laid: Laid, others: Iterable[Laid]) -> Laid:
    """With the measures that it does not print itself from the others of its period, first from
    those of the same draw."""
    at, values = _with_totals(laid), dict(laid.values)
    known = {name for name, _ in at}
    as_at = laid.figures.as_at
    for other in sorted(others, key=lambda other: other.figures.as_at != as_at):
        found = _with_totals(other)
        at |= {slot: cell for slot, cell in found.items() if slot[0] not in known}
        values |= other.values
        known |= {name for name, _ in found}
    return replace(laid, at=at, values=values)


def _with_totals(laid: Laid) -> dict[Slot, Cell]:
    """Those too that stand only below the line of a rate."""
    covered = laid.figures.covered
    found = {(c.measure, ONLY): c for c in laid.values if c.label == ONLY and c.period == covered}
    return found | dict(laid.at)


def _ties_within(laid: Laid) -> Iterator[Tie]:
    tables: dict[str, dict[Label, Cell]] = {}
    for (name, label), cell in laid.at.items():
        tables.setdefault(name, {})[label] = cell
    for measure in laid.measures:
        yield from _declared(measure, tables.get(measure.id, {}), laid.at)
    yield from _made_up(laid)
    counts = {name: cell for (name, label), cell in laid.at.items() if label == ONLY}
    if FLOW.keys() <= counts.keys():
        yield Tie({counts[name]: times for name, times in FLOW.items()})
    for sum_ in AT_LEAST:
        yield from _at_least(sum_, counts)
    yield from _of_discussions(laid.at)
    yield from _of_sectors(laid)
    for part, total in _subsets(laid):
        if part in laid.at and total in laid.at:
            yield not_above(laid.at[part], laid.at[total])


def _declared(
    measure: Measure, own: Mapping[Label, Cell], at: Mapping[Slot, Cell]
) -> Iterator[Tie]:
    total = at.get((measure.whole or total_of(measure.population), ONLY))
    match measure.shape:
        case Shape.BREAKDOWN:
            if measure.whole and total and own:
                yield whole(total, own.values())
            elif total:
                yield from (not_above(cell, total) for cell in own.values())
        case Shape.RATE:
            yield from _rate(own, total)
        case Shape.COHORT:
            yield from _rate(own, total)
            parts = [cell for label, cell in own.items() if label not in (PART, OUT_OF, ONLY)]
            yield whole(own[PART], parts)
        case Shape.CROSS:
            yield from _cross(measure, own, at)
        case Shape.COUNT if total and total != own[ONLY]:
            yield not_above(own[ONLY], total)


def _rate(own: Mapping[Label, Cell], total: Cell | None) -> Iterator[Tie]:
    yield not_above(own[PART], own[OUT_OF])
    if total and total != own[OUT_OF]:
        yield not_above(own[OUT_OF], total)


def _cross(measure: Measure, own: Mapping[Label, Cell], at: Mapping[Slot, Cell]) -> Iterator[Tie]:
    for side, margin in enumerate(measure.margins):
        lines: dict[str, list[Cell]] = {}
        for label, cell in own.items():
            lines.setdefault(label[side], []).append(cell)
        for word, cells in lines.items():
            if (margin, (word,)) in at:
                yield whole(at[margin, (word,)], cells)


def _made_up(laid: Laid) -> Iterator[Tie]:
    """A council may call labels otherwise, or have further ones: then it is whichever has the
    number that is left."""
    for slot, (name, words) in MADE_UP_OF.items():
        if slot not in laid.at:
            continue
        number = laid.at[slot]
        rows = {label[0]: c for (other, label), c in laid.at.items() if other == name and label}
        found = [rows[word] for word in words if word in rows]
        rest = laid.values[number] - sum(laid.values[cell] for cell in found)
        if found:
            yield whole(number, found)
            yield Tie(dict.fromkeys(found, -1) | {number: 1}, or_more=True)
        if rest > 0:
            alike = (c for c in rows.values() if c not in found and laid.values[c] == rest)
            yield from (whole(number, [*found, cell]) for cell in alike)


def _at_least(sum_: Mapping[str, int], counts: Mapping[str, Cell]) -> Iterator[Tie]:
    if all(name in counts for name, times in sum_.items() if times > 0):
        parts = {counts[name]: times for name, times in sum_.items() if name in counts}
        if min(parts.values()) < 0:
            yield Tie(parts, or_more=True)


def _of_discussions(at: Mapping[Slot, Cell]) -> Iterator[Tie]:
    """A case in the row `6 or more` had at least 6 of those held."""
    if (HELD, ONLY) in at:
        rows = {label: at.get(("strategy.by_number", (label,))) for label in NUMBERS}
        parts = {cell: -number for number, cell in enumerate(rows.values(), start=1) if cell}
        if parts:
            yield from (Tie(parts | {at[HELD, ONLY]: 1}, or_more) for or_more in (False, True))


def _of_sectors(laid: Laid) -> Iterator[Tie]:
    """Sub-sectors are part of their sector: all of it where each contact has one."""
    parts: dict[Cell, list[Cell]] = {}
    for label, sector in laid.figures.parents.items():
        part, total = laid.at.get((BY_SUBSECTOR, (label,))), laid.at.get((BY_SECTOR, (sector,)))
        if part and total:
            parts.setdefault(total, []).append(part)
    rest = laid.at.get((BY_SUBSECTOR, (NOT_RECORDED,)))
    for total, found in parts.items():
        parted = dict.fromkeys(found, -1) | {total: 1}
        yield Tie(parted, or_more=True)
        if not (rest and laid.values[rest]):
            yield Tie(parted)


def _subsets(laid: Laid) -> Iterator[tuple[Slot, Slot]]:
    for name, label in laid.at:
        if name in WITHIN:
            yield (name, label), (WITHIN[name], label)
        elif name == "actions.agency_by_state" and label[1] == _OVERDUE:
            yield (name, label), ("actions.overdue_by_agency", label[:1])
        elif name == COHORT and laid.figures.as_at == laid.figures.end and label != OUT_OF:
            concluded = (CONCLUDED, ONLY), ("outcomes.concluded_in_period", label)
            yield (name, label), concluded[label != PART]
    yield ("actions.by_state", (_OVERDUE,)), ("actions.overdue_at_end", ONLY)
