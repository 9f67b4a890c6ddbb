"""Referral forms that came in, the oldest waiting one first."""

from collections.abc import Sequence

from sqlalchemy.orm import joinedload

from lado.extensions import db
from lado.models import Consultation, ReceivedForm, User
from lado.queries import access
from lado.queries.paging import Page, count, page_of
from lado.rules.vocabulary import FormStatus, Origin


def waiting(user: User) -> Sequence[ReceivedForm]:
    query = access.visible(user, ReceivedForm).where(ReceivedForm.status == FormStatus.WAITING)
    return db.session.scalars(query.order_by(ReceivedForm.id)).all()


def number_waiting(user: User) -> int:
    query = access.visible(user, ReceivedForm).where(ReceivedForm.status == FormStatus.WAITING)
    return count(query)


def handled(user: User, page: int) -> Page[ReceivedForm]:
    """Logged or put aside, the newest first."""
    query = access.visible(user, ReceivedForm).where(ReceivedForm.status != FormStatus.WAITING)
    newest = query.order_by(ReceivedForm.id.desc()).options(joinedload(ReceivedForm.handled_by))
    return page_of(newest, page)


def form_of(user: User, consultation: Consultation) -> ReceivedForm | None:
    """The one it was logged from."""
    if consultation.origin is not Origin.FORM:
        return None
    query = access.visible(user, ReceivedForm)
    return db.session.scalar(query.where(ReceivedForm.consultation_id == consultation.id))
