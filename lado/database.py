"""What differs between SQLite and PostgreSQL, and how a write begins. Nothing else may ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, event, func, make_url, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

BUSY_TIMEOUT_MS = 10_000
# What a connection keeps of the file: with SQLite's own 2 MB a quarter's figures are read from it
# anew for each table, the longer the older a register is.
CACHE_KB = 32 * 1024
AUDIT_LOCK = 0x1AD0
ID_BLOCK = 1000
UNIQUE_VIOLATION = {"23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}
MISSING = {"42P01", "42703"}

_writing: ContextVar[bool] = ContextVar("writing", default=False)


def engine_options(url: str) -> dict[str, Any]:
    """An error says which statement failed, never with what: that may be somebody's name."""
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000}}
    return {"hide_parameters": True, "pool_pre_ping": True}


def files(url: str, instance: Path) -> list[Path]:
    """The database itself and what SQLite keeps beside it, there or not. PostgreSQL minds its own.
    A relative name counts from the instance folder, as Flask-SQLAlchemy has it."""
    parts = make_url(url)
    if parts.get_backend_name() != "sqlite" or not parts.database:
        return []
    file = instance / parts.database
    return [file.with_name(file.name + suffix) for suffix in ("", "-wal", "-shm", "-journal")]


def prepare(engine: Engine) -> None:
    """Set up a new engine. On SQLite the driver's own transactions are switched off, because
    they begin too late for `BEGIN IMMEDIATE`."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _pragmas(dbapi_connection: Any, _record: Any) -> None:
        dbapi_connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            f"cache_size=-{CACHE_KB}",
        ):
            dbapi_connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


@contextmanager
def write_transaction(session: Session) -> Iterator[None]:
    """Commit at the end, roll back on any exception.

    Whatever was read before is read again inside, under the write lock, so a check and the act
    that depends on it are one step.
    """
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("Unsaved changes were made outside a service")
    session.rollback()
    token = _writing.set(True)
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        _writing.reset(token)


def lock_audit_chain(session: Session) -> None:
    """One writer of the chain at a time. SQLite's write transaction is that already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": AUDIT_LOCK})


def is_unique_violation(error: IntegrityError) -> bool:
    codes = {getattr(error.orig, name, None) for name in ("sqlstate", "sqlite_errorname")}
    return bool(codes & UNIQUE_VIOLATION)


def is_not_migrated(error: DBAPIError) -> bool:
    """A table or column is missing."""
    missing = str(error.orig).startswith(("no such table", "no such column"))
    return missing or getattr(error.orig, "sqlstate", None) in MISSING


def is_locked(error: DBAPIError) -> bool:
    return str(getattr(error.orig, "sqlite_errorname", "")).startswith("SQLITE_BUSY")


def fresh_ids(session: Session, table: Table) -> Iterator[int]:
    """Ids for new rows of `table` that are to be inserted in bulk, inside a write transaction."""
    if session.get_bind().dialect.name == "sqlite":
        yield from count((session.scalar(select(func.max(table.c.id))) or 0) + 1)
    name = session.get_bind().dialect.identifier_preparer.format_table(table)
    block = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :n)")
    while True:
        yield from session.scalars(block, {"name": name, "n": ID_BLOCK}).all()


SQLITE_APPEND_ONLY = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
{when} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
# REPLACE deletes the old row without asking the trigger above.
SQLITE_NO_REPLACE = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL_REFUSE = """
CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND {permitted} THEN RETURN OLD; END IF;
  RAISE EXCEPTION '{table} is append-only';
END $$
"""
POSTGRESQL_APPEND_ONLY = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_refuse()
"""
POSTGRESQL_NO_TRUNCATE = """
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()
"""
PERMIT = "EXISTS (SELECT 1 FROM disposal_permit)"


def append_only(
    connection: Connection, table: str, *, unique: tuple[str, ...], disposable: bool
) -> None:
    """Make the database refuse UPDATE, DELETE and REPLACE on `table`; called by migrations.

    `unique` are the columns by which a new row could replace an old one. `disposable` lets the
    disposal service delete while it holds its permit (models.audit).
    """
    if connection.dialect.name == "sqlite":
        when = f"WHEN NOT {PERMIT}" if disposable else ""
        for verb, condition in (("update", ""), ("delete", when)):
            connection.exec_driver_sql(
                SQLITE_APPEND_ONLY.format(table=table, verb=verb, when=condition)
            )
        same = " OR ".join(f"{column} = NEW.{column}" for column in unique)
        connection.exec_driver_sql(SQLITE_NO_REPLACE.format(table=table, same=same))
        return
    permitted = PERMIT if disposable else "FALSE"
    connection.exec_driver_sql(POSTGRESQL_REFUSE.format(table=table, permitted=permitted))
    connection.exec_driver_sql(POSTGRESQL_APPEND_ONLY.format(table=table))
    connection.exec_driver_sql(POSTGRESQL_NO_TRUNCATE.format(table=table))


def not_append_only(connection: Connection, table: str) -> None:
    """Undo `append_only`; called by migrations going down."""
    if connection.dialect.name == "sqlite":
        for verb in ("update", "delete", "replace"):
            connection.exec_driver_sql(f"DROP TRIGGER {table}_no_{verb}")
        return
    connection.exec_driver_sql(f"DROP FUNCTION {table}_refuse() CASCADE")
