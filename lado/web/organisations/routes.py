from flask import flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lado.models import Organisation
from lado.queries import access, merging, organisations, people, records_of
from lado.queries.keyset import FIRST_PAGE
from lado.rules.permissions import Permission
from lado.services import organisation as services
from lado.web import lists
from lado.web.forms.organisation import LONGEST
from lado.web.guard import requires, user
from lado.web.history import history_of
from lado.web.organisations.blueprint import blueprint
from lado.web.organisations.forms import OrganisationForm, SearchForm

Answer = str | Response
BY_NAME = "name"
ORDERS = (BY_NAME,)


@blueprint.get("")
@requires(Permission.ORGANISATION_VIEW)
def index() -> Answer:
    sort = lists.sort_asked(ORDERS, BY_NAME)
    page = organisations.page_of_list(lists.cursor(), backwards=sort != BY_NAME)
    lists.remember({"sort": sort})
    return render_template("organisations/index.html", form=SearchForm(), page=page, sort=sort)


@blueprint.route("/search", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_VIEW)
def search() -> Answer:
    """Answered at once: what somebody looks for stays out of addresses and cookies."""
    if request.method == "GET":
        return redirect(url_for("organisations.index"))
    form = SearchForm()
    page = None
    if form.validate():
        if form.name.data:
            page = organisations.page_of_list(FIRST_PAGE, typed=form.name.data, size=50)
        else:
            form.refuse("Enter a name, or a part of it")
    return render_template("organisations/search.html", form=form, page=page)


@blueprint.post("/suggest")
@requires(Permission.ORGANISATION_VIEW)
def suggest() -> Response:
    """For the script of the fields in which an organisation is typed."""
    found = organisations.suggested(request.form.get("typed", "")[:LONGEST])
    return jsonify([{"name": each.name, "detail": _detail(each)} for each in found])


def _detail(organisation: Organisation) -> str:
    closed = "closed" if organisation.closed else ""
    return ", ".join(filter(None, (organisation.sector.label, organisation.where, closed)))


@blueprint.route("/add", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_EDIT)
def add() -> Answer:
    form = OrganisationForm()
    if form.validate_on_submit() and form.run(
        lambda: services.add(details=form.details(), is_another=form.is_another.data, by=user())
    ):
        flash("Organisation added")
        return redirect(url_for("organisations.view", public_id=form.result.public_id))
    near = organisations.near(form.name.data) if form.is_another.errors else []
    return render_template("organisations/add.html", form=form, near=near)


@blueprint.get("/<record_id:public_id>")
@requires(Permission.ORGANISATION_VIEW)
def view(public_id: str) -> Answer:
    organisation = access.get_organisation(user(), public_id, Permission.ORGANISATION_VIEW)
    if organisation.merged_into:
        return redirect(url_for(".view", public_id=organisation.merged_into.public_id))
    return render_template(
        "organisations/view.html",
        organisation=organisation,
        merges=merging.standing(organisation),
        cases=records_of.cases_at(user(), organisation),
        people=records_of.people_at(user(), organisation),
        several_roles=people.has_several_roles,
        most=records_of.MOST,
        **history_of(organisation),
    )


@blueprint.route("/<record_id:public_id>/edit", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_EDIT)
def edit(public_id: str) -> Answer:
    organisation = access.get_organisation(user(), public_id, Permission.ORGANISATION_EDIT)
    if organisation.merged_into:
        return redirect(url_for(".view", public_id=public_id))
    form = OrganisationForm(obj=organisation)
    if form.validate_on_submit() and form.run_on(
        organisation,
        lambda: services.change(
            organisation,
            details=form.details(),
            is_another=form.is_another.data,
            version=form.version.data,
            by=user(),
        ),
    ):
        flash("Details saved")
        return redirect(url_for("organisations.view", public_id=organisation.public_id))
    near = organisations.near(form.name.data) if form.is_another.errors else []
    others = [each for each in near if each.id != organisation.id]
    return render_template(
        "organisations/edit.html", form=form, organisation=organisation, near=others
    )
