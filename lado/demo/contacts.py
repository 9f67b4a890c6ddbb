"""Contacts that are logged, and decided, by the services that a user's clicks call."""

from dataclasses import dataclass, field
from datetime import date

from lado.demo.calendar import Calendar
from lado.demo.terms import term
from lado.models import Consultation, ConsultationSubject, User
from lado.queries.earlier import earlier_than_decision
from lado.rules.threshold import Limb
from lado.rules.vocabulary import Children, DatePrecision, EarlierRecords, TermGroup
from lado.services import consultation, decision
from lado.services.consultation_child import ChildDetails
from lado.services.consultation_contact import ContactDetails
from lado.services.decision import DecisionDetails
from lado.services.person import PersonDetails
from lado.services.position import PositionDetails
from lado.services.subject import AdultDetails


@dataclass(frozen=True)
class Adult:
    """Not named without a surname. `also`: role, sector and organisation of a second position."""

    category: str
    role: str
    surname: str = ""
    forename: str = ""
    born: tuple[int, int, int] | None = None
    context: str = "At work"
    also: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Contact:
    """`working_days_ago` it was received; `happened` the working day before, if that is known.
    Without a decision it still waits for one; a decision is that about each of its adults."""

    working_days_ago: int
    summary: str
    sector: str
    setting: str
    caller: str
    caller_role: str
    agency: str
    adults: tuple[Adult, ...]
    children: tuple[ChildDetails, ...] = ()
    happened: bool = False
    decision: str = ""
    reasons: str = ""
    advice: str = ""
    notes: tuple[str, ...] = field(default=())


def log(contact: Contact, calendar: Calendar, by: User) -> Consultation:
    received = calendar.before(calendar.today, contact.working_days_ago)
    logged = consultation.log(
        contact=_details(contact, received, calendar.before(received, 1)),
        adults=[_adult(each, contact) for each in contact.adults],
        children=contact.children,
        by=by,
    )
    for text in contact.notes:
        consultation.add_note(logged, text=text, happened_on=received, by=by)
    if contact.decision:
        for subject in logged.subjects:
            _decide(subject, contact, received, by)
    return logged


def _details(contact: Contact, received: date, aware: date) -> ContactDetails:
    return ContactDetails(
        received_on=received,
        aware_on=aware,
        summary=contact.summary,
        happened_precision=DatePrecision.EXACT if contact.happened else DatePrecision.NOT_KNOWN,
        happened_from=aware if contact.happened else None,
        contact_method_id=term(TermGroup.CONTACT_METHOD, "Phone"),
        referrer_name=contact.caller,
        referrer_role=contact.caller_role,
        referrer_agency_id=term(TermGroup.AGENCY, contact.agency),
        referrer_may_be_named=True,
        setting=contact.setting,
        setting_sector_id=term(TermGroup.SECTOR, contact.sector),
        children=Children.COUNTED if contact.children else Children.NONE_IDENTIFIED,
        children_count=len(contact.children) or None,
    )


def _adult(adult: Adult, contact: Contact) -> AdultDetails:
    born = date(*adult.born) if adult.born else None
    return AdultDetails(
        position=_position(adult.role, contact.sector, contact.setting),
        further_positions=[_position(*adult.also)] if adult.also else (),
        category_id=term(TermGroup.CATEGORY, adult.category),
        context_id=term(TermGroup.CONTEXT, adult.context),
        person=PersonDetails(adult.surname, adult.forename, born) if adult.surname else None,
    )


def _position(role: str, sector: str, organisation: str) -> PositionDetails:
    return PositionDetails(
        sector_id=term(TermGroup.SECTOR, sector),
        role_id=term(TermGroup.ROLE, role),
        organisation=organisation,
    )


def _decide(subject: ConsultationSubject, contact: Contact, day: date, by: User) -> None:
    there = earlier_than_decision(by, subject).is_any
    decision.decide(
        subject,
        decision=DecisionDetails(
            term_id=term(TermGroup.DECISION, contact.decision),
            reasons=contact.reasons,
            advice=contact.advice,
            decided_on=day,
            earlier_records=EarlierRecords.NO_WEIGHT if there else EarlierRecords.NONE_FOUND,
            limbs=(Limb.HARM, Limb.RISK),
            primary_limb=Limb.HARM,
        ),
        version=subject.consultation.version,
        by=by,
    )
