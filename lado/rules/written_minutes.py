"""Minutes as they are printed, and as they are kept once they are agreed: whatever is changed in
the record later, these stay (R-19)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Attended:
    name: str
    role: str
    agency: str
    attendance: str


@dataclass(frozen=True)
class Agreed:
    """An action, as it was agreed."""

    number: int
    description: str
    owner: str
    agency: str
    due_on: date


@dataclass(frozen=True)
class WrittenMinutes:
    """`said` is text by the code of its heading."""

    held_on: date
    purpose: str
    joint: bool
    chair: str
    next_review_on: date | None
    attendance: Sequence[Attended]
    said: Mapping[str, str]
    actions: Sequence[Agreed]

    def as_json(self) -> str:
        return json.dumps(asdict(self), default=date.isoformat, ensure_ascii=False)

    @classmethod
    def from_json(cls, kept: str) -> "WrittenMinutes":
        values: dict[str, Any] = json.loads(kept)
        review = values["next_review_on"]
        return cls(
            **values
            | {
                "held_on": date.fromisoformat(values["held_on"]),
                "next_review_on": date.fromisoformat(review) if review else None,
                "attendance": [Attended(**each) for each in values["attendance"]],
                "actions": [
                    Agreed(**each | {"due_on": date.fromisoformat(each["due_on"])})
                    for each in values["actions"]
                ],
            }
        )
