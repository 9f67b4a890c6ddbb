"""Who of those on record may be somebody who is asked about (R-51), the best first.

The cost follows the number of those compared, which is bounded, and not of people on record: each
key gives at most MOST_OF_A_KEY, those that fewest people share are asked first.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
# SQLite puts together 500 at most.
MOST_KEYS_AT_ONCE = 400
Matched = tuple[int, int, Match]


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
    return _and_given(user, [person])[person.id]


def each_with_given(user: User | None, people: Collection[Person]) -> dict[int, Identity]:
    """By id, in a number of statements that does not grow with them."""
    _people(person.id for person in people)
    return _and_given(user, people)


def _and_given(user: User | None, people: Collection[Person]) -> dict[int, Identity]:
    given = _given(user, [person.id for person in people])
    known = {person.id: identity_of(person) for person in people}
    return {
        id_: replace(each, names=[*each.names, *given.get(id_, ())]) for id_, each in known.items()
    }


def find(
    user: User | None, asked: Identity, *, limit: int = MOST_SHOWN, but: Collection[int] = ()
) -> list[Found]:
    """Of those that `user` may know of; None, the command line, of everybody. Records linked as of
    one person come once, by the one that fits best. `but` are ids that are left out."""
    everybody = access.visible(user, Person) if user else select(Person)
    (matches,) = _matches(everybody, [asked], user)
    best_first = _best(matches, but)[:limit]
    people = _people(person_id for person_id, _ in best_first)
    return [Found(people[person_id], match) for person_id, match in best_first]


def how_many(
    user: User, several: Mapping[int, Identity], but: Mapping[int, set[int]]
) -> dict[int, int]:
    """How many `find` would find for each, in a number of statements that does not grow."""
    matches = _matches(access.visible(user, Person), list(several.values()), user)
    return {
        key: len(_best(each, but[key])[:MOST_SHOWN])
        for key, each in zip(several, matches, strict=True)
    }


def _best(matches: Iterable[Matched], but: Collection[int]) -> list[tuple[int, Match]]:
    found: dict[int, tuple[int, Match]] = {}
    for person_id, lead_id, match in matches:
        best = found.get(lead_id)
        if person_id not in but and (best is None or match.score > best[1].score):
            found[lead_id] = person_id, match
    return sorted(found.values(), key=lambda each: (-each[1].score, -each[0]))


def like_words(user: User, words: str, born: date | None = None) -> list[Found]:
    """Of a name typed into one field, the surname last, or by itself."""
    *forenames, surname = words.split() or [""]
    return find(user, Identity([Called(surname, " ".join(forenames))], born))


def fitting(everybody: Select[Person], several: Sequence[Identity]) -> set[int]:
    """Ids of those of `everybody` who are a strong match of any."""
    return {
        person_id
        for matches in _matches(everybody, several)
        for person_id, _, match in matches
        if match.strength is Strength.STRONG
    }


def everybody_like(asked: Identity) -> Iterator[tuple[int, Identity]]:
    """Of everybody on record, however many share a key, those to compare: id and what is known."""
    kept = select(PersonKey.person_id).where(PersonKey.key.in_(keys_of(asked)))
    for person_id, _, known in _identities(select(Person), kept, places=bool(asked.places)):
        yield person_id, known


def _matches(
    everybody: Select[Person], several: Sequence[Identity], user: User | None = None
) -> list[list[Matched]]:
    """For each of `several`: id of the record, id of the one that stands for the person, and how
    well it fits."""
    candidates = _candidates(several)
    ids = list(dict.fromkeys(id_ for each in candidates for id_ in each))
    places = any(asked.places for asked in several)
    known = {
        id_: (lead, identity)
        for id_, lead, identity in _identities(everybody, ids, places=places, user=user)
    }
    return [
        [
            (id_, known[id_][0], match)
            for id_ in of
            if id_ in known and (match := compare(asked, known[id_][1]))
        ]
        for asked, of in zip(several, candidates, strict=True)
    ]


def _candidates(several: Sequence[Identity]) -> list[list[int]]:
    keys = [keys_of(asked) for asked in several]
    kept = _kept_under(list(dict.fromkeys(key for each in keys for key in each)))
    at = _at(dict.fromkeys(place for asked in several for place in asked.places), len(several))
    found = []
    for asked, of in zip(several, keys, strict=True):
        ids = [id_ for key in of for id_ in kept[key]]
        ids += [id_ for place, id_ in at if place in asked.places]
        found.append(list(dict.fromkeys(ids))[:MOST_COMPARED])
    return found


def keys_of(asked: Identity) -> list[int]:
    names = asked.names
    keys = (key for name in names for key in keys_asked(name.surname, name.forename, asked.born))
    return list(dict.fromkeys(keys))


def _kept_under(keys: Sequence[int]) -> dict[int, list[int]]:
    """Of each key the newest."""
    part = (
        "SELECT * FROM (SELECT key, person_id FROM person_key WHERE key = :key{0}"
        " ORDER BY person_id DESC LIMIT :most) AS part{0}"
    )
    found: dict[int, list[int]] = defaultdict(list)
    for start in range(0, len(keys), MOST_KEYS_AT_ONCE):
        some = keys[start : start + MOST_KEYS_AT_ONCE]
        query = text(" UNION ALL ".join(part.format(number) for number in range(len(some))))
        values = {f"key{number}": key for number, key in enumerate(some)}
        for key, person_id in db.session.execute(query, {**values, "most": MOST_OF_A_KEY}):
            found[key].append(person_id)
    return found


def _at(places: Collection[str], several: int) -> Sequence[tuple[str, int]]:
    """Those who hold or held a position there, whatever they are called, with the place."""
    if not places:
        return ()
    query = (
        select(Organisation.folded, Position.person_id)
        .join(Organisation, Organisation.id == Position.organisation_id)
        .where(Organisation.folded.in_(places), Position.person_id.is_not(None))
        .order_by(Position.id.desc())
        .limit(MOST_OF_A_PLACE * several)
    )
    rows: Any = db.session.execute(query)
    return list(rows)


def _identities(
    everybody: Select[Person],
    ids: Sequence[int] | Select[int],
    *,
    places: bool,
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
    held_at = _places_of(facts) if places else {}
    for id_, (lead, born, age, age_on) in facts.items():
        yield id_, lead, Identity(names[id_], born, age, age_on, held_at.get(id_, ()))


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
