"""Those who sign in, their sessions and invitations, and access named record by record."""

from datetime import date, datetime
from typing import Any

from flask_security import UserMixin
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, PublicId, ShortText, Versioned, check, enum_type
from lado.rules.accounts import LinkPurpose
from lado.rules.permissions import ROLES, Permission, Role


class User(PublicId, Versioned, UserMixin, Base):
    """`fs_uniquifier` is Flask-Security's: it changes with the password, and what was begun with
    the old one is void. `nobody_close_on`: when they said that nobody close to them can be on
    record."""

    __tablename__ = "user"
    __table_args__ = (check("email_lower", "email = lower(email)"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(ShortText)
    role: Mapped[Role] = mapped_column(enum_type(Role))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    nobody_close_on: Mapped[date | None]
    active: Mapped[bool] = mapped_column(default=True)
    password: Mapped[str | None] = mapped_column(String(255))
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_sign_in_at: Mapped[datetime | None]
    failed_sign_ins: Mapped[int] = mapped_column(default=0)

    roles: list[Any] = []  # noqa: RUF012 - Flask-Security asks; ours is one role, checked by us

    def can(self, permission: Permission) -> bool:
        return self.active and permission in ROLES[self.role].permissions


class SecondFactor(Base):
    """A user's authenticator app. `secret` is encrypted with a key made from the secret key;
    codes up to the time step `last_step` are spent."""

    __tablename__ = "second_factor"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(255))
    last_step: Mapped[int]
    added_at: Mapped[datetime]


class RecoveryCode(Base):
    """Stands in for a code of the authenticator app, once. Only its SHA-256 is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    code_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[datetime | None]


class Invitation(Base):
    """A one-time link. Only its SHA-256 is kept; used once, or dead after `expires_at`.
    `user_id` is missing only for the first administrator's, who is made by following it."""

    __tablename__ = "invitation"
    __table_args__ = (check("used_before_expiry", "used_at IS NULL OR used_at <= expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    purpose: Mapped[LinkPurpose] = mapped_column(enum_type(LinkPurpose))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User | None] = relationship()


class UserSession(Base):
    """The register of sessions: the cookie carries a token whose SHA-256 stands here."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class RateCount(Base):
    """How often something was tried in the window that ends at `expires_at`. Flask-Limiter's
    store, so that several processes count together; `key` holds no address or name in clear."""

    __tablename__ = "rate_count"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class NamedAccess(Base):
    """Lets a named user into one restricted person, consultation or case."""

    __tablename__ = "named_access"
    __table_args__ = (
        check(
            "one_record",
            "CASE WHEN person_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN consultation_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN case_id IS NULL THEN 0 ELSE 1 END = 1",
        ),
        Index("uq_named_access_person", "user_id", "person_id", unique=True),
        Index("uq_named_access_consultation", "user_id", "consultation_id", unique=True),
        Index("uq_named_access_case", "user_id", "case_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
