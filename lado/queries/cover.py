"""Who deals with what, and who is on duty (R-63)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from lado.extensions import db
from lado.models import Consultation, DutyDay, User
from lado.queries import access, users
from lado.rules.permissions import ROLES, Permission
from lado.rules.vocabulary import ConsultationStatus
from lado.rules.working_days import is_working_day

AHEAD = timedelta(days=28)
DECIDING = [
    role for role, rule in ROLES.items() if Permission.CONSULTATION_DECIDE in rule.permissions
]


def deciders() -> Sequence[User]:
    return users.colleagues(Permission.CONSULTATION_DECIDE)


def may_deal_with(user: User, consultation: Consultation) -> bool:
    """Their role decides, and they may know of it."""
    decides = user.can(Permission.CONSULTATION_DECIDE)
    return decides and access.may_know_of(user, consultation)


def possible_owners(consultation: Consultation) -> list[User]:
    return [user for user in deciders() if may_deal_with(user, consultation)]


def unassigned() -> ColumnElement[bool]:
    """Waits for a decision, and nobody who could make it deals with it: whoever left or changed
    roles does not count."""
    able = select(User.id).where(User.active, User.role.in_(DECIDING))
    return (Consultation.status == ConsultationStatus.OPEN) & or_(
        Consultation.owner_id.is_(None), Consultation.owner_id.not_in(able)
    )


@dataclass(frozen=True)
class RotaDay:
    """A working day with nobody on duty is a gap; one with several is an overlap."""

    day: date
    on_duty: Sequence[User]

    @property
    def is_working_day(self) -> bool:
        return is_working_day(self.day)

    @property
    def is_gap(self) -> bool:
        return self.is_working_day and not self.on_duty

    @property
    def is_overlap(self) -> bool:
        return len(self.on_duty) > 1


def rota(first: date, last: date) -> list[RotaDay]:
    """Each day of these, the first and the last included. Whoever left is on duty no more."""
    rows = db.session.scalars(
        select(DutyDay)
        .join(User)
        .where(DutyDay.day.between(first, last), User.active)
        .order_by(DutyDay.day, User.name)
        .options(joinedload(DutyDay.user))
    )
    by_day: dict[date, list[User]] = {}
    for row in rows:
        by_day.setdefault(row.day, []).append(row.user)
    return [RotaDay(day, by_day.get(day, ())) for day in _days(first, last)]


def on_duty(day: date) -> Sequence[User]:
    return rota(day, day)[0].on_duty


def gaps_ahead(today: date) -> list[date]:
    """Working days of the next AHEAD without anybody; none where no rota is kept at all."""
    if db.session.scalar(select(DutyDay.day).limit(1)) is None:
        return []
    return [each.day for each in rota(today, today + AHEAD) if each.is_gap]


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
