"""Users are told by mail that something waits: by command, once a day, and nothing else."""

import ast
import re
import smtplib
import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import Date, Enum, String, Text, select

from lado import clock, mail
from lado.config import Config, UnsafeSettings
from lado.extensions import db
from lado.mail import MailServer
from lado.models import AuditEvent, Base, Reminder
from lado.models.base import Folded
from lado.rules.audit import AuditAction
from tests import factories
from tests.case_parts import AWKWARD, fill_case, make_action
from tests.guards.source import sources
from tests.support.cast import Cast
from tests.support.smtp import Post, post

# What says nothing of a case: users, lists, settings and bookkeeping.
NOT_OF_RECORDS = {
    "advice_template", "alembic_version", "audit_event", "setting", "term", "user",
    "reference_counter", "search_entry", "reminder", "rate_count", "user_session",
}  # fmt: skip
SHORTEST = 4


@pytest.fixture
def waiting(app: Flask, cast: Cast) -> None:
    """A case of the LADO's with an overdue action, and all that a case can hold."""
    case = factories.make_case(by=cast.lado, received_on=factories.days_ago(90))
    fill_case(case, cast.lado)
    make_action(case, cast.lado, due_on=factories.days_ago(3), description=AWKWARD)


@pytest.fixture
def server(app: Flask) -> Iterator[Post]:
    with post("other_lado@") as found:
        use(app, found.settings)
        yield found


def use(app: Flask, server: MailServer) -> None:
    config: Config = app.config["LADO"]
    app.config["LADO"] = replace(config, mail=server, base_url="https://lado.council.test")


def send(app: Flask) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["reminders", "send"])
    return done.exit_code, done.output


def texts() -> Iterator[str]:
    """Every word and every day that any record holds."""
    for table in Base.metadata.sorted_tables:
        if table.name in NOT_OF_RECORDS:
            continue
        for column in table.columns:
            written = isinstance(column.type, String | Text | Folded)
            if written and not isinstance(column.type, Enum):
                found = db.session.scalars(select(column).where(column.is_not(None)))
                yield from (text for text in found if len(text) >= SHORTEST)
            elif isinstance(column.type, Date):
                days = db.session.scalars(select(column).where(column.is_not(None)))
                yield from (f"{day:{form}}" for day in days for form in ("%Y-%m-%d", "%d/%m/%Y"))


def test_without_a_server_no_connection_is_opened(
    app: Flask, waiting: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "create_connection", refuse)
    code, said = send(app)
    assert code == 1
    assert "No mail server is set, so nothing is sent" in said


def test_only_the_command_sends_mail() -> None:
    """Never within a request: who imports what opens connections."""
    mailing = {"lado/mail.py", "lado/cli/reminders.py", "lado/config.py"}
    for source in sources():
        words = [ast.unparse(node) for node in ast.walk(source.tree)
                 if isinstance(node, ast.Import | ast.ImportFrom)]  # fmt: skip
        mails = any(re.search(r"\bsmtplib\b|\blado\.mail\b|\bmail\b", each) for each in words)
        assert mails == (source.name in mailing), source.name


def test_no_mail_holds_anything_of_any_record(
    app: Flask, cast: Cast, waiting: None, server: Post
) -> None:
    code, said = send(app)
    assert (code, said) == (0, "1 of 1 reminders were sent.\n")
    (message,) = server.messages
    assert b"To: lado@example.test" in message
    assert b"https://lado.council.test" in message
    sent = server.data.decode().casefold()
    looked_for = set(texts())
    assert len(looked_for) > 30
    assert [text for text in looked_for if text.casefold() in sent] == []


def test_each_user_is_told_once_a_day_and_again_the_next(
    app: Flask, cast: Cast, waiting: None, server: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(app)
    assert send(app) == (0, "Nothing waits for anybody who was not told today.\n")
    tomorrow = factories.days_ago(-1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    assert send(app) == (0, "1 of 1 reminders were sent.\n")
    assert len(server.messages) == 2
    assert db.session.scalars(select(Reminder.sent_on)).all() == [tomorrow]
    sent = select(AuditEvent).where(AuditEvent.action == AuditAction.REMINDERS_SENT)
    assert [event.detail["reminders"] for event in db.session.scalars(sent)] == [1, 1]


def test_what_could_not_be_sent_is_said_and_tried_again(
    app: Flask, cast: Cast, waiting: None, server: Post
) -> None:
    make_action(factories.make_case(by=cast.other_lado), due_on=factories.days_ago(1))
    code, said = send(app)
    assert code == 1
    assert "1 of 2 reminders were sent." in said
    assert "1 could not be sent: the mail server refused the recipient." in said
    assert "other_lado" not in said
    server.refused = ()
    assert send(app) == (0, "1 of 1 reminders were sent.\n")


def test_a_server_that_is_away_is_said_and_tried_again(
    app: Flask, cast: Cast, waiting: None, server: Post
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        use(app, MailServer.of(f"smtp://127.0.0.1:{free.getsockname()[1]}", "a@council.test"))
    code, said = send(app)
    assert code == 1
    assert "the mail server cannot be reached" in said
    assert db.session.scalars(select(Reminder)).all() == []


def test_one_odd_address_stops_no_mail(app: Flask, cast: Cast, waiting: None, server: Post) -> None:
    """It may be older than the rule for addresses."""
    make_action(factories.make_case(by=cast.other_lado), due_on=factories.days_ago(1))
    cast.other_lado.email = "o@[example.test"
    db.session.commit()
    code, said = send(app)
    assert code == 1
    assert "1 of 2 reminders were sent." in said
    assert "1 could not be sent: a user's email address is none that mail can be sent to." in said
    assert "o@[" not in said
    assert len(server.messages) == 1
    assert db.session.scalars(select(Reminder.user_id)).all() == [cast.lado.id]


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://localhost"])
def test_no_reminder_leads_to_this_machine(
    app: Flask, cast: Cast, waiting: None, server: Post, address: str
) -> None:
    app.config["LADO"] = replace(app.config["LADO"], base_url=address)
    code, said = send(app)
    assert code == 1
    assert "Set LADO_BASE_URL to the address that users know" in said
    assert server.messages == []
    assert db.session.scalars(select(Reminder)).all() == []


def test_a_server_elsewhere_without_encryption_gets_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mail, "LOOPBACK", frozenset())  # this machine counts as another
    with post() as here:
        with pytest.raises(mail.MailFailed, match="does not offer encryption"):
            list(mail.send(here.settings, ["a@b.test"], "https://e.test"))
        assert here.messages == []


@pytest.mark.parametrize(
    ("url", "sender"),
    [("http://mail.test", "a@b.test"), ("smtp://", "a@b.test"), ("smtp://mail.test", "nobody"),
     ("smtp://mail.test:port", "a@b.test")],
)  # fmt: skip
def test_settings_that_will_not_do_are_refused(
    url: str, sender: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("LADO_INSTANCE", str(tmp_path))
    monkeypatch.setenv("LADO_SMTP_URL", url)
    monkeypatch.setenv("LADO_MAIL_FROM", sender)
    with pytest.raises(UnsafeSettings):
        Config.from_environment()


def test_an_error_is_told_without_what_the_server_wrote() -> None:
    error = smtplib.SMTPResponseException(550, b"No such user wren@example.test")
    assert mail.in_words(error) == "the mail server answered with code 550"
