"""One page of a list that belongs to one record or is short, by its number. The lists of records,
which grow, have `keyset`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from lado.extensions import db

SIZE = 25
MOST_PAGES = 100_000

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """`number` counts from 1. `total` is None where it was not counted."""

    items: Sequence[T]
    number: int
    total: int | None
    has_next: bool
    size: int = SIZE

    @property
    def previous_link(self) -> dict[str, int]:
        return {"page": self.number - 1} if self.number > 1 else {}

    @property
    def next_link(self) -> dict[str, int]:
        return {"page": self.number + 1} if self.has_next else {}

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1


def page_of(
    query: Select[T], number: int, *, total: int | None = None, size: int = SIZE
) -> Page[T]:
    """Rows of an ordered query. Give `total` when it is known some cheaper way than counting."""
    number = min(max(number, 1), MOST_PAGES)
    part = query.offset((number - 1) * size).limit(size + 1)
    rows: Sequence[Any] = db.session.scalars(part).unique().all()
    return Page(rows[:size], number, total, len(rows) > size, size)


def count(query: Select[Any]) -> int:
    ids = query.with_only_columns(query.selected_columns[0]).order_by(None)
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0
