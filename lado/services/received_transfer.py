"""A transfer file from another authority is opened, looked at, and taken in as a consultation.

Once opened it lies here encrypted with our own key, for whoever opened it and for a day.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import IO

from lado import clock, sealed
from lado.errors import Invalid, NotFound, Refused
from lado.extensions import db
from lado.models import Consultation, Note, ReceivedTransfer, User
from lado.queries import documents
from lado.queries.received_transfer import taken_in_before
from lado.rules.audit import AuditAction
from lado.rules.documents import recognise
from lado.rules.received_transfer import (
    LONGEST_NAME,
    MOST_RECORDS,
    NOT_OURS,
    NotATransfer,
    Received,
    SentDocument,
    day,
    in_words,
    parts,
    received,
)
from lado.rules.transfer import LENGTH, PURPOSE, AuthorityPart, as_drawn
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
from lado.services.subject import AdultDetails
from lado.services.transaction import writes

WRONG = "This is not the passphrase of this file. Check each letter, or ask them to say it again"
DAMAGED = (
    "This file is damaged: it was cut short or changed on its way. Nothing was taken from it. Ask "
    "them to send it again"
)
IN_MEMORY = 4 * 1024 * 1024


def open_file(content: IO[bytes], *, passphrase: str, by: User) -> str:
    """Gives the name under which it is looked at. All of it is checked first, and where anything
    is wrong nothing of it is kept. Messages are keyed `file` and `passphrase_code`."""
    secret = sealed.passphrase(as_drawn(passphrase))

    def unsealed() -> Iterator[bytes]:
        content.seek(0)
        return sealed.unseal(content, [secret], PURPOSE)

    try:
        _check_whole(unsealed())
    except (sealed.Unreadable, NotATransfer) as error:
        _note_refused(by=by)
        raise _in_words(error) from None
    store().sweep(documents.known_files())
    name = store().write(unsealed(), by.public_id).name
    _note_opened(by=by)
    return name


def _in_words(error: Exception) -> Invalid:
    if isinstance(error, sealed.WrongSecret):
        return Invalid({"passphrase_code": WRONG})
    return Invalid({"file": DAMAGED if isinstance(error, sealed.Damaged) else str(error)})


@writes(AuditAction.TRANSFER_OPENED)
def _note_opened(*, by: User) -> None:
    audit.record(AuditAction.TRANSFER_OPENED, None, by=by)


@writes(AuditAction.TRANSFER_REFUSED)
def _note_refused(*, by: User) -> None:
    audit.record(AuditAction.TRANSFER_REFUSED, None, by=by)


class _Reader:
    """Reads so many bytes of what comes in chunks of any size."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks, self.rest = chunks, b""

    def up_to(self, size: int) -> Iterator[bytes]:
        while size:
            if not self.rest:
                self.rest = next(self.chunks, b"")
                if not self.rest:
                    raise NotATransfer(NOT_OURS)
            piece, self.rest = self.rest[:size], self.rest[size:]
            size -= len(piece)
            yield piece

    def record_bytes(self) -> bytes:
        size = int.from_bytes(b"".join(self.up_to(LENGTH)))
        if size > MOST_RECORDS:
            raise NotATransfer(NOT_OURS)
        return b"".join(self.up_to(size))

    def records(self) -> Received:
        return received(self.record_bytes())

    def is_at_end(self) -> bool:
        return not self.rest and not any(self.chunks)


def _check_whole(chunks: Iterator[bytes]) -> None:
    reader = _Reader(chunks)
    for document in reader.records().documents:
        digest = hashlib.sha256()
        for piece in reader.up_to(document.size):
            digest.update(piece)
        if digest.hexdigest() != document.sha256:
            raise NotATransfer(f"A document in it is not the one it was: {document.title}")
    if not reader.is_at_end():
        raise NotATransfer(NOT_OURS)


def look(name: str, *, by: User) -> Received:
    """Raises NotFound for everybody but whoever opened it, and a day later."""
    return _reader(name, by).records()


def _reader(name: str, by: User) -> _Reader:
    try:
        chunks = store().unchecked(name, by.public_id)
        first = next(chunks)
    except (FileNotFoundError, sealed.Unreadable):
        raise NotFound from None
    reader = _Reader(chunks)
    reader.rest = first
    return reader


def discard(name: str, *, by: User) -> None:
    look(name, by=by)
    store().remove(name)


def take_in(
    name: str,
    *,
    contact: ContactDetails,
    adults: Sequence[AdultDetails],
    children: Sequence[ChildDetails],
    by: User,
) -> Consultation:
    """As a consultation, from which a case is opened as from any other. What they told is kept in
    full as notes, and their documents are attached. The records stay as they came: what they tell
    as facts comes with the case (`received_facts`)."""
    reader = _reader(name, by)
    records = reader.record_bytes()
    sent = received(records)
    _refuse_again(hashlib.sha256(records).hexdigest(), by=by)
    taken, left = _documents(reader, sent.documents)
    with removed_if_refused(*(file.stored for _, file in taken)):
        consultation = _take_in(
            sent,
            lambda: log_in_transaction(contact, adults, children, origin=Origin.TRANSFER, by=by),
            records=records,
            taken=taken,
            left=left,
            by=by,
        )
    store().remove(name)
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


def _documents(reader: _Reader, sent: Sequence[SentDocument]) -> tuple[list[Taken], list[_Left]]:
    """Encrypted anew, and those that are of no kind kept here."""
    taken: list[Taken] = []
    left: list[_Left] = []
    for document in sent:
        with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
            file.writelines(reader.up_to(document.size))
            try:
                kind = recognise(document.file_name, file)
            except ValueError as why:
                left.append(_Left(document.title, str(why)))
                continue
            stored = store().write(pieces(file))
            taken.append((document, FileDetails(stored, document.file_name, kind)))
    return taken, left


@writes(AuditAction.TRANSFER_TAKEN_IN)
def _take_in(
    sent: Received,
    log: Callable[[], Consultation],
    *,
    records: bytes,
    taken: Sequence[Taken],
    left: Sequence[_Left],
    by: User,
) -> Consultation:
    consultation = log()
    db.session.flush()
    _keep(sent, records, consultation)
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


def _keep(sent: Received, records: bytes, consultation: Consultation) -> None:
    db.session.add(
        ReceivedTransfer(
            consultation=consultation,
            authority=sent.authority,
            reference=sent.reference,
            sha256=hashlib.sha256(records).hexdigest(),
            content=records.decode(),
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
