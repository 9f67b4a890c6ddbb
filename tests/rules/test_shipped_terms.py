import csv
from collections import Counter
from pathlib import Path

import pytest

from lado.rules.shipped_terms import SHIPPED_TERMS
from lado.rules.usual_sectors import NOT_KNOWN, USUAL_SECTOR
from lado.rules.vocabulary import DecisionStage, TermGroup
from lado.rules.words import normalise, outcome_from

REGISTER = Path(__file__).parent.parent / "data" / "wscb-register.csv"
COLUMNS = {
    "Sector": TermGroup.SECTOR,
    "Referrer agency": TermGroup.AGENCY,
    "Role": TermGroup.ROLE,
    "Concern category": TermGroup.CATEGORY,
    "Context": TermGroup.CONTEXT,
    "Contact method": TermGroup.CONTACT_METHOD,
    "Decision": TermGroup.DECISION,
    "Employer outcome": TermGroup.EMPLOYER_OUTCOME,
    "Police outcome": TermGroup.POLICE_OUTCOME,
    "Learning theme": TermGroup.LEARNING_THEME,
}
PARENTS = {TermGroup.SUBSECTOR: TermGroup.SECTOR, TermGroup.SUBCATEGORY: TermGroup.CATEGORY}


def group(name):
    return [term for term in SHIPPED_TERMS if term.group is name]


def stage_of(word):
    return next(
        term.stage
        for term in group(TermGroup.DECISION)
        if normalise(word) in map(normalise, (term.label, *term.synonyms))
    )


@pytest.mark.parametrize("name", TermGroup)
def test_every_list_has_terms_to_start_with(name):
    assert len(group(name)) >= 4


@pytest.mark.parametrize("name", TermGroup)
def test_a_word_belongs_to_one_term_of_its_list(name):
    words = Counter(
        word
        for term in group(name)
        for word in {normalise(text) for text in (term.label, *term.synonyms)}
    )
    assert [word for word, n in words.items() if n > 1] == []


@pytest.mark.parametrize("name", TermGroup)
def test_a_synonym_says_something_that_the_label_does_not(name):
    for term in group(name):
        spellings = [normalise(text) for text in (term.label, *term.synonyms)]
        assert len(spellings) == len(set(spellings)), term


@pytest.mark.parametrize("name", TermGroup)
def test_codes_are_short_snake_case_and_unique_in_their_list(name):
    codes = [term.code for term in group(name)]
    assert len(codes) == len(set(codes))
    for code in codes:
        assert code.isidentifier()
        assert code == code.lower()
        assert len(code) <= 30


def test_labels_are_short_enough_for_a_table():
    assert max(len(term.label) for term in SHIPPED_TERMS) <= 60


@pytest.mark.parametrize("column", COLUMNS)
def test_the_registers_labels_are_there_to_the_letter(column):
    with REGISTER.open(encoding="utf-8-sig", newline="") as file:
        used = {row[column] for row in csv.DictReader(file)} - {""}
    assert used <= {term.label for term in group(COLUMNS[column])}


def test_a_part_names_a_whole_that_exists():
    for term in SHIPPED_TERMS:
        if term.group in PARENTS:
            assert term.parent in {whole.code for whole in group(PARENTS[term.group])}
        else:
            assert term.parent is None


def test_decisions_and_only_they_have_a_stage():
    for term in SHIPPED_TERMS:
        assert (term.stage is not None) == (term.group is TermGroup.DECISION)
    assert {term.stage for term in group(TermGroup.DECISION)} == set(DecisionStage)


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("Advice only", DecisionStage.ADVICE),
        ("advice", DecisionStage.ADVICE),
        ("NFA", DecisionStage.NOT_MET),
        ("Threshold not met", DecisionStage.NOT_MET),
        ("Low-level concern", DecisionStage.LOW_LEVEL),
        ("MASH", DecisionStage.PASSED_ON),
        ("Transferred to another LADO", DecisionStage.PASSED_ON),
        ("Progress to strategy discussion", DecisionStage.PROGRESS),
        ("AMM", DecisionStage.PROGRESS),
    ],
)
def test_a_councils_words_mean_a_stage(word, stage):
    assert stage_of(word) is stage


def test_closure_reasons_and_only_they_say_whether_an_outcome_is_needed():
    for term in SHIPPED_TERMS:
        assert (term.needs_outcome is not None) == (term.group is TermGroup.CLOSURE_REASON)
    needed = [term.code for term in group(TermGroup.CLOSURE_REASON) if term.needs_outcome]
    assert needed == ["outcome"]


def test_a_closure_reason_is_never_mistaken_for_an_outcome():
    """Both are read from the register's column `Outcome`."""
    for term in group(TermGroup.CLOSURE_REASON):
        for word in (term.label, *term.synonyms):
            assert outcome_from(word) is None


def test_barring_referrals_have_one_body_under_both_its_names():
    barring = [term for term in group(TermGroup.REFERRAL_BODY) if "ISA" in term.synonyms]
    assert [(term.code, term.valid_from) for term in barring] == [("dbs", None)]


def test_a_role_that_is_held_in_one_sector_only_and_the_sector_are_shipped():
    assert {*USUAL_SECTOR} <= {term.code for term in group(TermGroup.ROLE)}
    sectors = {term.code for term in group(TermGroup.SECTOR)}
    assert {*USUAL_SECTOR.values(), NOT_KNOWN} <= sectors


def test_visitors_volunteers_and_public_figures_are_roles():
    """R-55."""
    words = {word for term in group(TermGroup.ROLE) for word in (term.label, *term.synonyms)}
    assert words >= {"Volunteer", "Visitor", "Celebrity"}
