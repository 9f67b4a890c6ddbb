"""The reports' pages."""

from collections.abc import Callable
from io import BytesIO

import pdfplumber
import pytest
from sqlalchemy import select

from lado.extensions import db
from lado.models import AuditEvent, Report
from lado.rules.vocabulary import ReportStatus
from lado.services import settings
from tests.cli.test_report import words_of
from tests.support.cast import Cast
from tests.support.client import Client

Browser = Callable[..., Client]


@pytest.fixture
def new_database(register_database: Callable[[], str]) -> Callable[[], str]:
    return register_database


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


def draw_report(client: Client) -> Report:
    response = client.post_form("/reports/draw", Q4, containing="chosen")
    assert response.status_code == 302, response.get_data(as_text=True)
    return db.session.scalars(select(Report)).one()


def test_the_figures_of_any_period_are_shown(filled: Cast, client_for: Browser) -> None:
    client = client_for(filled.auditor)
    response = client.post_form("/reports/figures", Q4, containing="chosen")
    page = client.follow(response).get_data(as_text=True)
    assert response.location.endswith("/reports/figures/2012-13-q4")
    assert "25.9% (28 of 108)" in words_of(page)
    assert "Contacts whose received date is in the period." in page
    assert page.count("<svg class") == 5
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
    report = draw_report(lado)
    address = f"/reports/{report.public_id}"
    assert member.get(address).status_code == 404
    hostile = "note <Smith> said & <b>open\n\nthen <img src='x'>"
    lado.follow(lado.post_form(f"{address}/commentary", {"commentary": hostile}))
    manager.get(address)
    token_form = manager.form(address)
    assert token_form.action.endswith("/approve")
    fields = dict(token_form.form_values())
    assert manager.http.post(f"{address}/approve", data=fields).status_code == 302
    lado.follow(lado.post_form(f"{address}/publish"))
    db.session.refresh(report)
    assert report.status is ReportStatus.PUBLISHED
    page = member.get(address).get_data(as_text=True)
    assert "note &lt;Smith&gt; said &amp; &lt;b&gt;open" in page
    assert "Draft" not in page
    assert report.pdf_sha256 in page
    assert member.get("/reports").status_code == 200


def test_the_pdf_is_a_download_under_our_own_name(filled: Cast, client_for: Browser) -> None:
    client = client_for(filled.lado)
    report = draw_report(client)
    response = client.get(f"/reports/{report.public_id}/download")
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        "attachment; filename=lado-report-2012-13-q4-version-1-draft.pdf"
    )
    with pdfplumber.open(BytesIO(response.data)) as pdf:
        text = " ".join(page.extract_text() for page in pdf.pages)
    assert "Consultations received 108 97" in text
    assert "Draft: not published" in text
    newest = select(AuditEvent.action).order_by(AuditEvent.id.desc()).limit(1)
    assert db.session.scalar(newest) == "report.downloaded"


def test_a_published_pdf_is_the_one_whose_fingerprint_was_kept(
    filled: Cast, client_for: Browser
) -> None:
    import hashlib

    lado, manager = client_for(filled.lado), client_for(filled.manager)
    report = draw_report(lado)
    address = f"/reports/{report.public_id}"
    manager.follow(manager.post_form(address, containing="version"))
    lado.follow(lado.post_form(f"{address}/publish"))
    db.session.refresh(report)
    member = client_for(filled.member)

    def fingerprint() -> str:
        return hashlib.sha256(member.get(f"{address}/download").data).hexdigest()

    assert fingerprint() == report.pdf_sha256
    # Neither a new name of the council nor a later version changes what was published.
    settings.change({"council_name": "Another Council"}, by=filled.administrator)
    assert fingerprint() == report.pdf_sha256
    correction = Q4 | {"correction": "A late case"}
    lado.follow(lado.post_form("/reports/draw", correction, containing="chosen"))
    second = db.session.scalars(select(Report).where(Report.edition_number == 2)).one()
    there = f"/reports/{second.public_id}"
    manager.follow(manager.post_form(there, containing="version"))
    lado.follow(lado.post_form(f"{there}/publish"))
    assert report.status is ReportStatus.SUPERSEDED
    assert fingerprint() == report.pdf_sha256
    assert "supersedes it" in member.get(address).get_data(as_text=True)


def test_a_report_is_sent_back_with_the_reason_above_it(filled: Cast, client_for: Browser) -> None:
    lado, manager = client_for(filled.lado), client_for(filled.manager)
    report = draw_report(lado)
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
    for end in ("", "/download", "/commentary", "/draw-again"):
        assert client.get(f"/reports/{'x' * 22}{end}").status_code == 404


def test_every_year_there_are_records_of_is_offered(filled: Cast, client_for: Browser) -> None:
    page = client_for(filled.lado).get("/reports/figures").get_data(as_text=True)
    for period in ("2011-12", "2012-13", "2012-13 Q4"):
        assert f">{period} (" in page
    assert ">2009-10 (" not in page
