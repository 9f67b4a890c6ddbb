"""What another authority sent is taken in as a consultation, with its documents and as notes."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from tempfile import SpooledTemporaryFile

from lado import clock
from lado.errors import Refused
from lado.extensions import db
from lado.models import Consultation, Note, ReceivedTransfer, User
from lado.queries import settings
from lado.queries.received_transfer import taken_in_before
from lado.rules.audit import AuditAction
from lado.rules.documents import MEGABYTE, recognise
from lado.rules.received_transfer import (
    LONGEST_NAME,
    Received,
    SentDocument,
    day,
    in_words,
    parts,
)
from lado.rules.transfer import AuthorityPart
from lado.rules.vocabulary import DisclosureClass, Origin
from lado.services import audit
from lado.services.consultation import log_in_transaction
from lado.services.consultation_child import ChildDetails
from lado.services.consultation_contact import ContactDetails
from lado.services.document import (
    DocumentDetails,
    FileDetails,
    add_in_transaction,
    pieces,
    removed_if_refused,
    store,
)
from lado.services.other_authority import AuthorityDetails
from lado.services.other_authority import add_in_transaction as add_authority_in_transaction
from lado.services.received_transfer import Opened, reader_of
from lado.services.subject import AdultDetails
from lado.services.transaction import writes

IN_MEMORY = 4 * 1024 * 1024


def take_in(
    opened: Opened,
    *,
    contact: ContactDetails,
    adults: Sequence[AdultDetails],
    children: Sequence[ChildDetails],
    by: User,
) -> Consultation:
    """As a consultation, from which a case is opened as from any other. What they told is kept in
    full as notes, and their documents are attached. The records stay as they came: what they tell
    as facts comes with the case (`received_facts`)."""
    sent = opened.sent
    _refuse_again(hashlib.sha256(sent.records).hexdigest(), by=by)
    with ExitStack() as kept:
        taken, left = _documents(opened, kept, by=by)
        consultation = _take_in(
            sent,
            lambda: log_in_transaction(contact, adults, children, origin=Origin.TRANSFER, by=by),
            taken=taken,
            left=left,
            by=by,
        )
    store().remove(opened.public_id)
    return consultation


def _refuse_again(sha256: str, *, by: User) -> None:
    """The records are the same to the letter, so nothing new would come in."""
    again, consultation = taken_in_before(by, sha256)
    if again:
        where = f" as {consultation.reference}" if consultation else ""
        raise Refused(f"The same file was taken in before{where}. Nothing was taken in again.")


@dataclass(frozen=True)
class _Left:
    title: str
    why: str


Taken = tuple[SentDocument, FileDetails]


def _documents(opened: Opened, kept: ExitStack, *, by: User) -> tuple[list[Taken], list[_Left]]:
    """Encrypted anew, and those that would not be attached here either. `kept` deletes them if
    anything goes wrong before they are recorded."""
    reader = reader_of(opened.public_id, by)
    reader.record_bytes()
    megabytes, most = (settings.get_number(k) for k in ("document_megabytes", "documents_most"))
    taken: list[Taken] = []
    left: list[_Left] = []
    for document in opened.sent.documents:
        with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
            file.writelines(reader.up_to(document.size))
            try:
                _check_fits(document, len(taken), megabytes=megabytes, most=most)
                kind = recognise(document.file_name, file)
            except ValueError as why:
                left.append(_Left(document.title, str(why)))
                continue
            stored = store().write(pieces(file))
            kept.enter_context(removed_if_refused(stored))
            taken.append((document, FileDetails(stored, document.file_name, kind)))
    return taken, left


def _check_fits(document: SentDocument, before: int, *, megabytes: int, most: int) -> None:
    if document.size > megabytes * MEGABYTE:
        raise ValueError(f"It is larger than {megabytes} MB")
    if before >= most:
        raise ValueError(f"There are {most} documents here, and no more are kept with one record")


@writes(AuditAction.TRANSFER_TAKEN_IN)
def _take_in(
    sent: Received,
    log: Callable[[], Consultation],
    *,
    taken: Sequence[Taken],
    left: Sequence[_Left],
    by: User,
) -> Consultation:
    consultation = log()
    db.session.flush()
    _keep(sent, consultation)
    theirs = f"Their {sent.reference}"[:LONGEST_NAME]
    details = AuthorityDetails(AuthorityPart.IN, sent.authority, theirs)
    add_authority_in_transaction(consultation, details, by=by, origin=Origin.TRANSFER)
    for happened_on, text in _notes(sent, left):
        db.session.add(_note(consultation, happened_on, text, by))
    for document, file in taken:
        told = DocumentDetails(document.title, document.kind, disclosure=document.disclosure)
        add_in_transaction(consultation, told, file=file, by=by, origin=Origin.TRANSFER)
    audit.record(AuditAction.TRANSFER_TAKEN_IN, consultation, by=by, documents=len(taken))
    return consultation


def _keep(sent: Received, consultation: Consultation) -> None:
    db.session.add(
        ReceivedTransfer(
            consultation=consultation,
            authority=sent.authority,
            reference=sent.reference,
            sha256=hashlib.sha256(sent.records).hexdigest(),
            content=sent.records.decode(),
            origin=Origin.TRANSFER,
        )
    )


def _notes(sent: Received, left: Sequence[_Left]) -> Iterator[tuple[date, str]]:
    today, source = clock.today(), f"From {sent.authority}, {sent.reference}"
    for heading, words in sent.sections():
        yield today, f"{source}: {heading}\n\n{words}"
    for note in parts(sent.case, "notes"):
        happened_on = day(note, "happened_on") or today
        yield min(happened_on, today), f"{source}: note\n\n{in_words(note)}"
    if left:
        lines = "\n".join(f"{each.title}: {each.why}" for each in left)
        yield today, f"{source}: documents that were not taken in\n\n{lines}"


def _note(consultation: Consultation, happened_on: date, text: str, by: User) -> Note:
    return Note(
        consultation_id=consultation.id,
        happened_on=happened_on,
        text=text,
        author_id=by.id,
        origin=Origin.TRANSFER,
        disclosure=DisclosureClass.CONSULT,
    )
