"""The public edition's pages and files."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from lado.extensions import db
from lado.models import Report
from lado.queries import reports
from lado.rules.quarters import Period
from lado.rules.vocabulary import ReportStatus
from lado.services import report as service
from lado.services.publication import Judged
from lado.services.report import DrawnFigures, Editions
from tests.conftest import Prepared
from tests.services.test_report import drawn as drawn_of_sample
from tests.support.cast import Cast
from tests.support.client import Client
from tests.web.test_reports import LOOKED, drawn, the_draft

Browser = Callable[..., Client]


@pytest.fixture
def new_database(prepared: Prepared) -> Callable[[], str]:
    return prepared(drawn)


def test_a_public_edition_from_draft_to_its_frozen_file(cast: Cast, client_for: Browser) -> None:
    lado, manager, member = (client_for(user) for user in (cast.lado, cast.manager, cast.member))
    auditor = client_for(cast.auditor)
    report = the_draft()
    address = f"/reports/{report.public_id}"
    said = "We met Jo Green on 3 May. More came from schools."
    lado.follow(lado.post_form(f"{address}/commentary", {"commentary": said}))
    page = lado.get(f"{address}/public").get_data(as_text=True)
    assert "[c]" in page
    assert "What looks like a name: Jo Green" in page
    assert "A date: 3 May" in page
    assert "Jo Green" in manager.get(f"{address}/public").text
    # Who can change nothing of it would learn who is on record.
    assert "Look at each of these" not in auditor.get(f"{address}/public").text
    assert member.get(f"{address}/public").status_code == 404

    thrown_away = {"same": "yes", "words": "More came from schools."}
    yes = lado.post_form(f"{address}/public/commentary", thrown_away).get_data(as_text=True)
    assert "You changed the words below" in yes
    assert "More came from schools.</textarea>" in yes
    nothing = lado.post_form(f"{address}/public/commentary", {"same": "no", "words": " "})
    assert "Write the commentary of the public edition" in nothing.get_data(as_text=True)

    lado.follow(
        lado.post_form(
            f"{address}/public/commentary", {"same": "no", "words": "More came from schools."}
        )
    )
    page = lado.get(f"{address}/public").get_data(as_text=True)
    assert "Jo Green" not in page
    assert "Jo Green" in lado.get(address).get_data(as_text=True)

    manager.follow(manager.post_form(address, containing="version"))
    refused = lado.post_form(f"{address}/publish")
    assert "Read the public edition, then tick the box" in refused.get_data(as_text=True)
    lado.follow(lado.post_form(f"{address}/publish", LOOKED))
    db.session.refresh(report)
    for name, kept in (
        ("files/pdf", report.pdf_sha256),
        ("public/files/pdf", report.public_pdf_sha256),
    ):
        files = [member.get(f"{address}/{name}") for _ in range(2)]
        assert [hashlib.sha256(one.data).hexdigest() for one in files] == [kept, kept]
    assert member.get(f"{address}/public/files/pdf").headers["Content-Disposition"] == (
        "attachment; filename=lado-report-2012-13-q4-version-1-public.pdf"
    )
    page = member.get(f"{address}/public").get_data(as_text=True)
    assert "This edition may be handed out" in page
    assert "Look at each of these" not in page
    assert lado.get(f"{address}/public/commentary").status_code == 404


def test_a_correction_without_a_public_edition_says_what_becomes_of_the_earlier_one(
    cast: Cast, client_for: Browser
) -> None:
    lado, member = client_for(cast.lado), client_for(cast.member)
    first = service.draw(drawn_beside(), by=cast.lado)
    published(first, cast, b"%PDF public")
    without = replace(drawn_beside(), public={"refused": "Some count could be worked out."})
    second = service.draw(without, correction="Corrected.", by=cast.lado)
    service.approve(second, version=second.version, by=cast.manager)
    asked = lado.get(f"/reports/{second.public_id}/publish").get_data(as_text=True)
    assert "Some count could be worked out." in asked
    assert "The public edition of version 1 was published, and nothing takes its place" in asked
    published(second, cast, None)
    page = member.get(f"/reports/{first.public_id}/public").get_data(as_text=True)
    assert "so do not hand it out any more" in page
    assert "may be handed out" not in page


def published(report: Report, cast: Cast, public: bytes | None) -> None:
    if report.status is ReportStatus.DRAFT:
        service.approve(report, version=report.version, by=cast.manager)
    files = Editions(b"%PDF", public, Judged(earlier=reports.published_so_far()))
    service.publish(report, editions=files, version=report.version, by=cast.lado)


def drawn_beside() -> DrawnFigures:
    """Of another period than the draft that is there."""
    earlier = Period.parse("2012-13/Q3")
    return replace(drawn_of_sample(), period=earlier)


def test_a_report_without_a_public_edition_is_published_alone(
    cast: Cast, client_for: Browser
) -> None:
    lado, manager, member = (client_for(user) for user in (cast.lado, cast.manager, cast.member))
    report = the_draft()
    report.figures = report.figures | {"public": {"refused": "Some count could be worked out."}}
    db.session.commit()
    address = f"/reports/{report.public_id}"
    draft = manager.get(address).get_data(as_text=True)
    assert "Some count could be worked out. The full edition can be approved" in draft
    assert f"{address}/public" not in draft

    manager.follow(manager.post_form(address, containing="version"))
    asked = lado.get(f"{address}/publish").get_data(as_text=True)
    assert "it must not be handed out" in asked
    assert "I have read the public edition" not in asked
    refused = lado.post_form(f"{address}/publish")
    assert "Tick the box to publish the report without" in refused.get_data(as_text=True)
    lado.follow(lado.post_form(f"{address}/publish", LOOKED))
    db.session.refresh(report)
    assert report.status is ReportStatus.PUBLISHED
    assert report.public_pdf_sha256 is None

    page = member.get(address).get_data(as_text=True)
    assert "This report was published in the full edition alone." in page
    assert member.get(f"{address}/files/pdf").mimetype == "application/pdf"
    for name in ("public", "public/files", "public/files/pdf"):
        assert member.http.get(f"{address}/{name}").status_code in (404, 409), name
