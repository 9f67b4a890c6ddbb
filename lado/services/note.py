"""What a note tells of a call or message: the same on a consultation and on a case."""

from dataclasses import asdict, dataclass
from datetime import time

from lado.rules.vocabulary import Direction, NoteKind
from lado.services.checks import Checks


@dataclass(frozen=True)
class NoteContact:
    """Named as the columns of a note are. `other_party` is who wrote or spoke with us."""

    kind: NoteKind | None = None
    direction: Direction | None = None
    other_party: str | None = None
    happened_at: time | None = None

    def columns(self) -> dict[str, object]:
        return asdict(self) | {"other_party": self.other_party or None}

    def check(self, checks: Checks) -> None:
        stated = self.kind is not None or not (self.direction or self.other_party)
        checks.that(stated, "kind", "Say what kind of call or message it was")


PLAIN = NoteContact()
