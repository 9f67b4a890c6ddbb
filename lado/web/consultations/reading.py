"""The list of consultations, and one of them."""

from flask import render_template, request

from lado import clock
from lado.queries import consultation_record, cover, inbox
from lado.queries.confirmations import confirmations_of
from lado.queries.consultations import children_of, page_of_list
from lado.queries.follow_ups import follow_ups_of
from lado.queries.timeliness import told_late
from lado.rules.permissions import ROLES, Permission
from lado.rules.transitions import Action, Thing, allowed
from lado.web.consultations.blueprint import blueprint
from lado.web.consultations.list_form import ListForm
from lado.web.consultations.opened import opened
from lado.web.guard import requires, user


@blueprint.get("")
@requires(Permission.CONSULTATION_VIEW)
def index() -> str:
    form = ListForm()
    page = None
    if form.validate():
        page = page_of_list(user(), form.chosen(), request.args.get("page", 1, int))
    on_duty = cover.on_duty(clock.today())
    return render_template("consultations/index.html", form=form, page=page, on_duty=on_duty)


@blueprint.get("/<record_id:public_id>")
@requires(Permission.CONSULTATION_VIEW)
def view(public_id: str) -> str:
    consultation = opened(public_id, Permission.CONSULTATION_VIEW)
    consultation_record.load(consultation)
    notes = consultation_record.notes_on(consultation)
    letters = confirmations_of(consultation)
    follow_ups = follow_ups_of(consultation)
    permissions = ROLES[user().role].permissions
    can_do = {row.action for row in allowed(Thing.CONSULTATION, consultation.status, permissions)}
    return render_template(
        "consultations/view.html",
        consultation=consultation,
        notes=notes,
        told_late=told_late(consultation.aware_on, consultation.received_on),
        children=children_of(consultation),
        cases=consultation_record.visible_cases(user(), consultation),
        chronology=consultation_record.chronology(consultation, notes, letters, follow_ups),
        letters=letters,
        follow_ups=follow_ups,
        today=clock.today(),
        sent_form=inbox.form_of(user(), consultation),
        can_decide=Action.DECIDE in can_do,
        can_reopen=Action.REOPEN in can_do,
    )
