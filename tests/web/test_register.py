"""The register's pages: a file is checked, then loaded; and written again."""

import fcntl
import io
import json
import os
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from lado.extensions import db
from lado.models import AuditEvent, Consultation
from lado.register.loading import load
from lado.register.reading import read
from lado.services.audit import COMMAND_LINE
from lado.web.register import jobs
from tests.conftest import make_app
from tests.register.build import as_csv, as_ods, as_xlsx, case, contact
from tests.support.html import parse, words

LONG_ENOUGH = 20.0


@pytest.fixture
def visitor(cast, client_for):
    return client_for(cast.lado)


@pytest.fixture
def home(app: Flask) -> Path:
    return Path(app.instance_path) / "register"


def upload(visitor, data: bytes, name: str = "register.csv"):
    return visitor.post_form("/register", {"file": (io.BytesIO(data), name)}, containing="file")


def checked(visitor, data: bytes, name: str = "register.csv") -> str:
    """Uploads it and waits for the page that says what was found; gives its address."""
    answer = upload(visitor, data, name)
    assert answer.status_code == 302, words(parse(answer.get_data(as_text=True)))
    return wait(visitor, answer.location)


def wait(visitor, url: str) -> str:
    started = time.monotonic()
    while visitor.http.get(f"{url}/progress").get_json()["at_work"]:
        assert time.monotonic() - started < LONG_ENOUGH
        time.sleep(0.02)
    return url


def text(visitor, url: str) -> str:
    return words(parse(visitor.get(url).get_data(as_text=True)))


def count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Consultation)) or 0


def test_a_register_is_checked_and_loaded_only_then(visitor, home):
    url = checked(visitor, as_csv(case("A-1"), contact("A-2", date_of_birth="")))
    page = text(visitor, url)
    assert "No errors in the register" in page
    assert "2 consultations" in page
    assert "Rows 2 and 3: the same name" in page
    assert count() == 0
    loading = visitor.post_form(url, containing="csrf_token")
    assert loading.location == url
    assert "Register loaded" in text(visitor, wait(visitor, url))
    assert count() == 2
    assert [path.name for path in home.glob("*/file")] == []
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "register.imported"))
    assert event.one().detail["consultations"] == 2


@pytest.mark.parametrize(("build", "name"), [(as_xlsx, "Our Register.XLSX"), (as_ods, "a.ods")])
def test_spreadsheets_are_taken(visitor, build, name):
    assert "No errors" in text(visitor, checked(visitor, build(contact("A-1")), name))


def test_errors_are_shown_and_can_be_had_as_a_file(visitor, home):
    url = checked(visitor, as_csv(contact("A-1", role="Techer"), contact("A-2", summary="<b>=1",
                                  sector="")))  # fmt: skip
    page = text(visitor, url)
    assert "The register was not loaded" in page
    assert "2 errors" in page
    assert "This is not in the list “Roles”." in page
    assert "Nearest: Teacher" in page
    assert [path.name for path in home.glob("*/file")] == []
    file = visitor.get(f"{url}/errors")
    assert file.mimetype == "text/csv"
    assert "attachment; filename=register-errors-" in file.headers["Content-Disposition"]
    assert "Techer" in file.get_data(as_text=True)
    assert count() == 0


def test_hostile_cells_are_text_on_the_page(visitor):
    nasty = "<script>alert(1)</script>\u05d0"
    page = visitor.get(checked(visitor, as_csv(contact("A-1", role=nasty)))).get_data(as_text=True)
    assert "<script>alert" not in page
    assert nasty in words(parse(page))


