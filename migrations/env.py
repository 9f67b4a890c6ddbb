"""Runs the revisions against the application's own database, in one transaction."""

from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app

from lado import fulltext
from lado.models.base import Base, Moment
from lado.services.person_keys import index_everybody
from lado.services.search_index import not_followed
from lado.services.suspected_conflict import compare_enquiries, compare_everybody

db = current_app.extensions["migrate"].db


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Revisions name plain column types, so that they do not change when the models do."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


def is_described(name: str | None, kind: str, _parents: Any) -> bool:
    """The tables of the full-text index have no models."""
    return not (kind == "table" and fulltext.is_index(name))


def run() -> None:
    before = set(sa.inspect(db.engine).get_table_names())
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # A batch operation replaces a table, which the foreign keys on it would not allow.
            # Said to the driver itself, because inside a transaction it would change nothing.
            connection.connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]
            # Nor would the triggers that read it.
            connection.connection.execute("PRAGMA legacy_alter_table=ON")  # type: ignore[attr-defined]
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=True,
            include_name=is_described,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
            if sqlite:
                broken = connection.execute(sa.text("PRAGMA foreign_key_check")).all()
                if broken:
                    raise RuntimeError(f"The migration breaks {len(broken)} foreign keys")
        fulltext.watch(connection)
        connection.commit()
        if sqlite:
            connection.connection.execute("PRAGMA legacy_alter_table=OFF")  # type: ignore[attr-defined]
            connection.connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[attr-defined]
        now = set(sa.inspect(connection).get_table_names())
    if "person_key" in now:
        # Derived by today's rules: a revision that changes these empties the table.
        with not_followed():
            index_everybody(as_given="given_name" in now)
            if "enquiry_closed_to" in now - before:
                # What was on record before users were compared with it.
                compare_enquiries() if "suspected_conflict" in before else compare_everybody()


run()
