"""The trap that watches every test's log catches what it is there for."""

import logging

import pytest

from tests.support.log_trap import nobody_is_named

log = logging.getLogger("lado.trapped")


@pytest.fixture(autouse=True)
def log_trap() -> None:
    """This test names somebody on purpose."""


@pytest.mark.parametrize("words", ["Lada Testwell signed in", "sent to lado@example.test"])
def test_it_catches_a_name(words: str) -> None:
    with pytest.raises(AssertionError, match="named somebody"), nobody_is_named():
        log.warning("About %s", words)


def test_it_lets_an_opaque_id_through() -> None:
    with nobody_is_named():
        log.warning("User %s signed in", "AbCdEfGhIjKlMnOpQrStUv")
