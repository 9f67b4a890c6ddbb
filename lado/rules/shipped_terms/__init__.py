"""The local lists that a new installation starts with. The administrator keeps them from there.

Their order is the order on screen and in reports. A synonym is what a council's spreadsheet may
say instead of the label; it belongs to one term of its group only.
"""

from lado.rules.shipped_terms import cases, concerns, consultations, people, sectors, subsectors
from lado.rules.shipped_terms.term import ShippedTerm

SHIPPED_TERMS: tuple[ShippedTerm, ...] = (
    *sectors.TERMS,
    *subsectors.TERMS,
    *people.TERMS,
    *consultations.TERMS,
    *concerns.TERMS,
    *cases.TERMS,
)

__all__ = ["SHIPPED_TERMS", "ShippedTerm"]
