"""What is typed into some fields is never put on a page again."""

from collections.abc import Iterator

from flask import Flask
from wtforms.fields.core import UnboundField

from lado.web.errors import NEVER_SHOWN_AGAIN
from lado.web.forms import Form

SECRET_KINDS = {"password", "code"}


def secret_fields(form: type[Form] = Form) -> Iterator[tuple[str, str]]:
    for name, field in vars(form).items():
        if (
            isinstance(field, UnboundField)
            and getattr(field.field_class, "kind", "") in SECRET_KINDS
        ):
            yield form.__name__, name
    for kind in form.__subclasses__():
        yield from secret_fields(kind)


def test_the_pages_of_errors_know_passwords_and_codes_by_their_names(app: Flask) -> None:
    fields = set(secret_fields())
    assert len(fields) > 5
    assert {field for field in fields if not NEVER_SHOWN_AGAIN.search(field[1])} == set()
