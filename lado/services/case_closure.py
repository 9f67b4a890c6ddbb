"""How a case ends and begins again. What may happen when is the table in lado.rules.transitions."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from lado import clock
from lado.errors import Refused
from lado.extensions import db
from lado.models import Case, CaseSpell, Term, User
from lado.queries.case_standing import last_event, outcomes_on, overall, standing_of, was_own_case
from lado.rules import closure, retention, transitions
from lado.rules.audit import AuditAction
from lado.rules.case_outcome import needs_sign_off
from lado.rules.transitions import Action, Condition, Thing, Transition
from lado.rules.vocabulary import CaseStatus, RetentionClass, TermGroup
from lado.rules.words import long_day
from lado.services import audit
from lado.services.case import note_in_transaction
from lado.services.case_writing import lock, permissions
from lado.services.checks import Checks
from lado.services.transaction import check_version, writes


@dataclass(frozen=True)
class Closure:
    """How a case is to end: when, for which reason, and in whose words."""

    concluded_on: date
    reason_id: int
    note: str | None = None


@writes(AuditAction.CASE_CONCLUDED)
def conclude(case: Case, ending: Closure, *, version: int, by: User) -> None:
    row = _begin(case, Action.CONCLUDE, version=version, by=by)
    _check(case, ending)
    _hold(row, case, ending, by=by)
    _conclude(case, ending, by=by)


@writes(AuditAction.CASE_CLOSURE_REQUESTED)
def request_closure(case: Case, ending: Closure, *, version: int, by: User) -> None:
    row = _begin(case, Action.REQUEST_CLOSURE, version=version, by=by)
    _check(case, ending)
    _hold(row, case, ending, by=by)
    case.status = cast(CaseStatus, row.new_status)
    case.closure_requested_by_id = by.id
    case.proposed_reason_id = ending.reason_id
    case.proposed_concluded_on = ending.concluded_on
    case.proposed_note = ending.note or None
    audit.record(AuditAction.CASE_CLOSURE_REQUESTED, case, by=by)


@writes(AuditAction.CASE_CONCLUDED)
def sign_off(case: Case, *, version: int, by: User) -> None:
    """As it was requested, and never one's own request or case."""
    row = _begin(case, Action.SIGN_OFF, version=version, by=by)
    ending = proposal(case)
    _hold(row, case, ending, by=by)
    _check(case, ending)
    _conclude(case, ending, by=by)


@writes(AuditAction.CASE_CLOSURE_DECLINED)
def decline_closure(case: Case, *, note: str, version: int, by: User) -> None:
    _end_request(case, Action.DECLINE_CLOSURE, "Closure declined", note, version=version, by=by)
    audit.record(AuditAction.CASE_CLOSURE_DECLINED, case, by=by)


@writes(AuditAction.CASE_CLOSURE_WITHDRAWN)
def withdraw_closure(case: Case, *, note: str, version: int, by: User) -> None:
    said = "Request for closure withdrawn"
    _end_request(case, Action.WITHDRAW_CLOSURE, said, note, version=version, by=by)
    audit.record(AuditAction.CASE_CLOSURE_WITHDRAWN, case, by=by)


@writes(AuditAction.CASE_REOPENED)
def reopen(
    case: Case, *, reopened_on: date, reason: str, review_on: date, version: int, by: User
) -> None:
    """A new spell: what was counted of the ones before stays as it was. `review_on`: the day of its
    next discussion or review."""
    row = _begin(case, Action.REOPEN, version=version, by=by)
    concluded_on = case.spell.concluded_on
    checks = Checks()
    checks.that(reason.strip(), "reason", row.note_missing)
    checks.past(reopened_on, "reopened_on", "The date it was reopened")
    checks.that(
        concluded_on is None or reopened_on >= concluded_on,
        "reopened_on",
        f"It must not be before the case was concluded on {long_day(concluded_on or reopened_on)}",
    )
    checks.that(
        review_on >= clock.today(),
        "review_on",
        "The day of the next discussion or review must be today or later",
    )
    checks.done()
    case.status = cast(CaseStatus, row.new_status)
    _ask_again_for_learning(case, by=by)
    case.retention_class, case.retention_review_on = RetentionClass.UNDETERMINED, None
    case.spells.append(
        CaseSpell(
            number=case.spell.number + 1,
            opened_on=reopened_on,
            reopened_reason=reason,
            review_on=review_on,
        )
    )
    audit.record(AuditAction.CASE_REOPENED, case, by=by, spell=case.spell.number)


