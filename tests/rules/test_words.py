import pytest
from hypothesis import given
from hypothesis import strategies as st

from lado.rules.vocabulary import OutcomeCode
from lado.rules.words import OUTCOME_SYNONYMS, normalise, outcome_from


@pytest.mark.parametrize(
    "spelling",
    [
        "Founded/Substantiated",
        "founded / substantiated",
        "  FOUNDED  /Substantiated ",
        "Founded\n/\tsubstantiated",
        "Founded\N{NO-BREAK SPACE}/ Substantiated",
    ],
)
def test_case_and_spacing_make_no_difference(spelling):
    assert normalise(spelling) == "founded/substantiated"


def test_what_a_word_processor_types_makes_no_difference():
    curly = "Children\N{RIGHT SINGLE QUOTATION MARK}s home"
    assert normalise(curly) == normalise("Children's home")
    assert normalise("Low\N{EN DASH}level") == normalise("low-level")


def test_words_that_differ_stay_apart():
    assert normalise("Unfounded") != normalise("Founded")
    assert normalise("Écoles") != normalise("Ecoles")


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("Substantiated", OutcomeCode.SUBSTANTIATED),
        ("Founded", OutcomeCode.SUBSTANTIATED),
        ("founded / substantiated", OutcomeCode.SUBSTANTIATED),
        ("Unsub", OutcomeCode.UNSUBSTANTIATED),
        ("UNSUBSTANTIATED", OutcomeCode.UNSUBSTANTIATED),
        ("Unfounded", OutcomeCode.UNFOUNDED),
        ("False", OutcomeCode.FALSE),
        ("Deliberately invented or malicious", OutcomeCode.MALICIOUS),
        ("Subject died", None),
        ("", None),
    ],
)
def test_an_outcome_is_known_by_its_label_or_a_synonym(word, outcome):
    assert outcome_from(word) is outcome


def test_a_word_means_one_outcome():
    words = [
        normalise(word) for code in OutcomeCode for word in (code.label, *OUTCOME_SYNONYMS[code])
    ]
    assert len(words) == len(set(words))
