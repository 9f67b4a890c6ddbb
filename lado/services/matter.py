"""Cases from one event are joined into a matter (R-65), and taken out of it again."""

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import Case, Matter, MatterCase, User
from lado.queries.by_reference import by_reference
from lado.queries.links import membership
from lado.rules.audit import AuditAction
from lado.services import audit
from lado.services.case_writing import lock
from lado.services.checks import Checks
from lado.services.references import next_reference
from lado.services.transaction import writes


@writes(AuditAction.MATTER_JOINED)
def join(case: Case, *, reference: str, reason: str, by: User) -> Matter:
    """With the case of `reference`, in the matter that either belongs to, or a new one."""
    checks = Checks()
    checks.that(reason.strip(), "reason", "Enter what they have in common")
    checks.done()
    other = _other(case, reference, by)
    for each in sorted((case, other), key=lambda each: each.id):
        lock(each)
    matter = _matter_of(case, other)
    joining = [each for each in (case, other) if membership(each) is None]
    for each in joining:
        db.session.add(
            MatterCase(
                matter=matter, case=each, joined_at=clock.now(), joined_by=by, reason=reason.strip()
            )
        )
    audit.record_each(AuditAction.MATTER_JOINED, joining, by=by)
    return matter


def _other(case: Case, reference: str, by: User) -> Case:
    found = [each for each in by_reference(by, reference) if isinstance(each, Case)]
    if len(found) != 1 or found[0].id == case.id:
        raise Invalid({"reference": "Enter the reference of another case, such as PT-2026-0045"})
    return found[0]


def _matter_of(case: Case, other: Case) -> Matter:
    own, theirs = membership(case), membership(other)
    if own and theirs:
        if own.matter_id == theirs.matter_id:
            raise Invalid({"reference": "That case is in the same matter already"})
        raise Invalid(
            {"reference": "That case is in another matter. Take it out of that one first"}
        )
    if joined := own or theirs:
        return joined.matter
    matter = Matter(reference=next_reference("M", clock.today()))
    db.session.add(matter)
    return matter


@writes(AuditAction.MATTER_LEFT)
def leave(case: Case, *, reason: str, by: User) -> None:
    lock(case)
    joined = membership(case)
    if joined is None:
        raise Refused("This case is in no matter.")
    checks = Checks()
    checks.that(reason.strip(), "reason", "Enter why it is taken out")
    checks.done()
    joined.left_at, joined.left_by, joined.left_reason = clock.now(), by, reason.strip()
    audit.record(AuditAction.MATTER_LEFT, case, by=by)
