"""The register of sessions: which token belongs to whom, and whose sessions still stand."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import joinedload

from lado import clock
from lado.extensions import db
from lado.models import User, UserSession
from lado.rules.accounts import IDLE, LONGEST


def digest(token: str) -> str:
    """A token has 256 random bits, so a plain hash cannot be turned back by guessing."""
    return hashlib.sha256(token.encode()).hexdigest()


def standing(token: str) -> UserSession | None:
    """The session of this token, with its user, if neither ended, idle too long nor too old."""
    return db.session.scalar(
        select(UserSession)
        .join(UserSession.user)
        .where(UserSession.token_sha256 == digest(token), _stands(clock.now()), User.active)
        .options(joinedload(UserSession.user))
    )


def sessions_of(user: User) -> Sequence[UserSession]:
    """Those that stand, the newest first."""
    return db.session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user.id, _stands(clock.now()))
        .order_by(UserSession.started_at.desc(), UserSession.id.desc())
    ).all()


def _stands(now: datetime) -> ColumnElement[Any]:
    return and_(
        UserSession.ended_at.is_(None),
        UserSession.last_seen_at > now - IDLE,
        UserSession.started_at > now - LONGEST,
    )


def before_this(user: User) -> datetime | None:
    """When they signed in the time before this one."""
    return db.session.scalar(
        select(UserSession.started_at)
        .where(UserSession.user_id == user.id)
        .order_by(UserSession.started_at.desc(), UserSession.id.desc())
        .offset(1)
        .limit(1)
    )
