"""How two names may be the same: sound, nicknames, parts, and the keys by which they are found.

Keys of what is asked reach the keys that are kept: a name is kept under few, and asked for under
many (R-51). Scoring, in `matching`, then looks at the names themselves.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from jellyfish import metaphone

from lado.rules.folding import fold
from lado.rules.nicknames import related

# Words before a surname that are dropped, joined or kept, as whoever writes it likes.
PARTICLES = {"al", "bin", "binti", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el",
             "ibn", "la", "le", "san", "st", "van", "von"}  # fmt: skip
SHORTEST_PART = 3
MOST_FORENAMES = 3
MOST_RELATED = 24
MONTHS = 12
# What metaphone tells apart and British speech or spelling does not.
_ALIKE = (
    (re.compile(r"^mc"), "mac"),
    (re.compile(r"(?<=[aeiouy])gh"), ""),
    (re.compile(r"sh"), "s"),
    (re.compile(r"^x"), "z"),
    (re.compile(r"mps"), "ms"),
    (re.compile(r"mpt"), "mt"),
    (re.compile(r"s[cz]h?(?=[eiy]|z)|sz"), "s"),
    (re.compile(r"cz|tch"), "ch"),
    (re.compile(r"ph|v"), "f"),
    (re.compile(r"th|dt"), "t"),
    (re.compile(r"(?<=.)[hw](?![aeiouy])"), ""),
    (re.compile(r"^[aeiouy]+"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_SILENT_INSIDE = re.compile(r"[HWY]")


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """A code that names which sound alike share. `word` is folded and has no spaces."""
    plain = word
    for pattern, letters in _ALIKE:
        plain = pattern.sub(letters, plain)
    code = metaphone(plain) if plain.isascii() else ""
    return code[:1] + _SILENT_INSIDE.sub("", code[1:]) if code else word


@lru_cache(maxsize=100_000)
def surname_forms(surname: str) -> tuple[str, ...]:
    """What a surname may be shortened to, itself first: `Smith-Jones` -> smithjones, smith, jones;
    `de la Cruz` -> delacruz, cruz."""
    words, kept = _surname_words(surname)
    parts = [word for word in kept if len(word) >= SHORTEST_PART] if len(kept) > 1 else []
    return tuple(dict.fromkeys(["".join(words), "".join(kept), *parts]))


@lru_cache(maxsize=100_000)
def bare(surname: str) -> str:
    """Folded, in one word, without what is written in several ways: `de la Cruz` -> cruz, `McKay`
    -> mackay."""
    name = "".join(_surname_words(surname)[1])
    return f"mac{name[2:]}" if name.startswith("mc") else name


def _surname_words(surname: str) -> tuple[list[str], list[str]]:
    """All of them, and those that are no particles."""
    words = fold(surname).split()
    if words[:1] in (["mac"], ["mc"], ["o"]) and len(words) > 1:
        words = [words[0] + words[1], *words[2:]]
    return words, [word for word in words if word not in PARTICLES] or words


@lru_cache(maxsize=100_000)
def forename_words(forename: str) -> tuple[str, ...]:
    """`Mary-Jane` -> mary, jane, maryjane: what somebody of these forenames may be called."""
    words = fold(forename).split()
    joined = ["".join(words)] if len(words) > 1 else []
    return tuple(dict.fromkeys([*words[:MOST_FORENAMES], *joined]))


def swapped(born: date) -> date | None:
    """Day and month the other way round; None where that is no other date."""
    if born.day > MONTHS or born.day == born.month:
        return None
    return date(born.year, born.day, born.month)


def keys_kept(surname: str, forename: str, born: date | None) -> set[int]:
    """Under which somebody of this name is kept."""
    return {_number(key) for key in _kept(surname, forename, born)}


def keys_asked(surname: str, forename: str, born: date | None) -> list[int]:
    """Under which somebody of this name is looked for, those that fewest people share first."""
    keys = [*_asked_by_birth(surname, forename, born), *_asked_by_name(surname, forename)]
    return list(dict.fromkeys(_number(key) for key in keys))


def _kept(surname: str, forename: str, born: date | None) -> Iterator[str]:
    sounds = {sound(form) for form in surname_forms(surname)}
    called = forename_words(forename)
    if born:
        yield f"born {born}"
    for heard in sounds:
        yield f"surname {heard}"
        if born:
            yield f"year {heard} {born.year}"
            yield f"day {heard} {born:%m-%d}"
        for word in called:
            yield f"name {heard} {sound(word)}"
        for word in called[:1]:
            yield f"initial {heard} {word[0]}"
    yield from _slips(surname, forename)


def _asked_by_birth(surname: str, forename: str, born: date | None) -> Iterator[str]:
    if born is None:
        return
    dates = [day for day in (born, swapped(born)) if day]
    yield from (f"born {day}" for day in dates)
    sounds = _sounds(surname)
    for heard in [*sounds, *_sounds(forename)]:
        for day in dates:
            yield f"year {heard} {day.year}"
            yield f"day {heard} {day:%m-%d}"


def _asked_by_name(surname: str, forename: str) -> Iterator[str]:
    both_ways = [(surname, forename), (forename, surname)]
    for heard in _sounds(surname):
        yield from (f"name {heard} {code}" for code in _sounds_of_forename(forename))
    for heard in _sounds(forename):
        yield from (f"name {heard} {sound(word)}" for word in forename_words(surname))
    for last, first in both_ways:
        for heard in _sounds(last):
            yield from (f"initial {heard} {word[0]}" for word in forename_words(first)[:1])
    yield from _slips(surname, forename)
    for heard in [*_sounds(surname), *_sounds(forename)]:
        yield f"surname {heard}"


def _slips(surname: str, forename: str) -> Iterator[str]:
    """A slip in a surname leaves its beginning or its end as it was."""
    name = surname_forms(surname)[0]
    for word in forename_words(forename)[:1]:
        yield f"begins {name[:2]} {sound(word)}"
        yield f"ends {name[-2:]} {sound(word)}"


def _sounds(name: str) -> list[str]:
    return _distinct(sound(form) for form in surname_forms(name) if form)


def _sounds_of_forename(forename: str) -> list[str]:
    words = forename_words(forename)
    others = sorted(frozenset().union(*(related(word) for word in words)))
    return _distinct(sound(word) for word in [*words, *others[:MOST_RELATED]])


def _distinct(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))


def _number(key: str) -> int:
    """Keys are kept as whole numbers of 63 bits: half the size of the words."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) >> 1