def _ask_again_for_learning(case: Case, *, by: User) -> None:
    """That there was none stays on record as a note."""
    if case.learning_none_on is not None:
        said = f"Said at its conclusion to have no learning: {case.learning_none_reason}"
        note_in_transaction(case, happened_on=case.learning_none_on, text=said, by=by)
    case.learning_none_on = case.learning_none_by_id = case.learning_none_reason = None


def proposal(case: Case) -> Closure:
    """What was requested. Only while there is a request."""
    if case.proposed_reason_id is None or case.proposed_concluded_on is None:
        raise Refused("There is no request to close this case.")
    return Closure(case.proposed_concluded_on, case.proposed_reason_id, case.proposed_note)


def _begin(case: Case, action: Action, *, version: int, by: User) -> Transition:
    lock(case)
    row = transitions.check(Thing.CASE, case.status, action, permissions(by))
    check_version(case, version)
    return row


def sign_off_needed(case: Case, concluded_on: date) -> bool:
    return needs_sign_off(outcomes_on(case, concluded_on), case.received_on, concluded_on)


def _check(case: Case, ending: Closure) -> None:
    """The dates and the reason make sense for this case."""
    last = last_event(case)
    checks = Checks()
    checks.terms({"reason_id": (TermGroup.CLOSURE_REASON, ending.reason_id)})
    checks.that(
        ending.concluded_on <= clock.today(), "concluded_on", "The date must not be in the future"
    )
    checks.that(
        ending.concluded_on >= last.on,
        "concluded_on",
        f"It must not be before {long_day(last.on)}: on that day {last.words}. Enter that day or a "
        "later one, or correct the record of it",
    )
    checks.done()


def _hold(row: Transition, case: Case, ending: Closure, *, by: User) -> None:
    """Refuse unless each condition of the table holds."""
    for condition in row.conditions:
        if not _holds(condition, case, ending, by):
            raise Refused(condition.label)


def _holds(condition: Condition, case: Case, ending: Closure, by: User) -> bool:
    match condition:
        case Condition.READY_TO_CLOSE:
            reason = db.session.get_one(Term, ending.reason_id)
            ends = closure.loose_ends(standing_of(case, on=ending.concluded_on))
            needs = bool(reason.needs_outcome)
            return not closure.stopping(ends, reason_needs_outcome=needs)
        case Condition.NEEDS_NO_SIGN_OFF:
            return not sign_off_needed(case, ending.concluded_on)
        case Condition.BY_REQUESTER:
            return case.closure_requested_by_id == by.id
        case Condition.NOT_BY_REQUESTER:
            return case.closure_requested_by_id != by.id
        case Condition.NOT_OWN_CASE:
            return not was_own_case(case, by)
        case _:
            raise ValueError(f"No case is judged by {condition}")


def _conclude(case: Case, ending: Closure, *, by: User) -> None:
    case.status = CaseStatus.CONCLUDED
    _clear_request(case)
    spell = case.spell
    spell.concluded_on = ending.concluded_on
    spell.closure_reason_id = ending.reason_id
    spell.closure_note = ending.note or None
    spell.concluded_by_id = by.id
    outcome = overall(case, on=ending.concluded_on)
    case.retention_class = retention.class_of_case(outcome)
    case.retention_review_on = retention.review_on(case.retention_class, ending.concluded_on)
    audit.record(AuditAction.CASE_CONCLUDED, case, by=by, spell=spell.number)


def _end_request(
    case: Case, action: Action, said: str, note: str, *, version: int, by: User
) -> None:
    row = _begin(case, action, version=version, by=by)
    _hold(row, case, proposal(case), by=by)
    row.check_note(note, "note")
    case.status = cast(CaseStatus, row.new_status)
    _clear_request(case)
    note_in_transaction(case, happened_on=clock.today(), text=f"{said}: {note}", by=by)


def _clear_request(case: Case) -> None:
    case.closure_requested_by_id = None
    case.proposed_reason_id = case.proposed_concluded_on = case.proposed_note = None
