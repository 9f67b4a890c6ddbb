"""The one place that makes ReportLab paragraphs.

A Paragraph reads mark-up from its text: unescaped, words in angle brackets vanish, a picture's
name embeds the picture, and an open tag stops the whole report.
"""

import re
import unicodedata
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from lado.reports import fonts
from lado.reports.pdf_tags import Tag

BULLET = "•"
MISSING = "\N{BALLOT BOX}"
NO_BREAK = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}"
UNSEEN = {"Cc", "Cf", "Cs", "Mn", "Me"}
# Control characters have no glyph, and some end a PDF string or an XML document.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def plain(text: str) -> str:
    """Without what cannot be printed."""
    return _CONTROL.sub("", text)


class _Drawn(dict[int, str]):
    """By letter, what is drawn for it: a box for what the typeface does not have."""

    def __missing__(self, code: int) -> str:
        self[code] = _drawn(chr(code))
        return self[code]


def _drawn(letter: str) -> str:
    if letter.isspace() and letter not in NO_BREAK:
        return " "
    if fonts.has(letter):
        return letter
    return "" if unicodedata.category(letter) in UNSEEN else MISSING


_DRAWN = _Drawn()


def drawable(text: str) -> str:
    """As a PDF can show it, on one line: its standards forbid a letter without a shape."""
    return unicodedata.normalize("NFC", plain(text)).translate(_DRAWN)


class TaggedParagraph(Paragraph):
    """A bullet is drawn before the first line, as the label of a list's item."""

    def __init__(self, *args: Any, tag: Tag | None = None, bullet: str = "", **options: Any):
        super().__init__(*args, **options)
        self.tag, self.bullet = tag or Tag("P"), bullet

    def split(self, width: float, height: float) -> list[Any]:
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.tag = self.tag
        if parts:
            parts[0].bullet = self.bullet
        return parts

    def draw(self) -> None:
        canvas: Any = self.canv
        if self.bullet:
            style = self.style
            canvas.setFont(style.fontName, style.fontSize)
            canvas.setFillColor(style.textColor)
            with canvas.tagged(Tag("Lbl", self.tag.within)):
                canvas.drawString(style.bulletIndent, self.height - style.fontSize, self.bullet)
        with canvas.tagged(self.tag):
            super().draw()


class OutlinedHeading(TaggedParagraph):
    """An entry of the outline too."""

    def draw(self) -> None:
        canvas: Any = self.canv
        if not self.tag.parts:
            canvas.enter_outline(self.getPlainText(), self.height, int(self.tag.kind[1:]) - 1)
        super().draw()


def paragraph(text: str, style: ParagraphStyle, tag: Tag | None = None) -> TaggedParagraph:
    lines = [escape(drawable(line)) for line in text.splitlines()]
    return TaggedParagraph("<br/>".join(lines), style, tag=tag)


def outlined(text: str, style: ParagraphStyle, kind: str) -> OutlinedHeading:
    """A heading: `kind` is H1 or H2."""
    return OutlinedHeading(escape(drawable(text)), style, tag=Tag(kind))


def item(text: str, style: ParagraphStyle, within: Tag) -> TaggedParagraph:
    """Of the list `within`."""
    found = paragraph(text, style, Tag("LBody", Tag("LI", within)))
    found.bullet = BULLET
    return found


def bold_lead(lead: str, text: str, style: ParagraphStyle) -> TaggedParagraph:
    """A term in bold, then what is said of it."""
    return TaggedParagraph(f"<b>{escape(drawable(lead))}:</b> {escape(drawable(text))}", style)


def paragraphs(text: str) -> list[str]:
    """What a person wrote, divided at its blank lines."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [part.strip() for part in parts if part.strip()]
