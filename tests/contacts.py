"""What is typed into a consultation, piece by piece; `tests.factories` makes whole records."""

from dataclasses import replace
from datetime import date
from typing import Any

from lado import clock
from lado.extensions import db
from lado.models import Consultation, ConsultationSubject, Decision, Organisation, Person, User
from lado.queries import vocabulary
from lado.rules.threshold import limbs_on
from lado.rules.vocabulary import DecisionStage, EarlierRecords, TermGroup
from lado.services import consultation as consultations
from lado.services import decision as decisions
from lado.services.consultation_contact import ContactDetails
from lado.services.decision import DecisionDetails
from lado.services.person import PersonDetails
from lado.services.position import PositionDetails
from lado.services.subject import AdultDetails
from tests.factories import term_id

RECEIVED = date(2026, 4, 20)


def position(
    role: str = "Teacher",
    sector: str = "Maintained school",
    organisation: Organisation | str | None = "Testwell School",
    **other: Any,
) -> PositionDetails:
    return PositionDetails(
        role_id=term_id(TermGroup.ROLE, role),
        sector_id=term_id(TermGroup.SECTOR, sector),
        organisation=organisation,
        **other,
    )


def adult(
    person: Person | PersonDetails | None = None, *, category: str = "Physical abuse", **other: Any
) -> AdultDetails:
    """Not named, unless there is a `person`."""
    details = AdultDetails(
        person=person,
        position=other.pop("position", None) or position(),
        category_id=term_id(TermGroup.CATEGORY, category),
    )
    return replace(details, **other)


def contact(**other: Any) -> ContactDetails:
    return replace(ContactDetails(received_on=RECEIVED, summary="Held a child by the arm"), **other)


def log(by: User, *adults: AdultDetails, **facts: Any) -> Consultation:
    """About one adult who is not named, unless `adults` says otherwise."""
    return consultations.log(contact=contact(**facts), adults=adults or [adult()], by=by)


def decision_details(
    subject: ConsultationSubject, label: str = "Advice only", **other: Any
) -> DecisionDetails:
    term = vocabulary.find(TermGroup.DECISION, label)
    assert term, label
    met = term.stage in {DecisionStage.PROGRESS, DecisionStage.MET_NO_MEETING}
    limbs = limbs_on(subject.consultation.received_on)[:1] if met else []
    details = DecisionDetails(
        term_id=term.id,
        reasons="The reasons",
        decided_on=min(subject.consultation.received_on, clock.today()),
        earlier_records=EarlierRecords.NONE_FOUND,
        earlier_weight="Nothing that bears on this",
        limbs=limbs,
    )
    return replace(details, **other)


def decide(
    subject: ConsultationSubject, by: User, label: str = "Advice only", **other: Any
) -> Decision:
    return decisions.decide(
        subject,
        decision=decision_details(subject, label, **other),
        version=subject.consultation.version,
        by=by,
    )


def restrict_consultation(consultation: Consultation) -> None:
    """To nobody: the service that names people comes with its own page."""
    consultation.restricted = True
    db.session.commit()
