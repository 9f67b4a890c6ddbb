"""What a consultation says of the contact itself: dates, caller, setting, number of children."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, time

from lado.errors import Invalid
from lado.extensions import db
from lado.models import Consultation, Organisation, Term, User
from lado.queries.timeliness import told_late
from lado.rules.permissions import Permission
from lado.rules.vocabulary import Children, DatePrecision, Origin, TermGroup
from lado.services.audit import Actor
from lado.services.checks import Checks
from lado.services.consultation_child import ChildDetails
from lado.services.organisation import find_or_add_organisation_in_transaction


@dataclass(frozen=True)
class ContactDetails:
    """Named as the columns are. `setting` is where it happened: an organisation on record, a name,
    or None; `setting_sector_id` is asked for when that name is new. `taken_by` None: who logs it.
    """

    received_on: date
    summary: str
    received_at: time | None = None
    first_answered_on: date | None = None
    interim_advice: str | None = None
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
    referrer_relation: str | None = None
    whistle_blower: bool = False
    child_reported: bool = False
    raised_first_by: str | None = None
    statutory_duty: bool = False
    reporter_aware_on: date | None = None
    reporter_aware_at: time | None = None
    police_told: bool | None = None
    police_told_on: date | None = None
    police_reference: str | None = None
    happened_precision: DatePrecision = DatePrecision.NOT_KNOWN
    happened_from: date | None = None
    happened_to: date | None = None
    setting: Organisation | str | None = None
    setting_sector_id: int | None = None
    children: Children | None = None
    children_count: int | None = None


TOLD_LATE = "The setting told the LADO late. Enter why, or that it is not known"
NOT_COLUMNS = {"taken_by", "setting", "setting_sector_id"}


def counting_children(contact: ContactDetails, children: Sequence[ChildDetails]) -> ContactDetails:
    """Where nobody said how many, those described are counted."""
    described = sum(not child.is_blank for child in children)
    if contact.children is not None or not described:
        return contact
    count = max(described, contact.children_count or 0)
    return replace(contact, children=Children.COUNTED, children_count=count)


def check_contact(
    contact: ContactDetails, children: Sequence[ChildDetails], *, origin: Origin
) -> None:
    checks = Checks()
    stated = contact.summary.strip() or origin is Origin.REGISTER
    checks.that(stated, "summary", "Enter what the concern is")
    checks.terms(
        {
            "contact_method_id": (TermGroup.CONTACT_METHOD, contact.contact_method_id),
            "referrer_agency_id": (TermGroup.AGENCY, contact.referrer_agency_id),
            "setting_sector_id": (TermGroup.SECTOR, contact.setting_sector_id),
        }
    )
    _check_caller(contact, checks)
    _check_duty(contact, checks)
    _check_dates(contact, checks)
    late = origin is not Origin.REGISTER and told_late(contact.aware_on, contact.received_on)
    checks.that(contact.late_report_reason or not late, "late_report_reason", TOLD_LATE)
    _check_children(contact, children, checks)
    checks.done()


def _check_caller(contact: ContactDetails, checks: Checks) -> None:
    taken_by = contact.taken_by
    may = taken_by is None or taken_by.can(Permission.CONSULTATION_LOG)
    checks.that(may, "taken_by", "Choose somebody whose role logs consultations")
    named = contact.anonymous and contact.referrer_name
    checks.that(not named, "referrer_name", "Leave the name empty when the caller is anonymous")


def _check_duty(contact: ContactDetails, checks: Checks) -> None:
    """What is asked of a report under the statutory duty, and whether the police know (R-03)."""
    known = contact.reporter_aware_on
    what = "The date they learned of it"
    checks.that(
        known is None or known <= contact.received_on,
        "reporter_aware_on",
        f"{what} must not be after the date it was received",
    )
    checks.that(
        contact.statutory_duty or not known,
        "statutory_duty",
        "Say that the report was made under the duty, or leave out when they learned of it",
    )
    checks.that(
        known or not contact.reporter_aware_at, "reporter_aware_on", "Enter the date to this time"
    )
    checks.past(contact.police_told_on, "police_told_on", "The date the police were told")
    told = contact.police_told_on or contact.police_reference
    checks.that(
        contact.police_told or not told,
        "police_told",
        "Say that the police were told, or leave the date and their reference empty",
    )


def _check_dates(contact: ContactDetails, checks: Checks) -> None:
    received, aware = contact.received_on, contact.aware_on
    checks.past(received, "received_on", "The date it was received")
    checks.past(contact.first_answered_on, "first_answered_on", "The date it was first answered")
    checks.that(
        contact.first_answered_on is None or contact.first_answered_on >= received,
        "first_answered_on",
        "The date it was first answered must not be before the date it was received",
    )
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
    checks.that(known or not (start or end), "happened_precision", "Say how well the date is known")
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
    checks.that(counted or count is None, "children_count", "Enter a number only when it is known")
    described = sum(not child.is_blank for child in children)
    none = contact.children is Children.NONE_IDENTIFIED and described > 0
    checks.that(not none, "children", "Children are described below, so some are identified")
    too_few = counted and count is not None and 1 <= count < described
    checks.that(not too_few, "children_count", "More children than this are described below")


def take_over_contact(
    consultation: Consultation, contact: ContactDetails, *, by: Actor
) -> set[str]:
    """Set the columns from what was typed; the names of those that differ now."""
    names = {field.name for field in fields(contact)} - NOT_COLUMNS
    typed = {name: _or_nothing(getattr(contact, name)) for name in names}
    typed["setting"] = _setting(contact, by=by)
    typed["text_agency_id"] = contact.referrer_agency_id
    if contact.taken_by:
        typed["taken_by"] = contact.taken_by
    changed = {name for name, value in typed.items() if getattr(consultation, name) != value}
    for name in changed:
        setattr(consultation, name, typed[name])
    return changed


def _or_nothing(value: object) -> object:
    """An empty line is nothing known."""
    return None if value == "" else value


def _setting(contact: ContactDetails, *, by: Actor) -> Organisation | None:
    if not isinstance(contact.setting, str):
        return contact.setting
    if not contact.setting:
        return None
    sector = db.session.get(Term, contact.setting_sector_id) if contact.setting_sector_id else None
    try:
        return find_or_add_organisation_in_transaction(contact.setting, sector, by=by)
    except Invalid as invalid:
        where = {"name": "setting", "sector": "setting_sector_id"}
        raise Invalid({where[key]: text for key, text in invalid.messages.items()}) from invalid
