"""People: the adults a concern is about."""

from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy.orm.attributes import flag_modified

from lado import clock
from lado.errors import Invalid, NotFound, Refused
from lado.extensions import db
from lado.models import Person, PersonKey, PersonName, User
from lado.queries import matching
from lado.rules.audit import AuditAction
from lado.rules.folding import fold
from lado.rules.names import keys_kept
from lado.rules.timescales import add_months
from lado.rules.vocabulary import NameKind, Origin, Sex, TermGroup
from lado.services import audit
from lado.services.audit import Actor
from lado.services.checks import Checks
from lado.services.position import (
    PositionDetails,
    employer_of,
    find_or_add_position,
    with_sector,
)
from lado.services.suspected_conflict import compare_person_in_transaction
from lado.services.transaction import check_version, writes

YOUNGEST, OLDEST = 10, 120


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
    _check(details)
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
    _keep_keys(person)
    db.session.add(person)
    audit.record(AuditAction.PERSON_ADDED, person, by=by)
    compare_person_in_transaction(person, by=by)
    return person


@writes(AuditAction.PERSON_ADDED)
def add(*, details: PersonDetails, by: User) -> Person:
    return add_person_in_transaction(details, by=by)


@writes(AuditAction.PERSON_CHANGED)
def change(person: Person, *, details: PersonDetails, version: int, by: User) -> None:
    """Correct what is known of a person. A name they no longer use is added by `add_name`."""
    check_version(person, version)
    _check(details)
    old = PersonDetails(
        person.name.surname, person.name.forename, person.date_of_birth, person.stated_age,
        person.age_stated_on, person.sex,
    )  # fmt: skip
    _write(person.name, details.surname, details.forename)
    person.date_of_birth = details.date_of_birth
    person.stated_age, person.age_stated_on = details.stated_age, details.age_stated_on
    person.sex = details.sex
    _keep_keys(person)
    flag_modified(person, "restricted")  # counts the version up even when only a name changed
    changed = [f.name for f in fields(details) if getattr(old, f.name) != getattr(details, f.name)]
    audit.record(AuditAction.PERSON_CHANGED, person, by=by, fields=changed)
    if set(changed) - {"sex"}:
        compare_person_in_transaction(person, by=by)


@writes(AuditAction.PERSON_CHANGED)
def add_name(
    person: Person, *, kind: NameKind, surname: str, forename: str = "", version: int, by: User
) -> None:
    """A former name, or one they are known as. A new current name makes the old one a former."""
    check_version(person, version)
    _check(PersonDetails(surname, forename))
    name = PersonName(kind=kind)
    _write(name, surname, forename)
    if any(known.folded == name.folded and known.kind is kind for known in person.names):
        raise Invalid({"surname": "This name is already on the list"})
    if kind is NameKind.CURRENT:
        person.name.kind = NameKind.FORMER
        db.session.flush()
    person.names.append(name)
    _keep_keys(person)
    flag_modified(person, "restricted")
    audit.record(AuditAction.PERSON_CHANGED, person, by=by, fields=["names"])
    compare_person_in_transaction(person, by=by)


@writes(AuditAction.PERSON_CHANGED)
def remove_name(person: Person, *, number: int, version: int, by: User) -> None:
    """Take away a name that was put down by mistake; `number` counts `person.names` from 1."""
    check_version(person, version)
    if not 1 <= number <= len(person.names):
        raise NotFound
    name = person.names[number - 1]
    if name.kind is NameKind.CURRENT:
        raise Refused("The current name cannot be removed. Change it instead.")
    person.names.remove(name)
    _keep_keys(person)
    flag_modified(person, "restricted")
    audit.record(AuditAction.PERSON_CHANGED, person, by=by, fields=["names"])


@writes(AuditAction.PERSON_CHANGED)
def add_position(person: Person, *, details: PositionDetails, version: int, by: User) -> None:
    """One that no consultation stated: it became known otherwise."""
    check_version(person, version)
    if not details.role_id and not details.organisation:
        raise Invalid({"role_id": "Choose the role, or enter where they work"})
    details = with_sector(details)
    checks = Checks()
    terms = {"role_id": (TermGroup.ROLE, details.role_id)}
    checks.terms(terms | {"sector_id": (TermGroup.SECTOR, details.sector_id)})
    checks.done()
    known = set(person.positions)
    if find_or_add_position(person, details, employer_of(details, by=by)) in known:
        raise Invalid({"role_id": "This position is on the list already"})
    flag_modified(person, "restricted")
    audit.record(AuditAction.PERSON_CHANGED, person, by=by, fields=["positions"])


@writes(AuditAction.PERSON_SEARCHED)
def searched(*, found: int, by: Actor) -> None:
    """Note that people were searched, and how many were found; never what was asked for."""
    audit.record(AuditAction.PERSON_SEARCHED, None, by=by, found=found)


def known_as_given_in_transaction(person: Person, *, by: Actor) -> None:
    """What a caller called them was kept, or is no longer: they are found by that or not."""
    db.session.flush()
    _keep_keys(person)
    audit.record(AuditAction.PERSON_CHANGED, person, by=by, fields=["given_name"])
    compare_person_in_transaction(person, by=by)


def differs(given: PersonDetails, person: Person) -> bool:
    """Whether a caller's name or date of birth is another than that on record."""
    name = person.name
    called = fold(f"{given.surname} {given.forename}") != fold(f"{name.surname} {name.forename}")
    return called or given.date_of_birth not in {None, person.date_of_birth}


def _keep_keys(person: Person) -> None:
    """They follow from the names, those callers gave too, and the date of birth."""
    with db.session.no_autoflush:
        names = matching.with_given(None, person).names
    keys = set[int]().union(
        *(keys_kept(name.surname, name.forename, person.date_of_birth) for name in names)
    )
    known = {row.key for row in person.keys}
    person.keys = [row for row in person.keys if row.key in keys]
    person.keys += [PersonKey(key=key) for key in keys - known]


def _write(name: PersonName, surname: str, forename: str) -> None:
    name.surname, name.forename = surname, forename
    name.folded = fold(f"{surname} {forename}")


def _check(details: PersonDetails) -> None:
    messages = {}
    if not fold(details.surname):
        messages["surname"] = "Enter a surname that has letters in it"
    if details.date_of_birth and not _possible(details.date_of_birth):
        messages["date_of_birth"] = "Date of birth must make the person 10 to 120 years old"
    if details.date_of_birth and details.stated_age is not None:
        messages["stated_age"] = "Leave the age empty when the date of birth is known"
    if (details.stated_age is None) != (details.age_stated_on is None):
        messages["age_stated_on"] = "Give both the age and the day it was stated, or neither"
    if messages:
        raise Invalid(messages)


def _possible(born: date) -> bool:
    today = clock.today()
    return add_months(today, -YOUNGEST * 12) >= born >= add_months(today, -OLDEST * 12)
