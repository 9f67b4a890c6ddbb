"""What is alleged, and what the LADO concluded about each allegation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm.attributes import flag_modified

from lado import clock
from lado.errors import Refused
from lado.extensions import db
from lado.models import Allegation, AllegationLimb, Case, Outcome, User
from lado.queries import settings
from lado.rules.audit import AuditAction
from lado.rules.case_outcome import DISPROVED
from lado.rules.threshold import Limb, is_non_recent, limbs_on
from lado.rules.vocabulary import ChildHelp, DatePrecision, OutcomeCode, TermGroup
from lado.services import audit
from lado.services.audit import Actor
from lado.services.case_writing import lock, lock_to_change, refuse_unless_open, was_open, when_open
from lado.services.checks import Checks, next_number
from lado.services.transaction import check_version, writes

NO_HELP_ASKED = "Help for a child is considered where the outcome is false or malicious."


@dataclass(frozen=True)
class AllegationDetails:
    """`non_recent` counts only where no date is known; otherwise it is worked out."""

    category_id: int
    description: str
    limbs: Collection[Limb]
    primary_limb: Limb | None = None
    subcategory_id: int | None = None
    context_id: int | None = None
    place: str | None = None
    happened_precision: DatePrecision = DatePrecision.NOT_KNOWN
    happened_from: date | None = None
    happened_to: date | None = None
    non_recent: bool | None = None
    children: Collection[int] = ()


@writes(AuditAction.ALLEGATION_ADDED)
def add_allegation(case: Case, details: AllegationDetails, *, by: Actor) -> Allegation:
    lock(case)
    refuse_unless_open(case)
    _check(case, details)
    allegation = Allegation(number=next_number(case.allegations), category_id=details.category_id)
    allegation.is_primary = not case.allegations
    _fill(case, allegation, details)
    case.allegations.append(allegation)
    audit.record(AuditAction.ALLEGATION_ADDED, case, by=by, allegation=allegation.number)
    return allegation


@writes(AuditAction.ALLEGATION_CHANGED)
def change_allegation(
    allegation: Allegation, details: AllegationDetails, *, version: int, by: Actor
) -> None:
    case = allegation.case
    lock(case)
    check_version(allegation, version)
    refuse_unless_open(case)
    _check(case, details)
    _fill(case, allegation, details)
    flag_modified(allegation, "category_id")  # limbs and children alone are a new version too
    audit.record(AuditAction.ALLEGATION_CHANGED, case, by=by, allegation=allegation.number)


@writes(AuditAction.ALLEGATION_CHANGED)
def make_primary(allegation: Allegation, *, by: Actor) -> None:
    """The primary allegation's category is the case's in every figure."""
    case = allegation.case
    lock(case)
    refuse_unless_open(case)
    case.primary_allegation.is_primary = False
    db.session.flush()  # a case has one at a time
    allegation.is_primary = True
    audit.record(AuditAction.ALLEGATION_CHANGED, case, by=by, allegation=allegation.number)


def _check(case: Case, details: AllegationDetails) -> None:
    checks = Checks()
    checks.terms(
        {
            "category_id": (TermGroup.CATEGORY, details.category_id),
            "subcategory_id": (TermGroup.SUBCATEGORY, details.subcategory_id),
            "context_id": (TermGroup.CONTEXT, details.context_id),
        }
    )
    checks.that(details.description.strip(), "description", "Enter what is alleged")
    checks.that(details.limbs, "limbs", "Choose at least one way in which the threshold may be met")
    before = [row.limb for allegation in case.allegations for row in allegation.limbs]
    in_force = {*limbs_on(case.received_on), *before}
    checks.that(
        in_force.issuperset(details.limbs),
        "limbs",
        "Choose from the threshold that was in force when the case was received",
    )
    _check_main_limb(checks, details)
    _check_dates(checks, details)
    checks.done()


def _check_main_limb(checks: Checks, details: AllegationDetails) -> None:
    main = details.primary_limb
    checks.that(
        main is not None or len(details.limbs) < 2,  # noqa: PLR2004 - only one is the main one
        "primary_limb",
        "Choose which one applies most",
    )
    checks.that(
        main is None or main in details.limbs, "primary_limb", "Choose one of those ticked above"
    )


def _check_dates(checks: Checks, details: AllegationDetails) -> None:
    checks.past(details.happened_from, "happened_from", "The date it happened")
    checks.past(details.happened_to, "happened_to", "The date it ended")
    if details.happened_precision is not DatePrecision.NOT_KNOWN:
        checks.that(details.happened_from, "happened_from", "Enter when it happened")
    if details.happened_precision is DatePrecision.BETWEEN:
        checks.that(details.happened_to, "happened_to", "Enter the later of the two dates")
        if details.happened_from and details.happened_to:
            checks.that(
                details.happened_from <= details.happened_to,
                "happened_to",
                "The later date must not be before the earlier one",
            )


def _fill(case: Case, allegation: Allegation, details: AllegationDetails) -> None:
    precision = details.happened_precision
    known = precision is not DatePrecision.NOT_KNOWN
    allegation.category_id = details.category_id
    allegation.subcategory_id = details.subcategory_id
    allegation.context_id = details.context_id
    allegation.description = details.description
    allegation.place = details.place or None
    allegation.happened_precision = precision
    allegation.happened_from = details.happened_from if known else None
    allegation.happened_to = details.happened_to if precision is DatePrecision.BETWEEN else None
    allegation.non_recent = non_recent(case, allegation, stated=details.non_recent)
    allegation.children = [c for c in case.child_records if c.number in set(details.children)]
    _set_limbs(allegation, details)


def non_recent(case: Case, allegation: Allegation, *, stated: bool | None) -> bool | None:
    """What went on until lately is not non-recent, so the later date counts."""
    happened = allegation.happened_to or allegation.happened_from
    months = settings.get_number("non_recent_after_months")
    computed = is_non_recent(happened, case.received_on, after_months=months)
    return stated if computed is None else computed


def _set_limbs(allegation: Allegation, details: AllegationDetails) -> None:
    chosen = set(details.limbs)
    main = details.primary_limb or next(iter(chosen))
    there = {row.limb: row for row in allegation.limbs}
    for row in allegation.limbs:
        row.is_primary = False
    db.session.flush()  # an allegation has one main limb at a time
    allegation.limbs = [there.get(limb) or AllegationLimb(limb=limb) for limb in chosen]
    for row in allegation.limbs:
        row.is_primary = row.limb is main


@writes(AuditAction.OUTCOME_RECORDED)
def record_outcome(
    allegation: Allegation,
    *,
    outcome: OutcomeCode,
    reasons: str,
    evidence: str,
    decided_on: date,
    change_reason: str = "",
    version: int,
    by: User,
) -> Outcome:
    """The outcome before stays on record, ended on the day this one stands from."""
    case = allegation.case
    lock(case)
    check_version(allegation, version)
    refuse_unless_open(case)
    earlier = allegation.outcome
    checks = Checks()
    checks.that(reasons.strip(), "reasons", "Enter the reasons for the outcome")
    checks.that(
        evidence.strip() or outcome not in DISPROVED,
        "evidence",
        f"Enter the evidence that disproves the allegation: “{outcome.label}” needs it",
    )
    _check_outcome_date(checks, case, earlier, decided_on)
    checks.that(
        change_reason.strip() or earlier is None,
        "change_reason",
        "Enter why the outcome has changed, or why it stands",
    )
    checks.done()
    if earlier is not None:
        earlier.ended_on, earlier.ended_reason = decided_on, change_reason
        db.session.flush()  # one outcome stands at a time
    row = Outcome(
        number=next_number(allegation.outcomes),
        outcome=outcome,
        reasons=reasons,
        evidence=evidence or None,
        decided_on=decided_on,
        decided_by_id=by.id,
    )
    allegation.outcomes.append(row)
    flag_modified(allegation, "category_id")
    audit.record(AuditAction.OUTCOME_RECORDED, case, by=by, allegation=allegation.number)
    return row


def _check_outcome_date(
    checks: Checks, case: Case, earlier: Outcome | None, decided_on: date
) -> None:
    checks.that(decided_on <= clock.today(), "decided_on", "The date must not be in the future")
    checks.that(was_open(case, decided_on), "decided_on", when_open(case))
    checks.that(
        earlier is None or decided_on >= earlier.decided_on,
        "decided_on",
        "The new outcome must not be before the one that stands now",
    )


@dataclass(frozen=True)
class ChildHelpDetails:
    help: ChildHelp
    considered_on: date
    decided_by: str
    reasons: str


@writes(AuditAction.CHILD_HELP_CONSIDERED)
def record_child_help(
    allegation: Allegation, details: ChildHelpDetails, *, version: int, by: User
) -> None:
    """After an outcome that says the allegation is not true (R-26). Also on a concluded case."""
    case = allegation.case
    lock_to_change(case, by=by)
    check_version(allegation, version)
    outcome = allegation.outcome
    if outcome is None or outcome.outcome not in DISPROVED:
        raise Refused(NO_HELP_ASKED)
    checks = Checks()
    checks.past(details.considered_on, "considered_on", "The date it was considered")
    checks.that(details.decided_by.strip(), "decided_by", "Enter who decided")
    checks.that(details.reasons.strip(), "reasons", "Enter the reasons")
    checks.done()
    outcome.child_help, outcome.child_help_on = details.help, details.considered_on
    outcome.child_help_by, outcome.child_help_reasons = details.decided_by, details.reasons
    flag_modified(allegation, "category_id")
    audit.record(AuditAction.CHILD_HELP_CONSIDERED, case, by=by, allegation=allegation.number)
