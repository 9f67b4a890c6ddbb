"""Nothing typed is lost: whatever happens to the server, the session or the browser meanwhile."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select, update

from lado import clock
from lado.config import Config
from lado.extensions import db
from lado.models import Consultation, User, UserSession
from tests.e2e.conftest import Visitor, VisitorFor
from tests.support.cast import Cast
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.e2e

ADD = "/consultations/add"
SERVE = """
import sys
from pathlib import Path
from werkzeug.serving import run_simple
from lado import create_app
from tests.conftest import make_config
run_simple("127.0.0.1", int(sys.argv[3]), create_app(make_config(sys.argv[1], Path(sys.argv[2]))),
           threaded=True)
"""
PATIENCE = 40_000


class Server:
    """A process of its own on the test's database, which can be killed and started again."""

    def __init__(self, config: Config) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.words = [config.database_url, str(config.instance), str(self.port)]
        self.start()

    def start(self) -> None:
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, *self.words], stdout=quiet, stderr=quiet
        )
        for _ in range(300):
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server(config: Config, app: Flask) -> Iterator[Server]:
    server = Server(config)
    yield server
    server.kill()


def signed_in_again(app: Flask, visitor: Visitor, user: User) -> None:
    """As in another tab of the same browser."""
    client = app.test_client()
    sign_in(client, user)
    cookie = client.get_cookie("lado")
    assert cookie is not None
    visitor.page.context.add_cookies([{"name": "lado", "value": cookie.value, "url": visitor.home}])


def says(visitor: Visitor, words: str) -> None:
    """Before long: the page's clock, by which it waits before it tries again, is hurried."""
    line = visitor.page.locator("[data-draft-line]")
    until = time.monotonic() + PATIENCE / 1000
    while words not in line.inner_text() and time.monotonic() < until:
        visitor.page.clock.run_for(1000)
        visitor.page.wait_for_timeout(100)
    expect(line).to_contain_text(words, timeout=1000)


def end_sessions(minutes: int) -> None:
    moment = clock.now() - timedelta(minutes=minutes)
    db.session.execute(update(UserSession).values(last_seen_at=moment))
    db.session.commit()


def test_a_call_survives_the_server_the_session_and_the_browser(
    app: Flask, cast: Cast, server: Server, visitor_for: VisitorFor
) -> None:
    first = visitor_for(cast.lado)
    first.home = f"http://127.0.0.1:{server.port}"
    first.page.set_default_timeout(PATIENCE)
    first.page.clock.install()
    signed_in_again(app, first, cast.lado)
    first.go(ADD)
    first.fill(summary="He rang at nine")
    says(first, "Draft saved at")

    server.kill()
    first.fill(summary="He rang at nine and said")
    says(first, "Not saved since")
    first.page.get_by_role("main").get_by_role("button", name="Log consultation").first.click()
    says(first, "no connection")
    assert first.heading() == "Log a consultation"
    server.start()
    says(first, "Draft saved at")

    first.page.context.set_offline(True)
    first.fill(summary="He rang at nine and said that")
    says(first, "Not saved since")
    first.page.context.set_offline(False)
    says(first, "Draft saved at")

    end_sessions(minutes=31)
    first.fill(summary="He rang at nine and said that it was she")
    says(first, "you are signed out")
    signed_in_again(app, first, cast.lado)
    says(first, "Draft saved at")
    draft = first.page.url.partition("?")[2]
    assert draft.startswith("draft=")
    assert first.page.evaluate("localStorage.length + sessionStorage.length") == 0

    second = visitor_for(cast.lado)
    second.home = first.home
    second.page.set_default_timeout(PATIENCE)
    signed_in_again(app, second, cast.lado)
    second.go("/")
    second.follow("Drafts you have not finished: 1")
    second.follow("Log a consultation")
    assert second.page.input_value("[name=summary]") == "He rang at nine and said that it was she"
    with second.page.expect_response("**/drafts"):
        second.fill(summary="He rang at nine and said that it was she who fell")
    first.fill(summary="He rang off")
    says(first, "changed in another window too")

    second.press("Log consultation")
    assert "Consultation logged" in second.words()
    db.session.rollback()
    logged = db.session.scalars(select(Consultation.summary)).all()
    assert logged == ["He rang at nine and said that it was she who fell"]
    second.go("/drafts")
    assert second.page.locator("main tbody tr").count() == 1
    second.look()


def test_the_session_s_end_is_announced_and_put_off(
    app: Flask, cast: Cast, visitor_for: VisitorFor
) -> None:
    visitor = visitor_for(cast.lado)
    visitor.page.clock.install()
    visitor.go("/people")
    dialog = visitor.page.get_by_role("alertdialog")
    assert not dialog.is_visible()
    end_sessions(minutes=26)
    visitor.page.clock.run_for(26 * 60_000)
    expect(dialog).to_contain_text("You will be signed out in 4 minutes", timeout=PATIENCE)
    stay = dialog.get_by_role("button", name="Stay signed in")
    expect(stay).to_be_focused()
    visitor.look()
    with visitor.page.expect_response(lambda answer: answer.request.method == "POST"):
        visitor.page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    db.session.rollback()
    seen = db.session.scalars(select(UserSession.last_seen_at)).all()
    assert max(seen) > clock.now() - timedelta(minutes=1)
