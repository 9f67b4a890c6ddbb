"""Actions: agreed at a strategy discussion or between two, then done or waived with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lado.errors import Refused
from lado.models import Action, ActionChange, Case, StrategyDiscussion, User
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import TermGroup
from lado.services import audit
from lado.services.audit import Actor
from lado.services.case_writing import lock, lock_to_change, refuse_unless_open
from lado.services.checks import Checks, next_number
from lado.services.transaction import writes

CHANGED = ("description", "owner", "agency_id", "due_on")


@dataclass(frozen=True)
class ActionDetails:
    """`owner` is a name or a post outside this authority too, so it is text."""

    description: str
    owner: str
    agency_id: int | None
    due_on: date | None


@writes(AuditAction.ACTION_ADDED)
def add_action(case: Case, details: ActionDetails, *, by: Actor) -> Action:
    lock(case)
    refuse_unless_open(case)
    checks = Checks()
    check_actions(checks, [details], since=case.spells[0].opened_on, prefix="")
    checks.done()
    action = action_in_transaction(case, details)
    audit.record(AuditAction.ACTION_ADDED, case, by=by, action_number=action.number)
    return action


def action_in_transaction(
    case: Case, details: ActionDetails, *, discussion: StrategyDiscussion | None = None
) -> Action:
    action = Action(
        number=next_number(case.actions),
        description=details.description,
        owner=details.owner,
        agency_id=details.agency_id,
        due_on=details.due_on,
    )
    case.actions.append(action)
    if discussion is not None:
        discussion.actions.append(action)
    return action


def check_actions(
    checks: Checks, actions: Sequence[ActionDetails], *, since: date, prefix: str = "actions-{}-"
) -> None:
    for number, details in enumerate(actions):
        at = prefix.format(number)
        checks.that(details.description.strip(), f"{at}description", "Enter what is to be done")
        checks.that(details.owner.strip(), f"{at}owner", "Enter who does it")
        checks.that(details.agency_id, f"{at}agency_id", "Choose an agency")
        checks.that(details.due_on, f"{at}due_on", "Enter when it is due")
        checks.that(
            details.due_on is None or details.due_on >= since,
            f"{at}due_on",
            "An action must not be due before it was agreed",
        )
    checks.terms(
        {
            f"{prefix.format(number)}agency_id": (TermGroup.AGENCY, details.agency_id)
            for number, details in enumerate(actions)
        }
    )


@writes(AuditAction.ACTION_CHANGED)
def change_action(action: Action, details: ActionDetails, *, reason: str, by: User) -> None:
    """How it stood before is kept. A day that is moved has its reason."""
    lock_to_change(action.case, by=by)
    _refuse_unless_open(action)
    checks = Checks()
    check_actions(checks, [details], since=action.case.spells[0].opened_on, prefix="")
    moved = details.due_on != action.due_on
    checks.that(reason.strip() or not moved, "reason", "Enter why the day is moved")
    checks.done()
    before = {name: getattr(action, name) for name in CHANGED}
    number = next_number(action.changes)
    action.changes.append(
        ActionChange(number=number, reason=reason or None, changed_by_id=by.id, **before)
    )
    for name in CHANGED:
        setattr(action, name, getattr(details, name))
    audit.record(AuditAction.ACTION_CHANGED, action.case, by=by, action_number=action.number)


@writes(AuditAction.ACTION_DONE)
def finish_action(action: Action, *, done_on: date, result: str, by: Actor) -> None:
    lock_to_change(action.case, by=by)
    _refuse_unless_open(action)
    checks = Checks()
    checks.past(done_on, "done_on", "The date it was done")
    checks.that(
        done_on >= action.case.spells[0].opened_on,
        "done_on",
        "It must not be done before the case was opened",
    )
    checks.done()
    action.done_on, action.result = done_on, result or None
    audit.record(AuditAction.ACTION_DONE, action.case, by=by, action_number=action.number)


@writes(AuditAction.ACTION_WAIVED)
def waive_action(action: Action, *, waived_on: date, reason: str, by: Actor) -> None:
    lock_to_change(action.case, by=by)
    _refuse_unless_open(action)
    checks = Checks()
    checks.past(waived_on, "waived_on", "The date it was waived")
    checks.that(reason.strip(), "reason", "Enter why it is no longer needed")
    checks.done()
    action.waived_on, action.waived_reason = waived_on, reason
    audit.record(AuditAction.ACTION_WAIVED, action.case, by=by, action_number=action.number)


def _refuse_unless_open(action: Action) -> None:
    if not action.is_open:
        raise Refused("This action is already done or waived.")
