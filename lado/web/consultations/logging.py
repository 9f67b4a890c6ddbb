"""A consultation is logged, changed and added to."""

from flask import render_template, request

from lado.models import Consultation, Person, ReceivedForm
from lado.queries import access, settings
from lado.rules.naming import NOT_KEPT
from lado.rules.permissions import Permission
from lado.services import consultation as services
from lado.web.consultations.blueprint import blueprint
from lado.web.consultations.decision_forms import NoteForm
from lado.web.consultations.forms import ContactForm
from lado.web.consultations.from_form import filled_in, form_asked_for
from lado.web.consultations.from_transfer import Asked, filled_in_from, take_in, transfer_asked_for
from lado.web.consultations.opened import Answer, done, opened
from lado.web.guard import requires, user
from lado.web.viewing import noted


@blueprint.route("/add", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def add() -> Answer:
    received, transfer = form_asked_for(), transfer_asked_for()
    form = _to_log(received, transfer)
    if (
        not form.add_asked_for()
        and not (transfer and transfer.opened is None)
        and form.validate_on_submit()
        and form.run(lambda: _log(form, received, transfer))
    ):
        return done(form.result, f"Consultation logged: {form.result.reference}")
    return render_template(
        "consultations/add.html",
        form=form,
        received=received,
        transfer=transfer,
        not_kept=NOT_KEPT.get(settings.naming_policy()),
    )


def _to_log(received: ReceivedForm | None, transfer: Asked | None) -> ContactForm:
    if received:
        return filled_in(user(), received)
    if transfer:
        return filled_in_from(user(), transfer)
    return ContactForm.to_log(user(), _person_asked_for())


def _log(form: ContactForm, received: ReceivedForm | None, transfer: Asked | None) -> Consultation:
    if transfer and transfer.opened:
        return take_in(transfer.opened, form)
    return services.log(
        contact=form.contact(),
        adults=form.about(),
        children=form.concerned(),
        received_form=received,
        by=user(),
    )


def _person_asked_for() -> Person | None:
    """The page of a person leads here with their opaque id in the address."""
    public_id = request.args.get("person")
    if not public_id:
        return None
    return noted(access.get_person(user(), public_id, Permission.PERSON_VIEW))


@blueprint.route("/<record_id:public_id>/edit", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def edit(public_id: str) -> Answer:
    consultation = opened(public_id, Permission.CONSULTATION_LOG)
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
        return done(consultation, "Changes saved")
    return render_template(
        "consultations/edit.html",
        form=form,
        consultation=consultation,
        not_kept=NOT_KEPT.get(settings.naming_policy()),
    )


@blueprint.route("/<record_id:public_id>/notes/add", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def add_note(public_id: str) -> Answer:
    consultation = opened(public_id, Permission.CONSULTATION_LOG)
    form = NoteForm.of_today()
    if form.validate_on_submit() and form.run(
        lambda: services.add_note(
            consultation,
            text=form.text.data,
            happened_on=form.happened_on.data,
            agency_id=form.agency_id.data,
            disclosure=form.disclosure.data,
            contact=form.contact(),
            by=user(),
        )
    ):
        return done(consultation, "Note added")
    return render_template("consultations/add_note.html", form=form, consultation=consultation)
