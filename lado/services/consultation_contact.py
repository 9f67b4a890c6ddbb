"""What a consultation says of the contact itself: dates, caller, setting, number of children."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from lado.errors import Invalid
from lado.extensions import db
from lado.models import Consultation, Organisation, Term, User
from lado.rules.permissions import Permission
from lado.rules.vocabulary import Children, DatePrecision, Origin, TermGroup
from lado.services.audit import Actor
from lado.services.case_writing import Checks
from lado.services.consultation_child import ChildDetails
from lado.services.organisation import find_or_add_organisation_in_transaction


@dataclass(frozen=True)
class ContactDetails:
    """Named as the columns are. `setting` is where it happened: an organisation on record, a name,
    or None; `setting_sector_id` is asked for when that name is new. `taken_by` None: who logs it.
    """

    received_on: date
    summary: str
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
    happened_precision: DatePrecision = DatePrecision.NOT_KNOWN
    happened_from: date | None = None
    happened_to: date | None = None
    setting: Organisation | str | None = None
    setting_sector_id: int | None = None
    children: Children | None = None
    children_count: int | None = None


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
