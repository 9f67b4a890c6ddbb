"""Which files are kept is told by what is in them."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document as Docx

from lado.rules.documents import HAS_MACROS, OTHER_INSIDE, REFUSED, FileType, recognise

PDF = b"%PDF-1.7\n%\x00\xe2\n1 0 obj\n<< >>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
MAIL = b"From: a@example.test\r\nDate: Mon, 1 Jun 2026 10:00:00 +0100\r\nSubject: S\r\n\r\nHello"
TYPES = "application/vnd.openxmlformats-officedocument.{}.main+xml"


def docx() -> bytes:
    file = BytesIO()
    Docx().save(file)
    return file.getvalue()


def zipped(**parts: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def office(kind: str, **more: str) -> bytes:
    return zipped(**{"[Content_Types].xml": TYPES.format(kind)}, **more)


GOOD = {
    "a.pdf": PDF, "a.PNG": PNG, "a.jpeg": JPG, "a.docx": docx(),
    "a.xlsx": office("spreadsheetml.sheet"), "a.pptx": office("presentationml.presentation"),
    "a.odt": zipped(mimetype="application/vnd.oasis.opendocument.text"),
    "a.txt": "Zoë said".encode(), "b.txt": "Zoë said".encode("cp1252"),
    "c.txt": "Zoë said".encode("utf-16"), "a.csv": b"a,b\n1,2\n", "a.eml": MAIL,
    "a.msg": OLE + "__properties_version1.0".encode("utf-16-le"),
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
        ("a.docx", office("wordprocessingml.document", **{"word/vbaProject.bin": "x"}), HAS_MACROS),
        ("a.docx", OLE, OTHER_INSIDE),
        ("a.docx", docx()[:-40], OTHER_INSIDE),
        ("a.txt", b"a\x00b", OTHER_INSIDE),
        ("a.txt", b"  \n", OTHER_INSIDE),
        ("a.eml", b"Hello there", OTHER_INSIDE),
    ],
)
def test_what_is_refused(name, content, why):
    with pytest.raises(ValueError, match=why[:20]):
        recognise(name, BytesIO(content))
