"""A period beside the ones it is compared with. Change is worked out here and nowhere typed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from lado.reports.figures import Figures, draw, draw_part
from lado.reports.measure import Measure, Shape
from lado.reports.measures import MEASURES
from lado.reports.rows import MONTHS
from lado.reports.trends import NO_TRENDS, Trends, trends_to
from lado.reports.values import SMALLEST_BASE, percentage
from lado.rules.quarters import Period


class Change(NamedTuple):
    """`percent` is None on a base too small to bear one."""

    difference: int
    percent: float | None


def change(now: int, base: int) -> Change:
    if base < SMALLEST_BASE:
        return Change(now - base, None)
    return Change(now - base, percentage(now - base, base))


@dataclass(frozen=True)
class Comparison:
    """Keyed by role. A year has no `previous` of its own, being compared with last year. More than
    a year has no `last_year`, which would overlap it. What starts on 1 April is its own year to
    date, and what reaches into a second financial year has none."""

    this: Figures
    previous: Figures | None = None
    last_year: Figures | None = None
    to_date: Figures | None = None
    last_to_date: Figures | None = None
    trends: Trends = NO_TRENDS

    @property
    def period(self) -> Period:
        return self.this.period

    @property
    def leading(self) -> Sequence[Figures]:
        return [self.this]

    def printed(self) -> Iterator[tuple[Figures, tuple[Measure, ...]]]:
        """Months and cross-tables not of all periods."""
        for figures in [self.this, *self.others]:
            yield figures, tuple(each for each in MEASURES if self._prints(each, figures))

    def _prints(self, measure: Measure, figures: Figures) -> bool:
        if not measure.public or measure.id not in figures.values:
            return False
        if measure.shape is Shape.CROSS:
            return figures is self.this
        return measure.rows is not MONTHS or figures is self.this or figures is self.last_year

    def each(self, change: Callable[[Figures], Figures]) -> "Comparison":
        """Without the trends, which are in the full edition only."""
        parts: dict[str, Any] = {role: part and change(part) for role, part in self.roles()}
        return Comparison(**parts)

    @property
    def discrepancies(self) -> list[str]:
        """Of every period shown: a change from a total that does not hold is not one either."""
        return list(
            dict.fromkeys(
                f"{figures.label}: {words}"
                for figures in [self.this, *self.others]
                for words in figures.discrepancies
            )
        )

    @property
    def others(self) -> list[Figures]:
        return [figures for _role, figures in self.roles() if figures and figures is not self.this]

    def as_record(self) -> dict[str, Any]:
        found = {role: figures and figures.as_record() for role, figures in self.roles()}
        return found | {"trends": self.trends.as_record()}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Comparison":
        """An older report has no trends."""
        figures = {role: part for role, part in record.items() if role != "trends"}
        return cls(
            **{role: part and Figures.from_record(part) for role, part in figures.items()},
            trends=Trends.from_record(record["trends"]) if "trends" in record else NO_TRENDS,
        )

    def roles(self) -> list[tuple[str, Figures | None]]:
        return [
            ("this", self.this),
            ("previous", self.previous),
            ("last_year", self.last_year),
            ("to_date", self.to_date),
            ("last_to_date", self.last_to_date),
        ]


def compare(session: Session, period: Period, as_at: date | None = None) -> Comparison:
    this = draw(session, period, as_at)
    others = _others(period).items()
    beside = {role: _beside(this, other, session) for role, other in others}
    return Comparison(this, **beside, trends=trends_to(session, this))


def _others(period: Period) -> dict[str, Period]:
    previous, last_year = period.previous(), period.same_last_year()
    to_date = period.year_to_date()
    found = {}
    if previous != last_year:
        found["previous"] = previous
    if not period.is_over_a_year:
        found["last_year"] = last_year
    if period.is_within_a_year and to_date != period:
        found |= {"to_date": to_date, "last_to_date": to_date.same_last_year()}
    return found


def _beside(this: Figures, other: Period, session: Session) -> Figures:
    """Judged as long after its own end as this one is; beside a part of a period, a part."""
    if other.end == this.period.end:
        return draw(session, other, this.as_at)
    if this.is_part:
        return draw_part(session, other, _corresponding_day(this, other))
    return draw(session, other, other.end + (this.as_at - this.end))


def _corresponding_day(this: Figures, other: Period) -> date:
    """As many days after its start; in a year to date, the same day of the year."""
    if other == this.period.year_to_date().same_last_year():
        return this.covered.year_to_date().same_last_year().end
    return min(other.start + (this.end - this.period.start), other.end)
