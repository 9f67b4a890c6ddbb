"""What the sub-group decided to do about a published report, and how that goes."""

from dataclasses import asdict, dataclass
from datetime import date

from lado import clock
from lado.errors import Refused
from lado.extensions import db
from lado.models import Report, SubGroupAction, SubGroupProgress, User
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import ReportStatus, TermGroup
from lado.services import audit
from lado.services.checks import Checks, next_number
from lado.services.transaction import check_version, writes

NOT_PUBLISHED = "The sub-group decides about a report that is published."
ENDED = "This action has ended already."


@dataclass(frozen=True)
class ActionDetails:
    """Without a theme it is a decision of its own; without a sector it is for all."""

    what: str
    owner: str
    decided_on: date
    due_on: date
    theme_id: int | None = None
    sector_id: int | None = None


@writes(AuditAction.SUB_GROUP_ACTION_ADDED)
def add(report: Report, *, details: ActionDetails, by: User) -> SubGroupAction:
    if report.status is not ReportStatus.PUBLISHED:
        raise Refused(NOT_PUBLISHED)
    _check(details)
    action = SubGroupAction(report_id=report.id, added_by_id=by.id, **asdict(details))
    db.session.add(action)
    audit.record(AuditAction.SUB_GROUP_ACTION_ADDED, action, by=by)
    return action


@writes(AuditAction.SUB_GROUP_ACTION_CHANGED)
def change(action: SubGroupAction, *, details: ActionDetails, version: int, by: User) -> None:
    _lock_open(action)
    check_version(action, version)
    _check(details)
    columns = asdict(details)
    changed = [name for name, value in columns.items() if getattr(action, name) != value]
    for name in changed:
        setattr(action, name, columns[name])
    audit.record(AuditAction.SUB_GROUP_ACTION_CHANGED, action, by=by, fields=changed)


@writes(AuditAction.SUB_GROUP_ACTION_NOTED)
def note_progress(action: SubGroupAction, *, noted_on: date, text: str, by: User) -> None:
    """Of an action that has ended too: what came of it may show later."""
    checks = Checks()
    checks.past(noted_on, "noted_on", "The day of the note")
    checks.that(text.strip(), "text", "Enter how it goes")
    checks.done()
    db.session.refresh(action, with_for_update={"of": SubGroupAction})
    note = SubGroupProgress(
        number=next_number(action.progress), noted_on=noted_on, text=text, noted_by_id=by.id
    )
    action.progress.append(note)
    audit.record(AuditAction.SUB_GROUP_ACTION_NOTED, action, by=by, note=note.number)


@writes(AuditAction.SUB_GROUP_ACTION_DONE)
def finish(action: SubGroupAction, *, done_on: date, by: User) -> None:
    _lock_open(action)
    checks = Checks()
    checks.past(done_on, "done_on", "The day on which it was done")
    after = done_on >= action.decided_on
    checks.that(after, "done_on", "It must not be done before it was decided")
    checks.done()
    action.ended_by_id, action.done_on = by.id, done_on
    audit.record(AuditAction.SUB_GROUP_ACTION_DONE, action, by=by)


@writes(AuditAction.SUB_GROUP_ACTION_DROPPED)
def drop(action: SubGroupAction, *, reason: str, by: User) -> None:
    _lock_open(action)
    checks = Checks()
    checks.that(reason.strip(), "reason", "Enter why it is dropped")
    checks.done()
    action.ended_by_id, action.dropped_on = by.id, clock.today()
    action.dropped_reason = reason
    audit.record(AuditAction.SUB_GROUP_ACTION_DROPPED, action, by=by)


def _lock_open(action: SubGroupAction) -> None:
    db.session.refresh(action, with_for_update={"of": SubGroupAction})
    if not action.is_open:
        raise Refused(ENDED)


def _check(details: ActionDetails) -> None:
    checks = Checks()
    checks.that(details.what.strip(), "what", "Enter what is to be done")
    checks.that(details.owner.strip(), "owner", "Enter who does it")
    checks.past(details.decided_on, "decided_on", "The day of the decision")
    after = details.due_on >= details.decided_on
    checks.that(after, "due_on", "It must not be due before it was decided")
    checks.terms(
        {
            "theme_id": (TermGroup.LEARNING_THEME, details.theme_id),
            "sector_id": (TermGroup.SECTOR, details.sector_id),
        }
    )
    checks.done()
