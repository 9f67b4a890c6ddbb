"""Finding somebody among a million people, beside a scan of all their names by rapidfuzz.

The names are invented: syllables put together, some far more common than others, as names are.
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import mean, median, quantiles

from flask import Flask
from flask_migrate import upgrade
from rapidfuzz import fuzz, process
from sqlalchemy import select

from lado import create_app
from lado.config import Config
from lado.extensions import db
from lado.models import User
from lado.queries import matching
from lado.rules.matching import Called, Identity
from lado.rules.names import keys_kept
from lado.rules.permissions import Role
from lado.services import user
from lado.services.audit import COMMAND_LINE
from tests.support.slips import SLIPS, Asked

QUERIES = 300
BEFORE = 30
SCANNED = 5
CHUNK = 20_000
STARTS = ("Bra", "Cor", "Dun", "El", "Fen", "Gar", "Hol", "Kes", "Lan", "Mor", "Nor", "Pen", "Quin",
          "Ros", "Sel", "Tor", "Ul", "Ver", "Wes", "Yar")  # fmt: skip
MIDDLES = ("den", "ter", "ri", "lo", "man", "ber", "ca", "wil", "sto", "ga", "nes", "hur")
ENDS = (
    "ton",
    "ley",
    "worth",
    "field",
    "by",
    "ham",
    "wick",
    "son",
    "man",
    "er",
    "s",
    "combe",
    "ard",
)
FORENAMES = ("Alice", "Kate", "Hannah", "Lucy", "Grace", "Megan", "Rose", "Ruth", "Nadia", "Priya",
             "Aaron", "Brian", "Callum", "Frank", "Gareth", "Hugh", "Jack", "Liam", "Martin",
             "Owen")  # fmt: skip
EARLIEST, LATEST = date(1950, 1, 1).toordinal(), date(2005, 1, 1).toordinal()


@dataclass(frozen=True)
class Measured:
    """Milliseconds of one question, and of those asked for with a date of birth and without one
    how many were found in the first ten."""

    people: int
    p50: float
    p95: float
    scan: float
    found_with_birth: float
    found_without: float


def measure(folder: Path, sizes: Sequence[int]) -> list[Measured]:
    config = Config(
        instance=folder,
        database_url=f"sqlite:///{folder / 'people.sqlite'}",
        secret_key="only for the benchmark " * 2,
    )
    app = create_app(config)
    chance = Random(1)
    people: list[Asked] = []
    measured = []
    with app.app_context():
        upgrade()
        user.invite(email="lado@example.test", name="Nobody Real", role=Role.LADO, by=COMMAND_LINE)
        for size in sizes:
            new = list(_people(size - len(people), chance))
            _fill(folder / "people.sqlite", new, first=len(people) + 1)
            people += new
            measured.append(_measure(app, people, chance))
    return measured


def _people(number: int, chance: Random) -> Iterator[Asked]:
    surnames = [a + b + c for a in STARTS for b in ("", *MIDDLES) for c in ENDS]
    forenames = [*FORENAMES, *(f"{a.capitalize()}{b}" for a in MIDDLES for b in ("a", "en", "is",
                 "o", "elle", "ric", "ine", "und"))]  # fmt: skip
    last, first = _common_first(surnames), _common_first(forenames)
    for _ in range(number):
        born = date.fromordinal(chance.randrange(EARLIEST, LATEST))
        yield Asked(
            chance.choices(surnames, cum_weights=last)[0],
            chance.choices(forenames, cum_weights=first)[0],
            born,
        )


def _common_first(names: Sequence[str]) -> list[float]:
    """The n-th is borne by about 1/n as many as the first, as family names are."""
    return list(accumulate(1 / (place + 10) for place in range(len(names))))


def _fill(path: Path, people: Sequence[Asked], *, first: int) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys=OFF")
    for start in range(0, len(people), CHUNK):
        part = list(enumerate(people[start : start + CHUNK], start=first + start))
        connection.executemany(
            "INSERT INTO person (id, public_id, version, date_of_birth, restricted, origin,"
            " entered_at, retention_class, legal_hold) VALUES (?, ?, 1, ?, 0, 'entered',"
            " '2026-01-01', 'undetermined', 0)",
            [(n, f"p{n}", who.born.isoformat()) for n, who in part if who.born],
        )
        connection.executemany(
            "INSERT INTO person_name (person_id, kind, surname, forename, folded)"
            " VALUES (?, 'current', ?, ?, ?)",
            [(n, who.surname, who.forename, f"{who.surname} {who.forename}".lower())
             for n, who in part],
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO person_key (key, person_id) VALUES (?, ?)",
            [(key, n) for n, who in part for key in keys_kept(who.surname, who.forename, who.born)],
        )
        connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()


def _measure(app: Flask, people: Sequence[Asked], chance: Random) -> Measured:
    """Each question is one of the ten kinds of slips about somebody on record."""
    reader = db.session.scalars(select(User)).one()
    names = [f"{who.surname} {who.forename}" for who in people]
    kinds = list(SLIPS.values())
    taken: list[float] = []
    found: dict[bool, list[bool]] = {True: [], False: []}
    while len(taken) < QUERIES + BEFORE:
        number = chance.randrange(len(people))
        asked = kinds[len(taken) % len(kinds)](people[number], chance)
        if asked is None:
            continue
        db.session.rollback()
        who = Identity([Called(asked.surname, asked.forename)], asked.born)
        started = time.perf_counter()
        matches = matching.find(reader, who)
        taken.append((time.perf_counter() - started) * 1000)
        found[asked.born is not None].append(any(m.person.id == number + 1 for m in matches))
    taken = taken[BEFORE:]
    scans = [_scan(names, chance) for _ in range(SCANNED)]
    return Measured(
        len(people),
        median(taken),
        quantiles(taken, n=20)[-1],
        median(scans),
        mean(found[True]),
        mean(found[False]),
    )


def _scan(names: Sequence[str], chance: Random) -> float:
    wanted = names[chance.randrange(len(names))]
    started = time.perf_counter()
    process.extract(wanted, names, scorer=fuzz.token_sort_ratio, limit=10)
    return (time.perf_counter() - started) * 1000
