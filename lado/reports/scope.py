"""The days by which the records of a period are cut."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Date, bindparam

from lado.rules.quarters import Period

START, BEFORE, END, AS_AT = (
    bindparam(name, type_=Date) for name in ("start", "before", "end", "as_at")
)


@dataclass(frozen=True)
class Scope:
    """The days a population is cut by. `end` is today while the period has not ended.

    The statements name these days, so that they are built once and not for each period.
    """

    period: Period
    end: date
    as_at: date

    @property
    def parameters(self) -> dict[str, date]:
        return {
            START.key: self.period.start,
            BEFORE.key: self.period.start - timedelta(days=1),
            END.key: self.end,
            AS_AT.key: self.as_at,
        }
