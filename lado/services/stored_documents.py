"""Looking after the files of all documents: their key, and whether each is there and whole."""

from dataclasses import dataclass

from lado.errors import Refused
from lado.models import Document
from lado.queries import documents
from lado.rules.audit import AuditAction
from lado.sealed import Unreadable
from lado.services import audit
from lado.services.audit import Actor
from lado.services.document import store
from lado.services.transaction import writes


@dataclass(frozen=True)
class Found:
    """`unreadable` are those whose file is missing, damaged, or under a key that is not here."""

    sound: int
    unreadable: list[tuple[Document, str]]
    swept: int


def check_all(*, by: Actor) -> Found:
    """Reads each file to its end, and sweeps those that belong to no document."""
    unreadable, kept = [], documents.stored()
    for document in kept:
        try:
            store().read(document.stored_as, document.sha256)
        except Unreadable as error:
            unreadable.append((document, error.message))
    swept = store().sweep(documents.known_files())
    found = Found(len(kept) - len(unreadable), unreadable, swept)
    _note_checked(found, by=by)
    return found


@writes(AuditAction.DOCUMENTS_CHECKED)
def _note_checked(found: Found, *, by: Actor) -> None:
    audit.record(
        AuditAction.DOCUMENTS_CHECKED,
        None,
        by=by,
        sound=found.sound,
        unreadable=len(found.unreadable),
        swept=found.swept,
    )


def change_key(*, by: Actor) -> tuple[int, int]:
    """Gives the new key's number, and how many documents are encrypted under it now. May be
    stopped at any point: each file is under one key or the other, and both are kept."""
    number = _add_key(by=by)
    kept = [document.stored_as for document in documents.stored()]
    for name in kept:
        if store().is_there(name) and not store().is_under_newest_key(name):
            store().encrypt_anew(name)
    return number, len(kept)


@writes(AuditAction.DOCUMENT_KEY_CHANGED)
def _add_key(*, by: Actor) -> int:
    number = store().key_file.add().number
    audit.record(AuditAction.DOCUMENT_KEY_CHANGED, None, by=by, key=number)
    return number


@writes(AuditAction.DOCUMENT_KEYS_FORGOTTEN)
def forget_old_keys(*, by: Actor) -> None:
    """Refused while any document is under an older one. Backups from before need those keys."""
    kept = [document.stored_as for document in documents.stored()]
    under_older = [n for n in kept if store().is_there(n) and not store().is_under_newest_key(n)]
    if under_older:
        raise Refused(
            f"{len(under_older)} documents are still encrypted under an earlier key. Run "
            "change-key first."
        )
    store().key_file.keep_newest()
    audit.record(AuditAction.DOCUMENT_KEYS_FORGOTTEN, None, by=by)
