"""Fields that offer a choice: enums, terms of the local lists, yes or no, several at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms.validators import StopValidation

from lado import clock
from lado.queries import vocabulary
from lado.rules.vocabulary import Labelled, TermGroup
from lado.web.forms.clean import without_hidden
from lado.web.forms.field import KitField

NOT_OFFERED = "must be one of the choices on the page"


@dataclass(frozen=True)
class Choice:
    """`value` goes over the wire, `data` is what the form gives; `group` heads it in a select."""

    value: str
    label: str
    data: Any
    hint: str = ""
    group: str = ""


Choices = Sequence[Choice] | Callable[[], Sequence[Choice]]


class ChoiceField(KitField):
    """One of `choices`, as radios when they are few, else as a select.

    Choices known only in the view may be given after the form is made: `form.owner.choices = ...`.
    """

    MOST_RADIOS = 7

    def __init__(self, label: str, *, choices: Choices = (), radios: bool | None = None,
                 **options: Any) -> None:  # fmt: skip
        super().__init__(label, **options)
        self._radios = radios
        self.sent: list[str] | None = None
        self._choices = list(choices() if callable(choices) else choices)

    @property
    def kind(self) -> str:  # type: ignore[override]
        few = len(self._choices) <= self.MOST_RADIOS
        return "radios" if (few if self._radios is None else self._radios) else "select"

    @property
    def choices(self) -> list[Choice]:
        return self._choices

    @choices.setter
    def choices(self, choices: Iterable[Choice]) -> None:
        self._choices = list(choices)
        if self.sent is not None:
            self._resolve()

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.sent = [without_hidden(value) for value in valuelist if isinstance(value, str)]
        self.sent = [value for value in self.sent if value]
        self._resolve()

    def take(self, value: Any) -> None:
        self.sent = None
        super().take(value)

    def _resolve(self) -> None:
        found = self._found()
        self.data = found[0] if found else None
        self.problem = f"{self.called} {NOT_OFFERED}" if self._is_odd(found) else ""

    def _found(self) -> list[Any]:
        return [choice.data for choice in self._choices if choice.value in (self.sent or ())]

    def _is_odd(self, found: list[Any]) -> bool:
        return len(self.sent or ()) != len(found) or len(found) > 1

    def is_chosen(self, choice: Choice) -> bool:
        if self.sent is not None:
            return choice.value in self.sent
        return self.data is not None and bool(choice.data == self.data)

    def params(self, size: str, reveals: dict[str, str], heading: bool) -> dict[str, Any]:
        """What the GOV.UK macros for radios and checkboxes take."""
        legend = {"text": self.label.text, "classes": f"govuk-fieldset__legend--{size}"}
        return {
            "name": self.name,
            "idPrefix": self.id,
            "classes": "govuk-radios--inline" if self._is_short() else "",
            "fieldset": {"legend": legend | {"isPageHeading": heading}},
            "hint": {"text": self.description} if self.description else None,
            "errorMessage": {"text": self.error} if self.error else None,
            "items": [self._item(choice, reveals.get(choice.value)) for choice in self._choices],
        }

    def _is_short(self) -> bool:
        return self.kind == "radios" and [choice.value for choice in self._choices] == ["yes", "no"]

    def _item(self, choice: Choice, reveals: str | None) -> dict[str, Any]:
        return {
            "value": choice.value,
            "text": choice.label,
            "hint": {"text": choice.hint} if choice.hint else None,
            "checked": self.is_chosen(choice),
            "conditional": {"html": reveals} if reveals else None,
        }

    def as_words(self, value: Any) -> str:
        return next((choice.label for choice in self._choices if choice.data == value), "")


class EnumField(ChoiceField):
    """`data` is a member of `enum`. `only` narrows what is offered; `hints` explain members."""

    def __init__(
        self,
        label: str,
        *,
        enum: type[Labelled],
        only: Iterable[Labelled] | None = None,
        hints: dict[Any, str] | None = None,
        **options: Any,
    ) -> None:
        offered = enum if only is None else only
        choices = [
            Choice(member.value, member.label, member, (hints or {}).get(member, ""))
            for member in offered
        ]
        super().__init__(label, choices=choices, **options)


class YesNoField(ChoiceField):
    """`data` is True, False or None: not known, or not answered."""

    def __init__(self, label: str, *, not_known: bool = True, **options: Any) -> None:
        choices = [Choice("yes", "Yes", True), Choice("no", "No", False)]
        if not_known:
            choices.append(Choice("not_known", "Not known", None))
        super().__init__(label, choices=choices, **options)

    @property
    def is_empty(self) -> bool:
        return not self.sent

    def is_chosen(self, choice: Choice) -> bool:
        return super().is_chosen(choice) or (
            self.sent is None and choice.data is None and self.object_data is None
            and not self.required_message
        )  # fmt: skip


class TermField(ChoiceField):
    """`data` is the id of a term of `group` that is in use today, or of the record's own term,
    retired or not. Terms that have a parent are offered under its label."""

    def __init__(self, label: str, *, group: TermGroup, **options: Any) -> None:
        super().__init__(label, **options)
        self.group = group

    def process_data(self, value: int | None) -> None:
        self.data = value
        self._choices = term_choices(self.group, keep=(value,) if value else ())


class CheckboxesField(ChoiceField):
    """Several of `choices` (or of an `enum`, or of a term `group`); `data` is a list."""

    kind = "checkboxes"

    def __init__(
        self,
        label: str,
        *,
        enum: type[Labelled] | None = None,
        group: TermGroup | None = None,
        **options: Any,
    ) -> None:
        if enum:
            options["choices"] = [Choice(member.value, member.label, member) for member in enum]
        super().__init__(label, **options)
        self.group = group

    def process_data(self, value: Iterable[Any] | None) -> None:
        self.data = list(value or ())
        if self.group:
            self._choices = term_choices(self.group, keep=self.data)

    def _resolve(self) -> None:
        self.data = self._found()
        self.problem = f"{self.called} {NOT_OFFERED}" if self._is_odd(self.data) else ""

    def _is_odd(self, found: list[Any]) -> bool:
        return len(set(self.sent or ())) != len(found)

    def is_chosen(self, choice: Choice) -> bool:
        if self.sent is not None:
            return choice.value in self.sent
        return choice.data in self.data

    def as_words(self, value: Any) -> str:
        return ", ".join(choice.label for choice in self._choices if choice.data in (value or ()))


class ConfirmField(ChoiceField):
    """A single box to tick; `data` is True or False."""

    kind = "checkboxes"

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, choices=[Choice("yes", label, True)], **options)

    def process_data(self, value: bool | None) -> None:
        self.data = bool(value)

    def params(self, size: str, reveals: dict[str, str], heading: bool) -> dict[str, Any]:
        return super().params(size, reveals, heading) | {"fieldset": None}

    def _resolve(self) -> None:
        super()._resolve()
        self.data = bool(self.data)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.required_message and not self.data:
            raise StopValidation(self.required_message)


def term_choices(group: TermGroup, *, keep: Iterable[int] = ()) -> list[Choice]:
    """The terms in use today, and those of `keep`, in the list's order."""
    return [
        Choice(str(term.id), term.label, term.id, group=term.parent.label if term.parent else "")
        for term in vocabulary.terms(group, on=clock.today(), keep=keep)
    ]
