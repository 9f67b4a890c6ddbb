"""The reports' pages."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select

from lado.extensions import db
from lado.models import AuditEvent, Report
from lado.register.loading import load
from lado.reports.files import FORMATS
from lado.reports.stored import drawn_figures
from lado.rules.quarters import Period
from lado.rules.vocabulary import ReportStatus
from lado.services import report as service
from lado.services import settings
from lado.services.audit import COMMAND_LINE
from tests.cli.test_report import words_of
from tests.conftest import REGISTER, Prepared
from tests.reports.test_pages import text_of
from tests.support.cast import Cast, make_cast
from tests.support.client import Client

Browser = Callable[..., Client]
LOOKED = {"looked": "yes"}


def drawn() -> None:
    """The register of `tests/data` and a draft of its last quarter."""
    cast = make_cast()
    load(REGISTER.read_bytes(), by=COMMAND_LINE)
    period = Period(date(2013, 1, 1), date(2013, 3, 31))
    service.draw(drawn_figures(db.session(), period), by=cast.lado)


@pytest.fixture
def new_database(prepared: Prepared) -> Callable[[], str]:
    return prepared(drawn)


@pytest.fixture
def filled(cast: Cast) -> Cast:
    return cast


def other_dates(first: tuple[str, str, str], last: tuple[str, str, str]) -> dict[str, str]:
    data = {"chosen": "other"}
    for name, parts in (("first_day", first), ("last_day", last)):
        data |= {
            f"{name}-{part}": text
            for part, text in zip(("day", "month", "year"), parts, strict=True)
        }
    return data


Q4 = other_dates(("1", "1", "2013"), ("31", "3", "2013"))


def the_draft() -> Report:
    return db.session.scalars(select(Report)).one()


def test_the_figures_of_any_period_are_shown(filled: Cast, client_for: Browser) -> None:
    client = client_for(filled.auditor)
    response = client.post_form("/reports/figures", Q4, containing="chosen")
    page = client.follow(response).get_data(as_text=True)
    assert response.location.endswith("/reports/figures/2012-13-q4")
    assert "25.9% (28 of 108)" in words_of(page)
    assert "Contacts whose received date is in the period." in page
    assert page.count("<svg class") == 6
    assert " style=" not in page


@pytest.mark.parametrize("period", ["2012-14", "nothing", "2150-51", "2012-13-q9", "..%2F"])
def test_a_period_that_is_none_is_not_found(filled: Cast, client_for: Browser, period: str) -> None:
    assert client_for(filled.lado).get(f"/reports/figures/{period}").status_code == 404


def test_dates_that_make_no_period_come_back_with_a_message(
    filled: Cast, client_for: Browser
) -> None:
    client = client_for(filled.lado)
    for data, words in (
        ({"chosen": "other"}, "Enter the first day of the period"),
        (other_dates(("31", "3", "2013"), ("1", "1", "2013")), "ends before it starts"),
        ({"chosen": "<script>"}, "There is a problem"),
        ({}, "Choose a period"),
    ):
        response = client.post_form("/reports/draw", data, containing="chosen")
        assert response.status_code == 200
        assert words in response.get_data(as_text=True)


def test_a_report_from_draft_to_published(filled: Cast, client_for: Browser) -> None:
    lado, manager, member = (
        client_for(user) for user in (filled.lado, filled.manager, filled.member)
    )
    report = the_draft()
    address = f"/reports/{report.public_id}"
    assert member.get(address).status_code == 404
    hostile = "note <Smith> said & <b>open\n\nthen <img src='x'>"
    lado.follow(lado.post_form(f"{address}/commentary", {"commentary": hostile}))
    manager.get(address)
    token_form = manager.form(address)
    assert token_form.action.endswith("/approve")
    fields = dict(token_form.form_values())
    assert manager.http.post(f"{address}/approve", data=fields).status_code == 302
    lado.follow(lado.post_form(f"{address}/publish", LOOKED))
    db.session.refresh(report)
    assert report.status is ReportStatus.PUBLISHED
    page = member.get(address).get_data(as_text=True)
    assert "note &lt;Smith&gt; said &amp; &lt;b&gt;open" in page
    assert "Draft" not in page
    assert report.pdf_sha256 in page
    assert member.get("/reports").status_code == 200


def test_a_period_whose_report_is_not_published_is_refused_before_it_is_counted(
    filled: Cast, client_for: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lado.web.reports.routes.drawn_figures", lambda *_: pytest.fail("counted"))
    page = client_for(filled.lado).post_form("/reports/draw", Q4).get_data(as_text=True)
    assert "There is already a report for this period that is not published" in page


def test_a_commentary_is_held_against_the_figures(filled: Cast, client_for: Browser) -> None:
    lado, manager, member = (
        client_for(user) for user in (filled.lado, filled.manager, filled.member)
    )
    report = the_draft()
    address = f"/reports/{report.public_id}"

    def write(words: str, **also: str) -> str:
        data = {"commentary": words, **also}
        response = lado.post_form(f"{address}/commentary", data)
        if response.status_code == 302:
            response = lado.follow(response)
        return response.get_data(as_text=True)

    page = write("Typed before.", action="start")
    assert "Typed before.\n\nThe number of consultations received was {" in page
    assert report.commentary == ""
    page = write("See {consultations.gone} & more.")
    assert "There is no figure {consultations.gone}." in page
    assert "See {consultations.gone} &amp; more." in page
    assert report.commentary == ""
    wrong = "Consultations: {consultations.received}, a fall from 97."
    assert "The figures did not move like that." in write(wrong)
    assert report.commentary == wrong
    assert "Consultations: 108, a fall from 97." in lado.get(address).get_data(as_text=True)

    assert f"{address}/approve" in manager.get(address).get_data(as_text=True)
    again = manager.post_form(f"{address}/approve", {"explanation": " "})
    assert "Explain why these sentences stand" in again.get_data(as_text=True)
    assert report.status is ReportStatus.DRAFT
    manager.follow(manager.post_form(f"{address}/approve", {"explanation": "Said <so>"}))
    newest = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert newest is not None
    assert (newest.action, newest.detail) == ("report.approved", {"explained": 1})
    assert "Said &lt;so&gt;" in lado.get(address).get_data(as_text=True)
    lado.follow(lado.post_form(f"{address}/publish", LOOKED))
    page = member.get(address).get_data(as_text=True)
    assert "Consultations: 108, a fall from 97." in page
    assert "Said &lt;so&gt;" not in page


def test_the_pdf_is_a_download_under_our_own_name(filled: Cast, client_for: Browser) -> None:
    client = client_for(filled.lado)
    report = the_draft()
    response = client.get(f"/reports/{report.public_id}/files/pdf")
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        "attachment; filename=lado-report-2012-13-q4-version-1-draft.pdf"
    )
    text = " ".join(" ".join(text_of(response.data)).split())
    assert "Consultations received 108 97" in text
    assert "Draft: not published" in text
    newest = select(AuditEvent.action).order_by(AuditEvent.id.desc()).limit(1)
    assert db.session.scalar(newest) == "report.downloaded"


def test_each_file_is_listed_and_downloaded_and_told_of(filled: Cast, client_for: Browser) -> None:
    client = client_for(filled.lado)
    report = the_draft()
    address = f"/reports/{report.public_id}/files"
    page = client.get(address).get_data(as_text=True)
    told = select(func.count()).where(AuditEvent.action == "report.downloaded")
    for number, each in enumerate(FORMATS.values(), start=1):
        assert f'href="{address}/{each.name}">{each.label}<' in page
        response = client.get(f"{address}/{each.name}")
        assert response.mimetype == each.media_type
        name = f"lado-report-2012-13-q4-version-1-draft{each.suffix}"
        assert response.headers["Content-Disposition"] == f"attachment; filename={name}"
        assert db.session.scalar(told) == number
    assert client.get(f"{address}/docx").status_code == 404
    assert db.session.scalar(told) == len(FORMATS)


def test_a_published_pdf_is_the_one_whose_fingerprint_was_kept(
    filled: Cast, client_for: Browser
) -> None:
    import hashlib

    lado, manager = client_for(filled.lado), client_for(filled.manager)
    report = the_draft()
    address = f"/reports/{report.public_id}"
    manager.follow(manager.post_form(address, containing="version"))
    lado.follow(lado.post_form(f"{address}/publish", LOOKED))
    db.session.refresh(report)
    member = client_for(filled.member)

    def fingerprint() -> str:
        return hashlib.sha256(member.get(f"{address}/files/pdf").data).hexdigest()

    assert fingerprint() == report.pdf_sha256
    # Neither a new name of the council nor a later version changes what was published.
    settings.change({"council_name": "Another Council"}, by=filled.administrator)
    assert fingerprint() == report.pdf_sha256
    correction = Q4 | {"correction": "A late case"}
    lado.follow(lado.post_form("/reports/draw", correction, containing="chosen"))
    second = db.session.scalars(select(Report).where(Report.edition_number == 2)).one()
    there = f"/reports/{second.public_id}"
    manager.follow(manager.post_form(there, containing="version"))
    lado.follow(lado.post_form(f"{there}/publish", LOOKED))
    assert report.status is ReportStatus.SUPERSEDED
    assert fingerprint() == report.pdf_sha256
    assert "supersedes it" in member.get(address).get_data(as_text=True)


def test_a_report_is_sent_back_with_the_reason_above_it(filled: Cast, client_for: Browser) -> None:
    lado, manager = client_for(filled.lado), client_for(filled.manager)
    report = the_draft()
    address = f"/reports/{report.public_id}"
    manager.follow(manager.post_form(address, containing="version"))
    again = manager.post_form(f"{address}/send-back")
    assert "Enter why the report is sent back" in again.get_data(as_text=True)
    manager.follow(manager.post_form(f"{address}/send-back", {"reason": "Say more of schools"}))
    assert "Say more of schools" in lado.get(address).get_data(as_text=True)
    assert lado.get(f"{address}/publish").status_code == 409


@pytest.mark.parametrize("who", ["support", "member", "auditor", "administrator"])
def test_a_role_that_may_not_draw_is_refused(filled: Cast, client_for: Browser, who: str) -> None:
    client = client_for(getattr(filled, who))
    assert client.get("/reports/draw").status_code == 403


def test_an_address_that_leads_nowhere(filled: Cast, client_for: Browser) -> None:
    client = client_for(filled.manager)
    for end in ("", "/files", "/files/pdf", "/commentary", "/draw-again"):
        assert client.get(f"/reports/{'x' * 22}{end}").status_code == 404


def test_every_year_there_are_records_of_is_offered(filled: Cast, client_for: Browser) -> None:
    page = client_for(filled.lado).get("/reports/figures").get_data(as_text=True)
    for period in ("2011-12", "2012-13", "2012-13 Q4"):
        assert f">{period} (" in page
    assert ">2009-10 (" not in page
    groups = ["Quarters", "Years", "Academic years", "Calendar years", "Other"]
    places = [page.index(f'<optgroup label="{group}">') for group in groups]
    assert places == sorted(places)
