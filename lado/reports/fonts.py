"""The report's typeface, with every letter of the languages of Britain; carried by a package."""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "SourceSansPro"
BOLD = "SourceSansPro-Semibold"
# On the page a chart is drawn in Arial, whose widths are Helvetica's.
ON_SCREEN = {REGULAR: "Helvetica", BOLD: "Helvetica-Bold"}
Measure = Callable[[str, str, float], float]

BREAKS = re.compile(r"[ \t\r\n]+")  # not at a no-break space
FILES = {REGULAR: "SourceSansPro-Regular.ttf", BOLD: "SourceSansPro-Semibold.ttf"}


@cache
def register() -> None:
    folder = files("font_source_sans_pro") / "files"
    for name, file in FILES.items():
        with as_file(folder / file) as path:
            pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD
    )


def has(letter: str) -> bool:
    """Whether the typeface, regular or bold, has a shape for it."""
    register()
    font: Any = pdfmetrics.getFont(REGULAR)
    return ord(letter) in font.face.charToGlyph


@lru_cache(maxsize=50_000)
def pdf_width(text: str, font: str, size: float) -> float:
    register()
    return float(pdfmetrics.stringWidth(text, font, size))


def width(text: str, font: str, size: float) -> float:
    """As wide as the text gets, in the PDF or on the page."""
    register()
    return max(
        pdfmetrics.stringWidth(text, font, size),
        pdfmetrics.stringWidth(text, ON_SCREEN[font], size),
    )


def wrap(text: str, font: str, size: float, room: float, measure: Measure = width) -> list[str]:
    """Lines that fit; a word longer than the room is broken, never cut."""

    def fits(words: str) -> bool:
        return measure(words, font, size) <= room

    if fits(text):
        return [text]
    lines = [""]
    for word in BREAKS.split(text):
        for piece in _pieces(word, fits):
            joined = f"{lines[-1]} {piece}".strip()
            if fits(joined):
                lines[-1] = joined
            else:
                lines.append(piece)
    return [line for line in lines if line] or [""]


def _pieces(word: str, fits: Callable[[str], bool]) -> list[str]:
    if fits(word):
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and not fits(pieces[-1] + letter):
            pieces.append("")
        pieces[-1] += letter
    return pieces
