"""What a case sends on: referrals to the DBS and regulators, and learning."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import (
    Base,
    Disclosable,
    Entered,
    ShortText,
    Versioned,
    check,
    enum_type,
    required_unless_register,
)
from lado.models.term import Term
from lado.rules.vocabulary import (
    LearningKind,
    ReferralBasis,
    ReferralDecision,
)

if TYPE_CHECKING:
    from lado.models.case import Case


class OnwardReferral(Entered, Disclosable, Versioned, Base):
    """To the DBS or a regulator: considered, decided, sent, with the reference as proof (R-14).

    Chased until it is closed (R-58): `chase_on` is the day to ask again.
    """

    __tablename__ = "onward_referral"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        check("referred_not_before_considered",
              "considered_on IS NULL OR referred_on IS NULL OR considered_on <= referred_on"),
        check("considered_stated", required_unless_register("considered_on")),
        check("referred_was_decided", "referred_on IS NULL OR decision = 'refer'"),
        check("decision_has_decider",
              "origin = 'register' OR decision = 'pending' OR decided_by IS NOT NULL"),
        check("no_referral_has_reasons", "decision <> 'no_referral' OR reasons IS NOT NULL"),
        check("acknowledged_was_referred",
              "acknowledged_on IS NULL"
              " OR (referred_on IS NOT NULL AND acknowledged_on >= referred_on)"),
        check("closed_was_referred",
              "closed_on IS NULL OR (referred_on IS NOT NULL AND closed_on >= referred_on)"),
        check("closed_has_result", "(closed_on IS NULL) = (result IS NULL)"),
        check("closed_is_not_chased", "closed_on IS NULL OR chase_on IS NULL"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    body_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    basis: Mapped[ReferralBasis | None] = mapped_column(enum_type(ReferralBasis))
    considered_on: Mapped[date | None] = mapped_column(index=True)
    decision: Mapped[ReferralDecision] = mapped_column(
        enum_type(ReferralDecision), default=ReferralDecision.PENDING
    )
    decided_by: Mapped[str | None] = mapped_column(ShortText)
    reasons: Mapped[str | None]
    referred_on: Mapped[date | None] = mapped_column(index=True)
    reference: Mapped[str | None] = mapped_column(String(60))
    chase_on: Mapped[date | None]
    acknowledged_on: Mapped[date | None] = mapped_column(index=True)
    closed_on: Mapped[date | None]
    result: Mapped[str | None]

    case: Mapped["Case"] = relationship(back_populates="referrals")
    body: Mapped[Term] = relationship(foreign_keys=body_id)

    @property
    def to_whom(self) -> str:
        """The council's own power is another referral than the employer's duty (R-28)."""
        by_power = f" ({ReferralBasis.POWER.label.lower()})"
        return self.body.label + (by_power if self.basis is ReferralBasis.POWER else "")

    @property
    def is_to_send(self) -> bool:
        return self.decision is ReferralDecision.REFER and self.referred_on is None

    @property
    def is_open(self) -> bool:
        """Sent, and they have not closed it."""
        return self.referred_on is not None and self.closed_on is None

    @property
    def is_unproved(self) -> bool:
        proof = self.reference or self.acknowledged_on or self.chase_on
        return self.is_open and not proof


class LearningPoint(Entered, Disclosable, Base):
    __tablename__ = "learning_point"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        check("description_stated", required_unless_register("description")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    theme_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    kind: Mapped[LearningKind] = mapped_column(
        enum_type(LearningKind), default=LearningKind.IMPROVEMENT
    )
    description: Mapped[str | None]

    case: Mapped["Case"] = relationship(back_populates="learning_points")
    theme: Mapped[Term] = relationship(foreign_keys=theme_id)
