"""Minutes as they are printed, and as they are kept once they are agreed: whatever is changed in
the record later, these stay (R-19)."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from lado.rules.redaction import ABOUT, ACTIONS, ATTENDANCE

Shown = Callable[[str], str]


@dataclass(frozen=True)
class Attended:
    name: str
    role: str
    agency: str
    attendance: str

    def with_texts(self, shown: Shown) -> "Attended":
        texts = shown(self.name), shown(self.role), self.agency, shown(self.attendance)
        return Attended(*texts)


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
    """`said` is text by the code of its heading, empty where that was not discussed; minutes
    from before that was kept have only what was said. `about` are terms and what is said of them.
    """

    held_on: date
    purpose: str
    joint: bool
    chair: str
    next_review_on: date | None
    attendance: Sequence[Attended]
    said: Mapping[str, str]
    actions: Sequence[Agreed]
    about: Sequence[tuple[str, str]] = field(default_factory=list)

    def with_texts(self, shown: Shown) -> "WrittenMinutes":
        """All that people wrote, as `shown` gives it."""
        return replace(
            self,
            chair=shown(self.chair),
            about=[(term, shown(words)) for term, words in self.about],
            attendance=[each.with_texts(shown) for each in self.attendance],
            said={code: shown(text) for code, text in self.said.items()},
            actions=[
                replace(each, description=shown(each.description), owner=shown(each.owner))
                for each in self.actions
            ],
        )

    def texts(self, left_out: Collection[str] = ()) -> Iterator[str]:
        """All that people wrote, but for these parts (codes of `redaction.PARTS`)."""
        yield self.chair
        if ABOUT not in left_out:
            yield from (words for _, words in self.about)
        if ATTENDANCE not in left_out:
            for each in self.attendance:
                yield from (each.name, each.role, each.attendance)
        yield from (text for code, text in self.said.items() if code not in left_out)
        if ACTIONS not in left_out:
            for action in self.actions:
                yield from (action.description, action.owner)

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
                "about": [(term, words) for term, words in values.get("about", ())],
                "attendance": [Attended(**each) for each in values["attendance"]],
                "actions": [
                    Agreed(**each | {"due_on": date.fromisoformat(each["due_on"])})
                    for each in values["actions"]
                ],
            }
        )
