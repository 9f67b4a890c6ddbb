"""What is one user's to do is given to another, in one go."""

from collections.abc import Collection
from dataclasses import dataclass

from lado.errors import Invalid
from lado.models import Action, Case, Consultation, FollowUp, User
from lado.queries import access
from lado.queries.hand_over import Work, work_of
from lado.rules.audit import AuditAction
from lado.rules.permissions import Permission
from lado.rules.vocabulary import CaseStatus
from lado.services import audit
from lado.services.case_owner import give_in_transaction
from lado.services.consultation_owner import assign_in_transaction
from lado.services.transaction import writes

Given = Consultation | Case | Action | FollowUp


@dataclass(frozen=True)
class HandedOver:
    """`kept` could not be given: whoever was to get them may not know of them, or a closure
    waits to be signed off."""

    given: int
    kept: int


@writes(AuditAction.USER_WORK_GIVEN)
def give(user: User, *, to: User, chosen: Collection[str] | None = None, by: User) -> HandedOver:
    """Of what `by` may know of: all, or those `chosen` (`key_of`). A restricted record that `to`
    is not named on, or one they have a conflict of interest about, stays where it is."""
    if to.id == user.id or not to.can(Permission.CONSULTATION_DECIDE):
        raise Invalid({"to": "Choose somebody else whose role decides consultations"})
    work = work_of(user, reader=by)
    theirs = given_of(work)
    wanted = [record for record in theirs if chosen is None or key_of(record) in chosen]
    if not wanted:
        raise Invalid({"chosen": "Choose what to give"})
    given = [record for record in wanted if _may_have(to, record)]
    for record in given:
        _give(record, to=to, by=by)
    kept = len(wanted) - len(given)
    audit.record(AuditAction.USER_WORK_GIVEN, user, by=by, to=to.id, given=len(given), kept=kept)
    return HandedOver(len(given), kept)


def given_of(work: Work) -> list[Given]:
    """What of it can be given."""
    return [
        *work.consultations,
        *work.follow_ups,
        *(row.case for row in work.cases),
        *work.actions,
    ]


def key_of(record: Given) -> str:
    """How a form names it; what has no id of its own in addresses goes by its number."""
    if isinstance(record, Action | FollowUp):
        return f"{record.__tablename__}-{_home(record).public_id}-{record.number}"
    return f"{record.__tablename__}-{record.public_id}"


def _may_have(to: User, record: Given) -> bool:
    """A case whose closure is requested stays whose it is (`transitions`)."""
    waits = isinstance(record, Case) and record.status is CaseStatus.CLOSURE_REQUESTED
    return not waits and access.may_know_of(to, _home(record))


def _home(record: Given) -> Consultation | Case:
    if isinstance(record, Action):
        return record.case
    return record.consultation if isinstance(record, FollowUp) else record


def _give(record: Given, *, to: User, by: User) -> None:
    if isinstance(record, Consultation):
        assign_in_transaction(record, owner=to, by=by)
    elif isinstance(record, Case):
        give_in_transaction(record, owner=to, by=by)
    elif isinstance(record, FollowUp):
        record.owner_id = to.id
        audit.record(AuditAction.FOLLOW_UP_CHANGED, record.consultation, by=by, fields=["owner_id"])
    else:
        record.owner = to.name
        audit.record(AuditAction.CASE_CHANGED, record.case, by=by, fields=["actions"])
