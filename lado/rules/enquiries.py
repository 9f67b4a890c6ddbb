""" "Is this person known to you?": which outcomes an answer may tell of (R-38)."""

import re

from lado.rules.vocabulary import EnquiryKind, Labelled, OutcomeCode
from lado.rules.words import OUTCOME_SYNONYMS

# An answer that will serve as a reference or for vetting.
FOR_REFERENCE = frozenset({EnquiryKind.EMPLOYER, EnquiryKind.VETTING})
WITHHELD = frozenset(
    {
        OutcomeCode.FALSE,
        OutcomeCode.MALICIOUS,
        OutcomeCode.UNFOUNDED,
        OutcomeCode.UNSUBSTANTIATED,
    }
)
SOURCE = "Keeping children safe in education, part four, on references"


class MayDisclose(Labelled):
    YES = "yes", "May be disclosed"
    NO = "no", "Must be left out"
    JUDGE = "judge", "To be judged"


def may_disclose(outcome: OutcomeCode | None, kind: EnquiryKind) -> MayDisclose:
    """Another authority is told what it needs to protect children; a reference is told of nothing
    that was not substantiated. What has no outcome yet is judged case by case."""
    if kind in FOR_REFERENCE and outcome in WITHHELD:
        return MayDisclose.NO
    if outcome is OutcomeCode.SUBSTANTIATED:
        return MayDisclose.YES
    return MayDisclose.JUDGE


def withheld_words(text: str, kind: EnquiryKind) -> list[str]:
    """Words of `text` that name an outcome which an answer of this kind must leave out."""
    if kind not in FOR_REFERENCE:
        return []
    return list(dict.fromkeys(found[0] for found in _WITHHELD.finditer(" ".join(text.split()))))


def _pattern() -> re.Pattern[str]:
    words = {
        word
        for code in WITHHELD
        for word in (code.label, *OUTCOME_SYNONYMS[code])
    }  # fmt: skip
    longest_first = sorted(words, key=len, reverse=True)
    spelled = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
    return re.compile(rf"\b(?:{spelled})\b", re.IGNORECASE)


_WITHHELD = _pattern()
