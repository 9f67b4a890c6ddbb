"""Whether records of people are of one human being: what fits, and what was judged."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado.models import Person
from lado.queries import access, held, people, same_person
from lado.queries.matching import Found
from lado.rules.permissions import Permission
from lado.services import same_person as services
from lado.web.guard import requires, user
from lado.web.people.forms import SamenessForm, SearchForm
from lado.web.people.routes import blueprint
from lado.web.viewing import noted, shown

Answer = str | Response


@blueprint.route("/<record_id:public_id>/same", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def same(public_id: str) -> Answer:
    """What is sent is a search for somebody whom the names do not lead to."""
    person = _opened(public_id)
    form = SearchForm()
    found = form.found(user())
    offered = same_person.may_be_same(user(), person)
    shown(each.person for each in offered)
    return render_template(
        "people/same.html",
        form=form,
        person=person,
        offered=offered,
        held=_held(offered),
        judged=same_person.judged(user(), person),
        linked=same_person.linked_to(user(), person),
        found=found,
        most=people.MOST_FOUND,
    )


@blueprint.route("/<record_id:public_id>/same/<record_id:other_public_id>", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def compare(public_id: str, other_public_id: str) -> Answer:
    person, other = _opened(public_id), _opened(other_public_id)
    form = SamenessForm(data={"version": person.version})
    if form.validate_on_submit() and form.run_on(
        person,
        lambda: services.judge(
            person,
            other,
            sameness=form.sameness.data,
            reason=form.reason.data or "",
            version=form.version.data,
            by=user(),
        ),
    ):
        flash("Recorded")
        return redirect(url_for("people.same", public_id=public_id))
    return render_template(
        "people/compare.html",
        form=form,
        person=person,
        both=[person, other],
        held=held.held(user(), [person, other]),
    )


def _held(found: list[Found]) -> dict[int, held.Held]:
    return held.held(user(), [each.person for each in found])


def _opened(public_id: str) -> Person:
    return noted(access.get_person(user(), public_id, Permission.PERSON_EDIT))
