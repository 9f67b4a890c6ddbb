"""A date typed as day, month and year, with messages that say which part is wrong."""

from calendar import month_abbr, month_name, monthrange
from datetime import date
from typing import Any

from wtforms.validators import StopValidation

from lado import clock
from lado.rules.words import long_day
from lado.web.forms.clean import clean_line, one_text
from lado.web.forms.field import KitField

PARTS = ("day", "month", "year")
MONTHS = {
    name.lower(): number
    for names in (month_name, month_abbr)
    for number, name in enumerate(names)
    if name
}
EARLIEST_YEAR = 1900
LATEST_YEAR = 2200
MONTH_COUNT, YEAR_DIGITS = 12, 4


class DateField(KitField):
    """`data` is a date or None. Inputs are `name-day`, `name-month` and `name-year`.

    `past` refuses days after today. A month may be typed as a word.
    """

    kind = "date"

    def __init__(self, label: str, *, past: bool = False, **options: Any) -> None:
        super().__init__(label, **options)
        self.past = past
        self.typed = dict.fromkeys(PARTS, "")
        self.wrong: tuple[str, ...] = ()

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(None, *args, **kwargs)
        if formdata is not None:
            self.process_formdata([formdata.getlist(f"{self.name}-{part}") for part in PARTS])

    def process_data(self, value: date | None) -> None:
        self.data = value
        if value:
            numbers = (value.day, value.month, value.year)
            self.typed = {part: str(number) for part, number in zip(PARTS, numbers, strict=True)}

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        self.problem, self.wrong = "", ()
        for part, values in zip(PARTS, valuelist, strict=True):
            text, problem = one_text(values)
            self.typed[part] = clean_line(text)
            if problem and not self.problem:
                self._refuse(problem, part)
        if not self.problem and any(self.typed.values()):
            self._parse()

    @property
    def focus_id(self) -> str:
        return f"{self.id}-{self.wrong[0] if self.wrong else 'day'}"

    def is_wrong(self, part: str) -> bool:
        """Whether this input is marked red: all are, when no one part is to blame."""
        return bool(self.errors) and (not self.wrong or part in self.wrong)

    def look_closer(self) -> None:
        if self.past and self.data > clock.today():
            self.wrong = ()
            raise StopValidation(f"{self.called} must be today or in the past")

    def as_words(self, value: Any) -> str:
        return long_day(value) if value else ""

    @property
    def typed_words(self) -> str:
        return self.as_words(self.data) or " ".join(self.typed.values()).strip()

    def take(self, value: Any) -> None:
        self.typed, self.wrong = dict.fromkeys(PARTS, ""), ()
        super().take(value)

    def _refuse(self, what: str, *parts: str) -> None:
        self.problem, self.wrong = f"{self.called} {what}", parts

    def _parse(self) -> None:
        missing = [part for part in PARTS if not self.typed[part]]
        if missing:
            return self._refuse(f"must include a {' and '.join(missing)}", *missing)
        day, month, year = (self._number(part) for part in PARTS)
        if len(self.typed["year"]) != YEAR_DIGITS or year is None:
            return self._refuse("must have a year of 4 numbers, like 2026", "year")
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            return self._refuse(f"must have a year from {EARLIEST_YEAR} to {LATEST_YEAR}", "year")
        if month is None or not 1 <= month <= MONTH_COUNT:
            return self._refuse("must be a real date. Check the month", "month")
        if day is None or not 1 <= day <= monthrange(year, month)[1]:
            return self._refuse("must be a real date. Check the day", "day")
        self.data = date(year, month, day)
        return None

    def _number(self, part: str) -> int | None:
        text = self.typed[part].lower()
        if part == "month" and text in MONTHS:
            return MONTHS[text]
        return int(text) if text.isascii() and text.isdigit() and len(text) <= YEAR_DIGITS else None
