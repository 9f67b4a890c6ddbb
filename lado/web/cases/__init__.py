from lado.web.cases import (
    actions,
    allegations,
    case,
    closure,
    discussion_papers,
    discussions,
    minutes,
    notes,
    notices,
    parts,
    reading,
    safety_measures,
)
from lado.web.cases.blueprint import blueprint

__all__ = [
    "actions",
    "allegations",
    "blueprint",
    "case",
    "closure",
    "discussion_papers",
    "discussions",
    "minutes",
    "notes",
    "notices",
    "parts",
    "reading",
    "safety_measures",
]
