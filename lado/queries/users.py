"""Those who sign in."""

from collections.abc import Sequence

from sqlalchemy import case, exists, func, select

from lado import clock
from lado.errors import NotFound
from lado.extensions import db
from lado.models import Invitation, RecoveryCode, SecondFactor, User
from lado.queries.keyset import Cursor, Order, Page, in_order, page_of
from lado.queries.sessions import digest
from lado.rules.permissions import ROLES, Permission, Role


def by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def by_uniquifier(uniquifier: str) -> User | None:
    return db.session.scalar(select(User).where(User.fs_uniquifier == uniquifier, User.active))


def get(public_id: str) -> User:
    user = db.session.scalar(select(User).where(User.public_id == public_id))
    if user is None:
        raise NotFound
    return user


def everyone(cursor: Cursor) -> Page[User]:
    """Those who may sign in first, by name."""
    active_first = case((User.active, 0), else_=1)
    order = Order.by(User, active_first, func.lower(User.name))
    return page_of(select(User), (), order, cursor, in_order(User))


def colleagues(permission: Permission) -> Sequence[User]:
    """Those who can sign in and whose role has this permission."""
    return [user for user in holders(permission) if user.active]


def holders(permission: Permission) -> Sequence[User]:
    """Those whose role has this permission, whether they still sign in or not."""
    roles = [role for role, rule in ROLES.items() if permission in rule.permissions]
    query = select(User).where(User.role.in_(roles)).order_by(User.name, User.id)
    return db.session.scalars(query).all()


def public_ids() -> Sequence[str]:
    return db.session.scalars(select(User.public_id)).all()


def is_empty() -> bool:
    return not db.session.scalar(select(exists().where(User.id.is_not(None))))


def has_other_administrator(user: User) -> bool:
    """Whether somebody else could do what only an administrator can."""
    others = (
        User.id != user.id,
        User.role == Role.ADMINISTRATOR,
        User.active,
        User.password.is_not(None),
    )
    return bool(db.session.scalar(select(exists().where(*others))))


def has_second_factor(user: User) -> bool:
    return bool(db.session.scalar(select(exists().where(SecondFactor.user_id == user.id))))


def recovery_codes_left(user: User) -> int:
    unused = RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None)
    return db.session.scalar(select(func.count(RecoveryCode.id)).where(*unused)) or 0


def invitation(token: str) -> Invitation | None:
    """The one-time link of this token while it can still be used."""
    found = db.session.scalar(
        select(Invitation).where(
            Invitation.token_sha256 == digest(token),
            Invitation.used_at.is_(None),
            Invitation.expires_at > clock.now(),
        )
    )
    usable = found and (found.user.active if found.user else is_empty())
    return found if usable else None
