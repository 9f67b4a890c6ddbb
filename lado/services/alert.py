"""An alert is looked at: it is no longer shown as new until there is a further contact."""

from lado import clock
from lado.errors import Refused
from lado.extensions import db
from lado.models import AlertReview, AlertReviewContact, Organisation, Person, User
from lado.queries import alerts
from lado.rules.audit import AuditAction
from lado.services import audit
from lado.services.transaction import writes

GONE = "There is no alert any more: fewer contacts are in the time that counts."
FURTHER = "Contacts came in or left the time that counts. Look at them, then save again."


@writes(AuditAction.ALERT_REVIEWED)
def review(record: Organisation | Person, *, note: str, contacts: int, by: User) -> None:
    """`contacts`: how many the one who looked has seen."""
    raised = alerts.raised(by, record)
    if raised is None:
        raise Refused(GONE)
    if raised.alert.contacts != contacts:
        raise Refused(FURTHER)
    looked_at = AlertReview(
        organisation_id=record.id if isinstance(record, Organisation) else None,
        person_id=record.id if isinstance(record, Person) else None,
        note=note,
        reviewed_at=clock.now(),
        reviewed_by=by,
        contacts=[
            AlertReviewContact(consultation_id=each)
            for each in alerts.contact_ids(by, record, raised.months)
        ],
    )
    db.session.add(looked_at)
    number, months = raised.at_least, raised.months
    audit.record(AuditAction.ALERT_REVIEWED, record, by=by, at_least=number, months=months)
