"""What stops a command: said in words with exit 2, whatever the command."""

import sqlite3
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from lado import database
from lado.extensions import db
from tests.conftest import make_app, make_config
from tests.register.build import as_csv, contact
from tests.support.cast import Cast

COMMANDS = {
    "register import": ["register.csv"],
    "register export": ["out.csv"],
    "report figures": ["2012-13"],
    "report build": ["2012-13", "--edition", "full", "--out", "out.pdf"],
    "audit verify": [],
    "users add": ["nia@example.test", "--name", "Nia Testwell", "--role", "lado"],
    "users link": ["nia@example.test"],
    "users first-link": [],
}
every_command = pytest.mark.parametrize("command", COMMANDS)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "register.csv").write_bytes(as_csv(contact("A-1", Surname="Testwell")))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(app: Flask, command: str) -> Result:
    return app.test_cli_runner().invoke(args=[*command.split(), *COMMANDS[command]])


def check_words(result: Result, *words: str) -> None:
    assert result.exit_code == 2, result.exception
    assert all(word in result.stderr for word in words)
    for never in ("Traceback", "SELECT", "INSERT", "parameters", "Testwell"):
        assert never not in result.output


@every_command
def test_a_database_without_tables_says_how_to_make_them(bare_app: Flask, command: str) -> None:
    check_words(run(bare_app, command), "flask db upgrade")


@pytest.mark.parametrize(
    "url",
    ["sqlite:////no/such/folder/lado.sqlite", "postgresql+psycopg://lado@/lado?host=/no/such"],
    ids=["sqlite", "postgresql"],
)
def test_a_database_that_is_not_there_says_where_to_look(url: str, tmp_path: Path) -> None:
    app = make_app(make_config(url, tmp_path))
    for command in COMMANDS:
        check_words(run(app, command), "LADO_DATABASE_URL")


def test_a_database_that_stays_locked_says_to_try_again(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL waits")
    db.session.remove()
    db.engine.dispose()
    other = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    for command in ("users add", "register import"):
        check_words(run(app, command), "Try again in a minute")
    other.close()


def test_an_error_of_the_database_never_says_what_was_asked_with(app: Flask) -> None:
    with pytest.raises(Exception, match="hide_parameters") as caught:
        db.session.execute(db.text("SELECT * FROM no_such WHERE name = :name"), {"name": "Nia T"})
    assert "Nia T" not in str(caught.value)
