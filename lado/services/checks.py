"""What services share where something was typed: checks of it, and numbers of parts of a record."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol

from sqlalchemy import select

from lado import clock
from lado.errors import Invalid
from lado.extensions import db
from lado.models import Term
from lado.rules.vocabulary import TermGroup


class Numbered(Protocol):
    number: int


def next_number(rows: Collection[Numbered]) -> int:
    return max((row.number for row in rows), default=0) + 1


class Checks:
    """Gathers what is wrong, so that every message is shown at once."""

    def __init__(self) -> None:
        self.messages: dict[str, str] = {}

    def that(self, holds: object, field: str, message: str) -> None:
        if not holds:
            self.messages.setdefault(field, message)

    def past(self, day: date | None, field: str, what: str) -> None:
        """`what` begins the sentence: `The date of the outcome`."""
        self.that(day is None or day <= clock.today(), field, f"{what} must not be in the future")

    def terms(self, chosen: Mapping[str, tuple[TermGroup, int | None]]) -> None:
        """Each chosen term is of its own list."""
        ids = {term_id for _, term_id in chosen.values() if term_id is not None}
        groups = dict(db.session.execute(select(Term.id, Term.group).where(Term.id.in_(ids))).all())
        for field, (group, term_id) in chosen.items():
            known = term_id is None or groups.get(term_id) is group
            self.that(known, field, "Choose one from the list")

    def done(self) -> None:
        if self.messages:
            raise Invalid(self.messages)
