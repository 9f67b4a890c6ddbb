"""A contact with the LADO is logged, corrected and added to."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from lado import clock
from lado.errors import Invalid
from lado.extensions import db
from lado.models import Consultation, ConsultationSubject, Decision, Note, Organisation, Term, User
from lado.rules.audit import AuditAction
from lado.rules.permissions import Permission
from lado.rules.vocabulary import Children, DatePrecision, Origin, TermGroup
from lado.services import audit
from lado.services.audit import Actor
from lado.services.case_writing import Checks
from lado.services.consultation_child import ChildDetails, children_of, take_over_children
from lado.services.organisation import find_or_add_organisation_in_transaction
from lado.services.references import next_reference
from lado.services.subject import (
    AdultDetails,
    add_subject_in_transaction,
    change_subject_in_transaction,
    within,
)
from lado.services.transaction import check_version, writes


@dataclass(frozen=True)
class ContactDetails:
    """Named as the columns are. `setting` is where it happened: an organisation on record, a name,
    or None; `setting_sector_id` is asked for when that name is new. `taken_by` None: who logs it.
    """

    received_on: date
    summary: str
    aware_on: date | None = None
    late_report_reason: str | None = None
    contact_method_id: int | None = None
    taken_by: User | None = None
    anonymous: bool = False
    referrer_name: str | None = None
    referrer_role: str | None = None
    referrer_contact: str | None = None
    referrer_agency_id: int | None = None
    referrer_may_be_named: bool | None = None
    happened_precision: DatePrecision = DatePrecision.NOT_KNOWN
    happened_from: date | None = None
    happened_to: date | None = None
    setting: Organisation | str | None = None
    setting_sector_id: int | None = None
    children: Children | None = None
    children_count: int | None = None


NOT_COLUMNS = {"taken_by", "setting", "setting_sector_id"}


@writes(AuditAction.CONSULTATION_LOGGED)
def log(
    *,
    contact: ContactDetails,
    adults: Sequence[AdultDetails],
    children: Sequence[ChildDetails] = (),
    by: User,
    origin: Origin = Origin.ENTERED,
) -> Consultation:
    """Messages about the n-th adult or child are keyed `adults-0-surname`, `children-1-age`."""
    if not adults:
        raise Invalid({"adults": "Say who the concern is about"})
    _check(contact, children)
    consultation = Consultation(
        reference=next_reference("C", contact.received_on), origin=origin, taken_by=by
    )
    _take_over(consultation, contact, by=by)
    db.session.add(consultation)
    for number, adult in enumerate(adults):
        with within(f"adults-{number}"):
            add_subject_in_transaction(consultation, adult, by=by)
    take_over_children(consultation, children)
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
    _check(contact, children)
    _check_decided_after(consultation, contact.received_on)
    changed = _take_over(consultation, contact, by=by)
    changed |= _take_over_adults(consultation, adults, by=by)
    changed |= take_over_children(consultation, children)
    _correct_cases(consultation)
    touch(consultation)
    audit.record(AuditAction.CONSULTATION_CHANGED, consultation, by=by, fields=changed)


@writes(AuditAction.CONSULTATION_CHANGED)
def add_subject(
    consultation: Consultation, *, adult: AdultDetails, version: int, by: Actor
) -> ConsultationSubject:
    lock(consultation)
    check_version(consultation, version)
    subject = add_subject_in_transaction(consultation, adult, by=by)
    touch(consultation)
    audit.record(
        AuditAction.CONSULTATION_CHANGED,
        consultation,
        by=by,
        fields=["subjects"],
        subject=subject.number,
    )
    return subject


@writes(AuditAction.CONSULTATION_NOTED)
def add_note(
    consultation: Consultation,
    *,
    text: str,
    happened_on: date,
    agency_id: int | None = None,
    corrects: Note | None = None,
    by: User,
) -> Note:
    """In every status. A note is never changed: a correction is a new one."""
    checks = Checks()
    checks.that(text.strip(), "text", "Enter the note")
    checks.past(happened_on, "happened_on", "The date of the note")
    checks.terms({"agency_id": (TermGroup.AGENCY, agency_id)})
    own = corrects is None or corrects.consultation_id == consultation.id
    checks.that(own, "corrects", "Choose a note on this consultation")
    checks.done()
    note = Note(
        consultation_id=consultation.id,
        text=text,
        happened_on=happened_on,
        text_agency_id=agency_id,
        corrects_id=corrects.id if corrects else None,
        author_id=by.id,
    )
    db.session.add(note)
    audit.record(AuditAction.CONSULTATION_NOTED, consultation, by=by)
    return note


def lock(consultation: Consultation) -> None:
    """Until the transaction ends nobody else judges or changes this consultation."""
    db.session.refresh(consultation, with_for_update=True)


def touch(consultation: Consultation) -> None:
    """Count a save of the consultation where only what hangs on it has changed."""
    flag_modified(consultation, "status")


def _check(contact: ContactDetails, children: Sequence[ChildDetails]) -> None:
    checks = Checks()
    checks.that(contact.summary.strip(), "summary", "Enter what the concern is")
    checks.terms(
        {
            "contact_method_id": (TermGroup.CONTACT_METHOD, contact.contact_method_id),
            "referrer_agency_id": (TermGroup.AGENCY, contact.referrer_agency_id),
            "setting_sector_id": (TermGroup.SECTOR, contact.setting_sector_id),
        }
    )
    _check_caller(contact, checks)
    _check_dates(contact, checks)
    _check_children(contact, children, checks)
    checks.done()


def _check_caller(contact: ContactDetails, checks: Checks) -> None:
    taken_by = contact.taken_by
    may = taken_by is None or taken_by.can(Permission.CONSULTATION_LOG)
    checks.that(may, "taken_by", "Choose somebody whose role logs consultations")
    named = contact.anonymous and contact.referrer_name
    checks.that(not named, "referrer_name", "Leave the name empty when the caller is anonymous")


def _check_dates(contact: ContactDetails, checks: Checks) -> None:
    received, aware = contact.received_on, contact.aware_on
    checks.past(received, "received_on", "The date it was received")
    checks.that(
        aware is None or aware <= received,
        "aware_on",
        "The date the setting learned of it must not be after the date it was received",
    )
    _check_happened(contact, checks)
    for field in ("happened_from", "happened_to"):
        day = getattr(contact, field)
        message = "The date it happened must not be after the date it was received"
        checks.that(day is None or day <= received, field, message)


def _check_happened(contact: ContactDetails, checks: Checks) -> None:
    precision, start, end = (
        contact.happened_precision,
        contact.happened_from,
        contact.happened_to,
    )
    known = precision is not DatePrecision.NOT_KNOWN
    checks.that(start or not known, "happened_from", "Enter when it happened")
    checks.that(
        known or not (start or end), "happened_precision", "Say how well the date is known"
    )
    if precision is DatePrecision.BETWEEN:
        checks.that(end, "happened_to", "Enter the last date it may have happened")
        in_order = not (start and end) or start <= end
        checks.that(in_order, "happened_to", "The last date must not be before the first")
    else:
        checks.that(not end, "happened_to", "Only a time between two dates has a last date")


def _check_children(
    contact: ContactDetails, children: Sequence[ChildDetails], checks: Checks
) -> None:
    count, counted = contact.children_count, contact.children is Children.COUNTED
    checks.that(not counted or (count or 0) >= 1, "children_count", "Enter how many, 1 or more")
    checks.that(
        counted or count is None, "children_count", "Enter a number only when it is known"
    )
    described = sum(not child.is_blank for child in children)
    none = contact.children is Children.NONE_IDENTIFIED and described > 0
    checks.that(not none, "children", "Children are described below, so some are identified")
    too_few = counted and count is not None and 1 <= count < described
    checks.that(not too_few, "children_count", "More children than this are described below")


def _check_decided_after(consultation: Consultation, received_on: date) -> None:
    first = db.session.scalar(
        select(func.min(Decision.decided_on))
        .join(ConsultationSubject)
        .where(ConsultationSubject.consultation_id == consultation.id)
    )
    if first and received_on > first:
        message = f"A decision was made on {first:%d/%m/%Y}: it cannot have been received later"
        raise Invalid({"received_on": message})


def _take_over(consultation: Consultation, contact: ContactDetails, *, by: Actor) -> set[str]:
    """Set the columns from what was typed; the names of those that differ now."""
    typed = {
        field.name: getattr(contact, field.name) or None
        if isinstance(getattr(contact, field.name), str)
        else getattr(contact, field.name)
        for field in fields(contact)
        if field.name not in NOT_COLUMNS
    }
    typed["setting"] = _setting(contact, by=by)
    typed["text_agency_id"] = contact.referrer_agency_id
    if contact.taken_by:
        typed["taken_by"] = contact.taken_by
    changed = {name for name, value in typed.items() if getattr(consultation, name) != value}
    for name in changed:
        setattr(consultation, name, typed[name])
    return changed


def _setting(contact: ContactDetails, *, by: Actor) -> Organisation | None:
    if not isinstance(contact.setting, str):
        return contact.setting
    if not contact.setting:
        return None
    sector = (
        db.session.get(Term, contact.setting_sector_id) if contact.setting_sector_id else None
    )
    try:
        return find_or_add_organisation_in_transaction(contact.setting, sector, by=by)
    except Invalid as invalid:
        where = {"name": "setting", "sector": "setting_sector_id"}
        raise Invalid({where[key]: text for key, text in invalid.messages.items()}) from invalid


def _take_over_adults(
    consultation: Consultation, adults: Sequence[AdultDetails], *, by: Actor
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
