"""Suspension and what is done instead: considered, decided by the employer, reviewed, ended.

Also on a concluded case: what stays in place goes on without it.
"""

from dataclasses import dataclass
from datetime import date

from lado.errors import Refused
from lado.extensions import db
from lado.models import Case, SafetyMeasure, SafetyMeasureReview, Term
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import MeasureDecision, TermGroup
from lado.services import audit
from lado.services.audit import Actor
from lado.services.case_writing import lock_to_change
from lado.services.checks import Checks, next_number
from lado.services.transaction import check_version, writes

SUSPENSION = "suspension"  # the code of the shipped term
ENDED = "This safety measure has ended. Add another where there is a new one."
NOT_IN_PLACE = "This safety measure is not in place."
TEXTS = ("decided_by", "reasons", "alternatives", "support_contact", "passed_on_to")
COLUMNS = ("term_id", "considered_on", "decision", "started_on", "review_on", *TEXTS)


@dataclass(frozen=True)
class MeasureDetails:
    """`decision` is any but ended. In place, it has a day from which and one of its review."""

    term_id: int
    considered_on: date
    decision: MeasureDecision = MeasureDecision.PENDING
    decided_by: str | None = None
    reasons: str | None = None
    alternatives: str | None = None
    started_on: date | None = None
    review_on: date | None = None
    support_contact: str | None = None
    passed_on_to: str | None = None


@writes(AuditAction.MEASURE_ADDED)
def add_measure(case: Case, details: MeasureDetails, *, by: Actor) -> SafetyMeasure:
    lock_to_change(case, by=by)
    _check(details)
    measure = SafetyMeasure(number=next_number(case.safety_measures))
    _fill(measure, details)
    case.safety_measures.append(measure)
    _record(AuditAction.MEASURE_ADDED, measure, by=by)
    return measure


@writes(AuditAction.MEASURE_CHANGED)
def change_measure(
    measure: SafetyMeasure, details: MeasureDetails, *, version: int, by: Actor
) -> None:
    _lock(measure, version, by)
    if measure.decision is MeasureDecision.ENDED:
        raise Refused(ENDED)
    _check(details)
    _fill(measure, details)
    _record(AuditAction.MEASURE_CHANGED, measure, by=by)


@writes(AuditAction.MEASURE_REVIEWED)
def review_measure(
    measure: SafetyMeasure,
    *,
    reviewed_on: date,
    decided: str,
    next_review_on: date,
    version: int,
    by: Actor,
) -> SafetyMeasureReview:
    _lock_in_place(measure, version, by)
    checks = Checks()
    checks.past(reviewed_on, "reviewed_on", "The date of the review")
    checks.that(decided.strip(), "decided", "Enter what was decided")
    started = measure.started_on
    checks.that(
        not started or reviewed_on >= started, "reviewed_on", "It must not be before it started"
    )
    checks.that(
        next_review_on > reviewed_on, "next_review_on", "The next review must be after this one"
    )
    checks.done()
    review = SafetyMeasureReview(
        number=next_number(measure.reviews), reviewed_on=reviewed_on, decided=decided
    )
    measure.reviews.append(review)
    measure.review_on = next_review_on
    _record(AuditAction.MEASURE_REVIEWED, measure, by=by)
    return review


@writes(AuditAction.MEASURE_ENDED)
def end_measure(
    measure: SafetyMeasure, *, ended_on: date, reason: str, version: int, by: Actor
) -> None:
    _lock_in_place(measure, version, by)
    checks = Checks()
    checks.past(ended_on, "ended_on", "The date it ended")
    checks.that(reason.strip(), "reason", "Enter why it ended, and who decided that")
    started = measure.started_on
    checks.that(not started or ended_on >= started, "ended_on", "It must not end before it started")
    checks.done()
    measure.decision, measure.ended_on = MeasureDecision.ENDED, ended_on
    measure.ended_reason = reason
    measure.review_on = measure.passed_on_to = None
    _record(AuditAction.MEASURE_ENDED, measure, by=by)


def _lock(measure: SafetyMeasure, version: int, by: Actor) -> None:
    lock_to_change(measure.case, by=by)
    check_version(measure, version)


def _lock_in_place(measure: SafetyMeasure, version: int, by: Actor) -> None:
    _lock(measure, version, by)
    if not measure.is_in_place:
        raise Refused(NOT_IN_PLACE)


def _check(details: MeasureDetails) -> None:
    checks = Checks()
    checks.terms({"term_id": (TermGroup.SAFETY_MEASURE, details.term_id)})
    checks.past(details.considered_on, "considered_on", "The date it was considered")
    checks.that(
        details.decision is not MeasureDecision.ENDED, "decision", "Choose one of the choices"
    )
    if details.decision is not MeasureDecision.PENDING:
        checks.that((details.decided_by or "").strip(), "decided_by", "Enter who decided")
        checks.that((details.reasons or "").strip(), "reasons", "Enter the reasons")
    _check_alternatives(checks, details)
    _check_in_place(checks, details)
    checks.done()


def _check_alternatives(checks: Checks, details: MeasureDetails) -> None:
    """Alternatives are considered before somebody is suspended (domain.md 3.7)."""
    term = db.session.get(Term, details.term_id)
    suspended = details.decision is MeasureDecision.IN_PLACE and term and term.code == SUSPENSION
    checks.that(
        (details.alternatives or "").strip() or not suspended,
        "alternatives",
        "Enter what else was considered, or why nothing else was possible",
    )


def _check_in_place(checks: Checks, details: MeasureDetails) -> None:
    if details.decision is not MeasureDecision.IN_PLACE:
        return
    checks.that(details.started_on, "started_on", "Enter from when it is in place")
    checks.that(details.review_on, "review_on", "Enter when it is reviewed")
    checks.past(details.started_on, "started_on", "The date from which it is in place")
    if details.started_on and details.review_on:
        checks.that(
            details.review_on > details.started_on,
            "review_on",
            "The review must be after it was put in place",
        )


def _fill(measure: SafetyMeasure, details: MeasureDetails) -> None:
    """What belongs to a measure in place goes when it is not."""
    in_place = details.decision is MeasureDecision.IN_PLACE
    only_in_place = ("started_on", "review_on", "passed_on_to")
    for name in COLUMNS:
        kept = in_place or name not in only_in_place
        setattr(measure, name, (getattr(details, name) or None) if kept else None)


def _record(action: AuditAction, measure: SafetyMeasure, *, by: Actor) -> None:
    audit.record(action, measure.case, by=by, safety_measure=measure.number)
