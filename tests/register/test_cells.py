from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lado.register.cells import (
    clean_line,
    clean_lines,
    from_sheet,
    has_hidden,
)
from lado.rules.formulas import neutralise, starts_formula, undo

DANGEROUS = [
    "=1+1",
    "+44 20 7946 0000",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\u200b=1",
    "\ufeff=1",
    "\u00a0\u2003@x",
    "\u202e=1",
    "\u3164=1",
    "\u2800=1",
    "\ufe0f=1",
    "\U000e0101=1",
    "\x01=1",
    "\n=1",
    "'=1",
    "\u200b'=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
]
HARMLESS = ["", "O'Brien", "'quoted'", "A=1", "2012-13/0001", "  text", "…=1", "'", "é=1"]

hidden_and_signs = st.text(alphabet="='+-@\t\r \u200b\ufeff\u00a0ab１＝")


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_begins_a_formula_leaves_with_an_apostrophe_in_front(text):
    assert neutralise(text) == "'" + text
    assert undo(neutralise(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_leaves_as_it_is(text):
    assert neutralise(text) == text
    assert undo(text) == text


@given(st.one_of(st.text(), hidden_and_signs))
def test_undoing_gives_back_any_text(text):
    assert undo(neutralise(text)) == text


@given(st.one_of(st.text(), hidden_and_signs))
def test_nothing_neutralised_starts_with_a_sign(text):
    out = neutralise(text)
    assert out.startswith("'") or not starts_formula(out)


def test_text_is_brought_into_one_form():
    assert clean_line("  Zoe\u0308 \n Smith\t") == "Zoë Smith"
    assert clean_lines(" one\r\ntwo\rthree\vfour\tfive ") == "one\ntwo\nthree\nfour five"


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\x7f", "\u202eabc", "a\u2066b", "a\ud800"])
def test_characters_that_nobody_sees_are_found(text):
    assert has_hidden(text)


def test_characters_of_other_scripts_and_emoji_are_not_hidden():
    assert not has_hidden("مرحبا 👩‍👧 שלום\n\t")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ("text", "text"),
        (3.0, "3"),
        (2.5, "2.5"),
        (True, "Yes"),
        (False, "No"),
        (date(2013, 2, 25), date(2013, 2, 25)),
        (datetime(2013, 2, 25, 14, 30), date(2013, 2, 25)),  # noqa: DTZ001 - as sheets have them
        (time(9, 30), "09:30:00"),
    ],
)
def test_cells_of_a_sheet(value, cell):
    found = from_sheet(value)
    assert found == cell
    assert type(found) is type(cell)
