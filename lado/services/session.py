"""Sessions begin, end, and are seen."""

import secrets

from sqlalchemy import update

from lado import clock
from lado.database import write_transaction
from lado.extensions import db
from lado.models import User, UserSession
from lado.queries import sessions
from lado.rules.accounts import SEEN_EVERY, SESSIONS_AT_ONCE
from lado.rules.audit import AuditAction
from lado.services import audit
from lado.services.draft import delete_old_in_transaction
from lado.services.transaction import writes


@writes(AuditAction.USER_SIGNED_IN)
def start(user: User) -> str:
    """Begin a session for somebody who has proved who they are. The token goes into the cookie
    and nowhere else; the register keeps its hash."""
    return start_in_transaction(user)


def start_in_transaction(user: User) -> str:
    now = clock.now()
    for old in sessions.sessions_of(user)[SESSIONS_AT_ONCE - 1 :]:
        old.ended_at = now
    token = secrets.token_urlsafe(32)
    db.session.add(
        UserSession(
            token_sha256=sessions.digest(token), user_id=user.id, started_at=now, last_seen_at=now
        )
    )
    db.session.execute(
        update(User).where(User.id == user.id).values(last_sign_in_at=now, failed_sign_ins=0)
    )
    delete_old_in_transaction(by=user)
    audit.record(AuditAction.USER_SIGNED_IN, user, by=user)
    return token


@writes(AuditAction.USER_SIGNED_OUT)
def end(session: UserSession, *, by: User) -> None:
    """Sign out; a copy of the cookie is dead from here on."""
    session.ended_at = clock.now()
    audit.record(AuditAction.USER_SIGNED_OUT, by, by=by)


@writes(AuditAction.USER_SESSIONS_ENDED)
def end_all(user: User, *, by: audit.Actor, but: UserSession | None = None) -> None:
    """End every session of a user, or all but the one at hand."""
    number = end_all_in_transaction(user, but=but)
    audit.record(AuditAction.USER_SESSIONS_ENDED, user, by=by, sessions=number)


@writes(AuditAction.USER_SESSIONS_ENDED)
def end_one(session: UserSession, *, by: User) -> None:
    session.ended_at = clock.now()
    audit.record(AuditAction.USER_SESSIONS_ENDED, by, by=by, sessions=1)


def end_all_in_transaction(user: User, *, but: UserSession | None = None) -> int:
    """How many were ended; for services that write their own event."""
    ended = [session for session in sessions.sessions_of(user) if session is not but]
    for session in ended:
        session.ended_at = clock.now()
    return len(ended)


def seen(session: UserSession) -> None:
    """Move the idle limit on, at most once a minute.

    It leaves no event: it says nothing but that the browser was in use, and the
    events of what was done say that better.
    """
    now = clock.now()
    if session.last_seen_at > now - SEEN_EVERY:
        return
    with write_transaction(db.session()):
        db.session.execute(
            update(UserSession)
            .where(UserSession.id == session.id, UserSession.ended_at.is_(None))
            .values(last_seen_at=now)
        )
