"""Public editions of made-up registers, one published after another, and what they print."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lado.reports.answer import Answer
from lado.reports.cells import Publication
from lado.reports.comparison import Comparison
from lado.reports.contents import SECTIONS
from lado.reports.disclosure import Disclosing, Disclosure, PublicRule, Published, masked
from lado.reports.public_edition import is_left_out
from lado.reports.reply import tables_of
from lado.reports.suppression import CannotBeHiddenSafely
from lado.reports.tables import Table, make_table
from lado.rules.quarters import Period
from tests.support.random_reports import Register
from tests.support.suppression_attack import LONG, Count, Reader

SEQUENCES = (
    ["2012-13/Q2"],
    ["2012-13"],
    ["2011-12", "2012-13"],
    ["2012-13/Q1", "2012-13/Q2", "2012-13/Q3", "2012-13/Q4", "2012-13"],
    ["2011-12/Q4", "2012-13/Q1"],
    ["2011-12", "2012-13/Q3", "2012-13/Q4"],
)
SIZES = (12, 40, 120, 400)
RULES = (PublicRule(), PublicRule(), PublicRule(threshold=7), PublicRule(hides_nought=True))


@dataclass
class Shelf:
    """All that a made-up council published; `refused` says why the others were not."""

    register: Register
    rule: PublicRule
    published: list[Published] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def publish(self, period: str) -> None:
        self._judge(self.register.comparison(Period.parse(period)))

    def answer(self, measures: Sequence[str], periods: Sequence[str]) -> None:
        """To a question from outside."""
        figures = (self.register.figures(Period.parse(period)) for period in periods)
        self._judge(Answer(tuple(measures), tuple(figures)))

    def _judge(self, publication: Publication) -> None:
        try:
            found = Disclosing(publication, self.rule, self.published).choose()
        except CannotBeHiddenSafely as why:
            self.refused.append(str(why))
        else:
            self.published.append(Published(publication, found))

    def found_out(self) -> dict[Count, tuple[int, int]]:
        """The hidden counts for which a reader of everything has fewer than three numbers left.
        Of a table or a column about few, what is neither small nor none may be found out."""
        reader, truth = Reader(self.rule.hides_nought, self.rule.threshold), Reader()
        for one in self.published:
            hidden = masked(one.publication, one.disclosure)
            reader.read(printed(hidden, one.disclosure))
            truth.read(printed(one.publication, one.disclosure))
        return {
            count: (low, high)
            for count, (low, high) in reader.bounds().items()
            if high - low < 2
            and self._matters(truth.known[count], reader.hidden[count])
            and not _was_absent(count, truth.known[count])
        }

    def _matters(self, number: int, least: int) -> bool:
        if self.rule.hides_nought:
            return number < self.rule.threshold or least > 0
        return 0 < number < self.rule.threshold or (least > 0 and number > 0)


def _was_absent(count: Count, number: int) -> bool:
    """What had no row in the same list when that was published before is known to be none."""
    return number == 0 and count[0].startswith(LONG)


def printed(publication: Publication, disclosure: Disclosure) -> Iterator[Table]:
    if isinstance(publication, Answer):
        return tables_of(publication, disclosure)
    assert isinstance(publication, Comparison)
    return _printed(publication, disclosure)


def _printed(comparison: Comparison, disclosure: Disclosure) -> Iterator[Table]:
    """The tables of which the made-up register knows the numbers."""
    for section in SECTIONS:
        for plan in section.tables:
            known = tuple(name for name in plan.measures if name in comparison.this.values)
            if known and not is_left_out(plan, disclosure):
                yield make_table(replace(plan, measures=known), comparison)


def shelves(reports: int, first: int = 0) -> Iterator[Shelf]:
    """Of councils large and small, until so many reports are published or refused."""
    done, seed = 0, first
    while done < reports:
        chance = random.Random(seed)
        shelf = Shelf(Register(seed, chance.choice(SIZES)), chance.choice(RULES))
        periods: Sequence[str] = chance.choice(SEQUENCES)
        for period in periods:
            shelf.publish(period)
        done, seed = done + len(periods), seed + 1
        yield shelf
