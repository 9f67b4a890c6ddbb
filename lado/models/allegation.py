"""What is alleged, and the outcomes it had."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint, text
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
from lado.models.child import Child
from lado.models.consultation import HAPPENED_FITS_PRECISION, ConsultationSubject, Happened
from lado.models.term import Term
from lado.models.user import User
from lado.rules.threshold import Limb
from lado.rules.vocabulary import (
    ChildHelp,
    OutcomeCode,
)

if TYPE_CHECKING:
    from lado.models.case import Case


allegation_child = Table(
    "allegation_child",
    Base.metadata,
    Column("allegation_id", ForeignKey("allegation.id"), primary_key=True),
    Column("child_id", ForeignKey("child.id"), primary_key=True),
)


class Allegation(Entered, Happened, Disclosable, Versioned, Base):
    """`non_recent` is worked out from the dates by the council's rule, or stated without them.
    `subject` is the adult of the consultation that brought it, if one did."""

    __tablename__ = "allegation"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        Index(
            "uq_allegation_primary",
            "case_id",
            unique=True,
            sqlite_where=text("is_primary"),
            postgresql_where=text("is_primary"),
        ),
        check("happened_fits_precision", HAPPENED_FITS_PRECISION),
        check("description_stated", required_unless_register("description")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("consultation_subject.id"))
    number: Mapped[int]
    is_primary: Mapped[bool] = mapped_column(default=False)
    category_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    subcategory_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    context_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    description: Mapped[str | None]
    place: Mapped[str | None] = mapped_column(ShortText)
    non_recent: Mapped[bool | None]

    case: Mapped["Case"] = relationship(back_populates="allegations")
    subject: Mapped[ConsultationSubject | None] = relationship()
    category: Mapped[Term] = relationship(foreign_keys=category_id)
    subcategory: Mapped[Term | None] = relationship(foreign_keys=subcategory_id)
    context: Mapped[Term | None] = relationship(foreign_keys=context_id)
    children: Mapped[list[Child]] = relationship(secondary=allegation_child)
    limbs: Mapped[list["AllegationLimb"]] = relationship(
        order_by="AllegationLimb.limb", cascade="all, delete-orphan"
    )
    outcomes: Mapped[list["Outcome"]] = relationship(
        back_populates="allegation", order_by="Outcome.number"
    )

    @property
    def outcome(self) -> "Outcome | None":
        """The one that stands now."""
        return next((o for o in self.outcomes if o.ended_on is None), None)


class AllegationLimb(Base):
    __tablename__ = "allegation_limb"
    __table_args__ = (
        Index(
            "uq_allegation_limb_primary",
            "allegation_id",
            unique=True,
            sqlite_where=text("is_primary"),
            postgresql_where=text("is_primary"),
        ),
    )

    allegation_id: Mapped[int] = mapped_column(ForeignKey("allegation.id"), primary_key=True)
    limb: Mapped[Limb] = mapped_column(enum_type(Limb), primary_key=True)
    is_primary: Mapped[bool] = mapped_column(default=False)


class Outcome(Entered, Disclosable, Base):
    """Stands on day D when `decided_on` <= D < `ended_on` (no end: still). Never overwritten.

    Malicious and false need their evidence (R-25); `child_help` is whether the child was referred
    for help of their own, considered then (R-26).
    """

    __tablename__ = "outcome"
    __table_args__ = (
        UniqueConstraint("allegation_id", "number"),
        Index(
            "uq_outcome_standing",
            "allegation_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
        check("ended_not_before_decided", "ended_on IS NULL OR ended_on >= decided_on"),
        check("end_has_reason", "(ended_on IS NULL) = (ended_reason IS NULL)"),
        check("reasons_stated", required_unless_register("reasons")),
        check("decider_stated", required_unless_register("decided_by_id")),
        check(
            "disproof_has_evidence",
            "origin = 'register' OR outcome NOT IN ('false', 'malicious') OR evidence IS NOT NULL",
        ),
        check("help_after_disproof", "child_help IS NULL OR outcome IN ('false', 'malicious')"),
        check(
            "help_says_when_and_who",
            "(child_help IS NULL) = (child_help_on IS NULL)"
            " AND (child_help IS NULL) = (child_help_by IS NULL)",
        ),
        check("help_says_why", "(child_help IS NULL) = (child_help_reasons IS NULL)"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    allegation_id: Mapped[int] = mapped_column(ForeignKey("allegation.id"))
    number: Mapped[int]
    outcome: Mapped[OutcomeCode] = mapped_column(enum_type(OutcomeCode))
    reasons: Mapped[str | None]
    evidence: Mapped[str | None]
    decided_on: Mapped[date] = mapped_column(index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str | None]
    child_help: Mapped[ChildHelp | None] = mapped_column(enum_type(ChildHelp))
    child_help_on: Mapped[date | None]
    child_help_by: Mapped[str | None] = mapped_column(ShortText)
    child_help_reasons: Mapped[str | None]

    allegation: Mapped[Allegation] = relationship(back_populates="outcomes")
    decided_by: Mapped[User | None] = relationship()
