"""Between which days something was received: of the list of consultations and of the search."""

from typing import Any

from lado.web.forms import DateField, Form


class ReceivedWithin(Form):
    """Either day may be left out."""

    received_from = DateField("Received from", called="The first date")
    received_to = DateField("Received to", called="The last date")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # They stand last on each page, and so do their messages.
        for name in ("received_from", "received_to"):
            self._fields[name] = self._fields.pop(name)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        first, last = self.received_from.data, self.received_to.data
        if valid and first and last and last < first:
            self.received_to.errors = ["The last date must not be before the first"]
            return False
        return valid
