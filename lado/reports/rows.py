"""The rows of a breakdown: which there are, in which order, and what they are called."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from lado.models import Term
from lado.rules.quarters import Period
from lado.rules.threshold import Limb, limbs_on
from lado.rules.timescales import Band
from lado.rules.vocabulary import (
    AWAITING_DECISION,
    NO_OUTCOME_NEEDED,
    NOT_RECORDED,
    DecisionStage,
    Labelled,
    OutcomeCode,
    TermGroup,
)

NO_OUTCOME = "no_outcome"
CONCLUSION_LABELS = {code: code.label for code in OutcomeCode} | {NO_OUTCOME: NO_OUTCOME_NEEDED}
CHILDREN_LABELS = {"none": "None identified", "one": "One", "multiple": "Multiple"}

Tally: TypeAlias = Counter[Hashable]


@dataclass(frozen=True)
class TermRow:
    id: int
    code: str
    label: str
    stage: DecisionStage | None
    valid_from: date | None
    valid_to: date | None
    parent_id: int | None = None

    def in_use(self, period: Period) -> bool:
        return (self.valid_from is None or self.valid_from <= period.end) and (
            self.valid_to is None or period.start <= self.valid_to
        )


Vocabulary: TypeAlias = Mapping[TermGroup, Sequence[TermRow]]


def load_vocabulary(session: Session) -> dict[TermGroup, list[TermRow]]:
    found: dict[TermGroup, list[TermRow]] = {group: [] for group in TermGroup}
    statement = select(
        Term.group,
        Term.id,
        Term.code,
        Term.label,
        Term.stage,
        Term.valid_from,
        Term.valid_to,
        Term.parent_id,
    ).order_by(Term.group, Term.position, Term.label)
    for row in session.execute(statement):
        found[row.group].append(TermRow(*row[1:]))
    return found


@dataclass(frozen=True)
class Rows:
    """`without` is what a record without a value is called; `without_always` shows that row even
    when it is empty."""

    without: str = NOT_RECORDED
    without_always: bool = True

    def labels(
        self, _period: Period, _vocabulary: Vocabulary, /
    ) -> dict[Hashable, tuple[str, bool]]:
        """By code: the label, and whether its row is shown when nothing falls into it."""
        return {}

    def namer(self, period: Period, vocabulary: Vocabulary) -> Callable[[Hashable], str]:
        """The label under which a value is counted."""
        labels = self.labels(period, vocabulary)
        return lambda code: labels[code][0] if code in labels else self.without

    def fill(self, tally: Tally, period: Period, vocabulary: Vocabulary) -> dict[str, int]:
        counts: dict[str, int] = {}
        labels = self.labels(period, vocabulary)
        for code, (label, always) in labels.items():
            if always or tally[code]:
                counts[label] = counts.get(label, 0) + tally[code]
        missing = sum(n for code, n in tally.items() if code not in labels)
        if missing or self.without_always:
            counts[self.without] = counts.get(self.without, 0) + missing
        return counts


NO_ROWS = Rows()


@dataclass(frozen=True)
class TermRows(Rows):
    """The terms of a local list in use in the period, and retired ones that were counted. Of a
    list that is `long` only those that were counted."""

    group: TermGroup = TermGroup.SECTOR
    long: bool = False

    def labels(self, period: Period, vocabulary: Vocabulary, /) -> dict[Hashable, tuple[str, bool]]:
        return {
            term.id: (term.label, term.in_use(period) and not self.long)
            for term in vocabulary[self.group]
        }


@dataclass(frozen=True)
class FixedRows(Rows):
    codes: tuple[tuple[str, str], ...] = ()

    def labels(
        self, _period: Period, _vocabulary: Vocabulary, /
    ) -> dict[Hashable, tuple[str, bool]]:
        return {code: (label, True) for code, label in self.codes}


@dataclass(frozen=True)
class LimbRows(Rows):
    """The limbs of the threshold that contacts of the period are judged under."""

    def labels(
        self, period: Period, _vocabulary: Vocabulary, /
    ) -> dict[Hashable, tuple[str, bool]]:
        in_force = {*limbs_on(period.start), *limbs_on(period.end)}
        return {limb: (limb.short, limb in in_force) for limb in Limb}


@dataclass(frozen=True)
class MonthRows(Rows):
    def labels(
        self, period: Period, _vocabulary: Vocabulary, /
    ) -> dict[Hashable, tuple[str, bool]]:
        months = [f"{month:%Y-%m}" for month in period.months]
        return {month: (month, True) for month in months}


def terms(group: TermGroup, *, not_recorded: bool = True, long: bool = False) -> Rows:
    return TermRows(without_always=not_recorded, group=group, long=long)


def fixed(labels: Mapping[str, str], *, not_recorded: bool = False) -> Rows:
    return FixedRows(without_always=not_recorded, codes=tuple(labels.items()))


def labelled(codes: type[Labelled], *, not_recorded: bool = False) -> Rows:
    return fixed({code.value: code.label for code in codes}, not_recorded=not_recorded)


MONTHS = MonthRows(without_always=False)
DECISIONS = TermRows(without=AWAITING_DECISION, group=TermGroup.DECISION)
LIMBS = LimbRows(without_always=False)
BANDS = labelled(Band)
CHILDREN = fixed(CHILDREN_LABELS, not_recorded=True)
CONCLUSIONS = fixed(CONCLUSION_LABELS, not_recorded=True)
