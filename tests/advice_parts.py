"""Letters, follow-ups and enquiries for tests, made through the services."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from lado import clock
from lado.models import Confirmation, Consultation, Enquiry, FollowUp, Person, User
from lado.queries import advice_templates
from lado.rules.vocabulary import EnquiryBasis, EnquiryKind
from lado.services import confirmation, enquiry, follow_up
from lado.services.confirmation import LetterDetails
from lado.services.enquiry import EnquiryDetails
from lado.services.follow_up import FollowUpDetails


def write_letter(
    about: Consultation, by: User, text: str = "What was advised.", **other: Any
) -> Confirmation:
    template = other.pop("template", None) or advice_templates.offered()[0]
    to_caller = other.pop("to_caller", True)
    letter = replace(LetterDetails(recipient_name="Kim Fablewood", text=text), **other)
    return confirmation.write(about, template=template, to_caller=to_caller, letter=letter, by=by)


def add_follow_up(about: Consultation, by: User, *, owner: User | None = None) -> FollowUp:
    due = clock.today() + timedelta(days=3)
    details = FollowUpDetails(what="Ask how it went", due_on=due, owner=owner or by)
    return follow_up.add(about, details=details, by=by)


def enquiry_details(**other: Any) -> EnquiryDetails:
    details = EnquiryDetails(
        received_on=clock.today(),
        kind=EnquiryKind.EMPLOYER,
        asker_name="Gwen Fablewood",
        basis=EnquiryBasis.CONSENT,
        surname="Mockridge",
    )
    return replace(details, **other)


def log_enquiry(by: User, *considered: Any, **other: Any) -> Enquiry:
    """Searched for, with `considered` as the records that were considered."""
    made = enquiry.log(details=enquiry_details(**other), by=by)
    enquiry.searched(made, found=len(considered), by=by)
    if considered:
        enquiry.consider(made, records=considered, of=considered, by=by)
    return made


def enquiry_about(person: Person, by: User) -> Enquiry:
    name = person.name
    return log_enquiry(by, person, surname=name.surname, forename=name.forename)