def test_many_errors_are_shown_in_part_and_all_in_the_file(visitor):
    rows = [contact(sector="") for _ in range(jobs.PROBLEMS_SHOWN + 20)]
    url = checked(visitor, as_csv(*rows))
    assert "120 errors" in text(visitor, url)
    assert "The first 100 errors" in text(visitor, url)
    assert len(visitor.get(f"{url}/errors").get_data(as_text=True).splitlines()) == 121


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "register.csv", "The file is empty"),
        (as_csv(contact()), "register.txt", "Choose a CSV, XLSX or ODS file"),
        (as_csv(contact()), "register", "Choose a CSV, XLSX or ODS file"),
        (as_csv(contact()), "../../register.exe", "Choose a CSV, XLSX or ODS file"),
        (as_csv(contact()), "register.xlsx", "The file is not what its name says"),
        (as_xlsx(contact()), "register.csv", "The file is not what its name says"),
    ],
)
def test_a_file_that_is_refused_at_once(visitor, data, name, says):
    answer = upload(visitor, data, name)
    assert answer.status_code == 200
    assert says in words(parse(answer.get_data(as_text=True)))


def test_no_file(visitor):
    answer = visitor.post_form("/register", containing="file")
    assert "Choose the file that holds the register" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"a,b\n1,2\n", "This is not a register"),
        (as_csv(contact()) + b"\x00", "NUL bytes"),
        (as_csv(contact()) + b"\x81", "neither UTF-8 nor Windows-1252"),
    ],
)
def test_what_is_not_a_register_is_answered_in_words(visitor, data, says):
    page = text(visitor, checked(visitor, data))
    assert "The register was not loaded" in page
    assert says in page


def test_a_file_of_30_megabytes(visitor):
    answer = upload(visitor, as_csv(contact()) + b" " * 30 * 1024 * 1024)
    assert answer.status_code == 413
    assert "20 megabytes" in words(parse(answer.get_data(as_text=True)))


def test_windows_1252_is_said(visitor):
    url = checked(visitor, as_csv(contact("A-1", surname="Zoë"), encoding="cp1252"))
    assert "Read as Windows-1252" in text(visitor, url)


def test_the_same_file_again(visitor):
    data = as_csv(contact("A-1"))
    load(data, by=COMMAND_LINE)
    page = text(visitor, checked(visitor, data))
    assert "Nothing to load" in page
    assert "This same file was loaded on" in page
    assert count() == 1


def test_the_same_rows_in_another_file(visitor):
    load(as_csv(contact("A-1")), by=COMMAND_LINE)
    page = text(visitor, checked(visitor, as_csv(contact("A-1"), delimiter=";")))
    assert "1 row is on record already, with the same contents." in page


def test_what_changed_between_check_and_loading_is_found(visitor):
    url = checked(visitor, as_csv(contact("A-1")))
    load(as_csv(contact("A-1", sector="Special school")), by=COMMAND_LINE)
    visitor.post_form(url, containing="csrf_token")
    assert "other contents" in text(visitor, wait(visitor, url))
    assert count() == 1


def test_a_page_shows_how_far_it_is_while_somebody_works(visitor, home):
    url = checked(visitor, as_csv(contact("A-1")))
    folder = home / url.rpartition("/")[2]
    with at_work(home, url):
        (folder / "progress.json").write_text(json.dumps({"stage": "Loading", "share": 0.5}))
        page = visitor.get(url).get_data(as_text=True)
        assert visitor.get(f"{url}/progress").get_json() == {
            "at_work": True, "stage": "Loading", "share": 0.5,
        }  # fmt: skip
        assert count() == 0
        kept = post(visitor, f"{url}/discard")
        assert kept.status_code == 302
    assert folder.exists()
    assert '<progress class="lado-progress" max="1" value="0.5"' in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page


def test_work_that_was_cut_off_is_taken_up_again(visitor, home):
    """The process that worked on it is gone, and with it its lock."""
    url = checked(visitor, as_csv(contact("A-1")))
    change(home / url.rpartition("/")[2], stage="loading")
    assert "Register loaded" in text(visitor, wait(visitor, url))
    assert count() == 1


