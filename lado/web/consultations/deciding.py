"""An adult of a consultation is decided about, or the consultation is opened again."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado.errors import NotFound
from lado.models import Consultation, ConsultationSubject
from lado.queries import alerts, consultation_record
from lado.queries.earlier import MOST_EARLIER, earlier_than_decision
from lado.queries.similar_decisions import shares, similar_decisions
from lado.rules import transitions
from lado.rules.permissions import ROLES, Permission
from lado.rules.transitions import Action, Thing, confirmed
from lado.rules.vocabulary import ConsultationStatus
from lado.services import decision as services
from lado.web.consultations.blueprint import blueprint
from lado.web.consultations.decision_forms import DecideForm, ReopenForm
from lado.web.consultations.opened import Answer, done, opened
from lado.web.drafting import begins_anew
from lado.web.guard import requires, user
from lado.web.viewing import shown


@blueprint.route("/<record_id:public_id>/adults/<int:number>/decide", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_DECIDE)
def decide(public_id: str, number: int) -> Answer:
    consultation = opened(public_id, Permission.CONSULTATION_DECIDE)
    consultation_record.load(consultation)
    _check(consultation, Action.DECIDE)
    subject = _subject(consultation, number)
    earlier = earlier_than_decision(user(), subject)
    form = DecideForm.about(user(), subject, earlier_there=earlier.is_any)
    if form.validate_on_submit() and form.run_on(
        consultation,
        lambda: services.decide(
            subject, decision=form.decision(), version=form.version.data, by=user()
        ),
    ):
        return _after_decision(consultation, subject)
    shown(each.person for each in earlier.may_be_same)
    similar = similar_decisions(user(), subject)
    return render_template(
        "consultations/decide.html",
        form=form,
        consultation=consultation,
        subject=subject,
        earlier=earlier,
        most=MOST_EARLIER,
        similar=similar,
        shares=shares(similar),
        alerts=alerts.about(user(), subject),
    )


def _after_decision(consultation: Consultation, subject: ConsultationSubject) -> Response:
    """On to the next adult who waits, else to the consultation."""
    flash(confirmed(Thing.CONSULTATION, Action.DECIDE))
    if consultation.status is ConsultationStatus.OPEN:
        waiting = next(other for other in consultation.subjects if not other.decision)
        return redirect(
            url_for("consultations.decide", public_id=consultation.public_id, number=waiting.number)
        )
    if subject.opened_case and len(consultation.subjects) == 1 and subject.case:
        flash(f"Case {subject.case.reference} is open")
    if subject.opened_case and subject.case and subject.pseudonyms:
        flash("The case is about an adult whose name was not kept. Name them by changing this")
    return redirect(url_for("consultations.view", public_id=consultation.public_id))


@blueprint.route("/<record_id:public_id>/reopen", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_DECIDE)
def reopen(public_id: str) -> Answer:
    consultation = opened(public_id, Permission.CONSULTATION_DECIDE)
    _check(consultation, Action.REOPEN)
    form = ReopenForm(data={"version": consultation.version})
    if form.validate_on_submit() and form.run_on(
        consultation,
        lambda: services.reopen(
            consultation, reason=form.reason.data, version=form.version.data, by=user()
        ),
    ):
        return done(consultation, confirmed(Thing.CONSULTATION, Action.REOPEN))
    return render_template("consultations/reopen.html", form=form, consultation=consultation)


def _check(consultation: Consultation, action: Action) -> None:
    """The page of an action that its status does not allow says so at once, unless something was
    typed already: then the service says so beside it."""
    if begins_anew():
        permissions = ROLES[user().role].permissions
        transitions.check(Thing.CONSULTATION, consultation.status, action, permissions)


def _subject(consultation: Consultation, number: int) -> ConsultationSubject:
    for subject in consultation.subjects:
        if subject.number == number:
            return subject
    raise NotFound
