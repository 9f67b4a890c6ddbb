"""What a person or an organisation appears in, as far as the reader may know of it."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from lado.extensions import db
from lado.models import (
    Case,
    Consultation,
    ConsultationSubject,
    Organisation,
    Person,
    Position,
    User,
)
from lado.queries import access
from lado.queries.people import WHERE_AND_WHAT

MOST = 100


def consultations_about(user: User, person: Person) -> Sequence[Consultation]:
    subjects = select(ConsultationSubject.consultation_id).where(
        ConsultationSubject.person_id == person.id
    )
    return db.session.scalars(
        access.visible(user, Consultation)
        .where(Consultation.id.in_(subjects))
        .order_by(Consultation.received_on.desc())
        .limit(MOST)
    ).all()


def cases_about(user: User, person: Person) -> Sequence[Case]:
    return db.session.scalars(
        access.visible(user, Case)
        .where(Case.person_id == person.id)
        .order_by(Case.received_on.desc())
        .limit(MOST)
    ).all()


def consultations_at(user: User, organisation: Organisation) -> Sequence[Consultation]:
    """It was the setting, the employer, or itself the subject."""
    positions = select(Position.id).where(Position.organisation_id == organisation.id)
    subjects = select(ConsultationSubject.consultation_id).where(
        or_(
            ConsultationSubject.organisation_id == organisation.id,
            ConsultationSubject.position_id.in_(positions),
        )
    )
    return db.session.scalars(
        access.visible(user, Consultation)
        .where(or_(Consultation.setting_id == organisation.id, Consultation.id.in_(subjects)))
        .order_by(Consultation.received_on.desc())
        .limit(MOST)
    ).all()


def cases_at(user: User, organisation: Organisation) -> Sequence[Case]:
    positions = select(Position.id).where(Position.organisation_id == organisation.id)
    return db.session.scalars(
        access.visible(user, Case)
        .where(or_(Case.organisation_id == organisation.id, Case.position_id.in_(positions)))
        .order_by(Case.received_on.desc())
        .limit(MOST)
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
