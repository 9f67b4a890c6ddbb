"""A second, empty system to load an export into."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from lado.extensions import db
from tests.conftest import make_app, make_config

Found = TypeVar("Found")


@pytest.fixture
def in_another(
    migrated_database: Callable[[], str], tmp_path: Path
) -> Callable[[Callable[[], Found]], Found]:
    """Runs something there."""

    def run(action: Callable[[], Found]) -> Found:
        other = make_app(make_config(migrated_database(), tmp_path))
        with other.app_context():
            try:
                return action()
            finally:
                db.session.remove()
                db.engine.dispose()

    return run
