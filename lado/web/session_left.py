"""How long the session of this request lasts."""

from dataclasses import dataclass
from datetime import datetime

from flask import g

from lado import clock
from lado.models import UserSession
from lado.rules.accounts import IDLE, LONGEST


@dataclass(frozen=True)
class Left:
    """Until `idle_at` if nothing more is asked for, and until `ends_at` whatever is done."""

    idle_at: datetime
    ends_at: datetime

    @property
    def soonest(self) -> datetime:
        return min(self.idle_at, self.ends_at)

    def seconds(self) -> dict[str, int]:
        now = clock.now()
        ends = {"idle": self.idle_at, "end": self.ends_at}
        return {name: max(0, int((at - now).total_seconds())) for name, at in ends.items()}


def session_left() -> Left | None:
    found: UserSession | None = g.get("user_session")
    return Left(found.last_seen_at + IDLE, found.started_at + LONGEST) if found else None
