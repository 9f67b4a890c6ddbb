"""People: the adults a concern is about."""

from dataclasses import dataclass
from datetime import date

from lado.extensions import db
from lado.models import Person, PersonName
from lado.rules.audit import AuditAction
from lado.rules.folding import fold
from lado.rules.vocabulary import Origin, Sex
from lado.services import audit
from lado.services.audit import Actor


@dataclass(frozen=True)
class PersonDetails:
    """Either a date of birth or an age as it was stated on a day, or neither."""

    surname: str
    forename: str = ""
    date_of_birth: date | None = None
    stated_age: int | None = None
    age_stated_on: date | None = None
    sex: Sex | None = None


def add_person_in_transaction(
    details: PersonDetails, *, by: Actor, origin: Origin = Origin.ENTERED
) -> Person:
    """A new person. For a service that has a transaction open."""
    age = None if details.date_of_birth else details.stated_age
    person = Person(
        date_of_birth=details.date_of_birth,
        stated_age=age,
        age_stated_on=details.age_stated_on if age is not None else None,
        sex=details.sex,
        origin=origin,
        names=[
            PersonName(
                surname=details.surname,
                forename=details.forename,
                folded=fold(f"{details.surname} {details.forename}"),
            )
        ],
    )
    db.session.add(person)
    audit.record(AuditAction.PERSON_ADDED, person, by=by)
    return person
