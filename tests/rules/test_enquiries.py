"""What an answer about a person may tell of (R-38)."""

import pytest

from lado.rules.enquiries import MayDisclose, may_disclose, withheld_words
from lado.rules.vocabulary import EnquiryKind, OutcomeCode

REFERENCE = (EnquiryKind.EMPLOYER, EnquiryKind.VETTING)
LEFT_OUT = {"false", "malicious", "unfounded", "unsubstantiated"}


@pytest.mark.parametrize("kind", REFERENCE)
def test_a_reference_leaves_out_whatever_was_not_substantiated(kind):
    no = {o.value for o in OutcomeCode if may_disclose(o, kind) is MayDisclose.NO}
    assert no == LEFT_OUT
    assert may_disclose(OutcomeCode.SUBSTANTIATED, kind) is MayDisclose.YES
    assert may_disclose(None, kind) is MayDisclose.JUDGE


def test_another_authority_may_be_told_of_every_outcome():
    kind = EnquiryKind.OTHER_AUTHORITY
    assert MayDisclose.NO not in {may_disclose(outcome, kind) for outcome in (*OutcomeCode, None)}
    assert withheld_words("It was unfounded", kind) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One was Unfounded and one\nnot  proven.", ["Unfounded", "not proven"]),
        ("It was found to be malicious", ["malicious"]),
        ("It was substantiated and dealt with", []),
        ("The falsehood of nobody", []),
    ],
)
def test_words_for_such_an_outcome_are_found(text, words):
    assert withheld_words(text, EnquiryKind.VETTING) == words
