"""What a person or an organisation appears in, as far as the reader may know of it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import selectinload

from lado.extensions import db
from lado.models import (
    Allegation,
    Case,
    Consultation,
    ConsultationSubject,
    Organisation,
    Person,
    Position,
    User,
)
from lado.queries import access
from lado.queries.cases import row_options
from lado.queries.consultations import Listed, newest
from lado.queries.people import WHERE_AND_WHAT

MOST = 100


def consultations_about(user: User, person: Person) -> Sequence[Listed]:
    subjects = select(ConsultationSubject.consultation_id).where(
        ConsultationSubject.person_id == person.id
    )
    return newest(access.visible(user, Consultation).where(Consultation.id.in_(subjects)), MOST)


def cases_about(user: User, person: Person) -> Sequence[Case]:
    joined = select(ConsultationSubject.case_id).where(
        ConsultationSubject.person_id == person.id, ConsultationSubject.case_id.is_not(None)
    )
    return _cases(user, or_(Case.person_id == person.id, Case.id.in_(joined)))


def consultations_at(user: User, organisation: Organisation) -> Sequence[Listed]:
    """It was the setting, the employer, or itself the subject."""
    positions = select(Position.id).where(Position.organisation_id == organisation.id)
    subjects = select(ConsultationSubject.consultation_id).where(
        or_(
            ConsultationSubject.organisation_id == organisation.id,
            ConsultationSubject.position_id.in_(positions),
        )
    )
    there = or_(Consultation.setting_id == organisation.id, Consultation.id.in_(subjects))
    return newest(access.visible(user, Consultation).where(there), MOST)


def cases_at(user: User, organisation: Organisation) -> Sequence[Case]:
    positions = select(Position.id).where(Position.organisation_id == organisation.id)
    return _cases(
        user, or_(Case.organisation_id == organisation.id, Case.position_id.in_(positions))
    )


def _cases(user: User, condition: ColumnElement[bool]) -> Sequence[Case]:
    """With what decides where they stand: their allegations and the outcomes of those."""
    allegations = selectinload(Case.allegations)
    return db.session.scalars(
        access.visible(user, Case)
        .where(condition)
        .order_by(Case.received_on.desc(), Case.id.desc())
        .limit(MOST)
        .options(
            *row_options(),
            allegations.joinedload(Allegation.category),
            allegations.selectinload(Allegation.outcomes),
        )
    ).all()


def people_at(user: User, organisation: Organisation) -> Sequence[Person]:
    positions = select(Position.person_id).where(
        Position.organisation_id == organisation.id, Position.person_id.is_not(None)
    )
    return db.session.scalars(
        access.visible(user, Person)
        .where(Person.id.in_(positions))
        .order_by(Person.id)
        .limit(MOST)
        .options(
            selectinload(Person.names),
            selectinload(Person.positions).options(*WHERE_AND_WHAT),
        )
    ).all()
