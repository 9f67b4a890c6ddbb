"""The closure gate (R-59): what a case is not closed without, as one table."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lado.rules.vocabulary import DiscussionStatus, Labelled, StrandKind, StrandStatus


class Missing(Labelled):
    """In the order in which it is listed. `{}` is a number, or what it is about."""

    OUTCOME = "outcome", "Allegation {} has no outcome"
    OUTCOME_AGAIN = (
        "outcome_again",
        "Allegation {}: record its outcome again since the case was reopened, or that it stands",
    )
    CHILD_HELP = "child_help", "Allegation {} is not true: say whether the child needs help"
    STRAND = "strand", "{}: not ended, nor marked as not applicable"
    BODY = "body", "Not yet decided whether to refer to: {}"
    NOT_SENT = "not_sent", "To be referred, and not sent yet: {}"
    NOT_PROVED = (
        "not_proved",
        "Sent with neither a reference nor an acknowledgement, and no day to ask after it: {}",
    )
    ACTION = "action", "Action {} is still open"
    NOT_RECORDED = "not_recorded", "Number {} is scheduled and was not recorded or cancelled"
    MINUTES = "minutes", "The minutes of number {} are not circulated"
    TOLD = "told", "{}: not done, and no reason given"
    HEARD = "heard", "{}: not done, and no reason given"
    PUT_OFF = "put_off", "{}: put off to a later day, so still to be done"
    MEASURE = "safety_measure", "Safety measure {} is neither ended nor passed on"
    LEARNING = "learning", "No learning is recorded, nor that there is none"
    DELAY = "delay", "No reason for delay is given for: {}"


class Stops(StrEnum):
    ALWAYS = "always"
    WITH_OUTCOME = "with_outcome"
    NEVER = "never"


# Whether it stops a closure: always, only where the closure's reason needs an outcome, or never,
# and is only shown so that nobody closes a case without having seen it. Retention and the
# manager's sign-off, which R-59 asks for too, come with the closure itself.
GATE: dict[Missing, Stops] = {
    Missing.OUTCOME: Stops.WITH_OUTCOME,
    Missing.OUTCOME_AGAIN: Stops.WITH_OUTCOME,
    Missing.CHILD_HELP: Stops.WITH_OUTCOME,
    Missing.STRAND: Stops.ALWAYS,
    Missing.BODY: Stops.ALWAYS,
    Missing.NOT_SENT: Stops.ALWAYS,
    Missing.NOT_PROVED: Stops.ALWAYS,
    Missing.ACTION: Stops.ALWAYS,
    Missing.NOT_RECORDED: Stops.ALWAYS,
    Missing.MINUTES: Stops.ALWAYS,
    Missing.TOLD: Stops.ALWAYS,
    # An outcome is reached by an enquiry, in which the person is heard (domain.md 6.4).
    Missing.HEARD: Stops.WITH_OUTCOME,
    Missing.PUT_OFF: Stops.ALWAYS,
    Missing.MEASURE: Stops.ALWAYS,
    Missing.LEARNING: Stops.ALWAYS,
    Missing.DELAY: Stops.NEVER,
}


@dataclass(frozen=True)
class LooseEnd:
    """`number` is that of the allegation, action, discussion or measure, `code` that of the strand:
    for the link."""

    missing: Missing
    number: int = 0
    about: str = ""
    code: str = ""

    @property
    def words(self) -> str:
        return self.missing.label.format(self.about or self.number)


@dataclass(frozen=True)
class Standing:
    """Where a case stands: numbers of parts that are not settled, or words for them."""

    without_outcome: Collection[int] = ()
    outcomes_before_reopening: Collection[int] = ()
    without_child_help: Collection[int] = ()
    strands: Collection[tuple[StrandKind, StrandStatus]] = ()
    bodies_to_consider: Collection[str] = ()
    not_sent: Collection[str] = ()
    not_proved: Collection[str] = ()
    open_actions: Collection[int] = ()
    discussions: Collection[tuple[int, DiscussionStatus]] = ()
    to_tell: Collection[str] = ()
    to_hear: Collection[str] = ()
    put_off: Collection[str] = ()
    measures: Collection[int] = ()
    learning: bool = False
    unexplained: Collection[str] = ()


SETTLED = frozenset({StrandStatus.ENDED, StrandStatus.NOT_APPLICABLE})
WITHOUT_MINUTES = frozenset({DiscussionStatus.HELD, DiscussionStatus.MINUTES_AGREED})


def loose_ends(standing: Standing) -> list[LooseEnd]:
    order = list(Missing)
    return sorted(_loose_ends(standing), key=lambda end: order.index(end.missing))


def _loose_ends(standing: Standing) -> Iterator[LooseEnd]:
    for missing, numbers in (
        (Missing.OUTCOME, standing.without_outcome),
        (Missing.OUTCOME_AGAIN, standing.outcomes_before_reopening),
        (Missing.CHILD_HELP, standing.without_child_help),
        (Missing.ACTION, standing.open_actions),
        (Missing.MEASURE, standing.measures),
    ):
        yield from (LooseEnd(missing, number) for number in numbers)
    for missing, several in (
        (Missing.BODY, standing.bodies_to_consider),
        (Missing.NOT_SENT, standing.not_sent),
        (Missing.NOT_PROVED, standing.not_proved),
        (Missing.TOLD, standing.to_tell),
        (Missing.HEARD, standing.to_hear),
        (Missing.PUT_OFF, standing.put_off),
        (Missing.DELAY, standing.unexplained),
    ):
        yield from (LooseEnd(missing, about=about) for about in several)
    for number, status in standing.discussions:
        if status is DiscussionStatus.SCHEDULED:
            yield LooseEnd(Missing.NOT_RECORDED, number)
        elif status in WITHOUT_MINUTES:
            yield LooseEnd(Missing.MINUTES, number)
    for kind, state in standing.strands:
        if state not in SETTLED:
            yield LooseEnd(Missing.STRAND, about=kind.label, code=kind.value)
    if not standing.learning:
        yield LooseEnd(Missing.LEARNING)


def stopping(ends: Collection[LooseEnd], *, reason_needs_outcome: bool) -> list[LooseEnd]:
    """Those that must be settled before the case is closed for a reason of this kind."""
    stops = {Stops.ALWAYS, Stops.WITH_OUTCOME} if reason_needs_outcome else {Stops.ALWAYS}
    return [end for end in ends if GATE[end.missing] in stops]


class Event(Labelled):
    """What a case is not concluded before. `{}` is a number, or what it is about."""

    OPENED = "opened", "the case was opened"
    DISCUSSION = "discussion", "discussion {} was held"
    OUTCOME = "outcome", "the outcome of allegation {} was decided"
    ACTION_DONE = "action_done", "action {} was done"
    ACTION_WAIVED = "action_waived", "action {} was waived"
    RESULT = "result", "a result was reported for the strand “{}”"
    STRAND_ENDED = "strand_ended", "the strand “{}” ended"
    SENT = "sent", "the referral to “{}” was sent"
    MEASURE_ENDED = "measure_ended", "safety measure {} ended"
    TOLD = "told", "this was done: “{}”"


@dataclass(frozen=True)
class Happened:
    event: Event
    on: date
    about: str | int = ""

    @property
    def words(self) -> str:
        return self.event.label.format(self.about)
