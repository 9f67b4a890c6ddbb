"""How a word in a register is matched (by label or synonym, whatever its case and spacing), and
how a day is written."""

import re
import unicodedata
from datetime import date

from lado.rules.vocabulary import OutcomeCode

MOST_CHILDREN = 500
# What is written in the place of a name that nobody knows.
NOT_A_NAME = {
    "unknown", "not known", "n/k", "nk", "n/a", "unnamed", "not named", "name not known",
    "anonymous", "tbc",
}  # fmt: skip
# What word processors put in the place of an apostrophe or a hyphen.
_TYPED = str.maketrans(
    {
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{HYPHEN}": "-",
        "\N{EN DASH}": "-",
    }
)

OUTCOME_SYNONYMS: dict[OutcomeCode, tuple[str, ...]] = {
    OutcomeCode.SUBSTANTIATED: (
        "Founded",
        "Founded/Substantiated",
        "Substantiated/Founded",
        "Subst",
        "Sub",
        "Proven",
        "Upheld",
    ),
    OutcomeCode.UNSUBSTANTIATED: (
        "Unsub",
        "Unsubst",
        "Un-substantiated",
        "Not substantiated",
        "Not proven",
    ),
    OutcomeCode.UNFOUNDED: ("Un-founded", "Not founded", "No foundation"),
    OutcomeCode.FALSE: ("False allegation", "Proven false"),
    OutcomeCode.MALICIOUS: (
        "Malicious allegation",
        "Deliberately invented",
        "Deliberately invented or malicious",
        "Deliberately invented/malicious",
    ),
}


def normalise(word: str) -> str:
    """What the spellings of one word have in common: case, spacing and typing marks are gone."""
    word = unicodedata.normalize("NFKC", word).translate(_TYPED).casefold()
    return re.sub(r"\s*/\s*", "/", " ".join(word.split()))


def is_name(text: str) -> bool:
    return normalise(text) not in NOT_A_NAME


_OUTCOMES = {
    normalise(word): code
    for code, synonyms in OUTCOME_SYNONYMS.items()
    for word in (code.label, *synonyms)
}


def outcome_from(word: str) -> OutcomeCode | None:
    return _OUTCOMES.get(normalise(word))


def long_day(day: date) -> str:
    """`5 January 2026`"""
    return f"{day.day} {day:%B %Y}"
