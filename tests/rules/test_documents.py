"""Which files are kept is told by what is in them."""

import struct
import tracemalloc
from io import BytesIO
from itertools import repeat
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest
from docx import Document as Docx
from hypothesis import given, settings
from hypothesis import strategies as st

from lado.rules.documents import (
    DAMAGED,
    HAS_MACROS,
    MEGABYTE,
    OTHER_INSIDE,
    REFUSED,
    FileType,
    kept_name,
    recognise,
)

PDF = b"%PDF-1.7\n%\x00\xe2\n1 0 obj\n<< >>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MAIL = b"From: a@example.test\r\nDate: Mon, 1 Jun 2026 10:00:00 +0100\r\nSubject: S\r\n\r\nHello"
MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
WORD = "wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
TYPES = "[Content_Types].xml"


def docx() -> bytes:
    file = BytesIO()
    Docx().save(file)
    return file.getvalue()


def zipped(packed: int = ZIP_STORED, **parts: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", packed) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def types(*told: str) -> str:
    each = "".join(f'<Override PartName="/p{n}" ContentType="{t}"/>' for n, t in enumerate(told))
    return f"<?xml version='1.0' encoding='UTF-8'?><Types>{each}</Types>"


def office(kind: str, *told: str, packed: int = ZIP_STORED, **parts: str) -> bytes:
    return zipped(packed, **{TYPES: types(MAIN.format(kind), *told)}, **parts)


def ole(*names: str, before: bytes = b"") -> bytes:
    """As [MS-CFB] 2.6.1 has a directory: in each entry 64 bytes of a name, ended by a zero, the
    length in bytes with that, the kind of object; entries stand 128 bytes apart."""
    directory = b"".join(
        (name + "\0").encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HB", 2 * len(name) + 2, 1).ljust(64, b"\0")
        for name in names
    )
    return (OLE + before).ljust(1024, b"\0") + directory


GOOD = {
    "a.pdf": PDF, "a.PNG": PNG, "a.jpeg": JPG, "a.docx": docx(),
    "a.xlsx": office("spreadsheetml.sheet"), "a.pptx": office("presentationml.presentation"),
    "a.odt": zipped(mimetype=ODT),
    "a.txt": "Zoë said".encode(), "b.txt": "Zoë said".encode("cp1252"),
    "c.txt": "Zoë said".encode("utf-16"), "a.csv": b"a,b\n1,2\n", "a.eml": MAIL,
    "a.msg": ole("Root Entry", "__properties_version1.0"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_what_is_kept(name):
    file = BytesIO(GOOD[name])
    ending = name[2:].lower().replace("jpeg", "jpg")
    assert recognise(name, file) is FileType[ending.upper()]
    assert file.tell() == 0


@pytest.mark.parametrize("name", GOOD)
def test_nothing_passes_under_the_name_of_another(name):
    """But text is text: a table or a message may be kept as plain text."""
    for other in GOOD:
        text = {"txt", "csv"}
        if other[2:].lower() in {name[2:].lower(), *(text if name[2:] in text | {"eml"} else ())}:
            continue
        with pytest.raises(ValueError, match=OTHER_INSIDE[:20]):
            recognise(other, BytesIO(GOOD[name]))


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.exe", b"MZ", REFUSED),
        ("a.html", b"<p>Hello", REFUSED),
        ("a.svg", b"<svg/>", REFUSED),
        ("a.docm", docx(), REFUSED),
        ("a", PDF, REFUSED),
        ("a.pdf.zip", PDF, REFUSED),
        ("a.txt\0", b"Hello", REFUSED),
        ("a.docx", OLE, OTHER_INSIDE),
        ("a.txt", b"a\x00b", OTHER_INSIDE),
        ("a.txt", b"  \n", OTHER_INSIDE),
        ("a.txt", "Zoë".encode("utf-16")[:-1], OTHER_INSIDE),
        ("a.eml", b"Hello there", OTHER_INSIDE),
        ("a.msg", ole("Root Entry", "WordDocument"), OTHER_INSIDE),
        ("a.msg", ole("__properties_version1.0x"), OTHER_INSIDE),
        ("a.docx", docx()[:-40], DAMAGED),
        ("a.docx", office(WORD, packed=ZIP_BZIP2), DAMAGED),
        ("a.docx", office(WORD, packed=ZIP_LZMA), DAMAGED),
        ("a.docx", office(WORD, **{TYPES.lower(): types()}), DAMAGED),
        ("a.docx", zipped(**{TYPES: "<!DOCTYPE Types>" + types(MAIN.format(WORD))}), DAMAGED),
        ("a.docx", office(WORD, " " * MEGABYTE), DAMAGED),
    ],
)
def test_what_is_refused(name, content, why):
    with pytest.raises(ValueError, match=why[:20]):
        recognise(name, BytesIO(content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", office(WORD, **{"word/vbaProject.bin": "x"})),
        ("a.docx", office(WORD, "application/vnd.ms-office.vbaProject", **{"word/x.bin": "x"})),
        ("a.docx", office(WORD, "application/vnd.ms-word.document.macro&#69;nabled.main+xml")),
        ("a.xlsx", office("spreadsheetml.sheet", "application/vnd.ms-excel.macrosheet+xml")),
        ("a.odt", zipped(**{"mimetype": ODT, "Basic/Standard/M.xml": "x"})),
        ("a.msg", ole("__properties_version1.0", "VBA")),
        ("a.msg", ole("__properties_version1.0", "_vba_project")),
    ],
)  # fmt: skip
def test_macros_are_refused_by_name_or_by_type(name, content):
    with pytest.raises(ValueError, match=HAS_MACROS[:20]):
        recognise(name, BytesIO(content))


def test_a_message_may_speak_of_macros():
    told = "VBA".encode("utf-16-le") * 40
    message = ole("__properties_version1.0", "VBA notes", before=told)
    assert recognise("a.msg", BytesIO(message)) is FileType.MSG


WHOLE = [docx()] + [office(WORD, packed=way) for way in (ZIP_STORED, ZIP_DEFLATED)]


@given(
    whole=st.sampled_from(WHOLE),
    changed=st.lists(st.tuples(st.integers(1, 400), st.integers(0, 255)), max_size=4),
    cut=st.one_of(st.just(0), st.integers(0, 300)),
)
@settings(max_examples=200, deadline=None)
def test_a_broken_archive_is_taken_or_refused_in_our_words(whole, changed, cut):
    """Its list and the end of its parts stand at the end."""
    data = bytearray(whole)
    for at, byte in changed:
        data[-min(at, len(data))] = byte
    said = None
    try:
        recognise("a.docx", BytesIO(data[: len(data) - cut]))
    except ValueError as refusal:
        said = str(refusal)
    assert said in {None, DAMAGED, OTHER_INSIDE, HAS_MACROS}


@pytest.mark.parametrize("packed", [ZIP_STORED, ZIP_DEFLATED])
def test_what_is_packed_badly_is_refused_in_our_words(packed):
    data = bytearray(office(WORD, packed=packed))
    start = 30 + len(TYPES)
    data[start : start + 6] = b"\xff" * 6
    with pytest.raises(ValueError, match=DAMAGED[:20]):
        recognise("a.docx", BytesIO(data))


class Long(BytesIO):
    """So many megabytes of what it was made with."""

    def __init__(self, begin: bytes, piece: bytes, pieces: int) -> None:
        super().__init__()
        self.begin, self.piece, self.pieces = begin, piece, pieces
        self.seek(0)

    def seek(self, *_: int) -> int:
        self.rest = iter([self.begin, *repeat(self.piece, self.pieces)])
        return 0

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:
            return b"".join(self.rest)
        return next(self.rest, b"")


@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
def test_a_long_text_is_looked_at_in_little_memory(name):
    file = Long("\U0001f600".encode(), b"a" * MEGABYTE, 24)
    tracemalloc.start()
    recognise(name, file)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 12 * MEGABYTE


def test_an_archive_with_a_long_list_of_parts_is_refused_unread():
    whole = office(WORD)
    at, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    entry = whole[at:end]
    many = entry * (4 * MEGABYTE // len(entry))
    ended = bytearray(whole[end:])
    struct.pack_into("<I", ended, 12, len(many))
    data = BytesIO(whole[:at] + many + ended)
    tracemalloc.start()
    with pytest.raises(ValueError, match=DAMAGED[:20]):
        recognise("a.docx", data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 3 * MEGABYTE


def test_a_name_is_kept_without_what_hides_its_ending_or_a_database_refuses():
    assert kept_name("e\u202egpj.txt") == "e gpj.txt"
    assert kept_name("a\0\n b\u2066.txt") == "a b .txt"
    assert kept_name("x" * 300 + ".txt") == "x" * 196 + ".txt"
    assert kept_name("Zoë's \u202f letter.pdf") == "Zoë's letter.pdf"
