"""Parts of a form that come several times: adults, children, those taking part, actions."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from wtforms import FieldList, FormField

from lado.web.forms.choices import ConfirmField, YesNoField
from lado.web.forms.form import Row
from lado.web.forms.text import HiddenNumber


class Block(Row):
    """`number` is that of the record the block is about, or 0 while there is none."""

    number = HiddenNumber(most=10_000)

    @property
    def is_blank(self) -> bool:
        typed = (field for field in self if field is not self.number)
        return all(is_blank(field) for field in typed if not isinstance(field, FieldList))


def is_blank(field: Any) -> bool:
    """Nothing typed; what the page itself had chosen does not count."""
    if field.problem:
        return False
    if isinstance(field, ConfirmField):
        return not field.data
    if isinstance(field, YesNoField):
        return field.data is None
    return bool(field.is_empty)


class Blocks(FieldList):  # type: ignore[type-arg]
    """FieldList reads any name that looks numbered, and fails on numbers that are none."""

    def __init__(self, block: type[Block], *, most: int, **options: Any) -> None:
        super().__init__(FormField(block), max_entries=most, **options)

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        numbered = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,3}})-")
        return (int(found[1]) for found in map(numbered.match, formdata) if found)

    @property
    def blocks(self) -> list[Any]:
        return [entry.form for entry in self.entries]

    def add_one(self) -> None:
        if len(self.entries) < (self.max_entries or 0):
            self.append_entry()

    def arrange(self, on_record: dict[int, dict[str, Any]]) -> None:
        """Records first and in their order, by number. One that was not sent stays as it is."""
        sent = {entry.form.number.data or 0: entry for entry in self.entries}
        further = [entry for entry in self.entries if entry.form.number.data not in on_record]
        self.entries, self.last_index = list(self.entries), len(self.entries) - 1
        kept = [sent.get(number) or self.append_entry(data) for number, data in on_record.items()]
        self.entries = kept + further
        self._compact_indices()  # type: ignore[attr-defined]

    def take(self, rows: list[dict[str, Any]]) -> None:
        """These in the place of what was sent."""
        self.entries, self.last_index = [], -1
        for row in rows:
            self.append_entry(row)

    def drop_blank(self, *, least: int = 0) -> None:
        """Forget further blocks in which nothing was typed."""
        kept = [
            entry
            for place, entry in enumerate(self.entries)
            if place < least or entry.form.number.data or not entry.form.is_blank
        ]
        self.entries = kept
        self._compact_indices()  # type: ignore[attr-defined]
