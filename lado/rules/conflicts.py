"""When somebody on record may be a user, or somebody a user declared (R-42)."""

from lado.rules.matching import Called, Identity, Match, compare

# The same name where a date of birth is missing, or anything that agrees better.
SUSPECTED_FROM = 0.8
MOST_WORDS = 6


def suspected(declared: Identity, known: Identity) -> Match | None:
    match = compare(declared, known)
    return match if match and match.score >= SUSPECTED_FROM else None


def names_in(text: str) -> list[Called]:
    """What a user's name, which is one text, may say: any word may begin the surname, which may
    come first, and what stands before the first name may be a title."""
    words = text.split()[:MOST_WORDS]
    parts = [
        (" ".join(words[start:middle]), " ".join(words[middle:]))
        for start in range(len(words))
        for middle in range(start + 1, len(words))
    ]
    return [Called(*part) for one, other in parts for part in ((other, one), (one, other))]
