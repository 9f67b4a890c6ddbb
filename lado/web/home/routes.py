from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lado import clock
from lado.models import Case, Consultation, User
from lado.queries import alerts, cover, drafts, follow_ups, inbox, sessions, work_list
from lado.queries.by_reference import by_reference
from lado.rules.permissions import Permission
from lado.rules.vocabulary import ReportStatus
from lado.web.guard import requires, signed_in, user
from lado.web.home.forms import FindForm

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
    )


@blueprint.route("/find", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_VIEW)
def find() -> str | Response:
    """By a reference that somebody quotes; straight to the record where there is one."""
    form = FindForm()
    found = None
    if form.validate_on_submit():
        found = by_reference(user(), form.reference.data)
        if len(found) == 1:
            return redirect(_address_of(found[0]))
    return render_template("home/find.html", form=form, found=found, address_of=_address_of)


def _address_of(record: Consultation | Case) -> str:
    area = "cases" if isinstance(record, Case) else "consultations"
    return url_for(f"{area}.view", public_id=record.public_id)


def _of_consultations(reader: User) -> dict[str, Any]:
    if not reader.can(Permission.CONSULTATION_VIEW):
        return {}
    today = clock.today()
    return {
        "mine": work_list.consultations_to_decide(reader, today, mine=True),
        "everyones": work_list.consultations_to_decide(reader, today, mine=False),
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
    if reader.can(Permission.CONSULTATION_DECIDE):
        found["unassigned"] = work_list.unassigned_consultations(reader, today)
    if reader.can(Permission.COVER_MANAGE):
        found["uncovered"] = cover.gaps_ahead(today)
    return found


def _of_cases(reader: User) -> dict[str, Any]:
    if not reader.can(Permission.CASE_VIEW):
        return {}
    today = clock.today()
    work = {
        "due": work_list.discussions_due(reader, today),
        "scheduled": work_list.discussions_scheduled(reader, today),
        "minutes": work_list.minutes_waiting(reader, today),
        "overdue": work_list.actions_overdue(reader, today),
        "ages": work_list.open_cases_by_age(reader, today),
        "own_ages": work_list.open_cases_by_age(reader, today, mine=True),
    }
    if reader.can(Permission.CASE_SIGN_OFF):
        work["closures"] = work_list.closures_to_sign_off(reader)
        work["alert_numbers"] = alerts.numbers()
        work["alert_organisations"] = alerts.organisations(
            reader, size=alerts.MOST_SHOWN, further_only=True
        )
        work["alert_people"] = alerts.people(reader, size=alerts.MOST_SHOWN, further_only=True)
    return work


def _of_reports(reader: User) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if reader.can(Permission.REPORT_VIEW):
        found["published"] = work_list.reports_in(reader, ReportStatus.PUBLISHED)
    if reader.can(Permission.REPORT_APPROVE):
        found["to_approve"] = work_list.reports_in(reader, ReportStatus.DRAFT)
    if reader.can(Permission.REPORT_PUBLISH):
        found["to_publish"] = work_list.reports_in(reader, ReportStatus.APPROVED)
    return found
