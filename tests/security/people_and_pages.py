"""Who is tried on what: the same request, only the person differs."""

import re
from collections.abc import Callable

from werkzeug.test import TestResponse

from lado.models import User
from lado.rules.permissions import ROLES, Role
from tests.guards.routes import Access, Route
from tests.support.cast import Cast
from tests.support.client import Client

NOBODY = None
# Signing out, and what is open to all, may change who is signed in.
CHANGES_WHO_IS_THERE = {"accounts.sign_out"}


def of_role(cast: Cast, role: Role | None) -> User | None:
    return next((user for user in cast.everyone() if user.role == role), None)


def may(role: Role | None, access: Access | None) -> bool:
    if access == "public":
        return True
    return role is not None and (access == "signed in" or access in ROLES[role].permissions)


def somebody_who_may(cast: Cast, access: Access | None) -> User:
    """The manager where their role holds it, as it holds most."""
    order = (Role.MANAGER, *Role)
    role = next(role for role in order if may(role, access))
    user = of_role(cast, role)
    assert user is not None
    return user


def token_of(browser: Client) -> str:
    """From the sign-out button of a signed-in page, or the sign-in form."""
    for page in ("/account", "/sign-in"):
        found = re.search(r'name="csrf_token" value="([^"]+)"', browser.http.get(page).text)
        if found:
            return found[1]
    raise AssertionError("no page gave a token")


def ask(browser: Client, url: str, method: str, token: str = "") -> TestResponse:
    data = {"csrf_token": token} if method == "POST" else None
    return browser.http.open(url, method=method, data=data, buffered=True)


def asks_to_sign_in(response: TestResponse) -> bool:
    return response.status_code in {302, 303} and response.location.partition("?")[0] == "/sign-in"


def address(route: Route, public_id: str = "A" * 22, number: int = 1) -> str:
    url = re.sub(r"<int(?:\([^)]*\))?:[^>]+>", str(number), str(route.rule))
    return re.sub(r"<[^>]+>", public_id, url)


ClientFor = Callable[..., Client]
