from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lado import clock
from lado.models import Person
from lado.queries import (
    access,
    conflicts,
    matching,
    people,
    positions,
    records_of,
    same_person,
    users,
)
from lado.rules.permissions import Permission
from lado.services import conflict as conflict_services
from lado.services import person as services
from lado.web import lists
from lado.web.guard import requires, user
from lado.web.history import history_of
from lado.web.people.forms import ConflictForm, HeldPositionForm, NameForm, PersonForm, SearchForm
from lado.web.restricting import LiftRestrictionForm, RestrictForm
from lado.web.saved import saved
from lado.web.viewing import noted

blueprint = Blueprint("people", __name__, url_prefix="/people")

Answer = str | Response
BY_NAME = "name"
ORDERS = (BY_NAME,)


@blueprint.get("")
@requires(Permission.PERSON_VIEW)
def index() -> Answer:
    sort = lists.sort_asked(ORDERS, BY_NAME)
    page = people.page_of_list(user(), lists.cursor(), backwards=sort != BY_NAME)
    lists.remember({"sort": sort})
    shown = render_template("people/index.html", form=SearchForm(), page=page, sort=sort)
    services.searched(found=len(page.items), by=user())
    return shown


@blueprint.route("/search", methods=["GET", "POST"])
@requires(Permission.PERSON_VIEW)
def search() -> Answer:
    """Answered at once: a name belongs neither in an address nor in a cookie."""
    if request.method == "GET":
        return redirect(url_for("people.index"))
    form = SearchForm()
    found, alike = form.found(user()), []
    if found is not None and not found:
        alike = matching.like_words(user(), form.name.data, form.born.data)
        services.searched(found=len(alike), by=user())
    return render_template(
        "people/search.html", form=form, found=found, alike=alike, most=people.MOST_FOUND
    )


@blueprint.route("/add", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def add() -> Answer:
    form = PersonForm()
    if form.validate_on_submit() and form.run(
        lambda: services.add(details=form.details(), by=user())
    ):
        return saved(form.result, "Person added")
    return render_template("people/add.html", form=form)


@blueprint.get("/<record_id:public_id>")
@requires(Permission.PERSON_VIEW)
def view(public_id: str) -> Answer:
    person = _opened(public_id, Permission.PERSON_VIEW)
    held = positions.known(user(), person)
    return render_template(
        "people/view.html",
        person=person,
        positions=held,
        several_roles=positions.several(held, clock.today()),
        cases=records_of.cases_about(user(), person),
        most=records_of.MOST,
        conflicts=conflicts.declared(person),
        linked=same_person.linked_to(user(), person),
        offered=same_person.may_be_same(user(), person),
        **history_of(person),
    )


@blueprint.route("/<record_id:public_id>/edit", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def edit(public_id: str) -> Answer:
    person = _opened(public_id, Permission.PERSON_EDIT)
    form = PersonForm.of(person)
    if form.validate_on_submit() and form.run_on(
        person,
        lambda: services.change(
            person, details=form.details(), version=form.version.data, by=user()
        ),
    ):
        return saved(person, "Details saved")
    return render_template("people/edit.html", form=form, person=person)


@blueprint.route("/<record_id:public_id>/names/add", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def add_name(public_id: str) -> Answer:
    person = _opened(public_id, Permission.PERSON_EDIT)
    form = NameForm(data={"version": person.version})
    if form.validate_on_submit() and form.run_on(
        person,
        lambda: services.add_name(
            person,
            kind=form.kind.data,
            surname=form.surname.data,
            forename=form.forename.data,
            version=form.version.data,
            by=user(),
        ),
    ):
        return saved(person, "Name added")
    return render_template("people/add_name.html", form=form, person=person)


@blueprint.post("/<record_id:public_id>/names/<int:number>/remove")
@requires(Permission.PERSON_EDIT)
def remove_name(public_id: str, number: int) -> Answer:
    person = _opened(public_id, Permission.PERSON_EDIT)
    version = request.form.get("version", 0, int)
    services.remove_name(person, number=number, version=version, by=user())
    return saved(person, "Name removed")


@blueprint.route("/<record_id:public_id>/positions/add", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def add_position(public_id: str) -> Answer:
    person = _opened(public_id, Permission.PERSON_EDIT)
    form = HeldPositionForm(data={"version": person.version})
    if form.validate_on_submit() and form.run_on(
        person,
        lambda: services.add_position(
            person, details=form.position(), version=form.version.data, by=user()
        ),
    ):
        return saved(person, "Position added")
    return render_template("people/add_position.html", form=form, person=person)


@blueprint.route("/<record_id:public_id>/restrict", methods=["GET", "POST"])
@requires(Permission.RESTRICT)
def restrict(public_id: str) -> Answer:
    person = _opened(public_id, Permission.RESTRICT)
    form = RestrictForm.of(person)
    if form.restricts(person):
        return saved(person, "Only those you named see this person now")
    return render_template("people/restrict.html", form=form, person=person)


@blueprint.route("/<record_id:public_id>/lift-restriction", methods=["GET", "POST"])
@requires(Permission.RESTRICT)
def unrestrict(public_id: str) -> Answer:
    person = _opened(public_id, Permission.RESTRICT)
    form = LiftRestrictionForm(obj=person)
    if form.lifts(person):
        return saved(person, "All who work with cases can see this person again")
    return render_template("people/unrestrict.html", form=form, person=person)


@blueprint.route("/<record_id:public_id>/conflicts", methods=["GET", "POST"])
@requires(Permission.RESTRICT)
def conflicts_of(public_id: str) -> Answer:
    person = _opened(public_id, Permission.RESTRICT)
    declared = conflicts.declared(person)
    form = ConflictForm.of(person, [conflict.user for conflict in declared])
    if form.validate_on_submit() and form.run_on(
        person,
        lambda: conflict_services.declare(
            person,
            user=form.user.data,
            themselves=form.themselves.data,
            connection=form.connection.data,
            version=form.version.data,
            by=user(),
        ),
    ):
        flash("Conflict of interest declared")
        if form.user.data == user():
            return redirect(url_for("people.index"))
        return redirect(url_for("people.conflicts_of", public_id=public_id))
    return render_template("people/conflicts.html", form=form, person=person, declared=declared)


@blueprint.post("/<record_id:public_id>/conflicts/<record_id:user_public_id>/withdraw")
@requires(Permission.RESTRICT)
def withdraw_conflict(public_id: str, user_public_id: str) -> Answer:
    person = _opened(public_id, Permission.RESTRICT)
    version = request.form.get("version", 0, int)
    conflict_services.withdraw(person, user=users.get(user_public_id), version=version, by=user())
    flash("Conflict of interest withdrawn")
    return redirect(url_for("people.conflicts_of", public_id=public_id))


def _opened(public_id: str, permission: Permission) -> Person:
    return noted(access.get_person(user(), public_id, permission))
