"""What is hidden in the public edition of a report or in an answer, given what was published before
(R-46 to R-48), and the figures with that hidden."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from lado.reports.attack import exposed
from lado.reports.cells import (
    OUT_OF,
    PART,
    Cell,
    Laid,
    Publication,
    Slot,
    lay,
    numbers_of,
)
from lado.reports.counts import Counts, Key, Rule, Tie
from lado.reports.few import completed, of_few, shown_rows, with_rows
from lado.reports.figures import Figures
from lado.reports.hidden import Hidden
from lado.reports.measure import Measure, Shape
from lado.reports.measures import MEASURES
from lado.reports.spans import across
from lado.reports.suppression import choose
from lado.reports.ties import ties_between
from lado.reports.values import Cohort, Rate, Ratio
from lado.rules.quarters import Period
from lado.rules.signs import WITHHELD


@dataclass(frozen=True)
class PublicRule:
    """`least_base`: a table about fewer is left out whole."""

    threshold: int = 5
    symbol: str = "[c]"
    hides_nought: bool = False
    least_base: int = 10

    @property
    def counts(self) -> Rule:
        return Rule(self.threshold, self.hides_nought)

    @property
    def few(self) -> range:
        """Where noughts are hidden, a table about nobody is not told from one about few."""
        return range(0 if self.hides_nought else 1, self.least_base)


@dataclass(frozen=True)
class Disclosure:
    """What is hidden in one publication: frozen with its figures. `hidden` are the first draws of
    cells: in one publication no cell has two. Of the `withheld` among them nothing is
    told, where a hidden count is never nought. `left_out` are the measures whose table is left
    out."""

    rule: PublicRule
    hidden: frozenset[Cell]
    left_out: frozenset[str]
    withheld: frozenset[Cell] = frozenset()

    @property
    def labels(self) -> list[str]:
        """The words of the rows that are hidden."""
        return sorted({word for c in self.hidden if c.label and c.label[0] for word in c.label})

    def as_record(self) -> dict[str, Any]:
        return {
            "threshold": self.rule.threshold,
            "symbol": self.rule.symbol,
            "hides_nought": self.rule.hides_nought,
            "least_base": self.rule.least_base,
            "hidden": _listed(self.hidden),
            "withheld": _listed(self.withheld),
            "left_out": sorted(self.left_out),
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Disclosure":
        names = ("threshold", "symbol", "hides_nought", "least_base")
        return cls(
            PublicRule(**{name: record[name] for name in names}),
            _read(record["hidden"]),
            frozenset(record["left_out"]),
            _read(record["withheld"]),
        )


def _listed(cells: Iterable[Cell]) -> list[list[str]]:
    return sorted(
        [*map(date.isoformat, (c.period.start, c.period.end)), c.measure, *c.label] for c in cells
    )


def _read(listed: Iterable[list[str]]) -> frozenset[Cell]:
    return frozenset(
        Cell(Period(date.fromisoformat(start), date.fromisoformat(end)), measure, tuple(label))
        for start, end, measure, *label in listed
    )


@dataclass(frozen=True)
class Published:
    """An earlier public edition or answer, also one that was superseded since: it was read."""

    publication: Publication
    disclosure: Disclosure


class Disclosing:
    """One beside all that was published before, `earlier` in the order of publication."""

    def __init__(
        self, publication: Publication, rule: PublicRule, earlier: Iterable[Published] = ()
    ) -> None:
        self.publication, self.rule = completed(publication, rule.few), rule
        self.draws = draws = dict[Cell, list[int]]()
        before = [
            (_drawn(laid, draws), one.disclosure)
            for one in earlier
            for laid in lay(completed(one.publication, one.disclosure.rule.few))
        ]
        self.laid = [_drawn(laid, draws) for laid in lay(self.publication)]
        self.before = [(laid, disclosure) for laid, disclosure in before]

    @property
    def has_moved(self) -> bool:
        """Whether a number that was printed before is another now, by so few that somebody could be
        recognised in the difference."""
        printed = self.counts.printed
        return any(
            0 < abs(number - self.draws[cell._replace(draw=0)][draw]) < self.rule.threshold
            for laid in self.laid
            for cell, number in laid.values.items()
            for draw in range(cell.draw)
            if cell._replace(draw=draw) in printed
        )

    def choose(self) -> Disclosure:
        """Raises CannotBeHiddenSafely, in words."""
        found = choose(self.counts, self.rule.counts)
        own = self._own()
        # What may have been nought when it was hidden before may be so here too.
        told_nothing = set(self.counts.left_out) - _left_out(self.laid, self.rule)
        hidden, withheld = (
            frozenset(cell._replace(draw=0) for cell in own & cells)
            for cells in (found.hidden, found.withheld | told_nothing)
        )
        return Disclosure(self.rule, hidden, self._tables_left_out(), withheld)

    def _tables_left_out(self) -> frozenset[str]:
        leading = [one for one in self.laid if one.figures in self.publication.leading]
        under = [{measure.id for measure in of_few(one, self.rule.few)} for one in leading]
        return frozenset.intersection(*map(frozenset, under))

    def exposed(self, disclosure: Disclosure) -> set[Key]:
        """What a reader of this and of all that was published before could work out."""
        own = self._own()
        withheld = {c for c in own if c._replace(draw=0) in disclosure.withheld}
        counts = replace(self.counts, left_out=set(self.counts.left_out) | withheld)
        hidden = set(counts.hidden_before) - set(counts.printed)
        hidden |= {c for c in own if c._replace(draw=0) in disclosure.hidden}
        shown = own - hidden
        printed = set(counts.printed)
        known = (hidden & printed) | ((shown & self.must) - printed)
        return known | exposed(counts, self.rule.counts, hidden)

    @cached_property
    def must(self) -> set[Key]:
        return self.rule.counts.must_hide(self.counts)

    @cached_property
    def counts(self) -> Counts:
        shown: dict[Cell, int] = {}
        everything = [*self.laid, *(laid for laid, _ in reversed(self.before))]
        for laid in everything:
            shown |= {cell: n for cell, n in laid.values.items() if cell not in shown}
        time = across(shown)
        ties = [*self._ties, *time.ties]
        values = shown | time.unprinted
        printed, hidden, withheld = self._known()
        return Counts(
            values,
            [tie for tie in ties if tie.holds(values)],
            printed=printed,
            hidden_before=(hidden | withheld) - printed,
            left_out=(_left_out(self.laid, self.rule) | withheld) - printed - hidden,
            unprinted=set(time.unprinted),
            new=self._own() - (printed | hidden | withheld) | self._newly_tied(),
            absent={cell for cell in self._absent() if values[cell] == 0},
            dear={cell for cell in shown if cell.measure in _TOTALS and not cell.label},
        )

    def _absent(self) -> set[Cell]:
        """Rows that the list of the same period had not when it was published before."""
        before = {cell for laid, _ in self.before for cell in laid.values}
        listed = {(laid.figures.covered, each.id) for laid, _ in self.before
                  for each in laid.measures}  # fmt: skip
        return {
            cell
            for cell in self._own() - before
            if not cell.draw and (cell.period, cell.measure) in listed and cell.label
        }

    def _own(self) -> set[Cell]:
        return {cell for laid in self.laid for cell in laid.values}

    def _newly_tied(self) -> set[Key]:
        """What was published before, but not side by side."""
        before = {tie.facts for tie in ties_between([laid for laid, _ in self.before])}
        return {key for tie in self._ties if tie.facts not in before for key in tie.parts}

    @cached_property
    def _ties(self) -> list[Tie]:
        """Without those that do not hold, being between two draws or never sure."""
        laid = [*(laid for laid, _ in self.before), *self.laid]
        values = {cell: n for one in laid for cell, n in one.values.items()}
        return [tie for tie in ties_between(laid) if tie.holds(values)]

    def _known(self) -> tuple[set[Cell], set[Cell], set[Cell]]:
        """What was printed before, what was hidden, and of what nothing at all was told."""
        printed, hidden, withheld = set[Cell](), set[Cell](), set[Cell]()
        for laid, disclosure in self.before:
            left_out = _left_out([laid], disclosure.rule)
            for cell in laid.values:
                first = cell._replace(draw=0)
                if cell in left_out or first in disclosure.withheld:
                    withheld.add(cell)
                else:
                    (hidden if first in disclosure.hidden else printed).add(cell)
        return printed, hidden, withheld - hidden - printed


def _left_out(laid: Iterable[Laid], rule: PublicRule) -> set[Cell]:
    return {
        cell for one in laid for measure in of_few(one, rule.few) for cell in one.cells(measure)
    }


_TOTALS = {measure.whole for measure in MEASURES if measure.whole}


def _drawn(laid: Laid, draws: dict[Cell, list[int]]) -> Laid:
    """With each cell told apart from those of other draws of the same period."""
    named = {}
    for cell, number in laid.values.items():
        known = draws.setdefault(cell, [])
        if number not in known:
            known.append(number)
        named[cell] = cell._replace(draw=known.index(number))
    return replace(
        laid,
        at={slot: named[cell] for slot, cell in laid.at.items()},
        values={named[cell]: number for cell, number in laid.values.items()},
    )


Masked = TypeVar("Masked", bound=Publication)


def masked(publication: Masked, disclosure: Disclosure) -> Masked:
    """With the symbol in place of each number that is hidden, or that no table prints."""
    few = disclosure.rule.few
    whole, rows = completed(publication, few), shown_rows(publication, few)
    laid = {id(one.figures): one for one in lay(whole)}

    def without(figures: Figures) -> Figures:
        own = laid[id(figures)]
        at, left = own.at, {measure.id: rows.get(measure.id) for measure in of_few(own, few)}
        printed = {slot for slot, cell in at.items() if cell not in disclosure.hidden}
        withheld = {slot for slot, cell in at.items() if cell in disclosure.withheld}

        def symbol(slot: Slot) -> Hidden | None:
            if slot in printed:
                return None
            return Hidden(WITHHELD if slot in withheld else disclosure.rule.symbol)

        return replace(
            figures,
            values={
                measure.id: _masked(measure, _whole(measure, figures, left.get(measure.id)), symbol)
                for measure in MEASURES
                if measure.id in figures.values
            },
        )

    return whole.each(without)


def _whole(measure: Measure, figures: Figures, rows: list[str] | None) -> Any:
    """The figures keep no noughts of a cross-table, which may have to be hidden too."""
    if measure.shape is Shape.CROSS:
        return numbers_of(measure, figures)
    return figures[measure.id] if rows is None else with_rows(figures[measure.id], rows)


def _masked(measure: Measure, value: Any, symbol: Callable[[Slot], Hidden | None]) -> Any:
    def shown(number: Any, *label: str) -> Any:
        return symbol((measure.id, label)) or number

    match value:
        case Cohort():
            concluded = _masked(measure, value.concluded, symbol)
            outcomes = {label: shown(n, label) for label, n in value.outcomes.items()}
            return Cohort(concluded, outcomes)
        case Rate() | Ratio():
            return type(value)(shown(value.numerator, *PART), shown(value.denominator, *OUT_OF))
        case dict() if measure.shape is Shape.CROSS:
            return {pair: shown(n, *pair) for pair, n in value.items()}
        case dict():
            return {label: shown(n, label) for label, n in value.items()}
        case _:
            return shown(value)
