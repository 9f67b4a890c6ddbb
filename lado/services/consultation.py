"""A contact with the LADO is logged, corrected and added to."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from lado.errors import Invalid
from lado.extensions import db
from lado.models import (
    Consultation,
    ConsultationSubject,
    Decision,
    Note,
    ReceivedForm,
    User,
)
from lado.queries import access
from lado.rules.audit import AuditAction
from lado.rules.permissions import Permission
from lado.rules.vocabulary import ConsultationStatus, DisclosureClass, Origin, TermGroup
from lado.services import audit
from lado.services.checks import Checks
from lado.services.consultation_child import ChildDetails, take_over_children
from lado.services.consultation_contact import (
    ContactDetails,
    check_contact,
    counting_children,
    take_over_contact,
)
from lado.services.note import PLAIN, NoteContact
from lado.services.received_form import mark_logged_in_transaction
from lado.services.references import next_reference
from lado.services.subject import (
    AdultDetails,
    add_subject_in_transaction,
    change_subject_in_transaction,
    within,
)
from lado.services.transaction import check_version, writes


@writes(AuditAction.CONSULTATION_LOGGED)
def log(
    *,
    contact: ContactDetails,
    adults: Sequence[AdultDetails],
    children: Sequence[ChildDetails] = (),
    by: User,
    received_form: ReceivedForm | None = None,
) -> Consultation:
    """Messages about the n-th adult or child are keyed `adults-0-surname`, `children-1-age`.

    Whoever logs it deals with it, where their role may decide; else it waits to be taken (R-63).
    `received_form` is marked as logged in the same transaction.
    """
    origin = Origin.FORM if received_form else Origin.ENTERED
    consultation = log_in_transaction(contact, adults, children, origin=origin, by=by)
    if received_form:
        mark_logged_in_transaction(received_form, consultation, by=by)
    return consultation


def log_in_transaction(
    contact: ContactDetails,
    adults: Sequence[AdultDetails],
    children: Sequence[ChildDetails],
    *,
    origin: Origin,
    by: User,
) -> Consultation:
    if not adults:
        raise Invalid({"adults": "Say who the concern is about"})
    contact = counting_children(contact, children)
    check_contact(contact, children, origin=origin)
    consultation = Consultation(
        reference=next_reference("C", contact.received_on),
        status=ConsultationStatus.OPEN,
        origin=origin,
        taken_by=by,
        owner=by if by.can(Permission.CONSULTATION_DECIDE) else None,
    )
    take_over_contact(consultation, contact, by=by)
    db.session.add(consultation)
    for number, adult in enumerate(adults):
        with within(f"adults-{number}"):
            add_subject_in_transaction(consultation, adult, by=by)
    take_over_children(consultation, children)
    _give_up_what_is_closed(consultation, by)
    audit.record(
        AuditAction.CONSULTATION_LOGGED,
        consultation,
        by=by,
        subjects=len(adults),
        children=len(children),
    )
    return consultation


@writes(AuditAction.CONSULTATION_CHANGED)
def change(
    consultation: Consultation,
    *,
    contact: ContactDetails,
    adults: Sequence[AdultDetails],
    children: Sequence[ChildDetails] = (),
    version: int,
    by: User,
) -> None:
    """`adults` are those on record in their order, and after them any further ones."""
    lock(consultation)
    check_version(consultation, version)
    contact = counting_children(contact, children)
    check_contact(contact, children, origin=consultation.origin)
    _check_decided_after(consultation, contact.received_on)
    changed = take_over_contact(consultation, contact, by=by)
    changed |= _take_over_adults(consultation, adults, by=by)
    changed |= take_over_children(consultation, children)
    _correct_cases(consultation)
    touch(consultation)
    _give_up_what_is_closed(consultation, by)
    audit.record(AuditAction.CONSULTATION_CHANGED, consultation, by=by, fields=changed)


@writes(AuditAction.CONSULTATION_NOTED)
def add_note(
    consultation: Consultation,
    *,
    text: str,
    happened_on: date,
    agency_id: int | None = None,
    disclosure: DisclosureClass = DisclosureClass.UNDETERMINED,
    contact: NoteContact = PLAIN,
    by: User,
) -> Note:
    """In every status."""
    checks = Checks()
    checks.that(text.strip(), "text", "Enter the note")
    checks.past(happened_on, "happened_on", "The date of the note")
    checks.terms({"agency_id": (TermGroup.AGENCY, agency_id)})
    contact.check(checks)
    checks.done()
    note = Note(
        consultation_id=consultation.id,
        text=text,
        happened_on=happened_on,
        text_agency_id=agency_id,
        disclosure=disclosure,
        author_id=by.id,
        **contact.columns(),
    )
    db.session.add(note)
    audit.record(AuditAction.CONSULTATION_NOTED, consultation, by=by)
    return note


def lock(consultation: Consultation) -> None:
    """Until the transaction ends nobody else judges or changes this consultation."""
    db.session.refresh(consultation, with_for_update={"of": Consultation})


def touch(consultation: Consultation) -> None:
    """Count a save of the consultation where only what hangs on it has changed."""
    flag_modified(consultation, "status")


def _give_up_what_is_closed(consultation: Consultation, by: User) -> None:
    """Somebody who was named just now may be whoever writes, or close to them: then nobody deals
    with it until another takes it (R-42, R-63)."""
    db.session.flush()
    if consultation.owner is by and not access.may_know_of(by, consultation):
        consultation.owner = None


def _check_decided_after(consultation: Consultation, received_on: date) -> None:
    first = db.session.scalar(
        select(func.min(Decision.decided_on))
        .join(ConsultationSubject)
        .where(ConsultationSubject.consultation_id == consultation.id)
    )
    if first and received_on > first:
        message = f"A decision was made on {first:%d/%m/%Y}: it cannot have been received later"
        raise Invalid({"received_on": message})


def _take_over_adults(
    consultation: Consultation, adults: Sequence[AdultDetails], *, by: User
) -> set[str]:
    changed: set[str] = set()
    subjects = list(consultation.subjects)
    if len(adults) < len(subjects):
        raise ValueError("An adult on record is missing from what is to be saved")
    for number, adult in enumerate(adults):
        with within(f"adults-{number}"):
            if number < len(subjects):
                changed |= change_subject_in_transaction(subjects[number], adult, by=by)
            else:
                add_subject_in_transaction(consultation, adult, by=by)
                changed.add("subjects")
    return changed


def _correct_cases(consultation: Consultation) -> None:
    """A case's own received date is that of the first consultation on it."""
    for case in {subject.case for subject in consultation.subjects if subject.case}:
        case.received_on = min(subject.consultation.received_on for subject in case.subjects)
