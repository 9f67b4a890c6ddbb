"""The positions of trust that somebody is known to hold, as far as the reader may know of what told
of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import select

from lado.extensions import db
from lado.models import Case, ConsultationSubject, Person, Position, User, subject_other_position
from lado.queries import cases, linked
from lado.queries.people import WHERE_AND_WHAT


def known(user: User, person: Person) -> Sequence[Position]:
    """By every record of theirs, in the order in which they became known."""
    return known_positions(user, set(linked.lead_of(user, [person])))


def known_positions(user: User, person_ids: Collection[int]) -> Sequence[Position]:
    query = (
        select(Position)
        .where(Position.person_id.in_(person_ids), Position.id.not_in(_hidden(user, person_ids)))
        .order_by(Position.id)
        .options(*WHERE_AND_WHAT)
    )
    return db.session.scalars(query).all()


def of_case(user: User, case: Case) -> list[Position]:
    """Of its person, its own first; of an adult not yet named, what was stated with them. The same
    position stated twice is one."""
    further = known(user, case.person) if case.person else stated_on(user, case)
    found = {_what(position): position for position in reversed([case.position, *further])}
    return list(found.values())[::-1]


def stated_on(user: User, case: Case) -> list[Position]:
    """By its consultations, of whom it is about."""
    seen = cases.seen_among(user, {subject.consultation_id for subject in case.subjects})
    stated = []
    for subject in case.subjects:
        if subject.consultation_id in seen and subject.person_id == case.person_id:
            named = [subject.position] if subject.person_id else []
            stated += [*named, *subject.other_positions]
    return stated


def several(positions: Iterable[Position], day: date) -> bool:
    """More than one that had not ended by then; the same one stated twice is one."""
    going_on = (each for each in positions if not each.held_to or each.held_to >= day)
    return len({_what(each) for each in going_on}) > 1


def _hidden(user: User, person_ids: Collection[int]) -> set[int]:
    """Ids of positions that only consultations tell of which the user may not know of."""
    subject, other = ConsultationSubject, subject_other_position.c
    about = subject.person_id.in_(person_ids)
    stated = (
        select(subject.position_id, subject.consultation_id)
        .where(about)
        .union(
            select(other.position_id, subject.consultation_id)
            .join(subject, subject.id == other.subject_id)
            .where(about)
        )
    )
    told_by: dict[int, set[int]] = defaultdict(set)
    for position_id, consultation_id in db.session.execute(stated):
        told_by[position_id].add(consultation_id)
    seen = cases.seen_among(user, set().union(*told_by.values()))
    return {position_id for position_id, told in told_by.items() if not told & seen}


def _what(position: Position) -> tuple[int | None, int | None, int]:
    return position.role_id, position.organisation_id, position.sector_id
