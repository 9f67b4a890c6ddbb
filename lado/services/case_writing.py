"""What the services of a case share: one writer at a time, and checks of what was typed."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol

from sqlalchemy import select

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import Case, Term, User
from lado.rules.permissions import ROLES, Permission
from lado.rules.vocabulary import CaseStatus, TermGroup
from lado.rules.words import long_day
from lado.services.audit import Actor

NOT_OPEN = {
    CaseStatus.CLOSURE_REQUESTED: "Closure of this case has been requested. Withdraw or decline "
    "the request to change the case.",
    CaseStatus.CONCLUDED: "This case is concluded. Reopen it to change it.",
}


class Numbered(Protocol):
    number: int


def lock(case: Case) -> None:
    """Until the transaction ends nobody else numbers, judges or changes parts of this case."""
    db.session.refresh(case, with_for_update={"of": Case})


def next_number(rows: Collection[Numbered]) -> int:
    return max((row.number for row in rows), default=0) + 1


def refuse_unless_open(case: Case) -> None:
    if case.status is not CaseStatus.OPEN:
        raise Refused(NOT_OPEN[case.status])


def permissions(by: Actor) -> frozenset[Permission]:
    """The command line may do all."""
    return ROLES[by.role].permissions if isinstance(by, User) else frozenset(Permission)


def was_open(case: Case, day: date) -> bool:
    return any(
        spell.opened_on <= day and (spell.concluded_on is None or day <= spell.concluded_on)
        for spell in case.spells
    )


def when_open(case: Case) -> str:
    spells = (
        f"from {long_day(spell.opened_on)}"
        + (f" to {long_day(spell.concluded_on)}" if spell.concluded_on else "")
        for spell in case.spells
    )
    return f"The case was not open on that day. It was open {', and '.join(spells)}"


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
