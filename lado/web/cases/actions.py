"""Actions of a case: added, changed, done, waived."""

from lado.errors import Refused
from lado.models import Action
from lado.queries import cases
from lado.rules.permissions import Permission
from lado.services import action as services
from lado.web.cases.action_forms import ActionForm, ChangeForm, FinishForm, WaiveForm
from lado.web.cases.blueprint import blueprint
from lado.web.cases.opened import Answer, done, opened_to_add, opened_to_change, page
from lado.web.drafting import begins_anew
from lado.web.guard import requires, user

LIST = "cases.actions"


@blueprint.route("/<record_id:public_id>/actions/add", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def add_action(public_id: str) -> Answer:
    case = opened_to_change(public_id, Permission.DISCUSSION_RECORD)
    form = ActionForm()
    if form.validate_on_submit() and form.run(
        lambda: services.add_action(case, form.details(), by=user())
    ):
        return done(case, "Action added", LIST)
    return page("cases/add_action.html", case, form=form)


@blueprint.route("/<record_id:public_id>/actions/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def change_action(public_id: str, number: int) -> Answer:
    case = opened_to_add(public_id, Permission.DISCUSSION_RECORD)
    action = cases.action(case, number)
    _must_be_open(action)
    form = ChangeForm(obj=action)
    if form.validate_on_submit() and form.run(
        lambda: services.change_action(action, form.details(), reason=form.reason.data, by=user())
    ):
        return done(case, f"Action {number} is changed", LIST)
    return page("cases/change_action.html", case, form=form, action=action)


@blueprint.route("/<record_id:public_id>/actions/<int:number>/finish", methods=["GET", "POST"])
@requires(Permission.DISCUSSION_RECORD)
def finish_action(public_id: str, number: int) -> Answer:
    case = opened_to_add(public_id, Permission.DISCUSSION_RECORD)
    action = cases.action(case, number)
    _must_be_open(action)
    form = FinishForm.of(action)
    if form.validate_on_submit() and form.run(
        lambda: services.finish_action(
            action, done_on=form.done_on.data, result=form.result.data, by=user()
        )
    ):
        return done(case, f"Action {number} is done", LIST)
    return page("cases/finish_action.html", case, form=form, action=action)


@blueprint.route("/<record_id:public_id>/actions/<int:number>/waive", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def waive_action(public_id: str, number: int) -> Answer:
    case = opened_to_add(public_id, Permission.CASE_EDIT)
    action = cases.action(case, number)
    _must_be_open(action)
    form = WaiveForm.of(action)
    if form.validate_on_submit() and form.run(
        lambda: services.waive_action(
            action, waived_on=form.waived_on.data, reason=form.reason.data, by=user()
        )
    ):
        return done(case, f"Action {number} is waived", LIST)
    return page("cases/waive_action.html", case, form=form, action=action)


def _must_be_open(action: Action) -> None:
    if begins_anew() and not action.is_open:
        raise Refused("This action is already done or waived.")
