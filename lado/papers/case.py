"""A case as it is printed: its summary and its chronology. Whoever reported and asked not to be
named is not named in either (R-43), and a reporting restriction stands on each page (R-44)."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from lado.models import (
    Action,
    Allegation,
    Case,
    OnwardReferral,
    Position,
    Strand,
    StrategyDiscussion,
)
from lado.papers.paper import Facts, Grid, Heading, Paper, Part, Text, written
from lado.rules.clocks import Clock, State
from lado.rules.protection import reporting_warning, without_names
from lado.rules.words import long_day

CONFIDENTIAL = "Confidential: for those who need it to protect children"
Said = Callable[[str], str]


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
    withheld: Collection[str],
    narrowed_to: str,
    today: date,
) -> Paper:
    """The earliest first, as a story is read. `narrowed_to`: which part, if not all of it."""
    said = partial(without_names, names=withheld)
    asked = f" Only a part of it: {narrowed_to}." if narrowed_to else ""
    parts: list[Part] = [Text(f"As recorded on {long_day(today)}.{asked}")]
    for entry in reversed(entries):
        parts.append(Heading(said(f"{long_day(entry.day)}: {entry.title}")))
        if entry.by:
            parts.append(Text(said(f"By {entry.by}")))
        parts.extend(written(said(entry.text or "")))
    return _paper("Chronology", "chronology", case, council, parts)


def case_summary(
    case: Case,
    steps: Sequence[tuple[date, str]],
    clocks: Sequence[Clock],
    *,
    council: str,
    meeting: str,
    withheld: Collection[str],
    today: date,
) -> Paper:
    """`steps` are what stands next, by day."""
    said = partial(without_names, names=withheld)
    parts: list[Part] = [Text(f"As recorded on {long_day(today)}."), Facts(_facts(case, said))]
    grids = (*_grids(case, meeting), _timescales(clocks, meeting, today), _next(steps, today))
    for grid in grids:
        parts += [Heading(grid.title), *grid.part(said)]
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


def _facts(case: Case, said: Said) -> list[tuple[str, str]]:
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
    return [(term, said(words)) for term, words in rows]


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

    def part(self, said: Said) -> Iterator[Part]:
        if not self.rows:
            yield Text(self.none)
            return
        yield Grid(self.head, [[said(cell) for cell in row] for row in self.rows], self.shares)


def _grids(case: Case, meeting: str) -> Iterator[_Table]:
    yield _Table(
        "Allegations",
        ("No.", "Category", "What is alleged", "Outcome"),
        [_allegation(each) for each in case.allegations],
        (8, 22, 46, 24),
        "None.",
    )
    yield _Table(
        "Police, social care, employer",
        ("Strand", "Status", "Lead", "Result"),
        [_strand(each) for each in case.strands],
        (22, 22, 28, 28),
        "None.",
    )
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


def _allegation(allegation: Allegation) -> tuple[str, ...]:
    outcome = allegation.outcome.outcome.label if allegation.outcome else "None yet"
    told = allegation.description or ""
    return str(allegation.number), allegation.category.label, told, outcome


def _strand(strand: Strand) -> tuple[str, ...]:
    result = strand.result.term.label if strand.result else ""
    stands = [strand.status.label, strand.way.label if strand.way else ""]
    return strand.kind.label, ": ".join(filter(None, stands)), strand.lead or "", result


def _discussion(held: StrategyDiscussion) -> tuple[str, ...]:
    purpose = held.purpose.label if held.purpose else ""
    return str(held.number), purpose, held.status.label, _day(held.held_on or held.scheduled_on)


def _action(action: Action) -> tuple[str, ...]:
    who = f"{action.owner} ({action.agency.label})"
    return str(action.number), action.description, who, _day(action.due_on)


def _referral(referral: OnwardReferral) -> tuple[str, ...]:
    sent = _day(referral.referred_on)
    return referral.body.label, referral.decision.label, sent, referral.reference or ""


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
    return _Table("What stands next", ("What", "Due", ""), rows, (60, 24, 16), "Nothing is due.")


def _day(day: date | None) -> str:
    return long_day(day) if day else ""
