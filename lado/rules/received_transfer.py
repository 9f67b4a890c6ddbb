"""What another authority sent, looked into with care: it may hold anything at all."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lado.rules.documents import DocumentKind
from lado.rules.transfer import FORMAT, FORMAT_VERSION
from lado.rules.vocabulary import DisclosureClass
from lado.rules.words import long_day

SECTIONS = {
    "allegations": "Allegations and outcomes",
    "child_records": "Children",
    "strands": "Strands",
    "discussions": "Meetings and minutes",
    "actions": "Actions",
    "referrals": "Onward referrals",
    "safety_measures": "Safety measures",
    "notices": "Who was told",
    "delay_reasons": "Reasons for delay",
    "chases": "What was chased",
    "learning_points": "Learning points",
    "notes": "Notes",
}
MOST_RECORDS = 16 * 1024 * 1024
MOST_DOCUMENTS = 2000
# Many times what a case has; more would be a mistake, or meant to do harm.
MOST = {"allegations": 200, "child_records": 500, "discussions": 200, "notes": 5_000}
MOST_POSITIONS, MOST_VERSIONS = 100, 50
DEEPEST, DEEPEST_READ = 8, 32
LONGEST_NAME = 200
A_DAY = re.compile(r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])")
NOT_OURS = "This file holds no records that this system can read."


class NotATransfer(ValueError):
    """Says in words why the records cannot be taken in."""


@dataclass(frozen=True)
class SentDocument:
    """As the other authority describes it; nothing of it is checked yet but the length."""

    title: str
    file_name: str
    size: int
    sha256: str
    disclosure: DisclosureClass
    kind: DocumentKind


@dataclass(frozen=True)
class Received:
    """What another authority sent. `content` is what they told, which may hold anything at all:
    it is looked into by `text`, `parts` and `day` only."""

    content: Mapping[str, Any]
    documents: Sequence[SentDocument]

    @property
    def authority(self) -> str:
        return text(self.content, "from")[:LONGEST_NAME] or "Another authority"

    @property
    def case(self) -> Mapping[str, Any]:
        return part(self.content, "case")

    @property
    def reference(self) -> str:
        return text(self.case, "reference")[:LONGEST_NAME]

    @property
    def name(self) -> Mapping[str, Any]:
        """The person's current one."""
        names = parts(part(self.case, "person"), "names")
        return next((each for each in names if each.get("kind") == "current"), {})

    @property
    def about(self) -> str:
        person = f"{text(self.name, 'forename')} {text(self.name, 'surname')}".strip()
        place = text(part(self.case, "organisation"), "name")
        return " and ".join(filter(None, (person, place)))

    @property
    def warnings(self) -> list[str]:
        told = self.content.get("warnings")
        rows = told if isinstance(told, list) else []
        return [without_controls(each) for each in rows if isinstance(each, str)]

    def counts(self) -> Iterator[tuple[str, int]]:
        yield "Consultations", len(parts(self.content, "consultations"))
        for key, label in SECTIONS.items():
            yield label, len(parts(self.case, key))
        yield "Documents", len(self.documents)

    def sections(self) -> Iterator[tuple[str, str]]:
        """All that is told, in words, part by part; their notes come one by one."""
        for consultation in parts(self.content, "consultations"):
            yield f"Consultation {text(consultation, 'reference')}", in_words(consultation)
        facts = {key: value for key, value in self.case.items() if key not in SECTIONS}
        yield f"Case {self.reference}", in_words(facts)
        for key, label in SECTIONS.items():
            if (rows := parts(self.case, key)) and key != "notes":
                yield label, "\n\n".join(map(in_words, rows))


def received(records: bytes) -> Received:
    """Raises NotATransfer."""
    try:
        content = json.loads(records.decode())
    except (ValueError, RecursionError):
        raise NotATransfer(NOT_OURS) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise NotATransfer(NOT_OURS)
    if _is_too_deep(content):
        raise NotATransfer(NOT_OURS)
    if content.get("version") != FORMAT_VERSION:
        raise NotATransfer("This file was written by a later version. Ask them for an earlier one.")
    documents = [_document(each) for each in parts(content, "documents")]
    found = Received(content, documents)
    if not found.reference or len(documents) > MOST_DOCUMENTS:
        raise NotATransfer(NOT_OURS)
    _check_counts(found.case)
    return found


def _is_too_deep(content: object) -> bool:
    level = [content]
    for _ in range(DEEPEST_READ):
        inner = [list(each.values()) if isinstance(each, dict) else each for each in level]
        level = [value for each in inner if isinstance(each, list) for value in each]
    return bool(level)


def _check_counts(case: Mapping[str, Any]) -> None:
    counts = [(SECTIONS[key], len(parts(case, key)), most) for key, most in MOST.items()]
    positions = len(parts(part(case, "person"), "positions"))
    versions = [len(parts(each, "versions")) for each in parts(case, "discussions")]
    counts.append(("Positions", positions, MOST_POSITIONS))
    counts.append(("Versions of minutes", max(versions, default=0), MOST_VERSIONS))
    for what, number, most in counts:
        if number > most:
            raise NotATransfer(
                f"{what}: this file holds {number:,}, and no more than {most:,} can be taken in. "
                "Ask them whether it was made by mistake."
            )


def _document(told: Mapping[str, Any]) -> SentDocument:
    size, disclosure = told.get("size"), text(told, "disclosure")
    if type(size) is not int or size < 1:
        raise NotATransfer(NOT_OURS)
    known = (each for each in DisclosureClass if each.value == disclosure)
    kinds = (each for each in DocumentKind if each.value == text(told, "kind"))
    return SentDocument(
        text(told, "title")[:LONGEST_NAME] or "Document",
        text(told, "file_name"),
        size,
        text(told, "sha256"),
        next(known, DisclosureClass.UNDETERMINED),
        next(kinds, DocumentKind.OTHER),
    )


def text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key)
    return without_controls(value).strip() if isinstance(value, str) else ""


def without_controls(value: str) -> str:
    """A database refuses some of them, and a page shows none."""
    return "".join(c for c in value if c in "\n\t" or (c.isprintable() or c == "\u00a0"))


def part(told: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = told.get(key)
    return value if isinstance(value, dict) else {}


def parts(told: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = told.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def day(told: Mapping[str, Any], key: str) -> date | None:
    try:
        return date.fromisoformat(text(told, key))
    except ValueError:
        return None


def in_words(told: Mapping[str, Any], depth: int = 0) -> str:
    """Line by line what is said, each under its name; what is empty is not said."""
    lines = []
    for key, value in told.items():
        name = "  " * depth + without_controls(key).replace("_", " ").capitalize()
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict) and depth < DEEPEST:
                lines.append(f"{name}:\n{in_words(each, depth + 1)}")
            elif each not in (None, "", False, [], {}) and key != "entered_at":
                lines.append(f"{name}: {_said(each)}")
    return "\n".join(lines)


def _said(value: object) -> str:
    if value is True:
        return "yes"
    words = without_controls(str(value))
    return long_day(date.fromisoformat(words)) if A_DAY.fullmatch(words) else words
