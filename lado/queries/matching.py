"""Who of those on record may be somebody who is asked about (R-51), the best first.

The cost follows the number of those compared, which is bounded, and not of people on record: each
key gives at most MOST_OF_A_KEY, those that fewest people share are asked first.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, select, text

from lado.extensions import db
from lado.models import (
    Consultation,
    ConsultationSubject,
    GivenName,
    Organisation,
    Person,
    PersonKey,
    PersonName,
    Position,
    User,
)
from lado.queries import access
from lado.queries.people import WITH_LIST
from lado.rules.matching import Called, Identity, Match, Strength, compare
from lado.rules.names import keys_asked
from lado.rules.vocabulary import NameKind

MOST_SHOWN = 10
MOST_OF_A_KEY = 60
MOST_OF_A_PLACE = 200
MOST_COMPARED = 250


@dataclass(frozen=True)
class Found:
    person: Person
    match: Match


def identity_of(person: Person) -> Identity:
    """What is on record of somebody, to ask who else may be the same."""
    return Identity(
        names=[Called(name.surname, name.forename) for name in person.names],
        born=person.date_of_birth,
        age=person.stated_age,
        age_on=person.age_stated_on,
        places={p.organisation.folded for p in person.positions if p.organisation},
    )


def with_given(user: User | None, person: Person) -> Identity:
    """And what callers called them, as far as `user` may know of it; None: all of it."""
    known = identity_of(person)
    given = _given(user, [person.id]).get(person.id, ())
    return replace(known, names=[*known.names, *given])


def find(
    user: User | None, asked: Identity, *, limit: int = MOST_SHOWN, but: Collection[int] = ()
) -> list[Found]:
    """Of those that `user` may know of; None, the command line, of everybody. Records linked as of
    one person come once, by the one that fits best. `but` are ids that are left out."""
    found: dict[int, tuple[int, Match]] = {}
    everybody = access.visible(user, Person) if user else select(Person)
    for person_id, lead_id, match in _matches(everybody, asked, user):
        best = found.get(lead_id)
        if person_id not in but and (best is None or match.score > best[1].score):
            found[lead_id] = person_id, match
    best_first = sorted(found.values(), key=lambda each: (-each[1].score, -each[0]))[:limit]
    people = _people(person_id for person_id, _ in best_first)
    return [Found(people[person_id], match) for person_id, match in best_first]


def like_words(user: User, words: str, born: date | None = None) -> list[Found]:
    """Of a name typed into one field, the surname last, or by itself."""
    *forenames, surname = words.split() or [""]
    return find(user, Identity([Called(surname, " ".join(forenames))], born))


def fitting(everybody: Select[Person], asked: Identity) -> set[int]:
    """Ids of those of `everybody` who are a strong match."""
    return {
        person_id
        for person_id, _, match in _matches(everybody, asked)
        if match.strength is Strength.STRONG
    }


def everybody_like(asked: Identity) -> Iterator[tuple[int, Identity]]:
    """Of everybody on record, however many share a key, those to compare: id and what is known."""
    kept = select(PersonKey.person_id).where(PersonKey.key.in_(keys_of(asked)))
    for person_id, _, known in _identities(select(Person), kept, asked):
        yield person_id, known


def _matches(
    everybody: Select[Person], asked: Identity, user: User | None = None
) -> Iterator[tuple[int, int, Match]]:
    """Id of the record, id of the one that stands for the person, and how well it fits."""
    for person_id, lead_id, known in _identities(everybody, _candidates(asked), asked, user):
        match = compare(asked, known)
        if match:
            yield person_id, lead_id, match


def _candidates(asked: Identity) -> list[int]:
    ids: list[Any] = [*_kept_under(keys_of(asked)), *_at(asked.places)]
    return list(dict.fromkeys(ids))[:MOST_COMPARED]


def keys_of(asked: Identity) -> list[int]:
    names = asked.names
    keys = (key for name in names for key in keys_asked(name.surname, name.forename, asked.born))
    return list(dict.fromkeys(keys))


def _kept_under(keys: Sequence[int]) -> Sequence[int]:
    """Of each key the newest, in the order of the keys."""
    if not keys:
        return ()
    part = (
        "SELECT * FROM (SELECT person_id FROM person_key WHERE key = :key{0}"
        " ORDER BY person_id DESC LIMIT :most) AS part{0}"
    )
    query = text(" UNION ALL ".join(part.format(number) for number in range(len(keys))))
    values = {f"key{number}": key for number, key in enumerate(keys)}
    return db.session.scalars(query, {**values, "most": MOST_OF_A_KEY}).all()


def _at(places: Collection[str]) -> Sequence[int | None]:
    """Those who hold or held a position there, whatever they are called."""
    if not places:
        return ()
    query = (
        select(Position.person_id)
        .join(Organisation, Organisation.id == Position.organisation_id)
        .where(Organisation.folded.in_(places), Position.person_id.is_not(None))
        .order_by(Position.id.desc())
        .limit(MOST_OF_A_PLACE)
    )
    return db.session.scalars(query).all()


def _identities(
    everybody: Select[Person],
    ids: Sequence[int] | Select[int],
    asked: Identity,
    user: User | None = None,
) -> Iterable[tuple[int, int, Identity]]:
    """Id of the record, id of the one that stands for the person, and what is known: to `user`,
    where what a caller called them stands on a consultation."""
    names: dict[int, list[Called]] = defaultdict(list)
    facts: dict[int, tuple[int, date | None, int | None, date | None]] = {}
    query = everybody.with_only_columns(
        Person.id, Person.same_as_id, Person.date_of_birth, Person.stated_age,
        Person.age_stated_on, PersonName.surname, PersonName.forename, PersonName.kind,
    ).join(PersonName, PersonName.person_id == Person.id)  # fmt: skip
    for id_, same_as, born, age, age_on, surname, forename, kind in db.session.execute(
        query.where(Person.id.in_(ids))
    ):
        facts[id_] = same_as or id_, born, age, age_on
        names[id_].append(Called(surname, forename, former=kind is not NameKind.CURRENT))
    for id_, given in _given(user, facts).items():
        names[id_] += given
    places = _places_of(facts) if asked.places else {}
    for id_, (lead, born, age, age_on) in facts.items():
        yield id_, lead, Identity(names[id_], born, age, age_on, places.get(id_, ()))


def _given(user: User | None, ids: Iterable[int]) -> dict[int, list[Called]]:
    """What callers called these people, on consultations that `user` may know of; None: on all."""
    given: dict[int, list[Called]] = defaultdict(list)
    consultations = access.visible(user, Consultation) if user else select(Consultation)
    query = (
        consultations.join(ConsultationSubject)
        .join(GivenName, GivenName.subject_id == ConsultationSubject.id)
        .where(ConsultationSubject.person_id.in_(list(ids)))
        .with_only_columns(ConsultationSubject.person_id, GivenName.surname, GivenName.forename)
    )
    rows: Any = db.session.execute(query)
    for person_id, surname, forename in rows:
        given[person_id].append(Called(surname, forename, given=True))
    return given


def _places_of(ids: Iterable[int]) -> dict[int, set[str]]:
    places: dict[int, set[str]] = defaultdict(set)
    query = (
        select(Position.person_id, Organisation.folded)
        .join(Organisation, Organisation.id == Position.organisation_id)
        .where(Position.person_id.in_(list(ids)))
    )
    found: Any = db.session.execute(query)
    for person_id, folded in found:
        places[person_id].add(folded)
    return places


def _people(ids: Iterable[int]) -> dict[int, Person]:
    query = select(Person).where(Person.id.in_(list(ids))).options(*WITH_LIST)
    return {person.id: person for person in db.session.scalars(query)}
