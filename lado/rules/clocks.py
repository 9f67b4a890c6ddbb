"""Each named timescale of one case: from what day, due by when, done when, and how that stands.

A clock starts from an event of its own and never from a record being typed (R-16).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from lado.rules import timescales
from lado.rules.strands import UNSETTLED, Employer
from lado.rules.timescales import TIMESCALES, Timescale, TimescaleRule, Unit
from lado.rules.vocabulary import Labelled
from lado.rules.working_days import working_days_words

CONCLUSIONS = (
    Timescale.CONCLUSION_MOST,
    Timescale.CONCLUSION_NEARLY_ALL,
    Timescale.CONCLUSION_ALL,
)
OF_EMPLOYER = {
    Timescale.EMPLOYER_ACTION,
    Timescale.INVESTIGATION_REPORT,
    Timescale.HEARING_DECISION,
    Timescale.HEARING,
}


@dataclass(frozen=True)
class Meeting:
    """A strategy discussion that was held. `minutes_elsewhere`: it came from a register."""

    number: int
    held_on: date
    next_review_on: date | None = None
    final: bool = False
    circulated_on: date | None = None
    minutes_elsewhere: bool = False
    before_reopening: bool = False


@dataclass(frozen=True)
class Facts:
    """What the records say of one case. `received_on` and `opened_on` are of its first opening;
    `contact` the days of the contact that opened it: the setting aware, received, decided.

    `plainly_unfounded`: all its outcomes say so and no strategy discussion was needed.
    `police_heard` are the days of their beginning, of each result and of each update, the earliest
    first, and `police_agreed_on` when it is agreed to ask them again. `referrals` are the days on
    which each was considered and sent.
    """

    received_on: date
    opened_on: date
    concluded_on: date | None = None
    reopened_on: date | None = None
    contact: tuple[date | None, date, date | None] | None = None
    meetings: Sequence[Meeting] = field(default=())
    police_heard: Sequence[date] = field(default=())
    police_agreed_on: date | None = None
    police_ended_on: date | None = None
    police_over: bool = False
    referrals: Sequence[tuple[date, date | None]] = field(default=())
    employer: Employer = UNSETTLED
    employer_over: bool = False
    plainly_unfounded: bool = False


class State(Labelled):
    IN_TIME = "in_time", "In time"
    LATE = "late", "Late"
    OVERDUE = "overdue", "Overdue"
    DUE = "due", "Due"
    NOT_STARTED = "not_started", "Not started"


@dataclass(frozen=True)
class Clock:
    """`number` is that of the strategy discussion it runs from. `anew`: since the case was opened
    again."""

    timescale: Timescale
    started_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    number: int = 0
    anew: bool = False

    @property
    def rule(self) -> TimescaleRule:
        return TIMESCALES[self.timescale]

    def title(self, meeting: str) -> str:
        """`meeting` is the council's own name for a strategy discussion."""
        after = f", after {meeting} {self.number}" if self.number else ""
        return self.timescale.label + after + (", since it was reopened" if self.anew else "")

    def state(self, today: date) -> State:
        if self.due_on is None:
            return State.NOT_STARTED
        if self.done_on is not None:
            return State.IN_TIME if self.done_on <= self.due_on else State.LATE
        return State.DUE if today <= self.due_on else State.OVERDUE

    def words(self, today: date) -> str:
        """`Late by 3 working days`, `Due in 2 days`, `Due today`."""
        state = self.state(today)
        if self.due_on is None or state is State.IN_TIME:
            return state.label
        day = self.done_on or today
        if state is State.DUE:
            return f"Due in {self._count(day, self.due_on)}" if day < self.due_on else "Due today"
        return f"{state.label} by {self._count(self.due_on, day)}"

    def _count(self, start: date, end: date) -> str:
        if self.rule.unit is Unit.WORKING_DAYS:
            return working_days_words(start, end)
        days = (end - start).days
        return f"{days:,} day{'' if days == 1 else 's'}"


Amounts = Mapping[Timescale, int]


def clocks(facts: Facts, amounts: Amounts) -> list[Clock]:
    """In the order of the rules. `amounts` are the council's own numbers. What has not started is
    there once while the case is open; what was not done before the conclusion is not there."""
    running = [
        *_contact(facts, amounts),
        *_meetings(facts, amounts),
        *_police(facts, amounts),
        *employers(facts.employer, amounts, over=facts.employer_over),
        *(
            _clock(Timescale.REFERRAL_SENT, considered_on, sent_on, amounts)
            for considered_on, sent_on in facts.referrals
        ),
    ]
    if facts.concluded_on is not None:
        running = [c for c in running if c.done_on or c.timescale is Timescale.MINUTES]
    running += _conclusions(facts, amounts)
    started = {clock.timescale for clock in running}
    if facts.concluded_on is None:
        waiting = set(Timescale) - started - {Timescale.PLAINLY_UNFOUNDED} - OF_EMPLOYER
        running += [Clock(timescale) for timescale in waiting]
    order = list(TIMESCALES)
    return sorted(running, key=lambda c: (order.index(c.timescale), c.started_on or date.max))


