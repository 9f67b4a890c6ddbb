"""What protects people in all that is printed of a case."""

from collections.abc import Iterable

from lado.rules.folding import fold, folded_words

REPORTING = (
    "Reporting restriction: nothing may be published that could identify this person as the one "
    "accused."
)
WITHHELD = "[name withheld]"
SHORTEST_NAME = 3
TITLES = {"miss", "mrs", "prof", "rev", "sir"}


def reporting_warning(*, in_force: bool) -> list[str]:
    """A teacher accused of an offence against a pupil of their school may not be named (R-44)."""
    return [REPORTING] if in_force else []


def without_names(text: str, names: Iterable[str]) -> str:
    """The text without any word of these names, whatever the case and accents (R-43). A word of
    the text that is only spelled the same goes too: it is better lost than somebody named."""
    hidden = {word for name in names for word in fold(name).split()} - TITLES
    hidden = {word for word in hidden if len(word) >= SHORTEST_NAME}
    spans = [(start, end) for word, start, end in folded_words(text) if word in hidden]
    kept, last, after = "", 0, False
    for start, end in spans:
        between = text[last:start]
        kept += "" if after and not between.strip() else between + WITHHELD
        last, after = end, True
    return kept + text[last:]
