"""What each agency was asked for, to be ticked off."""

from collections.abc import Sequence

from lado.queries.requests import Asked
from lado.rules.words import long_day
from lado.web.forms import CheckboxesField, Choice, Form


class RequestForm(Form):
    """Made by `of`, with a field for each agency."""

    asked: Sequence[Asked] = ()

    @classmethod
    def of(cls, asked: Sequence[Asked]) -> "RequestForm":
        fields = {_name(each): _field(each) for each in asked}
        form: RequestForm = type("RequestForm", (cls,), fields)(
            data={_name(each): list(each.received) for each in asked}
        )
        form.asked = asked
        return form

    def field_of(self, asked: Asked) -> CheckboxesField:
        field: CheckboxesField = self[_name(asked)]
        return field

    def received(self) -> set[tuple[int, str]]:
        return {(each.agency.id, code) for each in self.asked for code in self.field_of(each).data}


def _name(asked: Asked) -> str:
    return f"agency_{asked.agency.id}"


def _field(asked: Asked) -> CheckboxesField:
    choices = [
        Choice(each.code, each.label, each.code, hint=_when(asked, each.code))
        for each in asked.requests
    ]
    return CheckboxesField("Received", choices=choices)


def _when(asked: Asked, code: str) -> str:
    day = asked.received.get(code)
    return f"Received on {long_day(day)}" if day else ""
