"""A case as it is printed: its summary and its chronology. Whoever reported and asked not to be
named is not named in either (R-43), and a reporting restriction stands on each page (R-44)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from lado.models import (
    Action,
    Allegation,
    Case,
    Child,
    Notice,
    OnwardReferral,
    Position,
    SafetyMeasure,
    Strand,
    StrategyDiscussion,
)
from lado.papers.paper import Facts, Grid, Heading, Paper, Part, Text, written
from lado.queries.callers import Unnamed
from lado.queries.case_fairness import standing_notices
from lado.rules.clocks import Clock, State
from lado.rules.protection import reporting_warning
from lado.rules.vocabulary import NOT_RECORDED
from lado.rules.words import long_day

CONFIDENTIAL = "Confidential: for those who need it to protect children"


class Happened(Protocol):
    """An entry of the chronology."""

    @property
    def day(self) -> date: ...
    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str | None: ...
    @property
    def by(self) -> str | None: ...


def chronology_paper(
    case: Case,
    entries: Sequence[Happened],
    *,
    council: str,
    unnamed: Unnamed,
    narrowed_to: str,
    today: date,
) -> Paper:
    """The earliest first, as a story is read. `narrowed_to`: which part, if not all of it."""
    asked = f" Only a part of it: {narrowed_to}." if narrowed_to else ""
    parts: list[Part] = [Text(f"As recorded on {long_day(today)}.{asked}")]
    for entry in reversed(entries):
        parts.append(Heading(unnamed(f"{long_day(entry.day)}: {entry.title}")))
        if entry.by:
            parts.append(Text(unnamed(f"By {entry.by}")))
        parts.extend(written(unnamed(entry.text or "")))
    return _paper("Chronology", "chronology", case, council, parts)


def case_summary(
    case: Case,
    steps: Sequence[tuple[date, str]],
    clocks: Sequence[Clock],
    *,
    council: str,
    meeting: str,
    unnamed: Unnamed,
    links: Sequence[tuple[str, str]],
    today: date,
) -> Paper:
    """`steps` are what stands next, by day; `links` the matter and other authorities, in words."""
    facts = [(term, unnamed(words)) for term, words in (*_facts(case), *links)]
    parts: list[Part] = [Text(f"As recorded on {long_day(today)}."), Facts(facts)]
    grids = (*_grids(case, meeting), _timescales(clocks, meeting, today), _next(steps, today))
    for grid in grids:
        parts += [Heading(grid.title), *grid.part(unnamed)]
    return _paper("Case summary", "summary", case, council, parts)


def _paper(title: str, name: str, case: Case, council: str, parts: Sequence[Part]) -> Paper:
    return Paper(
        title=title,
        reference=case.reference,
        council=council,
        file_name=f"{case.reference}-{name}",
        confidential=CONFIDENTIAL,
        before=[Text(f"Our reference: {case.reference}")],
        parts=parts,
        warnings=reporting_warning(in_force=case.reporting_restricted),
    )


def _facts(case: Case) -> list[tuple[str, str]]:
    organisation = case.organisation.name if case.organisation else ""
    rows = [
        ("About", case.about),
        ("Position", _position(case.position)),
        ("Organisation", organisation),
        ("Status", case.status.label),
        ("Works on it", case.owner.name if case.owner else ""),
        ("Received", long_day(case.received_on)),
    ]
    for spell in case.spells:
        rows.append(("Opened" if spell.number == 1 else "Opened again", long_day(spell.opened_on)))
        if spell.concluded_on:
            reason = f": {spell.closure_reason.label}" if spell.closure_reason else ""
            rows.append(("Concluded", f"{long_day(spell.concluded_on)}{reason}"))
    children = str(case.children_count) if case.children_count else ""
    rows.append(("Children", children or (case.children.label if case.children else "")))
    return rows


def _position(position: Position) -> str:
    role = position.role.label if position.role else "Role not stated"
    place = f", {position.organisation.name}" if position.organisation else ""
    return f"{role}{place} ({position.sector.label})"


@dataclass(frozen=True)
class _Table:
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[int]
    none: str

    def part(self, unnamed: Unnamed) -> Iterator[Part]:
        if not self.rows:
            yield Text(self.none)
            return
        yield Grid(self.head, [[unnamed(cell) for cell in row] for row in self.rows], self.shares)


def _grids(case: Case, meeting: str) -> Iterator[_Table]:
    yield from _concern(case)
    yield from _agencies(case)
    yield from _work(case, meeting)


def _concern(case: Case) -> Iterator[_Table]:
    yield _Table(
        "Allegations",
        ("No.", "Category", "What is alleged", "Outcome"),
        [_allegation(each) for each in case.allegations],
        (8, 22, 46, 24),
        "None.",
    )
    yield _Table(
        "Children",
        ("No.", "Name", "Age", "Their view"),
        [_child(each) for each in case.child_records],
        (8, 36, 10, 46),
        "None is recorded by itself.",
    )


def _agencies(case: Case) -> Iterator[_Table]:
    yield _Table(
        "Police, social care, employer",
        ("Strand", "Status", "Lead and reference", "Result"),
        [_strand(each) for each in case.strands],
        (22, 22, 28, 28),
        "None.",
    )
    yield _Table(
        "Safety measures",
        ("No.", "Measure", "How it stands", "Decided by"),
        [_measure(each) for each in case.safety_measures],
        (8, 32, 34, 26),
        "None is recorded.",
    )


def _work(case: Case, meeting: str) -> Iterator[_Table]:
    yield _Table(
        f"{meeting[:1].upper()}{meeting[1:]}s",
        ("No.", "Purpose", "Status", "Day"),
        [_discussion(each) for each in case.discussions],
        (8, 30, 32, 30),
        "None was held or arranged.",
    )
    yield _Table(
        "Actions that are open",
        ("No.", "What is to be done", "Who", "Due"),
        [_action(each) for each in case.actions if each.is_open],
        (8, 42, 28, 22),
        "None.",
    )
    yield _Table(
        "Onward referrals",
        ("To", "Decision", "Referred on", "Reference"),
        [_referral(each) for each in case.referrals],
        (34, 22, 22, 22),
        "None is recorded.",
    )
    yield _Table(
        "Who was told",
        ("Who and of what", "When", "By whom, or why not"),
        [_notice(each) for each in standing_notices(case).values()],
        (40, 28, 32),
        "Nothing is recorded.",
    )


def _allegation(allegation: Allegation) -> tuple[str, ...]:
    outcome = allegation.outcome.outcome.label if allegation.outcome else "None yet"
    told = allegation.description or ""
    return str(allegation.number), allegation.category.label, told, outcome


def _strand(strand: Strand) -> tuple[str, ...]:
    result = strand.result.term.label if strand.result else ""
    who = "\n".join(filter(None, [strand.lead, strand.reference]))
    stands = [strand.status.label, strand.way.label if strand.way else ""]
    return strand.kind.label, ": ".join(filter(None, stands)), who, result


def _child(child: Child) -> tuple[str, ...]:
    named = [child.name or "Not named", "Looked after" if child.looked_after else ""]
    age = "" if child.age is None else str(child.age)
    view = child.view or child.voice_reason or child.voice.label
    return str(child.number), "\n".join(filter(None, named)), age, view


def _measure(measure: SafetyMeasure) -> tuple[str, ...]:
    stands = [
        measure.decision.label,
        f"from {long_day(measure.started_on)}" if measure.started_on else "",
        f"to {long_day(measure.ended_on)}" if measure.ended_on else "",
        f"next review {long_day(measure.review_on)}" if measure.review_on else "",
    ]
    said = ", ".join(filter(None, stands))
    return str(measure.number), measure.term.label, said, measure.decided_by or ""


def _notice(notice: Notice) -> tuple[str, ...]:
    if notice.told_on:
        return notice.row.words, _day(notice.told_on), notice.told_by or ""
    again = f", look again {long_day(notice.look_again_on)}" if notice.look_again_on else ""
    return notice.row.words, f"Not told{again}", notice.withheld_reason or ""


def _discussion(held: StrategyDiscussion) -> tuple[str, ...]:
    purpose = held.purpose.label if held.purpose else ""
    return str(held.number), purpose, held.status.label, _day(held.held_on or held.scheduled_on)


def _action(action: Action) -> tuple[str, ...]:
    who = f"{action.owner} ({action.agency.label})"
    return str(action.number), action.description, who, _day(action.due_on)


def _referral(referral: OnwardReferral) -> tuple[str, ...]:
    sent = _day(referral.referred_on)
    missing = NOT_RECORDED if sent else ""
    return referral.body.label, referral.decision.label, sent, referral.reference or missing


def _timescales(clocks: Sequence[Clock], meeting: str, today: date) -> _Table:
    started = [each for each in clocks if each.state(today) is not State.NOT_STARTED]
    return _Table(
        "Timescales",
        ("Timescale", "Due by", "Done", "How it stands"),
        [
            (each.title(meeting), _day(each.due_on), _day(each.done_on), each.words(today))
            for each in started
        ],
        (36, 20, 20, 24),
        "None has started.",
    )  # fmt: skip


def _next(steps: Sequence[tuple[date, str]], today: date) -> _Table:
    rows = [(words, _day(day), "Overdue" if day < today else "") for day, words in steps]
    head = ("What", "Due", "How it stands")
    return _Table("What stands next", head, rows, (58, 24, 18), "Nothing is due.")


def _day(day: date | None) -> str:
    return long_day(day) if day else ""
