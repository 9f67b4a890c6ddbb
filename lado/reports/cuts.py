"""A population of one period, counted by the database and judged here.

The database groups the records by a few of their attributes at a time, in one statement for each
population: by those that the measures ask for. What it cannot judge is judged here once for each
different pair of dates, not once for each record (`judges.py`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import CTE, Row, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from lado.reports.judges import Fold, Group, Judge, judge_of, judges
from lado.reports.measure import Measure
from lado.reports.measures import BY_ID
from lado.reports.populations import POPULATIONS
from lado.reports.populations.consultations import several_adults
from lado.reports.rows import Tally, Vocabulary
from lado.reports.scope import Scope
from lado.rules.vocabulary import TermGroup

NO_WORDS: Vocabulary = dict.fromkeys(TermGroup, ())


class Cut:
    """What `measures`, all of one population, ask for."""

    def __init__(
        self,
        measures: Sequence[Measure],
        session: Session,
        scope: Scope,
        vocabulary: Vocabulary,
    ) -> None:
        self.session, self.scope, self.vocabulary = session, scope, vocabulary
        population = measures[0].population
        self.judges = judges(population, vocabulary)
        groups, pairs = groups_of(tuple(measures)), differing_of(tuple(measures))
        self._counts = {group: Counter[tuple[Any, ...]]() for group in groups}
        self._different: dict[Group, int] = {}
        for row in session.execute(_counted(population, groups, pairs), scope.parameters):
            if row.cut < len(groups):
                group = groups[row.cut]
                self._counts[group][tuple(getattr(row, name) for name in group)] += row.records
            else:
                self._different[pairs[row.cut - len(groups)]] = row.records

    @property
    def size(self) -> int:
        return next(iter(self._counts.values())).total()

    def by(self, attribute: str, where: str = "") -> Tally:
        """How many records, of those whose `where` is true, have each value of the attribute."""
        judge = self._judge(attribute)
        if where:
            both = self.by_both(where, attribute)
            return Counter({value: n for (holds, value), n in both.items() if holds})
        tally: Tally = Counter()
        for values, records in self._counted_by(judge.columns):
            tally[judge.value(*values)] += records
        if judge.fold:
            self._fold_adults(judge, judge.fold, tally)
        return tally

    def by_both(self, one: str, other: str) -> Counter[tuple[Any, Any]]:
        """How many records have each pair of values; of several adults, the first one's."""
        first, second = self._judge(one), self._judge(other)
        at = len(first.columns)
        pairs: Counter[tuple[Any, Any]] = Counter()
        for values, records in self._counted_by((*first.columns, *second.columns)):
            pairs[first.value(*values[:at]), second.value(*values[at:])] += records
        return pairs

    def different(self, column: str, attribute: str) -> int:
        """How many values `column` has among the records whose attribute is true."""
        return self._different[column, attribute]

    @cached_property
    def several_adults(self) -> list[list[Row[*tuple[Any, ...]]]]:
        adults = self.session.execute(_several_adults(), self.scope.parameters)
        return [list(group) for _, group in groupby(adults, key=attrgetter("id"))]

    def _judge(self, attribute: str) -> Judge:
        return judge_of(self.judges, attribute)

    def _counted_by(self, columns: Group) -> Iterable[tuple[tuple[Any, ...], int]]:
        group = next(group for group in self._counts if set(columns) <= set(group))
        places = [group.index(name) for name in columns]
        for values, records in self._counts[group].items():
            yield tuple(values[place] for place in places), records

    def _fold_adults(self, judge: Judge, fold: Fold, tally: Tally) -> None:
        """Moves each consultation about several adults from the first one's value to that of
        all of them. There are few."""
        for adults in self.several_adults:
            values = [
                judge.value(*(getattr(adult, name) for name in judge.columns)) for adult in adults
            ]
            tally[values[0]] -= 1
            tally[fold(values)] += 1


_several_adults = cache(several_adults)


def keys_of(measure: Measure) -> tuple[str, ...]:
    """The attributes that decide how a record counts in it."""
    margins = (BY_ID[margin].key for margin in measure.margins if margin)
    return tuple(filter(None, (measure.where, measure.key, *margins)))


@cache
def groups_of(measures: tuple[Measure, ...]) -> tuple[Group, ...]:
    """The fewest groups of columns that answer all of these: none is part of another."""
    known = judges(measures[0].population, NO_WORDS)
    found = {
        frozenset(name for key in keys_of(measure) for name in judge_of(known, key).columns)
        for measure in measures
        if not measure.distinct
    }
    kept = [one for one in found if not any(one < other for other in found)]
    return tuple(sorted(tuple(sorted(columns)) for columns in kept))


@cache
def differing_of(measures: tuple[Measure, ...]) -> tuple[Group, ...]:
    """Which column's values are counted, and what must be true of the record."""
    return tuple({(each.distinct, each.key): None for each in measures if each.distinct})


@cache
def _counted(population: str, groups: tuple[Group, ...], pairs: tuple[Group, ...]) -> Any:
    """The records are found once, then counted by each group of columns in turn."""
    found = POPULATIONS[population]().cte("records")
    names = sorted({name for group in groups for name in group})
    parts = []
    for number, group in enumerate(groups):
        part = _part(number, func.count(), found, names, group)
        parts.append(part.group_by(*(found.c[name] for name in group)))
    for number, (column, attribute) in enumerate(pairs, start=len(groups)):
        different = func.count(found.c[column].distinct())
        part = _part(number, different, found, names)
        parts.append(part.where(found.c[attribute]) if attribute else part)
    return union_all(*parts)


def _part(number: int, counted: Any, found: CTE, names: Iterable[str], group: Group = ()) -> Any:
    columns = [
        (found.c[name] if name in group else cast(null(), found.c[name].type)).label(name)
        for name in names
    ]
    cut = literal(number).label("cut")
    return select(cut, counted.label("records"), *columns).select_from(found)
