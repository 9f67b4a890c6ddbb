"""The full-text index follows whatever is written, in the same transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import groupby
from operator import attrgetter
from typing import cast

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    bindparam,
    delete,
    event,
    func,
    insert,
    literal,
    literal_column,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session

from lado import fulltext
from lado.extensions import db
from lado.models import SearchEntry, User
from lado.queries.search_documents import compose
from lado.queries.search_sources import RECORDS
from lado.rules.audit import AuditAction
from lado.rules.search import SearchKind
from lado.services import audit
from lado.services.audit import Actor
from lado.services.transaction import writes

_followed: ContextVar[bool] = ContextVar("followed", default=True)
BATCH = 500
# Not `stale = 1`, which SQLite does not look up in the index of the stale ones.
STALE: ColumnElement[bool] = literal_column("stale")


@contextmanager
def not_followed() -> Iterator[None]:
    """While migrations are under way the tables may not be those that the models describe. What is
    written meanwhile waits for the next that is followed: so many writings cost one indexing."""
    token = _followed.set(False)
    try:
        yield
    finally:
        _followed.reset(token)


@event.listens_for(db.session, "before_commit")
def follow(session: Session) -> None:
    """Index anew what the database's triggers saw change, whoever wrote it."""
    if not _followed.get():
        return
    session.flush()
    query = select(SearchEntry.kind, SearchEntry.record_id, SearchEntry.place).where(STALE)
    while entries := session.execute(query.order_by(SearchEntry.kind).limit(BATCH)).all():
        for kind, of_kind in groupby(entries, attrgetter("kind")):
            _index(session, kind, {row.record_id: row.place for row in of_kind})


def _index(session: Session, kind: SearchKind, before: dict[int, int | None]) -> None:
    documents = compose(kind, before)
    places = {id_: fulltext.place(each.day, id_) for id_, each in documents.items()}
    fulltext.remove(session, kind, (place for place in before.values() if place is not None))
    fulltext.put(session, kind, {places[id_]: each.words for id_, each in documents.items()})
    entry = cast(Table, SearchEntry.__table__).c
    this = and_(entry.kind == kind, entry.record_id == bindparam("record"))
    indexed = [{"record": id_, "at": place} for id_, place in places.items()]
    gone = [{"record": id_} for id_ in before if id_ not in places]
    connection = session.connection()
    if indexed:
        now = update(entry.kind.table).values(place=bindparam("at"), stale=False)
        connection.execute(now.where(this), indexed)
    if gone:
        connection.execute(delete(entry.kind.table).where(this), gone)


@writes(AuditAction.SEARCH_REBUILT)
def rebuild(*, by: Actor) -> int:
    """From nothing; says of how many records. Nobody else can save while it lasts."""
    session = db.session()
    fulltext.clear(session)
    session.execute(delete(SearchEntry))
    for kind, model in RECORDS.items():
        every = select(literal(kind), model.id, true())
        names = [SearchEntry.kind, SearchEntry.record_id, SearchEntry.stale]
        session.execute(insert(SearchEntry).from_select(names, every, include_defaults=False))
    number = session.scalar(select(func.count()).select_from(SearchEntry)) or 0
    audit.record(AuditAction.SEARCH_REBUILT, None, by=by, records=number)
    return number


@writes(AuditAction.SEARCHED)
def searched(*, found: int, by: User) -> None:
    """Note that somebody searched, and how many records they found; never what was asked for."""
    audit.record(AuditAction.SEARCHED, None, by=by, found=found)
