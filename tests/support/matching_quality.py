"""How many of those meant are found, kind of slip by kind. Rules are tuned on one part of the
people and reported on another, which has other surnames (but for their endings) and other first
names."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from lado.demo.adults import somebody
from lado.demo.names import FORENAMES, STEMS
from lado.queries.matching import MOST_COMPARED, MOST_OF_A_KEY, MOST_SHOWN
from lado.rules.matching import Called, Identity, Match, Strength, compare
from lado.rules.names import keys_asked, keys_kept
from tests.support.slips import CALLED, EACH, SLIPS, Asked, slips, strangers

PEOPLE = 700
DAY = date(2026, 6, 1)
# Slips in the surname itself keep its sound or the date of birth only when there is a date.
NEED_A_DATE = {"one letter typed wrongly", "surname changed"}


@dataclass(frozen=True)
class Quality:
    """Of EACH questions: how many found whom they meant in the first ten, and in the first place;
    `missed` are those not found though the surname's sound or the date of birth was kept."""

    kind: str
    in_ten: int
    first: int
    missed: int
    kept: int

    def __str__(self) -> str:
        ten, first = self.in_ten / EACH, self.first / EACH
        return f"{self.kind:<44} in ten {ten:6.1%}, first {first:6.1%}"


@dataclass(frozen=True)
class FalseAlarms:
    """Of EACH strangers: shown somebody as a strong match, or at all. With the same name and date
    alone is a score full, so no stranger can have one: a strong match is the alarm."""

    strong: int
    shown: int

    def __str__(self) -> str:
        return (
            f"{'names that nobody has':<44} strong {self.strong / EACH:.1%}, "
            f"any {self.shown / EACH:.1%}"
        )


class OnRecord:
    """Keys and people as the database keeps them, without one."""

    def __init__(self, people: list[Asked]) -> None:
        self.people = people
        self.under: dict[int, list[int]] = defaultdict(list)
        for number, who in enumerate(people):
            for key in keys_kept(who.surname, who.forename, who.born):
                self.under[key].append(number)

    def find(self, asked: Asked) -> list[tuple[int, Match]]:
        keys = keys_asked(asked.surname, asked.forename, asked.born)
        numbers = dict.fromkeys(
            n for key in keys for n in self.under[key][: -MOST_OF_A_KEY - 1 : -1]
        )
        matches = (
            (n, compare(_identity(asked), _identity(self.people[n])))
            for n in list(numbers)[:MOST_COMPARED]
        )
        found = [(n, match) for n, match in matches if match]
        return sorted(found, key=lambda each: (-each[1].score, -each[0]))[:MOST_SHOWN]


def _identity(who: Asked) -> Identity:
    return Identity([Called(who.surname, who.forename)], who.born)


def people(half: int) -> list[Asked]:
    """Of the demonstration, every second stem of surnames with every second first name. Every
    second of them has a first name that Wiktionary knows shorter forms of."""
    chance = Random("matching")
    stems, fulls = STEMS[half::2], sorted(CALLED[half])
    forenames = {name for names in FORENAMES.values() for name in names[half::2]}
    found: list[Asked] = []
    while len(found) < PEOPLE:
        cells = somebody(chance, DAY).cells
        surname, forename = cells.get("surname", ""), cells.get("forename")
        if surname.startswith(stems) and forename in forenames:
            shown = chance.choice(fulls) if len(found) % 2 else str(forename)
            found.append(Asked(surname, shown, _born(cells.get("date_of_birth"))))
    return found


def _born(text: str | None) -> date | None:
    return datetime.strptime(text, "%d/%m/%Y").date() if text else None  # noqa: DTZ007


def measure(*, half: int = 1) -> tuple[list[Quality], FalseAlarms]:
    """`half` 0 is the one to tune on, 1 the one to report on."""
    on_record = OnRecord(people(half))
    chance = Random(f"slips {half}")
    qualities = []
    for kind, slip in SLIPS.items():
        in_ten = first = missed = kept = 0
        for who, asked in slips(on_record.people, slip, chance):
            numbers = [number for number, _ in on_record.find(asked)]
            keeps = kind not in NEED_A_DATE or asked.born is not None
            in_ten += who in numbers
            first += numbers[:1] == [who]
            kept += keeps
            missed += keeps and who not in numbers
        qualities.append(Quality(kind, in_ten, first, missed, kept))
    found = [on_record.find(asked) for asked in strangers(on_record.people, chance)]
    best = [matches[0][1] for matches in found if matches]
    return qualities, FalseAlarms(
        strong=sum(match.strength is Strength.STRONG for match in best),
        shown=len(best),
    )


if __name__ == "__main__":
    for line in [*measure()[0], measure()[1]]:
        print(line)
