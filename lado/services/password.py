"""Passwords: checked, changed, and hashed with argon2id. Hashing is slow on purpose, so it is
never done while a write transaction holds others up."""

import secrets

from flask_security import hash_password, verify_password

from lado.errors import Invalid
from lado.extensions import db, security
from lado.models import User, UserSession
from lado.queries import settings
from lado.rules import passwords
from lado.rules.audit import AuditAction
from lado.services import audit, session
from lado.services.transaction import writes


def is_right(user: User | None, password: str) -> bool:
    """Takes as long for somebody who is not known, or has no password yet."""
    if len(password) > passwords.LONGEST:
        return False
    if user is None or user.password is None:
        security.pwd_context.dummy_verify()
        return False
    return verify_password(password, user.password)


def hashed(password: str, *, name: str, email: str) -> str:
    """The hash to keep; refuses a password that is too short, too long or too easy to guess."""
    context = (name, email, settings.get_text("council_name"))
    if problem := passwords.problem(password, context):
        raise Invalid({"password": problem})
    return hash_password(password)


def change(user: User, *, password: str, keep: UserSession | None) -> None:
    """Set one's own new password; the caller has asked for the old one. Other sessions end."""
    _change(user, hashed(password, name=user.name, email=user.email), keep)


@writes(AuditAction.USER_PASSWORD_CHANGED)
def _change(user: User, hash_: str, keep: UserSession | None) -> None:
    set_in_transaction(user, hash_)
    session.end_all_in_transaction(user, but=keep)
    audit.record(AuditAction.USER_PASSWORD_CHANGED, user, by=user)


def set_in_transaction(user: User, hash_: str) -> None:
    user.password = hash_
    void_what_was_begun(user)


def void_what_was_begun(user: User) -> None:
    """A sign-in that waits for its code remembers the old value, and is over."""
    user.fs_uniquifier = secrets.token_hex(32)


def renew_hash(user: User, password: str) -> None:
    """Hash the password that was just right again when hashing has become stronger since."""
    if user.password and security.pwd_context.needs_update(user.password):
        _renew_hash(user, hash_password(password))


@writes(AuditAction.USER_CHANGED)
def _renew_hash(user: User, hash_: str) -> None:
    user.password = hash_
    audit.record(AuditAction.USER_CHANGED, user, by=user, fields=["password"])
    db.session.flush()
