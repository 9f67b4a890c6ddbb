"""What a person or an organisation appears in, as far as the reader may know of it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select
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
from lado.queries.consultations import positions_at
from lado.queries.people import WITH_LIST

# One more says that there are more.
MOST = 100


def cases_about(user: User, person: Person) -> Sequence[Case]:
    ids = linked.ids(person)
    joined = _cases_of(ConsultationSubject.person_id.in_(ids))
    return _listed(access.visible(user, Case).where(or_(Case.person_id.in_(ids), joined)))


def cases_at(user: User, organisation: Organisation) -> Sequence[Case]:
    return _listed(known_cases_at(user, organisation))


def known_cases_at(user: User, organisation: Organisation) -> Select[Case]:
    return access.visible(user, Case).where(case_is_at(user, organisation.id))


def case_is_at(user: User, organisation_id: int) -> ColumnElement[bool]:
    """The place is itself the subject or the employer, of the case or of a concern that came to it,
    or such a concern happened there."""
    subject, here = ConsultationSubject, [organisation_id]
    there = access.visible(user, Consultation).where(Consultation.setting_id.in_(here))
    return or_(
        Case.organisation_id.in_(here),
        Case.position_id.in_(positions_at(here)),
        _cases_of(
            or_(
                subject.consultation_id.in_(there.with_only_columns(Consultation.id)),
                subject.organisation_id.in_(here),
                subject.position_id.in_(positions_at(here)),
            )
        ),
    )


def _cases_of(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    joined = select(ConsultationSubject.case_id).where(
        condition, ConsultationSubject.case_id.is_not(None)
    )
    return Case.id.in_(joined)


def _listed(cases: Select[Case]) -> Sequence[Case]:
    """With what decides where they stand: their allegations and the outcomes of those."""
    allegations = selectinload(Case.allegations)
    return db.session.scalars(
        cases.order_by(Case.received_on.desc(), Case.id.desc())
        .limit(MOST + 1)
        .options(
            *row_options(),
            allegations.joinedload(Allegation.category),
            allegations.selectinload(Allegation.outcomes),
        )
    ).all()


def people_at(user: User, organisation: Organisation) -> Sequence[Person]:
    known = known_people_at(user, organisation).order_by(Person.id).limit(MOST + 1)
    return db.session.scalars(known.options(*WITH_LIST)).all()


def known_people_at(user: User, organisation: Organisation) -> Select[Person]:
    holders = select(Position.person_id).where(
        Position.organisation_id == organisation.id, Position.person_id.is_not(None)
    )
    return access.visible(user, Person).where(Person.id.in_(holders))
