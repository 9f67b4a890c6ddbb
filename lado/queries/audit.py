"""Reading the audit trail."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import or_, select

from lado.extensions import db
from lado.models import AuditEvent, User
from lado.queries import access
from lado.queries.keyset import Cursor, Order, Page, in_order, page_of
from lado.rules.audit import AuditAction

SIZE = 50


def events(
    reader: User, cursor: Cursor, *, action: str = "", actor: str = "", record: str = ""
) -> Page[AuditEvent]:
    """The newest first; `actor` and `record` are public ids. What the reader may not know of is
    not in it."""
    about = AuditEvent.record
    open_to_them = or_(about.is_(None), about.not_in(access.closed_public_ids(reader)))
    chosen = ((AuditEvent.action, action), (AuditEvent.actor, actor), (about, record))
    narrowed = [column == value for column, value in chosen if value]
    known = select(AuditEvent).where(open_to_them)
    order = Order.by(AuditEvent, descending=True, name=AuditEvent.hash)
    return page_of(known, narrowed, order, cursor, in_order(AuditEvent), size=SIZE)


def names(events: Iterable[AuditEvent]) -> dict[str, str]:
    """The names of the users who did these things, by public id."""
    actors = {event.actor for event in events}
    rows = db.session.execute(select(User.public_id, User.name).where(User.public_id.in_(actors)))
    return {public_id: name for public_id, name in rows}  # noqa: C416 - rows are not pairs to mypy


def actors() -> list[tuple[str, str]]:
    """Every user who may stand in the trail, by name."""
    rows = db.session.execute(select(User.public_id, User.name).order_by(User.name))
    return [(public_id, name) for public_id, name in rows]


def shown_since(reader: User, people: Collection[str], since: datetime) -> set[str]:
    """Public ids of those of `people` of whom the trail says that the reader was shown them."""
    query = select(AuditEvent.record).where(
        AuditEvent.record.in_(people),
        AuditEvent.actor == reader.public_id,
        AuditEvent.action == AuditAction.PERSON_SHOWN.value,
        AuditEvent.at >= since,
    )
    return {each for each in db.session.scalars(query) if each}
