"""A consultation is logged, changed and added to."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lado.models import Consultation, Person
from lado.queries import access
from lado.rules.permissions import Permission
from lado.services import consultation as services
from lado.web.consultations.blueprint import blueprint
from lado.web.consultations.decision_forms import NoteForm
from lado.web.consultations.forms import ContactForm
from lado.web.guard import requires, user

Answer = str | Response


@blueprint.route("/add", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def add() -> Answer:
    form = ContactForm.to_log(user(), _person_asked_for())
    if (
        not form.add_asked_for()
        and form.validate_on_submit()
        and form.run(
            lambda: services.log(
                contact=form.contact(), adults=form.about(), children=form.concerned(), by=user()
            )
        )
    ):
        return _back_to(form.result, f"Consultation logged: {form.result.reference}")
    return render_template("consultations/add.html", form=form)


def _person_asked_for() -> Person | None:
    """The page of a person leads here with their opaque id in the address."""
    public_id = request.args.get("person")
    return access.get_person(user(), public_id, Permission.PERSON_VIEW) if public_id else None


@blueprint.route("/<record_id:public_id>/edit", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def edit(public_id: str) -> Answer:
    consultation = access.get_consultation(user(), public_id, Permission.CONSULTATION_LOG)
    form = ContactForm.of(user(), consultation)
    if (
        not form.add_asked_for()
        and form.validate_on_submit()
        and form.run_on(
            consultation,
            lambda: services.change(
                consultation,
                contact=form.contact(),
                adults=form.about(),
                children=form.concerned(),
                version=form.version.data,
                by=user(),
            ),
        )
    ):
        return _back_to(consultation, "Changes saved")
    return render_template("consultations/edit.html", form=form, consultation=consultation)


@blueprint.route("/<record_id:public_id>/notes/add", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def add_note(public_id: str) -> Answer:
    consultation = access.get_consultation(user(), public_id, Permission.CONSULTATION_LOG)
    form = NoteForm.of_today()
    if form.validate_on_submit() and form.run(
        lambda: services.add_note(
            consultation,
            text=form.text.data,
            happened_on=form.happened_on.data,
            agency_id=form.agency_id.data,
            by=user(),
        )
    ):
        return _back_to(consultation, "Note added")
    return render_template("consultations/add_note.html", form=form, consultation=consultation)


def _back_to(consultation: Consultation, message: str) -> Response:
    flash(message)
    return redirect(url_for("consultations.view", public_id=consultation.public_id))
