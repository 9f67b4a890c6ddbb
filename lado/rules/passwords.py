"""Which passwords are refused: short ones, and those that are guessed early. Nothing else."""

import re
from collections.abc import Iterable

from zxcvbn import zxcvbn

SHORTEST = 12
# Looked at before hashing, so that nobody can keep the server busy with a long one.
LONGEST = 128

# Words that everybody who works here would try first. The council's name, the user's own and
# their e-mail address are added where they are known.
CONTEXT_WORDS = (
    "allegation",
    "allegations",
    "children",
    "council",
    "designated officer",
    "lado",
    "register",
    "safeguarding",
)
SHORTEST_WORD = 3
# zxcvbn's scale from 0 to 4; 3 stands against a thief of the hashes for long enough to change it.
GOOD_ENOUGH = 3
# It looks at no more of a password, and the rest can only help.
LOOKED_AT = 72

TOO_SHORT = f"Password must be {SHORTEST} characters or more"
TOO_LONG = f"Password must be {LONGEST} characters or fewer"
TOO_COMMON = "Password is too easy to guess. Three random words make a good one"
TOO_CLOSE = (
    "Password must not be made from your name, the council's name or the words of this work. "
    "Three random words make a good one"
)


def problem(password: str, context: Iterable[str] = ()) -> str | None:
    """Why the password is refused, or None. It is taken as it was typed, blanks and all."""
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    if _score(password) < GOOD_ENOUGH:
        return TOO_COMMON
    if _score(_without_context(password, context)) < GOOD_ENOUGH:
        return TOO_CLOSE
    return None


def _score(password: str) -> int:
    return int(zxcvbn(password[:LOOKED_AT])["score"]) if password else 0


def _without_context(password: str, context: Iterable[str]) -> str:
    """What is left when the words that are known to others are taken out."""
    words = {*CONTEXT_WORDS, *(part for text in context for part in re.split(r"\W+", text))}
    rest = password.casefold()
    for word in sorted((word.casefold() for word in words), key=len, reverse=True):
        if len(word) >= SHORTEST_WORD:
            rest = rest.replace(word, "")
    return rest
