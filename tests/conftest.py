"""Fixtures: a fresh migrated database for each test, on SQLite and where it matters PostgreSQL."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask, g
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import select

from lado import create_app
from lado.config import Config, Hashing
from lado.extensions import db
from lado.models import Term
from lado.rules.vocabulary import TermGroup
from tests.support import postgres
from tests.support.cast import Cast, make_cast
from tests.support.client import Client
from tests.support.log_trap import log_trap  # noqa: F401 - set for every test

REGISTER = Path(__file__).parent / "data" / "wscb-register.csv"
BOTH_ENGINES = {
    "models", "services", "queries", "register", "reports", "cli", "migrations", "security",
}  # fmt: skip


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """As a shell has it. A test that reads the settings from the environment changes it."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        folder = Path(metafunc.definition.path).parent.name
        engines = ["sqlite", "postgresql"] if folder in BOTH_ENGINES else ["sqlite"]
        metafunc.parametrize("engine", engines, scope="session")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def empty_database(
    engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], str]:
    """Makes a database without any table and gives its URL."""
    if engine == "sqlite":
        return lambda: f"sqlite:///{tmp_path_factory.mktemp('db') / 'lado.sqlite'}"
    server = request.getfixturevalue("postgres_server")
    return lambda: server.url(server.create_database())


@pytest.fixture(scope="session")
def copies_of(
    engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Callable[[], str]]:
    """For the URL of a database that nobody uses any more: makes copies, and gives their URLs."""

    def sqlite(template: str) -> str:
        path = tmp_path_factory.mktemp("db") / "lado.sqlite"
        shutil.copy(template.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"

    def postgresql(template: str) -> str:
        server = request.getfixturevalue("postgres_server")
        name = template.partition("?")[0].rpartition("/")[2]
        return server.url(server.create_database(template=name))

    copy = sqlite if engine == "sqlite" else postgresql
    return lambda template: partial(copy, template)


@pytest.fixture(scope="session")
def migrated_database(
    empty_database: Callable[[], str],
    copies_of: Callable[[str], Callable[[], str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[], str]:
    """Makes a copy of a database that the migrations made, and gives its URL."""
    template = empty_database()
    with running(template, tmp_path_factory.mktemp("template")):
        upgrade()
    return copies_of(template)


@pytest.fixture(scope="session")
def register_database(
    migrated_database: Callable[[], str],
    copies_of: Callable[[str], Callable[[], str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[], str]:
    """Makes a copy of a database into which the register of `tests/data` was loaded."""
    template = migrated_database()
    with running(template, tmp_path_factory.mktemp("register")) as app:
        done = app.test_cli_runner().invoke(args=["register", "import", str(REGISTER)])
        assert done.exit_code == 0, done.stderr
    return copies_of(template)


@contextmanager
def running(url: str, instance: Path) -> Iterator[Flask]:
    app = create_app(make_config(url, instance))
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def make_config(url: str, instance: Path) -> Config:
    return Config(
        instance=instance,
        database_url=url,
        secret_key="only for tests " * 4,
        hashing=Hashing(memory_kib=8, rounds=1, lanes=1),
    )


@pytest.fixture
def config(migrated_database: Callable[[], str], tmp_path: Path) -> Config:
    return make_config(migrated_database(), tmp_path)


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    """The application on its own database, with a context pushed."""
    app = make_app(config)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def bare_app(empty_database: Callable[[], str], tmp_path: Path) -> Flask:
    """On a database in which there is no table."""
    return make_app(make_config(empty_database(), tmp_path))


@pytest.fixture
def demonstration_app(config: Config) -> Iterator[Flask]:
    app = make_app(replace(config, demonstration=True))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


# Each test has an application of its own, but the templates need to be compiled only once.
template_folder = TemporaryDirectory(prefix="lado-templates-")
templates = FileSystemBytecodeCache(template_folder.name)


def make_app(config: Config) -> Flask:
    app = create_app(config)
    app.testing = True
    app.jinja_env.bytecode_cache = templates
    app.before_request_funcs.setdefault(None, []).insert(0, forget_the_last_request)
    return app


def forget_the_last_request() -> None:
    """The context that a test pushes lives on, and with it who was signed in."""
    for name in list(g):
        g.pop(name)


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.fixture
def client_for(app: Flask) -> Callable[..., Client]:
    """A browser in which a user is signed in; with nobody, a stranger's."""
    return lambda user=None: Client(app, user)


@pytest.fixture
def term(app: Flask) -> Callable[[TermGroup, str], Term]:
    def find(group: TermGroup, label: str) -> Term:
        return db.session.scalars(
            select(Term).where(Term.group == group, Term.label == label)
        ).one()

    return find
