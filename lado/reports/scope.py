"""The days by which the records of a period are cut."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Date, Integer, bindparam

from lado.clock import LONDON
from lado.models.base import Moment
from lado.rules.delays import month_number
from lado.rules.quarters import Period
from lado.rules.timescales import add_months

START, BEFORE, END, AS_AT, YEAR_BEFORE_END = (
    bindparam(name, type_=Date) for name in ("start", "before", "end", "as_at", "year_before_end")
)
AFTER_END = bindparam("after_end", type_=Moment)
MONTH_OF_END = bindparam("month_of_end", type_=Integer)


@dataclass(frozen=True)
class Scope:
    """The days a population is cut by. `end` is today while the period has not ended.

    The statements name these days, so that they are built once and not for each period.
    """

    period: Period
    end: date
    as_at: date

    @property
    def parameters(self) -> dict[str, Any]:
        midnight = datetime.combine(self.end + timedelta(days=1), time(), LONDON)
        return {
            START.key: self.period.start,
            BEFORE.key: self.period.start - timedelta(days=1),
            END.key: self.end,
            AS_AT.key: self.as_at,
            YEAR_BEFORE_END.key: add_months(self.end, -12),
            AFTER_END.key: midnight,
            MONTH_OF_END.key: month_number(self.end),
        }
