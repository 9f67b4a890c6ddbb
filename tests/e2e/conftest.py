"""A server of our own, a real browser, and an eye on what the browser complains of."""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from werkzeug.serving import make_server

from lado.models import User
from tests.support.chromium import launch_options
from tests.support.sign_in import sign_in

MANY_CELLS = 1000
coloured: set[tuple[str, bool]] = set()
ANY_ID = re.compile(r"[\w-]{22}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | launch_options()


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """The browser may still be asking it for something when the next test has begun."""
    return own_app


@pytest.fixture
def live(app: Flask) -> Iterator[str]:
    """The application on a free port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Visitor:
    """A browser window; `faults` fills with what no page should have."""

    page: Page
    home: str
    scripted: bool = True
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def _said(self, message: ConsoleMessage) -> None:
        """Refused by the content security policy, or a script that failed. That an answer was no
        200 is the pages' own business."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"{self.page.url}: {message.text}")

    def go(self, path: str) -> int:
        answer = self.page.goto(self.home + path)
        return answer.status if answer else 0

    def fill(self, **typed: str) -> None:
        for name, text in typed.items():
            self.page.locator(f"main [name='{name}']").fill(text)

    def choose(self, name: str, words: str) -> None:
        self.page.locator(f"main select[name='{name}']").select_option(label=words)

    def tick(self, words: str) -> None:
        self.page.get_by_role("main").get_by_label(words, exact=True).check()

    def date(self, name: str, day: date) -> None:
        self.fill(**{f"{name}-day": str(day.day), f"{name}-month": str(day.month),
                     f"{name}-year": str(day.year)})  # fmt: skip

    def words(self) -> str:
        return self.page.get_by_role("main").inner_text()

    def press(self, words: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=words, exact=True).first.click()
        self.look()

    def follow(self, words: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name=words).first.click()
        self.look()

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def look(self) -> None:
        """Read the page as somebody who cannot see it would."""
        if self.scripted:
            # A form that keeps a draft is sent once the draft is saved.
            expect(self.page.locator("form[aria-busy]")).to_have_count(0)
        self.page.wait_for_load_state()
        if not self.scripted:
            return
        rules = {} if self._shows_new_colours() else {"color-contrast": {"enabled": False}}
        asked = {"resultTypes": ["violations"], "rules": rules}
        for violation in Axe().run(self.page, options=asked).response["violations"]:
            where = [node["target"] for node in violation["nodes"]][:3]
            self.faults.append(f"{self.page.url}: {violation['id']} at {where}")

    def _shows_new_colours(self) -> bool:
        """Contrast is sought behind each cell, which takes many seconds of a report: a page of so
        many is looked at once."""
        if self.page.locator("td, th").count() < MANY_CELLS:
            return True
        path = ANY_ID.sub("", urlsplit(self.page.url).path)
        page = path, self.page.title().startswith("Error")
        is_new = page not in coloured
        coloured.add(page)
        return is_new


VisitorFor = Callable[..., Visitor]


@pytest.fixture
def visitor_for(app: Flask, live: str, browser: Browser) -> Iterator[VisitorFor]:
    """A window in which a user is signed in; with nobody, a stranger's."""
    windows: list[tuple[BrowserContext, Visitor]] = []

    def open_window(user: User | None = None, *, scripted: bool = True) -> Visitor:
        context = browser.new_context(java_script_enabled=scripted)
        if user is not None:
            client = app.test_client()
            sign_in(client, user)
            cookie = client.get_cookie("lado")
            assert cookie is not None
            context.add_cookies([{"name": "lado", "value": cookie.value, "url": live}])
        visitor = Visitor(context.new_page(), live, scripted)
        windows.append((context, visitor))
        return visitor

    yield open_window
    for context, _ in windows:
        context.close()
    assert [fault for _, visitor in windows for fault in visitor.faults] == []
