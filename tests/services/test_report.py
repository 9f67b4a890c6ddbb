"""A report's life: drawn, written, approved, published, and never changed after that."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from lado.errors import Conflict, Forbidden, Invalid, Refused
from lado.extensions import db
from lado.models import AuditEvent, Report
from lado.queries import reports
from lado.reports.comparison import Comparison
from lado.reports.disclosure import Disclosure, PublicRule
from lado.reports.stored import document_of
from lado.rules.quarters import Period
from lado.rules.vocabulary import ReportStatus
from lado.services import report as service
from lado.services.publication import Judged
from lado.services.report import DrawnFigures, Editions
from tests.reports.example import quarter
from tests.support.cast import Cast

Q4 = Period.parse("2012-13/Q4")
NOTHING_HIDDEN = Disclosure(PublicRule(), frozenset(), frozenset()).as_record()
FILES = Editions(b"%PDF", b"%PDF public")


def drawn(comparison: Comparison | None = None) -> DrawnFigures:
    comparison = comparison or quarter()
    return DrawnFigures(
        Q4,
        date(2013, 3, 31),
        "1",
        "Sample Council",
        comparison.as_record(),
        comparison.discrepancies,
        public=NOTHING_HIDDEN,
    )


@pytest.fixture
def draft(cast: Cast) -> Report:
    return service.draw(drawn(), by=cast.lado)


def publish(report: Report, cast: Cast) -> None:
    service.approve(report, version=report.version, by=cast.manager)
    files = replace(FILES, judged=Judged(earlier=reports.published_so_far()))
    service.publish(report, editions=files, version=report.version, by=cast.lado)


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_a_report_is_published_with_its_figures_frozen(draft: Report, cast: Cast) -> None:
    service.write_commentary(draft, "Said.", version=draft.version, by=cast.lado)
    publish(draft, cast)
    assert draft.status is ReportStatus.PUBLISHED
    written = json.dumps(draft.figures, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert draft.figures_sha256 == hashlib.sha256(written.encode()).hexdigest()
    assert draft.pdf_sha256 is not None
    shown = document_of(draft, demonstration=False)
    assert shown.council == "Sample Council"
    assert shown.comparison == quarter()
    assert shown.commentary == "Said."
    assert actions() == [
        "report.drawn",
        "report.changed",
        "report.approved",
        "report.published",
    ]


def test_where_no_public_edition_is_safe_the_full_one_is_published_alone(cast: Cast) -> None:
    report = service.draw(replace(drawn(), public={"refused": "It cannot be"}), by=cast.lado)
    service.approve(report, version=report.version, by=cast.manager)
    files = Editions(b"%PDF", None)
    service.publish(report, editions=files, version=report.version, by=cast.lado)
    assert report.status is ReportStatus.PUBLISHED
    assert report.pdf_sha256 == hashlib.sha256(b"%PDF").hexdigest()
    assert report.public_pdf_sha256 is None
    assert reports.public_editions() == []


@pytest.mark.parametrize(
    ("public", "files"),
    [(NOTHING_HIDDEN, Editions(b"%PDF", None)), ({"refused": "It cannot be"}, FILES)],
)
def test_a_report_is_published_with_the_public_edition_that_it_has(
    cast: Cast, public: dict[str, Any], files: Editions
) -> None:
    report = service.draw(replace(drawn(), public=public), by=cast.lado)
    service.approve(report, version=report.version, by=cast.manager)
    with pytest.raises(ValueError, match="the public edition that it has"):
        service.publish(report, editions=files, version=report.version, by=cast.lado)
    db.session.refresh(report)
    assert report.status is ReportStatus.APPROVED


@pytest.mark.parametrize(
    "act",
    [
        lambda report, by: service.write_commentary(report, "x", version=report.version, by=by),
        lambda report, by: service.draw_again(report, drawn(), version=report.version, by=by),
        lambda report, by: service.approve(report, version=report.version, by=by),
        lambda report, by: service.send_back(report, reason="x", version=report.version, by=by),
        lambda report, by: service.publish(report, editions=FILES, version=report.version, by=by),
    ],
)
def test_a_published_report_never_changes(
    draft: Report, cast: Cast, act: Callable[..., Any]
) -> None:
    publish(draft, cast)
    before = (draft.figures, draft.commentary, draft.figures_sha256, draft.version)
    with pytest.raises(Refused):
        act(draft, cast.manager)
    db.session.refresh(draft)
    assert (draft.figures, draft.commentary, draft.figures_sha256, draft.version) == before


def test_a_correction_is_a_new_version_that_says_why(draft: Report, cast: Cast) -> None:
    publish(draft, cast)
    with pytest.raises(Invalid) as refusal:
        service.draw(drawn(), by=cast.lado)
    assert set(refusal.value.messages) == {"correction"}
    second = service.draw(drawn(), correction="A late case", by=cast.lado)
    assert second.edition_number == 2
    assert draft.status is ReportStatus.PUBLISHED
    publish(second, cast)
    db.session.refresh(draft)
    assert draft.status is ReportStatus.SUPERSEDED
    assert second.status is ReportStatus.PUBLISHED


def test_one_period_has_one_unfinished_report(draft: Report, cast: Cast) -> None:
    with pytest.raises(Refused, match="already a report"):
        service.draw(drawn(), by=cast.lado)


def test_a_report_that_does_not_reconcile_is_neither_approved_nor_published(
    cast: Cast,
) -> None:
    report = service.draw(drawn(quarter(cases__open_at_end=33)), by=cast.lado)
    with pytest.raises(Refused, match=r"do not reconcile.*flow of cases"):
        service.approve(report, version=report.version, by=cast.manager)
    service.draw_again(report, drawn(), version=report.version, by=cast.lado)
    publish(report, cast)


def test_whoever_drew_a_report_does_not_approve_it(cast: Cast) -> None:
    report = service.draw(drawn(), by=cast.manager)
    with pytest.raises(Refused, match="somebody else"):
        service.approve(report, version=report.version, by=cast.manager)
    service.draw_again(report, drawn(), version=report.version, by=cast.lado)
    service.approve(report, version=report.version, by=cast.manager)


def test_figures_drawn_before_the_period_had_ended_are_not_approved(cast: Cast) -> None:
    report = service.draw(replace(drawn(), provisional=True), by=cast.lado)
    with pytest.raises(Refused, match="before the period had ended"):
        service.approve(report, version=report.version, by=cast.manager)


def test_only_those_who_may_approve_do(draft: Report, cast: Cast) -> None:
    with pytest.raises(Forbidden):
        service.approve(draft, version=draft.version, by=cast.lado)
    with pytest.raises(Refused):
        service.publish(draft, editions=FILES, version=draft.version, by=cast.lado)


def test_a_report_that_is_sent_back_can_be_written_again(draft: Report, cast: Cast) -> None:
    service.approve(draft, version=draft.version, by=cast.manager)
    with pytest.raises(Refused, match="Only a draft"):
        service.write_commentary(draft, "x", version=draft.version, by=cast.lado)
    with pytest.raises(Invalid, match="why"):
        service.send_back(draft, reason=" ", version=draft.version, by=cast.manager)
    service.send_back(draft, reason="Too long", version=draft.version, by=cast.manager)
    assert draft.sent_back_reason == "Too long"
    service.write_commentary(draft, "x", version=draft.version, by=cast.lado)
    assert draft.approved_by is None
    service.approve(draft, version=draft.version, by=cast.manager)
    assert draft.sent_back_reason is None


def test_an_approval_of_what_somebody_changed_meanwhile_is_refused(
    draft: Report, cast: Cast
) -> None:
    seen = draft.version
    service.write_commentary(draft, "x", version=draft.version, by=cast.lado)
    with pytest.raises(Conflict):
        service.approve(draft, version=seen, by=cast.manager)


def test_a_correction_is_said_anew_when_its_figures_are_drawn_again(
    draft: Report, cast: Cast
) -> None:
    publish(draft, cast)
    second = service.draw(drawn(), correction="A late case.", by=cast.lado)
    with pytest.raises(Invalid, match="Say what changes"):
        service.draw_again(second, drawn(), correction=" ", version=second.version, by=cast.lado)
    said = {"correction": "Two late cases.", "version": second.version}
    service.draw_again(second, drawn(), **said, by=cast.lado)
    assert second.correction == "Two late cases."
