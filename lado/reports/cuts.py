"""A population of one period, counted by the database and judged here.

The database groups the records by a few of their attributes at a time, in one statement for each
population. What it cannot judge (working days, calendar months) is judged here once for each
different pair of dates, not once for each record.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeAlias

from sqlalchemy import Row, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from lado.reports.populations import POPULATIONS, several_adults
from lado.reports.rows import NO_OUTCOME, Tally, Vocabulary
from lado.reports.scope import Scope
from lado.rules.timescales import band
from lado.rules.vocabulary import DecisionStage, OutcomeCode, TermGroup
from lado.rules.working_days import within_working_days

SEXUAL_ABUSE = "sexual_abuse"
ONE_WORKING_DAY = 1
YEAR_AND_MONTH = len("2012-04")
OUTCOMES = list(OutcomeCode)

Group: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Judge:
    """An attribute worked out from columns. `fold` makes one value of those of several adults in
    a consultation; without it the first adult's is the consultation's."""

    columns: Group
    value: Callable[..., Any]
    fold: Callable[[Iterable[Any]], Hashable] | None = None


class Cut:
    def __init__(
        self, population: str, session: Session, scope: Scope, vocabulary: Vocabulary
    ) -> None:
        self.session, self.scope, self.vocabulary = session, scope, vocabulary
        self.judges = _judges(vocabulary).get(population, {})
        cuts = POPULATIONS[population].cuts
        self._counts = {group: Counter[tuple[Any, ...]]() for group in cuts}
        for row in session.execute(_counted(population), scope.parameters):
            group = cuts[row.cut]
            self._counts[group][tuple(getattr(row, name) for name in group)] += row.records

    @property
    def size(self) -> int:
        return next(iter(self._counts.values())).total()

    def by(self, attribute: str) -> Tally:
        """How many records have each value of the attribute."""
        judge = self._judge(attribute)
        tally: Tally = Counter()
        for values, records in self._counted_by(judge.columns):
            tally[judge.value(*values)] += records
        if judge.fold:
            self._fold_adults(judge, judge.fold, tally)
        return tally

    def different(self, column: str, attribute: str) -> int:
        """How many values `column` has among the records whose attribute is true."""
        judge = self._judge(attribute) if attribute else Judge((), lambda: True)
        counted = self._counted_by((column, *judge.columns))
        return len({first for (first, *rest), _ in counted if bool(judge.value(*rest))})

    def where(self, condition: str, attribute: str) -> Tally:
        """As `by`, of the records whose condition is true."""
        judge = self._judge(attribute)
        tally: Tally = Counter()
        for (holds, *values), records in self._counted_by((condition, *judge.columns)):
            if holds:
                tally[judge.value(*values)] += records
        return tally

    @cached_property
    def several_adults(self) -> list[list[Row[*tuple[Any, ...]]]]:
        adults = self.session.execute(_several_adults(), self.scope.parameters)
        return [list(group) for _, group in groupby(adults, key=attrgetter("id"))]

    def _judge(self, attribute: str) -> Judge:
        return self.judges.get(attribute) or Judge((attribute,), _itself)

    def _counted_by(self, columns: Group) -> Iterable[tuple[tuple[Any, ...], int]]:
        group = next(group for group in self._counts if set(columns) <= set(group))
        places = [group.index(name) for name in columns]
        for values, records in self._counts[group].items():
            yield tuple(values[place] for place in places), records

    def _fold_adults(
        self, judge: Judge, fold: Callable[[Iterable[Any]], Hashable], tally: Tally
    ) -> None:
        """Moves each consultation about several adults from the first one's value to that of
        all of them. There are few."""
        for adults in self.several_adults:
            values = [
                judge.value(*(getattr(adult, name) for name in judge.columns)) for adult in adults
            ]
            tally[values[0]] -= 1
            tally[fold(values)] += 1


_several_adults = cache(several_adults)


@cache
def _counted(population: str) -> Any:
    """The records are found once, then counted by each group of columns in turn."""
    cuts = POPULATIONS[population].cuts
    found = POPULATIONS[population].records().cte("records")
    names = sorted({name for group in cuts for name in group})
    parts = []
    for number, group in enumerate(cuts):
        columns = [
            (found.c[name] if name in group else cast(null(), found.c[name].type)).label(name)
            for name in names
        ]
        part = select(literal(number).label("cut"), func.count().label("records"), *columns)
        parts.append(part.select_from(found).group_by(*(found.c[name] for name in group)))
    return union_all(*parts)


def _itself(value: Hashable) -> Hashable:
    return value


def _within_a_working_day(start: str | None, end: str | None) -> bool | None:
    """None where either date is missing."""
    if start is None or end is None:
        return None
    return within_working_days(date.fromisoformat(start), date.fromisoformat(end), ONE_WORKING_DAY)


def _band(start: str, end: str) -> Hashable:
    return band(date.fromisoformat(start), date.fromisoformat(end))


def _outcome(rank: int | None, closure_reason: int | None) -> str | None:
    """A closure that needs no outcome has a reason in its place."""
    if rank is not None:
        return OUTCOMES[rank]
    return None if closure_reason is None else NO_OUTCOME


def _judges(vocabulary: Vocabulary) -> dict[str, dict[str, Judge]]:
    progress = {
        term.id for term in vocabulary[TermGroup.DECISION] if term.stage is DecisionStage.PROGRESS
    }
    sexual = {term.id for term in vocabulary[TermGroup.CATEGORY] if term.code == SEXUAL_ABUSE}
    outcome = Judge(("rank", "closure_reason"), _outcome)
    age = Judge(("received_on", "judged_on"), _band)
    return {
        "received": {
            "month": Judge(("received_on",), lambda day: day[:YEAR_AND_MONTH]),
            "progressed": Judge(("decision",), progress.__contains__, any),
            "unnamed": Judge(("unnamed",), bool, all),
            "told_within_1_working_day": Judge(("aware_on", "received_on"), _within_a_working_day),
            "decided_within_1_working_day": Judge(
                ("received_on", "decided_on"),
                lambda received, decided: bool(_within_a_working_day(received, decided)),
                all,
            ),
        },
        "overseen": {"sexual_abuse": Judge(("category",), sexual.__contains__)},
        "concluded": {"band": age, "outcome": outcome},
        "opened": {"outcome": outcome},
        "open": {"band": age},
    }
