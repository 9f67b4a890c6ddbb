"""From which day on something is overdue today, for conditions in SQL."""

from datetime import date, timedelta

from lado.queries import settings
from lado.rules import timescales
from lado.rules.timescales import Timescale

LONG_AGO = timedelta(days=800)


def latest_overdue_start(timescale: Timescale, today: date) -> date:
    """What started on this day or before, and is not done, is overdue today."""
    amount = settings.amount(timescale)
    day = today
    while timescales.due(timescale, day, amount) >= today and day > today - LONG_AGO:
        day -= timedelta(days=1)
    return day
