"""What a letter may hold, and what its writer is warned of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lado.rules.advice import (
    PLACEHOLDERS,
    SHIPPED_TEMPLATES,
    claims_on_suspension,
    fill,
    names_in,
    other_records,
    template_of,
    unfilled,
    unknown_placeholders,
)
from lado.rules.vocabulary import DecisionStage

MET, LOW = DecisionStage.PROGRESS, DecisionStage.LOW_LEVEL


@pytest.mark.parametrize(
    ("stages", "code"),
    [
        ([MET], "threshold_met"),
        ([MET, DecisionStage.MET_NO_MEETING], "threshold_met"),
        ([LOW], "low_level"),
        ([DecisionStage.NOT_MET], "advice_only"),
        ([DecisionStage.OVERSIGHT], "information_needed"),
        ([DecisionStage.PASSED_ON], None),
        ([MET, LOW], None),
        ([MET, None], None),
        ([None], None),
    ],
)
def test_a_template_is_suggested_where_all_was_decided_alike(stages, code):
    assert template_of(stages) == code
    assert code is None or code in {template.code for template in SHIPPED_TEMPLATES}


WORDS = st.text(alphabet="abcde ,", max_size=30)
EVERYTHING = dict.fromkeys(PLACEHOLDERS, "filled")


@pytest.mark.parametrize("template", SHIPPED_TEMPLATES, ids=lambda template: template.code)
def test_a_shipped_template_asks_only_for_what_is_in_the_list_and_says_nothing_on_suspension(
    template,
):
    assert unknown_placeholders(template.text) == []
    assert unfilled(fill(template.text, EVERYTHING)) == []
    assert claims_on_suspension(template.text) == []
    assert template.text.startswith("Dear {recipient_name}")


def test_no_placeholder_asks_for_an_adult_a_child_or_another_record():
    assert set(PLACEHOLDERS) == {
        "reference", "received_on", "recipient_name", "caller_name", "caller_role", "advice",
        "decision", "lado_name", "council", "follow_up_date",
    }  # fmt: skip


@given(st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), WORDS), st.lists(WORDS, max_size=4))
def test_what_is_known_is_filled_in_and_the_rest_stays(values, parts):
    asked = sorted(PLACEHOLDERS)
    text = "{" + "}|{".join(asked) + "}" + "".join(parts)
    filled = fill(text, values)
    assert unfilled(filled) == [f"{{{name}}}" for name in asked if not values.get(name)]
    assert fill(filled, values) == filled


def test_braces_in_what_is_filled_in_are_text():
    assert fill("{advice}", {"advice": "{council}", "council": "X"}) == "{council}"
    assert unknown_placeholders("{advice} {surname} { x }") == ["{surname}", "{ x }"]


@pytest.mark.parametrize(
    "claim",
    [
        "Suspension is a neutral act.",
        "Please note that suspending somebody is no longer seen\nas neutral",
        "It is not a NEUTRAL ACT",
        "We stress: suspension, as you know, is not a neutral step",
    ],
)
def test_a_claim_on_suspension_is_found(claim):
    assert len(claims_on_suspension(f"First this. {claim} Then that.")) == 1


@given(WORDS, WORDS)
def test_suspension_and_neutral_apart_are_no_claim(before, after):
    text = f"{before}Consider alternatives to suspension first. Use neutral words.\n\n{after}"
    assert claims_on_suspension(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Told by kim FABLEWOOD.", True),
        ("Ms Fáblewood rang", True),
        ("Kim rang", False),
        ("the fablewoods", False),
    ],
)
def test_a_name_is_found_whole_or_by_its_last_word(text, found):
    assert names_in(text, ["Kim Fablewood"]) == (["Kim Fablewood"] if found else [])


def test_short_last_words_are_looked_for_with_the_first():
    assert names_in("to be or not", ["Li Be"]) == []
    assert names_in("said li be", ["Li Be"]) == ["Li Be"]


def test_references_of_other_records_are_found():
    text = "As in C-2026-00001, pt-2025-0003 and C-2026-00002."
    assert other_records(text, "C-2026-00001") == ["PT-2025-0003", "C-2026-00002"]
