"""A record is opened to named people only, or to everybody again; the same for each kind."""

from collections.abc import Collection

from sqlalchemy import delete, select

from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import Case, Consultation, NamedAccess, Person, User
from lado.queries import access
from lado.rules.audit import AuditAction
from lado.rules.permissions import Permission
from lado.services import audit
from lado.services.audit import Actor
from lado.services.transaction import check_version, writes

Restrictable = Case | Consultation | Person

RESTRICTED: dict[type[Restrictable], AuditAction] = {
    Case: AuditAction.CASE_RESTRICTED,
    Consultation: AuditAction.CONSULTATION_RESTRICTED,
    Person: AuditAction.PERSON_RESTRICTED,
}
LIFTED: dict[type[Restrictable], AuditAction] = {
    Case: AuditAction.CASE_UNRESTRICTED,
    Consultation: AuditAction.CONSULTATION_UNRESTRICTED,
    Person: AuditAction.PERSON_UNRESTRICTED,
}
NO_MANAGER = "Name a manager too, so that the record is not lost to everybody when somebody leaves"


@writes(*RESTRICTED.values())
def restrict(record: Restrictable, *, to: Collection[User], version: int, by: User) -> None:
    """Only those named and `by` see it from now on; again, to change who is named.

    A manager is among them, unless each manager has a conflict of interest here.
    """
    _lock(record, version)
    named = {user.id: user for user in [*to, by]}
    _check(record, named)
    record.restricted = True
    _forget_who_was_named(record)
    column = access.NAMED_ON[type(record)]
    db.session.add_all(NamedAccess(**{"user_id": one, column.key: record.id}) for one in named)
    audit.record(RESTRICTED[type(record)], record, by=by, people=len(named))


@writes(*LIFTED.values())
def unrestrict(record: Restrictable, *, version: int, by: User) -> None:
    _lock(record, version)
    if not record.restricted:
        raise Refused("This record is not restricted.")
    record.restricted = False
    _forget_who_was_named(record)
    audit.record(LIFTED[type(record)], record, by=by)


@writes(AuditAction.USER_HANDED_OVER)
def hand_over(user: User, *, to: User, by: Actor) -> int:
    """Name `to` wherever `user` is named, so that no record is lost when they leave. Gives the
    number of records; those that `to` has a conflict of interest about stay closed to them."""
    if not all(to.can(permission) for permission in access.READS.values()):
        raise Refused(f"The role of {to.email} never sees such records.")
    theirs = select(NamedAccess).where(NamedAccess.user_id == user.id)
    mine = select(NamedAccess).where(NamedAccess.user_id == to.id)
    has = {_key(row) for row in db.session.scalars(mine)}
    new = [row for row in db.session.scalars(theirs) if _key(row) not in has]
    db.session.add_all(
        NamedAccess(
            user_id=to.id,
            person_id=row.person_id,
            consultation_id=row.consultation_id,
            case_id=row.case_id,
        )
        for row in new
    )
    audit.record(AuditAction.USER_HANDED_OVER, user, by=by, to=to.id, records=len(new))
    return len(new)


def _key(row: NamedAccess) -> tuple[int | None, int | None, int | None]:
    return row.person_id, row.consultation_id, row.case_id


def _lock(record: Restrictable, version: int) -> None:
    db.session.refresh(record, with_for_update={"of": type(record)})
    check_version(record, version)


def _check(record: Restrictable, named: dict[int, User]) -> None:
    owner_id = None if isinstance(record, Person) else record.owner_id
    if owner_id and owner_id not in named:
        message = "Name the owner too, or give it to somebody else first"
        raise Invalid({"named": message})
    if not all(user.can(access.READS[type(record)]) for user in named.values()):
        raise Invalid({"named": "Somebody you chose has a role that never sees such a record"})
    managers = [user for user in access.readers(record) if user.can(Permission.CASE_SIGN_OFF)]
    if managers and not any(user.id in named for user in managers):
        raise Invalid({"named": NO_MANAGER})


def _forget_who_was_named(record: Restrictable) -> None:
    db.session.execute(delete(NamedAccess).where(access.NAMED_ON[type(record)] == record.id))
