"""The records of one human being, which count as one in alerts and over time."""

from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, func, union

from lado.models import Person
from lado.queries import access

# SQL: the id of the record that stands for all of a human being's.
lead: ColumnElement[int] = func.coalesce(Person.same_as_id, Person.id)


def ids(person: Person) -> CompoundSelect[Any]:
    """Of all records of the same human being, this one included."""
    return union(*access.records_of({person.same_as_id or person.id}))
