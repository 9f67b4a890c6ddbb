from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lado.rules.matching import Called, Identity, Strength, compare
from lado.rules.names import keys_asked, keys_kept, sound
from lado.rules.nicknames import are_related
from tests.support.matching_quality import measure
from tests.support.slips import EACH, SLIPS

BORN = date(1980, 5, 3)
names = st.text("abcdefghijklmnopqrstuvwxyz'- éŁ", min_size=1, max_size=20).filter(
    lambda text: any(letter.isalpha() for letter in text)
)
births = st.none() | st.dates(date(1930, 1, 1), date(2010, 1, 1))


def match(one, other, born=BORN, other_born=BORN, **known):
    asked = Identity([Called(*one)], born)
    return compare(asked, Identity([Called(*other)], other_born, **known))


def test_of_ten_kinds_of_slips_nearly_all_are_found_and_strangers_raise_no_alarm():
    """99 in 100 in the first ten where the sound of the surname or the date of birth is kept;
    under 1 in 20 strangers with a strong match (issue 3)."""
    qualities, alarms = measure()
    for line in [*qualities, alarms]:
        print(line)
    assert [each.kind for each in qualities] == list(SLIPS)
    missed, kept = sum(q.missed for q in qualities), sum(q.kept for q in qualities)
    assert kept > 0.9 * len(SLIPS) * EACH
    assert missed <= 0.01 * kept
    assert alarms.strong < EACH / 20


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (("Smith", "Jon"), ("Smith", "Jonathan"), "first name Jon / Jonathan"),
        (("Tomson", "Ann"), ("Thompson", "Ann"), "surname sounds alike: Tomson / Thompson"),
        (("MacKay", "Ann"), ("McKay", "Ann"), "surname MacKay / McKay"),
        (("O'Brien", "Ann"), ("OBrien", "Ann"), "same surname"),
        (("Łukasz", "Zoë"), ("Lukasz", "Zoe"), "same surname"),
        (("Jones", "Ann"), ("Smith-Jones", "Ann"), "part of the surname: Jones / Smith-Jones"),
        (
            ("Ann", "Smith"),
            ("Smith", "Ann"),
            "surname and first name may be swapped: Smith Ann / Ann Smith",
        ),
        (("Fa", "Kimmy"), ("Fa", "Kimberley"), "first name may be shortened: Kimmy / Kimberley"),
        (("Smith", "Livvy"), ("Smith", "Olivine"), "first name may be shortened: Livvy / Olivine"),
        (("Fa", "Xander"), ("Fa", "Lysxander"), "first name may be shortened: Xander / Lysxander"),
        (("Smith", "Daz"), ("Smith", "Darwin"), "first name may be shortened: Daz / Darwin"),
        (("Smith", "A."), ("Smith", "Ann"), "first name begins the same: A. / Ann"),
        (("Smirh", "Ann"), ("Smith", "Ann"), "surname spelled nearly the same: Smirh / Smith"),
        (("Smith", "Jane"), ("Smith", "Ann Jane"), "part of the first name: Jane / Ann Jane"),
    ],
)  # fmt: skip
def test_it_says_what_agrees(one, other, words):
    found = match(one, other)
    assert words in found.reasons
    assert found.strength is Strength.STRONG


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(1980, 5, 3), "born 3 May 1980"),
        (date(1980, 3, 5), "born 3 May 1980 / 5 March 1980: day and month may be swapped"),
        (date(1981, 5, 3), "born 3 May 1980 / 3 May 1981: one figure differs"),
        (date(1955, 11, 28), "born 3 May 1980 / 28 November 1955: not the same date of birth"),
    ],
)
def test_dates_of_birth(born, words):
    assert words in match(("Smith", "Ann"), ("Smith", "Ann"), other_born=born).reasons


def test_an_age_stands_in_for_a_date_of_birth():
    on = date(2026, 5, 1)
    near = match(("Smith", "Ann"), ("Smith", "Ann"), other_born=None, age=45, age_on=on)
    far = match(("Smith", "Ann"), ("Smith", "Ann"), other_born=None, age=60, age_on=on)
    assert "about the same age" in near.reasons
    assert "not the same age" in far.reasons
    assert near.score > far.score


def test_a_former_name_is_found_and_named():
    known = Identity([Called("Newby", "Ann"), Called("Smith", "Ann", former=True)], BORN)
    found = compare(Identity([Called("Smith", "Ann")], BORN), known)
    assert found.score == 1
    assert "former or other name Ann Smith" in found.reasons


def test_the_same_place_makes_a_first_name_enough_to_be_shown():
    asked = Identity([Called("", "Ann")], places={"sample school"})
    assert compare(asked, Identity([Called("Smith", "Ann")], places={"sample school"}))
    assert compare(asked, Identity([Called("Smith", "Ann")], places={"another school"})) is None


@pytest.mark.parametrize(("one", "other"), [("kate", "katherine"), ("mo", "mohammed"),
                                            ("liz", "elizabeth"), ("zosia", "zofia")])  # fmt: skip
def test_nicknames_go_both_ways(one, other):
    assert are_related(one, other)
    assert are_related(other, one)


@given(names, names, births)
def test_whoever_is_on_record_is_found_by_what_is_on_record(surname, forename, born):
    assert keys_kept(surname, forename, born) & set(keys_asked(surname, forename, born))
    found = match((surname, forename), (surname, forename), born, born)
    assert found.score == (1 if born else 0.8)


@given(names, names, names, names, births, births)
def test_a_full_score_needs_the_same_name_and_date_of_birth(one, two, three, four, born, other):
    found = match((one, two), (three, four), born, other)
    if found:
        assert 0.5 <= found.score <= 1
        assert found.reasons
        assert found.score < 1 or (born and born == other)


@given(names, names, births)
def test_names_and_dates_that_are_swapped_have_a_key_in_common(surname, forename, born):
    assume(born is None or born.day <= 12)
    turned = date(born.year, born.day, born.month) if born else None
    assert keys_kept(surname, forename, born) & set(keys_asked(forename, surname, turned))


@given(names)
def test_every_name_has_a_sound(name):
    word = "".join(letter for letter in name.casefold() if letter.isalnum())
    assume(word)
    assert sound(word)
