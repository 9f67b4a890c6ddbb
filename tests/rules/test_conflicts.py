from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lado.rules.conflicts import names_in, suspected
from lado.rules.matching import Called, Identity

BORN, ANOTHER = date(1980, 5, 3), date(1961, 12, 30)
word = st.text("abcdefghijklmnopqrstuvwxyzéŁ", min_size=2, max_size=12)


def meets(text, surname, forename, *, born=None, known=BORN):
    declared = Identity(names_in(text), born)
    return suspected(declared, Identity([Called(surname, forename)], known)) is not None


@pytest.mark.parametrize(
    ("text", "surname", "forename"),
    [
        ("Lada Testwell", "TÉSTWELL", "lada"),
        ("Testwell, Lada", "Testwell", "Lada"),
        ("Dr Lada Testwell", "Testwell", "Lada"),
        ("Lada Jane Testwell", "Testwell", "Lada"),
        ("Lada Testwell", "Testwell", "Lada Jane"),
        ("Lada van der Testwell", "van der Testwell", "Lada"),
    ],
)
def test_a_users_name_meets_the_same_name_however_it_is_written(text, surname, forename):
    assert meets(text, surname, forename)


@pytest.mark.parametrize(
    ("text", "surname", "forename", "born"),
    [
        ("Lada Testwell", "Testwell", "Orla", None),
        ("Lada Testwell", "Testerby", "Lada", None),
        ("Lada Testwell", "Testwell", "Lada", ANOTHER),
        ("Testwell", "Testwell", "", BORN),
        ("Jo Testwell", "Testwell", "Joanne", None),
    ],
)
def test_it_does_not_meet_another(text, surname, forename, born):
    assert not meets(text, surname, forename, born=born)


def test_with_the_same_date_of_birth_a_name_like_it_is_enough():
    assert meets("Jo Testwell", "Testwel", "Joanne", born=BORN)


@given(word, word, st.none() | st.dates(date(1940, 1, 1), date(2005, 1, 1)))
def test_anybody_meets_their_own_name_with_or_without_their_date_of_birth(surname, forename, born):
    for known in {born, None}:
        assert meets(f"{forename} {surname}", surname, forename, born=born, known=known)
