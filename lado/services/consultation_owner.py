"""Who deals with a consultation, until it is decided."""

from lado.errors import Invalid
from lado.models import Consultation, User
from lado.queries.cover import may_deal_with
from lado.rules.audit import AuditAction
from lado.services import audit
from lado.services.consultation import lock
from lado.services.transaction import check_version, writes

NOT_THEM = "This consultation cannot be given to them. Choose somebody else"


@writes(AuditAction.CONSULTATION_ASSIGNED)
def assign(consultation: Consultation, *, owner: User | None, version: int, by: User) -> None:
    """To nobody: it is unassigned again, and alarms."""
    lock(consultation)
    check_version(consultation, version)
    if owner and not may_deal_with(owner, consultation):
        raise Invalid({"owner": NOT_THEM})
    assign_in_transaction(consultation, owner=owner, by=by)


def assign_in_transaction(consultation: Consultation, *, owner: User | None, by: User) -> None:
    consultation.owner = owner
    to = owner.id if owner else 0
    audit.record(AuditAction.CONSULTATION_ASSIGNED, consultation, by=by, to=to)
