"""What the LADO service gave beside its cases, and what peers thought of its decisions."""

from sqlalchemy import select

from lado.models import AuditedDecision, ConsultationSubject, Decision, TrainingSession
from lado.reports.populations.parts import Statement, in_period


def training() -> Statement:
    """Found in no consultation or case."""
    return select(
        TrainingSession.id.label("id"),
        TrainingSession.kind.label("kind"),
        TrainingSession.sector_id.label("sector"),
        TrainingSession.people.label("people"),
    ).where(in_period(TrainingSession.held_on))


def audited() -> Statement:
    """One row a decision that a peer audited, with the consultation it was made on."""
    return (
        select(ConsultationSubject.consultation_id.label("id"), AuditedDecision.view.label("view"))
        .join(Decision, Decision.subject_id == ConsultationSubject.id)
        .join(AuditedDecision, AuditedDecision.decision_id == Decision.id)
        .where(in_period(AuditedDecision.audited_on))
    )
