"""The records of one human being, which count as one. `access.records_of` says which they are; in
each, whoever reads still sees only what they may know of."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, func, select, union

from lado.extensions import db
from lado.models import Person, User
from lado.queries import access

# SQL: the id of the record that stands for all of a human being's.
lead: ColumnElement[int] = func.coalesce(Person.same_as_id, Person.id)


def ids(*people: Person) -> CompoundSelect[Any]:
    """Of all records of these human beings, theirs included."""
    return ids_of({person.lead_id for person in people})


def ids_of(leads: Iterable[int]) -> CompoundSelect[Any]:
    return union(*access.records_of(set(leads)))


def lead_of(user: User | None, people: Iterable[Person]) -> dict[int, int]:
    """By the id of each of their records that `user` may know of, that of the record which stands
    for them all. None is the command line, which sees everything."""
    everybody = access.visible(user, Person) if user else select(Person)
    query = everybody.with_only_columns(Person.id, lead).where(Person.id.in_(ids(*people)))
    return dict(db.session.execute(query).all())
