"""One's own list of people close to oneself; nobody else is shown it (R-42)."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado.queries import declarations
from lado.services import declaration as services
from lado.web.accounts.blueprint import blueprint
from lado.web.accounts.forms import DeclarationForm
from lado.web.guard import signed_in, user

Answer = str | Response


@blueprint.route("/account/people-close-to-you", methods=["GET", "POST"])
@signed_in
def people_close() -> Answer:
    form = DeclarationForm()
    if form.validate_on_submit() and form.run(
        lambda: services.declare(
            surname=form.surname.data,
            forename=form.forename.data,
            date_of_birth=form.date_of_birth.data,
            connection=None if form.myself.data else form.connection.data,
            by=user(),
        )
    ):
        return _back("Added to your list")
    return render_template(
        "accounts/people_close.html",
        form=form,
        declared=declarations.of(user()),
        names_nobody=declarations.names_nobody(user()),
    )


@blueprint.post("/account/people-close-to-you/<record_id:public_id>/take-off")
@signed_in
def take_off(public_id: str) -> Answer:
    services.take_off(declarations.get(user(), public_id), by=user())
    return _back("Taken off your list")


@blueprint.post("/account/people-close-to-you/nobody")
@signed_in
def say_nobody() -> Answer:
    services.say_nobody(by=user())
    return _back("Noted that there is nobody")


def _back(message: str) -> Response:
    flash(message)
    return redirect(url_for("accounts.people_close"))
