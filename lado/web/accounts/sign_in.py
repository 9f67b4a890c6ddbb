"""Password, then code, then in."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_login import current_user
from werkzeug.wrappers import Response

from lado.models import User
from lado.queries import users
from lado.services import second_factor
from lado.services import session as session_services
from lado.services import sign_in as services
from lado.web import session
from lado.web.accounts import pending
from lado.web.accounts.blueprint import blueprint
from lado.web.accounts.forms import CodeForm, SetUpForm, SignInForm
from lado.web.accounts.qr import qr_code
from lado.web.guard import public

FAILED = (
    "The email address or the password is not right, or was tried too often. Check both, or wait "
    "15 minutes and try again."
)
START_AGAIN = "That took too long, or was begun somewhere else. Sign in again."

Answer = str | Response


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Answer:
    wanted = session.own_path(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(wanted or "/")
    form = SignInForm()
    if form.validate_on_submit():
        address = request.remote_addr or ""
        user = services.check_password(form.email.data, form.password.data, address=address)
        if user:
            return password_was_right(user, wanted)
        form.refuse(FAILED)
    return render_template("accounts/sign_in.html", form=form, wanted=wanted)


def password_was_right(user: User, wanted: str | None) -> Response:
    """A second factor is asked of everybody, save in a demonstration of those who have none."""
    has_factor = users.has_second_factor(user)
    if current_app.config["LADO"].demonstration and not has_factor:
        failed_before = user.failed_sign_ins
        session.begin(session_services.start(user), failed_before=failed_before)
        return redirect(wanted or "/")
    pending.begin(user, wanted)
    return redirect(url_for("accounts.code" if has_factor else "accounts.set_up"))


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> Answer:
    user = pending.user()
    if user is None or not users.has_second_factor(user):
        return _start_again()
    form, failed_before = CodeForm(), user.failed_sign_ins
    if form.validate_on_submit() and form.run(lambda: services.with_code(user, form.code.data)):
        wanted = pending.wanted()
        session.begin(form.result, failed_before=failed_before)
        return redirect(wanted)
    return render_template("accounts/code.html", form=form)


@blueprint.route("/sign-in/authenticator", methods=["GET", "POST"])
@public
def set_up() -> Answer:
    """The first sign-in, or the first after a lost app. The recovery codes are shown in the
    answer itself, because they are kept nowhere that they could be read again."""
    user = pending.user()
    if user is None or users.has_second_factor(user):
        return _start_again()
    form, secret = SetUpForm(), pending.new_secret()
    if form.validate_on_submit() and form.run(
        lambda: second_factor.set_up(user, secret=secret, code=form.code.data, by=user)
    ):
        wanted = pending.wanted()
        session.begin(session_services.start(user))
        return render_template("accounts/recovery_codes.html", codes=form.result, onward=wanted)
    key, address = second_factor.key_and_address(user, secret)
    return render_template("accounts/set_up.html", form=form, key=key, qr=qr_code(address))


def _start_again() -> Response:
    if current_user.is_authenticated:
        return redirect("/")
    cookie.pop(pending.KEY, None)
    flash(START_AGAIN, "warning")
    return redirect(url_for("accounts.sign_in"))


@blueprint.post("/sign-out")
@public
def sign_out() -> Response:
    """The session may have run out while the page stood open; the answer is the same.

    Cookies are left out of what the browser clears: it would clear those of every service on
    the council's domain. Ours is emptied, and its session is over.
    """
    at_hand = session.at_hand()
    if at_hand:
        session_services.end(at_hand, by=at_hand.user)
    session.forget()
    response = redirect(url_for("accounts.signed_out"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@blueprint.get("/signed-out")
@public
def signed_out() -> Answer:
    return render_template("accounts/signed_out.html")
