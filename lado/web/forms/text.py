"""Words and whole numbers."""

import re
from typing import Any

from wtforms.validators import StopValidation

from lado.web.forms.clean import clean_line, clean_lines
from lado.web.forms.field import KitField

EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")


class TextField(KitField):
    """One line. `data` is a string, empty when nothing was typed.

    `width` is 2, 3, 4, 5, 10 or 20 characters, or 0 for the whole width.
    """

    kind = "text"

    def __init__(
        self,
        label: str,
        *,
        longest: int = 200,
        width: int = 0,
        spellcheck: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label, **options)
        self.longest = longest
        self.width = width
        self.spellcheck = spellcheck

    def process_data(self, value: Any) -> None:
        self.data = "" if value is None else str(value)

    def read(self, text: str) -> None:
        self.data = clean_line(text)

    def look_closer(self) -> None:
        if len(self.data) > self.longest:
            raise StopValidation(f"{self.called} must be {self.longest:,} characters or fewer")


class EmailField(TextField):
    """An address that could be one; the only proof is a message that arrives."""

    kind = "email"

    def __init__(self, label: str, *, longest: int = 254, **options: Any) -> None:
        super().__init__(label, longest=longest, **options)

    def look_closer(self) -> None:
        super().look_closer()
        if not EMAIL.fullmatch(self.data):
            raise StopValidation(f"{self.called} must be like name@example.com")


class TextAreaField(TextField):
    """Several lines, with a count of the characters left once most are used."""

    kind = "textarea"

    def __init__(self, label: str, *, longest: int = 10_000, rows: int = 5, **options: Any) -> None:
        super().__init__(label, longest=longest, spellcheck=True, **options)
        self.rows = rows

    def read(self, text: str) -> None:
        self.data = clean_lines(text)


class IntegerField(KitField):
    """A whole number; `data` is None when nothing was typed."""

    kind = "text"
    inputmode = "numeric"

    def __init__(
        self, label: str, *, least: int = 0, most: int = 1_000_000, width: int = 5, **options: Any
    ) -> None:
        super().__init__(label, **options)
        self.least, self.most, self.width = least, most, width
        self.typed = ""

    def process_data(self, value: int | None) -> None:
        self.data = value
        self.typed = "" if value is None else str(value)

    def read(self, text: str) -> None:
        self.typed = clean_line(text)
        digits = self.typed.replace(",", "").removeprefix("-")
        usable = digits.isascii() and digits.isdigit() and len(digits) <= len(str(self.most))
        self.data = int(self.typed.replace(",", "")) if usable else None
        if self.typed and not usable:
            self.problem = self.problem or self._range()

    def look_closer(self) -> None:
        if not self.least <= self.data <= self.most:
            raise StopValidation(self._range())

    @property
    def typed_words(self) -> str:
        return self.typed

    def _range(self) -> str:
        return f"{self.called} must be a whole number from {self.least:,} to {self.most:,}"


class HiddenNumber(IntegerField):
    """A number of the page's own, such as the version of the record that it shows."""

    kind = "hidden"

    def __init__(self, **options: Any) -> None:
        super().__init__("", **options)

    def read(self, text: str) -> None:
        super().read(text)
        self.problem = ""
        self.data = self.data or 0
