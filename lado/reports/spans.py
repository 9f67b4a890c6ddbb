"""What ties the counts of one period to those of others, in this report and in earlier ones.

Events of a period are those of its parts. Time is cut at the first and last days of all periods
known, and each count is the sum of the spans it covers, of which most are printed nowhere.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, pairwise

from lado.reports.cells import Cell, Label
from lado.reports.counts import Tie, not_above, whole
from lado.reports.measures import BY_ID
from lado.rules.quarters import ONE_DAY, Period

# How what a population holds goes from period to period: counted on each day that it lasts, on the
# last day, or on its own day. What a case had in a period is like nothing in another.
LASTING = {"overseen", "of_matters", "children"}
ON_LAST_DAY = {"open", "overdue"}
EVENTS = {
    "received", "limbs", "adults", "places", "spells", "concluded", "opened", "held", "first_held",
    "invited", "raised", "actions_due", "safety_measures", "considered", "sent", "acknowledged",
    "dbs", "learning", "training", "audited",
}  # fmt: skip
OF_ONE_PERIOD = {"discussed"}
OPEN_AT_END = "cases.open_at_end"
BROUGHT_FORWARD = "cases.brought_forward"


@dataclass
class Across:
    """`unprinted` are the spans that no period is."""

    ties: list[Tie] = field(default_factory=list)
    unprinted: dict[Cell, int] = field(default_factory=dict)


def across(values: Mapping[Cell, int]) -> Across:
    """`values` in the order in which they are believed where two draws contradict each other."""
    series: dict[tuple[str, Label], list[Cell]] = {}
    for cell in values:
        series.setdefault((cell.measure, cell.label), []).append(cell)
    found = Across()
    for (name, _), cells in series.items():
        measure = BY_ID[name]
        if measure.population in ON_LAST_DAY or name in (OPEN_AT_END, BROUGHT_FORWARD):
            found.ties += _on_same_day(cells)
        elif measure.population in LASTING or measure.distinct:
            found.ties += _lasting(cells)
        elif measure.population in EVENTS:
            _events(cells, values, found)
    found.ties += _day_after(values)
    return found


def _on_same_day(cells: Sequence[Cell]) -> Iterator[Tie]:
    for one, other in combinations(cells, 2):
        if _day(one) == _day(other):
            yield Tie({one: 1, other: -1})


def _day(cell: Cell) -> date:
    """The day at whose close it is counted."""
    return cell.period.start - ONE_DAY if cell.measure == BROUGHT_FORWARD else cell.period.end


def _day_after(values: Iterable[Cell]) -> Iterator[Tie]:
    ends: dict[date, Cell] = {}
    for cell in values:
        if cell.measure == OPEN_AT_END:
            ends.setdefault(_day(cell), cell)
    for cell in values:
        if cell.measure == BROUGHT_FORWARD and _day(cell) in ends:
            yield Tie({ends[_day(cell)]: 1, cell: -1})


def _lasting(cells: Sequence[Cell]) -> Iterator[Tie]:
    """What lasts in a part of a period lasts in it; what lasts in it does in one of its parts."""
    for cell in cells:
        within = [one for one in cells if one is not cell and _is_within(one.period, cell.period)]
        yield from (not_above(one, cell) for one in within)
        if parts := _parts(cell.period, within):
            yield not_above(cell, *parts)


def _is_within(part: Period, period: Period) -> bool:
    return period.start <= part.start and part.end <= period.end and part != period


def _parts(period: Period, within: Sequence[Cell]) -> list[Cell]:
    """Longest first, if they fill the period."""
    day, found = period.start, []
    while day <= period.end:
        next_ = [cell for cell in within if cell.period.start == day]
        if not next_:
            return []
        found.append(max(next_, key=lambda cell: cell.period.end))
        day = found[-1].period.end + ONE_DAY
    return found


def _events(cells: Sequence[Cell], values: Mapping[Cell, int], found: Across) -> None:
    kept = _consistent(cells, values)
    _cut(kept, values, found)
    rest = [cell for cell in cells if cell not in kept]
    while rest:  # another draw, whose numbers hold together without these
        kept = _consistent(rest, values)
        _cut(kept, values, found)
        rest = [cell for cell in rest if cell not in kept]


def _consistent(cells: Sequence[Cell], values: Mapping[Cell, int]) -> list[Cell]:
    """As many as fit each other, the first first."""
    if len({cell.period for cell in cells}) == len(cells) and _reached(cells, values):
        return list(cells)
    kept: list[Cell] = []
    for cell in cells:
        apart = all(cell.period != other.period for other in kept)
        if apart and _reached([*kept, cell], values):
            kept.append(cell)
    return kept


def _reached(cells: Sequence[Cell], values: Mapping[Cell, int]) -> dict[date, int] | None:
    """How many events there were before each day at which a period starts or has ended, up to
    what all share; None if no such numbers fit. Shortest paths: each period is a step forth and
    back, and there are never fewer events later."""
    days = _days(cells)
    steps = [(later, day, 0) for day, later in pairwise(days)]
    for cell in cells:
        first, after = cell.period.start, cell.period.end + ONE_DAY
        steps += [(first, after, values[cell]), (after, first, -values[cell])]
    reached = dict.fromkeys(days, 0)
    for _ in range(len(days) + 1):
        changed = False
        for day, to, number in steps:
            if reached[day] + number < reached[to]:
                reached[to], changed = reached[day] + number, True
        if not changed:
            return reached
    return None


def _days(cells: Sequence[Cell]) -> list[date]:
    return sorted({day for c in cells for day in (c.period.start, c.period.end + ONE_DAY)})


def _cut(cells: Sequence[Cell], values: Mapping[Cell, int], found: Across) -> None:
    reached = _reached(cells, values) or {}
    by_period = {cell.period: cell for cell in cells}
    spans = [
        (Period(day, later - ONE_DAY), reached[later] - reached[day])
        for day, later in pairwise(_days(cells))
    ]
    for cell in cells:
        parts = []
        for span, number in spans:
            if _is_within(span, cell.period):
                part = by_period.get(span) or cell._replace(period=span, draw=-1 - cell.draw)
                if part.draw < 0:
                    found.unprinted[part] = number
                parts.append(part)
        if parts:
            found.ties.append(whole(cell, parts))
