from lado.web.cases import (
    actions,
    allegations,
    case,
    closure,
    discussions,
    notes,
    parts,
    printing,
    reading,
    timekeeping,
)
from lado.web.cases.blueprint import blueprint

__all__ = [
    "actions",
    "allegations",
    "blueprint",
    "case",
    "closure",
    "discussions",
    "notes",
    "parts",
    "printing",
    "reading",
    "timekeeping",
]
