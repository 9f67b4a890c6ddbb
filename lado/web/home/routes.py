from datetime import date
from typing import Any

from flask import Blueprint, render_template

from lado import clock
from lado.models import User
from lado.queries import (
    alerts,
    cover,
    drafts,
    follow_ups,
    inbox,
    sessions,
    sub_group,
    suspected_conflicts,
    work_list,
)
from lado.reports import to_mend
from lado.reports.stored import trends_of
from lado.reports.svg import inline_svg
from lado.reports.to_mend import Whose
from lado.rules.permissions import Permission
from lado.rules.vocabulary import ReportStatus
from lado.web.guard import signed_in, user

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@signed_in
def index() -> str:
    return render_template(
        "home/index.html",
        last_sign_in=sessions.before_this(user()),
        drafts=drafts.how_many(user()),
        **_of_consultations(user()),
        **_of_cases(user()),
        **_of_reports(user()),
        none_may_settle=user().can(Permission.USER_MANAGE)
        and suspected_conflicts.none_may_settle(user()),
    )


def _of_consultations(reader: User) -> dict[str, Any]:
    if not reader.can(Permission.CONSULTATION_VIEW):
        return {}
    today = clock.today()
    return {
        "own": work_list.own_consultations(reader, today),
        "with_others": work_list.overdue_with_others(reader, today),
        "awaiting": work_list.awaiting_decision(reader, today),
        "follow_ups": follow_ups.of_owner(reader, today),
        "others_follow_ups": follow_ups.overdue_of_others(reader, today)
        if reader.can(Permission.CASE_SIGN_OFF)
        else None,
        "on_duty": cover.on_duty(today),
        **_alarms(reader, today),
    }


def _alarms(reader: User, today: date) -> dict[str, Any]:
    """What should not wait until somebody happens upon it (R-07, R-63)."""
    found: dict[str, Any] = {}
    if reader.can(Permission.CONSULTATION_LOG):
        found["forms_waiting"] = inbox.number_waiting(reader)
        found["to_mend"] = to_mend.how_many(reader, Whose(reader), to_mend.reach(today))
    if reader.can(Permission.CONSULTATION_DECIDE):
        found["unassigned"] = work_list.unassigned_consultations(reader, today)
    if reader.can(Permission.CASE_SIGN_OFF):
        found["suspected_conflicts"] = suspected_conflicts.how_many(reader)
    if reader.can(Permission.COVER_MANAGE):
        found["uncovered"] = cover.gaps_ahead(today)
    return found


def _of_cases(reader: User) -> dict[str, Any]:
    if not reader.can(Permission.CASE_VIEW):
        return {}
    """Of their own cases for those who have any, and of everybody's for those who have none."""
    today = clock.today()
    own_ages = work_list.open_cases_by_age(reader, today, mine=True)
    mine = any(own_ages.values())
    work = {
        "due": work_list.discussions_due(reader, today, mine=mine),
        "scheduled": work_list.discussions_scheduled(reader, today, mine=mine),
        "minutes": work_list.minutes_waiting(reader, today, mine=mine),
        "referrals": work_list.referrals_waiting(reader, today, mine=mine),
        "overdue": work_list.actions_overdue(reader, today, mine=mine),
        "ages": work_list.open_cases_by_age(reader, today),
        "own_ages": own_ages,
        "mine": mine,
    }
    if reader.can(Permission.CASE_SIGN_OFF):
        work["closures"] = work_list.closures_to_sign_off(reader)
        work["alert_numbers"] = alerts.numbers()
        work["alert_organisations"] = alerts.organisations(
            reader, size=work_list.SHOWN, further_only=True
        )
        work["alert_people"] = alerts.people(reader, size=work_list.SHOWN, further_only=True)
    return work


def _for_the_sub_group(reader: User) -> dict[str, Any]:
    """Who reads reports and no records is shown what the last one tells, as it was published."""
    if not reader.can(Permission.REPORT_VIEW) or reader.can(Permission.CASE_VIEW):
        return {}
    decided, newest = sub_group.open_actions(reader, work_list.SHOWN), sub_group.newest(reader)
    today = clock.today()
    return {
        "decided": decided,
        "seen": {},
        "state_of": lambda action: sub_group.state_of(action, today),
        "newest": newest,
        "trends": trends_of(newest) if newest else (),
        "svg": inline_svg,
    }


def _of_reports(reader: User) -> dict[str, Any]:
    found: dict[str, Any] = _for_the_sub_group(reader)
    if reader.can(Permission.REPORT_VIEW):
        found["published"] = work_list.reports_in(reader, ReportStatus.PUBLISHED)
    if reader.can(Permission.REPORT_APPROVE):
        found["to_approve"] = work_list.reports_in(reader, ReportStatus.DRAFT)
    if reader.can(Permission.REPORT_PUBLISH):
        found["to_publish"] = work_list.reports_in(reader, ReportStatus.APPROVED)
    return found
