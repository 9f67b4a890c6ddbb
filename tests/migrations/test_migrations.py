"""Each revision goes up and down with data in it, on both engines."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select, text

from lado.extensions import db
from lado.models import Base, Note, Term
from lado.rules.shipped_terms import SHIPPED_TERMS
from tests.conftest import make_app, make_config
from tests.factories import make_case

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bare_app(empty_database: Callable[[], str], tmp_path: Path) -> Flask:
    return make_app(make_config(empty_database(), tmp_path))


def test_revisions_are_numbered_without_a_gap_and_have_one_head() -> None:
    script = ScriptDirectory(str(ROOT / "migrations"))
    numbers = sorted(revision.revision for revision in script.walk_revisions())
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
    assert script.get_heads() == [numbers[-1]]


def test_the_schema_equals_the_models(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_up_down_up_is_stable(bare_app: Flask) -> None:
    with bare_app.app_context():
        upgrade()
        before = schema()
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
        upgrade()
        assert schema() == before


def test_going_down_with_records_in_it_leaves_nothing_behind(app: Flask, cast: object) -> None:
    make_case()
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
    if db.engine.dialect.name == "postgresql":
        functions = db.session.scalar(
            text("SELECT count(*) FROM pg_proc WHERE proname LIKE '%\\_refuse'")
        )
        assert functions == 0


def test_every_shipped_term_is_there_once_with_its_parent(app: Flask) -> None:
    assert db.session.scalar(select(func.count()).select_from(Term)) == len(SHIPPED_TERMS)
    stored = {
        (term.group, term.code): (term.label, term.parent.code if term.parent else None)
        for term in db.session.scalars(select(Term))
    }
    for shipped in SHIPPED_TERMS:
        assert stored[shipped.group, shipped.code] == (shipped.label, shipped.parent)


def test_append_only_tables_keep_their_triggers_after_the_last_revision(app: Flask) -> None:
    for table in ("audit_event", Note.__tablename__):
        names = trigger_names(table)
        assert names, f"{table} can be changed"


def trigger_names(table: str) -> list[str]:
    if db.engine.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
    else:
        query = (
            "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE relname = :table AND NOT tgisinternal"
        )
    return list(db.session.scalars(text(query), {"table": table}))


def schema() -> dict[str, object]:
    inspector = inspect(db.engine)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)],
            sorted(str(c["name"]) for c in inspector.get_check_constraints(table)),
            sorted(str(i["name"]) for i in inspector.get_indexes(table)),
            sorted(str(f["name"]) for f in inspector.get_foreign_keys(table)),
        )
        for table in sorted(inspector.get_table_names())
    }
