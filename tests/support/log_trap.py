"""No name of anybody may reach a log. Every test runs with this trap set."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.support.cast import PASSWORD

# Surnames and addresses that occur in the tests and nowhere else.
NEVER_LOGGED = ("Testwell", "@example.test", PASSWORD)


@contextmanager
def nobody_is_named() -> Iterator[None]:
    """Looks at each record as it is made, so no handler, filter or level after it matters."""
    make = logging.getLogRecordFactory()
    caught: list[str] = []

    def look(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        words = record.getMessage()
        if record.exc_info and record.exc_info[1]:
            words += "".join(traceback.format_exception(record.exc_info[1]))
        if any(name in words for name in NEVER_LOGGED):
            caught.append(f"{record.name}: {record.msg}")
        return record

    logging.setLogRecordFactory(look)
    try:
        yield
    finally:
        logging.setLogRecordFactory(make)
    assert caught == [], "A log line named somebody"


@pytest.fixture(autouse=True)
def log_trap() -> Iterator[None]:
    with nobody_is_named():
        yield
