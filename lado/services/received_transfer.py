"""A transfer file from another authority is opened, looked at, thrown away.

Once opened it lies here encrypted with our own key, for whoever opened it and for a day.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from lado import sealed
from lado.errors import Invalid, NotFound
from lado.models import User
from lado.queries import documents
from lado.queries.received_transfer import may_be_close_to
from lado.rules.audit import AuditAction
from lado.rules.received_transfer import (
    MOST_RECORDS,
    NOT_OURS,
    NotATransfer,
    Received,
    check_lengths,
    received,
)
from lado.rules.transfer import LENGTH, PURPOSE, as_drawn
from lado.services import audit
from lado.services.document import store
from lado.services.transaction import writes

WRONG = "This is not the passphrase of this file. Check each letter, or ask them to say it again"
DAMAGED = (
    "This file is damaged: it was cut short or changed on its way. Nothing was taken from it. Ask "
    "them to send it again"
)
FOR_ANOTHER = (
    "You cannot open this file. Nothing was taken from it. Give it to somebody else who works on "
    "cases, and the passphrase by another way"
)


@dataclass
class Opened:
    """A file that lies here, under `public_id`, for whoever opened it."""

    public_id: str
    sent: Received
    __tablename__ = "transfer"


def open_file(content: IO[bytes], *, passphrase: str, by: User) -> str:
    """Gives the name under which it is looked at. All of it is checked first, and where anything
    is wrong nothing of it is kept. Messages are keyed `file` and `passphrase_code`."""
    secret = sealed.passphrase(as_drawn(passphrase))

    def unsealed() -> Iterator[bytes]:
        content.seek(0)
        return sealed.unseal(content, [secret], PURPOSE)

    try:
        sent = _check_whole(unsealed())
    except (sealed.Unreadable, NotATransfer) as error:
        _note_refused(by=by)
        raise _in_words(error) from None
    if may_be_close_to(by, sent):
        _note_refused(by=by)
        raise Invalid({"file": FOR_ANOTHER})
    store().sweep(documents.known_files())
    name = store().write(unsealed(), by.public_id).name
    _note_opened(Opened(name, sent), by=by)
    return name


def _in_words(error: Exception) -> Invalid:
    if isinstance(error, sealed.WrongSecret):
        return Invalid({"passphrase_code": WRONG})
    return Invalid({"file": DAMAGED if isinstance(error, sealed.Damaged) else str(error)})


@writes(AuditAction.TRANSFER_OPENED)
def _note_opened(opened: Opened, *, by: User) -> None:
    reference = opened.sent.plain_reference
    audit.record(AuditAction.TRANSFER_OPENED, opened, by=by, reference=reference)


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

    def is_at_end(self) -> bool:
        return not self.rest and not any(self.chunks)


def _check_whole(chunks: Iterator[bytes]) -> Received:
    reader = _Reader(chunks)
    sent = received(reader.record_bytes())
    check_lengths(sent)
    for document in sent.documents:
        digest = hashlib.sha256()
        for piece in reader.up_to(document.size):
            digest.update(piece)
        if digest.hexdigest() != document.sha256:
            raise NotATransfer(f"A document in it is not the one it was: {document.title}")
    if not reader.is_at_end():
        raise NotATransfer(NOT_OURS)
    return sent


def look(name: str, *, by: User) -> Opened:
    """Raises NotFound for everybody but whoever opened it, for them too where it may be about them
    or somebody close to them, and a day later."""
    sent = received(reader_of(name, by).record_bytes())
    if may_be_close_to(by, sent):
        raise NotFound
    return Opened(name, sent)


def reader_of(name: str, by: User) -> _Reader:
    try:
        chunks = store().unchecked(name, by.public_id)
        first = next(chunks)
    except (FileNotFoundError, sealed.Unreadable):
        raise NotFound from None
    reader = _Reader(chunks)
    reader.rest = first
    return reader


def discard(name: str, *, by: User) -> None:
    _note_discarded(look(name, by=by), by=by)
    store().remove(name)


@writes(AuditAction.TRANSFER_DISCARDED)
def _note_discarded(opened: Opened, *, by: User) -> None:
    reference = opened.sent.plain_reference
    audit.record(AuditAction.TRANSFER_DISCARDED, opened, by=by, reference=reference)
