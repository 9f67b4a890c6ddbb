"""The keys by which people are found are made anew after an upgrade that drops them. No record
changes, so there is no event of it."""

from itertools import groupby
from typing import Any

from sqlalchemy import Select, exists, insert, select, union_all

from lado.database import write_transaction
from lado.extensions import db
from lado.models import ConsultationSubject, GivenName, Person, PersonKey, PersonName
from lado.rules.names import keys_kept

CHUNK = 10_000


def index_everybody(*, as_given: bool = True) -> None:
    """Whoever has no key to be found by gets theirs. `as_given`: what callers called them is kept
    in this schema."""
    if db.session.scalar(select(exists(_without_keys().subquery().select()))):
        with write_transaction(db.session()):
            _index(_as_given() if as_given else _without_keys())


def _index(query: Select[*tuple[Any, ...]]) -> None:
    found = db.session.execute(query).all()
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


def _as_given() -> Select[*tuple[Any, ...]]:
    """What callers called them too."""
    given = (
        select(Person.id, Person.date_of_birth, GivenName.surname, GivenName.forename)
        .join(ConsultationSubject, ConsultationSubject.person_id == Person.id)
        .join(GivenName, GivenName.subject_id == ConsultationSubject.id)
        .where(~exists().where(PersonKey.person_id == Person.id))
    )
    names = union_all(_without_keys().order_by(None), given).subquery()
    return select(names).order_by(names.c.id)
