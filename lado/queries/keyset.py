"""One page of a list. It begins after a record and not at a number, so that pages stay what they
are while records are added, and a far one costs no more than the first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from lado.extensions import db
from lado.queries.paging import SIZE

MOST_COUNTED = 1000
BATCH = 1000

T = TypeVar("T")


@dataclass(frozen=True)
class Cursor:
    """A page begins after, or ends before, the record of this opaque name. Neither: the first."""

    after: str = ""
    before: str = ""


FIRST_PAGE = Cursor()


@dataclass(frozen=True)
class Page(Generic[T]):
    """`first` is the place in the list of the first item; None beyond MOST_COUNTED, as `total`."""

    items: Sequence[T]
    first: int | None
    total: int | None
    previous: str | None
    next: str | None
    size: int = SIZE

    @property
    def previous_link(self) -> dict[str, str | None]:
        """The parts of the address that change, as for numbered pages; nothing where there is no
        page."""
        return {"before": self.previous, "after": None} if self.previous else {}

    @property
    def next_link(self) -> dict[str, str | None]:
        return {"after": self.next, "before": None} if self.next else {}

    @property
    def last(self) -> int | None:
        return self.first and self.first + len(self.items) - 1


@dataclass(frozen=True)
class Key:
    column: Any
    descending: bool = False

    def turned(self) -> "Key":
        return Key(self.column, not self.descending)

    @property
    def ordered(self) -> Any:
        return self.column.desc() if self.descending else self.column.asc()


@dataclass(frozen=True)
class Order:
    """How a list of `model` is ordered: by `keys`, of which the last is its id. `name` is the
    column that a cursor tells a record by."""

    model: Any
    keys: tuple[Key, ...]
    name: Any

    @classmethod
    def by(cls, model: Any, *columns: Any, descending: bool = False, name: Any = None) -> "Order":
        """All in one direction; a `Key` among the columns has its own."""
        keys = [each if isinstance(each, Key) else Key(each, descending) for each in columns]
        return cls(model, (*keys, Key(model.id, descending)), name or model.public_id)

    def turned(self) -> "Order":
        return Order(self.model, tuple(key.turned() for key in self.keys), self.name)

    def columns(self) -> list[Any]:
        return [self.name, *(key.column for key in self.keys)]

    def sort(self, query: Select[Any]) -> Select[Any]:
        return query.order_by(None).order_by(*(key.ordered for key in self.keys))

    def beyond(self, values: Sequence[Any]) -> ColumnElement[bool]:
        """What comes after a record with these values."""
        first, value = self.keys[0].column, values[0]
        # Says no more than the rest, but an index can begin there.
        near = first <= value if self.keys[0].descending else first >= value
        return and_(near, _beyond(self.keys, values))


def _beyond(keys: Sequence[Key], values: Sequence[Any]) -> ColumnElement[bool]:
    column, value = keys[0].column, values[0]
    further: ColumnElement[bool] = column < value if keys[0].descending else column > value
    if len(keys) == 1:
        return further
    return or_(further, and_(column == value, _beyond(keys[1:], values[1:])))


def page_of(
    known: Select[Any],
    narrowed: Sequence[ColumnElement[bool]],
    order: Order,
    cursor: Cursor,
    rows: Callable[[Sequence[int]], Sequence[T]],
    *,
    size: int = SIZE,
) -> Page[T]:
    """Of the records that the reader may know of, those that fit. A cursor may name any that are
    known, whether it still fits or not; of no other it tells anything."""
    query = known.where(*narrowed)
    found, has_previous, has_next = _window(known, query, order, cursor, size)
    if not found:
        return Page([], None, 0, None, None, size)
    first = 1 + _number_before(query, order, found[0][1:]) if has_previous else 1
    total = _count(query, most=MOST_COUNTED + 1)
    known_first = first if first <= MOST_COUNTED else None
    return Page(
        rows([row[-1] for row in found]),
        known_first,
        total if known_first and total <= MOST_COUNTED else None,
        found[0][0] if has_previous else None,
        found[-1][0] if has_next else None,
        size,
    )


def in_order(model: Any, *options: Any) -> Callable[[Sequence[int]], Sequence[Any]]:
    """Fetches records of these ids, in their order."""

    def rows(ids: Sequence[int]) -> Sequence[Any]:
        query = select(model).where(model.id.in_(ids)).options(*options)
        by_id = {record.id: record for record in db.session.scalars(query).unique()}
        return [by_id[id_] for id_ in ids]

    return rows


def _window(
    known: Select[Any], query: Select[Any], order: Order, cursor: Cursor, size: int
) -> tuple[list[Any], bool, bool]:
    """The rows of a page, and whether there are others before and after it."""
    if cursor.before and (edge := _values(known, order, cursor.before)):
        found = _ordered(query.where(order.turned().beyond(edge)), order.turned(), size + 1)
        if len(found) > size:
            return found[size - 1 :: -1], True, True
    if cursor.after and (edge := _values(known, order, cursor.after)):
        found = _ordered(query.where(order.beyond(edge)), order, size + 1)
        if found:
            return found[:size], True, len(found) > size
    found = _ordered(query, order, size + 1)
    return found[:size], False, len(found) > size


def _values(known: Select[Any], order: Order, name: str) -> Sequence[Any] | None:
    query = known.where(order.name == name).with_only_columns(*order.columns()[1:])
    return db.session.execute(query.order_by(None)).first()


def _ordered(query: Select[Any], order: Order, most: int) -> list[Any]:
    """The name and the keys of each row; the last of them is its id."""
    part = order.sort(query).with_only_columns(*order.columns()).limit(most)
    return list(db.session.execute(part).all())


def _number_before(query: Select[Any], order: Order, values: Sequence[Any]) -> int:
    return _count(query.where(order.turned().beyond(values)), most=MOST_COUNTED)


def _count(query: Select[Any], *, most: int) -> int:
    ids = query.with_only_columns(query.selected_columns[0]).order_by(None)
    return db.session.scalar(select(func.count()).select_from(ids.limit(most).subquery())) or 0


def whole(
    known: Select[Any],
    narrowed: Sequence[ColumnElement[bool]],
    order: Order,
    rows: Callable[[Sequence[int]], Sequence[T]],
) -> Iterator[T]:
    """All pages, without holding more than a batch."""
    query, edge = known.where(*narrowed), None
    while True:
        part = query.where(order.beyond(edge)) if edge else query
        found = _ordered(part, order, BATCH)
        yield from rows([row[-1] for row in found])
        if len(found) < BATCH:
            return
        edge = found[-1][1:]
