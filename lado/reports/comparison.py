"""A period beside the ones it is compared with. Change is worked out here and nowhere typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from lado.reports.figures import Figures, draw
from lado.reports.values import SMALLEST_BASE
from lado.rules.quarters import Period, PeriodKind


class Change(NamedTuple):
    """`percent` is None on a base too small to bear one."""

    difference: int
    percent: float | None


def change(now: int, base: int) -> Change:
    if base < SMALLEST_BASE:
        return Change(now - base, None)
    return Change(now - base, 100 * (now - base) / base)


@dataclass(frozen=True)
class Comparison:
    """Keyed by role. A financial year has no `previous` of its own, being compared with last
    year, and no `to_date`, being it."""

    this: Figures
    previous: Figures | None
    last_year: Figures
    to_date: Figures | None
    last_to_date: Figures | None

    @property
    def period(self) -> Period:
        return self.this.period

    @property
    def discrepancies(self) -> list[str]:
        """Of every period shown: a change from a total that does not hold is not one either."""
        drawn = [figures for _role, figures in self._roles() if figures]
        return list(
            dict.fromkeys(
                f"{figures.period.label}: {words}"
                for figures in drawn
                for words in figures.discrepancies
            )
        )

    def as_record(self) -> dict[str, Any]:
        return {role: figures and figures.as_record() for role, figures in self._roles()}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Comparison":
        return cls(**{role: part and Figures.from_record(part) for role, part in record.items()})

    def _roles(self) -> list[tuple[str, Figures | None]]:
        return [
            ("this", self.this),
            ("previous", self.previous),
            ("last_year", self.last_year),
            ("to_date", self.to_date),
            ("last_to_date", self.last_to_date),
        ]


def compare(session: Session, period: Period, as_at: date | None = None) -> Comparison:
    """Each other period is judged as long after its own end as this one is."""
    this = draw(session, period, as_at)
    lag = this.as_at - min(period.end, this.as_at)
    drawn = {period: this}

    def other(wanted: Period) -> Figures:
        if wanted not in drawn:
            drawn[wanted] = draw(session, wanted, wanted.end + lag if lag else None)
        return drawn[wanted]

    last_year = other(period.same_last_year())
    if period.kind is PeriodKind.YEAR:
        return Comparison(this, None, last_year, None, None)
    to_date = period.year_to_date()
    return Comparison(
        this=this,
        previous=other(period.previous()),
        last_year=last_year,
        to_date=other(to_date),
        last_to_date=other(to_date.same_last_year()),
    )
