"""Who may know of what. Every list, search, count and fetch of records starts here.

A user never sees a record in which they, or an associate they declared, are the subject (R-42),
nor a restricted one they are not named on. What they may not know of does not exist for them.
"""

from typing import Any, TypeVar

from sqlalchemy import Select, or_, select, true, union

from lado.errors import Forbidden, NotFound
from lado.extensions import db
from lado.models import (
    Associate,
    Case,
    Consultation,
    ConsultationSubject,
    NamedAccess,
    Organisation,
    Person,
    Report,
    User,
)
from lado.rules.permissions import Permission
from lado.rules.vocabulary import ReportStatus

Record = TypeVar("Record", Case, Consultation, Organisation, Person, Report)


def visible(user: User, thing: type[Record]) -> Select[Record]:
    """The records of `thing` that `user` may know of. Their role is not asked here."""
    query: Select[Any] = select(thing)
    if thing is Report:
        return query if user.can(Permission.REPORT_DRAFT_VIEW) else query.where(_published())
    if thing is Organisation:
        return query
    return query.where(thing.id.not_in(_hidden(user, thing)))


def get_case(user: User, public_id: str, permission: Permission) -> Case:
    return _get(user, Case, public_id, permission)


def get_consultation(user: User, public_id: str, permission: Permission) -> Consultation:
    return _get(user, Consultation, public_id, permission)


def get_person(user: User, public_id: str, permission: Permission) -> Person:
    return _get(user, Person, public_id, permission)


def get_organisation(user: User, public_id: str, permission: Permission) -> Organisation:
    return _get(user, Organisation, public_id, permission)


def get_report(user: User, public_id: str, permission: Permission) -> Report:
    return _get(user, Report, public_id, permission)


def _get(user: User, thing: type[Record], public_id: str, permission: Permission) -> Record:
    """Raises Forbidden for the wrong role, NotFound for a record the user may not know of."""
    if not user.can(permission):
        raise Forbidden
    record = db.session.scalar(visible(user, thing).where(thing.public_id == public_id))
    if record is None:
        raise NotFound
    return record


def _published() -> Any:
    return Report.status.in_([ReportStatus.PUBLISHED, ReportStatus.SUPERSEDED])


def _hidden(user: User, thing: type[Any]) -> Any:
    """Ids as an uncorrelated subquery: few rows, found by index, evaluated once a query."""
    if thing is Person:
        return _hidden_persons(user)
    if thing is Case:
        return _hidden_cases(user)
    if thing is Consultation:
        return _hidden_consultations(user)
    raise TypeError(f"{thing.__name__} has no rule of access")


def _hidden_persons(user: User) -> Any:
    associates = select(Associate.person_id).where(Associate.user_id == user.id)
    themselves = select(User.person_id).where(User.id == user.id, User.person_id.is_not(None))
    return union(associates, themselves, _restricted(user, Person, NamedAccess.person_id))


def _hidden_cases(user: User) -> Any:
    of_person = select(Case.id).where(Case.person_id.in_(_hidden_persons(user)))
    return union(of_person, _restricted(user, Case, NamedAccess.case_id))


def _hidden_consultations(user: User) -> Any:
    subject = ConsultationSubject
    linked = select(subject.consultation_id).where(
        or_(
            subject.person_id.in_(_hidden_persons(user)),
            subject.case_id.in_(_hidden_cases(user)),
        )
    )
    return union(linked, _restricted(user, Consultation, NamedAccess.consultation_id))


def _restricted(user: User, thing: type[Any], named_on: Any) -> Select[Any]:
    named = select(named_on).where(NamedAccess.user_id == user.id, named_on.is_not(None))
    return select(thing.id).where(thing.restricted == true(), thing.id.not_in(named))
