"""What goes to another authority, and how it is locked. docs/transfer.md has the format."""

from secrets import choice

from lado.rules.vocabulary import Labelled

FORMAT = "lado-transfer"
FORMAT_VERSION = 1
# What a transfer file is encrypted for; another authority's program must say the same.
PURPOSE = b"lado transfer"
# Bytes of the number before the records, which says how long they are.
LENGTH = 8
# Without what is mistaken for another when it is read out: 25 of these are 122 bits.
LETTERS = "abcdefghjkmnpqrstuvwxyz2346789"
GROUPS, GROUP = 5, 5


class AuthorityPart(Labelled):
    """What part another authority has in the matter (R-21)."""

    OUT = "out", "Transferred out to them"
    IN = "in", "Transferred in from them"
    JOINT = "joint", "Dealt with jointly"
    INFORMATION = "information", "Told for information"


def new_passphrase() -> str:
    """To be given by another way than the file is: read out, or typed by hand."""
    return "-".join("".join(choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def as_drawn(typed: str) -> str:
    """However it was typed: in capitals, with spaces, with any dashes or none."""
    return "".join(letter for letter in typed.lower() if letter in LETTERS)
