"""The register in a database, loaded once for each engine."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from lado import database


@pytest.fixture(scope="session")
def register_engine(register_database: Callable[[], str]) -> Iterator[Engine]:
    engine = create_engine(register_database())
    database.prepare(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def register(register_engine: Engine) -> Iterator[Session]:
    """A session on the register's records; what a test adds is rolled back."""
    with Session(register_engine) as session:
        yield session
        session.rollback()
