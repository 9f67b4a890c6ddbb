"""Names that were typed as one text: of children, of callers."""

from lado.rules.folding import fold
from lado.rules.matching import Called
from lado.rules.ordinary_words import NEVER

MOST_WORDS = 4
SURNAME_FIRST = 2


def called(name: str) -> Called | None:
    """None where the text says rather what somebody is: `Head of Year 9`."""
    before, _, after = name.partition("(")[0].partition(",")
    if len(before.split()) == 1 and len(after.split()) == 1:
        before = f"{after} {before}"
    typed = before.replace(".", " ").split()
    words = [word for word in typed if fold(word) and fold(word) not in NEVER]
    if not 1 <= len(words) <= MOST_WORDS or any(c.isdigit() for c in before):
        return None
    written = not (words[0][0].islower() or words[-1][0].islower())
    if written or len(typed) == len(words) == SURNAME_FIRST:
        return Called(words[-1], " ".join(words[:-1]))
    return None
