"""One-time links: the only way in for a new user, and back in for one who lost something.

An administrator starts it and never learns the password. A link dies when it is used, after a
day, and when a newer one is made for the same user.
"""

import secrets

from sqlalchemy import update

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import Invitation, User
from lado.queries import sessions, users
from lado.rules.accounts import LINK_LASTS, LinkPurpose, problems
from lado.rules.audit import AuditAction
from lado.rules.permissions import Role
from lado.services import audit, password, second_factor, session, sign_in
from lado.services.suspected_conflict import compare_user_in_transaction
from lado.services.transaction import writes

DEAD = "This link has been used, has run out, or was replaced by a newer one. Ask for a new link."


def first_link() -> str | None:
    """The token of a link that makes the first administrator, or None when there is a user."""
    return _first_link() if users.is_empty() else None


@writes(AuditAction.USER_INVITED)
def _first_link() -> str:
    audit.record(AuditAction.USER_INVITED, None, by=audit.COMMAND_LINE)
    return new_in_transaction(None, LinkPurpose.BOTH)


@writes(AuditAction.USER_INVITED)
def new_link(user: User, *, purpose: LinkPurpose, by: audit.Actor) -> str:
    """For somebody who lost what `purpose` names; until it is used the old one still works."""
    if not user.active:
        raise Refused("This user is disabled. Enable them before you make a link.")
    if user.password is None:
        purpose = LinkPurpose.BOTH
    audit.record(AuditAction.USER_INVITED, user, by=by, fields=[f"link_{purpose.value}"])
    return new_in_transaction(user, purpose)


def new_in_transaction(user: User | None, purpose: LinkPurpose) -> str:
    now = clock.now()
    db.session.execute(
        update(Invitation)
        .where(
            Invitation.user_id == user.id if user else Invitation.user_id.is_(None),
            Invitation.used_at.is_(None),
            Invitation.expires_at > now,
        )
        .values(expires_at=now)
    )
    token = secrets.token_urlsafe(32)
    db.session.add(
        Invitation(
            token_sha256=sessions.digest(token),
            user_id=user.id if user else None,
            purpose=purpose,
            created_at=now,
            expires_at=now + LINK_LASTS,
        )
    )
    return token


def take_up(token: str, *, new_password: str, name: str = "", email: str = "") -> User:
    """Set the password that the link asks for. `name` and `email` are the first administrator's;
    everybody else has theirs from the invitation."""
    user = _usable(token).user
    if user is None and (found := problems(name=name, email=email)):
        raise Invalid(found)
    hash_ = password.hashed(
        new_password, name=user.name if user else name, email=user.email if user else email
    )
    return _take_up(token, hash_) if user else _first_administrator(token, hash_, name, email)


@writes(AuditAction.USER_JOINED, AuditAction.USER_PASSWORD_CHANGED)
def _take_up(token: str, hash_: str) -> User:
    link = _spend(token)
    user = link.user
    if user is None or link.purpose is LinkPurpose.SECOND_FACTOR:
        raise Refused(DEAD)
    is_new = user.password is None
    password.set_in_transaction(user, hash_)
    if link.purpose is LinkPurpose.BOTH:
        second_factor.remove_in_transaction(user)
    session.end_all_in_transaction(user)
    action = AuditAction.USER_JOINED if is_new else AuditAction.USER_PASSWORD_CHANGED
    audit.record(action, user, by=user)
    return user


@writes(AuditAction.USER_JOINED)
def _first_administrator(token: str, hash_: str, name: str, email: str) -> User:
    link = _spend(token)
    if link.user_id is not None or not users.is_empty():
        raise Refused(DEAD)
    user = new_user(name=name, email=email, role=Role.ADMINISTRATOR)
    user.password = hash_
    db.session.add(user)
    audit.record(AuditAction.USER_JOINED, user, by=user)
    compare_user_in_transaction(user, by=user)
    return user


def lose_second_factor(token: str, *, typed: str, address: str) -> User:
    """The link alone does not take the old app away: it needs the password as well."""
    user = _usable(token).user
    if user is None or not sign_in.confirm(user, typed, address=address):
        raise Invalid({"password": "The password is not right, or was tried too often"})
    return _lose_second_factor(token)


@writes(AuditAction.USER_SECOND_FACTOR_CHANGED)
def _lose_second_factor(token: str) -> User:
    link = _spend(token)
    if link.user is None or link.purpose is not LinkPurpose.SECOND_FACTOR:
        raise Refused(DEAD)
    second_factor.remove_in_transaction(link.user)
    session.end_all_in_transaction(link.user)
    password.void_what_was_begun(link.user)
    audit.record(AuditAction.USER_SECOND_FACTOR_CHANGED, link.user, by=link.user)
    return link.user


def new_user(*, name: str, email: str, role: Role) -> User:
    user = User(name=name, email=email.lower(), role=role, created_at=clock.now())
    password.void_what_was_begun(user)
    return user


def _usable(token: str) -> Invitation:
    link = users.invitation(token)
    if link is None:
        raise Refused(DEAD)
    return link


def _spend(token: str) -> Invitation:
    """Two who follow one link at the same moment both find it; only one changes its row."""
    now = clock.now()
    spent = db.session.execute(
        update(Invitation)
        .where(
            Invitation.token_sha256 == sessions.digest(token),
            Invitation.used_at.is_(None),
            Invitation.expires_at > now,
        )
        .values(used_at=now)
        .returning(Invitation.id)
    ).scalar()
    link = db.session.get(Invitation, spent) if spent else None
    if link is None or not (link.user is None or link.user.active):
        raise Refused(DEAD)
    return link