def test_work_that_ends_its_process_every_time_is_given_up(visitor, home):
    url = checked(visitor, as_csv(contact("A-1")))
    change(home / url.rpartition("/")[2], stage="loading", attempts=jobs.MOST_ATTEMPTS)
    assert "Something went wrong and nothing was loaded" in text(visitor, wait(visitor, url))


def test_an_attempt_is_counted_before_the_file_is_read(visitor, monkeypatch, home):
    seen = []

    def look(*_args, **_options):
        (folder,) = home.iterdir()
        seen.append(jobs.Job(folder).state.attempts)
        raise ValueError

    monkeypatch.setattr(jobs, "load", look)
    checked(visitor, as_csv(contact("A-1")))
    assert seen == [1]


def test_a_failure_is_answered_in_words_and_logged_without_content(visitor, monkeypatch, caplog):
    def fail(*_args, **_options):
        raise ValueError("Imogen Madeup")

    monkeypatch.setattr(jobs, "load", fail)
    assert "Something went wrong" in text(visitor, checked(visitor, as_csv(contact("A-1"))))
    assert "A register job failed: ValueError" in caplog.text
    assert "Madeup" not in caplog.text


def test_a_user_who_lost_the_right_meanwhile_loads_nothing(visitor, cast, home):
    url = checked(visitor, as_csv(contact("A-1")))
    folder = home / url.rpartition("/")[2]
    change(folder, stage="loading", owner=cast.member.public_id)
    job = jobs.Job(folder)
    started = time.monotonic()
    while job.at_work and time.monotonic() - started < LONG_ENOUGH:
        job.take_up()
        time.sleep(0.02)
    assert job.state.message == "You may no longer load a register."
    assert count() == 0


def change(folder: Path, **changes: object) -> None:
    """Whole or not at all: a thread may look at the same moment."""
    path = folder / "job.json"
    other = folder / "other.json"
    other.write_text(json.dumps(json.loads(path.read_text()) | changes))
    other.replace(path)


def post(visitor, url: str):
    token = visitor.form("/register").xpath(".//input[@name='csrf_token']/@value")[0]
    return visitor.post(url, {"csrf_token": token})


def test_a_file_and_what_was_found_can_be_deleted(visitor, home):
    url = checked(visitor, as_csv(contact("A-1")))
    post(visitor, f"{url}/discard")
    assert list(home.iterdir()) == []
    assert visitor.get(url).status_code == 404


def test_uploads_are_their_owners_alone(visitor, cast, client_for):
    url = checked(visitor, as_csv(contact("A-1")))
    other = client_for(cast.other_lado)
    for address in (url, f"{url}/progress", f"{url}/errors"):
        assert other.get(address).status_code == 404
    for address in (f"{url}/load", f"{url}/discard"):
        assert post(other, address).status_code == 404
    assert "waiting to be loaded" in text(visitor, "/register")
    assert "waiting to be loaded" not in text(other, "/register")


@pytest.mark.parametrize("name", ["..", "x" * 22, "x" * 21 + "é", "secret_key", "a" * 500])
def test_an_address_of_no_job(visitor, name):
    assert visitor.get(f"/register/loading/{name}").status_code == 404


def test_what_was_uploaded_is_private_and_kept_for_a_day_at_most(visitor, home):
    url = checked(visitor, as_csv(contact("A-1")))
    folder = home / url.rpartition("/")[2]
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    make_old(folder)
    assert "waiting to be loaded" not in text(visitor, "/register")
    assert not folder.exists()


def make_old(folder: Path) -> None:
    """Once nothing writes to it any more."""
    for thread in threading.enumerate():
        if thread.name == "register":
            thread.join()
    long_ago = time.time() - jobs.KEPT_SECONDS - 60
    os.utime(folder, (long_ago, long_ago))


@pytest.mark.parametrize("page", ["/register/export", "/register/loading/" + "x" * 22])
def test_any_page_of_the_register_deletes_what_is_old(visitor, home, page):
    url = checked(visitor, as_csv(contact("A-1")))
    make_old(home / url.rpartition("/")[2])
    visitor.get(page)
    assert list(home.iterdir()) == []


