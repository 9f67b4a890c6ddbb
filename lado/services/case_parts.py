"""Children, the three strands, onward referrals and learning points of a case.

The first are settled before a case is concluded; what other agencies do, and what is learned, may
be recorded afterwards too.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy.orm.attributes import flag_modified

from lado.errors import Refused
from lado.extensions import db
from lado.models import (
    Case,
    Child,
    LearningPoint,
    OnwardReferral,
    Strand,
    StrandResult,
    Term,
    User,
)
from lado.rules.audit import AuditAction
from lado.rules.regulators import chase_on
from lado.rules.strands import UNSETTLED, Employer
from lado.rules.vocabulary import (
    DBS,
    LearningKind,
    ReferralBasis,
    ReferralDecision,
    Sex,
    StrandKind,
    StrandStatus,
    TermGroup,
    VoiceSought,
)
from lado.services import audit
from lado.services.audit import Actor
from lado.services.case import count_children_in_transaction
from lado.services.case_writing import lock, refuse_unless_open
from lado.services.checks import Checks, next_number
from lado.services.employer import check_employer
from lado.services.transaction import check_version, writes

RESULTS_OF = {
    StrandKind.POLICE: TermGroup.POLICE_OUTCOME,
    StrandKind.SOCIAL_CARE: TermGroup.SOCIAL_CARE_OUTCOME,
    StrandKind.EMPLOYER: TermGroup.EMPLOYER_OUTCOME,
}
OLDEST_CHILD = 25
STRAND_COLUMNS = (
    "status", "lead", "started_on", "ended_on", "review_on", "consulted_on", "consulted_with",
    "reference",
)  # fmt: skip


@dataclass(frozen=True)
class ChildDetails:
    """The age is at the time of the concern. Survivors grown up since are no older than 25 then."""

    name: str | None = None
    age: int | None = None
    sex: Sex | None = None
    looked_after: bool | None = None
    social_care_reference: str | None = None
    voice: VoiceSought = VoiceSought.NOT_YET
    voice_reason: str | None = None
    view: str | None = None


@writes(AuditAction.CHILD_ADDED)
def add_child(case: Case, details: ChildDetails, *, by: Actor) -> Child:
    lock(case)
    refuse_unless_open(case)
    _check_child(details)
    child = Child(number=next_number(case.child_records), **_cleared(asdict(details)))
    case.child_records.append(child)
    count_children_in_transaction(case)
    audit.record(AuditAction.CHILD_ADDED, case, by=by, child=child.number)
    return child


@writes(AuditAction.CHILD_CHANGED)
def change_child(child: Child, details: ChildDetails, *, version: int, by: Actor) -> None:
    case = _case_of(child)
    lock(case)
    check_version(child, version)
    refuse_unless_open(case)
    _check_child(details)
    for field, value in _cleared(asdict(details)).items():
        setattr(child, field, value)
    audit.record(AuditAction.CHILD_CHANGED, case, by=by, child=child.number)


def _case_of(child: Child) -> Case:
    if child.case is None:
        raise Refused("This child is recorded on a consultation, not on a case.")
    return child.case


def _check_child(details: ChildDetails) -> None:
    checks = Checks()
    checks.that(
        details.age is None or 0 <= details.age <= OLDEST_CHILD,
        "age",
        f"Age must be from 0 to {OLDEST_CHILD}",
    )
    checks.that(
        details.voice is not VoiceSought.NOT_SOUGHT or (details.voice_reason or "").strip(),
        "voice_reason",
        "Enter why the child’s view was not sought",
    )
    checks.done()


def _cleared(fields: dict[str, object]) -> dict[str, object]:
    """Blank text is no text."""
    return {name: None if value == "" else value for name, value in fields.items()}


@dataclass(frozen=True)
class StrandDetails:
    """`result_id` is a new result, as known on `reported_on`; without one the last one stands.
    `reference` is the agency's own: of the police, the crime's. Only the employer's strand says how
    an `employer` deals with it."""

    status: StrandStatus
    lead: str | None = None
    started_on: date | None = None
    ended_on: date | None = None
    review_on: date | None = None
    consulted_on: date | None = None
    consulted_with: str | None = None
    reference: str | None = None
    employer: Employer = UNSETTLED
    result_id: int | None = None
    reported_on: date | None = None
    detail: str | None = None


@writes(AuditAction.STRAND_CHANGED)
def change_strand(strand: Strand, details: StrandDetails, *, version: int, by: Actor) -> None:
    case = strand.case
    lock(case)
    check_version(strand, version)
    _check_strand(strand, details)
    for field in STRAND_COLUMNS:
        setattr(strand, field, getattr(details, field) or None)
    for field, value in asdict(details.employer).items():
        setattr(strand, field, value)
    flag_modified(strand, "status")  # a new result alone is a new version too
    if details.result_id is not None and details.reported_on is not None:
        _add_result(strand, details, details.result_id, details.reported_on)
    audit.record(AuditAction.STRAND_CHANGED, case, by=by, fields=[strand.kind])


def _check_strand(strand: Strand, details: StrandDetails) -> None:
    checks = Checks()
    checks.terms({"result_id": (RESULTS_OF[strand.kind], details.result_id)})
    ended = details.status is StrandStatus.ENDED
    checks.that(details.ended_on or not ended, "ended_on", "Enter when it ended")
    checks.that(ended or not details.ended_on, "ended_on", "Leave this empty until it has ended")
    checks.that(not (ended and details.review_on), "review_on", "Leave this empty: it has ended")
    _check_consulted(checks, details)
    if details.employer.way:
        of_employer = strand.kind is StrandKind.EMPLOYER
        applies = of_employer and details.status is not StrandStatus.NOT_APPLICABLE
        checks.that(applies, "way", "Leave this empty: it does not apply")
    check_employer(checks, details.employer, ended_on=details.ended_on)
    checks.past(details.started_on, "started_on", "The date it started")
    checks.past(details.ended_on, "ended_on", "The date it ended")
    if details.started_on and details.ended_on:
        checks.that(
            details.started_on <= details.ended_on, "ended_on", "It must not end before it started"
        )
    has_result = details.result_id is not None
    checks.that(
        details.reported_on or not has_result, "reported_on", "Enter when the result was reported"
    )
    checks.that(
        has_result or not (details.reported_on or details.detail), "result_id", "Choose the result"
    )
    checks.past(details.reported_on, "reported_on", "The date of the result")
    earlier = strand.result
    if details.reported_on and earlier and earlier.reported_on:
        checks.that(
            details.reported_on >= earlier.reported_on,
            "reported_on",
            "The new result must not be before the one that stands now",
        )
    checks.done()


def _check_consulted(checks: Checks, details: StrandDetails) -> None:
    checks.past(details.consulted_on, "consulted_on", "The date they were consulted")
    checks.that(
        details.consulted_on or not details.consulted_with,
        "consulted_on",
        "Enter when they were consulted",
    )


def _add_result(strand: Strand, details: StrandDetails, result_id: int, reported_on: date) -> None:
    if strand.result is not None:
        strand.result.ended_on = reported_on
        db.session.flush()  # one result stands at a time
    strand.results.append(
        StrandResult(
            number=next_number(strand.results),
            term_id=result_id,
            reported_on=reported_on,
            detail=details.detail or None,
        )
    )


@dataclass(frozen=True)
class ReferralDetails:
    """To the DBS or a regulator. The employer's duty and the council's power are apart (R-28): a
    referral to the DBS says which it is."""

    body_id: int
    considered_on: date | None
    decision: ReferralDecision = ReferralDecision.PENDING
    basis: ReferralBasis | None = None
    decided_by: str | None = None
    reasons: str | None = None
    referred_on: date | None = None
    reference: str | None = None
    chase_on: date | None = None
    acknowledged_on: date | None = None
    closed_on: date | None = None
    result: str | None = None


@writes(AuditAction.REFERRAL_ADDED)
def add_referral(case: Case, details: ReferralDetails, *, by: Actor) -> OnwardReferral:
    lock(case)
    _check_referral(details)
    referral = OnwardReferral(number=next_number(case.referrals), **_columns(details))
    case.referrals.append(referral)
    audit.record(AuditAction.REFERRAL_ADDED, case, by=by, referral=referral.number)
    return referral


@writes(AuditAction.REFERRAL_CHANGED)
def change_referral(
    referral: OnwardReferral, details: ReferralDetails, *, version: int, by: Actor
) -> None:
    lock(referral.case)
    check_version(referral, version)
    _check_referral(details)
    for field, value in _columns(details).items():
        setattr(referral, field, value)
    audit.record(AuditAction.REFERRAL_CHANGED, referral.case, by=by, referral=referral.number)


def _check_referral(details: ReferralDetails) -> None:
    checks = Checks()
    checks.terms({"body_id": (TermGroup.REFERRAL_BODY, details.body_id)})
    decided = details.decision is not ReferralDecision.PENDING
    checks.that(details.considered_on, "considered_on", "Enter when this was considered")
    checks.past(details.considered_on, "considered_on", "The date it was considered")
    checks.past(details.referred_on, "referred_on", "The date it was referred")
    checks.that(
        (details.decided_by or "").strip() or not decided, "decided_by", "Enter who decided"
    )
    checks.that(
        (details.reasons or "").strip() or details.decision is not ReferralDecision.NO_REFERRAL,
        "reasons",
        "Enter why no referral is needed",
    )
    checks.that(
        details.decision is ReferralDecision.REFER or not details.referred_on,
        "decision",
        f"Choose “{ReferralDecision.REFER.label}”, since a date of referral is given",
    )
    if details.considered_on and details.referred_on:
        checks.that(
            details.considered_on <= details.referred_on,
            "referred_on",
            "It must not be referred before it was considered",
        )
    _check_basis(checks, details)
    _check_course(checks, details)
    checks.done()


def _columns(details: ReferralDetails) -> dict[str, object]:
    """What is sent is asked after until it is closed, on a day of ours where none is given."""
    waits = details.referred_on and not (details.closed_on or details.chase_on)
    day = chase_on(details.referred_on) if waits and details.referred_on else details.chase_on
    return _cleared(asdict(replace(details, chase_on=day)))


def _check_basis(checks: Checks, details: ReferralDetails) -> None:
    body = db.session.get(Term, details.body_id)
    checks.that(
        details.basis or body is None or body.code != DBS,
        "basis",
        "Choose whether it is the employer’s duty or the council’s power",
    )


def _check_course(checks: Checks, details: ReferralDetails) -> None:
    """What becomes of it once it is sent."""
    for field, day in (
        ("acknowledged_on", details.acknowledged_on), ("closed_on", details.closed_on),
    ):  # fmt: skip
        checks.past(day, field, "The date")
        sent = details.referred_on
        checks.that(day is None or sent, field, "Enter first when it was sent")
        checks.that(not (day and sent and day < sent), field, "It must not be before it was sent")
    closed = details.closed_on is not None
    result = bool((details.result or "").strip())
    checks.that(result or not closed, "result", "Enter what came of it")
    checks.that(closed or not result, "closed_on", "Enter when it was closed")
    checks.that(not (closed and details.chase_on), "chase_on", "Leave this empty: it is closed")


@writes(AuditAction.REFERRAL_DOWNLOADED)
def pack_downloaded(referral: OnwardReferral, *, by: Actor) -> None:
    audit.record(AuditAction.REFERRAL_DOWNLOADED, referral.case, by=by, referral=referral.number)


@writes(AuditAction.LEARNING_ADDED)
def add_learning(
    case: Case, *, theme_id: int, kind: LearningKind, description: str, by: Actor
) -> LearningPoint:
    lock(case)
    _clear_no_learning(case)
    checks = Checks()
    checks.terms({"theme_id": (TermGroup.LEARNING_THEME, theme_id)})
    checks.that(description.strip(), "description", "Enter what was learned")
    checks.done()
    point = LearningPoint(
        number=next_number(case.learning_points),
        theme_id=theme_id,
        kind=kind,
        description=description,
    )
    case.learning_points.append(point)
    audit.record(AuditAction.LEARNING_ADDED, case, by=by, learning=point.number)
    return point


@writes(AuditAction.LEARNING_NONE)
def record_no_learning(case: Case, *, said_on: date, reason: str, by: User) -> None:
    """That somebody looked and found nothing, which a case without learning points does not say."""
    lock(case)
    if case.learning_points:
        raise Refused("Learning is recorded on this case, so it cannot be said that there is none.")
    checks = Checks()
    checks.past(said_on, "said_on", "The date")
    checks.that(reason.strip(), "reason", "Enter why there is no learning")
    checks.done()
    case.learning_none_on, case.learning_none_by_id = said_on, by.id
    case.learning_none_reason = reason
    audit.record(AuditAction.LEARNING_NONE, case, by=by)


def _clear_no_learning(case: Case) -> None:
    case.learning_none_on = case.learning_none_by_id = case.learning_none_reason = None
