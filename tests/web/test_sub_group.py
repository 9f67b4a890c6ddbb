"""The pages around the report: actions of the sub-group, training, peer audit, who calls us."""

import re
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from lado.extensions import db
from lado.models import AuditedDecision, SubGroupAction, TrainingSession
from lado.queries.peer_audits import of_draw
from lado.reports.stored import drawn_figures
from lado.rules.peer_audit import PeerView
from lado.rules.permissions import Role
from lado.rules.quarters import Period
from lado.services import report as reports
from lado.services import sub_group
from tests import contacts, factories
from tests.service_parts import make_audited, make_peer_audit, make_report, make_sub_group_action
from tests.support.cast import Cast
from tests.support.client import Client

ClientFor = Callable[..., Client]
DAY = {"day": "1", "month": "10", "year": "2025"}


def dated(name: str) -> dict[str, str]:
    return {f"{name}-{part}": value for part, value in DAY.items()}


def test_an_action_is_added_followed_and_read_by_the_sub_group(
    app: Flask, cast: Cast, client_for: ClientFor
) -> None:
    report = make_report(cast.lado)
    lado, member = client_for(cast.lado), client_for(cast.member)
    empty = lado.post_form(
        f"/sub-group/add?report={report.public_id}", {"owner": "Kim Fable", "what": ""}
    )
    assert "Enter what is to be done" in empty.text
    assert "Kim Fable" in empty.text
    typed = {"report": report.public_id, "what": "Train new governors", "owner": "Kim Fable"}
    lado.post_form("/sub-group/add", typed | dated("decided_on") | dated("due_on"))
    action = db.session.scalars(select(SubGroupAction)).one()
    url = f"/sub-group/{action.public_id}"
    lado.post_form(f"{url}/progress", {"text": "Two dates are booked"} | dated("noted_on"))
    home = member.get("/").text
    assert "Train new governors" in home
    assert "Overdue" in home
    assert 'href="/sub-group"' in home
    shown = member.get(url).text
    assert "Two dates are booked" in shown
    assert "Note progress" not in shown
    assert "Train new governors" in member.get(f"/reports/{report.public_id}").text
    lado.post_form(f"{url}/end", {"end": "done"} | dated("done_on"))
    assert "Done" in member.get("/sub-group").text
    assert "No action is open" in member.get("/").text


def test_the_sub_group_reads_the_published_trends_and_never_a_record(
    app: Flask, cast: Cast, client_for: ClientFor
) -> None:
    make_report(cast.lado)
    home = client_for(cast.member).get("/").text
    assert "Trends" in home
    assert "<svg" in home
    assert "/cases" not in home
    assert "/consultations" not in home


def test_training_is_logged_and_changed(app: Flask, cast: Cast, client_for: ClientFor) -> None:
    browser = client_for(cast.support)
    typed = {"kind": "briefing", "title": "For new heads", **dated("held_on")}
    assert "must be" in browser.post_form("/training/add", typed | {"people": "0"}).text
    browser.post_form("/training/add", typed | {"people": "17"})
    session = db.session.scalars(select(TrainingSession)).one()
    browser.post_form(f"/training/{session.public_id}/edit", {"people": "18"})
    db.session.refresh(session)
    assert (session.people, session.title) == (18, "For new heads")
    assert "For new heads" in client_for(cast.member).get("/training").text


def test_an_auditor_reads_what_was_decided_and_not_the_record(
    app: Flask, cast: Cast, client_for: ClientFor
) -> None:
    audited = make_audited(cast.manager, cast.lado)
    audited.auditor_id = cast.auditor.id
    db.session.commit()
    browser, url = client_for(cast.auditor), f"/audited-decisions/{audited.public_id}"
    page = browser.get(url).text
    assert "Reasons" in page
    assert "Read the whole record" not in page
    browser.post_form(url, {"view": "otherwise", "reasons": "A pattern"})
    found = db.session.scalars(select(AuditedDecision)).one()
    db.session.refresh(found)
    assert (found.view, found.reasons) == (PeerView.OTHERWISE, "A pattern")
    # The manager reads it and cannot change it.
    manager = client_for(cast.manager)
    assert "A pattern" in manager.get(url).text
    contacts.restrict_consultation(audited.decision.subject.consultation)
    assert browser.http.get(url).status_code == 404


def test_no_number_of_a_draw_tells_who_takes_no_part_that_a_decision_was_closed_to_them(
    app: Flask, cast: Cast, client_for: ClientFor
) -> None:
    draw = make_peer_audit(cast.manager, cast.auditor, decider=cast.lado, decisions=3)
    first = of_draw(cast.manager, draw)[0]
    contacts.restrict_consultation(first.decision.subject.consultation)
    cast.other_lado.role = Role.MANAGER
    db.session.commit()
    url = f"/peer-audits/{draw.public_id}"
    told = {
        user: client_for(user).get(url).text
        for user in (cast.manager, cast.auditor, cast.other_lado)
    }
    shown = {user: re.findall(r"Number (\d)", page) for user, page in told.items()}
    assert shown[cast.manager] == shown[cast.auditor] == ["2", "3"]
    assert shown[cast.other_lado] == ["1", "2"]
    secret = (draw.seed, draw.drawn_from_sha256, "Drawn from")
    assert [sum(each in page for each in secret) for page in told.values()] == [3, 3, 0]
    one = of_draw(cast.other_lado, draw)[0]
    page = client_for(cast.other_lado).get(f"/audited-decisions/{one.public_id}").text
    assert "Number 2" not in page


def test_who_calls_us_shows_organisations_to_those_who_may_see_them(
    app: Flask, cast: Cast, client_for: ClientFor
) -> None:
    factories.make_organisation("Silent Fable School")
    lado, auditor = client_for(cast.lado), client_for(cast.auditor)
    assert "Organisations on record" in lado.get("/engagement").text
    assert "Silent Fable School" in lado.get("/engagement/silent?months=24").text
    assert "Organisations on record" not in auditor.get("/engagement").text
    assert auditor.http.get("/engagement/silent").status_code == 403


def test_what_became_of_earlier_actions_is_drawn_with_the_report(
    app: Flask, cast: Cast, client_for: ClientFor
) -> None:
    action = make_sub_group_action(cast.lado, make_report(cast.lado))
    sub_group.drop(action, reason="No money", by=cast.lado)
    report = reports.draw(drawn_figures(db.session(), Period.parse("2025-26/Q1")), by=cast.lado)
    page = client_for(cast.lado).get(f"/reports/{report.public_id}").text
    assert "Progress on the sub-group" in page
    assert "No money" in page
