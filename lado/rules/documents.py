"""Which files may be kept with a record: told by what is in them, never by their name alone."""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from email.parser import BytesHeaderParser
from pathlib import PurePath
from typing import IO
from xml.parsers import expat

import filetype

from lado.rules import archives
from lado.rules.vocabulary import Labelled

MEGABYTE = 1024 * 1024
LONGEST_NAME = 200
HEAD = 8192
# The part of an Office file that says what it is.
OFFICE_TYPES, ODT_TYPE = "[Content_Types].xml", "mimetype"
LONGEST_TYPES_PART = 1_000_000
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# In the directory of an Outlook file. An entry is so long, its name in UTF-16 with the length last.
MESSAGE_PART = "__properties_version1.0"
OLE_ENTRY, OLE_NAME = 128, 64
OLE_MACROS = {"VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR"}
# In the name of a part of an Office file or in its type; OpenDocument has two folders for them.
MACROS = re.compile(r"vbaproject|vbadata|macroenabled|macrosheet|^(basic|scripts)/", re.IGNORECASE)
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
OFFICE = {FileType.DOCX, FileType.XLSX, FileType.PPTX}
ACCEPTED = "PDF, Word, Excel, PowerPoint, OpenDocument text, plain text, CSV, email, JPEG or PNG"
REFUSED = f"This kind of file is not kept here. Choose one of: {ACCEPTED}"
OTHER_INSIDE = "What is in the file is not what its name says. Save it again under its right name"
HAS_MACROS = "This file, or one in it, holds macros. Save it without them, then choose that"
DAMAGED = (
    "This file is damaged or protected by a password. Open it, save it again without a password, "
    "then choose that"
)


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


def kept_name(name: str) -> str:
    """As it is shown: what is not seen, or turns the direction of what is, may hide the ending. A
    database refuses some of it."""
    seen = "".join(c if c.isprintable() else " " for c in name)
    return " ".join(seen.split())[-LONGEST_NAME:]


def _holds(named: FileType, file: IO[bytes]) -> bool:
    file.seek(0)
    head = file.read(HEAD)
    if named in KNOWN.values():
        guess = filetype.guess(head)
        return guess is not None and KNOWN.get(guess.mime) is named
    if named in OFFICE or named is FileType.ODT:
        return head.startswith(b"PK") and _is_office(named, file)
    if named is FileType.MSG:
        return head.startswith(OLE) and _is_outlook(file)
    return _is_text(file) and (named is not FileType.EML or _is_message(head))


def _is_office(named: FileType, file: IO[bytes]) -> bool:
    """Only the list of parts and the one that tells the type are read: nothing is unpacked."""
    telling = ODT_TYPE if named is FileType.ODT else OFFICE_TYPES
    try:
        with archives.opened(file) as archive:
            parts = archive.namelist()
            with archive.open(telling) as part:
                told = part.read(LONGEST_TYPES_PART)
        types = {told.decode()} if telling == ODT_TYPE else _content_types(told)
    except KeyError:
        return False
    except (*archives.ERRORS, expat.ExpatError):
        raise ValueError(DAMAGED) from None
    if any(MACROS.search(each) for each in (*parts, *types)):
        raise ValueError(HAS_MACROS)
    return MEDIA_TYPES[named] + ("" if telling == ODT_TYPE else ".main+xml") in types


def _content_types(told: bytes) -> set[str]:
    """Read, not searched: a type may be written in other ways, such as `macro&#69;nabled`."""
    found = set()
    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda _, attributes: found.add(attributes.get("ContentType", ""))
    parser.Parse(told, True)
    return found


def _refuse(*_: object) -> None:
    raise ValueError(DAMAGED)


def _is_outlook(file: IO[bytes]) -> bool:
    if OLE_MACROS.intersection(_ole_entries(file, "VBA")):
        raise ValueError(HAS_MACROS)
    return MESSAGE_PART.upper() in _ole_entries(file, MESSAGE_PART.upper())


def _ole_entries(file: IO[bytes], word: str) -> Iterator[str]:
    """In capitals the names that hold `word`, in this file's directory and in that of any file
    attached to it. The directory may lie in many pieces: so wherever an entry may begin is looked
    at, and no chain is followed that may be broken or made to run in circles."""
    looked_for = re.compile(re.escape(word.encode("utf-16-le")))
    for piece in _pieces(file):
        for found in looked_for.finditer(piece.upper()):
            start = found.start() - found.start() % OLE_ENTRY
            size = int.from_bytes(piece[start + OLE_NAME : start + OLE_NAME + 2], "little")
            if size <= OLE_NAME:
                name = piece[start : start + size].decode("utf-16-le", "replace")
                yield name.removesuffix("\0").upper()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(MEGABYTE):
        yield piece


def _is_text(file: IO[bytes]) -> bool:
    """In UTF-8, UTF-16 with its mark, or the old Windows way, with no byte that text never has."""
    file.seek(0)
    marked = file.read(2) in {b"\xff\xfe", b"\xfe\xff"}
    encodings = ("utf-16",) if marked else ("utf-8", "cp1252")
    return any(_is_text_in(encoding, file) for encoding in encodings)


def _is_text_in(encoding: str, file: IO[bytes]) -> bool:
    decoder, says_something = getincrementaldecoder(encoding)(), False
    try:
        for piece in _pieces(file):
            text = decoder.decode(piece)
            if NOT_TEXT.search(text):
                return False
            says_something = says_something or bool(text.strip())
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return says_something


def _is_message(head: bytes) -> bool:
    if not HEADER_LINE.match(head.lstrip()):
        return False
    message = BytesHeaderParser().parsebytes(head)
    return "From" in message and ("Date" in message or "Received" in message)
