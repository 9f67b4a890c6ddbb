"""Suspension, or what is done instead, while a concern is looked into."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import (
    Base,
    Disclosable,
    Entered,
    ShortText,
    Versioned,
    check,
    enum_type,
)
from lado.models.term import Term
from lado.rules.vocabulary import MeasureDecision

if TYPE_CHECKING:
    from lado.models.case import Case


class SafetyMeasure(Entered, Disclosable, Versioned, Base):
    """The employer decides; the record says who did, why, and what else was thought of.

    In place, it has the day of its next review. `passed_on_to`: who sees to it once the case is
    closed.
    """

    __tablename__ = "safety_measure"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        check("decided_says_who_and_why",
              "decision = 'pending' OR (decided_by IS NOT NULL AND reasons IS NOT NULL)"),
        check("started_fits_decision",
              "(decision IN ('in_place', 'ended')) = (started_on IS NOT NULL)"),
        check("ended_fits_decision", "(decision = 'ended') = (ended_on IS NOT NULL)"),
        check("ended_has_reason", "(ended_on IS NULL) = (ended_reason IS NULL)"),
        check("ended_not_before_started", "ended_on IS NULL OR ended_on >= started_on"),
        check("reviewed_while_in_place", "(decision = 'in_place') = (review_on IS NOT NULL)"),
        check("passed_on_while_in_place", "passed_on_to IS NULL OR decision = 'in_place'"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    considered_on: Mapped[date] = mapped_column(index=True)
    decision: Mapped[MeasureDecision] = mapped_column(enum_type(MeasureDecision))
    decided_by: Mapped[str | None] = mapped_column(ShortText)
    reasons: Mapped[str | None]
    alternatives: Mapped[str | None]
    started_on: Mapped[date | None]
    review_on: Mapped[date | None]
    support_contact: Mapped[str | None] = mapped_column(ShortText)
    passed_on_to: Mapped[str | None] = mapped_column(ShortText)
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str | None]

    case: Mapped["Case"] = relationship(back_populates="safety_measures")
    term: Mapped[Term] = relationship(foreign_keys=term_id)
    reviews: Mapped[list["SafetyMeasureReview"]] = relationship(
        back_populates="measure", order_by="SafetyMeasureReview.number"
    )

    @property
    def is_in_place(self) -> bool:
        return self.decision is MeasureDecision.IN_PLACE

    @property
    def is_settled(self) -> bool:
        """Ended, not used, or passed on: nothing that a case has to wait for."""
        return bool(self.passed_on_to) or self.decision in (
            MeasureDecision.NOT_USED,
            MeasureDecision.ENDED,
        )


class SafetyMeasureReview(Entered, Base):
    """Never changed: what is decided next is another review."""

    __tablename__ = "safety_measure_review"
    __table_args__ = (
        UniqueConstraint("measure_id", "number"),
        check("decided_not_blank", "trim(decided) <> ''"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("safety_measure.id"))
    number: Mapped[int]
    reviewed_on: Mapped[date]
    decided: Mapped[str]

    measure: Mapped[SafetyMeasure] = relationship(back_populates="reviews")
