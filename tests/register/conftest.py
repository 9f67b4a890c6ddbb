"""A second, empty system to load an export into."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from tests.conftest import in_use, make_app, make_config

Found = TypeVar("Found")


@pytest.fixture
def in_another(
    migrated_database: Callable[[], str], tmp_path: Path
) -> Callable[[Callable[[], Found]], Found]:
    """Runs something there."""

    def run(action: Callable[[], Found]) -> Found:
        with in_use(make_app(make_config(migrated_database(), tmp_path))):
            return action()

    return run
