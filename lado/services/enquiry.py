"""Somebody asks whether a person is known: logged, searched for, answered, and the answer sent."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import Case, Consultation, Enquiry, EnquiryRecord, EnquirySearch, Person, User
from lado.queries import access
from lado.queries.access import CONSIDERED
from lado.rules.audit import AuditAction
from lado.rules.enquiries import withheld_words
from lado.rules.vocabulary import (
    EnquiryAnswer,
    EnquiryBasis,
    EnquiryKind,
    SentHow,
    TermGroup,
)
from lado.services import audit
from lado.services.checks import Checks, next_number
from lado.services.references import next_reference
from lado.services.suspected_conflict import compare_enquiry_in_transaction
from lado.services.transaction import check_version, writes

SENT = "The answer was sent, so this enquiry cannot be changed. Log a further one."
OWN = "This may be you, or somebody you declared. Give the enquiry to a colleague."
NOT_SEARCHED = "Search the records first, so that the answer says what was looked for."


@dataclass(frozen=True)
class EnquiryDetails:
    """Named as the columns are."""

    received_on: date
    kind: EnquiryKind
    asker_name: str
    basis: EnquiryBasis
    surname: str
    asker_role: str | None = None
    asker_agency_id: int | None = None
    asker_contact: str | None = None
    purpose: str | None = None
    forename: str | None = None
    former_names: str | None = None
    date_of_birth: date | None = None


@dataclass(frozen=True)
class AnswerDetails:
    """`text` is what is told, where anything is."""

    answer: EnquiryAnswer
    reasons: str
    answered_on: date
    text: str = ""


@writes(AuditAction.ENQUIRY_LOGGED)
def log(*, details: EnquiryDetails, by: User) -> Enquiry:
    _check(details)
    enquiry = Enquiry(
        reference=next_reference("E", details.received_on),
        taken_by_id=by.id,
        **_columns(details),
    )
    db.session.add(enquiry)
    audit.record(AuditAction.ENQUIRY_LOGGED, enquiry, by=by)
    compare_enquiry_in_transaction(enquiry)
    _check_known_to(by, enquiry)
    return enquiry


@writes(AuditAction.ENQUIRY_CHANGED)
def change(enquiry: Enquiry, *, details: EnquiryDetails, version: int, by: User) -> None:
    _lock_unsent(enquiry)
    check_version(enquiry, version)
    _check(details)
    later = enquiry.answered_on is None or details.received_on <= enquiry.answered_on
    if not later:
        raise Invalid({"received_on": "It was answered before that day"})
    columns = _columns(details)
    changed = [name for name, value in columns.items() if getattr(enquiry, name) != value]
    for name in changed:
        setattr(enquiry, name, columns[name])
    audit.record(AuditAction.ENQUIRY_CHANGED, enquiry, by=by, fields=changed)
    compare_enquiry_in_transaction(enquiry)
    _check_known_to(by, enquiry)


@writes(AuditAction.ENQUIRY_SEARCHED)
def searched(enquiry: Enquiry, *, found: int, by: User) -> None:
    """With the names and the date of birth as they stand now. `found` is what `by` may know of, so
    it is told to nobody else, nor to the audit trail."""
    _lock_unsent(enquiry)
    enquiry.searches.append(
        EnquirySearch(
            number=next_number(enquiry.searches),
            searched_at=clock.now(),
            searched_by_id=by.id,
            names="\n".join(enquiry.names),
            date_of_birth=enquiry.date_of_birth,
            found=found,
        )
    )
    audit.record(AuditAction.ENQUIRY_SEARCHED, enquiry, by=by)


@writes(AuditAction.ENQUIRY_CONSIDERED)
def consider(
    enquiry: Enquiry,
    *,
    records: Collection[Person | Consultation | Case],
    of: Collection[Person | Consultation | Case],
    by: User,
) -> None:
    """Those of `of`, which was offered, are considered that are in `records`, and no other; what
    was not offered stays as it is."""
    _lock_unsent(enquiry)
    offered = {(type(record), record.id) for record in of}
    chosen = {(type(record), record.id) for record in records}
    kept = [row for row in enquiry.considered if _key(row) not in offered - chosen]
    there = {_key(row) for row in kept}
    new = sorted(chosen - there, key=lambda key: (list(CONSIDERED).index(key[0]), key[1]))
    added = [EnquiryRecord(**{CONSIDERED[thing].key: number}) for thing, number in new]
    enquiry.considered = [*kept, *added]
    audit.record(AuditAction.ENQUIRY_CONSIDERED, enquiry, by=by, records=len(kept) + len(added))


@writes(AuditAction.ENQUIRY_ANSWERED)
def answer(enquiry: Enquiry, *, details: AnswerDetails, version: int, by: User) -> None:
    """May be decided anew until it is sent."""
    _lock_unsent(enquiry)
    check_version(enquiry, version)
    if not enquiry.searches:
        raise Refused(NOT_SEARCHED)
    _check_answer(enquiry, details)
    enquiry.answered_by_id, enquiry.answered_on = by.id, details.answered_on
    enquiry.answer, enquiry.answer_reasons = details.answer, details.reasons
    enquiry.answer_text = details.text if details.answer is EnquiryAnswer.DISCLOSE else None
    audit.record(AuditAction.ENQUIRY_ANSWERED, enquiry, by=by)


@writes(AuditAction.ENQUIRY_SENT)
def mark_sent(
    enquiry: Enquiry, *, sent_on: date, sent_how: SentHow, version: int, by: User
) -> None:
    _lock_unsent(enquiry)
    check_version(enquiry, version)
    if enquiry.answered_on is None:
        raise Refused("Decide the answer first.")
    checks = Checks()
    checks.past(sent_on, "sent_on", "The day on which it was sent")
    decided = sent_on >= enquiry.answered_on
    checks.that(decided, "sent_on", "It must not be sent before the answer was decided")
    checks.done()
    enquiry.sent_by_id, enquiry.sent_on, enquiry.sent_how = by.id, sent_on, sent_how
    audit.record(AuditAction.ENQUIRY_SENT, enquiry, by=by)


def _lock_unsent(enquiry: Enquiry) -> None:
    db.session.refresh(enquiry, with_for_update={"of": Enquiry})
    if enquiry.sent_on is not None:
        raise Refused(SENT)


def _columns(details: EnquiryDetails) -> dict[str, object]:
    return {name: value or None for name, value in asdict(details).items()}


def _key(row: EnquiryRecord) -> tuple[type, int]:
    return next(
        (thing, number) for thing, column in CONSIDERED.items()
        if (number := getattr(row, column.key)) is not None
    )  # fmt: skip


def _check(details: EnquiryDetails) -> None:
    checks = Checks()
    checks.past(details.received_on, "received_on", "The date it was received")
    checks.that(details.asker_name.strip(), "asker_name", "Enter who asks")
    checks.that(details.surname.strip(), "surname", "Enter the surname of the person asked about")
    checks.past(details.date_of_birth, "date_of_birth", "The date of birth")
    checks.terms({"asker_agency_id": (TermGroup.AGENCY, details.asker_agency_id)})
    checks.done()


def _check_known_to(user: User, enquiry: Enquiry) -> None:
    db.session.flush()
    known = access.visible(user, Enquiry).where(Enquiry.id == enquiry.id)
    if db.session.scalar(known.with_only_columns(Enquiry.id)) is None:
        raise Invalid({"surname": OWN})


def _check_answer(enquiry: Enquiry, details: AnswerDetails) -> None:
    checks = Checks()
    tells = details.answer is EnquiryAnswer.DISCLOSE
    checks.that(details.reasons.strip(), "reasons", "Enter the reasons for this answer")
    checks.that(not tells or details.text.strip(), "text", "Enter what they are told")
    checks.past(details.answered_on, "answered_on", "The date of the answer")
    after = details.answered_on >= enquiry.received_on
    checks.that(after, "answered_on", "It must not be answered before it was received")
    withheld = withheld_words(details.text, enquiry.kind) if tells else []
    message = "A reference or vetting answer must not tell of such an outcome. Take out: "
    checks.that(not withheld, "text", message + ", ".join(f"“{word}”" for word in withheld))
    checks.done()
