"""What was decided about concerns of the same category, so that like is decided alike (R-56)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from lado.extensions import db
from lado.models import (
    Consultation,
    ConsultationSubject,
    Decision,
    Position,
    SubjectLimb,
    Term,
    User,
)
from lado.queries import access
from lado.rules.threshold import Limb

MOST = 10
# The latest of the category, among which the most alike are looked for.
LOOKED_AT = 200


@dataclass(frozen=True)
class Similar:
    """`limbs` are by their own order."""

    public_id: str
    reference: str
    decided_on: date
    decision: str
    tier: str | None
    reasons: str | None
    limbs: Sequence[Limb]
    same_context: bool
    same_sector: bool


def similar_decisions(user: User, subject: ConsultationSubject) -> list[Similar]:
    """At most MOST that stand. Those of the same context and sector come first, then those of one
    of the two; among equals the latest."""
    found = db.session.execute(_latest(user, subject)).all()
    alike = {
        row.id: (
            subject.context_id is not None and row.context_id == subject.context_id,
            row.sector_id == subject.position.sector_id,
        )
        for row in found
    }
    closest = sorted(found, key=lambda row: -sum(alike[row.id]))[:MOST]
    limbs = _limbs([row.id for row in closest])
    return [
        Similar(
            row.public_id, row.reference, row.decided_on, row.decision, row.tier, row.reasons,
            limbs.get(row.id, []), *alike[row.id],
        )
        for row in closest
    ]  # fmt: skip


def shares(similar: Sequence[Similar]) -> list[tuple[str, int]]:
    """How many of them were decided in which way, the most first."""
    return Counter(each.decision for each in similar).most_common()


def _latest(user: User, subject: ConsultationSubject) -> Select[*tuple[Any, ...]]:
    other, decided, tier = ConsultationSubject, aliased(Term), aliased(Term)
    return (
        access.visible(user, Consultation)
        .join(other, other.consultation_id == Consultation.id)
        .join(Decision, Decision.subject_id == other.id)
        .join(Position, Position.id == other.position_id)
        .join(decided, decided.id == Decision.term_id)
        .outerjoin(tier, tier.id == Decision.tier_id)
        .where(
            other.category_id == subject.category_id,
            other.consultation_id != subject.consultation_id,
            Decision.ended_on.is_(None),
            Decision.decided_on.is_not(None),
        )
        .with_only_columns(
            other.id,
            other.context_id,
            Position.sector_id,
            Consultation.public_id,
            Consultation.reference,
            Decision.decided_on,
            Decision.reasons,
            decided.label.label("decision"),
            tier.label.label("tier"),
        )
        .order_by(Decision.decided_on.desc(), Decision.id.desc())
        .limit(LOOKED_AT)
    )


def _limbs(subject_ids: Sequence[int]) -> dict[int, list[Limb]]:
    found: dict[int, list[Limb]] = {}
    query = select(SubjectLimb).where(SubjectLimb.subject_id.in_(subject_ids))
    for row in db.session.scalars(query.order_by(SubjectLimb.limb)):
        found.setdefault(row.subject_id, []).append(row.limb)
    return found
