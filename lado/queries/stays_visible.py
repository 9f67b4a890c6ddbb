"""What restricting one record leaves open to others, as far as the user may know of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from lado.extensions import db
from lado.models import Case, Consultation, ConsultationSubject, Person, User
from lado.queries import access
from lado.queries.cases import row_options


@dataclass(frozen=True)
class StaysVisible:
    """`cases` hold words of the same consultations. `people` are not restricted themselves."""

    cases: Sequence[Case]
    people: Sequence[Person]


def beside(user: User, record: Case | Consultation) -> StaysVisible:
    """Of a case, those about other adults of its consultations; of a consultation, those that it
    came into."""
    others, people = access.visible(user, Case), access.visible(user, Person)
    subject = ConsultationSubject
    if isinstance(record, Case):
        known = access.visible(user, Consultation).with_only_columns(Consultation.id)
        own = select(subject.consultation_id).where(subject.case_id == record.id)
        shared = select(subject.case_id).where(
            subject.consultation_id.in_(own), subject.consultation_id.in_(known)
        )
        others = others.where(Case.id.in_(shared), Case.id != record.id)
        people = people.where(Person.id == record.person_id)
    else:
        adults = subject.consultation_id == record.id
        others = others.where(Case.id.in_(select(subject.case_id).where(adults)))
        people = people.where(Person.id.in_(select(subject.person_id).where(adults)))
    return StaysVisible(
        db.session.scalars(others.order_by(Case.id).options(*row_options())).all(),
        db.session.scalars(people.where(~Person.restricted).order_by(Person.id)).all(),
    )
