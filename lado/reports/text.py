"""The one place that makes ReportLab paragraphs.

A Paragraph reads mark-up from its text: unescaped, words in angle brackets vanish, a picture's
name embeds the picture, and an open tag stops the whole report.
"""

import re
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

# Control characters have no glyph, and some end a PDF string or an XML document.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def plain(text: str) -> str:
    """Without what cannot be printed."""
    return _CONTROL.sub("", text)


def paragraph(text: str, style: ParagraphStyle, bullet: str | None = None) -> Paragraph:
    lines = escape(plain(text)).splitlines()
    return Paragraph("<br/>".join(lines), style, bulletText=bullet)


def bold_lead(lead: str, text: str, style: ParagraphStyle) -> Paragraph:
    """A term in bold, then what is said of it."""
    return Paragraph(f"<b>{escape(plain(lead))}:</b> {escape(plain(text))}", style)


def paragraphs(text: str) -> list[str]:
    """What a person wrote, divided at its blank lines."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [part.strip() for part in parts if part.strip()]
