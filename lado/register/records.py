"""Records made in memory, table by table, to be saved in one go."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from secrets import token_urlsafe
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from lado.models import Base
from lado.rules.vocabulary import Origin

Record = dict[str, Any]
Ids = Callable[[Table], Iterator[int]]


def table_of(model: type[Base]) -> Table:
    return cast(Table, model.__table__)


def public_id() -> str:
    return token_urlsafe(16)


class Records:
    def __init__(self, ids: Ids, now: datetime) -> None:
        self.rows: dict[Table, list[Record]] = defaultdict(list)
        self._ids = ids
        self._now = now
        self._next: dict[type[Base], tuple[Iterator[int], list[Record], Record]] = {}

    def add(self, model: type[Base], **values: Any) -> int:
        """The new row's id."""
        ids, rows, common = self._next.get(model) or self._begin(model)
        new = next(ids)
        rows.append({"id": new, **common, **values})
        return new

    def _begin(self, model: type[Base]) -> tuple[Iterator[int], list[Record], Record]:
        table = table_of(model)
        begun = self._next[model] = (self._ids(table), self.rows[table], self._common(table))
        return begun

    def _common(self, table: Table) -> Record:
        """The models' plain defaults, worked out once for each table and not for each row."""
        common = {
            column.name: column.default.arg
            for column in table.columns
            if isinstance(column.default, ScalarElementColumnDefault)
        }
        if "origin" in table.columns:
            common |= {"origin": Origin.REGISTER, "entered_at": self._now}
        return common
