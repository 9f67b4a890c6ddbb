"""The base of every form."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.form import _is_submitted
from werkzeug.datastructures import CombinedMultiDict
from wtforms import FieldList, FormField

from lado.errors import Conflict, Invalid, Refused
from lado.extensions import db
from lado.web.forms.text import HiddenNumber

CONFLICT = (
    "Somebody else saved this while you were writing. What you typed is still here: compare it "
    "with what they saved, change it if needed, and save again to replace theirs."
)


class Form(FlaskForm):
    """Built in the view, given to the template as `form`. In the view:

    form = PersonForm(obj=person)
    if form.validate_on_submit() and form.run(lambda: people.change(person, ...)):
        return redirect(...)
    return render_template("people/edit.html", form=form)
    """

    result: Any = None

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was posted, and an empty form when that is nothing: never the saved record."""
            if formdata is None or isinstance(formdata, CombinedMultiDict):
                return formdata
            if _is_submitted():
                return CombinedMultiDict([request.files, request.form])
            return None

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.theirs: list[tuple[str, str]] = []

    def run(self, action: Callable[[], object]) -> bool:
        """Call a service; what it refuses comes back as messages on this form.

        What the service returned is in `form.result`.
        """
        try:
            self.result = action()
        except Invalid as invalid:
            self.apply(invalid)
        except Refused as refused:
            self.refuse(refused.message)
        else:
            return True
        return False

    def apply(self, invalid: Invalid) -> None:
        """Map a service's messages onto the fields they name, rows too (`adults-0-surname`);
        others stand above the form."""
        fields = {field.short_name: field for field in self} | {
            field.name: field for field in _leaves(self)
        }
        for name, message in invalid.messages.items():
            field = fields.get(name)
            if field is None:
                self.refuse(message)
            else:
                field.errors = [*field.errors, message]

    def refuse(self, message: str) -> None:
        self.form_errors.append(message)

    @property
    def has_errors(self) -> bool:
        return bool(self.error_links)

    @property
    def error_links(self) -> list[tuple[str, str]]:
        """Each message of the error summary with the id of the input that it is about."""
        return [("", message) for message in self.form_errors] + [
            (getattr(field, "focus_id", field.id), field.errors[0])
            for field in _leaves(self)
            if field.errors
        ]


class Row(Form):
    """One of several alike within a form: `adults = FieldList(FormField(AdultRow))`."""

    class Meta(Form.Meta):
        csrf = False


class VersionedForm(Form):
    """A form on a record that two may edit at once; the service checks `form.version.data`."""

    version = HiddenNumber(most=2_000_000_000)

    def run_on(self, record: Any, action: Callable[[], object]) -> bool:
        """As `run`; when somebody else saved first, what they saved is shown beside the typing."""
        try:
            return self.run(action)
        except Conflict:
            db.session.refresh(record)
            self.theirs = [
                (field.label.text, words)
                for name, field in self._fields.items()
                if hasattr(field, "as_words") and hasattr(record, name) and name != "version"
                and (words := field.as_words(getattr(record, name)))
                != field.as_words(field.data)
            ]  # fmt: skip
            self.version.process_data(record.version)
            self.refuse(CONFLICT)
            return False


def _leaves(fields: Any) -> Iterator[Any]:
    """The fields that are typed into, those of rows included."""
    for field in fields:
        if isinstance(field, FieldList | FormField):
            yield from _leaves(field)
        else:
            yield field
