"""Reasons for delay of all of one's cases on one page. Each case is saved for itself."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lado import clock
from lado.errors import NotFound
from lado.models import Case
from lado.queries import access, delays, work
from lado.rules.delays import months_words
from lado.rules.permissions import Permission
from lado.rules.vocabulary import TermGroup
from lado.services.delay import DelayDetails, explain
from lado.web.forms import Choice, ChoiceField, Form, Row, TextAreaField, term_choices
from lado.web.guard import requires, user
from lado.web.work.routes import WorkForm, blueprint

TEXT = "-text"
GIVEN = "A reason was given meanwhile: nothing is needed any more"


class DelayRow(Row):
    """What is typed for one case; nothing is asked of one that is left empty."""

    term_id = ChoiceField("Main reason", radios=False)
    text = TextAreaField("What the case waits for, and what was done", longest=2_000, rows=2)

    def __init__(self, case: Case, months: Sequence[date], choices: Sequence[Choice]) -> None:
        super().__init__(prefix=case.public_id)
        self.term_id.choices = choices
        self.case, self.months = case, months

    @property
    def months_words(self) -> str:
        return months_words(self.months)

    @property
    def is_blank(self) -> bool:
        return self.term_id.is_empty and self.text.is_empty

    def save(self) -> bool:
        if not self.months:
            self.refuse(GIVEN)
            return False
        details = DelayDetails(self.months, self.term_id.data, self.text.data)
        return self.validate() and self.run(partial(explain, self.case, details, by=user()))


class DelaysForm(Form):
    def __init__(self, rows: Sequence[DelayRow]) -> None:
        super().__init__()
        self.rows = rows

    @property
    def error_links(self) -> list[tuple[str, str]]:
        """With the case of each, as its messages are those of every row."""
        own = super().error_links
        return own + [
            (target or row.text.id, f"{row.case.reference}: {message}")
            for row in self.rows
            for target, message in row.error_links
        ]


@blueprint.route("/delays", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def delays_of_cases() -> str | Response:
    narrowed = WorkForm()
    if not narrowed.validate():
        return redirect(url_for("work.index", **narrowed.address()))
    form = DelaysForm(_rows(narrowed))
    here: dict[str, Any] = narrowed.address()
    if form.validate_on_submit():
        typed = [row for row in form.rows if not row.is_blank]
        saved = [row for row in typed if row.save()]
        if saved:
            flash(f"Reasons for delay recorded: {len(saved)}")
        if saved and len(saved) == len(typed):
            return redirect(url_for("work.delays_of_cases", **here))
        if not typed:
            form.refuse("Enter the reason for at least one case")
        form.rows = [row for row in form.rows if row not in saved]
    return render_template("work/delays.html", form=form, here=here)


def _rows(narrowed: WorkForm) -> list[DelayRow]:
    """Of the cases that lack a reason, and of those for which something was sent all the same."""
    lacking = work.lacking_reasons(user(), narrowed.asked(), clock.today())
    listed = {case.public_id for case, _months in lacking}
    sent = {name.removesuffix(TEXT) for name in request.form if name.endswith(TEXT)} - listed
    further = [_case(public_id) for public_id in sorted(sent)]
    lacking += [(case, delays.missing(case, clock.today())) for case in further]
    choices = term_choices(TermGroup.DELAY_REASON)
    return [DelayRow(case, months, choices) for case, months in lacking]


def _case(public_id: str) -> Case:
    if len(public_id) > 40:  # noqa: PLR2004 - no id of ours
        raise NotFound
    return access.get_case(user(), public_id, Permission.CASE_EDIT)
