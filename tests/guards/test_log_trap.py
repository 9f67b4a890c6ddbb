"""The trap that watches every test's log catches what it is there for."""

import logging

import pytest

from tests.support.log_trap import log_trap as trap

log = logging.getLogger("lado.trapped")


@pytest.mark.parametrize("words", ["Lada Testwell signed in", "sent to lado@example.test"])
def test_it_catches_a_name(words: str) -> None:
    watch = trap.__wrapped__()  # type: ignore[attr-defined]
    next(watch)
    log.warning("About %s", words)
    with pytest.raises(AssertionError, match="named somebody"):
        next(watch)
