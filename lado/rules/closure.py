"""What still stands open on a case that is about to be concluded.

Only a missing outcome stops a closure, and only where the closure's reason needs one; the rest is
shown so that nobody closes a case without having seen it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from lado.rules.vocabulary import DiscussionStatus, Labelled, StrandKind, StrandStatus


class Missing(Labelled):
    OUTCOME = "outcome", "Allegation {} has no outcome"
    ACTION = "action", "Action {} is still open"
    NOT_RECORDED = "not_recorded", "Number {} is scheduled and was not recorded or cancelled"
    MINUTES = "minutes", "The minutes of number {} are not circulated"
    STRAND = "strand", "{}: not ended, nor marked as not applicable"
    BARRING = "barring", "Substantiated, and no referral to the DBS was considered"
    LEARNING = "learning", "No learning is recorded"


@dataclass(frozen=True)
class LooseEnd:
    """`number` is that of the allegation, action or discussion, for the link."""

    missing: Missing
    number: int = 0
    strand: StrandKind | None = None

    @property
    def words(self) -> str:
        return self.missing.label.format(self.strand.label if self.strand else self.number)


@dataclass(frozen=True)
class Standing:
    """Where a case stands: by number, whether an allegation has its outcome and so on."""

    without_outcome: Collection[int]
    open_actions: Collection[int]
    discussions: Collection[tuple[int, DiscussionStatus]]
    strands: Collection[tuple[StrandKind, StrandStatus]]
    substantiated: bool = False
    barring_considered: bool = False
    learning: bool = False


SETTLED = frozenset({StrandStatus.ENDED, StrandStatus.NOT_APPLICABLE})
WITHOUT_MINUTES = frozenset({DiscussionStatus.HELD, DiscussionStatus.MINUTES_AGREED})


def loose_ends(standing: Standing) -> list[LooseEnd]:
    return [
        *(LooseEnd(Missing.OUTCOME, number) for number in standing.without_outcome),
        *(LooseEnd(Missing.ACTION, number) for number in standing.open_actions),
        *(
            LooseEnd(Missing.NOT_RECORDED, number)
            for number, status in standing.discussions
            if status is DiscussionStatus.SCHEDULED
        ),
        *(
            LooseEnd(Missing.MINUTES, number)
            for number, status in standing.discussions
            if status in WITHOUT_MINUTES
        ),
        *(
            LooseEnd(Missing.STRAND, strand=kind)
            for kind, status in standing.strands
            if status not in SETTLED
        ),
        *(
            [LooseEnd(Missing.BARRING)]
            if standing.substantiated and not standing.barring_considered
            else []
        ),
        *([] if standing.learning else [LooseEnd(Missing.LEARNING)]),
    ]


def stops_closure(ends: Collection[LooseEnd], *, reason_needs_outcome: bool) -> bool:
    return reason_needs_outcome and any(end.missing is Missing.OUTCOME for end in ends)


def earliest_conclusion(opened_on: date, *events: date | None) -> date:
    """A case is not concluded before what belongs to it: its discussions and its outcomes."""
    return max([opened_on, *(event for event in events if event is not None)])
