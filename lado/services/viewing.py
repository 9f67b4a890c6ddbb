"""Reading a record is an event of its own."""

from lado.models import Case, Consultation, Person, User
from lado.rules.audit import AuditAction
from lado.services import audit
from lado.services.transaction import writes

VIEWED: dict[type[Case | Consultation | Person], AuditAction] = {
    Case: AuditAction.CASE_VIEWED,
    Consultation: AuditAction.CONSULTATION_VIEWED,
    Person: AuditAction.PERSON_VIEWED,
}


@writes(*VIEWED.values())
def viewed(record: Case | Consultation | Person, *, by: User) -> None:
    audit.record(VIEWED[type(record)], record, by=by)
