"""The demonstration leaves its marks in the audit trail."""

from lado.rules.audit import AuditAction
from lado.services import audit
from lado.services.audit import Actor
from lado.services.transaction import writes


@writes(AuditAction.DEMONSTRATION_BEGUN)
def note_begun(*, by: Actor) -> None:
    audit.record(AuditAction.DEMONSTRATION_BEGUN, None, by=by)


@writes(AuditAction.DEMONSTRATION_LOADED)
def note_loaded(*, times: int, by: Actor) -> None:
    audit.record(AuditAction.DEMONSTRATION_LOADED, None, by=by, times=times)
