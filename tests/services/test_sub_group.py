"""What the sub-group decided: recorded, followed, ended, and what came up again."""

from datetime import date, timedelta

import pytest
from flask import Flask

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.queries import sub_group as queries
from lado.queries import vocabulary
from lado.queries.keyset import FIRST_PAGE
from lado.queries.sub_group import ActionState
from lado.reports.actions import ActionProgress, progress_before
from lado.rules.quarters import Period
from lado.rules.vocabulary import LearningKind, ReportStatus, TermGroup
from lado.services import case_parts as learning
from lado.services import sub_group as service
from tests import factories
from tests.case_parts import conclude_case
from tests.service_parts import action_details, make_report, make_sub_group_action
from tests.support.cast import Cast

DAY = timedelta(days=1)


def theme(place: int = 0) -> int:
    return vocabulary.terms(TermGroup.LEARNING_THEME)[place].id


def test_an_action_needs_a_published_report(app: Flask, cast: Cast) -> None:
    old = make_report(cast.lado, status=ReportStatus.SUPERSEDED)
    with pytest.raises(Refused, match="published"):
        service.add(old, details=action_details(), by=cast.lado)


def test_what_is_missing_or_out_of_order_is_said(app: Flask, cast: Cast) -> None:
    today = clock.today()
    details = action_details(
        what=" ", owner="", decided_on=today + DAY, due_on=today, sector_id=theme()
    )
    with pytest.raises(Invalid) as refused:
        service.add(make_report(cast.lado), details=details, by=cast.lado)
    assert set(refused.value.messages) == {"what", "owner", "decided_on", "due_on", "sector_id"}


def test_an_action_ends_once(app: Flask, cast: Cast) -> None:
    action, today = make_sub_group_action(cast.lado), clock.today()
    with pytest.raises(Invalid):
        service.finish(action, done_on=action.decided_on - DAY, by=cast.lado)
    service.finish(action, done_on=today, by=cast.lado)
    for again in (
        lambda: service.drop(action, reason="No money", by=cast.lado),
        lambda: service.finish(action, done_on=today, by=cast.lado),
        lambda: service.change(
            action, details=action_details(), version=action.version, by=cast.lado
        ),
    ):
        with pytest.raises(Refused):
            again()
    service.note_progress(action, noted_on=today, text="12 came", by=cast.lado)
    assert [note.number for note in action.progress] == [1, 2]


def test_open_actions_come_first_and_the_overdue_ones_at_the_top(app: Flask, cast: Cast) -> None:
    report, today = make_report(cast.lado), clock.today()
    done, late, ahead = (
        make_sub_group_action(cast.lado, report, due_on=today + timedelta(days=days))
        for days in (-20, -10, 10)
    )
    service.finish(done, done_on=today, by=cast.lado)
    page = queries.page_of_list(cast.member, FIRST_PAGE)
    assert list(page.items) == [late, ahead, done]
    assert [queries.state_of(each, today) for each in page.items] == [
        ActionState.OVERDUE, ActionState.OPEN, ActionState.DONE,
    ]  # fmt: skip


def test_a_theme_that_comes_up_again_in_the_same_sector_is_counted(app: Flask, cast: Cast) -> None:
    """Of cases concluded after the action was done: one in the sector, one in another, one of
    another theme; and one that had been concluded before."""
    sectors = vocabulary.terms(TermGroup.SECTOR)
    for sector, about, days in ((0, 0, 5), (1, 0, 5), (0, 1, 5), (0, 0, 40)):
        case = factories.make_case(received_on=factories.days_ago(90), sector=sectors[sector].label)
        learning.add_learning(
            case, theme_id=theme(about), kind=LearningKind.IMPROVEMENT, description="It",
            by=cast.lado,
        )  # fmt: skip
        conclude_case(case, cast.lado, gate=False, concluded_on=factories.days_ago(days))
    report = make_report(cast.lado)
    one, everywhere, free = (
        make_sub_group_action(cast.lado, report, **about)
        for about in (
            {"theme_id": theme(), "sector_id": sectors[0].id}, {"theme_id": theme()}, {},
        )
    )  # fmt: skip
    for action in (one, everywhere, free):
        service.finish(action, done_on=factories.days_ago(20), by=cast.lado)
    actions = [one, everywhere, free]
    now = queries.recurrences(actions, queries.last_day_told(cast.lado))
    assert {id_: seen.cases for id_, seen in now.items()} == {one.id: 1, everywhere.id: 2}
    # The member is told what published reports cover, and no more.
    assert queries.recurrences(actions, queries.last_day_told(cast.member)) == {}
    newest = make_report(cast.lado, Period(factories.days_ago(60), factories.days_ago(10)))
    told = queries.recurrences(actions, queries.last_day_told(cast.member))
    assert {seen.cases for seen in told.values()} == {0}
    assert {seen.until for seen in told.values()} == {newest.period_end}


def test_a_report_keeps_how_earlier_actions_stood(app: Flask, cast: Cast) -> None:
    q2, q3, q4 = (Period.parse(f"2012-13/Q{n}") for n in (2, 3, 4))
    oldest, last = make_report(cast.lado, q2), make_report(cast.lado, q3)
    long_done, still_open, of_last = (
        make_sub_group_action(
            cast.lado, report, what=what, decided_on=date(2012, 10, 20), due_on=date(2012, 11, 1)
        )
        for report, what in ((oldest, "A"), (oldest, "B"), (last, "C"))
    )
    service.finish(long_done, done_on=date(2012, 12, 1), by=cast.lado)
    service.drop(of_last, reason="No money", by=cast.lado)
    found = progress_before(q4, clock.today())
    assert [(each.what, each.state, each.report) for each in found] == [
        ("B", ActionState.OVERDUE, "2012-13 Q2"),
        ("C", ActionState.DROPPED, "2012-13 Q3"),
    ]
    assert found[0].note == "Two dates are booked"
    assert [ActionProgress.from_record(each.as_record()) for each in found] == found
    assert still_open.is_open
    assert progress_before(q2, clock.today()) == []


def test_the_sub_group_sees_no_action_of_a_draft(app: Flask, cast: Cast) -> None:
    """Which can only be there when a report was published once."""
    action = make_sub_group_action(cast.lado)
    report = action.report
    report.status = ReportStatus.APPROVED
    report.published_at = report.published_by_id = None
    report.figures_sha256 = report.pdf_sha256 = None
    db.session.commit()
    assert queries.page_of_list(cast.member, FIRST_PAGE).items == []
    assert list(queries.page_of_list(cast.lado, FIRST_PAGE).items) == [action]
