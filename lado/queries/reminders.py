"""Who is to be told that something waits."""

from datetime import date

from sqlalchemy import select

from lado.extensions import db
from lado.models import Reminder, User
from lado.queries import users, work, work_list
from lado.queries.work import Asked, When
from lado.rules.permissions import Permission


def due_today(today: date) -> list[User]:
    """Those for whom something is overdue or due within a week, or who have a closure to answer,
    and who were not told today."""
    told, reading = told_on(today), users.colleagues(Permission.CASE_VIEW)
    return [user for user in reading if user.id not in told and _something_waits(user, today)]


def told_on(today: date) -> set[int]:
    return set(db.session.scalars(select(Reminder.user_id).where(Reminder.sent_on >= today)))


def _something_waits(user: User, today: date) -> bool:
    found = work.items(user, Asked(user), today)
    if found[When.OVERDUE] or found[When.THIS_WEEK]:
        return True
    return user.can(Permission.CASE_SIGN_OFF) and bool(work_list.closures_to_sign_off(user))
