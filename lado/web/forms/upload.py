"""A file to read at once; nothing here keeps it."""

from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms.validators import StopValidation

from lado.web.forms.field import KitField


class UploadField(KitField):
    """`data` is a werkzeug FileStorage, or None when no file was chosen.

    `accept` (".csv,.xlsx") only helps in choosing: the service looks at what is inside.
    """

    kind = "file"

    def __init__(self, label: str, *, accept: str = "", **options: Any) -> None:
        super().__init__(label, **options)
        self.accept = accept

    def process_formdata(self, valuelist: list[Any]) -> None:
        files = [value for value in valuelist if isinstance(value, FileStorage) and value.filename]
        self.data = files[0] if files else None

    def pre_validate(self, form: Any) -> None:
        if self.data is None and self.required_message:
            raise StopValidation(self.required_message)
