from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lado.errors import NotFound
from lado.models import Organisation, Person
from lado.queries import access, alerts
from lado.rules.permissions import Permission
from lado.services import alert as services
from lado.services.person import searched
from lado.web.alerts.forms import ReviewForm
from lado.web.guard import requires, user
from lado.web.viewing import noted

blueprint = Blueprint("alerts", __name__)

Answer = str | Response


@blueprint.get("/alerts/organisations")
@requires(Permission.CASE_SIGN_OFF)
def organisations() -> str:
    page = alerts.organisations(user(), request.args.get("page", 1, int))
    return render_template("alerts/organisations.html", page=page, numbers=alerts.numbers())


@blueprint.get("/alerts/people")
@requires(Permission.CASE_SIGN_OFF)
def people() -> str:
    page = alerts.people(user(), request.args.get("page", 1, int))
    shown = render_template("alerts/people.html", page=page, numbers=alerts.numbers())
    searched(found=len(page.items), by=user())
    return shown


@blueprint.route("/organisations/<record_id:public_id>/alert", methods=["GET", "POST"])
@requires(Permission.CASE_SIGN_OFF)
def organisation(public_id: str) -> Answer:
    found = access.get_organisation(user(), public_id, Permission.CASE_SIGN_OFF)
    return _review(found, url_for("organisations.view", public_id=public_id))


@blueprint.route("/people/<record_id:public_id>/alert", methods=["GET", "POST"])
@requires(Permission.CASE_SIGN_OFF)
def person(public_id: str) -> Answer:
    found = noted(access.get_person(user(), public_id, Permission.CASE_SIGN_OFF))
    return _review(found, url_for("people.view", public_id=public_id))


def _review(record: Organisation | Person, page: str) -> Answer:
    raised = alerts.raised(user(), record)
    if raised is None:
        raise NotFound
    form = ReviewForm(data={"contacts": raised.alert.contacts})
    if form.validate_on_submit() and form.run(
        lambda: services.review(record, note=form.note.data, contacts=form.contacts.data, by=user())
    ):
        flash("Looked at. The alert is quiet until there is a further contact")
        return redirect(page)
    form.contacts.process_data(raised.alert.contacts)
    return render_template("alerts/review.html", form=form, raised=raised, back=page)
