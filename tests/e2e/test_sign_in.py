"""What only a browser can show of signing in."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from flask import Flask

from lado.queries import sessions
from tests.e2e.conftest import VisitorFor
from tests.support.accounts import give_password
from tests.support.cast import PASSWORD, Cast

pytestmark = pytest.mark.e2e


class AnotherSite(BaseHTTPRequestHandler):
    target: ClassVar[str] = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.path == "/":
            self.wfile.write(f'<title>x</title><a href="{self.target}">Open</a>'.encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def another_site(live: str) -> Iterator[str]:
    AnotherSite.target = f"{live}/account"
    server = ThreadingHTTPServer(("127.0.0.1", 0), AnotherSite)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without"])
def test_a_link_in_a_message_opens_its_page_for_somebody_who_is_signed_in(
    scripted: bool, cast: Cast, live: str, another_site: str, visitor_for: VisitorFor
) -> None:
    """The cookie is SameSite=Strict, so the browser does not send it with such a link."""
    visitor = visitor_for(cast.lado, scripted=scripted)
    context = visitor.page.context
    (cookie,) = context.cookies(live)
    token = cookie["value"]
    context.clear_cookies()
    strict = {"name": "lado", "value": token, "url": live, "sameSite": "Strict", "httpOnly": True}
    context.add_cookies([strict])  # type: ignore[list-item]
    visitor.page.goto(another_site)
    visitor.page.get_by_role("link", name="Open").click()
    visitor.page.get_by_role("heading", name="Your account").wait_for()
    assert len(sessions.sessions_of(cast.lado)) == 1


def test_a_password_may_be_shown_and_is_marked_for_password_managers(
    app: Flask, cast: Cast, visitor_for: VisitorFor
) -> None:
    give_password(cast.lado)
    visitor = visitor_for()
    visitor.go("/sign-in")
    typed = visitor.page.get_by_label("Password", exact=True)
    assert visitor.page.get_by_label("Email address").get_attribute("autocomplete") == "username"
    assert typed.get_attribute("autocomplete") == "current-password"
    visitor.fill(email=cast.lado.email, password=PASSWORD)
    assert typed.get_attribute("type") == "password"
    visitor.page.get_by_role("button", name="Show").click()
    assert typed.get_attribute("type") == "text"
    visitor.press("Sign in")
    assert visitor.heading() == "Set up your authenticator app"


def test_nothing_is_left_in_the_browser_after_signing_out(
    cast: Cast, visitor_for: VisitorFor
) -> None:
    visitor = visitor_for(cast.lado)
    visitor.go("/account")
    visitor.page.get_by_role("button", name="Sign out").click()
    assert visitor.heading() == "You have signed out"
    visitor.page.go_back()
    visitor.page.reload()
    assert visitor.heading() == "Sign in"
    script = "localStorage.length + sessionStorage.length"
    assert visitor.page.evaluate(script) == 0
