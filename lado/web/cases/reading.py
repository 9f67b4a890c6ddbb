"""The list of cases, and the pages that show one of them."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado import clock
from lado.errors import NotFound
from lado.models import Case
from lado.queries import cases, contacts, positions
from lado.queries.case_fairness import bodies_to_consider, police_to_consult
from lado.queries.case_list import page_of_list, whole_list
from lado.queries.case_standing import (
    is_non_recent,
    overall,
    stood_before_reopening,
    was_own_case,
)
from lado.queries.case_strip import strip
from lado.queries.chasing import strands_to_chase
from lado.queries.clocks import clocks_of, owed_by_employer
from lado.queries.next_steps import next_steps
from lado.queries.received_transfer import discussions_elsewhere, senders
from lado.rules.clocks import running
from lado.rules.permissions import Permission
from lado.rules.steps import shortened
from lado.rules.strands import RESULT_WARNINGS
from lado.rules.transitions import Thing, allowed
from lado.rules.vocabulary import StrandKind
from lado.services.viewing import cases_saved
from lado.web import lists
from lado.web.cases.blueprint import blueprint
from lado.web.cases.list_form import HEADINGS, CaseListForm, cells, unexplained
from lado.web.cases.opened import may, opened, page
from lado.web.downloads import saved_list
from lado.web.guard import requires, user


@blueprint.get("")
@requires(Permission.CASE_VIEW)
def index() -> str:
    form = CaseListForm()
    found, overdue = None, set[int]()
    if form.validate():
        found = page_of_list(user(), form.filters(), sort=form.sort, cursor=lists.cursor())
        overdue = cases.overdue_among(found.items)
        lists.remember(form.address())
    return render_template(
        "cases/index.html", form=form, page=found, overdue=overdue, unexplained=unexplained
    )


@blueprint.get("/save-list")
@requires(Permission.REGISTER_EXPORT)
def save_list() -> Response:
    """What the list of the same address shows, all its pages, as a spreadsheet."""
    form = CaseListForm()
    if not form.validate():
        return redirect(url_for("cases.index", **form.address()))
    rows = whole_list(user(), form.filters(), sort=form.sort)
    return saved_list("cases", HEADINGS, map(cells, rows), cases_saved)


@blueprint.get("/<record_id:public_id>")
@requires(Permission.CASE_VIEW)
def view(public_id: str) -> str:
    case = cases.whole(opened(public_id, Permission.CASE_VIEW))
    held_positions = positions.of_case(user(), case)
    return page(
        "cases/view.html",
        case,
        strip=strip(case),
        steps=shortened(next_steps(case)),
        was_own=was_own_case(case, user()),
        running=running(clocks_of(case, user=user())),
        outcome=overall(case, on=case.spell.concluded_on or clock.today()),
        positions=held_positions,
        multiple_roles=positions.several(held_positions, case.received_on),
        non_recent=is_non_recent(case),
        seen=consultations_seen(case),
        others=contacts.others_since(user(), case),
        buttons=allowed(Thing.CASE, case.status, may()),
    )


def consultations_seen(case: Case) -> set[int]:
    """Ids of its consultations that the reader may know of."""
    ids = {subject.consultation_id for subject in case.subjects}
    return cases.seen_among(user(), ids)


@blueprint.get("/<record_id:public_id>/allegations")
@requires(Permission.CASE_VIEW)
def allegations(public_id: str) -> str:
    case = cases.whole(opened(public_id, Permission.CASE_VIEW))
    again = {each.number for each in case.allegations if stood_before_reopening(case, each)}
    return page("cases/allegations.html", case, senders=senders(case), to_confirm=again)


@blueprint.get("/<record_id:public_id>/children")
@requires(Permission.CASE_VIEW)
def children(public_id: str) -> str:
    case = cases.whole(opened(public_id, Permission.CASE_VIEW))
    return page("cases/children.html", case, senders=senders(case))


@blueprint.get("/<record_id:public_id>/discussions")
@requires(Permission.CASE_VIEW)
def discussions(public_id: str) -> str:
    case = cases.whole(opened(public_id, Permission.CASE_VIEW))
    return page("cases/discussions.html", case, elsewhere=discussions_elsewhere(case))


@blueprint.get("/<record_id:public_id>/discussions-elsewhere/<int:number>")
@requires(Permission.CASE_VIEW)
def discussion_elsewhere(public_id: str, number: int) -> str:
    """Held before the case came here: the earliest is the first."""
    case = opened(public_id, Permission.CASE_VIEW)
    held = dict(enumerate(discussions_elsewhere(case), start=1)).get(number)
    if held is None:
        raise NotFound
    return page("cases/discussion_elsewhere.html", case, held=held)


@blueprint.get("/<record_id:public_id>/actions")
@requires(Permission.CASE_VIEW)
def actions(public_id: str) -> str:
    return page("cases/actions.html", cases.whole(opened(public_id, Permission.CASE_VIEW)))


@blueprint.get("/<record_id:public_id>/strands")
@requires(Permission.CASE_VIEW)
def strands(public_id: str) -> str:
    case = cases.whole(opened(public_id, Permission.CASE_VIEW))
    return page(
        "cases/strands.html",
        case,
        kinds=list(StrandKind),
        police=police_to_consult(case),
        to_consider=bodies_to_consider(case),
        warnings=RESULT_WARNINGS,
        owed=owed_by_employer(case),
        asked=strands_to_chase(case),
    )


@blueprint.get("/<record_id:public_id>/learning")
@requires(Permission.CASE_VIEW)
def learning(public_id: str) -> str:
    return page("cases/learning.html", cases.whole(opened(public_id, Permission.CASE_VIEW)))
