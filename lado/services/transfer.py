"""A case goes to another authority as one encrypted file."""

import json
from collections.abc import Iterator, Sequence

from lado import clock, sealed
from lado.document_store import Stored
from lado.errors import Invalid, Refused
from lado.models import Case, Document, OtherAuthority, User
from lado.queries.transfer import is_kept_back, records
from lado.rules.audit import AuditAction
from lado.rules.transfer import LENGTH, PURPOSE, as_drawn, new_passphrase
from lado.services import audit
from lado.services.case_writing import lock
from lado.services.document import removed_if_refused, store
from lado.services.transaction import writes

RESTRICTED = (
    "This case is restricted to named people. Say that what is restricted is sent too, or do not "
    "send it"
)
KEPT_BACK = (
    "You chose a document that is restricted or marked to be withheld. Take its tick off, or say "
    "below that what is restricted is sent too"
)
GONE = "This transfer file was deleted, a day after it was made. Make it again."


def make(
    authority: OtherAuthority,
    *,
    chosen: Sequence[Document],
    withheld: bool,
    by: User,
) -> str:
    """Gives the passphrase, which is kept nowhere. A file made before for them is no more."""
    case = _case_of(authority)
    if case.restricted and not withheld:
        raise Invalid({"withheld": RESTRICTED})
    if not withheld and any(map(is_kept_back, chosen)):
        raise Invalid({"documents": KEPT_BACK})
    content = records(by, case, chosen, withheld=withheld)
    passphrase = new_passphrase()
    secret = sealed.passphrase(as_drawn(passphrase))
    stored = store().write_for_others(_packed(content, chosen), secret, PURPOSE)
    before = authority.pack_stored_as
    with removed_if_refused(stored):
        _record(authority, stored=stored, documents=len(chosen), by=by)
    if before:
        store().remove(before)
    return passphrase


def _case_of(authority: OtherAuthority) -> Case:
    if authority.case is None:
        raise Refused("Only a case is sent to another authority.")
    return authority.case


def _packed(content: object, chosen: Sequence[Document]) -> Iterator[bytes]:
    """The length of the records, the records, then each document in the order they name it."""
    told = json.dumps(content, ensure_ascii=False).encode()
    yield len(told).to_bytes(LENGTH) + told
    for document in chosen:
        yield from store().read(document.stored_as, document.sha256)


@writes(AuditAction.TRANSFER_MADE)
def _record(authority: OtherAuthority, *, stored: Stored, documents: int, by: User) -> None:
    case = _case_of(authority)
    lock(case)
    authority.pack_stored_as, authority.pack_sha256 = stored.name, stored.sha256
    authority.pack_made_at, authority.pack_made_by = clock.now(), by
    number = authority.number
    audit.record(AuditAction.TRANSFER_MADE, case, by=by, authority=number, documents=documents)


def download(authority: OtherAuthority, *, by: User) -> Iterator[bytes]:
    """As it lies: only the passphrase opens it."""
    name = authority.pack_stored_as
    if name is None or not store().is_there(name):
        raise Refused(GONE)
    _note_downloaded(authority, by=by)
    return store().as_it_lies(name)


@writes(AuditAction.TRANSFER_DOWNLOADED)
def _note_downloaded(authority: OtherAuthority, *, by: User) -> None:
    number = authority.number
    audit.record(AuditAction.TRANSFER_DOWNLOADED, authority.case, by=by, authority=number)
