"""The log of training and briefings given."""

from sqlalchemy.orm import joinedload

from lado.models import TrainingSession, User
from lado.queries.access import visible
from lado.queries.keyset import Cursor, Order, Page, in_order, page_of


def page_of_list(user: User, cursor: Cursor) -> Page[TrainingSession]:
    """The newest first."""
    order = Order.by(TrainingSession, TrainingSession.held_on, descending=True)
    rows = in_order(TrainingSession, joinedload(TrainingSession.sector))
    return page_of(visible(user, TrainingSession), (), order, cursor, rows)
