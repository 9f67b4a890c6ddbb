"""Names that are kept back, and the warning that goes with all that is printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lado.rules.folding import fold
from lado.rules.protection import REPORTING, WITHHELD, reporting_warning, without_names


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Mrs Zoë O'Brien rang.", f"Mrs {WITHHELD} rang."),
        ("ZOE OBRIEN and Zoë", f"{WITHHELD} and {WITHHELD}"),
        ("O’Brien’s brother", "O’Brien’s brother"),
        ("Nobody said so", "Nobody said so"),
        ("", ""),
    ],
)
def test_a_name_goes_in_whatever_spelling(text: str, left: str) -> None:
    assert without_names(text, ["Mrs Zoe O’Brien"]) == left


@given(st.text(), st.text(alphabet="abcdeé", min_size=3, max_size=9))
def test_no_word_of_the_name_is_left_and_a_text_without_it_stays(text: str, name: str) -> None:
    assert name not in fold(without_names(f"{text} {name} {text}", [name])).split()
    if fold(name) not in fold(text).split():
        assert without_names(text, [name]) == text


def test_the_warning_stands_while_the_restriction_does() -> None:
    assert reporting_warning(in_force=True) == [REPORTING]
    assert reporting_warning(in_force=False) == []
