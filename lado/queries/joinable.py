"""Which open cases a consultation's adult may join instead of opening a new one."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from lado.extensions import db
from lado.models import Case, ConsultationSubject, Person, Position, User
from lado.queries import access
from lado.rules.vocabulary import CaseStatus

MOST_OFFERED = 20


def joinable_cases(user: User, subject: ConsultationSubject) -> Sequence[Case]:
    query = (
        access.visible(user, Case)
        .where(_fits(subject))
        .options(selectinload(Case.person).selectinload(Person.names))
        .options(
            joinedload(Case.organisation),
            joinedload(Case.position).joinedload(Position.role),
            joinedload(Case.position).joinedload(Position.organisation),
        )
        .order_by(Case.received_on.desc(), Case.id.desc())
        .limit(MOST_OFFERED)
    )
    return db.session.scalars(query).all()


def may_join(subject: ConsultationSubject, case: Case) -> bool:
    query = select(Case.id).where(Case.id == case.id, _fits(subject))
    return db.session.scalar(query) is not None


def _fits(subject: ConsultationSubject) -> ColumnElement[bool]:
    """The same person, the same organisation, or at that organisation an adult not yet named. A
    concern about an organisation itself fits a case about that organisation only."""
    place = subject.position.organisation_id
    if subject.organisation_id is not None and subject.person_id is None:
        of_place = Case.organisation_id == subject.organisation_id
        return and_(Case.status != CaseStatus.CONCLUDED, of_place)
    employed_there = Case.position_id.in_(
        select(Position.id).where(Position.organisation_id == place)
    )
    fitting: list[ColumnElement[bool]] = []
    if subject.person_id is not None:
        fitting.append(Case.person_id == subject.person_id)
    if place is not None:
        fitting.append(Case.organisation_id == place)
        not_named = subject.person_id is None
        fitting.append(
            employed_there if not_named else and_(Case.person_id.is_(None), employed_there)
        )
    return and_(Case.status != CaseStatus.CONCLUDED, or_(false(), *fitting))
