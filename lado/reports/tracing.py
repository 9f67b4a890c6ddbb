"""The records behind a count, from the statement that was counted."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy.orm import Session

from lado.models import Case, Consultation
from lado.reports.figures import scope_of
from lado.reports.judges import Fold, Judge, judge_of, judges
from lado.reports.measure import Measure, Shape
from lado.reports.measures import BY_ID
from lado.reports.populations import POPULATIONS, consultations
from lado.reports.rows import Rows, Vocabulary, load_vocabulary
from lado.rules.quarters import Period

CONSULTATIONS = frozenset({"received", "limbs", "adults", "places", "audited"})
# Those that are found in no consultation or case.
UNTRACED = frozenset({"training"})
# Of a rate and a cohort: what it is out of; of a cohort also those concluded.
WHOLE = (Shape.COUNT, Shape.RATIO, Shape.MOST, Shape.SUM)
OUT_OF, CONCLUDED = "out_of", "concluded"
WITHOUT = "not_recorded"

Test = Callable[[Any], bool]


@dataclass(frozen=True)
class Behind:
    """Each thing counted, as the ids of the consultations or cases that it is found in."""

    thing: type[Case] | type[Consultation]
    homes: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Part:
    """Which number of a measure: `row` and `column` are codes of its labels, or OUT_OF or
    CONCLUDED. Neither: all."""

    row: str = ""
    column: str = ""


def codes(measure: Measure, period: Period, vocabulary: Vocabulary) -> dict[str, str]:
    """Of each label that it has rows for, the code that stands for it in an address."""
    return _codes(measure.rows, period, vocabulary)


def _codes(rows: Rows, period: Period, vocabulary: Vocabulary) -> dict[str, str]:
    labels = rows.labels(period, vocabulary)
    return {rows.without: WITHOUT} | {label: str(code) for code, (label, _) in labels.items()}


class Records:
    """Those of one population, as they are now. Raises ValueError for a period that cannot be
    counted, and for a population that is in no record."""

    def __init__(
        self, population: str, session: Session, period: Period, as_at: date | None = None
    ) -> None:
        if population in UNTRACED:
            raise ValueError("What this counts is in no record that could be listed.")
        self.session, self.scope = session, scope_of(period, as_at)
        self.vocabulary = load_vocabulary(session)
        self.judges = judges(population, self.vocabulary)
        self.rows = session.execute(POPULATIONS[population](), self.scope.parameters).all()
        self.thing = Consultation if population in CONSULTATIONS else Case

    def behind(self, measure: Measure, part: Part) -> Behind:
        """KeyError: the measure has no such part."""
        is_counted = self._test(measure, part)
        home = attrgetter("id" if self.thing is Consultation else "case")
        rows = [row for row in self.rows if is_counted(row)]
        if not measure.distinct:
            return Behind(self.thing, tuple((home(row),) for row in rows))
        things: dict[Hashable, dict[int, None]] = {}
        for row in rows:
            things.setdefault(getattr(row, measure.distinct), {})[home(row)] = None
        return Behind(self.thing, tuple(tuple(homes) for homes in things.values()))

    def _test(self, measure: Measure, part: Part) -> Test:
        rows = {Shape.RATE: ("", OUT_OF)} | dict.fromkeys(WHOLE, ("",))
        if part.row not in rows.get(measure.shape, (part.row,)):
            raise KeyError(part)
        if part.column and measure.shape is not Shape.CROSS:
            raise KeyError(part)
        match measure.shape:
            case Shape.BREAKDOWN:
                found = [self._labelled(measure, part.row)]
            case Shape.CROSS:
                codes = zip(measure.margins, (part.row, part.column), strict=True)
                found = [self._labelled(BY_ID[margin], code) for margin, code in codes]
            case Shape.COHORT:
                return self._cohort(measure, part.row)
            case Shape.MOST:
                found = [self._most(measure)]
            case Shape.RATE if part.row == OUT_OF:
                value = self._value(measure.key)
                return lambda row: value(row) is not None
            case _:
                found = [self._is_true(measure.key)] if measure.key else []
        if measure.where:
            found.append(self._is_true(measure.where))
        return lambda row: all(test(row) for test in found)

    def _cohort(self, measure: Measure, code: str) -> Test:
        if code == OUT_OF:
            return lambda _row: True
        concluded = self._is_true(measure.where)
        if code == CONCLUDED:
            return concluded
        labelled = self._labelled(measure, code)
        return lambda row: concluded(row) and labelled(row)

    def _labelled(self, measure: Measure, code: str) -> Test:
        """Whatever is counted under the label of this code."""
        if not code:
            return lambda _row: True
        period = self.scope.period
        by_code = {c: label for label, c in _codes(measure.rows, period, self.vocabulary).items()}
        name, asked, value = (
            measure.rows.namer(period, self.vocabulary),
            by_code[code],
            self._value(measure.key),
        )
        return lambda row: name(value(row)) == asked

    def _most(self, measure: Measure) -> Test:
        value = self._value(measure.key)
        most = max(map(value, self.rows), default=None)
        return lambda row: value(row) == most

    def _is_true(self, attribute: str) -> Test:
        value = self._value(attribute)
        return lambda row: bool(value(row))

    def _value(self, attribute: str) -> Callable[[Any], Any]:
        judge = judge_of(self.judges, attribute)
        folded = dict(self._folded(judge, judge.fold)) if judge.fold else {}

        def value(row: Any) -> Any:
            return folded[row.id] if row.id in folded else _judged(judge, row)

        return value

    def _folded(self, judge: Judge, fold: Fold) -> Iterator[tuple[int, Hashable]]:
        """Of the consultations about several adults, what all of them make of it."""
        for number, adults in self._several_adults.items():
            yield number, fold([_judged(judge, adult) for adult in adults])

    @cached_property
    def _several_adults(self) -> dict[int, list[Any]]:
        found = self.session.execute(consultations.several_adults(), self.scope.parameters)
        return {number: list(group) for number, group in groupby(found, key=attrgetter("id"))}


def _judged(judge: Judge, row: Any) -> Any:
    return judge.value(*(getattr(row, name) for name in judge.columns))
