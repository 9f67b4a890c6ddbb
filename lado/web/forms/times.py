"""A time of day, as people write it."""

import re
from datetime import time
from typing import Any

from wtforms.validators import StopValidation

from lado.web.forms.text import TextField

CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
NOON, DAY_HOURS, HOUR_MINUTES = 12, 24, 60


class TimeField(TextField):
    """`time` is what was typed, or None. Typed like 14:30, 2.30pm or 2pm."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, width=5, longest=20, **options)

    def process_data(self, value: Any) -> None:
        super().process_data(self.as_words(value))

    @property
    def time(self) -> time | None:
        return clock_time(self.data or "")

    def look_closer(self) -> None:
        if self.time is None:
            raise StopValidation(f"{self.called} must be like 14:30 or 2:30pm")

    def as_words(self, value: Any) -> str:
        return f"{value:%H:%M}" if isinstance(value, time) else super().as_words(value)


def clock_time(text: str) -> time | None:
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= NOON:
        return None
    if half:
        hour = hour % NOON + (NOON if half == "pm" else 0)
    return time(hour, minute) if hour < DAY_HOURS and minute < HOUR_MINUTES else None
