"""One's own account: password, second factor, sessions."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask import session as cookie
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from lado.errors import Invalid, NotFound
from lado.queries import declarations, sessions, users
from lado.rules.permissions import ROLES, Permission
from lado.services import password, second_factor, sign_in
from lado.services import session as services
from lado.web import session
from lado.web.accounts import pending
from lado.web.accounts.blueprint import blueprint
from lado.web.accounts.forms import ChangePasswordForm, ConfirmForm, ReplaceForm
from lado.web.accounts.qr import qr_code
from lado.web.filters import time_of_day
from lado.web.guard import signed_in, user
from lado.web.session_left import session_left as how_long

WRONG_PASSWORD = "Your password is not right, or was tried too often"  # noqa: S105

Answer = str | Response


@blueprint.get("/account")
@signed_in
def index() -> Answer:
    return render_template(
        "accounts/index.html",
        role=ROLES[user().role],
        sessions=sessions.sessions_of(user()),
        at_hand=session.at_hand(),
        has_second_factor=users.has_second_factor(user()),
        declared=declarations.of(user()),
        asks_whom=user().can(Permission.CONSULTATION_VIEW),
        codes_left=users.recovery_codes_left(user()),
    )


@blueprint.route("/account/password", methods=["GET", "POST"])
@signed_in
def change_password() -> Answer:
    form = ChangePasswordForm()

    def change() -> None:
        _confirm("current_password", form.current_password.data)
        password.change(user(), password=form.password.data, keep=session.at_hand())

    if form.validate_on_submit() and form.run(change):
        flash("Your password is changed. Your other sessions have ended.")
        return redirect(url_for("accounts.index"))
    return render_template("accounts/change_password.html", form=form)


@blueprint.route("/account/authenticator", methods=["GET", "POST"])
@signed_in
def replace_second_factor() -> Answer:
    form, secret = ReplaceForm(), pending.new_secret()

    def replace() -> list[str]:
        _confirm("password", form.password.data)
        at_hand = session.at_hand()
        return second_factor.set_up(
            user(), secret=secret, code=form.code.data, by=user(), keep=at_hand
        )

    if form.validate_on_submit() and form.run(replace):
        cookie.pop(pending.SECRET)
        return _show(form.result)
    key, address = second_factor.key_and_address(user(), secret)
    return render_template("accounts/replace.html", form=form, key=key, qr=qr_code(address))


@blueprint.route("/account/recovery-codes", methods=["GET", "POST"])
@signed_in
def renew_recovery_codes() -> Answer:
    form = ConfirmForm()

    def renew() -> list[str]:
        _confirm("password", form.password.data)
        return second_factor.renew_recovery_codes(user(), by=user())

    if form.validate_on_submit() and form.run(renew):
        return _show(form.result)
    return render_template("accounts/renew_codes.html", form=form)


@blueprint.post("/account/sessions/end")
@signed_in
def end_session() -> Answer:
    """One of one's own, by its number on the page, or all the others."""
    number, at_hand = request.form.get("session", ""), session.at_hand()
    if number == "others":
        services.end_all(user(), by=user(), but=at_hand)
        flash("Your other sessions have ended.")
    else:
        own = {str(each.id): each for each in sessions.sessions_of(user())}
        if number not in own or own[number] is at_hand:
            raise NotFound
        services.end_one(own[number], by=user())
        flash("The session has ended.")
    return redirect(url_for("accounts.index"))


@blueprint.route("/account/session", methods=["GET", "POST"])
@signed_in
def session_left() -> Answer:
    """For the page's script: how long this session lasts. To ask is no activity; to send is. The
    token lets a page go on that was open while its reader signed in again."""
    left = how_long()
    if left is None:
        raise NotFound
    ends = {"ends": time_of_day(left.ends_at), "user": user().public_id}
    return jsonify(**left.seconds(), **ends, token=generate_csrf())


def _confirm(field: str, typed: str) -> None:
    if not sign_in.confirm(user(), typed, address=request.remote_addr or ""):
        raise Invalid({field: WRONG_PASSWORD})


def _show(codes: list[str]) -> str:
    """In the answer itself, because they are kept nowhere that they could be read again."""
    onward = url_for("accounts.index")
    return render_template("accounts/recovery_codes.html", codes=codes, onward=onward)
