"""The advice on a consultation is confirmed in writing, from the record."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lado.errors import Refused
from lado.models import AdviceTemplate, Confirmation, Consultation
from lado.papers.letter import letter
from lado.papers.paper import as_text
from lado.queries import advice_templates, confirmations, settings
from lado.rules.permissions import Permission
from lado.services import confirmation as services
from lado.web import drafting
from lado.web.consultations.blueprint import blueprint
from lado.web.consultations.confirmation_forms import (
    ChooseForm,
    LetterForm,
    LetterSentForm,
    Recipient,
)
from lado.web.consultations.opened import Answer, done, opened
from lado.web.downloads import saved_paper
from lado.web.guard import requires, user


@blueprint.route("/<record_id:public_id>/confirmations/add", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def choose_confirmation(public_id: str) -> Answer:
    consultation = opened(public_id, Permission.CONSULTATION_LOG)
    form = ChooseForm.about(consultation)
    if form.validate_on_submit():
        return redirect(
            url_for(
                "consultations.write_confirmation",
                public_id=public_id,
                template=form.template.data.public_id,
                to=form.to.data.value,
            )
        )
    return render_template(
        "consultations/choose_confirmation.html", form=form, consultation=consultation
    )


@blueprint.route("/<record_id:public_id>/confirmations/write", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def write_confirmation(public_id: str) -> Answer:
    consultation = opened(public_id, Permission.CONSULTATION_LOG)
    template, to_caller = _asked_for()
    if template is None:
        return redirect(url_for("consultations.choose_confirmation", public_id=public_id))
    form = LetterForm.new(consultation, template, to_caller=to_caller, by=user())
    if form.validate_on_submit() and form.run(
        lambda: services.write(
            consultation, template=template, to_caller=to_caller, letter=form.letter(), by=user()
        )
    ):
        return _to(form.result)
    form.look_over(consultation, to_caller=to_caller, user=user())
    return _letter_page(form, consultation, to_caller=to_caller, template=template)


@blueprint.get("/<record_id:public_id>/confirmations/<int:number>")
@requires(Permission.CONSULTATION_VIEW)
def confirmation(public_id: str, number: int) -> Answer:
    found = _found(public_id, number, Permission.CONSULTATION_VIEW)
    return render_template(
        "consultations/confirmation.html",
        confirmation=found,
        consultation=found.consultation,
        letter=as_text(letter(found, settings.get_text("council_name"))),
    )


@blueprint.route("/<record_id:public_id>/confirmations/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def edit_confirmation(public_id: str, number: int) -> Answer:
    found = _unsent(public_id, number)
    form = LetterForm.of(found)
    if form.validate_on_submit() and form.run_on(
        found,
        lambda: services.change(found, letter=form.letter(), version=form.version.data, by=user()),
    ):
        return _to(found)
    form.look_over(found.consultation, to_caller=found.to_caller, user=user())
    return _letter_page(form, found.consultation, to_caller=found.to_caller)


@blueprint.route("/<record_id:public_id>/confirmations/<int:number>/sent", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_LOG)
def confirmation_sent(public_id: str, number: int) -> Answer:
    found = _unsent(public_id, number)
    form = LetterSentForm.of(found, user())
    if form.validate_on_submit() and form.run_on(
        found,
        lambda: services.mark_sent(
            found,
            sent_on=form.sent_on.data,
            sent_how=form.sent_how.data,
            follow_up=form.follow_up(),
            version=form.version.data,
            by=user(),
        ),
    ):
        return done(found.consultation, "The letter is recorded as sent")
    return render_template(
        "consultations/confirmation_sent.html",
        form=form,
        confirmation=found,
        consultation=found.consultation,
    )


@blueprint.get("/<record_id:public_id>/confirmations/<int:number>/<file_format>")
@requires(Permission.CONSULTATION_VIEW)
def confirmation_file(public_id: str, number: int, file_format: str) -> Answer:
    found = _found(public_id, number, Permission.CONSULTATION_VIEW)
    paper = letter(found, settings.get_text("council_name"))
    return saved_paper(paper, file_format, lambda: services.downloaded(found, by=user()))


def _asked_for() -> tuple[AdviceTemplate | None, bool]:
    """The template, and whether the letter is for the caller. The page sends both along, so that a
    draft holds them too; a letter that was begun can be finished when its template is retired."""
    sent = drafting.typed() or request.form
    asked = request.args.get("template") or sent.get("template")
    offered = advice_templates.everything() if sent else advice_templates.offered()
    template = next((each for each in offered if each.public_id == asked), None)
    return template, (request.args.get("to") or sent.get("to")) == Recipient.CALLER


def _found(public_id: str, number: int, permission: Permission) -> Confirmation:
    return confirmations.get(opened(public_id, permission), number)


def _unsent(public_id: str, number: int) -> Confirmation:
    found = _found(public_id, number, Permission.CONSULTATION_LOG)
    if found.sent_on is not None and drafting.begins_anew():
        raise Refused(services.SENT)
    return found


def _letter_page(
    form: LetterForm,
    consultation: Consultation,
    *,
    to_caller: bool,
    template: AdviceTemplate | None = None,
) -> str:
    return render_template(
        "consultations/write_confirmation.html",
        form=form,
        consultation=consultation,
        to_caller=to_caller,
        template=template,
    )


def _to(found: Confirmation) -> Response:
    return redirect(
        url_for(
            "consultations.confirmation",
            public_id=found.consultation.public_id,
            number=found.number,
        )
    )
