"""The base of every form."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.form import _is_submitted
from werkzeug.datastructures import CombinedMultiDict
from wtforms import FieldList, FormField

from lado.errors import Conflict, Invalid, Refused
from lado.extensions import db
from lado.web import drafting
from lado.web.forms.differences import Difference, of_field
from lado.web.forms.text import HiddenNumber

CONFLICT = (
    "Somebody else saved this while you were writing. What you typed is still here. For each part "
    "that differs, choose yours or theirs, then save again."
)
COMPARED = "compared"
NUMBER = re.compile(r"[0-9]{1,9}")


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
            """What was posted, and an empty form when that is nothing: never the saved record.
            Or else what the draft holds that is opened."""
            if formdata is None or isinstance(formdata, CombinedMultiDict):
                return formdata
            return _sent() if _is_submitted() else drafting.typed()

    differences: Sequence[Difference] = ()

    @property
    def draft(self) -> drafting.Slot | None:
        return drafting.of_page()

    def run(self, action: Callable[[], object]) -> bool:
        """Call a service; what it refuses comes back as messages on this form.

        What the service returned is in `form.result`.
        """
        try:
            with drafting.finished_together():
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
    """A form on a `record` that two may edit at once; the service checks `form.version.data`.

    When somebody else saved first, the page comes back with both texts, says in a hidden input
    which version they were compared with, and takes a choice for each field that differs.
    """

    version = HiddenNumber(most=2_000_000_000)

    def __init__(self, *, record: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.record = options.get("obj") if record is None else record
        self.compared: int | None = None

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        compared = request.form.get(COMPARED, "")
        if self.is_submitted() and self.record is not None and NUMBER.fullmatch(compared):
            self.version.data = self.compared = int(compared)
            self.differences = self._compare(self.record)
            for each in self._chosen():
                each.take()
        valid = bool(super().validate_on_submit(extra_validators))
        if not valid:
            self._give_back()
        return valid

    def run_on(self, record: Any, action: Callable[[], object]) -> bool:
        """As `run`; when somebody else saved first, what they saved is shown beside the typing."""
        try:
            done = self.run(action)
        except Conflict:
            if record is None:
                raise
            done = False
        if not done:
            self._give_back()
            self._look_again(record)
        return done

    def saved(self, record: Any) -> dict[str, Any]:
        """What is on record now, by the name of the field that shows it."""
        return {
            name: getattr(record, name)
            for name, field in self._fields.items()
            if hasattr(field, "as_words") and hasattr(record, name) and name != "version"
        }

    def heading(self, field: Any) -> str:
        return str(field.label.text)

    def rows_that_differ(self, record: Any) -> list[Difference | None]:
        """Of lists that are chosen as a whole."""
        return []

    def _look_again(self, record: Any) -> None:
        if record is None:
            return
        db.session.refresh(record)
        if record.version != self.version.data:
            self.refuse(CONFLICT)
            self.compared = record.version
            self.differences = self._compare(record)

    def _compare(self, record: Any) -> list[Difference]:
        saved = self.saved(record)
        fields = (field for field in _leaves(self) if field.name in saved)
        found = [of_field(field, self.heading(field), saved[field.name]) for field in fields]
        return [each for each in (*found, *self.rows_that_differ(record)) if each]

    def _chosen(self) -> list[Difference]:
        return [each for each in self.differences if each.takes_theirs]

    def _give_back(self) -> None:
        for each in self._chosen():
            each.give_back(_sent())


def _sent() -> CombinedMultiDict[str, Any]:
    return CombinedMultiDict([request.files, request.form])


def _leaves(fields: Any) -> Iterator[Any]:
    """The fields that are typed into, those of rows included."""
    for field in fields:
        if isinstance(field, FieldList | FormField):
            yield from _leaves(field)
        else:
            yield field
