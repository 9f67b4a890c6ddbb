"""Fixtures: a fresh migrated database for each test, on SQLite and where it matters PostgreSQL."""

import gc
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Dialect, event, make_url, select
from werkzeug.test import TestResponse

from lado import create_app
from lado.config import Config, Hashing
from lado.extensions import db
from lado.models import Term
from lado.rules.vocabulary import TermGroup
from tests.support import postgres, sqlite
from tests.support.cast import Cast, found_cast, make_cast
from tests.support.client import Client
from tests.support.log_trap import log_trap  # noqa: F401 - set for every test

REGISTER = Path(__file__).parent / "data" / "wscb-register.csv"
BOTH_ENGINES = {
    "models", "queries", "register", "reports", "migrations", "security",
}  # fmt: skip
# Of the others those that race, lock, compare texts or load much.
MODULES_ON_BOTH = {
    "services/test_transaction", "services/test_draft", "services/test_same_person",
    "services/test_pseudonym", "services/test_session", "services/test_document",
    "services/test_consultation", "services/test_organisation_merge", "services/test_invitation",
    "services/test_second_factor", "services/test_sign_in", "services/test_suspected_conflict",
    "services/test_user", "services/test_minutes", "services/test_received_facts",
    "cli/test_register", "services/test_reminder",
}  # fmt: skip

Databases = postgres.Server | sqlite.Files
Prepared = Callable[[Callable[[], object]], Callable[[], str]]


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """As a shell has it. A test that reads the settings from the environment changes it."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def pytest_collection() -> None:
    gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What drives a browser first: a long test that begins last is waited for by one worker."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is None)


def pytest_collection_finish() -> None:
    """What was imported stays, so the collector need never look through it."""
    gc.freeze()
    gc.enable()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        path = Path(metafunc.definition.path)
        chosen = (
            path.parent.name in BOTH_ENGINES or f"{path.parent.name}/{path.stem}" in MODULES_ON_BOTH
        )
        alone = metafunc.definition.get_closest_marker("sqlite_only")
        both = chosen and alone is None
        engines = ["sqlite", "postgresql"] if both else ["sqlite"]
        metafunc.parametrize("engine", engines, scope="session")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def databases(engine: str, request: pytest.FixtureRequest) -> Iterator[Databases]:
    if engine == "postgresql":
        yield request.getfixturevalue("postgres_server")
        return
    with sqlite.running() as files:
        yield files


@pytest.fixture(scope="session")
def migrated_database(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], str]:
    """Makes a copy of a database that the migrations made, and gives its URL."""
    template = databases.create()
    with in_use(create_app(make_config(template, tmp_path_factory.mktemp("template")))):
        upgrade()
    return partial(databases.create, template)


@pytest.fixture(scope="session")
def register_database(
    databases: Databases,
    migrated_database: Callable[[], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[], str]:
    """Makes a copy of a database into which the register of `tests/data` was loaded."""
    template = migrated_database()
    with in_use(create_app(make_config(template, tmp_path_factory.mktemp("register")))) as app:
        done = app.test_cli_runner().invoke(args=["register", "import", str(REGISTER)])
        assert done.exit_code == 0, done.stderr
    return partial(databases.create, template)


@pytest.fixture(scope="session")
def prepared(
    databases: Databases,
    migrated_database: Callable[[], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Prepared:
    """Lets a function make once what many tests begin with; each gets a copy of the database."""

    @cache
    def after(make: Callable[[], object]) -> Callable[[], str]:
        template = migrated_database()
        with in_use(create_app(make_config(template, tmp_path_factory.mktemp("prepared")))):
            make()
        return partial(databases.create, template)

    return after


@contextmanager
def in_use(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        try:
            yield app
        finally:
            # A register that it still checks or loads needs its database and folder.
            for thread in threading.enumerate():
                if thread.name == "register":
                    thread.join()
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
def new_database(
    request: pytest.FixtureRequest, migrated_database: Callable[[], str], prepared: Prepared
) -> Callable[[], str]:
    """Makes what a test begins with; a module may put another in its place."""
    return prepared(make_cast) if "cast" in request.fixturenames else migrated_database


@pytest.fixture
def config(
    databases: Databases, new_database: Callable[[], str], tmp_path: Path
) -> Iterator[Config]:
    url = new_database()
    yield make_config(url, tmp_path)
    databases.drop(url)


@pytest.fixture(scope="session")
def lasting_app(
    migrated_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Flask:
    """Making an application takes longer than most tests do, and one that has lasted knows its
    templates and statements. Its engine connects to wherever its URL leads now."""
    app = make_app(make_config(migrated_database(), tmp_path_factory.mktemp("app")))
    with app.app_context():
        engine = db.engine

    @event.listens_for(engine, "do_connect")
    def _connect(dialect: Dialect, _record: object, _there: object, options: Any) -> Any:
        there, more = dialect.create_connect_args(engine.url)
        return dialect.connect(*there, **options | more)

    return app


@pytest.fixture
def app(lasting_app: Flask, config: Config) -> Iterator[Flask]:
    """The application on the test's own database and folder, with a context pushed."""
    app, settings = lasting_app, dict(lasting_app.config)
    app.config.from_mapping(config.flask())
    app.instance_path = str(config.instance)
    with app.app_context():
        db.engine.url = make_url(config.database_url)
    with in_use(app):
        yield app
    app.config.clear()
    app.config.update(settings)


@pytest.fixture
def own_app(config: Config) -> Iterator[Flask]:
    """As `app`, but made for this test alone, which may add to it."""
    with in_use(make_app(config)) as app:
        yield app


@pytest.fixture
def bare_app(databases: Databases, tmp_path: Path) -> Flask:
    """On a database in which there is no table."""
    return make_app(make_config(databases.create(), tmp_path))


@pytest.fixture
def demonstration_app(config: Config) -> Iterator[Flask]:
    with in_use(make_app(replace(config, demonstration=True))) as app:
        yield app


# However many applications there are, the templates need to be compiled only once.
template_folder = TemporaryDirectory(prefix="lado-templates-")
templates = FileSystemBytecodeCache(template_folder.name)


class ClosingClient(FlaskClient):
    """A long request lies in a temporary file, which Werkzeug leaves open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        response.request.environ["wsgi.input"].close()
        return response


def make_app(config: Config) -> Flask:
    app = create_app(config)
    app.testing = True
    app.test_client_class = ClosingClient
    app.jinja_env.bytecode_cache = templates
    app.url_value_preprocessors.setdefault(None, []).insert(0, forget_the_last_request)
    return app


def forget_the_last_request(_endpoint: str | None, _values: object) -> None:
    """The context that a test pushes lives on, and with it who was signed in."""
    for name in list(g):
        g.pop(name)


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Made already, unless a module has a database of its own."""
    return found_cast() or make_cast()


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
