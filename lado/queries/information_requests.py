"""The information requests there are, and the answers given."""

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from lado.extensions import db
from lado.models import InformationRequest, User
from lado.queries.access import visible
from lado.queries.keyset import Cursor, Order, Page, in_order, page_of


def listed(user: User, cursor: Cursor) -> Page[InformationRequest]:
    """The newest first."""
    order = Order.by(InformationRequest, InformationRequest.received_on, descending=True)
    rows = in_order(InformationRequest, defer(InformationRequest.figures))
    return page_of(visible(user, InformationRequest), (), order, cursor, rows)


def unanswered(number: str) -> InformationRequest | None:
    """There is at most one."""
    return db.session.scalar(
        select(InformationRequest).where(
            InformationRequest.number == number, InformationRequest.answered_at.is_(None)
        )
    )


def answered() -> list[InformationRequest]:
    """All, the first first."""
    given = InformationRequest.answered_at
    query = select(InformationRequest).where(given.is_not(None))
    return list(db.session.scalars(query.order_by(given, InformationRequest.id)))


def answered_so_far() -> int:
    return db.session.scalar(select(func.count(InformationRequest.answered_at))) or 0
