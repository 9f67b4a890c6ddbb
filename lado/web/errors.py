"""What somebody reads when a page cannot be shown, and how it is answered."""

import logging
import re
from traceback import format_tb
from typing import Any

from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException

from lado.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from lado.extensions import db

log = logging.getLogger(__name__)

OWN_PAGES = {400, 403, 404, 405, 413, 429}
KEPT_HEADERS = {"Allow", "Retry-After"}
# A guard test holds every password and code to a name of this kind.
NEVER_SHOWN_AGAIN = re.compile(
    "password|token|code|secret|version|asked|compared|^draft-|^theirs-", re.IGNORECASE
)
LONGEST_SHOWN = 20_000
LAST_RESORT = (
    '<!DOCTYPE html><html lang="en"><head><title>Sorry, something went wrong</title></head>'
    "<body><h1>Sorry, something went wrong</h1><p>Try again in a few minutes.</p></body></html>"
)

Answer = tuple[str, int]


def init_app(app: Flask) -> None:
    app.register_error_handler(NotFound, lambda _: page(404))
    app.register_error_handler(Forbidden, lambda _: page(403))
    app.register_error_handler(Conflict, conflict)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(Invalid, invalid)
    app.register_error_handler(CSRFError, lambda _: page(400, typed=typed_text()))
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(OperationalError, database_away)
    app.register_error_handler(InterfaceError, database_away)
    app.register_error_handler(Exception, failure)


def page(status: int, **context: Any) -> Answer:
    db.session.rollback()
    return render_template(f"errors/{status}.html", **context), status


def conflict(error: Conflict) -> Answer:
    return page(409, message=error.message, typed=typed_text())


def refused(error: Refused) -> Answer:
    return page(409, message=error.message, typed=typed_text())


def invalid(error: Invalid) -> Answer:
    return page(400, messages=list(error.messages.values()), typed=typed_text())


def http(error: HTTPException) -> Any:
    """Redirects and the like go through as they are."""
    code = error.code or 500
    if code < 400:  # noqa: PLR2004 - not an error
        return error
    if code in OWN_PAGES:
        html, status = page(code)
        headers = [(name, value) for name, value in error.get_headers() if name in KEPT_HEADERS]
        return html, status, headers
    return (failsafe("500"), code) if code >= 500 else page_of_another_kind(code)  # noqa: PLR2004


def page_of_another_kind(code: int) -> Answer:
    html, _ = page(400)
    return html, code


def database_away(error: Exception) -> Any:
    """Locked for too long, or not there: what was typed can be sent again."""
    log.error("The database did not answer: %s", type(error).__name__)
    forget()
    return failsafe("503"), 503, [("Retry-After", "30")]


def failure(error: Exception) -> Answer:
    """The message of an exception may hold what somebody typed, so only its place is logged."""
    forget()
    place = "".join(format_tb(error.__traceback__))
    log.error("A page failed: %s\n%s", type(error).__name__, place)
    return failsafe("500"), 500


def forget() -> None:
    try:
        db.session.rollback()
    except Exception as error:  # noqa: BLE001 - there may be no database to roll back
        log.warning("No rollback: %s", type(error).__name__)


def failsafe(name: str) -> str:
    """A page that asks nothing of the database, the user or the request."""
    try:
        return current_app.jinja_env.get_template(f"errors/{name}.html").render()
    except Exception as error:  # noqa: BLE001 - the last resort must not fail
        log.critical("The error page failed: %s", type(error).__name__)
        return LAST_RESORT


def typed_text() -> list[tuple[str, str]]:
    """What was typed into the form that could not be taken, so that no work is lost."""
    return [
        (name.replace("_", " ").replace("-", " ").capitalize(), value[:LONGEST_SHOWN])
        for name, value in request.form.items(multi=True)
        if value.strip() and not NEVER_SHOWN_AGAIN.search(name)
    ]
