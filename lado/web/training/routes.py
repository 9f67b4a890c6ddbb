from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado.queries import training as queries
from lado.queries.access import get_training_session
from lado.rules.permissions import Permission
from lado.services import training as services
from lado.web import lists
from lado.web.guard import requires, user
from lado.web.training.forms import SessionForm

blueprint = Blueprint("training", __name__, url_prefix="/training")

Answer = str | Response


@blueprint.get("")
@requires(Permission.REPORT_VIEW)
def index() -> Answer:
    page = queries.page_of_list(user(), lists.cursor())
    lists.remember({})
    return render_template("training/index.html", page=page)


@blueprint.route("/add", methods=["GET", "POST"])
@requires(Permission.TRAINING_LOG)
def add() -> Answer:
    form = SessionForm.of_today()
    if form.validate_on_submit() and form.run(
        lambda: services.log(details=form.details(), by=user())
    ):
        flash("Training logged")
        return redirect(url_for("training.index"))
    return render_template("training/edit.html", form=form, session=None)


@blueprint.route("/<record_id:public_id>/edit", methods=["GET", "POST"])
@requires(Permission.TRAINING_LOG)
def edit(public_id: str) -> Answer:
    session = get_training_session(user(), public_id, Permission.TRAINING_LOG)
    form = SessionForm(obj=session)
    if form.validate_on_submit() and form.run_on(
        session,
        lambda: services.change(
            session, details=form.details(), version=form.version.data, by=user()
        ),
    ):
        flash("Changes saved")
        return redirect(lists.list_url("training.index"))
    return render_template("training/edit.html", form=form, session=session)
