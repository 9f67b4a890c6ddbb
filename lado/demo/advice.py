"""On top of the rest: a letter, follow-ups, a call that came later, enquiries about a person."""

from datetime import date, time, timedelta

from sqlalchemy import select

from lado.demo import fresh
from lado.demo.contacts import Contact
from lado.demo.terms import term
from lado.extensions import db
from lado.models import Consultation, User
from lado.queries import advice_templates, confirmations, enquiries
from lado.rules.advice import fill
from lado.rules.permissions import Role
from lado.rules.vocabulary import (
    Direction,
    EnquiryAnswer,
    EnquiryBasis,
    EnquiryKind,
    NoteKind,
    SentHow,
    TermGroup,
)
from lado.services import confirmation, consultation, enquiry, follow_up
from lado.services.confirmation import LetterDetails
from lado.services.enquiry import AnswerDetails, EnquiryDetails
from lado.services.follow_up import FollowUpDetails
from lado.services.note import NoteContact

LOW_LEVEL, UNDECIDED = fresh.CONTACTS[2], fresh.CONTACTS[3]


def advise(users: dict[Role, User], today: date) -> None:
    lado, support = users[Role.LADO], users[Role.BUSINESS_SUPPORT]
    decided, waiting = _of(LOW_LEVEL), _of(UNDECIDED)
    _confirm(decided, today, by=lado)
    _follow_up(decided, "Ask the school how the talk in supervision went", today, 14, lado)
    _follow_up(waiting, "Ring the contracts officer about the log of the route", today, 1, lado)
    _ring(waiting, today, by=support)
    _log_enquiries(today, lado=lado, support=support)


def _of(contact: Contact) -> Consultation:
    query = select(Consultation).where(Consultation.summary == contact.summary)
    return db.session.scalars(query).one()


def _confirm(about: Consultation, today: date, *, by: User) -> None:
    template = next(t for t in advice_templates.offered() if t.code == "low_level")
    values = confirmations.values(about, to_caller=True, by=by)
    letter = LetterDetails(
        recipient_name=values["recipient_name"],
        recipient_role=about.referrer_role,
        text=fill(template.text, values),
    )
    made = confirmation.write(about, template=template, to_caller=True, letter=letter, by=by)
    confirmation.mark_sent(
        made, sent_on=today, sent_how=SentHow.SECURE_EMAIL, version=made.version, by=by
    )


def _follow_up(about: Consultation, what: str, today: date, days: int, owner: User) -> None:
    details = FollowUpDetails(what=what, due_on=today + timedelta(days=days), owner=owner)
    follow_up.add(about, details=details, by=owner)


def _ring(about: Consultation, today: date, *, by: User) -> None:
    consultation.add_note(
        about,
        text="The escort says that the front seat was used because the belt in the back jams.",
        happened_on=today,
        agency_id=term(TermGroup.AGENCY, "Transport"),
        contact=NoteContact(
            NoteKind.PHONE, Direction.IN, "Joel Pretendwick, contracts officer", time(9, 5)
        ),
        by=by,
    )


def _log_enquiries(today: date, *, lado: User, support: User) -> None:
    """One by an employer, answered and sent; one by another authority, which waits."""
    reference = enquiry.log(
        details=EnquiryDetails(
            received_on=today - timedelta(days=1),
            kind=EnquiryKind.EMPLOYER,
            asker_name="Gwen Imaginwick",
            asker_role="Human resources adviser",
            asker_agency_id=term(TermGroup.AGENCY, "Other employer"),
            basis=EnquiryBasis.CONSENT,
            purpose="A reference for work at a holiday club.",
            surname="Nobodyham",
            forename="Ines",
        ),
        by=support,
    )
    found = enquiries.candidates(lado, reference)
    enquiry.searched(reference, found=len(found), by=lado)
    answer = AnswerDetails(EnquiryAnswer.NOTHING_HELD, "Nobody of this name is on record.", today)
    enquiry.answer(reference, details=answer, version=reference.version, by=lado)
    enquiry.mark_sent(
        reference, sent_on=today, sent_how=SentHow.EMAIL, version=reference.version, by=support
    )
    enquiry.log(
        details=EnquiryDetails(
            received_on=today,
            kind=EnquiryKind.OTHER_AUTHORITY,
            asker_name="Rhona Storyfield",
            asker_role="LADO of the neighbouring area",
            asker_contact="rhona.storyfield@example.test",
            basis=EnquiryBasis.PUBLIC_TASK,
            purpose="A coach who has begun to work in their area.",
            surname="Notrealworth",
            forename="Piers",
            date_of_birth=date(1988, 3, 14),
        ),
        by=support,
    )
