"""Passwords, authenticator apps and links of the invented users."""

from datetime import UTC, datetime

from flask_security import hash_password
from sqlalchemy import select

from lado.extensions import db, security
from lado.models import AuditEvent, SecondFactor, User
from lado.services import second_factor
from tests.support.cast import PASSWORD

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def give_password(user: User, password: str = PASSWORD) -> User:
    user.password = hash_password(password)
    db.session.commit()
    return user


def give_second_factor(user: User) -> list[str]:
    """Sets up an app, and gives the recovery codes. The code of this moment is spent."""
    secret = second_factor.new_secret()
    return second_factor.set_up(user, secret=secret, code=code_of(secret), by=user)


def code_of(secret: str) -> str:
    """What the app shows now."""
    return security.totp_factory.generate_totp_password(secret)


def code_for(user: User) -> str:
    factor = db.session.get(SecondFactor, user.id)
    assert factor is not None
    return code_of(factor.secret)


def events() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def last_event() -> AuditEvent:
    query = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)
    return db.session.scalars(query).one()