def _clock(
    timescale: Timescale, start: date, done_on: date | None, amounts: Amounts, number: int = 0
) -> Clock:
    due_on = timescales.due(timescale, start, amounts.get(timescale))
    return Clock(timescale, start, due_on, done_on, number)


def _contact(facts: Facts, amounts: Amounts) -> Iterator[Clock]:
    if facts.contact is None:
        return
    aware_on, received_on, decided_on = facts.contact
    if aware_on is not None:
        yield _clock(Timescale.TOLD_LADO, aware_on, received_on, amounts)
    yield _clock(Timescale.DECISION, received_on, decided_on, amounts)


def _meetings(facts: Facts, amounts: Amounts) -> Iterator[Clock]:
    """Those held before the case was opened again have but their minutes."""
    held = sorted(facts.meetings, key=lambda meeting: (meeting.held_on, meeting.number))
    for meeting in held:
        if not meeting.minutes_elsewhere:
            day, circulated = meeting.held_on, meeting.circulated_on
            yield _clock(Timescale.MINUTES, day, circulated, amounts, meeting.number)
    held = [meeting for meeting in held if not meeting.before_reopening]
    first = held[0].held_on if held else None
    opened_on = facts.reopened_on or facts.opened_on
    clock = _clock(Timescale.FIRST_DISCUSSION, opened_on, first, amounts)
    yield replace(clock, anew=facts.reopened_on is not None)
    for meeting, following in zip(held, [*held[1:], None], strict=False):
        next_held = following.held_on if following else None
        if meeting.next_review_on is not None:
            agreed = meeting.next_review_on
            yield Clock(Timescale.REVIEW, meeting.held_on, agreed, next_held, meeting.number)
        elif not meeting.final:
            yield _clock(Timescale.REVIEW, meeting.held_on, next_held, amounts, meeting.number)


def _police(facts: Facts, amounts: Amounts) -> Iterator[Clock]:
    """From each time they were heard of to the next, until their strand ends."""
    heard = sorted({*facts.police_heard, *filter(None, [facts.police_ended_on])})
    for start, done_on in pairwise(heard):
        yield _clock(Timescale.POLICE_REVIEW, start, done_on, amounts)
    day = ask_police_on(heard, facts.police_agreed_on, amounts)
    over = facts.police_over or facts.police_ended_on is not None
    if day is not None and not over:
        yield Clock(Timescale.POLICE_REVIEW, heard[-1] if heard else None, day)


def ask_police_on(heard: Sequence[date], agreed_on: date | None, amounts: Amounts) -> date | None:
    """On the day agreed, unless they were heard of on it or since; otherwise so long after they
    were last heard of. `heard`: the earliest first."""
    last = heard[-1] if heard else None
    if agreed_on is not None and (last is None or last < agreed_on):
        return agreed_on
    if last is None:
        return None
    return timescales.due(Timescale.POLICE_REVIEW, last, amounts.get(Timescale.POLICE_REVIEW))


def employers(employer: Employer, amounts: Amounts, *, over: bool) -> Iterator[Clock]:
    """At most one of them runs. `over`: their strand has ended, or does not apply; what was not
    done before is not there then."""
    for timescale, start, done_on in employer.steps():
        if start is not None and (done_on or not over):
            yield _clock(timescale, start, done_on, amounts)
        elif not over:
            yield Clock(timescale)


def _conclusions(facts: Facts, amounts: Amounts) -> Iterator[Clock]:
    plainly = (Timescale.PLAINLY_UNFOUNDED,) if facts.plainly_unfounded else ()
    begun_on = facts.reopened_on or facts.received_on
    for timescale in (*plainly, *CONCLUSIONS):
        clock = _clock(timescale, begun_on, facts.concluded_on, amounts)
        yield replace(clock, anew=facts.reopened_on is not None)


def running(found: Sequence[Clock]) -> list[Clock]:
    """Those to conclude the case by, which no next step says."""
    shown = {*CONCLUSIONS, Timescale.PLAINLY_UNFOUNDED}
    return [c for c in found if c.timescale in shown and c.due_on and c.done_on is None]
