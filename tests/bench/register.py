"""Loading a register beside a bare bulk insert of the very same rows into the same tables."""

import shutil
import sqlite3
from pathlib import Path

from lado import create_app
from lado.config import Config
from lado.extensions import db
from lado.models import Base
from lado.register.loading import load
from lado.services.audit import COMMAND_LINE
from tests.bench.timing import Compared, compare, seconds

WATCHING = "SELECT name FROM sqlite_master WHERE name LIKE 'search_watch_%'"
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
# The index is ours to fill: the bare insert neither notices nor indexes.
ALREADY_THERE = {"term", "search_entry", "advice_template"}


def measure(data: bytes, template: Path, config: Config, *, rounds: int) -> Compared:
    """`template` is a database with the shipped lists and nothing else."""
    folder = template.parent
    loaded = folder / "register.sqlite"
    _load(data, template, loaded, config)
    rows = _rows_of(loaded)
    return compare(
        lambda: _load(data, template, folder / "ours.sqlite", config),
        lambda: _insert(rows, template, folder / "bare.sqlite"),
        rounds=rounds,
        warm=False,
    )


def _fresh(template: Path, path: Path) -> None:
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    shutil.copy(template, path)


def _load(data: bytes, template: Path, path: Path, config: Config) -> float:
    _fresh(template, path)
    app = create_app(
        Config(
            instance=config.instance,
            database_url=f"sqlite:///{path}",
            secret_key=config.secret_key,
        )
    )
    with app.app_context():
        taken = seconds(lambda: load(data, by=COMMAND_LINE))
        db.session.remove()
        db.engine.dispose()
    return taken


Rows = list[tuple[str, list[tuple[object, ...]]]]


def _rows_of(path: Path) -> Rows:
    """With the statement for each table, in the order in which tables refer to each other."""
    connection = sqlite3.connect(path)
    found: Rows = []
    for table in Base.metadata.sorted_tables:
        if table.name not in ALREADY_THERE:
            rows = connection.execute(f'SELECT * FROM "{table.name}"').fetchall()  # noqa: S608
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                found.append((f'INSERT INTO "{table.name}" VALUES ({marks})', rows))  # noqa: S608
    connection.close()
    return found


def _insert(rows: Rows, template: Path, path: Path) -> float:
    _fresh(template, path)
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    for (name,) in connection.execute(WATCHING).fetchall():
        connection.execute(f"DROP TRIGGER {name}")

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for statement, batch in rows:
            connection.executemany(statement, batch)
        connection.execute("COMMIT")

    taken = seconds(insert)
    connection.close()
    return taken
