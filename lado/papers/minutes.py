"""The agenda of a strategy discussion and its minutes, as they are printed."""

from collections.abc import Iterator, Sequence

from lado.models import MinutesCopy, StrategyDiscussion
from lado.papers.paper import Facts, Grid, Heading, Lines, Paper, Part, Text, written
from lado.queries.callers import Unnamed
from lado.rules.minutes import CONFIDENTIALITY, HEADINGS
from lado.rules.protection import reporting_warning
from lado.rules.redaction import ABOUT, ACTIONS, ATTENDANCE, PARTS, WITHHELD, in_full
from lado.rules.vocabulary import Attendance
from lado.rules.words import long_day
from lado.rules.written_minutes import Agreed, WrittenMinutes

NOBODY = "Nobody is listed yet."
CONFIDENTIAL = "Confidential: not to be copied or passed on without the LADO’s agreement"
DRAFT = "Draft: these minutes are not agreed yet"
REDACTED = "Redacted copy: where something is left out, it says “Withheld”"
NOT_DISCUSSED = "Not discussed"
OPENING = ("Confidentiality", "Introductions, apologies, and conflicts of interest")
CLOSING = ("Actions: what, who and by when", "Date of the next review")


def agenda(
    discussion: StrategyDiscussion, *, council: str, meeting: str, unnamed: Unnamed
) -> Paper:
    """It names nobody but those who are asked to it."""
    invited = [
        (unnamed(row.name), unnamed(row.role), row.agency.label)
        for row in discussion.participants
        if row.attendance is not Attendance.LEFT_OUT
    ]
    return _paper(
        discussion,
        council,
        title=f"{_name(discussion, meeting)}: agenda",
        file_name="agenda",
        warnings=_restriction(discussion),
        parts=[
            Facts([(term, unnamed(words)) for term, words in _arrangement(discussion)]),
            Text(CONFIDENTIALITY),
            Heading("Asked to take part"),
            Grid(("Name", "Role", "Agency"), invited, (36, 32, 32)) if invited else Text(NOBODY),
            Heading("Agenda"),
            *_items(),
        ],
    )


def draft(
    minutes: WrittenMinutes, discussion: StrategyDiscussion, *, council: str, meeting: str
) -> Paper:
    return _paper(
        discussion,
        council,
        title=f"{_name(discussion, meeting)}: minutes",
        file_name="minutes-draft",
        warnings=[DRAFT, *_restriction(discussion)],
        parts=list(_minutes(minutes.with_texts(in_full), "Draft", frozenset())),
    )


def agreed(copy: MinutesCopy, *, council: str, meeting: str) -> Paper:
    version = copy.version
    discussion = version.discussion
    agreed_on = f", agreed on {long_day(version.agreed_on)}" if version.agreed_on else ", agreed"
    return _paper(
        discussion,
        council,
        title=f"{_name(discussion, meeting)}: minutes",
        file_name=f"minutes-{version.number}-copy-{copy.number}",
        warnings=list(_warnings(copy)),
        parts=list(
            _minutes(
                copy.minutes, f"Version {version.number}{agreed_on}. {copy.name}", copy.withheld
            )
        ),
    )


def _warnings(copy: MinutesCopy) -> Iterator[str]:
    if since := copy.version.corrected_on:
        yield f"Corrected: these minutes no longer stand since {long_day(since)}"
    if not copy.is_whole:
        yield REDACTED
    yield from _restriction(copy.version.discussion)


def _paper(
    discussion: StrategyDiscussion,
    council: str,
    *,
    title: str,
    file_name: str,
    parts: Sequence[Part],
    warnings: Sequence[str],
) -> Paper:
    reference = discussion.case.reference
    return Paper(
        title=title,
        reference=reference,
        council=council,
        file_name=f"{reference}-{discussion.number}-{file_name}",
        confidential=CONFIDENTIAL,
        before=[Lines([f"Our reference: {reference}"])],
        parts=parts,
        warnings=warnings,
    )


def _name(discussion: StrategyDiscussion, meeting: str) -> str:
    return f"{meeting[:1].upper()}{meeting[1:]} {discussion.number}"


def _restriction(discussion: StrategyDiscussion) -> list[str]:
    return reporting_warning(in_force=discussion.case.reporting_restricted)


def _arrangement(discussion: StrategyDiscussion) -> Iterator[tuple[str, str]]:
    day = discussion.scheduled_on or discussion.held_on
    yield "Date", f"{day:%A} {long_day(day)}" if day else ""
    yield "Time", f"{discussion.scheduled_at:%H:%M}" if discussion.scheduled_at else ""
    yield "Place", discussion.place or ""
    yield "Chair", discussion.chair.name if discussion.chair else ""
    purpose = discussion.purpose.label if discussion.purpose else ""
    yield "Purpose", _purpose(purpose, joint=discussion.joint)


def _purpose(purpose: str, *, joint: bool) -> str:
    return f"{purpose}, joint with a section 47 strategy meeting" if joint else purpose


def _items() -> Iterator[Part]:
    headings = [f"{each.label}\n{each.hint}" for each in HEADINGS]
    for number, words in enumerate([*OPENING, *headings, *CLOSING], start=1):
        yield Text(f"{number}. {words}")


def _minutes(minutes: WrittenMinutes, state: str, left_out: frozenset[str]) -> Iterator[Part]:
    yield Facts(
        [
            ("Held on", long_day(minutes.held_on)),
            ("Purpose", _purpose(minutes.purpose, joint=minutes.joint)),
            ("Chair", minutes.chair),
            ("Minutes", state),
        ]
    )
    yield Text(CONFIDENTIALITY)
    for part, label in PARTS.items():
        inside = list(_part(minutes, part))
        if inside:
            yield Heading(label)
            yield from [Text(WITHHELD)] if part in left_out else inside
    review = minutes.next_review_on
    yield Heading("Next review")
    yield Text(long_day(review) if review else "None is set.")


def _part(minutes: WrittenMinutes, part: str) -> Iterator[Part]:
    if part == ABOUT and minutes.about:
        yield Facts(minutes.about)
    elif part == ATTENDANCE and minutes.attendance:
        rows = [(each.name, each.role, each.agency, each.attendance) for each in minutes.attendance]
        yield Grid(("Name", "Role", "Agency", "Attendance"), rows, (22, 21, 24, 33))
    elif part == ACTIONS and minutes.actions:
        head = ("No.", "What is to be done", "Who", "By")
        yield Grid(head, [_action(each) for each in minutes.actions], (8, 44, 28, 20))
    elif part in minutes.said:
        yield from written(minutes.said[part] or NOT_DISCUSSED)


def _action(action: Agreed) -> tuple[str, ...]:
    who = f"{action.owner}, {action.agency}"
    return str(action.number), action.description, who, long_day(action.due_on)
