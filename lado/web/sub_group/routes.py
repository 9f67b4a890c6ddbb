from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lado import clock
from lado.errors import Refused
from lado.models import SubGroupAction
from lado.queries import sub_group as queries
from lado.queries.access import get_sub_group_action
from lado.rules.permissions import Permission
from lado.services import sub_group as services
from lado.web import lists
from lado.web.drafting import begins_anew
from lado.web.guard import requires, user
from lado.web.sub_group.forms import (
    ActionForm,
    AddActionForm,
    End,
    EndForm,
    ProgressForm,
)

blueprint = Blueprint("sub_group", __name__, url_prefix="/sub-group")

Answer = str | Response
NONE_PUBLISHED = "No report is published yet, and the sub-group decides about a published one."


@blueprint.get("")
@requires(Permission.REPORT_VIEW)
def index() -> Answer:
    page = queries.page_of_list(user(), lists.cursor())
    lists.remember({})
    return render_template("sub_group/index.html", page=page, **_about(page.items))


@blueprint.route("/add", methods=["GET", "POST"])
@requires(Permission.SUB_GROUP_RECORD)
def add() -> Answer:
    reports = queries.published(user())
    if not reports:
        raise Refused(NONE_PUBLISHED)
    form = AddActionForm.about(reports, request.args.get("report", ""))
    if form.validate_on_submit() and form.run(
        lambda: services.add(form.report.data, details=form.details(), by=user())
    ):
        return _back_to(form.result, "Action added")
    return render_template("sub_group/edit.html", form=form, action=None)


@blueprint.get("/<record_id:public_id>")
@requires(Permission.REPORT_VIEW)
def view(public_id: str) -> Answer:
    action = get_sub_group_action(user(), public_id, Permission.REPORT_VIEW)
    return render_template("sub_group/view.html", action=action, **_about([action]))


@blueprint.route("/<record_id:public_id>/edit", methods=["GET", "POST"])
@requires(Permission.SUB_GROUP_RECORD)
def edit(public_id: str) -> Answer:
    action = _open(public_id)
    form = ActionForm(obj=action)
    if form.validate_on_submit() and form.run_on(
        action,
        lambda: services.change(
            action, details=form.details(), version=form.version.data, by=user()
        ),
    ):
        return _back_to(action, "Changes saved")
    return render_template("sub_group/edit.html", form=form, action=action)


@blueprint.route("/<record_id:public_id>/progress", methods=["GET", "POST"])
@requires(Permission.SUB_GROUP_RECORD)
def progress(public_id: str) -> Answer:
    action = get_sub_group_action(user(), public_id, Permission.SUB_GROUP_RECORD)
    form = ProgressForm.of_today()
    if form.validate_on_submit() and form.run(
        lambda: services.note_progress(
            action, noted_on=form.noted_on.data, text=form.text.data, by=user()
        )
    ):
        return _back_to(action, "Progress noted")
    return render_template("sub_group/progress.html", form=form, action=action)


@blueprint.route("/<record_id:public_id>/end", methods=["GET", "POST"])
@requires(Permission.SUB_GROUP_RECORD)
def end(public_id: str) -> Answer:
    action = _open(public_id)
    form = EndForm.of_today()

    def end_it() -> None:
        if form.end.data is End.DONE:
            services.finish(action, done_on=form.done_on.data, by=user())
        else:
            services.drop(action, reason=form.reason.data, by=user())

    if form.validate_on_submit() and form.run(end_it):
        return _back_to(action, "Action ended")
    return render_template("sub_group/end.html", form=form, action=action)


def _open(public_id: str) -> SubGroupAction:
    """A page that could only be refused is not shown; what was typed already is not lost."""
    action = get_sub_group_action(user(), public_id, Permission.SUB_GROUP_RECORD)
    if not action.is_open and begins_anew():
        raise Refused(services.ENDED)
    return action


def _about(actions: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "seen": queries.recurrences(actions, queries.last_day_told(user())),
        "state_of": lambda action: queries.state_of(action, today),
    }


def _back_to(action: SubGroupAction, message: str) -> Response:
    flash(message)
    return redirect(url_for("sub_group.view", public_id=action.public_id))
