"""What somebody else saved beside what was typed, and the choice between the two."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request

from lado.rules.differences import Part, compared

PREFIX = "theirs-"
THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True)
class Difference:
    """`field` is the one that holds what was typed; `take` puts in it what they saved."""

    field: Any
    label: str
    mine: list[Part]
    theirs: list[Part]
    take: Callable[[], None]
    before: Any

    @property
    def name(self) -> str:
        return PREFIX + str(self.field.name)

    @property
    def takes_theirs(self) -> bool:
        return request.form.get(self.name) == THEIRS

    def give_back(self, sent: Any) -> None:
        """What was typed stays on the page until the form is saved."""
        self.field.process(sent, self.before)


def of_field(field: Any, label: str, saved: Any) -> Difference | None:
    """None where it says the same."""
    mine, theirs = field.typed_words, field.as_words(saved)
    if mine == theirs:
        return None
    is_long = field.kind == "textarea"
    return _difference(field, label, (mine, theirs), lambda: field.take(saved), marked=is_long)


def of_rows(
    field: Any, label: str, words: tuple[str, str], rows: list[dict[str, Any]]
) -> Difference | None:
    """Of a list as a whole: `words` says it twice, mine and theirs."""
    if words[0] == words[1]:
        return None
    return _difference(field, label, words, lambda: field.take(rows), marked=True)


def _difference(
    field: Any, label: str, words: tuple[str, str], take: Callable[[], None], *, marked: bool
) -> Difference:
    plain = [Part(words[0], False)], [Part(words[1], False)]
    mine, theirs = compared(*words) if marked and all(words) else plain
    return Difference(field, label, mine, theirs, take, field.object_data)
