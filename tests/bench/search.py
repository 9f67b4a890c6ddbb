"""Lists and searches on many consultations, beside the barest statements that could answer them.

The database itself multiplies the consultations of one demonstration: what is measured is reading.
"""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import select

from lado import clock, fulltext
from lado.demo.register import as_csv, rows
from lado.extensions import db
from lado.models import Consultation, User
from lado.queries.consultation_list import Chosen, page_of_list
from lado.queries.keyset import Cursor
from lado.queries.search import search
from lado.queries.search_documents import compose
from lado.register.loading import load
from lado.rules.permissions import Role
from lado.rules.search import SearchKind, parse
from lado.rules.vocabulary import ConsultationStatus
from lado.services.audit import COMMAND_LINE

# How often each is asked, for each round.
ASKED = 20
SEED = 42
FAR = 0.9
STRIDE = 10_000_000
BARE_LIST = """
SELECT id FROM consultation WHERE (received_on, id) < (?, ?)
ORDER BY received_on DESC, id DESC LIMIT 26
"""
BARE_SEARCH = """
SELECT rowid FROM search_text_consultation WHERE search_text_consultation MATCH ?
ORDER BY rowid DESC LIMIT 50
"""
# What each column of a copy becomes, where it may not stay as it is. `n` is the number of the copy.
CHANGED = {
    "id": "id + :n * :stride",
    "consultation_id": "consultation_id + :n * :stride",
    "subject_id": "subject_id + :n * :stride",
    "public_id": "substr(public_id, 1, 12) || :n",
    "reference": "reference || '/' || :n",
    "imported_reference": "imported_reference || '/' || :n",
    "received_on": "date(received_on, '-' || :n || ' days')",
    "aware_on": "NULL",
    "happened_precision": "'not_known'",
    "happened_from": "NULL",
    "happened_to": "NULL",
    "decided_on": "date(decided_on, '-' || :n || ' days')",
    "case_id": "NULL",
    "opened_case": "0",
}
COPIED = ("consultation", "consultation_subject", "decision")


@dataclass(frozen=True)
class Times:
    """Milliseconds within which half and 95 in 100 of the answers came."""

    half: float
    most: float


Answer = tuple[str, Times, Times]


def measure(database: Path, consultations: int, *, rounds: int) -> Iterator[Answer]:
    """What was asked, and the milliseconds of its answers: ours, and the bare ones."""
    asked = ASKED * rounds
    load(as_csv(rows(clock.today())), by=COMMAND_LINE)
    reader = User(email="b@example.test", name="B", role=Role.LADO, fs_uniquifier="b",
                  created_at=clock.now())  # fmt: skip
    db.session.add(reader)
    db.session.commit()
    bare = sqlite3.connect(database)
    _multiply(bare, consultations)
    yield from _lists(bare, reader, consultations, asked)
    yield from _searches(bare, reader, asked)
    bare.close()


def _multiply(bare: sqlite3.Connection, consultations: int) -> None:
    days = dict(db.session.execute(select(Consultation.id, Consultation.received_on)).all())
    documents = {id_: each.words for id_, each in compose(SearchKind.CONSULTATION, days).items()}
    times = -(-consultations // len(days))
    put = fulltext.SQLITE_PUT.format(kind=SearchKind.CONSULTATION)
    db.session.rollback()
    with db.engine.begin() as connection:
        fulltext.unwatch(connection)
    for n in range(1, times):
        for table in COPIED:
            columns = [row[1] for row in bare.execute(f"PRAGMA table_info({table})")]
            made = ", ".join(CHANGED.get(column, column) for column in columns)
            bare.execute(
                f"INSERT INTO {table} SELECT {made} FROM {table} WHERE id < :stride",  # noqa: S608
                {"n": n, "stride": STRIDE},
            )
        bare.executemany(put, _copies(documents, days, n))
        bare.commit()
    bare.execute("ANALYZE")
    bare.commit()


def _copies(
    documents: dict[int, str], days: dict[int, date], n: int
) -> Iterator[dict[str, object]]:
    for id_, words in documents.items():
        place = fulltext.place(days[id_] - timedelta(days=n), id_ + n * STRIDE)
        yield {"place": place, "words": f"{words} copy{n}"}


def _lists(
    bare: sqlite3.Connection, reader: User, consultations: int, asked: int
) -> Iterator[Answer]:
    def ask(chosen: Chosen, cursor: Cursor) -> Callable[[], object]:
        return lambda: page_of_list(reader, chosen, cursor=cursor)

    far = bare.execute(
        "SELECT public_id, received_on, id FROM consultation"
        " ORDER BY received_on DESC, id DESC LIMIT 1 OFFSET ?",
        [int(consultations * FAR)],
    ).fetchone()
    for what, chosen, cursor, begin in (
        ("first page", Chosen(), Cursor(), ("9", 0)),
        ("far page", Chosen(), Cursor(after=far[0]), far[1:]),
        ("narrowed", Chosen(status=ConsultationStatus.OPEN), Cursor(), ("9", 0)),
    ):

        def barely(begin: Sequence[object] = begin) -> object:
            return bare.execute(BARE_LIST, begin).fetchall()

        yield f"List, {what}", _times([ask(chosen, cursor)] * asked), _times([barely] * asked)


def _searches(bare: sqlite3.Connection, reader: User, asked: int) -> Iterator[Answer]:
    words = [row[0].split() for row in bare.execute(
        "SELECT words FROM search_text_consultation LIMIT 600"
    )]  # fmt: skip
    chance = random.Random(SEED)
    texts = [chance.choice(words) for _ in range(asked)]
    kinds = {
        "a word": [chance.choice(text) for text in texts],
        "two words": [" ".join(chance.sample(text, 2)) for text in texts],
        "a phrase": [f'"{" ".join(text[5:8])}"' for text in texts],
        "beginnings": [" ".join(w[:4] for w in chance.sample(text, 2)) for text in texts],
    }
    for what, queries in kinds.items():
        ours = [lambda q=query: search(reader, parse(q)) for query in queries]
        barely = [
            lambda q=query: bare.execute(BARE_SEARCH, [fulltext._fts5(parse(q))]).fetchall()
            for query in queries
        ]
        yield f"Search, {what}", _times(ours), _times(barely)


def _times(acts: Sequence[Callable[[], object]]) -> Times:
    acts[0]()
    taken = list[float]()
    for act in acts:
        db.session.rollback()
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1000)
    return Times(median(taken), quantiles(taken, n=20)[-1])
