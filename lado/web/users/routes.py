from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado.models import User
from lado.queries import sessions, users
from lado.rules.permissions import ROLES, Permission
from lado.services import invitation, session
from lado.services import user as services
from lado.web import lists
from lado.web.guard import requires
from lado.web.guard import user as me
from lado.web.users.forms import InviteForm, LinkForm, UserForm

blueprint = Blueprint("users", __name__, url_prefix="/users")

Answer = str | Response


@blueprint.get("")
@requires(Permission.USER_MANAGE)
def index() -> Answer:
    page = users.everyone(lists.cursor())
    return render_template("users/index.html", page=page, roles=ROLES)


@blueprint.route("/invite", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE)
def invite() -> Answer:
    form = InviteForm()
    if form.validate_on_submit() and form.run(
        lambda: services.invite(
            email=form.email.data, name=form.name.data, role=form.role.data, by=me()
        )
    ):
        user, token = form.result
        return _show_link(user, token)
    return render_template("users/invite.html", form=form)


@blueprint.get("/<record_id:public_id>")
@requires(Permission.USER_MANAGE)
def show(public_id: str) -> Answer:
    user = users.get(public_id)
    return render_template(
        "users/show.html",
        user=user,
        is_me=user.id == me().id,
        role=ROLES[user.role],
        sessions=sessions.sessions_of(user),
        has_second_factor=users.has_second_factor(user),
    )


@blueprint.route("/<record_id:public_id>/change", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE)
def change(public_id: str) -> Answer:
    user = users.get(public_id)
    form = UserForm(obj=user)
    if form.validate_on_submit() and form.run_on(
        user,
        lambda: services.change(
            user, name=form.name.data, role=form.role.data, version=form.version.data, by=me()
        ),
    ):
        flash("The user is changed.")
        return _to(user)
    return render_template("users/change.html", form=form, user=user)


@blueprint.route("/<record_id:public_id>/link", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE)
def new_link(public_id: str) -> Answer:
    user = users.get(public_id)
    form = LinkForm()
    if form.validate_on_submit() and form.run(
        lambda: invitation.new_link(user, purpose=form.purpose.data, by=me())
    ):
        return _show_link(user, form.result)
    return render_template("users/new_link.html", form=form, user=user)


@blueprint.post("/<record_id:public_id>/disable")
@requires(Permission.USER_MANAGE)
def disable(public_id: str) -> Answer:
    user = users.get(public_id)
    services.disable(user, by=me())
    flash("The user is disabled and signed out everywhere.")
    return _to(user)


@blueprint.post("/<record_id:public_id>/enable")
@requires(Permission.USER_MANAGE)
def enable(public_id: str) -> Answer:
    user = users.get(public_id)
    services.enable(user, by=me())
    flash("The user may sign in again.")
    return _to(user)


@blueprint.post("/<record_id:public_id>/sessions/end")
@requires(Permission.USER_MANAGE)
def end_sessions(public_id: str) -> Answer:
    user = users.get(public_id)
    session.end_all(user, by=me())
    flash("The user is signed out everywhere.")
    return _to(user)


def _show_link(user: User, token: str) -> str:
    """In the answer itself: it is kept nowhere that it could be read again."""
    link = current_app.config["LADO"].one_time_link(token)
    return render_template("users/link.html", user=user, link=link)


def _to(user: User) -> Response:
    return redirect(url_for("users.show", public_id=user.public_id))
