"""The bar shows itself to people who wait, and to nobody else."""

import io
import re
import time
from contextlib import redirect_stderr, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from lado.cli import progress as module
from lado.cli.progress import Report, progress
from tests.register.build import as_csv, contact


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TICK", 0.01)
    monkeypatch.setattr(module, "PATIENCE", 0.05)


def work(report: Report) -> None:
    report("Counting", 1, 2)
    time.sleep(0.2)


def test_what_is_soon_done_shows_no_bar() -> None:
    with redirect_stderr(Terminal()) as screen, progress("Counting") as report:
        report("Counting", 1, 2)
    assert screen.getvalue() == ""


def test_what_lasts_shows_how_much_is_done() -> None:
    with redirect_stderr(Terminal()) as screen, progress() as report:
        work(report)
    assert "\rCounting" in screen.getvalue()
    assert screen.getvalue().endswith("]  50%\n")


def test_one_long_step_shows_that_something_is_being_done() -> None:
    with redirect_stderr(Terminal()) as screen, suppress(ValueError), progress("Adding up"):
        time.sleep(0.2)
        raise ValueError
    lines = {line for line in screen.getvalue().split("\r") if "###" in line}
    assert len(lines) > 1
    assert all(line.startswith("Adding up") for line in lines)


def test_a_pipe_gets_no_bar() -> None:
    with redirect_stderr(io.StringIO()) as pipe, progress() as report:
        work(report)
    assert pipe.getvalue() == ""


@pytest.mark.parametrize(
    "command",
    [
        ["register", "import", "register.csv"],
        ["register", "export", "out.csv"],
        ["report", "figures", "2012-13"],
        ["report", "build", "2012-13", "--edition", "full", "--out", "out.pdf"],
        ["audit", "verify"],
    ],
    ids=" ".join,
)
def test_every_command_that_may_last_has_a_bar(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    (tmp_path / "register.csv").write_bytes(as_csv(contact("A-1")))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=Terminal()))
    monkeypatch.setattr(module, "PATIENCE", 0)
    result = app.test_cli_runner().invoke(args=command)
    assert result.exit_code == 0, result.stderr
    assert re.search(r"\r\w[\w ]+\[[# ]{30}\]", result.stderr)
    assert "\r" not in result.stdout
