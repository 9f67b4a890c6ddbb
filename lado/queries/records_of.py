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
from lado.queries import access, linked
from lado.queries.cases import row_options
from lado.queries.people import WHERE_AND_WHAT

# One more says that there are more.
MOST = 100


def cases_about(user: User, person: Person) -> Sequence[Case]:
    ids = linked.ids(person)
    joined = select(ConsultationSubject.case_id).where(
        ConsultationSubject.person_id.in_(ids), ConsultationSubject.case_id.is_not(None)
    )
    return _cases(user, or_(Case.person_id.in_(ids), Case.id.in_(joined)))


def cases_at(user: User, organisation: Organisation) -> Sequence[Case]:
    """It is the employer or itself the subject, or what they are about happened there."""
    positions = select(Position.id).where(Position.organisation_id == organisation.id)
    there = access.visible(user, Consultation).where(Consultation.setting_id == organisation.id)
    of_contacts = select(ConsultationSubject.case_id).where(
        ConsultationSubject.consultation_id.in_(there.with_only_columns(Consultation.id)),
        ConsultationSubject.case_id.is_not(None),
    )
    return _cases(
        user,
        or_(
            Case.organisation_id == organisation.id,
            Case.position_id.in_(positions),
            Case.id.in_(of_contacts),
        ),
    )


def _cases(user: User, condition: ColumnElement[bool]) -> Sequence[Case]:
    """With what decides where they stand: their allegations and the outcomes of those."""
    allegations = selectinload(Case.allegations)
    return db.session.scalars(
        access.visible(user, Case)
        .where(condition)
        .order_by(Case.received_on.desc(), Case.id.desc())
        .limit(MOST + 1)
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
        .limit(MOST + 1)
        .options(
            selectinload(Person.names),
            selectinload(Person.positions).options(*WHERE_AND_WHAT),
        )
    ).all()
