"""Whose case it is. What may happen when is the table in lado.rules.transitions."""

from lado.errors import Invalid
from lado.models import Case, FormerOwner, User
from lado.queries import access
from lado.rules import transitions
from lado.rules.audit import AuditAction
from lado.rules.permissions import Permission
from lado.rules.transitions import Action, Thing
from lado.services import audit
from lado.services.audit import Actor
from lado.services.case_writing import lock, permissions
from lado.services.transaction import check_version, writes


@writes(AuditAction.CASE_CHANGED)
def assign_owner(case: Case, *, owner: User, version: int, by: Actor) -> None:
    lock(case)
    transitions.check(Thing.CASE, case.status, Action.GIVE, permissions(by))
    check_version(case, version)
    if not owner.can(Permission.CASE_EDIT) or not access.may_know_of(owner, case):
        raise Invalid({"owner": "This case cannot be given to them. Choose somebody else"})
    give_in_transaction(case, owner=owner, by=by)


def give_in_transaction(case: Case, *, owner: User, by: Actor) -> None:
    """Whose it was until now stays on record."""
    if case.owner_id is not None and case.owner_id != owner.id:
        case.spell.former_owners.append(FormerOwner(user_id=case.owner_id))
    case.owner = owner
    audit.record(AuditAction.CASE_CHANGED, case, by=by, fields=["owner_id"])
