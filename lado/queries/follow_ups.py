"""What is to be followed up, on one consultation and by one user."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from lado.errors import NotFound
from lado.extensions import db
from lado.models import Consultation, FollowUp, User
from lado.queries import access
from lado.queries.paging import count
from lado.queries.work_list import SHOWN, Waiting, WorkList

OPEN = FollowUp.ended_by_id.is_(None)


def follow_ups_of(consultation: Consultation) -> Sequence[FollowUp]:
    """Those that are open first, the soonest at the top; then the others, the last added first."""
    found = db.session.scalars(
        select(FollowUp)
        .where(FollowUp.consultation_id == consultation.id)
        .options(joinedload(FollowUp.owner), joinedload(FollowUp.ended_by))
    ).all()
    still_open = sorted((f for f in found if f.is_open), key=lambda f: (f.due_on, f.number))
    return [*still_open, *sorted((f for f in found if not f.is_open), key=lambda f: -f.number)]


def get(consultation: Consultation, number: int) -> FollowUp:
    for follow_up in follow_ups_of(consultation):
        if follow_up.number == number:
            return follow_up
    raise NotFound


def of_owner(user: User, today: date) -> WorkList:
    """Overdue first, since the earliest day is."""
    return _listed(user, today, FollowUp.owner_id == user.id)


def overdue_of_others(user: User, today: date) -> WorkList:
    return _listed(user, today, FollowUp.owner_id != user.id, FollowUp.due_on < today)


def _listed(user: User, today: date, *conditions: ColumnElement[bool]) -> WorkList:
    query: Select[Any] = (
        access.visible(user, Consultation)
        .join(FollowUp, FollowUp.consultation_id == Consultation.id)
        .where(OPEN, *conditions)
        .with_only_columns(FollowUp)
    )
    shown = (
        query.order_by(FollowUp.due_on, FollowUp.id)
        .limit(SHOWN)
        .options(joinedload(FollowUp.consultation), joinedload(FollowUp.owner))
    )
    rows = [
        Waiting(each, each.due_on, each.what, late=each.due_on < today)
        for each in db.session.scalars(shown)
    ]
    return WorkList(rows, count(query))
