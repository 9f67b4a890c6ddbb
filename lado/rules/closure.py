"""The closure gate (R-59): what a case is not closed without, as one table."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lado.rules.vocabulary import DiscussionStatus, Labelled, StrandKind, StrandStatus


class Missing(Labelled):
    """In the order in which it is listed. `{}` is a number, or what it is about."""

    OUTCOME = "outcome", "Allegation {} has no outcome"
    CHILD_HELP = "child_help", "Allegation {} is not true: say whether the child needs help"
    STRAND = "strand", "{}: not ended, nor marked as not applicable"
    BODY = "body", "Not yet decided whether to refer to: {}"
    ACTION = "action", "Action {} is still open"
    NOT_RECORDED = "not_recorded", "Number {} is scheduled and was not recorded or cancelled"
    MINUTES = "minutes", "The minutes of number {} are not circulated"
    TOLD = "told", "{}: not done, and no reason given"
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
    Missing.CHILD_HELP: Stops.WITH_OUTCOME,
    Missing.STRAND: Stops.ALWAYS,
    Missing.BODY: Stops.ALWAYS,
    Missing.ACTION: Stops.ALWAYS,
    Missing.NOT_RECORDED: Stops.ALWAYS,
    Missing.MINUTES: Stops.ALWAYS,
    Missing.TOLD: Stops.ALWAYS,
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
    without_child_help: Collection[int] = ()
    strands: Collection[tuple[StrandKind, StrandStatus]] = ()
    bodies_to_consider: Collection[str] = ()
    open_actions: Collection[int] = ()
    discussions: Collection[tuple[int, DiscussionStatus]] = ()
    to_tell: Collection[str] = ()
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
        (Missing.CHILD_HELP, standing.without_child_help),
        (Missing.ACTION, standing.open_actions),
        (Missing.MEASURE, standing.measures),
    ):
        yield from (LooseEnd(missing, number) for number in numbers)
    for missing, several in (
        (Missing.BODY, standing.bodies_to_consider),
        (Missing.TOLD, standing.to_tell),
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


def earliest_conclusion(opened_on: date, *events: date | None) -> date:
    """A case is not concluded before what belongs to it: its discussions and its outcomes."""
    return max([opened_on, *(event for event in events if event is not None)])
