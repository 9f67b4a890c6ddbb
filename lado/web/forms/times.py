"""A time of day, typed as people write one."""

import re
from datetime import time

from lado.web.forms.clean import clean_line
from lado.web.forms.field import KitField

CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)
NOON, DAY_HOURS, HOUR_MINUTES = 12, 24, 60


class TimeField(KitField):
    """`data` is a time or None. Takes 14:30, 1430, 2.30pm and 2pm."""

    kind = "text"
    width = 5

    def process_data(self, value: time | None) -> None:
        self.data = value
        self.typed = self.as_words(value)

    def read(self, text: str) -> None:
        self.typed = clean_line(text)
        self.data = _clock_time(self.typed)
        if self.typed and self.data is None:
            self.problem = self.problem or f"{self.called} must be like 14:30 or 2:30pm"

    def as_words(self, value: time | None) -> str:
        return f"{value:%H:%M}" if value else ""

    @property
    def typed_words(self) -> str:
        return self.typed


def _clock_time(text: str) -> time | None:
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= NOON:
        return None
    if half:
        hour = hour % NOON + (NOON if half == "pm" else 0)
    return time(hour, minute) if hour < DAY_HOURS and minute < HOUR_MINUTES else None
