"""Somebody is to come back to a consultation by a day; it is done, or dropped with a reason."""

from dataclasses import dataclass
from datetime import date

from lado import clock
from lado.errors import Refused
from lado.extensions import db
from lado.models import Consultation, FollowUp, User
from lado.queries import access
from lado.queries.follow_ups import follow_ups_of
from lado.rules.audit import AuditAction
from lado.rules.permissions import Permission
from lado.services import audit
from lado.services.checks import Checks, next_number
from lado.services.consultation import lock
from lado.services.transaction import writes

ENDED = "This follow-up has ended already."


@dataclass(frozen=True)
class FollowUpDetails:
    what: str
    due_on: date
    owner: User


@writes(AuditAction.FOLLOW_UP_ADDED)
def add(consultation: Consultation, *, details: FollowUpDetails, by: User) -> FollowUp:
    """In every status."""
    lock(consultation)
    return add_in_transaction(consultation, details, by=by)


def add_in_transaction(
    consultation: Consultation, details: FollowUpDetails, *, by: User
) -> FollowUp:
    """What is asked together with a decision or a letter has names of its own in messages."""
    checks = Checks()
    checks.that(details.what.strip(), "follow_up_what", "Enter what is to be followed up")
    ahead = details.due_on >= clock.today()
    checks.that(ahead, "follow_up_due_on", "The day of the follow-up must be today or later")
    logs = details.owner.can(Permission.CONSULTATION_LOG)
    may = logs and access.may_know_of(details.owner, consultation)
    checks.that(may, "follow_up_owner", "Choose somebody who works on this consultation")
    checks.done()
    follow_up = FollowUp(
        consultation_id=consultation.id,
        number=next_number(follow_ups_of(consultation)),
        what=details.what,
        due_on=details.due_on,
        owner_id=details.owner.id,
        added_by_id=by.id,
    )
    db.session.add(follow_up)
    audit.record(AuditAction.FOLLOW_UP_ADDED, consultation, by=by, follow_up=follow_up.number)
    return follow_up


@writes(AuditAction.FOLLOW_UP_DONE)
def finish(follow_up: FollowUp, *, done_on: date, result: str, by: User) -> None:
    _lock_open(follow_up)
    checks = Checks()
    checks.past(done_on, "done_on", "The day on which it was done")
    checks.done()
    follow_up.ended_by_id, follow_up.done_on = by.id, done_on
    follow_up.result = result or None
    _record(AuditAction.FOLLOW_UP_DONE, follow_up, by=by)


@writes(AuditAction.FOLLOW_UP_DROPPED)
def drop(follow_up: FollowUp, *, reason: str, by: User) -> None:
    _lock_open(follow_up)
    checks = Checks()
    checks.that(reason.strip(), "reason", "Enter why it is dropped")
    checks.done()
    follow_up.ended_by_id, follow_up.dropped_on = by.id, clock.today()
    follow_up.dropped_reason = reason
    _record(AuditAction.FOLLOW_UP_DROPPED, follow_up, by=by)


def _lock_open(follow_up: FollowUp) -> None:
    db.session.refresh(follow_up, with_for_update={"of": FollowUp})
    if not follow_up.is_open:
        raise Refused(ENDED)


def _record(action: AuditAction, follow_up: FollowUp, *, by: User) -> None:
    audit.record(action, follow_up.consultation, by=by, follow_up=follow_up.number)
