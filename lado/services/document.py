"""Files kept with a case or a consultation: attached, read, withdrawn, their content deleted.

The file is whole on the disk before its row is written, so no row is ever without one. Where the
row is refused the file goes again; after a crash `flask documents check` sweeps it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from os import SEEK_END
from typing import IO, Any

from sqlalchemy.exc import SQLAlchemyError

from lado import clock
from lado.document_store import DocumentStore, Stored
from lado.errors import Invalid, Refused
from lado.extensions import config, db
from lado.models import Case, Document, User
from lado.queries import documents, settings
from lado.queries.documents import Home, how_many
from lado.rules.audit import AuditAction
from lado.rules.documents import (
    MEGABYTE,
    DocumentKind,
    FileType,
    kept_name,
    recognise,
)
from lado.rules.vocabulary import DisclosureClass, Origin, TermGroup
from lado.sealed import CHUNK, Unreadable
from lado.services import audit
from lado.services.checks import Checks
from lado.services.transaction import check_version, writes

WITHDRAWN = "This document was withdrawn, so it cannot be read any more."


@dataclass(frozen=True)
class DocumentDetails:
    title: str
    kind: DocumentKind
    agency_id: int | None = None
    disclosure: DisclosureClass = DisclosureClass.UNDETERMINED
    dated_on: date | None = None


@dataclass(frozen=True)
class FileDetails:
    """A stored file, and what is told of it."""

    stored: Stored
    name: str
    type: FileType


def store() -> DocumentStore:
    return DocumentStore(config.instance)


def attach(
    home: Home, details: DocumentDetails, *, content: IO[bytes], file_name: str, by: User
) -> Document:
    """Messages about the file are keyed `file`; it is not looked at before the rest is right."""
    _check(home, details, _size(content))
    try:
        file_type = recognise(file_name, content)
    except ValueError as refusal:
        raise Invalid({"file": str(refusal)}) from None
    stored = store().write(pieces(content))
    with removed_if_refused(stored):
        file = FileDetails(stored, file_name, file_type)
        return _attach(home, details, file=file, by=by)


@contextmanager
def removed_if_refused(*stored: Stored) -> Iterator[None]:
    """Whatever stops it, unless a row speaks of them by then. Where the database does not say, they
    stay and are swept."""
    try:
        yield
    except BaseException:
        with suppress(SQLAlchemyError):
            db.session.rollback()
            known = documents.known_files()
            for each in stored:
                if each.name not in known:
                    store().remove(each.name)
        raise


@writes(AuditAction.DOCUMENT_ADDED)
def _attach(home: Home, details: DocumentDetails, *, file: FileDetails, by: User) -> Document:
    lock(home)
    _check(home, details, file.stored.size)
    document = add_in_transaction(home, details, file=file, by=by)
    audit.record(AuditAction.DOCUMENT_ADDED, home, by=by, document=document.number)
    return document


def add_in_transaction(
    home: Home,
    details: DocumentDetails,
    *,
    file: FileDetails,
    by: User,
    origin: Origin = Origin.ENTERED,
) -> Document:
    document = Document(
        case=home if isinstance(home, Case) else None,
        consultation=None if isinstance(home, Case) else home,
        number=how_many(home) + 1,
        **_columns(details),
        file_name=kept_name(file.name),
        file_type=file.type,
        size=file.stored.size,
        sha256=file.stored.sha256,
        stored_as=file.stored.name,
        added_by=by,
        origin=origin,
    )
    db.session.add(document)
    db.session.flush()
    return document


@writes(AuditAction.DOCUMENT_CHANGED, AuditAction.DOCUMENT_DISCLOSURE_CHANGED)
def change(document: Document, details: DocumentDetails, *, version: int, by: User) -> None:
    """What is told of the file, never the file. What may be disclosed decides who may read it one
    day (R-41): that has an event of its own."""
    db.session.refresh(document, with_for_update={"of": Document})
    check_version(document, version)
    if document.withdrawn_at:
        raise Refused(WITHDRAWN)
    checks = Checks()
    _check_details(details, checks)
    checks.done()
    after = _columns(details)
    changed = [name for name, value in after.items() if getattr(document, name) != value]
    for name in changed:
        setattr(document, name, after[name])
    reclassed = "disclosure" in changed
    action = AuditAction.DOCUMENT_DISCLOSURE_CHANGED if reclassed else AuditAction.DOCUMENT_CHANGED
    audit.record(action, document.home, by=by, document=document.number, fields=changed)


def _columns(details: DocumentDetails) -> dict[str, Any]:
    return {
        "title": details.title.strip(),
        "kind": details.kind,
        "text_agency_id": details.agency_id,
        "disclosure": details.disclosure,
        "dated_on": details.dated_on,
    }


def lock(home: Home) -> None:
    """Until the transaction ends nobody else numbers what hangs on it."""
    db.session.refresh(home, with_for_update={"of": type(home)})


def _check(home: Home, details: DocumentDetails, size: int) -> None:
    checks = Checks()
    _check_details(details, checks)
    checks.that(size, "file", "The file is empty")
    most = settings.get_number("document_megabytes")
    checks.that(size <= most * MEGABYTE, "file", f"The file must be {most} MB or smaller")
    number = settings.get_number("documents_most")
    full = f"There are {number} documents here, and no more are kept with one record"
    checks.that(how_many(home) < number, "file", full)
    checks.done()


def _check_details(details: DocumentDetails, checks: Checks) -> None:
    checks.that(details.title.strip(), "title", "Enter what this document is")
    checks.terms({"agency_id": (TermGroup.AGENCY, details.agency_id)})
    checks.past(details.dated_on, "dated_on", "The date of the document")


def _size(content: IO[bytes]) -> int:
    content.seek(0, SEEK_END)
    size = content.tell()
    content.seek(0)
    return size


def pieces(content: IO[bytes]) -> Iterator[bytes]:
    while piece := content.read(CHUNK):
        yield piece


def read(document: Document, *, by: User) -> Iterator[bytes]:
    """Its content, whole and unchanged or not at all; both are noted. Raises Unreadable."""
    if document.withdrawn_at:
        raise Refused(WITHDRAWN)
    try:
        content = store().read(document.stored_as, document.sha256)
    except Unreadable:
        _note_unreadable(document, by=by)
        raise
    _note_read(document, by=by)
    return content


@writes(AuditAction.DOCUMENT_DOWNLOADED)
def _note_read(document: Document, *, by: User) -> None:
    number = document.number
    audit.record(AuditAction.DOCUMENT_DOWNLOADED, document.home, by=by, document=number)


@writes(AuditAction.DOCUMENT_UNREADABLE)
def _note_unreadable(document: Document, *, by: User) -> None:
    number = document.number
    audit.record(AuditAction.DOCUMENT_UNREADABLE, document.home, by=by, document=number)


@writes(AuditAction.DOCUMENT_WITHDRAWN)
def withdraw(document: Document, *, reason: str, by: User) -> None:
    """It can be read no more, by anybody. What was kept stays until another deletes it."""
    lock(document.home)
    db.session.refresh(document)
    if document.withdrawn_at:
        raise Refused(WITHDRAWN)
    checks = Checks()
    checks.that(reason.strip(), "reason", "Enter why it is withdrawn")
    checks.done()
    document.withdrawn_at, document.withdrawn_by = clock.now(), by
    document.withdrawn_reason = reason.strip()
    number = document.number
    audit.record(AuditAction.DOCUMENT_WITHDRAWN, document.home, by=by, document=number)


def delete_content(document: Document, *, by: User) -> None:
    """A second person does what cannot be undone (R-40); the row tells of it for good."""
    _mark_deleted(document, by=by)
    store().remove(document.stored_as)


@writes(AuditAction.DOCUMENT_DELETED)
def _mark_deleted(document: Document, *, by: User) -> None:
    lock(document.home)
    db.session.refresh(document)
    if document.withdrawn_at is None or document.deleted_at:
        raise Refused("Only the content of a withdrawn document can be deleted, and once.")
    if document.withdrawn_by_id == by.id:
        raise Refused("You withdrew this document, so somebody else deletes its content.")
    if document.home.legal_hold:
        raise Refused("A legal hold stands on this record, so nothing of it is deleted.")
    document.deleted_at, document.deleted_by = clock.now(), by
    number = document.number
    audit.record(AuditAction.DOCUMENT_DELETED, document.home, by=by, document=number)
