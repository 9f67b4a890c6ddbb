"""What the services of a case share: one writer at a time, and when it may be changed."""

from datetime import date

from lado.errors import Refused
from lado.extensions import db
from lado.models import Case, User
from lado.rules.permissions import ROLES, Permission
from lado.rules.transitions import Action, Thing, check, row_of
from lado.rules.vocabulary import CaseStatus
from lado.rules.words import long_day
from lado.services.audit import Actor

NOT_OPEN = {
    CaseStatus.CLOSURE_REQUESTED: row_of(Thing.CASE, Action.CHANGE).refusal,
    CaseStatus.CONCLUDED: "This case is concluded. Reopen it to change it.",
}


def lock(case: Case) -> None:
    """Until the transaction ends nobody else numbers, judges or changes parts of this case."""
    db.session.refresh(case, with_for_update={"of": Case})


def lock_to_change(case: Case, *, by: Actor) -> None:
    lock(case)
    refuse_while_closing(case, by=by)


def refuse_while_closing(case: Case, *, by: Actor) -> None:
    check(Thing.CASE, case.status, Action.CHANGE, permissions(by))


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
