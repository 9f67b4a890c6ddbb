"""What is typed is brought into one form once, here, before anything looks at it."""

import unicodedata

# They turn the reading order of whatever follows them on the page.
OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
NOT_TEXT = "was not sent as text. Type it in"
SENT_TWICE = "was sent more than once. Check it and send it again"
HIDDEN_CHARACTERS = "had hidden characters, which have been taken out. Check it and send it again"


def clean_line(text: str) -> str:
    """One line: every run of blanks is a single space."""
    return " ".join(clean_lines(text).split())


def clean_lines(text: str) -> str:
    """NFC, no blanks around it, lines parted by `\\n`; nothing to read is nothing at all."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text if any(letter.isprintable() and letter != " " for letter in text) else ""


def without_hidden(text: str) -> str:
    return "".join(letter for letter in text if not _hidden(letter))


def _hidden(letter: str) -> bool:
    if letter in "\n\r\t":
        return False
    return letter in OVERRIDES or unicodedata.category(letter) in {"Cc", "Cs"}


def one_text(values: list[object]) -> tuple[str, str]:
    """The text among what was sent for one field, and what is wrong with it (or nothing).

    Files and repeated fields come only from hands that do not use the page.
    """
    if not values:
        return "", ""
    text = values[0]
    if not isinstance(text, str):
        return "", NOT_TEXT
    visible = without_hidden(text)
    if len(values) > 1:
        return visible, SENT_TWICE
    return visible, "" if visible == text else HIDDEN_CHARACTERS
