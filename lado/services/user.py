"""Users are invited, changed, disabled and enabled by an administrator or by command."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import User
from lado.queries import users
from lado.rules.accounts import LinkPurpose, problems
from lado.rules.audit import AuditAction
from lado.rules.permissions import Role
from lado.services import audit, invitation, password, session
from lado.services.suspected_conflict import compare_user_in_transaction
from lado.services.transaction import check_version, writes

LAST_ADMINISTRATOR = (
    "This is the only administrator who can sign in. Make somebody else an administrator first."
)
YOURSELF = "You cannot do this to your own account. Ask another administrator."


@writes(AuditAction.USER_INVITED)
def invite(*, email: str, name: str, role: Role, by: audit.Actor) -> tuple[User, str]:
    """A new user, and the token of the one-time link by which they set their password."""
    _check_details(name=name, email=email)
    user = invitation.new_user(name=name, email=email, role=role)
    db.session.add(user)
    try:
        db.session.flush()
    except IntegrityError:
        raise Invalid({"email": "There is a user with this email address already"}) from None
    audit.record(AuditAction.USER_INVITED, user, by=by, fields=["email", "name", "role"])
    compare_user_in_transaction(user, by=by)
    return user, invitation.new_in_transaction(user, LinkPurpose.BOTH)


@writes(AuditAction.USER_CHANGED)
def change(user: User, *, name: str, role: Role, version: int, by: User) -> None:
    """A new role takes effect at the next request, and ends the sessions begun in the old one."""
    check_version(user, version)
    _check_details(name=name, email=user.email)
    changed = [
        field for field, new in (("name", name), ("role", role)) if getattr(user, field) != new
    ]
    if "role" in changed:
        _check_role_change(user, by)
        session.end_all_in_transaction(user)
    user.name, user.role = name, role
    audit.record(AuditAction.USER_CHANGED, user, by=by, fields=changed)
    if "name" in changed:
        compare_user_in_transaction(user, by=by)


@writes(AuditAction.USER_CHANGED)
def disable(user: User, *, by: User) -> None:
    if user.id == by.id:
        raise Refused(YOURSELF)
    _check_not_last(user)
    user.active = False
    password.void_what_was_begun(user)
    session.end_all_in_transaction(user)
    audit.record(AuditAction.USER_CHANGED, user, by=by, fields=["active"])


@writes(AuditAction.USER_CHANGED)
def enable(user: User, *, by: User) -> None:
    user.active = True
    audit.record(AuditAction.USER_CHANGED, user, by=by, fields=["active"])


def _check_details(*, name: str, email: str) -> None:
    if found := problems(name=name, email=email):
        raise Invalid(found)


def _check_role_change(user: User, by: User) -> None:
    if user.id == by.id:
        raise Refused("You cannot change your own role. Ask another administrator.")
    _check_not_last(user)


def _check_not_last(user: User) -> None:
    """Two who take each other's role away at the same moment wait for one another here."""
    administrators = select(User.id).where(User.role == Role.ADMINISTRATOR).order_by(User.id)
    db.session.execute(administrators.with_for_update()).all()
    if user.role is Role.ADMINISTRATOR and user.active and not users.has_other_administrator(user):
        raise Refused(LAST_ADMINISTRATOR)
