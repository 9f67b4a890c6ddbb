"""Decisions are drawn at random and shared out; each auditor says what they think (R-56)."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import AuditedDecision, AuditedLimb, PeerAudit, User
from lado.queries import peer_audits
from lado.rules import peer_audit as rules
from lado.rules.audit import AuditAction
from lado.rules.peer_audit import PeerView
from lado.rules.permissions import Permission
from lado.rules.quarters import Period
from lado.rules.threshold import Limb
from lado.services import audit
from lado.services.checks import Checks
from lado.services.transaction import check_version, writes

NONE_TO_DRAW = (
    "No decision of this period can be drawn: there is none that all of you may know of and "
    "somebody else than one of the auditors made."
)
NOT_YOURS = "This decision was given to somebody else to audit."


@dataclass(frozen=True)
class Judgement:
    """`limbs` are those that the auditor finds met."""

    view: PeerView
    reasons: str
    limbs: Collection[Limb] = field(default=())


@writes(AuditAction.PEER_AUDIT_DRAWN)
def draw(period: Period, *, size: int, auditors: Sequence[User], by: User) -> PeerAudit:
    """From what each of the auditors and `by` may know of."""
    checks = Checks()
    checks.that(size >= 1, "size", "Enter how many decisions are drawn, 1 or more")
    able = auditors and all(one.can(Permission.PEER_AUDIT) for one in auditors)
    checks.that(able, "auditors", "Choose who audits")
    checks.past(period.start, "chosen", "The period")
    checks.done()
    decided_by = peer_audits.drawn_from(period, auditors, by)
    if not decided_by:
        raise Invalid({"chosen": NONE_TO_DRAW})
    peer_audit = _drawn(period, size, decided_by, by)
    _share_out(peer_audit, decided_by, auditors)
    audit.record(
        AuditAction.PEER_AUDIT_DRAWN, peer_audit, by=by, drawn=min(size, peer_audit.drawn_from)
    )
    return peer_audit


@writes(AuditAction.AUDITED_DECISION_JUDGED)
def judge(audited: AuditedDecision, *, judgement: Judgement, version: int, by: User) -> None:
    """May be changed by the auditor."""
    db.session.refresh(audited, with_for_update={"of": AuditedDecision})
    check_version(audited, version)
    if audited.auditor_id != by.id:
        raise Refused(NOT_YOURS)
    checks = Checks()
    checks.that(judgement.reasons.strip(), "reasons", "Enter the reasons for your view")
    checks.done()
    audited.view, audited.reasons = judgement.view, judgement.reasons
    audited.audited_on = clock.today()
    audited.limbs = [AuditedLimb(limb=limb) for limb in judgement.limbs]
    audit.record(AuditAction.AUDITED_DECISION_JUDGED, audited, by=by)


def _drawn(period: Period, size: int, decisions: Collection[int], by: User) -> PeerAudit:
    peer_audit = PeerAudit(
        period_start=period.start,
        period_end=period.end,
        asked_for=size,
        drawn_from=len(decisions),
        drawn_from_sha256=rules.fingerprint(decisions),
        seed=secrets.token_hex(16),
        drawn_at=clock.now(),
        drawn_by_id=by.id,
    )
    db.session.add(peer_audit)
    db.session.flush()
    return peer_audit


def _share_out(peer_audit: PeerAudit, decided_by: dict[int, int], auditors: Sequence[User]) -> None:
    drawn = rules.drawn(peer_audit.seed, decided_by, peer_audit.asked_for)
    deciders = [decided_by[decision] for decision in drawn]
    given = rules.shared_out(deciders, [auditor.id for auditor in auditors])
    db.session.add_all(
        AuditedDecision(
            peer_audit_id=peer_audit.id, number=number, decision_id=decision, auditor_id=auditor
        )
        for number, (decision, auditor) in enumerate(zip(drawn, given, strict=True), start=1)
    )
