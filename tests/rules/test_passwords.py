import pytest

from lado.rules import passwords
from lado.rules.passwords import TOO_CLOSE, TOO_COMMON, TOO_LONG, TOO_SHORT, problem

CONTEXT = ("Ada Testwell", "ada.testwell@example.test", "Wexcombe Council")


@pytest.mark.parametrize(
    "password",
    [
        "quiet lantern harbour",
        "onlylowercaseletterz",
        "  blanks stay where they are  ",
        "Cŵn a chathod ar y traeth",
        "ydmwqkzptbnx",
        "quiet council lantern harbour",
        "ladolcevitawithoutend",
        "two million " + "grey pigeons sleeping " * 5,
    ],
)
def test_a_password_that_is_hard_to_guess_needs_nothing_else(password):
    assert problem(password, CONTEXT) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", TOO_SHORT),
        ("kx7pQzmw2vt", TOO_SHORT),
        ("x" * 129, TOO_LONG),
        ("password1234", TOO_COMMON),
        ("Password12345!", TOO_COMMON),
        ("qwertyuiopas", TOO_COMMON),
        ("aaaaaaaaaaaaaaaa", TOO_COMMON),
        ("letmeinletmein", TOO_COMMON),
        ("monkeydragon12", TOO_COMMON),
        ("lado-safeguarding-2026", TOO_CLOSE),
        ("SafeguardingCouncil1", TOO_CLOSE),
        ("Safeguarding Lado Register Allegations", TOO_CLOSE),
        ("Testwell-2026-Ada!!", TOO_CLOSE),
        ("wexcombecouncillado", TOO_CLOSE),
    ],
)
def test_a_password_that_others_would_try_is_refused(password, why):
    assert problem(password, CONTEXT) == why


def test_the_limits_are_themselves_allowed():
    assert problem("kx7pQzmw2vtj") is None
    assert problem(("kx7pQzmw2vtj" * 11)[: passwords.LONGEST]) is None


def test_any_text_is_looked_at_quickly():
    for text in ("\x00" * 100, "🦉" * 120, "\u202e" + "a1" * 50, "é" * 128):
        problem(text, CONTEXT)
