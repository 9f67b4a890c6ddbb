"""Which records of people are of one human. Contacts about a person are counted over them."""

from collections.abc import Sequence

from sqlalchemy.orm import InstrumentedAttribute

from lado.models import ConsultationSubject, Person


def ids(person: Person) -> Sequence[int]:
    return [person.id]


def of_subject() -> InstrumentedAttribute[int | None]:
    """SQL: the one record that stands for the person of a subject."""
    return ConsultationSubject.person_id
