"""The figures that lead the report over eight quarters and five years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lado import clock
from lado.models import Consultation
from lado.reports.figures import Figures, draw, draw_part
from lado.reports.measures import BY_ID
from lado.rules.quarters import Period, quarter_of, year_of

QUARTERS, YEARS = 8, 5
TRENDED = (
    "consultations.received",
    "consultations.progressed",
    "consultations.conversion",
    "cases.opened",
    "cases.overseen",
    "cases.concluded",
    "cases.open_at_end",
    "strategy.held",
)


@dataclass(frozen=True)
class Trends:
    """The last ones are those in which the report's period ends, up to its last day counted.
    Those before anything was recorded are left out; `begun` is the day of the first contact."""

    quarters: tuple[Figures, ...] = ()
    years: tuple[Figures, ...] = ()
    begun: date | None = None

    def as_record(self) -> dict[str, Any]:
        return {
            "quarters": [figures.as_record() for figures in self.quarters],
            "years": [figures.as_record() for figures in self.years],
            "begun": self.begun and self.begun.isoformat(),
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Trends":
        return cls(
            tuple(map(Figures.from_record, record["quarters"])),
            tuple(map(Figures.from_record, record["years"])),
            date.fromisoformat(begun) if (begun := record.get("begun")) else None,
        )


NO_TRENDS = Trends()


def trends_to(session: Session, this: Figures) -> Trends:
    last_quarter, last_year = quarter_of(this.end), year_of(this.end)
    return Trends(
        _drawn(session, this, _back_from(last_quarter, QUARTERS)),
        _drawn(session, this, _back_from(last_year, YEARS)),
        session.scalar(select(func.min(Consultation.received_on))),
    )


def _back_from(period: Period, number: int) -> list[Period]:
    found = [period]
    while len(found) < number:
        found.append(found[-1].previous())
    return found[::-1]


def _drawn(session: Session, this: Figures, periods: list[Period]) -> tuple[Figures, ...]:
    found = (_of(session, this, period) for period in periods)
    return tuple(dropwhile(_is_empty, found))


def _of(session: Session, this: Figures, period: Period) -> Figures:
    """Followed up as long after its end as the report's period is."""
    measures = [BY_ID[name] for name in TRENDED]
    if this.end < period.end:
        return draw_part(session, period, this.end, measures)
    as_at = min(period.end + (this.as_at - this.end), clock.today())
    return draw(session, period, as_at, measures)


def _is_empty(figures: Figures) -> bool:
    return not (figures["consultations.received"] or figures["cases.overseen"])
