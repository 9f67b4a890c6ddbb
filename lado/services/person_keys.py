"""The keys by which people are found are made anew after an upgrade that drops them. No record
changes, so there is no event of it."""

from itertools import groupby
from typing import Any

from sqlalchemy import Select, exists, insert, select

from lado.database import write_transaction
from lado.extensions import db
from lado.models import Person, PersonKey, PersonName
from lado.rules.names import keys_kept

CHUNK = 10_000


def index_everybody() -> None:
    """Whoever has no key to be found by gets theirs."""
    if db.session.scalar(select(exists(_without_keys().subquery().select()))):
        with write_transaction(db.session()):
            _index()


def _index() -> None:
    found = db.session.execute(_without_keys()).all()
    rows = []
    for (person_id, born), names in groupby(found, key=lambda row: (row.id, row.date_of_birth)):
        keys = set[int]().union(*(keys_kept(n.surname, n.forename, born) for n in names))
        rows += [{"key": key, "person_id": person_id} for key in keys]
    for start in range(0, len(rows), CHUNK):
        db.session.execute(insert(PersonKey), rows[start : start + CHUNK])


def _without_keys() -> Select[*tuple[Any, ...]]:
    """Columns by themselves, so that it can run on the schema of the revision that added them."""
    return (
        select(Person.id, Person.date_of_birth, PersonName.surname, PersonName.forename)
        .join(PersonName, PersonName.person_id == Person.id)
        .where(~exists().where(PersonKey.person_id == Person.id))
        .order_by(Person.id)
    )
