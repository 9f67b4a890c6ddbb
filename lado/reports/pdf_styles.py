"""The looks of the PDF: one typeface, one accent colour, room to breathe."""

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle

from lado.reports import fonts
from lado.reports.drawing import ACCENT, INK

RULE = HexColor("#b1b4b6")
SECONDARY = HexColor("#505a5f")
PANEL = HexColor("#f3f5f7")

BODY = ParagraphStyle(
    "body", fontName=fonts.REGULAR, fontSize=10.5, leading=15, spaceAfter=7, textColor=INK
)
H1 = ParagraphStyle(
    "h1", fontName=fonts.BOLD, fontSize=20, leading=25, spaceAfter=10, textColor=ACCENT
)
CAPTION = ParagraphStyle(
    "caption", fontName=fonts.BOLD, fontSize=11.5, leading=15, spaceAfter=5, textColor=INK
)
NOTE = ParagraphStyle(
    "note", fontName=fonts.REGULAR, fontSize=8.5, leading=11.5, spaceAfter=3, textColor=SECONDARY
)
FRONT_TITLE = ParagraphStyle("title", fontName=fonts.BOLD, fontSize=30, leading=36, textColor=INK)
FRONT_BODY = ParagraphStyle("front", fontName=fonts.REGULAR, fontSize=14, leading=20, textColor=INK)

TABLE_SIZE = 8.5
HEAD_SIZE = 8.0
TABLE_LEADING = 11.0
