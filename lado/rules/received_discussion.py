"""A strategy discussion that another authority held before the case came here: read, never changed.
Their judgements and people stay theirs, so it is no discussion of ours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lado.rules.minutes import BY_CODE
from lado.rules.received_transfer import Received, day, part, parts, text
from lado.rules.redaction import in_full
from lado.rules.vocabulary import Attendance, DiscussionPurpose, DiscussionStatus, Labelled
from lado.rules.words import long_day

Told = Mapping[str, Any]


@dataclass(frozen=True)
class ReceivedMinutes:
    """One version of them; `number` is 0 where they are not agreed. What is in `facts` and `said`
    is a heading and words."""

    number: int
    facts: Sequence[tuple[str, str]]
    attendance: Sequence[str]
    said: Sequence[tuple[str, str]]
    actions: Sequence[str]


@dataclass(frozen=True)
class ReceivedDiscussion:
    """`versions` have the newest first."""

    held_by: str
    held_on: date
    their_number: str
    purpose: str
    status: str
    is_kept_back: bool
    versions: Sequence[ReceivedMinutes]

    @property
    def words(self) -> str:
        number = len(self.versions)
        versions = (
            "no minutes" if not number else f"{number} version{'s' * (number > 1)} of minutes"
        )
        return f"{long_day(self.held_on)}, {versions}"


def received_discussions(sent: Received) -> Iterator[ReceivedDiscussion]:
    """Those that were held, in the order of the file."""
    for told in parts(sent.case, "discussions"):
        if held_on := day(told, "held_on"):
            yield _discussion(told, held_on, sent.authority)


def _discussion(told: Told, held_on: date, authority: str) -> ReceivedDiscussion:
    number = told.get("number")
    agreed = [_agreed(each) for each in parts(told, "versions")]
    newest = sorted(agreed, key=lambda each: -each.number)
    written = _as_written(told) if parts(told, "minutes") and not _stands(told) else []
    return ReceivedDiscussion(
        held_by=text(told, "held_by") or authority,
        held_on=held_on,
        their_number=str(number) if type(number) is int else "",
        purpose=_label(DiscussionPurpose, text(told, "purpose")),
        status=_label(DiscussionStatus, text(told, "status")),
        is_kept_back=told.get("withheld") is True,
        versions=[*written, *newest],
    )


def _stands(told: Told) -> bool:
    """What is written is then the agreed version over again."""
    return any(not text(each, "corrected_on") for each in parts(told, "versions"))


def _label(codes: type[Labelled], word: str) -> str:
    return next((each.label for each in codes if each.value == word), word)


def _agreed(version: Told) -> ReceivedMinutes:
    number, minutes = version.get("number"), part(version, "minutes")
    said = part(minutes, "said")
    return ReceivedMinutes(
        number=number if type(number) is int else 0,
        facts=list(_facts(version, minutes)),
        attendance=list(map(_attended, parts(minutes, "attendance"))),
        said=[(_heading(code), in_full(text(said, code))) for code in said if text(said, code)],
        actions=list(map(_action, parts(minutes, "actions"))),
    )


def _as_written(told: Told) -> list[ReceivedMinutes]:
    """Minutes that nobody had agreed yet, or that were being corrected."""
    people = [
        _attended({**each, "attendance": _label(Attendance, text(each, "attendance"))})
        for each in parts(told, "participants")
    ]
    said = [
        (_heading(text(each, "heading")), in_full(text(each, "text")))
        for each in parts(told, "minutes")
    ]
    return [ReceivedMinutes(0, [("Status", "Not agreed")], people, said, [])]


def _facts(version: Told, minutes: Told) -> Iterator[tuple[str, str]]:
    yield "Agreed", _on(version, "agreed_on", "agreed_by")
    if text(version, "corrected_on"):
        by, why = _on(version, "corrected_on", "corrected_by"), text(version, "correction_reason")
        yield "Corrected since", ": ".join(filter(None, (by, why)))
    yield "Chair", text(minutes, "chair")
    yield "Next review", _day(minutes, "next_review_on")
    sent = (_circulated(each) for each in parts(version, "circulations"))
    yield "Who got it", "\n".join(sent)


def _on(told: Told, when: str, whom: str) -> str:
    return _listed(_day(told, when), text(told, whom))


def _day(told: Told, key: str) -> str:
    found = day(told, key)
    return long_day(found) if found else ""


def _circulated(told: Told) -> str:
    return _listed(text(told, "recipient"), _day(told, "sent_on"), text(told, "copy"))


def _heading(code: str) -> str:
    known = BY_CODE.get(code)
    return known.label if known else code.replace("_", " ").capitalize()


def _attended(told: Told) -> str:
    who = _listed(*(text(told, key) for key in ("name", "role", "agency")))
    return ": ".join(filter(None, (who, text(told, "attendance"))))


def _action(told: Told) -> str:
    due = _day(told, "due_on")
    return _listed(text(told, "description"), text(told, "owner"), due and f"by {due}")


def _listed(*words: str) -> str:
    return ", ".join(filter(None, words))
