"""Enquiries whether somebody is known: the list, who may be meant, and what is held on them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from lado import clock
from lado.extensions import db
from lado.models import (
    Allegation,
    Case,
    Consultation,
    ConsultationSubject,
    Decision,
    Enquiry,
    EnquiryRecord,
    EnquirySearch,
    Person,
    User,
)
from lado.queries import access, closed_match, matching, people, pseudonyms
from lado.queries.case_standing import outcome_on
from lado.queries.consultations import Listed
from lado.queries.held import Held, held
from lado.queries.keyset import Cursor, Order, Page, in_order, page_of
from lado.rules.enquiries import MayDisclose, may_disclose
from lado.rules.matching import Called, Identity
from lado.rules.vocabulary import EnquiryKind, Labelled, OutcomeCode

MOST_CANDIDATES = 50
SAME_WORDS = "Every word of the name that was asked for"


class EnquiryState(Labelled):
    """Follows from what is recorded."""

    TO_ANSWER = "to_answer", "To answer"
    TO_SEND = "to_send", "To send"
    SENT = "sent", "Sent"


def state_of(enquiry: Enquiry) -> EnquiryState:
    if enquiry.sent_on is not None:
        return EnquiryState.SENT
    return EnquiryState.TO_ANSWER if enquiry.answer is None else EnquiryState.TO_SEND


_IS: dict[EnquiryState, ColumnElement[bool]] = {
    EnquiryState.TO_ANSWER: Enquiry.answer.is_(None),
    EnquiryState.TO_SEND: Enquiry.answer.is_not(None) & Enquiry.sent_on.is_(None),
    EnquiryState.SENT: Enquiry.sent_on.is_not(None),
}


def page_of_list(
    user: User, cursor: Cursor, *, state: EnquiryState | None, kind: EnquiryKind | None
) -> Page[Enquiry]:
    """The newest first."""
    narrowed = [_IS[state]] if state else []
    if kind:
        narrowed.append(Enquiry.kind == kind)
    order = Order.by(Enquiry, Enquiry.received_on, descending=True)
    rows = in_order(Enquiry, joinedload(Enquiry.asker_agency))
    return page_of(access.visible(user, Enquiry), narrowed, order, cursor, rows)


def load(enquiry: Enquiry) -> None:
    """Read ahead what its page shows."""
    considered = selectinload(Enquiry.considered)
    case = considered.joinedload(EnquiryRecord.case)
    adults = considered.joinedload(EnquiryRecord.consultation).selectinload(Consultation.subjects)
    db.session.scalars(
        select(Enquiry)
        .where(Enquiry.id == enquiry.id)
        .options(
            joinedload(Enquiry.asker_agency),
            joinedload(Enquiry.taken_by),
            joinedload(Enquiry.answered_by),
            joinedload(Enquiry.sent_by),
            selectinload(Enquiry.searches).joinedload(EnquirySearch.searched_by),
            considered.joinedload(EnquiryRecord.person).selectinload(Person.names),
            case.selectinload(Case.allegations).joinedload(Allegation.category),
            case.selectinload(Case.allegations).selectinload(Allegation.outcomes),
            adults.selectinload(ConsultationSubject.decisions).joinedload(Decision.term),
        )
        .execution_options(populate_existing=True)
    ).unique().one()


@dataclass(frozen=True)
class Candidate:
    """Somebody on record who may be meant, and why, in words."""

    person: Person
    why: str


def candidates(user: User, enquiry: Enquiry) -> list[Candidate]:
    """As far as the user may know of them, the best first; after those that match, whoever's name
    has every word that was asked for."""
    found = {
        each.person.id: Candidate(each.person, each.match.why)
        for each in matching.find(user, identity_of(enquiry), limit=MOST_CANDIDATES)
    }
    for name in enquiry.names:
        for person in people.search(user, name, None):
            found.setdefault(person.id, Candidate(person, SAME_WORDS))
    return list(found.values())[:MOST_CANDIDATES]


def identity_of(enquiry: Enquiry) -> Identity:
    """A former name is typed in one line: `Surname, Forename`, or with the surname last."""
    former = [_called(name) for name in enquiry.names[1:]]
    current = Called(enquiry.surname, enquiry.forename or "")
    return Identity(names=[current, *former], born=enquiry.date_of_birth)


def _called(name: str) -> Called:
    surname, comma, forename = name.partition(",")
    if not comma:
        forename, _, surname = name.rpartition(" ")
    return Called(surname.strip(), forename.strip())


@dataclass(frozen=True)
class Offered:
    """What may be considered: `candidates`, what is `held` of them by their id, consultations
    about `unnamed` adults whose name fits. `consultations` has each by its public id. `speak_to`
    are those who may see a closed record that fits."""

    candidates: Sequence[Candidate]
    held: Mapping[int, Held]
    unnamed: Sequence[Listed]
    consultations: Mapping[str, Consultation]
    speak_to: Sequence[str]


def offered(user: User, enquiry: Enquiry) -> Offered:
    found, asked = candidates(user, enquiry), identity_of(enquiry)
    of = held(user, [each.person for each in found])
    unnamed = pseudonyms.unnamed_like(user, asked)
    contacts = [contact.public_id for each in of.values() for contact in each.contacts]
    ids = {*contacts, *(line.public_id for line in unnamed)}
    known = access.visible(user, Consultation).where(Consultation.public_id.in_(ids))
    consultations = {each.public_id: each for each in db.session.scalars(known)}
    return Offered(found, of, unnamed, consultations, closed_match.speak_to(user, asked))


@dataclass(frozen=True)
class Finding:
    """An allegation of a case that was considered, and whether the answer may tell of it."""

    case: Case
    category: str
    outcome: OutcomeCode | None
    may: MayDisclose


def findings(enquiry: Enquiry) -> Iterator[Finding]:
    today = clock.today()
    for case in (row.case for row in enquiry.considered if row.case):
        for allegation in case.allegations:
            outcome = outcome_on(allegation, today)
            may = may_disclose(outcome, enquiry.kind)
            yield Finding(case, allegation.category.label, outcome, may)
