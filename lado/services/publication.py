"""What reports and answers to information requests have in common when they leave: nothing that was
published before may give away what they hide, nor they what that hid."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from lado.database import lock_audit_chain
from lado.errors import Refused
from lado.extensions import db
from lado.queries import reports

EXPOSED = (
    "Of the counts that it hides, {} could be worked out from what is published. Draw it again "
    "first."
)
MEANWHILE = (
    "Another report was published or another answer given in the meantime. Do this once more."
)


@dataclass(frozen=True)
class Judged:
    """How many hidden counts could be worked out, looked at beside the `earlier` publications:
    before the transaction, since that takes seconds in which nobody could save."""

    exposed: int = 0
    earlier: int = 0


def hold_against_others(judged: Judged) -> None:
    """Refuse what gives something away, or was judged without one of the publications. Whoever
    publishes at the same time waits here and then counts this one too."""
    if judged.exposed:
        raise Refused(EXPOSED.format(judged.exposed))
    lock_audit_chain(db.session())
    if judged.earlier != reports.published_so_far():
        raise Refused(MEANWHILE)


def figures_hash(figures: dict[str, Any]) -> str:
    text = json.dumps(figures, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
