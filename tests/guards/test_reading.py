"""Opening a page changes nothing, whoever follows a link and whatever fetches it beforehand."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lado.extensions import db
from lado.models import AuditEvent, Base, Term
from lado.queries import advice_templates
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import TermGroup
from tests import factories
from tests.advice_parts import add_follow_up, enquiry_about, write_letter
from tests.case_parts import fill_case
from tests.document_parts import opened_transfer, sent_records
from tests.guards.routes import routes
from tests.received import a_form
from tests.security.people_and_pages import somebody_who_may
from tests.service_parts import of_the_service
from tests.support.cast import Cast
from tests.support.client import Client
from tests.web.test_statements import a_report

# That something was read, taken away or looked for is worth an event.
READING = {
    AuditAction.AUDITED_DECISION_VIEWED,
    AuditAction.CASE_PRINTED,
    AuditAction.CASE_VIEWED,
    AuditAction.CONFIRMATION_DOWNLOADED,
    AuditAction.CONSULTATION_VIEWED,
    AuditAction.ENQUIRY_VIEWED,
    AuditAction.FORM_VIEWED,
    AuditAction.INFORMATION_REQUEST_DOWNLOADED,
    AuditAction.PERSON_VIEWED,
    AuditAction.PERSON_SEARCHED,
    AuditAction.PERSON_SHOWN,
    AuditAction.REGISTER_EXPORTED,
    AuditAction.CONSULTATIONS_SAVED,
    AuditAction.CASES_SAVED,
    AuditAction.REFERRAL_DOWNLOADED,
    AuditAction.DISCUSSION_DOWNLOADED,
    AuditAction.WORK_SAVED,
    AuditAction.REPORT_DOWNLOADED,
    AuditAction.TRANSFER_VIEWED,
}
VIEWED = {
    "cases": AuditAction.CASE_VIEWED,
    "consultations": AuditAction.CONSULTATION_VIEWED,
    "enquiries": AuditAction.ENQUIRY_VIEWED,
    "inbox": AuditAction.FORM_VIEWED,
    "people": AuditAction.PERSON_VIEWED,
    "transfers": AuditAction.TRANSFER_VIEWED,
    "audited-decisions": AuditAction.AUDITED_DECISION_VIEWED,
}
# A register's upload that was being checked or loaded when the server stopped would wait for ever:
# whoever looks after it takes the work up where somebody had already asked for it by POST.
TAKES_WORK_UP = {"register.job", "register.progress"}
# The counts of tries, which the limiter keeps whatever the method.
NOT_RECORDS = {"audit_event", "rate_count"}


def contents() -> dict[str, list[Any]]:
    db.session.rollback()
    return {
        table.name: list(db.session.execute(select(table).order_by(*table.primary_key)))
        for table in Base.metadata.sorted_tables
        if table.name not in NOT_RECORDS
    }


def events() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def ids(cast: Cast) -> dict[str, str]:
    """What to put into each area's addresses."""
    case = factories.make_case(organisation=factories.make_organisation())
    fill_case(case, cast.lado)
    term = db.session.scalars(select(Term).where(Term.group == TermGroup.SECTOR)).first()
    assert case.person
    assert case.position
    assert case.position.organisation
    assert term
    consultation = factories.make_consultation()
    write_letter(consultation, cast.lado)
    add_follow_up(consultation, cast.lado)
    return {
        "people": case.person.public_id,
        "consultations": consultation.public_id,
        "enquiries": enquiry_about(case.person, cast.lado).public_id,
        **of_the_service(cast),
        "advice-templates": advice_templates.offered()[0].public_id,
        "cases": case.public_id,
        "organisations": case.position.organisation.public_id,
        "users": cast.support.public_id,
        "reports": a_report(1, cast.lado).public_id,
        "lists": term.public_id,
        "cover": cast.other_lado.public_id,
        "inbox": a_form().public_id,
        "drafts": factories.make_draft(cast.manager).public_id,
        "transfers": opened_transfer(sent_records(), cast.manager),
    }


def address(rule: str, places: dict[str, str]) -> str:
    unknown = dict.fromkeys(("job_id", "other_public_id", "merge_public_id"), "A" * 22)
    words = {"group": "sector", "period": "2025-26", "file_format": "pdf", **unknown}
    words |= {"measure": "consultations-sector-by-context", "row": "none", "column": "none"}
    area = rule.split("/")[1]
    url = re.sub(r"<int[^>]*>", "1", rule).replace("<record_id:public_id>", places.get(area, ""))
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: words[found[1]], url)


def test_opening_a_page_changes_nothing(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However long this takes, no session is written to for having been seen.
    monkeypatch.setattr("lado.services.session.SEEN_EVERY", timedelta(hours=1))
    places = ids(cast)
    browsers = {one.id: Client(app, one) for one in cast.everyone()}
    browsers[0] = Client(app)
    before, opened = contents(), 0
    for route in routes(app):
        if "GET" not in route.methods or route.endpoint in TAKES_WORK_UP:
            continue
        who = 0 if route.access == "public" else somebody_who_may(cast, route.access).id
        noted = len(events())
        url = address(str(route.rule), places)
        response = browsers[who].http.get(url, buffered=True)
        opened += response.status_code == 200
        assert response.status_code < 500, url
        assert set(events()[noted:]) <= READING, url
        if response.status_code == 200 and (viewed := VIEWED.get(url.split("/")[1])):
            asked_for = places[url.split("/")[1]] in url
            assert not asked_for or viewed in events()[noted:], f"{url} shows a record unnoted"
        after = contents()
        assert {name for name in before if before[name] != after[name]} == set(), url
    assert opened > 70


def test_what_takes_work_up_is_there(app: Flask) -> None:
    assert {route.endpoint for route in routes(app)} >= TAKES_WORK_UP
