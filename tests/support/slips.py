"""How names and dates reach a LADO wrongly: ten kinds of slips, made from people on record.

Nothing here is taken from the rules that are tried with it: sounds and nicknames are written down
by hand.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

LETTERS = "abcdefghijklmnopqrstuvwxyz"
# As a caller would spell what they hear. The last letters first: only one is applied.
HEARD = (
    ("ph", "f"), ("f", "ph"), ("wick", "wik"), ("stone", "ston"), ("field", "feeld"),
    ("worth", "wurth"), ("ham", "hamm"), ("ley", "lee"), ("ton", "tone"), ("by", "bie"),
    ("ck", "k"), ("c", "k"), ("ee", "ea"), ("i", "y"),
)  # fmt: skip
CALLED = {
    "Alice": ["Ali", "Allie"], "Beth": ["Elizabeth", "Bethany"], "Bronwen": ["Bron"],
    "Callum": ["Cal"], "Darren": ["Daz"], "Edwin": ["Ed", "Eddie", "Ted"], "Frank": ["Francis"],
    "Gareth": ["Gaz"], "Hugh": ["Huw", "Hughie"], "Imogen": ["Immy"], "Jack": ["John"],
    "Jean": ["Jeanie"], "Kate": ["Katherine", "Catherine", "Katie"], "Luis": ["Lewis", "Louis"],
    "Martin": ["Marty"], "Megan": ["Meg"], "Nikhil": ["Nik"], "Oscar": ["Ossie"],
    "Pavel": ["Paul"], "Rhys": ["Reece"], "Rory": ["Ruairi"], "Rose": ["Rosie"],
    "Ruth": ["Ruthie"], "Sonia": ["Sonya"], "Tomasz": ["Tomek", "Tom"], "Umar": ["Omar"],
    "Victor": ["Vic"], "Wilf": ["Wilfred"], "Yasmin": ["Jasmine"], "Zofia": ["Zosia", "Sophie"],
    "Joel": ["Joe"], "Liam": ["William"], "Leila": ["Layla"], "Olive": ["Olivia", "Ollie"],
}  # fmt: skip
ACCENTS = str.maketrans({"a": "á", "e": "è", "i": "ï", "o": "ö", "u": "ü"})


@dataclass(frozen=True)
class Asked:
    surname: str
    forename: str
    born: date | None


Slip = Callable[[Asked, Random], Asked | None]


def typed_wrongly(who: Asked, chance: Random) -> Asked:
    """One letter wrong, missing, too many or swapped with the next, in either name."""
    in_surname = chance.random() < 0.5
    name = who.surname if in_surname else who.forename
    at = chance.randrange(len(name))
    letter = chance.choice(LETTERS)
    slipped = chance.choice(
        [
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
        ]
    )
    if in_surname:
        return Asked(slipped, who.forename, who.born)
    return Asked(who.surname, slipped, who.born)


def names_swapped(who: Asked, _: Random) -> Asked:
    return Asked(who.forename, who.surname, None)


def called_otherwise(who: Asked, chance: Random) -> Asked | None:
    forms = CALLED.get(who.forename)
    return Asked(who.surname, chance.choice(forms), None) if forms else None


def without_birth(who: Asked, _: Random) -> Asked:
    return Asked(who.surname, who.forename, None)


def surname_changed(who: Asked, _: Random) -> Asked:
    return Asked("Newlywedd", who.forename, who.born)


def day_and_month_swapped(who: Asked, _: Random) -> Asked | None:
    born = who.born
    if born is None or born.day > 12 or born.day == born.month:
        return None
    return Asked(who.surname, who.forename, date(born.year, born.day, born.month))


def spelled_as_heard(who: Asked, chance: Random) -> Asked | None:
    name = who.surname.lower()
    fitting = [(old, new) for old, new in HEARD if old in name]
    if not fitting:
        return None
    old, new = chance.choice(fitting)
    return Asked(name.replace(old, new, 1), who.forename, None)


def initial_only(who: Asked, _: Random) -> Asked:
    return Asked(who.surname, f"{who.forename[0]}.", who.born)


def written_otherwise(who: Asked, chance: Random) -> Asked:
    """Accents, a further surname behind a hyphen, or apart where it was one word."""
    name = who.surname
    middle = len(name) // 2
    forms = [
        name.translate(ACCENTS), f"{name}-Newlywedd", f"Newlywedd {name}", f"de {name}",
        f"{name[:middle]}'{name[middle:]}",
    ]  # fmt: skip
    return Asked(chance.choice(forms), who.forename, None)


def figure_wrong(who: Asked, chance: Random) -> Asked | None:
    if who.born is None:
        return None
    part = chance.choice(["day", "month", "year"])
    change = {
        "day": lambda born: born.replace(day=born.day + chance.choice([-1, 1, 10, -10])),
        "month": lambda born: born.replace(month=born.month + chance.choice([-1, 1])),
        "year": lambda born: born.replace(year=born.year + chance.choice([-1, 1, 10, -10])),
    }[part]
    try:
        return Asked(who.surname, who.forename, change(who.born))
    except ValueError:
        return None


# Each kind, and whether it keeps the sound of the surname or the date of birth.
SLIPS: dict[str, Slip] = {
    "one letter typed wrongly": typed_wrongly,
    "surname and first name swapped": names_swapped,
    "a nickname, no date of birth": called_otherwise,
    "no date of birth": without_birth,
    "surname changed": surname_changed,
    "day and month swapped": day_and_month_swapped,
    "surname spelled as heard, no date of birth": spelled_as_heard,
    "an initial": initial_only,
    "written otherwise, no date of birth": written_otherwise,
    "one figure of the date wrong": figure_wrong,
}
EACH = 200


def slips(people: list[Asked], slip: Slip, chance: Random) -> Iterator[tuple[int, Asked]]:
    """EACH of a kind, with the place in `people` of whoever is meant."""
    made = 0
    while made < EACH:
        who = chance.randrange(len(people))
        if (asked := slip(people[who], chance)) is not None:
            made += 1
            yield who, asked


def strangers(people: list[Asked], chance: Random) -> list[Asked]:
    """Names that nobody on record has: a surname of other syllables, or a surname and a first name
    of two people that nobody has together. The dates of birth are their own."""
    starts = ("Quor", "Brend", "Stav", "Whin", "Tarb", "Ulm", "Jess", "Corv", "Hask", "Pell")
    ends = ("ison", "more", "stead", "ling", "brook", "acre", "dale", "man")
    forenames = sorted({who.forename for who in people})
    surnames = sorted({who.surname for who in people})
    taken = {(who.surname, who.forename) for who in people}
    found: list[Asked] = []
    while len(found) < EACH:
        new = chance.choice(starts) + chance.choice(ends)
        name = chance.choice([new, chance.choice(surnames)]), chance.choice(forenames)
        if name not in taken:
            day = chance.randrange(date(1955, 1, 1).toordinal(), date(2004, 1, 1).toordinal())
            found.append(Asked(*name, date.fromordinal(day)))
    return found
