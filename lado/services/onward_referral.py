"""Referrals to the DBS and to regulators: considered, decided, sent, chased until closed (R-58).

Also of a concluded case: what becomes of a referral is recorded when it is known.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date

from lado.extensions import db
from lado.models import Case, OnwardReferral, Term
from lado.rules.audit import AuditAction
from lado.rules.regulators import chase_on
from lado.rules.vocabulary import DBS, ReferralBasis, ReferralDecision, TermGroup
from lado.services import audit
from lado.services.audit import Actor
from lado.services.case_writing import lock_to_change
from lado.services.checks import Checks, next_number
from lado.services.transaction import check_version, writes

SENT = (
    "This referral was sent. If it is withdrawn, enter when it was closed, and why under “What "
    "came of it?”"
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
    lock_to_change(case, by=by)
    _check_referral(details)
    referral = OnwardReferral(number=next_number(case.referrals), **_columns(details))
    case.referrals.append(referral)
    audit.record(AuditAction.REFERRAL_ADDED, case, by=by, referral=referral.number)
    return referral


@writes(AuditAction.REFERRAL_CHANGED)
def change_referral(
    referral: OnwardReferral, details: ReferralDetails, *, version: int, by: Actor
) -> None:
    lock_to_change(referral.case, by=by)
    check_version(referral, version)
    _check_sent_stays(referral, details)
    _check_referral(details)
    for field, value in _columns(details).items():
        setattr(referral, field, value)
    audit.record(AuditAction.REFERRAL_CHANGED, referral.case, by=by, referral=referral.number)


def _check_sent_stays(referral: OnwardReferral, details: ReferralDetails) -> None:
    """What was sent is not undone; it is withdrawn, and stays on record as sent and closed."""
    if referral.referred_on is None:
        return
    checks = Checks()
    checks.that(details.decision is referral.decision, "decision", SENT)
    checks.that(details.referred_on, "referred_on", SENT)
    checks.that(details.body_id == referral.body_id, "body_id", SENT)
    checks.done()


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
    return {
        name: None if value == "" else value
        for name, value in asdict(replace(details, chase_on=day)).items()
    }


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
