"""Who may know of what. Every list, search, count and fetch of records starts here.

A user never sees a record in which they, or an associate of theirs, are or may be the subject
(R-42), nor a restricted one they are not named on. What they may not know of does not exist for
them.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, union

from lado.errors import Forbidden, NotFound
from lado.extensions import db
from lado.models import (
    Associate,
    AuditedDecision,
    Case,
    Consultation,
    ConsultationSubject,
    Decision,
    Enquiry,
    EnquiryClosedTo,
    EnquiryRecord,
    FormClosedTo,
    InformationRequest,
    NamedAccess,
    Organisation,
    PeerAudit,
    Person,
    PersonName,
    ReceivedForm,
    Report,
    SubGroupAction,
    SuspectedConflict,
    TrainingSession,
    User,
)
from lado.queries import users
from lado.rules.permissions import Permission
from lado.rules.vocabulary import ReportStatus

NAMED_ON: dict[type[Any], Any] = {
    Person: NamedAccess.person_id,
    Consultation: NamedAccess.consultation_id,
    Case: NamedAccess.case_id,
}
READS: dict[type[Any], Permission] = {
    Person: Permission.PERSON_VIEW,
    Consultation: Permission.CONSULTATION_VIEW,
    Case: Permission.CASE_VIEW,
    Enquiry: Permission.CONSULTATION_VIEW,
}
# Who may not know of a record may not know of an enquiry for which it was considered.
CONSIDERED: dict[type[Any], Any] = {
    Person: EnquiryRecord.person_id,
    Consultation: EnquiryRecord.consultation_id,
    Case: EnquiryRecord.case_id,
}
Selects = list[Select[Any]]
Record = TypeVar(
    "Record",
    AuditedDecision,
    Case,
    Consultation,
    Enquiry,
    InformationRequest,
    Organisation,
    PeerAudit,
    Person,
    ReceivedForm,
    Report,
    SubGroupAction,
    SuspectedConflict,
    TrainingSession,
)
# What is about nobody: a role that reads it reads all of it.
OPEN_TO_ALL = (InformationRequest, Organisation, PeerAudit, TrainingSession)


def visible(user: User, thing: type[Record]) -> Select[Record]:
    """The records of `thing` that `user` may know of. Their role is not asked here."""
    query: Select[Any] = select(thing)
    if thing in OPEN_TO_ALL:
        return query
    rule = RULES.get(thing)
    return query.where(rule(user) if rule else thing.id.not_in(_hidden(user, thing)))


def named_on(record: Case | Consultation | Person) -> set[int]:
    """Ids of the users who are named on a restricted record."""
    query = select(NamedAccess.user_id).where(NAMED_ON[type(record)] == record.id)
    return set(db.session.scalars(query))


def readers(record: Case | Consultation | Person) -> list[User]:
    """Those who could be named on it: their role reads such records, and they have no conflict
    of interest."""
    thing = type(record)
    return [
        user
        for user in users.colleagues(READS[thing])
        if not db.session.scalar(
            select(thing.id).where(thing.id == record.id, thing.id.in_(conflicted(user, thing)))
        )
    ]


def who_see(record: Case) -> list[User]:
    named = named_on(record)
    return [user for user in readers(record) if not record.restricted or user.id in named]


def known_to_all(of: Iterable[User], thing: type[Case | Consultation]) -> ColumnElement[bool]:
    """For what many read: each of them may know of it."""
    return and_(true(), *(thing.id.not_in(_hidden(user, thing)) for user in of))


def open_to_named_only(thing: type[Case | Consultation]) -> ColumnElement[bool]:
    """Itself restricted, or about somebody or within something that is."""

    def closed(record: type[Any]) -> Select[Any]:
        return select(record.id).where(record.restricted == true())

    return thing.id.in_(_behind([], closed, thing))


def may_know_of(user: User, record: Case | Consultation | Person) -> bool:
    """For what is given to somebody else; whoever asks for a record uses `get_*`."""
    thing: type[Any] = type(record)
    known = visible(user, thing).where(thing.id == record.id).with_only_columns(thing.id)
    return db.session.scalar(known) is not None


def closed_public_ids(user: User) -> Any:
    """Of the records that the user may not know of, to keep them out of the audit trail too. Whose
    role reads no records sees the events of restricted ones, which somebody must be able to check,
    but never of those about themselves or somebody close to them."""
    closed = {
        thing: _hidden(user, thing) if user.can(permission) else conflicted(user, thing)
        for thing, permission in READS.items()
    }
    forms = select(ReceivedForm.public_id).where(~_open_form(user, closed[Consultation]))
    records = (select(thing.public_id).where(thing.id.in_(ids)) for thing, ids in closed.items())
    audited = select(AuditedDecision.public_id).where(_of_consultation(closed[Consultation]))
    return union(forms, audited, *records)


def get_case(user: User, public_id: str, permission: Permission) -> Case:
    return _get(user, Case, public_id, permission)


def get_consultation(user: User, public_id: str, permission: Permission) -> Consultation:
    return _get(user, Consultation, public_id, permission)


def get_enquiry(user: User, public_id: str, permission: Permission) -> Enquiry:
    return _get(user, Enquiry, public_id, permission)


def get_person(user: User, public_id: str, permission: Permission) -> Person:
    return _get(user, Person, public_id, permission)


def get_organisation(user: User, public_id: str, permission: Permission) -> Organisation:
    return _get(user, Organisation, public_id, permission)


def get_report(user: User, public_id: str, permission: Permission) -> Report:
    return _get(user, Report, public_id, permission)


def get_information_request(
    user: User, public_id: str, permission: Permission
) -> InformationRequest:
    return _get(user, InformationRequest, public_id, permission)


def get_sub_group_action(user: User, public_id: str, permission: Permission) -> SubGroupAction:
    return _get(user, SubGroupAction, public_id, permission)


def get_training_session(user: User, public_id: str, permission: Permission) -> TrainingSession:
    return _get(user, TrainingSession, public_id, permission)


def get_peer_audit(user: User, public_id: str, permission: Permission) -> PeerAudit:
    return _get(user, PeerAudit, public_id, permission)


def get_audited_decision(user: User, public_id: str, permission: Permission) -> AuditedDecision:
    return _get(user, AuditedDecision, public_id, permission)


def get_received_form(user: User, public_id: str, permission: Permission) -> ReceivedForm:
    return _get(user, ReceivedForm, public_id, permission)


def get_suspected_conflict(user: User, public_id: str, permission: Permission) -> SuspectedConflict:
    return _get(user, SuspectedConflict, public_id, permission)


def _get(user: User, thing: type[Record], public_id: str, permission: Permission) -> Record:
    """Raises Forbidden for the wrong role, NotFound for a record the user may not know of."""
    if not user.can(permission):
        raise Forbidden
    record = db.session.scalar(visible(user, thing).where(thing.public_id == public_id))
    if record is None:
        raise NotFound
    return record


def _open_report(user: User) -> ColumnElement[bool]:
    if user.can(Permission.REPORT_DRAFT_VIEW):
        return true()
    return Report.status.in_([ReportStatus.PUBLISHED, ReportStatus.SUPERSEDED])


def _of_open_report(user: User) -> ColumnElement[bool]:
    return SubGroupAction.report_id.in_(select(Report.id).where(_open_report(user)))


def _open_conflict(user: User) -> ColumnElement[bool]:
    return SuspectedConflict.person_id.not_in(_hidden(user, Person))


def _may_audit(user: User) -> ColumnElement[bool]:
    """Those that were given to them; whoever draws sees who was given which."""
    own = true() if user.can(Permission.PEER_AUDIT_DRAW) else AuditedDecision.auditor_id == user.id
    return and_(own, ~_of_consultation(_hidden(user, Consultation)))


def _of_consultation(ids: Any) -> ColumnElement[bool]:
    decisions = select(Decision.id).join(Decision.subject)
    return AuditedDecision.decision_id.in_(
        decisions.where(ConsultationSubject.consultation_id.in_(ids))
    )


def conflicted(user: User, thing: type[Any]) -> Any:
    """Ids of the records that the user or an associate of theirs is, or may be, a subject of."""
    asked = _asked_about(user.id) if thing is Enquiry else []
    return union(*asked, *_reached_from(_close_to(user.id), thing))


def _hidden(user: User, thing: Any) -> Any:
    """Ids as an uncorrelated subquery: few rows, found by index, evaluated once a query."""
    return _hidden_from(user.id, thing)


# Nearly every statement holds one, and to put it together takes longer than to ask it.
@lru_cache(maxsize=1000)
def _hidden_from(reader: int, thing: Any) -> Any:
    if thing is Enquiry:
        return union(*_asked_about(reader), *_considered(lambda each: _hidden_from(reader, each)))
    return _behind(_close_to(reader), lambda record: _restricted(reader, record), thing)


def _behind(close: Selects, closed: Callable[[type[Any]], Any], thing: type[Any]) -> Any:
    """Who is hidden as a person is hidden in each case and consultation that is about them too."""
    persons = [*close, closed(Person)]
    found = [*_reached_from(persons, thing), closed(thing)]
    if thing is Consultation:
        cases = union(*_reached_from(persons, Case), closed(Case))
        of_case = ConsultationSubject.case_id.in_(cases)
        found.append(select(ConsultationSubject.consultation_id).where(of_case))
    return union(*found)


def _close_to(reader: int) -> Selects:
    """Themselves, those close to them, and whoever may be one of these until a manager has looked:
    by every record that is linked as of the same person."""
    suspected = SuspectedConflict
    declared: Any = union(
        select(Associate.person_id).where(Associate.user_id == reader),
        select(User.person_id).where(User.id == reader, User.person_id.is_not(None)),
        select(suspected.person_id).where(
            suspected.user_id == reader, suspected.settled_at.is_(None)
        ),
    )
    leads = select(func.coalesce(Person.same_as_id, Person.id)).where(Person.id.in_(declared))
    return records_of(leads)


def records_of(leads: Any) -> Selects:
    """Ids of every record of those whom the records `leads` stand for. Two queries to be united: an
    OR of them would be answered by reading everybody."""
    return [
        select(Person.id).where(Person.id.in_(leads)),
        select(Person.id).where(Person.same_as_id.in_(leads)),
    ]


def close_to(user: User) -> Select[Person]:
    """The records of themselves and those close to them, which they may not know of."""
    return select(Person).where(Person.id.in_(union(*_close_to(user.id))))


def _open_form(user: User, hidden: Any) -> ColumnElement[bool]:
    """Until it is logged a form knows its subject by name only: it is hidden where that may be the
    user or somebody they declared, or is any name of somebody known to be close to them. From then
    on it is hidden with its consultation too."""
    may_be = select(FormClosedTo.received_form_id).where(FormClosedTo.user_id == user.id)
    close = select(PersonName.folded).where(PersonName.person_id.in_(union(*_close_to(user.id))))
    logged = ReceivedForm.consultation_id
    return and_(
        ReceivedForm.id.not_in(may_be),
        ReceivedForm.adult_folded.not_in(close),
        or_(logged.is_(None), logged.not_in(hidden)),
    )


def _asked_about(reader: int) -> Selects:
    """Ids of enquiries that may be about the reader or somebody they declared, or about any name of
    somebody known to be close to them: until a record is considered, the name is all there is.
    Enquiries are few."""
    asked = func.lower(func.trim(func.coalesce(Enquiry.forename, "") + " " + Enquiry.surname))
    name = func.lower(func.trim(PersonName.forename + " " + PersonName.surname))
    close = select(name).where(PersonName.person_id.in_(union(*_close_to(reader))))
    may_be = select(EnquiryClosedTo.enquiry_id).where(EnquiryClosedTo.user_id == reader)
    return [may_be, select(Enquiry.id).where(asked.in_(close))]


def _reached_from(persons: Selects, thing: type[Any]) -> Selects:
    """A case holds the words of each consultation that it came from, and these speak of every adult
    of the consultation: it is reached from each of them, whomever the case itself is about."""
    subject = ConsultationSubject
    if thing is Person:
        return persons
    consultations = select(subject.consultation_id).where(subject.person_id.in_(union(*persons)))
    if thing is Consultation:
        return [consultations]
    if thing is Case:
        of_theirs = subject.consultation_id.in_(consultations)
        return [
            select(Case.id).where(Case.person_id.in_(union(*persons))),
            select(subject.case_id).where(of_theirs, subject.case_id.is_not(None)),
        ]
    if thing is Enquiry:
        return _considered(lambda record: union(*_reached_from(persons, record)))
    raise TypeError(f"{thing.__name__} has no rule of access")


def _considered(closed: Callable[[Any], Any]) -> Selects:
    return [
        select(EnquiryRecord.enquiry_id).where(column.in_(closed(record)))
        for record, column in CONSIDERED.items()
    ]


def _restricted(reader: int, thing: type[Any]) -> Select[Any]:
    named = named_for(reader, thing)
    return select(thing.id).where(thing.restricted == true(), thing.id.not_in(named))


def named_for(reader: int, thing: type[Any]) -> Select[Any]:
    """Ids of the restricted records that the user of that id is named on."""
    column = NAMED_ON[thing]
    return select(column).where(NamedAccess.user_id == reader, column.is_not(None))


# Of what is not itself restricted or about somebody.
RULES: dict[type[Any], Callable[[User], ColumnElement[bool]]] = {
    AuditedDecision: _may_audit,
    ReceivedForm: lambda user: _open_form(user, _hidden(user, Consultation)),
    Report: _open_report,
    SubGroupAction: _of_open_report,
    SuspectedConflict: _open_conflict,
}
