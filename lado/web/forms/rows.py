"""Forms with rows of which some are offered blank."""

from collections.abc import Callable
from typing import Any

from lado.web.forms.blocks import Blocks
from lado.web.forms.form import VersionedForm


class Rows(Blocks):
    def settle(self) -> None:
        """Forget blank rows and those that were taken off."""
        self.entries = [
            entry
            for entry in self.entries
            if not entry.form.is_blank and not ("drop" in entry.form and entry.form.drop.data)
        ]
        self._compact_indices()  # type: ignore[attr-defined]

    def offer(self, number: int) -> None:
        for _ in range(number):
            self.add_one()


class RowsForm(VersionedForm):
    """What was sent blank is not asked for; when the form comes back, so do blank rows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if not self.is_submitted():
            self.offer_blank_rows()

    def all_rows(self) -> list[tuple[Rows, int]]:
        """Each with how many blank ones an empty form has."""
        raise NotImplementedError

    def offer_blank_rows(self) -> None:
        for rows, number in self.all_rows():
            if not rows.entries:
                rows.offer(number)

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        for rows, _ in self.all_rows():
            rows.settle()
        valid = bool(super().validate_on_submit(extra_validators))
        if not valid:
            self.offer_blank_rows()
        return valid

    def run(self, action: Callable[[], object]) -> bool:
        done = super().run(action)
        if not done:
            self.offer_blank_rows()
        return done

    def run_on(self, record: Any, action: Callable[[], object]) -> bool:
        done = super().run_on(record, action)
        if not done:
            self.offer_blank_rows()
        return done
