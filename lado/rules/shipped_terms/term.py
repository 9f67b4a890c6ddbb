"""The shape of a shipped term, and short ways to write many."""

from dataclasses import dataclass, replace
from datetime import date

from lado.rules.vocabulary import DecisionStage, TermGroup


@dataclass(frozen=True)
class ShippedTerm:
    """`parent` is a code in the parent group; both days of validity are included.

    `stage` belongs to decisions. `needs_outcome` belongs to closure reasons: whether each
    allegation must have an outcome before a case may be closed for this reason.
    """

    group: TermGroup
    code: str
    label: str
    synonyms: tuple[str, ...] = ()
    parent: str | None = None
    stage: DecisionStage | None = None
    needs_outcome: bool | None = None
    valid_from: date | None = None
    valid_to: date | None = None


Row = tuple[str, ...]


def terms(group: TermGroup, *rows: Row, parent: str | None = None) -> tuple[ShippedTerm, ...]:
    """One term from each row of code, label and synonyms."""
    return tuple(
        ShippedTerm(group, code, label, tuple(synonyms), parent) for code, label, *synonyms in rows
    )


def children(group: TermGroup, by_parent: dict[str, tuple[Row, ...]]) -> tuple[ShippedTerm, ...]:
    return tuple(
        term for parent, rows in by_parent.items() for term in terms(group, *rows, parent=parent)
    )


def decisions(stage: DecisionStage, *rows: Row) -> tuple[ShippedTerm, ...]:
    return tuple(replace(term, stage=stage) for term in terms(TermGroup.DECISION, *rows))


def closure_reasons(*rows: Row, needs_outcome: bool) -> tuple[ShippedTerm, ...]:
    return tuple(
        replace(term, needs_outcome=needs_outcome)
        for term in terms(TermGroup.CLOSURE_REASON, *rows)
    )
