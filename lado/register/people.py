"""Which rows speak of the same adult, and which may: the second is for a person to settle."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from rapidfuzz import fuzz

from lado.rules.folding import fold
from lado.rules.vocabulary import Sex

CLOSE_SPELLING = 85
# A date that more people share than this was typed for want of a better one.
MOST_BORN_ON_A_DAY = 200


@dataclass(slots=True)
class Adult:
    """`rows` are those of this register that speak of them; none, for somebody only on record."""

    id: int
    name: str
    born: date | None
    sex: Sex | None
    on_record: bool
    rows: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PossibleSame:
    """Rows, one or more for each of several people, who may be one. `reason` says why."""

    rows: tuple[int, ...]
    on_record: bool
    reason: str


class People:
    """Everybody on record, and whoever the register adds."""

    def __init__(self, on_record: Iterable[tuple[str, str, Adult]] = ()) -> None:
        self._known: dict[tuple[str, str, date], list[Adult]] = defaultdict(list)
        self._folded: dict[str, str] = {}
        self.everybody: list[Adult] = []
        for surname, forename, adult in on_record:
            self._remember(surname, forename, adult)

    def _remember(self, surname: str, forename: str, adult: Adult) -> None:
        self.everybody.append(adult)
        if forename and adult.born:
            self._known[self.fold(surname), self.fold(forename), adult.born].append(adult)

    def find(self, surname: str, forename: str, born: date | None, sex: Sex | None) -> Adult | None:
        """Somebody whose surname, forename and date of birth are all there and agree, and whose
        sex does not contradict."""
        if not (forename and born):
            return None
        for adult in self._known.get((self.fold(surname), self.fold(forename), born), ()):
            if sex is None or adult.sex is None or sex is adult.sex:
                return adult
        return None

    def add(self, surname: str, forename: str, adult: Adult) -> None:
        self._remember(surname, forename, adult)

    def fold(self, name: str) -> str:
        folded = self._folded.get(name)
        if folded is None:
            folded = self._folded[name] = fold(name)
        return folded

    def possible_same(self) -> list[PossibleSame]:
        found = [*_same_name(self.everybody), *_close_name(self.everybody)]
        return sorted(found, key=lambda each: each.rows)


def _same_name(adults: Iterable[Adult]) -> Iterator[PossibleSame]:
    by_name: dict[str, list[Adult]] = defaultdict(list)
    for adult in adults:
        by_name[adult.name].append(adult)
    for namesakes in by_name.values():
        if len(namesakes) > 1:
            yield from _possible(
                namesakes, "the same name, and the date of birth is missing or differs"
            )


def _close_name(adults: Iterable[Adult]) -> Iterator[PossibleSame]:
    by_day: dict[date, list[Adult]] = defaultdict(list)
    for adult in adults:
        if adult.born:
            by_day[adult.born].append(adult)
    for born_together in by_day.values():
        if 1 < len(born_together) <= MOST_BORN_ON_A_DAY:
            for pair in combinations(born_together, 2):
                if _close(*pair):
                    yield from _possible(pair, "the same date of birth and a similar name")


def _close(one: Adult, other: Adult) -> bool:
    if one.name == other.name or not (one.rows or other.rows):
        return False
    score = fuzz.token_sort_ratio(one.name, other.name, score_cutoff=CLOSE_SPELLING)
    return score >= CLOSE_SPELLING


def _possible(adults: Sequence[Adult], reason: str) -> Iterator[PossibleSame]:
    """Only where this register adds somebody: what is on record already is not its news."""
    if any(adult.rows and not adult.on_record for adult in adults):
        rows = tuple(sorted(row for adult in adults for row in adult.rows))
        yield PossibleSame(rows, any(adult.on_record for adult in adults), reason)
