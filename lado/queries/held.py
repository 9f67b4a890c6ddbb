"""What is held about people who may be meant: seen before a decision, not after it (R-51)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased, selectinload

from lado.extensions import db
from lado.models import (
    Allegation,
    Case,
    Consultation,
    ConsultationSubject,
    Decision,
    Person,
    Position,
    Term,
    User,
)
from lado.queries import access, linked
from lado.queries.positions import known_positions
from lado.queries.register import contact_ref


@dataclass(frozen=True)
class Contact:
    """`decision` is None while it waits; where two adults of it turned out to be one human being
    it says what was decided about each."""

    public_id: str
    reference: str
    received_on: date
    decision: str | None

    def and_decided(self, decision: str | None) -> "Contact":
        decisions = dict.fromkeys(filter(None, (self.decision, decision)))
        return replace(self, decision="; ".join(decisions) or None)


@dataclass(frozen=True)
class Held:
    """Of one person by all their records that the reader may know of, the newest first."""

    contacts: Sequence[Contact]
    cases: Sequence[Case]
    positions: Sequence[Position]


def held(
    user: User, people: Collection[Person], *, but: Consultation | None = None
) -> dict[int, Held]:
    """By the id of each of `people`, in a number of statements that does not grow with them.
    Nothing is earlier than itself: `but` is left out, and so are its cases."""
    lead_of = linked.lead_of(user, people)
    contacts = _contacts(user, lead_of, but.id if but else 0)
    own = {subject.case_id for subject in but.subjects} if but else set()
    cases, positions = _cases(user, lead_of, own), _held(user, lead_of)
    leads = {person.id: person.lead_id for person in people}
    return {id_: Held(contacts[lead], cases[lead], positions[lead]) for id_, lead in leads.items()}


def contacts_about(user: User, person: Person) -> Sequence[Contact]:
    """By all their records, the newest first."""
    return _contacts(user, linked.lead_of(user, [person]), 0)[person.lead_id]


def contact_refs(people: Iterable[Person]) -> dict[int, list[str]]:
    """References of all consultations about each of them, as a register calls these."""
    people = list(people)
    lead_of = linked.lead_of(None, people)
    found: dict[int, list[str]] = defaultdict(list)
    query = (
        select(ConsultationSubject.person_id, contact_ref)
        .join(Consultation, Consultation.id == ConsultationSubject.consultation_id)
        .where(ConsultationSubject.person_id.in_(lead_of))
        .order_by(Consultation.received_on, Consultation.id)
    )
    rows: Any = db.session.execute(query)
    for person_id, reference in rows:
        of_lead = found[lead_of[person_id]]
        if reference not in of_lead:
            of_lead.append(reference)
    return {person.id: found[person.lead_id] for person in people}


def _contacts(user: User, lead_of: Mapping[int, int], but: int) -> dict[int, list[Contact]]:
    """Each consultation once, with all that was decided about them in it."""
    subject, standing, decided = ConsultationSubject, aliased(Decision), aliased(Term)
    query = (
        access.visible(user, Consultation)
        .with_only_columns(
            subject.person_id, Consultation.public_id, Consultation.reference,
            Consultation.received_on, decided.label,
        )
        .join(subject, subject.consultation_id == Consultation.id)
        .outerjoin(standing, (standing.subject_id == subject.id) & standing.ended_on.is_(None))
        .outerjoin(decided, decided.id == standing.term_id)
        .where(subject.person_id.in_(lead_of), Consultation.id != but)
        .order_by(Consultation.received_on.desc(), Consultation.id.desc(), subject.id)
    )  # fmt: skip
    found: dict[int, dict[str, Contact]] = defaultdict(dict)
    rows: Any = db.session.execute(query)
    for person_id, *facts in rows:
        contact, there = Contact(*facts), found[lead_of[person_id]]
        before = there.get(contact.public_id)
        there[contact.public_id] = before.and_decided(contact.decision) if before else contact
    return defaultdict(list, {lead: list(each.values()) for lead, each in found.items()})


def _cases(
    user: User, lead_of: Mapping[int, int], but: Collection[int | None]
) -> dict[int, list[Case]]:
    """With what their outcome is derived from."""
    joined = (
        select(ConsultationSubject.case_id, ConsultationSubject.person_id)
        .where(ConsultationSubject.person_id.in_(lead_of), ConsultationSubject.case_id.is_not(None))
        .union(select(Case.id, Case.person_id).where(Case.person_id.in_(lead_of)))
    )
    about: dict[int, set[int]] = defaultdict(set)
    rows: Any = db.session.execute(joined)
    for case_id, person_id in rows:
        if case_id not in but:
            about[case_id].add(lead_of[person_id])
    found: dict[int, list[Case]] = defaultdict(list)
    cases = _with_outcomes(access.visible(user, Case)).where(Case.id.in_(about))
    for case in db.session.scalars(cases):
        for lead in about[case.id]:
            found[lead].append(case)
    return found


def _with_outcomes(cases: Select[Case]) -> Select[Case]:
    outcomes = selectinload(Case.allegations).selectinload(Allegation.outcomes)
    return cases.options(outcomes).order_by(Case.received_on.desc(), Case.id.desc())


def _held(user: User, lead_of: Mapping[int, int]) -> dict[int, list[Position]]:
    """The newest first."""
    found: dict[int, list[Position]] = defaultdict(list)
    for position in reversed(known_positions(user, set(lead_of))):
        if position.person_id is not None:
            found[lead_of[position.person_id]].append(position)
    return found
