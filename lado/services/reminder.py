"""Users are told by mail that something waits, once a day at most."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from lado.extensions import db
from lado.models import Reminder, User
from lado.queries.reminders import told_on
from lado.rules.audit import AuditAction
from lado.services import audit
from lado.services.audit import Actor
from lado.services.transaction import writes


@writes(AuditAction.REMINDERS_SENT)
def claim(users: Collection[User], *, today: date, by: Actor) -> list[User]:
    """Those among them whom no other run claimed today. Before they are sent: a command started
    twice, or stopped midway, sends none twice."""
    chosen = User.id.in_([user.id for user in users])
    db.session.execute(select(User.id).where(chosen).order_by(User.id).with_for_update())
    told = told_on(today)
    claimed = [user for user in users if user.id not in told]
    for user in claimed:
        db.session.merge(Reminder(user_id=user.id, sent_on=today))
    audit.record(AuditAction.REMINDERS_SENT, None, by=by, reminders=len(claimed))
    return claimed


@writes(AuditAction.REMINDERS_FAILED)
def give_back(users: Collection[User], *, by: Actor) -> None:
    """They were not sent, and are tried again the next time."""
    for user in users:
        kept = db.session.get(Reminder, user.id)
        if kept is not None:
            db.session.delete(kept)
    audit.record(AuditAction.REMINDERS_FAILED, None, by=by, reminders=len(users))
