"""Names that are kept back, and the warning that goes with all that is printed."""

import unicodedata
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lado.rules import protection
from lado.rules.folding import fold, folded_words
from lado.rules.matching import Called
from lado.rules.ordinary_words import NEVER, ORDINARY
from lado.rules.protection import (
    REPORTING,
    WITHHELD,
    names_standing,
    reporting_warning,
    without_names,
)

CALLERS = ["Mrs Zoë O’Brien", "Jo Ng", "Quillon Marchbanks-Dale", "Will May", "The head teacher"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Mrs Zoë O'Brien rang.", f"Mrs {WITHHELD} rang."),
        ("ZOE OBRIEN and Zoë", f"{WITHHELD} and {WITHHELD}"),
        ("O’Brien’s brother, O Brien", f"{WITHHELD}’s brother, {WITHHELD}"),
        (
            "Quillon’s, the Marchbanks', Marchbanks's",
            f"{WITHHELD}’s, the {WITHHELD}', {WITHHELD}'s",
        ),
        ("Jo Ng rang; Ng's son, jo ng", f"{WITHHELD} rang; {WITHHELD}'s son, {WITHHELD}"),
        ("March\u00adbanks, Mar\u200bchbanks, Marchbank\u0301s", ", ".join([WITHHELD] * 3)),
        ("Quil-\nlon", f"{WITHHELD}-\n{WITHHELD}"),
        ("Dale-Marchbanks and Marchbanks-Smythe", f"{WITHHELD} and {WITHHELD}"),
        ("Q. Marchbanks, QuillonMarchbanks", f"{WITHHELD}. {WITHHELD}, {WITHHELD}"),
        ("write to q.marchbanks@example.org", f"write to {WITHHELD}"),
        ("They may meet in May 2026 or on 3 May; they will", None),
        ("May said that Will may; will may", f"{WITHHELD} said that {WITHHELD}; {WITHHELD}"),
        ("A head teacher of the school; a marking; Josephine; Ngozi", None),
        ("Nobody said so", None),
        ("", None),
    ],
)
def test_a_name_goes_in_whatever_spelling_and_an_ordinary_word_stays(text, left):
    assert without_names(text, CALLERS) == (text if left is None else left)


def test_whom_the_paper_is_about_stays_named_beside_a_caller_of_the_family():
    own = ["Bob Marchbanks"]
    for text in ("Bob Marchbanks’s class", "Marchbanks, Bob", "Marchbanks"):
        assert without_names(text, ["Ann Marchbanks"], own) == text
    said = without_names("Bob Marchbanks and Mrs Marchbanks", ["Ann Marchbanks"], own)
    assert said == f"Bob Marchbanks and Mrs {WITHHELD}"


NAMES = st.text("abdegjkmnopqrtuvwxyzéøłßZÓ", min_size=2, max_size=9).filter(
    lambda word: not {fold(word), fold(word)[:-1]} & (NEVER | ORDINARY)
)
HIDDEN = st.sampled_from(["", "\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\ufe0f", "\u0301"])
BEFORE = st.sampled_from(["", "(", "the ", "Mrs ", "Xy-", "“", "_", "1. ", "- "])
AFTER = st.sampled_from(
    [
        "",
        "'s",
        "’s",
        "‘S",
        "s",
        "s'",
        "'",
        "’",
        "-Xy",
        "_x",
        "1",
        "@example.org",
        ".",
        ",",
        "?",
        ")",
    ]
)


@given(NAMES, NAMES, BEFORE, AFTER, HIDDEN, st.integers(0, 8), st.sampled_from("tud"))
def test_nothing_that_folds_to_a_name_is_left_whatever_stands_in_and_around_it(
    forename, surname, before, after, hidden, place, case
):
    """A short one is a name with a capital or beside another."""
    for name in (forename, surname, f"{forename} {surname}", f"{forename}-{surname}"):
        is_sure = len(fold(surname)) > 2 and len(fold(forename)) > 2
        written = {"t": name.title(), "u": name.upper(), "d": name}[case if is_sure else "t"]
        decorated = before + written[:place] + hidden + written[place:] + after
        left = without_names(f"Xxyy {decorated} zzyy", [f"{forename} {surname}"])
        bare = "".join(c for c in left if unicodedata.category(c) not in {"Cf", "Mn"})
        words = fold(bare.replace(WITHHELD, " ").replace("'", "").replace("’", "")).split()
        for part in (fold(forename), fold(surname)):
            assert not {part, f"{part}s", f"{part}1"} & set(words), (decorated, left)


@given(st.text(), st.text(alphabet="abcdeé", min_size=3, max_size=9))
def test_a_text_without_the_name_stays(text, name):
    if fold(name)[:3] not in fold(text).replace(" ", ""):
        assert without_names(text, [name]) == text


def test_a_text_is_read_once_whatever_the_names_and_a_long_word_is_read_through_once(monkeypatch):
    """Nothing ends where each letter of such a word is the beginning of another search."""
    read = Mock(wraps=folded_words)
    monkeypatch.setattr(protection, "folded_words", read)
    people = [Called(f"Quark{chr(97 + n)}", "Zeb") for n in range(26)]
    text = f"{'x' * 300_000} Quarkb told q.quarkc@example.org"
    assert names_standing(text, people) == ["Quarkb", "q.quarkc@example.org"]
    assert read.call_count == 1
    assert without_names(text, map(str, people)).endswith(f" {WITHHELD} told {WITHHELD}")


def test_the_warning_stands_while_the_restriction_does() -> None:
    assert reporting_warning(in_force=True) == [REPORTING]
    assert reporting_warning(in_force=False) == []
