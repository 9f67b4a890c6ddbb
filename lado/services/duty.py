"""The duty rota is filled in and corrected."""

from datetime import date, timedelta

from sqlalchemy import delete, select

from lado.errors import Invalid
from lado.extensions import db
from lado.models import DutyDay, User
from lado.rules.audit import AuditAction
from lado.rules.permissions import Permission
from lado.rules.working_days import is_working_day
from lado.services import audit
from lado.services.audit import Actor
from lado.services.transaction import writes

LONGEST = timedelta(days=366)


@writes(AuditAction.DUTY_SET)
def set_on_duty(user: User, *, first: date, last: date, by: Actor) -> int:
    """On the working days from `first` to `last`; gives the number of days that are new."""
    _check(first, last)
    if not user.can(Permission.CONSULTATION_DECIDE):
        raise Invalid({"user": "Choose somebody whose role decides consultations"})
    days = {first + timedelta(days=n) for n in range((last - first).days + 1)}
    working = {day for day in days if is_working_day(day)}
    if not working:
        raise Invalid({"last": "There is no working day between these dates"})
    theirs = select(DutyDay.day).where(DutyDay.user_id == user.id, DutyDay.day.in_(working))
    new = working - set(db.session.scalars(theirs))
    db.session.add_all(DutyDay(day=day, user_id=user.id) for day in new)
    audit.record(AuditAction.DUTY_SET, None, by=by, user=user.id, days=len(new))
    return len(new)


@writes(AuditAction.DUTY_TAKEN_OFF)
def take_off_duty(user: User, *, first: date, last: date, by: Actor) -> int:
    """An absence: the days stay as a gap until somebody else is put there."""
    _check(first, last)
    theirs = DutyDay.user_id == user.id, DutyDay.day.between(first, last)
    gone = db.session.scalars(delete(DutyDay).where(*theirs).returning(DutyDay.day)).all()
    audit.record(AuditAction.DUTY_TAKEN_OFF, None, by=by, user=user.id, days=len(gone))
    return len(gone)


def _check(first: date, last: date) -> None:
    if last < first:
        raise Invalid({"last": "The last day must not be before the first"})
    if last - first > LONGEST:
        raise Invalid({"last": "The last day must be within a year of the first"})
