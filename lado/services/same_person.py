"""Two records of people are judged to be of one human being, or not; both are kept."""

from collections import defaultdict

from sqlalchemy import or_, select, update
from sqlalchemy.orm.attributes import flag_modified

from lado import clock
from lado.errors import Invalid
from lado.extensions import db
from lado.models import Person, PersonComparison, User
from lado.queries import linked
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import Sameness
from lado.services import audit
from lado.services.transaction import check_version, writes

WHY = "Enter why: what shows it, or what was wrong before"


@writes(AuditAction.PERSON_COMPARED)
def judge(
    person: Person,
    other: Person,
    *,
    sameness: Sameness,
    reason: str = "",
    version: int,
    by: User,
) -> None:
    """What stood of these two before is kept. Whoever is judged the same, or no longer, is said
    why (R-51)."""
    lock(person, other)
    check_version(person, version)
    judge_in_transaction(person, other, sameness=sameness, reason=reason, by=by)
    flag_modified(person, "restricted")  # counts the version up


def judge_in_transaction(
    person: Person, other: Person, *, sameness: Sameness, reason: str = "", by: User
) -> None:
    one, two = sorted((person, other), key=lambda each: each.id)
    if one is two:
        raise Invalid({"sameness": "Choose another person"})
    standing = _standing(one, two)
    was_same = standing is not None and standing.sameness is Sameness.SAME
    if Sameness.SAME in (sameness, standing.sameness if standing else None) and not reason.strip():
        raise Invalid({"reason": WHY})
    now = clock.now()
    if standing:
        standing.ended_at = now
        db.session.flush()
    db.session.add(
        PersonComparison(
            one_id=one.id, other_id=two.id, sameness=sameness, reason=reason.strip(),
            judged_at=now, judged_by_id=by.id,
        )
    )  # fmt: skip
    db.session.flush()
    if was_same or sameness is Sameness.SAME:
        _settle_groups({one.id, two.id})
    for each in (person, other):  # neither names the other, which a reader may not know of
        audit.record(AuditAction.PERSON_COMPARED, each, by=by, fields=[sameness.value])


def lock(*people: Person) -> None:
    """In the order of their ids, so that two who lock the same never wait for each other."""
    for person in sorted(people, key=lambda each: each.id):
        db.session.refresh(person, with_for_update={"of": Person})


def _standing(one: Person, two: Person) -> PersonComparison | None:
    return db.session.scalar(
        select(PersonComparison).where(
            PersonComparison.one_id == one.id,
            PersonComparison.other_id == two.id,
            PersonComparison.ended_at.is_(None),
        )
    )


def _settle_groups(ids: set[int]) -> None:
    """Everybody who is the same as somebody here, over any number of steps, gets the one with the
    lowest id to stand for all."""
    everybody = ids | set(db.session.scalars(linked.ids_of(_leads(ids))))
    neighbours = _neighbours(everybody)
    while everybody:
        group, waiting = set[int](), [everybody.pop()]
        while waiting:
            group.add(at := waiting.pop())
            waiting += neighbours[at] - group
        everybody -= group
        lead = min(group)
        db.session.execute(update(Person).where(Person.id == lead).values(same_as_id=None))
        db.session.execute(
            update(Person).where(Person.id.in_(group - {lead})).values(same_as_id=lead)
        )


def _leads(ids: set[int]) -> set[int]:
    query = select(Person.id, Person.same_as_id).where(Person.id.in_(ids))
    return {lead or id_ for id_, lead in db.session.execute(query)}


def _neighbours(ids: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    same = select(PersonComparison.one_id, PersonComparison.other_id).where(
        PersonComparison.ended_at.is_(None),
        PersonComparison.sameness == Sameness.SAME,
        or_(PersonComparison.one_id.in_(ids), PersonComparison.other_id.in_(ids)),
    )
    for one, other in db.session.execute(same):
        found[one].add(other)
        found[other].add(one)
    return found
