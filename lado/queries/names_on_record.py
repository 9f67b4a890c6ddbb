"""The names of people that stand in records of any kind."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Select, select

from lado.extensions import db
from lado.models import (
    Case,
    Child,
    Confirmation,
    Consultation,
    ConsultationSubject,
    Enquiry,
    GivenName,
    Participant,
    Person,
    PersonName,
    ReceivedForm,
    StrategyDiscussion,
    User,
)
from lado.queries.access import visible
from lado.rules.matching import Called
from lado.rules.one_text_names import called
from lado.rules.permissions import Permission

# Of which record, its columns, what leads to it: surname and forename, or both in one.
Columns = tuple[Any, ...]
Source = tuple[type[Any], Columns, tuple[tuple[Any, Any], ...]]
_SUBJECT = (ConsultationSubject, ConsultationSubject.consultation_id == Consultation.id)
_DISCUSSION = (StrategyDiscussion, StrategyDiscussion.case_id == Case.id)
SOURCES: tuple[Source, ...] = (
    (
        Person,
        (PersonName.surname, PersonName.forename),
        ((PersonName, PersonName.person_id == Person.id),),
    ),
    (
        Consultation,
        (GivenName.surname, GivenName.forename),
        (_SUBJECT, (GivenName, GivenName.subject_id == ConsultationSubject.id)),
    ),
    (Consultation, (Consultation.referrer_name,), ()),
    (Consultation, (Child.name,), ((Child, Child.consultation_id == Consultation.id),)),
    (
        Consultation,
        (Confirmation.recipient_name,),
        ((Confirmation, Confirmation.consultation_id == Consultation.id),),
    ),
    (Case, (Child.name,), ((Child, Child.case_id == Case.id),)),
    (
        Case,
        (Participant.name,),
        (_DISCUSSION, (Participant, Participant.discussion_id == StrategyDiscussion.id)),
    ),
    (Enquiry, (Enquiry.surname, Enquiry.forename), ()),
    (Enquiry, (Enquiry.former_names,), ()),
    (Enquiry, (Enquiry.asker_name,), ()),
    (ReceivedForm, (ReceivedForm.adult_surname, ReceivedForm.adult_forename), ()),
    (ReceivedForm, (ReceivedForm.reporter_name,), ()),
)


def known_to(user: User) -> Iterator[Called]:
    """Those in records that the user may know of."""
    if user.can(Permission.PERSON_VIEW) and user.can(Permission.CONSULTATION_VIEW):
        for thing, columns, joins in SOURCES:
            yield from _found(visible(user, thing), columns, joins)


def every_one() -> Iterator[Called]:
    """Only for taking them out of what is read: whoever reads, all records count."""
    for thing, columns, joins in SOURCES:
        yield from _found(select(thing), columns, joins)


def _found(query: Select[Any], columns: Columns, joins: Any) -> Iterator[Called]:
    for table, on in joins:
        query = query.join(table, on)
    query = query.with_only_columns(*columns).where(columns[0].is_not(None)).distinct()
    rows: Iterable[Any] = db.session.execute(query)
    for surname, *forename in rows:
        if forename:
            yield Called(surname, forename[0] or "")
        else:
            yield from filter(None, map(called, surname.splitlines()))
