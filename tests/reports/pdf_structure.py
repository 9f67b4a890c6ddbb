"""A PDF as a screen reader meets it: by its structure, not by where things stand on the page."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import page
import pdfplumber
import pikepdf


def faults(content: bytes) -> list[str]:
    """Against every rule of PDF/UA-1 and PDF/A-2a that the checker knows."""
    profiles = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)
    reports = [page.validate_pdf_bytes(content, profile=profile) for profile in profiles]
    assert [report.rules.total for report in reports] == [104, 154]
    return [f"{fault.rule_id} {fault.message}" for one in reports for fault in one.failures]


@dataclass(frozen=True)
class Element:
    kind: str
    text: str
    alt: str
    scope: str


def elements(content: bytes) -> Iterator[Element]:
    """In reading order; the text is what stands in the element itself."""
    with pikepdf.open(BytesIO(content)) as pdf:
        words = _words(content)
        pages = {each.obj.objgen: number for number, each in enumerate(pdf.pages)}
        yield from _walk(pdf.Root.StructTreeRoot.K[0], words, pages)


def _walk(element: Any, words: dict[Any, str], pages: dict[Any, int]) -> Iterator[Element]:
    parts = list(element.get("/K", []))
    marks = [part for part in parts if part.get("/Type") == "/MCR"]
    yield Element(
        str(element.S)[1:],
        "".join(words[pages[mark.Pg.objgen], int(mark.MCID)] for mark in marks),
        str(element.get("/Alt", "")),
        str(element.A[0].get("/Scope", ""))[1:] if "/A" in element else "",
    )
    for part in parts:
        if part.get("/Type") == "/StructElem":
            yield from _walk(part, words, pages)


def _words(content: bytes) -> dict[Any, str]:
    found: dict[Any, str] = defaultdict(str)
    with pdfplumber.open(BytesIO(content)) as pdf:
        for number, each in enumerate(pdf.pages):
            for character in each.chars:
                if character["mcid"] is not None:
                    found[number, character["mcid"]] += character["text"]
    return found
