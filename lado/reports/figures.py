"""Drawing the figures of a period: the same object feeds the page, the PDF and the JSON."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from lado import clock
from lado.reports.cuts import Cut
from lado.reports.measure import Measure, Shape
from lado.reports.measures import BY_ID, MEASURES
from lado.reports.measures.totals import BY_SUBSECTOR
from lado.reports.reconciliation import ReconciliationError, discrepancies
from lado.reports.rows import Tally, Vocabulary, load_vocabulary
from lado.reports.scope import Scope
from lado.reports.values import Cells, Cohort, Rate, Ratio, Value, as_json, as_record, from_record
from lado.rules.quarters import Period, PeriodKind
from lado.rules.vocabulary import TermGroup


@dataclass(frozen=True)
class Figures:
    """`provisional`: drawn before the period had ended, so it covers what had passed. `parents`:
    of each sub-sector the sector, by what they are called."""

    period: Period
    as_at: date
    provisional: bool
    values: Mapping[str, Value]
    parents: Mapping[str, str] = field(default_factory=dict)

    @property
    def end(self) -> date:
        """The last day counted. Figures are never as at a day before it."""
        return min(self.period.end, self.as_at)

    @property
    def covered(self) -> Period:
        return Period(self.period.start, self.end)

    @property
    def is_part(self) -> bool:
        return self.end < self.period.end

    @property
    def label(self) -> str:
        """`2026-27 Q3`, or of its first days `2026-27 Q3 to 25 Nov`."""
        if self.is_part and self.period.kind is not PeriodKind.RANGE:
            return f"{self.period.label} to {self.end.day} {self.end:%b}"
        return self.covered.label

    @property
    def typed_label(self) -> str:
        """`financial year 2026-27 to 25 Nov`."""
        return self.label.replace(self.period.label, self.period.typed_label)

    def has_begun(self, month: str) -> bool:
        """Whether a `2012-04` had, by the last day counted."""
        return month <= f"{self.end:%Y-%m}"

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def discrepancies(self) -> list[str]:
        """In words, each total that does not hold."""
        return discrepancies(self.values)

    def check(self) -> None:
        if found := self.discrepancies:
            raise ReconciliationError(found)

    def as_json(self) -> dict[str, Any]:
        """Keyed and ordered as the figures are declared."""
        head = {
            "period": [self.period.start.isoformat(), self.period.end.isoformat()],
            "as_at": self.as_at.isoformat(),
        }
        return head | {
            measure.id: as_json(measure.shape, self.values[measure.id])
            for measure in MEASURES
            if measure.id in self.values and (self.values[measure.id] or not measure.only_if_any)
        }

    def as_record(self) -> dict[str, Any]:
        """All that is needed to show the figures again, zero rows included."""
        return {
            "period": [self.period.start.isoformat(), self.period.end.isoformat()],
            "as_at": self.as_at.isoformat(),
            "provisional": self.provisional,
            "values": {
                name: as_record(BY_ID[name].shape, value) for name, value in self.values.items()
            },
            "parents": dict(self.parents),
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Figures":
        start, end = record["period"]
        return cls(
            period=Period(date.fromisoformat(start), date.fromisoformat(end)),
            as_at=date.fromisoformat(record["as_at"]),
            provisional=record["provisional"],
            values={
                name: from_record(BY_ID[name].shape, value)
                for name, value in record["values"].items()
            },
            parents=record.get("parents", {}),
        )


def draw(
    session: Session,
    period: Period,
    as_at: date | None = None,
    measures: Sequence[Measure] = MEASURES,
) -> Figures:
    """The figures of one period. `as_at` is the period's end, or today while it has not ended."""
    scope = scope_of(period, as_at)
    provisional = clock.today() <= period.end
    return _drawn(session, scope, provisional, measures)


def scope_of(period: Period, as_at: date | None = None) -> Scope:
    """Raises ValueError, in words, for what cannot be counted."""
    today = clock.today()
    end = min(period.end, today)
    if period.start > today:
        raise ValueError(f"{period.label} has not begun, so there is nothing to count.")
    if as_at is not None and not end <= as_at <= today:
        raise ValueError(
            f"The as-at date must lie between {end:%d/%m/%Y}, where the figures end, and today."
        )
    return Scope(period=period, end=end, as_at=as_at or end)


def draw_part(
    session: Session, period: Period, last_day: date, measures: Sequence[Measure] = MEASURES
) -> Figures:
    """The first days of a period that is over, to stand beside one that is under way."""
    scope = Scope(period=period, end=last_day, as_at=last_day)
    return _drawn(session, scope, False, measures)


def _drawn(
    session: Session, scope: Scope, provisional: bool, measures: Sequence[Measure]
) -> Figures:
    vocabulary = load_vocabulary(session)
    values = _count_all(session, scope, measures, vocabulary)
    parents = _parents(vocabulary) if BY_SUBSECTOR in values else {}
    return Figures(scope.period, scope.as_at, provisional, values, parents)


def _parents(vocabulary: Vocabulary) -> dict[str, str]:
    sectors = {term.id: term.label for term in vocabulary[TermGroup.SECTOR]}
    subsectors = vocabulary[TermGroup.SUBSECTOR]
    return {term.label: sectors[term.parent_id] for term in subsectors if term.parent_id}


def _count_all(
    session: Session, scope: Scope, measures: Sequence[Measure], vocabulary: Vocabulary
) -> dict[str, Value]:
    asked = groupby(sorted(measures, key=_population), key=_population)
    cuts = {population: Cut(list(group), session, scope, vocabulary) for population, group in asked}
    values: dict[str, Value] = {}
    for measure in measures:
        values[measure.id] = _count(measure, cuts[measure.population], values)
    return values


def _population(measure: Measure) -> str:
    return measure.population


def _count(measure: Measure, cut: Cut, counted: Mapping[str, Any]) -> Value:
    found: Value
    match measure.shape:
        case Shape.COUNT:
            found = _records(measure, cut)
        case Shape.RATE:
            tally = cut.by(measure.key)
            found = Rate(tally[True], tally[True] + tally[False])
        case Shape.RATIO:
            found = Ratio(_records(measure, cut), counted[measure.over])
        case Shape.COHORT:
            ended = cut.by(measure.key, measure.where)
            found = Cohort(Rate(ended.total(), cut.size), _fill(measure, ended, cut))
        case Shape.BREAKDOWN:
            found = _fill(measure, cut.by(measure.key, measure.where), cut)
        case Shape.CROSS:
            found = _cross(measure, cut)
        case Shape.MOST:
            numbers: Any = cut.by(measure.key)
            found = max(numbers, default=None)
        case Shape.SUM:
            each: Any = cut.by(measure.key)
            found = sum(number * records for number, records in each.items())
    return found


def _records(measure: Measure, cut: Cut) -> int:
    if measure.distinct:
        return cut.different(measure.distinct, measure.key)
    return cut.by(measure.key)[True] if measure.key else cut.size


def _fill(measure: Measure, tally: Tally, cut: Cut) -> dict[str, int]:
    return measure.rows.fill(tally, cut.scope.period, cut.vocabulary)


def _cross(measure: Measure, cut: Cut) -> Cells:
    rows, columns = (BY_ID[margin] for margin in measure.margins)
    down, across = (one.rows.namer(cut.scope.period, cut.vocabulary) for one in (rows, columns))
    cells: Counter[tuple[str, str]] = Counter()
    for (row, column), n in cut.by_both(rows.key, columns.key).items():
        cells[down(row), across(column)] += n
    return dict(cells)
