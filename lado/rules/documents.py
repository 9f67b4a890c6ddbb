"""Which files may be kept with a record: told by what is in them, never by their name alone."""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import PurePath
from typing import IO
from zipfile import BadZipFile, ZipFile

import filetype

from lado.rules.vocabulary import Labelled

MEGABYTE = 1024 * 1024
LONGEST_NAME = 200
HEAD = 8192
LONGEST_TYPES_PART = 1_000_000
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# Names of a message's parts in the folder of an Outlook file.
MESSAGE_PART = "__properties_version1.0".encode("utf-16-le")
MACROS = re.compile(r"vbaproject|macrosheet", re.IGNORECASE)
HEADER_LINE = re.compile(rb"^[A-Za-z][A-Za-z0-9-]*:")
NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class FileType(Labelled):
    """The code is the ending that a download has."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word document"
    XLSX = "xlsx", "Excel workbook"
    PPTX = "pptx", "PowerPoint presentation"
    ODT = "odt", "OpenDocument text"
    TXT = "txt", "Plain text"
    CSV = "csv", "Comma-separated values"
    EML = "eml", "Email"
    MSG = "msg", "Outlook message"
    JPG = "jpg", "JPEG picture"
    PNG = "png", "PNG picture"


class DocumentKind(Labelled):
    LETTER = "letter", "Letter or email"
    REFERRAL = "referral", "Referral"
    STATEMENT = "statement", "Statement or account"
    REPORT = "report", "Report of an investigation"
    MINUTES = "minutes", "Minutes of another agency"
    POLICY = "policy", "Policy or training record"
    PICTURE = "picture", "Picture"
    OTHER = "other", "Other"


ENDINGS = {each.value: each for each in FileType} | {"jpeg": FileType.JPG}
KNOWN = {
    "application/pdf": FileType.PDF,
    "image/jpeg": FileType.JPG,
    "image/png": FileType.PNG,
}
# The part of an Office file that says what it is, and the words by which it says it.
OFFICE = {
    FileType.DOCX: "wordprocessingml.document.main+xml",
    FileType.XLSX: "spreadsheetml.sheet.main+xml",
    FileType.PPTX: "presentationml.presentation.main+xml",
}
ODT_MIMETYPE = b"application/vnd.oasis.opendocument.text"
_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileType.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileType.PPTX: f"{_OFFICE}.presentationml.presentation",
    FileType.ODT: ODT_MIMETYPE.decode(),
    FileType.TXT: "text/plain",
    FileType.CSV: "text/csv",
    FileType.EML: "message/rfc822",
    FileType.MSG: "application/vnd.ms-outlook",
    FileType.JPG: "image/jpeg",
    FileType.PNG: "image/png",
}
ACCEPTED = "PDF, Word, Excel, PowerPoint, OpenDocument text, plain text, CSV, email, JPEG or PNG"
REFUSED = f"This kind of file is not kept here. Choose one of: {ACCEPTED}"
OTHER_INSIDE = "What is in the file is not what its name says. Save it again under its right name"
HAS_MACROS = "This file holds macros. Save it as a file without them, then choose that"


def recognise(name: str, file: IO[bytes]) -> FileType:
    """What the file is; a ValueError says in words why it is not kept. Leaves it at its start."""
    named = ENDINGS.get(PurePath(name).suffix.lower().removeprefix("."))
    if named is None:
        raise ValueError(REFUSED)
    try:
        fits = _holds(named, file)
    finally:
        file.seek(0)
    if not fits:
        raise ValueError(OTHER_INSIDE)
    return named


def _holds(named: FileType, file: IO[bytes]) -> bool:
    file.seek(0)
    head = file.read(HEAD)
    if named in KNOWN.values():
        guess = filetype.guess(head)
        return guess is not None and KNOWN.get(guess.mime) is named
    if named in OFFICE or named is FileType.ODT:
        return head.startswith(b"PK") and _is_office(named, file)
    if named is FileType.MSG:
        return head.startswith(OLE) and _mentions(file, MESSAGE_PART)
    return _is_text(file) and (named is not FileType.EML or _is_message(head))


def _is_office(named: FileType, file: IO[bytes]) -> bool:
    """Only the list of parts and the one that tells the type are read: nothing is unpacked. A
    compression that is not known raises NotImplementedError, an encrypted part RuntimeError."""
    try:
        with ZipFile(file) as archive:
            if any(MACROS.search(part) for part in archive.namelist()):
                raise ValueError(HAS_MACROS)
            if named is FileType.ODT:
                return _part(archive, "mimetype") == ODT_MIMETYPE
            return OFFICE[named].encode() in _part(archive, "[Content_Types].xml")
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError):
        return False


def _part(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(LONGEST_TYPES_PART)


def _mentions(file: IO[bytes], words: bytes) -> bool:
    file.seek(0)
    before = b""
    while piece := file.read(MEGABYTE):
        if words in before + piece:
            return True
        before = piece[-len(words) :]
    return False


def _is_text(file: IO[bytes]) -> bool:
    """In UTF-8, UTF-16 with its mark, or the old Windows way, with no byte that text never has."""
    file.seek(0)
    data = file.read()
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8", "cp1252"):
        try:
            return bool(data.strip()) and not NOT_TEXT.search(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return False


def _is_message(head: bytes) -> bool:
    if not HEADER_LINE.match(head.lstrip()):
        return False
    message = message_from_bytes(head, policy=default)
    return "From" in message and ("Date" in message or "Received" in message)
