"""`flask register`: what is printed where, the exit codes, and the files it leaves."""

import csv
import io
import stat
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from lado.extensions import db
from lado.models import Consultation
from lado.register.loading import load
from lado.services.audit import COMMAND_LINE
from tests.register.build import as_csv, as_ods, as_xlsx, case, contact


@pytest.fixture
def run(app: Flask):
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["register", *map(str, words)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "registers"
    made.mkdir()
    return made


def put(folder: Path, data: bytes, name: str = "register.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Consultation)) or 0


def test_an_import(run, folder):
    done = run("import", put(folder, as_csv(case("A-1"), contact("A-2"))))
    assert done.exit_code == 0
    assert done.stderr == "Read as UTF-8.\n"
    assert done.stdout == (
        "2 rows checked. No errors.\n"
        "Created: 2 consultations, 1 case, 1 person, 1 contact about somebody already known, "
        "1 organisation, 2 strategy discussions.\n"
    )
    assert count() == 2


@pytest.mark.parametrize(("build", "suffix"), [(as_xlsx, "xlsx"), (as_ods, "ods")])
def test_spreadsheets(run, folder, build, suffix):
    done = run("import", put(folder, build(contact("A-1")), f"register.{suffix}"))
    assert done.exit_code == 0
    assert count() == 1


def test_windows_1252_is_said(run, folder):
    done = run("import", put(folder, as_csv(contact("A-1", surname="Zoë"), encoding="cp1252")))
    assert done.exit_code == 0
    assert "Read as Windows-1252" in done.stderr


def test_a_dry_run(run, folder):
    done = run("import", put(folder, as_csv(contact("A-1"))), "--dry-run")
    assert done.exit_code == 0
    assert "Would create: 1 consultation, 1 person, 1 organisation." in done.stdout
    assert count() == 0


def test_possible_same_people_are_listed_by_their_rows(run, folder):
    rows = [contact("A-1"), contact("A-2", date_of_birth="")]
    done = run("import", put(folder, as_csv(*rows)))
    assert "Possible same person" in done.stdout
    assert "  Rows 2 and 3: the same name, and the date of birth is missing" in done.stdout
    assert "Madeup" not in done.output


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_errors_are_listed_and_written_beside_the_register(run, folder, options):
    path = put(folder, as_csv(contact("A-1", role="Techer"), contact("A-2", sector="")))
    done = run("import", path, *options)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Row 2, Role “Techer”: This is not in the list “Roles”. Nearest: Teacher" in done.stderr
    assert "Row 3, Sector: This is missing. Fill in Sector." in done.stderr
    assert "2 errors. They are also in" in done.stderr
    assert "Nothing was loaded." in done.stderr
    assert count() == 0
    beside = folder / "register-errors.csv"
    rows = list(csv.reader(io.StringIO(beside.read_bytes().decode("utf-8-sig"), newline="")))
    assert rows[0] == ["Row", "Column", "Value", "What is wrong", "What to do"]
    assert [row[:3] for row in rows[1:]] == [["2", "Role", "Techer"], ["3", "Sector", ""]]
    assert stat.S_IMODE(beside.stat().st_mode) == 0o600


def test_errors_that_cannot_be_written_are_listed_all_the_same(run, folder):
    (folder / "register-errors.csv").mkdir()
    done = run("import", put(folder, as_csv(contact("A-1", sector=""))))
    assert done.exit_code == 2
    assert "could not be written" in done.stderr
    assert "Row 2, Sector" in done.stderr


def test_the_same_file_again(run, folder):
    path = put(folder, as_csv(contact("A-1")))
    run("import", path)
    for options in ((), ("--dry-run",)):
        done = run("import", path, *options)
        assert done.exit_code == 0
        assert "This same file was loaded on" in done.stdout
    assert count() == 1


def test_the_same_rows_in_another_file(run, folder):
    run("import", put(folder, as_csv(contact("A-1"))))
    done = run("import", put(folder, as_csv(contact("A-1"), delimiter=";"), "other.csv"))
    assert done.exit_code == 0
    assert "1 of them on record already, with the same contents." in done.stdout
    assert "There is nothing to create." in done.stdout


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "not a register"),
        (as_csv(contact("A-1")) + b"\x00", "NUL"),
        (b"PK\x03\x04" + bytes(40), "damaged"),
    ],
)
def test_what_is_not_a_register(run, folder, data, says):
    done = run("import", put(folder, data))
    assert done.exit_code == 2
    assert says in done.stderr
    assert "Nothing was loaded." in done.stderr
    assert done.stdout == ""


def test_a_file_that_is_not_there(run, folder):
    done = run("import", folder / "missing.csv")
    assert done.exit_code == 2
    assert "does not exist" in done.stderr


def test_help(run):
    for words in (("--help",), ("import", "--help"), ("export", "--help")):
        done = run(*words)
        assert done.exit_code == 0
        assert "Usage:" in done.stdout


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods", "CSV"])
def test_an_export(run, folder, suffix):
    load(as_csv(case("A-1"), contact("A-2")), by=COMMAND_LINE)
    path = folder / f"out.{suffix}"
    done = run("export", path)
    assert done.exit_code == 0
    assert done.stdout == f"2 consultations written to {path}.\n"
    assert done.stderr == ""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(each.name for each in folder.iterdir()) == [path.name]


def test_what_is_left_out_is_listed_beside_the_export(run, folder):
    load(as_csv(contact("A-1")), by=COMMAND_LINE)
    db.session.scalars(select(Consultation)).one().late_report_reason = "On holiday"
    db.session.commit()
    done = run("export", folder / "out.ods")
    assert done.exit_code == 0
    assert "Left out: How to reach the referrer" in done.stderr
    rows = (folder / "out-left-out.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[1].startswith("A-1,")


@pytest.mark.parametrize("name", ["out.txt", "out"])
def test_an_export_to_a_format_that_is_not_known(run, folder, name):
    done = run("export", folder / name)
    assert done.exit_code == 2
    assert ".csv, .xlsx, .ods" in done.stderr
    assert not (folder / name).exists()


def test_an_export_to_a_folder_that_is_not_there(run, folder):
    done = run("export", folder / "nowhere" / "out.csv")
    assert done.exit_code == 2
    assert "could not be written" in done.stderr
