"""The browser's side of a session: the cookie carries a token that the register knows."""

from urllib.parse import urlencode

from flask import Flask, current_app, flash, g, redirect, request, url_for
from flask import session as cookie
from flask_login import current_user
from flask_security import Security, UserDatastore
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from lado.extensions import db
from lado.models import User, UserSession
from lado.queries import sessions
from lado.services import session as services
from lado.services.second_factor import OneTimeCodes
from lado.web import drafting
from lado.web.errors import Answer, typed_text
from lado.web.errors import page as error_page
from lado.web.filters import counted

TOKEN = "_user_id"  # noqa: S105 - Flask-Login's name for it
LONGEST_PATH = 500
NOT_RETURNED_TO = {"static", "accounts.sign_in", "accounts.signed_out", "accounts.code"}
FAILED_TRIES = (
    "Since you last signed in there have been {number} to sign in as you that failed. "
    "If this was not you, tell an administrator."
)


def init_app(app: Flask) -> None:
    """Flask-Security gives us its password hashing, authenticator codes and Flask-Login. Its own
    pages stay out: they save outside our transactions and leave no audit event."""
    store = UserDatastore(User, None)  # type: ignore[arg-type]
    security = Security(app, store, register_blueprint=False, totp_cls=OneTimeCodes)
    manager = security.login_manager
    manager.session_protection = None
    manager.user_loader(_user)
    manager.request_loader(None)
    manager.unauthorized_handler(_ask_to_sign_in)
    app.before_request(_keep_alive)


def begin(token: str, *, failed_before: int = 0) -> None:
    """The browser takes the token of a session that was started. All else in the old cookie
    goes, so that nobody can plant one beforehand."""
    forget()
    cookie[TOKEN] = token
    if failed_before:
        number = counted(failed_before, "try", "tries")
        flash(FAILED_TRIES.format(number=number), "warning")


def forget() -> None:
    cookie.clear()
    g.pop("csrf_token", None)


def at_hand() -> UserSession | None:
    """The session of this request."""
    found: UserSession | None = g.get("user_session")
    return found


def _user(token: str) -> User | None:
    if request.endpoint == "static":
        return None
    g.user_session = sessions.standing(token)
    return g.user_session.user if g.user_session else None


def _keep_alive() -> None:
    only_asks = request.endpoint == "accounts.session_left" and request.method == "GET"
    if only_asks or request.endpoint == "static" or not current_user.is_authenticated:
        return
    try:
        services.seen(g.user_session)
    except OperationalError:
        # Somebody is writing for long. To be read, a page need not wait for that.
        db.session.rollback()


def _ask_to_sign_in() -> Response | Answer:
    """What was typed before the session ended is shown, since it was not saved."""
    here = request.full_path if request.query_string else request.path
    wanted = own_path(drafting.way_back() or here)
    query = f"?{urlencode({'next': wanted})}" if wanted and wanted != "/" else ""
    there = url_for("accounts.sign_in") + query
    typed = typed_text() if request.method == "POST" else []
    if not typed:
        return redirect(there)
    return error_page(401, typed=typed, there=there, kept=drafting.kept_until())


def own_path(target: str | None) -> str | None:
    """`target` when it is a page of ours that can be fetched, else nothing."""
    if not target or len(target) > LONGEST_PATH or not target.startswith("/"):
        return None
    if target.startswith("//") or "\\" in target or not target.isprintable() or "#" in target:
        return None
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, _ = adapter.match(target.partition("?")[0], method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return None
    return None if endpoint in NOT_RETURNED_TO else target
