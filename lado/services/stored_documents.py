"""Looking after the files of all documents: their key, and whether each is there and whole."""

from dataclasses import dataclass

from lado import clock
from lado.errors import Refused
from lado.extensions import db
from lado.models import Document
from lado.queries import documents, users
from lado.rules.audit import AuditAction
from lado.sealed import Unreadable
from lado.services import audit
from lado.services.audit import Actor
from lado.services.document import store
from lado.services.transaction import writes

# Longer than a file is being written that was begun under the earlier key.
SETTLED_AFTER = 60 * 60
TOO_EARLY = (
    "The key was changed less than an hour ago, and somebody may still be attaching a document "
    "under the earlier one. Try again in an hour."
)


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
    """Gives the new key's number, and how many documents could not be read and are as they were.
    May be stopped at any point: each file is under one key or the other, and both are kept."""
    number = _add_key(by=by)
    unreadable = sum(not _encrypted_anew(name) for name in _under_older())
    return number, unreadable


def _encrypted_anew(name: str) -> bool:
    """What was deleted meanwhile may have come back by it, and is removed."""
    try:
        store().encrypt_anew(name)
        sound = True
    except Unreadable:
        sound = False
    db.session.rollback()  # it would be asked as it was before
    if documents.is_kept(name):
        return sound
    store().remove(name)
    return True


def _under_older() -> list[str]:
    return [each.stored_as for each in documents.stored() if _is_under_older(each.stored_as)]


def _is_under_older(name: str) -> bool:
    """One that is missing, or has no beginning, is under no key at all."""
    try:
        return store().is_there(name) and not store().is_under_newest_key(name)
    except Unreadable:
        return False


@writes(AuditAction.DOCUMENT_KEY_CHANGED)
def _add_key(*, by: Actor) -> int:
    number = store().key_file.add().number
    audit.record(AuditAction.DOCUMENT_KEY_CHANGED, None, by=by, key=number)
    return number


@writes(AuditAction.DOCUMENT_KEYS_FORGOTTEN)
def forget_old_keys(*, by: Actor) -> None:
    """Refused while anything is under an older one, or somebody may have begun to write under it.
    Backups from before need those keys."""
    keys = store().key_file
    newest = keys.all_keys()[-1]
    if older := len(_under_older()):
        raise Refused(
            f"Documents that are still under an earlier key: {older}. Run change-key first, and "
            "check to see which cannot be read."
        )
    if left := store().under_older_keys(users.public_ids()):
        raise Refused(
            f"Other files that are still under an earlier key: {left}. They are being written, or "
            "wait to be taken in from another authority. Try again tomorrow, after check."
        )
    if clock.now().timestamp() < keys.changed_at + SETTLED_AFTER:
        raise Refused(TOO_EARLY)
    keys.keep_from(newest.number)
    audit.record(AuditAction.DOCUMENT_KEYS_FORGOTTEN, None, by=by)
