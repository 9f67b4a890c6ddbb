"""What was in time by the council's own numbers."""

from datetime import date

from lado.queries import settings
from lado.rules.timescales import Timescale, due


def told_late(aware_on: date | None, received_on: date) -> bool:
    """Whether the setting told the LADO later than the council asks (R-08)."""
    if aware_on is None:
        return False
    return received_on > due(Timescale.TOLD_LADO, aware_on, settings.amount(Timescale.TOLD_LADO))
