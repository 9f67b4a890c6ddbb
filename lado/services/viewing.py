"""Reading a record is an event of its own."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import select

from lado import clock
from lado.extensions import db
from lado.models import (
    AuditedDecision,
    Case,
    Consultation,
    Enquiry,
    Person,
    ReceivedForm,
    Report,
    User,
)
from lado.queries.audit import shown_since
from lado.rules.audit import AuditAction
from lado.rules.quarters import Period
from lado.services import audit
from lado.services.received_transfer import Opened
from lado.services.transaction import writes

# Who is shown again and again while a name is typed was shown once.
SHOWN_AGAIN_AFTER = timedelta(hours=1)
Viewed = AuditedDecision | Case | Consultation | Enquiry | Opened | Person | ReceivedForm
VIEWED: dict[type[Viewed], AuditAction] = {
    AuditedDecision: AuditAction.AUDITED_DECISION_VIEWED,
    Case: AuditAction.CASE_VIEWED,
    Consultation: AuditAction.CONSULTATION_VIEWED,
    Enquiry: AuditAction.ENQUIRY_VIEWED,
    Opened: AuditAction.TRANSFER_VIEWED,
    Person: AuditAction.PERSON_VIEWED,
    ReceivedForm: AuditAction.FORM_VIEWED,
}


@writes(*VIEWED.values())
def viewed(record: Viewed, *, by: User) -> None:
    reference = record.sent.plain_reference if isinstance(record, Opened) else ""
    audit.record(VIEWED[type(record)], record, by=by, reference=reference)


def people_shown(people: Collection[str], *, by: User) -> None:
    """As possible matches: an event for each, so that the trail says who was shown somebody.
    `people` are public ids."""
    new = set(people) - shown_since(by, people, clock.now() - SHOWN_AGAIN_AFTER)
    if new:
        _note_shown(new, by=by)


@writes(AuditAction.PERSON_SHOWN)
def _note_shown(people: Collection[str], *, by: User) -> None:
    query = select(Person).where(Person.public_id.in_(people)).order_by(Person.id)
    shown = db.session.scalars(query).all()
    audit.record_each(AuditAction.PERSON_SHOWN, shown, by=by)


@writes(AuditAction.REPORT_DOWNLOADED)
def report_written(report: Report | None, period: Period, *, by: audit.Actor) -> None:
    """To a file, by command. One that is no stored report is known by its first and last day."""
    audit.record(
        AuditAction.REPORT_DOWNLOADED,
        report,
        by=by,
        first_day=_digits(period.start),
        last_day=_digits(period.end),
    )


@writes(AuditAction.CONSULTATIONS_SAVED)
def consultations_saved(*, rows: int, by: User) -> None:
    """Their list left as a spreadsheet."""
    audit.record(AuditAction.CONSULTATIONS_SAVED, None, by=by, rows=rows)


@writes(AuditAction.CASES_SAVED)
def cases_saved(*, rows: int, by: User) -> None:
    audit.record(AuditAction.CASES_SAVED, None, by=by, rows=rows)


@writes(AuditAction.WORK_SAVED)
def work_saved(*, rows: int, by: User) -> None:
    audit.record(AuditAction.WORK_SAVED, None, by=by, rows=rows)


@writes(AuditAction.CASE_PRINTED)
def case_printed(case: Case, *, by: User) -> None:
    """It left as a file."""
    audit.record(AuditAction.CASE_PRINTED, case, by=by)


def _digits(day: date) -> int:
    return int(f"{day:%Y%m%d}")
