"""Which records of people were judged to be of one human being, which not, and which may be."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from lado.extensions import db
from lado.models import Person, PersonComparison, User
from lado.queries import access, linked, matching
from lado.queries.matching import Found
from lado.queries.people import WITH_LIST
from lado.rules.vocabulary import Sameness


@dataclass(frozen=True)
class Judged:
    other: Person
    comparison: PersonComparison


def judged(user: User, person: Person) -> list[Judged]:
    """What stands of `person` and others that `user` may know of, the newest first."""
    comparisons = db.session.scalars(
        select(PersonComparison)
        .where(
            or_(PersonComparison.one_id == person.id, PersonComparison.other_id == person.id),
            PersonComparison.ended_at.is_(None),
        )
        .order_by(PersonComparison.id.desc())
        .options(joinedload(PersonComparison.judged_by))
    ).all()
    others = {_other(each, person): each for each in comparisons}
    visible = access.visible(user, Person).where(Person.id.in_(others)).options(*WITH_LIST)
    found = {each.id: each for each in db.session.scalars(visible)}
    return [Judged(found[id_], each) for id_, each in others.items() if id_ in found]


def may_be_same(user: User, person: Person, *, but: Collection[int] = ()) -> list[Found]:
    """Those who fit and were not settled: neither linked already nor judged somebody else. `but`
    are ids of people who are left out."""
    settled = {
        each.other.id
        for each in judged(user, person)
        if each.comparison.sameness is not Sameness.UNSURE
    }
    own = linked.lead_of(user, [person])
    return matching.find(user, matching.with_given(user, person), but={*settled, *own, *but})


def how_many_may_be(user: User, people: Collection[Person]) -> dict[int, int]:
    """By the id of each: how many `may_be_same` would give."""
    lead_of = linked.lead_of(user, people)
    but = {
        person.id: {id_ for id_, lead in lead_of.items() if lead == person.lead_id}
        for person in people
    }
    query = select(PersonComparison.one_id, PersonComparison.other_id).where(
        or_(PersonComparison.one_id.in_(but), PersonComparison.other_id.in_(but)),
        PersonComparison.ended_at.is_(None),
        PersonComparison.sameness != Sameness.UNSURE,
    )
    settled: Any = db.session.execute(query)
    for one, other in settled:
        for id_, settled_with in ((one, other), (other, one)):
            if id_ in but:
                but[id_].add(settled_with)
    return matching.how_many(user, matching.each_with_given(user, people), but)


def linked_to(user: User, person: Person) -> Sequence[Person]:
    """The other records of the same human being, over any number of steps."""
    ids = linked.lead_of(user, [person]).keys() - {person.id}
    query = select(Person).where(Person.id.in_(ids)).order_by(Person.id)
    return db.session.scalars(query.options(selectinload(Person.names))).all()


def _other(comparison: PersonComparison, person: Person) -> int:
    return comparison.other_id if comparison.one_id == person.id else comparison.one_id
