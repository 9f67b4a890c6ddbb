"""What the database is asked, for tests that a page does not ask for each row."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from lado.extensions import db


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)
