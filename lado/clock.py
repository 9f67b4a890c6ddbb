"""The only place that asks the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date where the councils are."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The date it was then where the councils are."""
    return moment.astimezone(LONDON).date()
