"""The list of consultations, and one of them."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado import clock
from lado.queries import consultation_record, cover, inbox, known
from lado.queries.confirmations import confirmations_of
from lado.queries.consultation_list import page_of_list, whole_list
from lado.queries.consultations import Listed, children_of
from lado.queries.documents import documents_of
from lado.queries.follow_ups import follow_ups_of
from lado.queries.links import authorities_of
from lado.queries.timeliness import told_late
from lado.register.cells import Cell
from lado.rules.permissions import ROLES, Permission
from lado.rules.transitions import Action, Thing, allowed
from lado.services.viewing import consultations_saved
from lado.web import lists
from lado.web.consultations.blueprint import blueprint
from lado.web.consultations.list_form import ConsultationListForm
from lado.web.consultations.opened import opened
from lado.web.downloads import saved_list
from lado.web.guard import requires, user

HEADINGS = (
    "Reference",
    "Received",
    "About",
    "Further adults",
    "Organisation",
    "Sector",
    "Category",
    "Decision",
    "Restricted",
)


@blueprint.get("")
@requires(Permission.CONSULTATION_VIEW)
def index() -> str:
    form = ConsultationListForm()
    page = None
    if form.validate():
        page = page_of_list(user(), form.chosen(), sort=form.sort, cursor=lists.cursor())
        lists.remember(form.address())
    on_duty = cover.on_duty(clock.today())
    return render_template("consultations/index.html", form=form, page=page, on_duty=on_duty)


@blueprint.get("/save-list")
@requires(Permission.REGISTER_EXPORT)
def save_list() -> Response:
    """What the list of the same address shows, all its pages, as a spreadsheet."""
    form = ConsultationListForm()
    if not form.validate():
        return redirect(url_for("consultations.index", **form.address()))
    rows = whole_list(user(), form.chosen(), sort=form.sort)
    return saved_list("consultations", HEADINGS, map(_cells, rows), consultations_saved)


def _cells(line: Listed) -> tuple[Cell, ...]:
    return (
        line.reference,
        line.received_on,
        line.about,
        str(line.adults - 1) if line.adults > 1 else "",
        line.organisation or "",
        line.sector,
        line.category,
        line.decided,
        "Restricted" if line.restricted else "",
    )


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
        known=known.on_record(user(), consultation),
        cases=consultation_record.visible_cases(user(), consultation),
        chronology=consultation_record.chronology(consultation, notes, letters, follow_ups),
        letters=letters,
        follow_ups=follow_ups,
        documents=documents_of(consultation),
        authorities=authorities_of(consultation),
        today=clock.today(),
        sent_form=inbox.form_of(user(), consultation),
        can_decide=Action.DECIDE in can_do,
        can_reopen=Action.REOPEN in can_do,
    )
