"""Decisions drawn at random, and what a peer thinks of each (R-56)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, PublicId, Versioned, check, enum_type
from lado.models.consultation import Decision
from lado.models.user import User
from lado.rules.peer_audit import PeerView
from lado.rules.quarters import Period
from lado.rules.threshold import Limb


class PeerAudit(PublicId, Base):
    """One draw. `drawn_from` is how many decisions could be drawn, and `drawn_from_sha256` their
    fingerprint (rules/peer_audit.py), so that the draw can be done again from the seed."""

    __tablename__ = "peer_audit"
    __table_args__ = (
        check("period_in_order", "period_start <= period_end"),
        check("size_fits", "asked_for >= 1 AND drawn_from >= 1"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    period_start: Mapped[date]
    period_end: Mapped[date]
    asked_for: Mapped[int]
    drawn_from: Mapped[int]
    drawn_from_sha256: Mapped[str] = mapped_column(String(64))
    seed: Mapped[str] = mapped_column(String(32))
    drawn_at: Mapped[datetime]
    drawn_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    drawn_by: Mapped[User] = relationship()

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)


class AuditedDecision(PublicId, Versioned, Base):
    """Open until its auditor said what they think. `limbs` are those that the auditor finds met."""

    __tablename__ = "audited_decision"
    __table_args__ = (
        UniqueConstraint("peer_audit_id", "number"),
        UniqueConstraint("peer_audit_id", "decision_id"),
        check("view_has_day", "(view IS NULL) = (audited_on IS NULL)"),
        check("view_has_reasons", "(view IS NULL) = (reasons IS NULL)"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    peer_audit_id: Mapped[int] = mapped_column(ForeignKey("peer_audit.id"))
    number: Mapped[int]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    auditor_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    view: Mapped[PeerView | None] = mapped_column(enum_type(PeerView))
    reasons: Mapped[str | None]
    audited_on: Mapped[date | None] = mapped_column(index=True)

    peer_audit: Mapped[PeerAudit] = relationship()
    decision: Mapped[Decision] = relationship()
    auditor: Mapped[User] = relationship()
    limbs: Mapped[list["AuditedLimb"]] = relationship(
        order_by="AuditedLimb.limb", cascade="all, delete-orphan"
    )


class AuditedLimb(Base):
    __tablename__ = "audited_limb"

    audited_decision_id: Mapped[int] = mapped_column(
        ForeignKey("audited_decision.id"), primary_key=True
    )
    limb: Mapped[Limb] = mapped_column(enum_type(Limb), primary_key=True)
