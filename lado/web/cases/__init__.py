from lado.web.cases import (
    actions,
    allegations,
    case,
    closure,
    discussions,
    documents,
    links,
    notes,
    parts,
    reading,
)
from lado.web.cases.blueprint import blueprint

__all__ = [
    "actions",
    "allegations",
    "blueprint",
    "case",
    "closure",
    "discussions",
    "documents",
    "links",
    "notes",
    "parts",
    "reading",
]
