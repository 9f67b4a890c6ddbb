from lado.web.consultations import (
    confirming,
    deciding,
    documents,
    following_up,
    logging,
    owning,
    reading,
    restricting,
)
from lado.web.consultations.blueprint import blueprint

__all__ = [
    "blueprint",
    "confirming",
    "deciding",
    "documents",
    "following_up",
    "logging",
    "owning",
    "reading",
    "restricting",
]
