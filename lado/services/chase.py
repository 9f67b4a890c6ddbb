"""That somebody was asked again: for an action, for minutes, for a review, or an employer."""

from datetime import date

from lado.errors import Refused
from lado.models import Action, Case, Chase, StrategyDiscussion, User
from lado.queries.clocks import owed_by_employer
from lado.rules.audit import AuditAction
from lado.rules.closure import WITHOUT_MINUTES
from lado.rules.vocabulary import Chased, ChasedHow
from lado.services import audit
from lado.services.case_writing import lock
from lado.services.checks import Checks, next_number
from lado.services.transaction import writes


@writes(AuditAction.CHASED)
def chase_action(action: Action, *, chased_on: date, how: ChasedHow, by: User) -> Chase:
    lock(action.case)
    if not action.is_open:
        raise Refused("This action is already done or waived.")
    _check(chased_on, since=action.case.spells[0].opened_on)
    made = Chase(what=Chased.ACTION, action_id=action.id)
    return _add(action.case, made, chased_on, how, by)


@writes(AuditAction.CHASED)
def chase_discussion(
    discussion: StrategyDiscussion, what: Chased, *, chased_on: date, how: ChasedHow, by: User
) -> Chase:
    """`what` is its minutes, or the review that follows it."""
    lock(discussion.case)
    if discussion.held_on is None:
        raise Refused("This was not held, so nothing of it can be chased.")
    if what is Chased.MINUTES and discussion.status not in WITHOUT_MINUTES:
        raise Refused("These minutes are circulated already.")
    _check(chased_on, since=discussion.held_on)
    made = Chase(what=what, discussion_id=discussion.id)
    return _add(discussion.case, made, chased_on, how, by)


@writes(AuditAction.CHASED)
def chase_employer(case: Case, *, chased_on: date, how: ChasedHow, by: User) -> Chase:
    """For what their strand waits for now."""
    lock(case)
    owed = owed_by_employer(case)
    if owed is None:
        raise Refused("Nothing is waited for from the employer.")
    _check(chased_on, since=owed.since)
    return _add(case, Chase(what=Chased.EMPLOYER, strand_id=owed.strand.id), chased_on, how, by)


def _check(chased_on: date, *, since: date) -> None:
    checks = Checks()
    checks.past(chased_on, "chased_on", "The day")
    checks.that(chased_on >= since, "chased_on", "It must not be before it was agreed")
    checks.done()


def _add(case: Case, made: Chase, chased_on: date, how: ChasedHow, by: User) -> Chase:
    made.number = next_number(case.chases)
    made.chased_on, made.how, made.chased_by_id = chased_on, how, by.id
    case.chases.append(made)
    audit.record(AuditAction.CHASED, case, by=by, chase=made.number)
    return made
