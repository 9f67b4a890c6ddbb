"""Reading a record is an event of its own."""

from datetime import date

from lado.models import Case, Consultation, Enquiry, Person, ReceivedForm, Report, User
from lado.rules.audit import AuditAction
from lado.rules.quarters import Period
from lado.services import audit
from lado.services.transaction import writes

Viewed = Case | Consultation | Enquiry | Person | ReceivedForm
VIEWED: dict[type[Viewed], AuditAction] = {
    Case: AuditAction.CASE_VIEWED,
    Consultation: AuditAction.CONSULTATION_VIEWED,
    Enquiry: AuditAction.ENQUIRY_VIEWED,
    Person: AuditAction.PERSON_VIEWED,
    ReceivedForm: AuditAction.FORM_VIEWED,
}


@writes(*VIEWED.values())
def viewed(record: Viewed, *, by: User) -> None:
    audit.record(VIEWED[type(record)], record, by=by)


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


def _digits(day: date) -> int:
    return int(f"{day:%Y%m%d}")