def test_so_does_the_start_of_the_system(visitor, home, config):
    url = checked(visitor, as_csv(contact("A-1")))
    make_old(home / url.rpartition("/")[2])
    make_app(config)
    assert list(home.iterdir()) == []


def test_a_user_has_one_file_at_work_at_once(visitor, home):
    url = checked(visitor, as_csv(contact("A-1")))
    with at_work(home, url):
        answer = upload(visitor, as_csv(contact("A-2")))
        assert jobs.ONE_AT_A_TIME in words(parse(answer.get_data(as_text=True)))
        assert len(list(home.iterdir())) == 1


def test_a_second_file_that_was_checked_waits_for_the_first(visitor, home):
    first = checked(visitor, as_csv(contact("A-1")))
    second = checked(visitor, as_csv(contact("A-2")))
    with at_work(home, first):
        answer = post(visitor, f"{second}/load")
        assert answer.status_code == 409
        assert jobs.ONE_AT_A_TIME in words(parse(answer.get_data(as_text=True)))
    assert count() == 0


def test_so_many_files_are_at_work_in_all(visitor, home, cast, client_for, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_AT_WORK", 1)
    other = client_for(cast.other_lado)
    with at_work(home, checked(other, as_csv(contact("A-1")))):
        answer = upload(visitor, as_csv(contact("A-2")))
        assert jobs.OTHERS_AT_WORK in words(parse(answer.get_data(as_text=True)))


def test_what_a_restart_cut_off_stands_in_nobody_s_way_for_long(
    visitor, home, cast, client_for, monkeypatch
):
    monkeypatch.setattr(jobs, "MOST_AT_WORK", 1)
    url = checked(client_for(cast.other_lado), as_csv(contact("A-1")))
    change(home / url.rpartition("/")[2], stage="loading")
    started = time.monotonic()
    while upload(visitor, as_csv(contact("A-2"))).status_code != 302:
        assert time.monotonic() - started < LONG_ENOUGH
    assert count() == 1


@contextmanager
def at_work(home: Path, url: str) -> Iterator[None]:
    """As if another process were loading it."""
    folder = home / url.rpartition("/")[2]
    with (folder / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        change(folder, stage="loading")
        yield


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        ("csv", "text/csv"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ],
)
def test_the_register_is_written_to_a_file(visitor, suffix, media_type):
    load(as_csv(case("A-1"), contact("A-2")), by=COMMAND_LINE)
    answer = visitor.post_form("/register/export", {"chosen": suffix}, containing="chosen")
    assert answer.mimetype == media_type
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=register-2")
    assert disposition.endswith(f".{suffix}")
    assert [cells[0] for _, cells in read(answer.data).rows] == ["A-1", "A-2"]
    actions = list(db.session.scalars(select(AuditEvent.action)))
    assert "register.exported" in actions


def test_a_format_must_be_chosen(visitor):
    answer = visitor.post_form("/register/export", containing="chosen")
    assert "Choose a format" in answer.get_data(as_text=True)


def test_what_the_columns_cannot_hold_is_listed(visitor):
    load(as_csv(contact("A-1")), by=COMMAND_LINE)
    assert "the file holds all that is on record" in text(visitor, "/register/export")
    db.session.scalars(select(Consultation)).one().late_report_reason = "On holiday"
    db.session.commit()
    assert "How to reach the referrer" in text(visitor, "/register/export")
    file = visitor.get("/register/export/left-out")
    assert file.get_data(as_text=True).splitlines()[1].startswith('A-1,"How to reach')


@pytest.mark.parametrize("who", ["support", "member", "auditor", "administrator"])
def test_other_roles_neither_load_nor_write(cast, client_for, who):
    client = client_for(getattr(cast, who))
    for url in ("/register", "/register/export", "/register/export/left-out"):
        assert client.get(url).status_code == 403
