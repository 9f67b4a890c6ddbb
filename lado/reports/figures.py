"""Drawing the figures of a period: the same object feeds the page, the PDF and the JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from lado import clock
from lado.reports.cuts import Cut
from lado.reports.measure import Measure, Shape
from lado.reports.measures import BY_ID, MEASURES
from lado.reports.reconciliation import ReconciliationError, discrepancies
from lado.reports.rows import Tally, load_vocabulary
from lado.reports.scope import Scope
from lado.reports.values import Cohort, Rate, Ratio, Value, as_json, as_record, from_record
from lado.rules.quarters import Period, PeriodKind


@dataclass(frozen=True)
class Figures:
    """`provisional`: drawn before the period had ended, so it covers what had passed."""

    period: Period
    as_at: date
    provisional: bool
    values: Mapping[str, Value]

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
            measure.id: as_json(self.values[measure.id])
            for measure in MEASURES
            if self.values[measure.id] or not measure.only_if_any
        }

    def as_record(self) -> dict[str, Any]:
        """All that is needed to show the figures again, zero rows included."""
        return {
            "period": [self.period.start.isoformat(), self.period.end.isoformat()],
            "as_at": self.as_at.isoformat(),
            "provisional": self.provisional,
            "values": {name: as_record(value) for name, value in self.values.items()},
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
        )


def draw(session: Session, period: Period, as_at: date | None = None) -> Figures:
    """The figures of one period. `as_at` is the period's end, or today while it has not ended."""
    today = clock.today()
    end = min(period.end, today)
    if period.start > today:
        raise ValueError(f"{period.label} has not begun, so there is nothing to count.")
    if as_at is not None and not end <= as_at <= today:
        raise ValueError(
            f"The as-at date must lie between {end:%d/%m/%Y}, where the figures end, and today."
        )
    scope = Scope(period=period, end=end, as_at=as_at or end)
    return Figures(period, scope.as_at, today <= period.end, _count_all(session, scope))


def draw_part(session: Session, period: Period, last_day: date) -> Figures:
    """The first days of a period that is over, to stand beside one that is under way."""
    scope = Scope(period=period, end=last_day, as_at=last_day)
    return Figures(period, last_day, False, _count_all(session, scope))


def _count_all(session: Session, scope: Scope) -> dict[str, Value]:
    vocabulary = load_vocabulary(session)
    values: dict[str, Value] = {}
    cuts: dict[str, Cut] = {}
    for measure in MEASURES:
        if measure.population not in cuts:
            cuts[measure.population] = Cut(measure.population, session, scope, vocabulary)
        values[measure.id] = _count(measure, cuts[measure.population], values)
    return values


def _count(measure: Measure, cut: Cut, counted: Mapping[str, Any]) -> Value:
    match measure.shape:
        case Shape.COUNT:
            return _records(measure, cut)
        case Shape.RATE:
            tally = cut.by(measure.key)
            return Rate(tally[True], tally[True] + tally[False])
        case Shape.RATIO:
            return Ratio(_records(measure, cut), counted[measure.over])
        case Shape.COHORT:
            ended = cut.where("concluded", measure.key)
            return Cohort(Rate(ended.total(), cut.size), _fill(measure, ended, cut))
        case Shape.BREAKDOWN:
            return _fill(measure, cut.by(measure.key), cut)


def _records(measure: Measure, cut: Cut) -> int:
    if measure.distinct:
        return cut.different(measure.distinct, measure.key)
    return cut.by(measure.key)[True] if measure.key else cut.size


def _fill(measure: Measure, tally: Tally, cut: Cut) -> dict[str, int]:
    return measure.rows.fill(tally, cut.scope.period, cut.vocabulary)
