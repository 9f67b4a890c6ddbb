"""A register in and out, in a real browser, with scripts and without."""

import fcntl
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from lado.models import User
from lado.web.register import jobs
from tests.e2e.conftest import Visitor, VisitorFor
from tests.register.build import as_csv, contact
from tests.support.cast import Cast

pytestmark = pytest.mark.e2e
REGISTER = Path(__file__).parent.parent / "data" / "wscb-register.csv"


def choose(visitor: Visitor, file: Path) -> None:
    visitor.go("/register")
    visitor.look()
    visitor.page.set_input_files("input[type=file]", file)
    visitor.press("Check the file")


def arrive(visitor: Visitor, heading: str) -> None:
    expect(visitor.page.locator("h1")).to_have_text(heading, timeout=20_000)
    visitor.look()


@pytest.mark.parametrize("scripted", [True, False])
def test_in_and_out(cast: Cast, visitor_for: VisitorFor, scripted: bool) -> None:
    visitor = visitor_for(cast.lado, scripted=scripted)
    choose(visitor, REGISTER)
    arrive(visitor, "No errors in the register")
    visitor.press("Load the register")
    arrive(visitor, "Register loaded")
    visitor.go("/register/export")
    visitor.look()
    visitor.page.get_by_label("OpenDocument").check()
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="Download the register").click()
    assert download.value.suggested_filename.endswith(".ods")


def test_errors(cast: Cast, visitor_for: VisitorFor, tmp_path: Path) -> None:
    visitor = visitor_for(cast.lado)
    file = tmp_path / "register.csv"
    file.write_bytes(as_csv(contact(role="Techer"), contact(received_on="02/25/2012")))
    choose(visitor, file)
    arrive(visitor, "The register was not loaded")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="Download all errors").click()
    assert download.value.suggested_filename.startswith("register-errors-")


@pytest.mark.parametrize("scripted", [True, False])
def test_the_page_that_waits(
    app: Flask, cast: Cast, visitor_for: VisitorFor, scripted: bool
) -> None:
    """Somebody holds the work up; when they let go, the page moves on by itself."""
    visitor = visitor_for(cast.lado, scripted=scripted)
    job = held_up(cast.lado)
    with (job.folder / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        visitor.go(f"/register/loading/{job.id}")
        visitor.look()
        assert visitor.heading() == "Working on the register"
    arrive(visitor, "No errors in the register")


def held_up(user: User) -> jobs.Job:
    folder = jobs._home() / ("x" * 22)
    folder.mkdir(mode=0o700)
    (folder / "file").write_bytes(as_csv(contact()))
    job = jobs.Job(folder)
    job._save(jobs.State(owner=user.public_id))
    return job
