"""`flask report figures` and `flask report build`, as a script would call them."""

import json
import re
import stat
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from lado import clock
from lado.extensions import db
from lado.models import AuditEvent, Report
from lado.reports.contents import SECTIONS
from lado.reports.stored import drawn_figures
from lado.rules.quarters import Period
from lado.rules.vocabulary import ReportStatus
from tests.reports.example import EXPECTED, counted_there
from tests.support.cast import Cast


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


@pytest.fixture
def new_database(register_database: Callable[[], str]) -> Callable[[], str]:
    return register_database


@pytest.fixture
def filled(app: Flask) -> Flask:
    return app


@pytest.mark.parametrize("period", ["2012-13", "2012-13/Q4"])
def test_figures_are_printed_as_json_and_nothing_else(filled: Flask, period: str) -> None:
    result = filled.test_cli_runner().invoke(args=["report", "figures", period, "--format", "json"])
    assert result.exit_code == 0, result.stderr
    assert counted_there(json.loads(result.stdout)) == EXPECTED[period]
    assert result.stderr == ""


def test_a_range_of_dates_is_a_period_too(filled: Flask) -> None:
    result = filled.test_cli_runner().invoke(args=["report", "figures", "2012-04-01..2012-06-30"])
    assert counted_there(json.loads(result.stdout)) == EXPECTED["2012-13/Q1"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["figures", "2012-14"], "not a financial year"),
        (["figures", "last year"], "not a period"),
        (["figures", "2012-13/Q5"], "not a period"),
        (["figures", "2013-06-30..2013-04-01"], "ends before it starts"),
        (["figures", "2012-13", "--as-at", "31/03/2013"], "not a date"),
        (["figures", "2012-13", "--as-at", "2012-06-30"], "as-at date"),
        (["figures", "2012-13", "--as-at", "2150-06-30"], "as-at date"),
        (["figures", "2150-51"], "has not begun"),
        (["figures", "2012-13", "--format", "xml"], "xml"),
        (["build", "2012-13", "--edition", "full", "--out", "r.doc"], "must end in"),
        (["build", "2012-13", "--edition", "full", "--out", "no/such/folder/r.pdf"], "written"),
        (["build", "2150-51", "--edition", "full", "--out", "r.pdf"], "has not begun"),
    ],
)
def test_what_is_asked_wrongly_is_answered_in_words_with_exit_2(
    filled: Flask,
    args: list[str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = filled.test_cli_runner().invoke(args=["report", *args])
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == [] or not list(tmp_path.glob("r.*"))


def test_the_report_is_built_as_pdf_with_the_same_numbers(filled: Flask, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    result = filled.test_cli_runner().invoke(
        args=["report", "build", "2012-13", "--edition", "full", "--out", str(out)]
    )
    assert result.exit_code == 0, result.stderr
    with pdfplumber.open(BytesIO(out.read_bytes())) as pdf:
        text = " ".join(page.extract_text() for page in pdf.pages)
    assert "Consultations received 369 191 +178 (+93.2%)" in text


@pytest.mark.parametrize("name", ["r.xlsx", "r.ods"])
def test_the_workbook_holds_the_same_numbers(filled: Flask, tmp_path: Path, name: str) -> None:
    build(filled, tmp_path / name)
    book = CalamineWorkbook.from_path(str(tmp_path / name))
    rows = book.get_sheet_by_name("Table_1").to_python()
    assert any(row[:2] == ["Consultations received", 369] for row in rows)


def test_the_name_says_which_file_is_made(filled: Flask, tmp_path: Path) -> None:
    for name, begins in (
        ("r.csv", b"\xef\xbb\xbftable_id,"),
        ("r.json", b"{"),
        ("r.html", b"<!DOCTYPE html>"),
        ("r-slide.pdf", b"%PDF"),
    ):
        build(filled, tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(begins)


def build(filled: Flask, out: Path, period: str = "2012-13") -> None:
    result = filled.test_cli_runner().invoke(
        args=["report", "build", period, "--edition", "full", "--out", str(out)]
    )
    assert result.exit_code == 0, result.stderr


def last_event() -> AuditEvent:
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)).one()


def test_nobody_else_on_the_machine_reads_it(filled: Flask, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    out.touch(mode=0o644)
    build(filled, out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_writing_it_leaves_an_event(filled: Flask, tmp_path: Path) -> None:
    build(filled, tmp_path / "report.html")
    event = last_event()
    assert (event.action, event.actor, event.record) == ("report.downloaded", "command line", None)
    assert (event.detail["first_day"], event.detail["last_day"]) == (20120401, 20130331)


def test_that_of_a_published_report_names_it(filled: Flask, cast: Cast, tmp_path: Path) -> None:
    report = published(Period.parse("2012-13"), cast)
    build(filled, tmp_path / "report.html")
    assert last_event().record == report.public_id


def published(period: Period, cast: Cast) -> Report:
    drawn = drawn_figures(db.session(), period)
    report = Report(
        period_start=period.start,
        period_end=period.end,
        as_at=drawn.as_at,
        status=ReportStatus.PUBLISHED,
        figures=drawn.stored,
        definitions_version=drawn.definitions_version,
        drawn_at=clock.now(),
        approved_at=clock.now(),
        approved_by=cast.manager,
        published_at=clock.now(),
        published_by=cast.lado,
        figures_sha256="0" * 64,
        pdf_sha256="0" * 64,
    )
    db.session.add(report)
    db.session.commit()
    return report


def test_the_report_is_built_as_a_page_that_needs_no_other_file(
    filled: Flask, tmp_path: Path
) -> None:
    out = tmp_path / "report.html"
    result = filled.test_cli_runner().invoke(
        args=["report", "build", "2012-13/Q4", "--edition", "full", "--out", str(out)]
    )
    assert result.exit_code == 0, result.stderr
    page = out.read_text(encoding="utf-8")
    charts = [plan for section in SECTIONS for plan in section.tables if plan.chart]
    assert page.count("<svg") == len(charts) + 1  # and the trends'
    for outside in ("<link", "<script", "src=", "url(", "http://127"):
        assert outside not in page
    assert "25.9% (28 of 108)" in words_of(page)
