"""What a load came to, in words for the screen."""

from collections.abc import Mapping

from lado.register.checking import rows_in_words
from lado.register.people import PossibleSame

WORDS = {
    "consultations": ("consultation", "consultations"),
    "cases": ("case", "cases"),
    "joined_cases": ("contact joined to a case", "contacts joined to cases"),
    "people": ("person", "people"),
    "joined_people": (
        "contact about somebody already known",
        "contacts about people already known",
    ),
    "organisations": ("organisation", "organisations"),
    "strategy_discussions": ("strategy discussion", "strategy discussions"),
}


def in_words(numbers: Mapping[str, int]) -> list[str]:
    """`684 consultations`, `1 case`; what there is none of is left out."""
    return [
        f"{numbers[key]:,} {one if numbers[key] == 1 else many}"
        for key, (one, many) in WORDS.items()
        if numbers.get(key)
    ]


def same_in_words(each: PossibleSame) -> str:
    """Rows only: whose name it is stands in the register."""
    rows = rows_in_words(each.rows)
    record = ", and somebody on record" if each.on_record else ""
    return f"{rows[0].upper()}{rows[1:]}{record}: {each.reason}"
