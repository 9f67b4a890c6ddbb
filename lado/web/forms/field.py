"""What every field of ours has in common."""

from typing import Any, ClassVar

from wtforms import Field
from wtforms.validators import StopValidation

from lado.web.forms.clean import one_text


class KitField(Field):
    """`required` is the message when nothing was given; without it the field may stay empty.

    `called` is what messages call the field where its label is a question.
    """

    kind: ClassVar[str]
    autofocus = False

    def __init__(
        self, label: str, *, hint: str = "", required: str = "", called: str = "", **wtforms: Any
    ) -> None:
        super().__init__(label, description=hint, **wtforms)
        self.required_message = required
        self.called = called or label
        self.problem = ""

    @property
    def error(self) -> str:
        return str(self.errors[0]) if self.errors else ""

    @property
    def focus_id(self) -> str:
        """Where the link in the error summary goes."""
        return str(self.id)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Whatever was sent replaces what the record had: nothing sent is empty."""
        text, problem = one_text(valuelist)
        self.problem = f"{self.called} {problem}" if problem else ""
        self.read(text)

    def read(self, text: str) -> None:
        raise NotImplementedError

    @property
    def is_empty(self) -> bool:
        return self.data is None or self.data in ("", [])

    def pre_validate(self, form: Any) -> None:
        if self.problem:
            raise StopValidation(self.problem)
        if not self.is_empty:
            self.look_closer()
        elif self.required_message:
            raise StopValidation(self.required_message)

    def look_closer(self) -> None:
        """Raise StopValidation when a value that is there cannot be used."""

    def as_words(self, value: Any) -> str:
        """A saved value as a reader would see it."""
        return "" if value is None else str(value)

    @property
    def typed_words(self) -> str:
        """What was typed or chosen, in the same words."""
        return self.as_words(self.data)

    def take(self, value: Any) -> None:
        """Show a saved value in the place of what was sent."""
        self.problem = ""
        self.process(None, value)
