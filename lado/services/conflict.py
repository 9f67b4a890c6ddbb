"""Conflicts of interest: whose records are closed to a user because they are about the user
themselves or somebody close to them (R-42)."""

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from lado.errors import Invalid, NotFound
from lado.extensions import db
from lado.models import Associate, Person, SuspectedConflict, User
from lado.queries import conflicts, suspected_conflicts
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import ConflictState
from lado.services import audit
from lado.services.suspected_conflict import settle_in_transaction
from lado.services.transaction import check_version, writes

BY_ANOTHER_RECORD = "The same person, by another record"


@writes(AuditAction.CONFLICT_DECLARED)
def declare(
    person: Person, *, user: User, themselves: bool, connection: str, version: int, by: User
) -> None:
    """From now on `person` and all that is about them does not exist for `user`.

    `connection` says how they are close to each other; it is not asked of a user themselves.
    """
    _lock(person, version)
    _check(person, user, themselves=themselves, connection=connection)
    if waiting := suspected_conflicts.waiting(user, person):
        settle_in_transaction(waiting, ConflictState.CONFIRMED, by=by)
    if themselves:
        user.person_id = person.id
    else:
        db.session.add(Associate(user_id=user.id, person_id=person.id, connection=connection))
    flag_modified(person, "restricted")  # counts the version up
    audit.record(AuditAction.CONFLICT_DECLARED, person, by=by, user=user.id)


@writes(AuditAction.CONFLICT_DECLARED)
def confirm(found: SuspectedConflict, *, note: str = "", by: User) -> None:
    """It is them: closed for good, as if somebody had declared it. A user who is known by another
    record is close to this one too."""
    settle_in_transaction(found, ConflictState.CONFIRMED, note=note, by=by)
    user, person = found.user, found.person
    if not found.connection and user.person_id is None:
        user.person_id = person.id
    else:
        connection = found.connection or BY_ANOTHER_RECORD
        db.session.add(Associate(user_id=user.id, person_id=person.id, connection=connection))
    audit.record(AuditAction.CONFLICT_DECLARED, person, by=by, user=user.id)


@writes(AuditAction.CONFLICT_DISMISSED)
def dismiss(found: SuspectedConflict, *, note: str, by: User) -> None:
    """It is somebody else: open again, and not asked again until names or dates change."""
    if not note.strip():
        raise Invalid({"note": "Enter how you know that it is not them"})
    settle_in_transaction(found, ConflictState.DISMISSED, note=note, by=by)
    audit.record(AuditAction.CONFLICT_DISMISSED, found.person, by=by, user=found.user_id)


@writes(AuditAction.CONFLICT_WITHDRAWN)
def withdraw(person: Person, *, user: User, version: int, by: User) -> None:
    """What was declared by mistake, or holds no longer."""
    _lock(person, version)
    if not any(known.user is user for known in conflicts.declared(person)):
        raise NotFound
    if user.person_id == person.id:
        user.person_id = None
    db.session.execute(
        delete(Associate).where(Associate.user_id == user.id, Associate.person_id == person.id)
    )
    flag_modified(person, "restricted")
    audit.record(AuditAction.CONFLICT_WITHDRAWN, person, by=by, user=user.id)


def _lock(person: Person, version: int) -> None:
    db.session.refresh(person, with_for_update={"of": Person})
    check_version(person, version)


def _check(person: Person, user: User, *, themselves: bool, connection: str) -> None:
    if any(known.user is user for known in conflicts.declared(person)):
        raise Invalid({"user": "A conflict of interest of this user is declared already"})
    if not themselves and not connection.strip():
        raise Invalid({"connection": "Enter how they are connected"})
    if themselves and user.person_id is not None:
        raise Invalid({"user": "This user is somebody else on record already"})
