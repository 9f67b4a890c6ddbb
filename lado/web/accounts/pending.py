"""Between the right password and the code: who waits, since when, and where they want to go.

It lies in the signed cookie and lets nobody in: a copy of it is worth the password, which its
owner has, for ten minutes, and nothing once the password is changed.
"""

from flask import session as cookie

from lado import clock
from lado.models import User
from lado.queries import users
from lado.rules.accounts import SECOND_STEP_WITHIN
from lado.services import second_factor
from lado.web.session import forget, own_path

KEY = "pending"
SECRET = "new_secret"  # noqa: S105 - where the secret of a new app waits, encrypted


def begin(user: User, wanted: str | None) -> None:
    forget()
    cookie[KEY] = {
        "who": user.fs_uniquifier,
        "since": int(clock.now().timestamp()),
        "wanted": own_path(wanted),
    }


def user() -> User | None:
    """The one whose password was right a short while ago."""
    waiting = cookie.get(KEY)
    if not waiting or _seconds(waiting["since"]) > SECOND_STEP_WITHIN.total_seconds():
        return None
    return users.by_uniquifier(waiting["who"])


def wanted() -> str:
    return str(cookie.get(KEY, {}).get("wanted") or "/")


def new_secret() -> str:
    """The same one when the page is fetched again, so that the app need not be set up again."""
    secret: str = cookie.setdefault(SECRET, second_factor.new_secret())
    return secret


def _seconds(since: int) -> float:
    return clock.now().timestamp() - since
