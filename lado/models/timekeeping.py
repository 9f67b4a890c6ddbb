"""Why a case takes longer than it should, what was chased, and who was reminded."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, Disclosable, Entered, check, enum_type
from lado.models.onward_referral import OnwardReferral
from lado.models.strand import Strand
from lado.models.strategy_discussion import Action, StrategyDiscussion
from lado.models.term import Term
from lado.models.user import User
from lado.rules.vocabulary import Chased, ChasedHow

if TYPE_CHECKING:
    from lado.models.case import Case


class DelayReason(Entered, Disclosable, Base):
    """Of one month (R-12). The newest of a month stands; a correction is a new entry."""

    __tablename__ = "delay_reason"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        check("month_of_a_year", "month BETWEEN 1 AND 12 AND year BETWEEN 1900 AND 2200"),
        check("text_not_blank", "trim(text) <> ''"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    year: Mapped[int]
    month: Mapped[int]
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    text: Mapped[str]
    given_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    case: Mapped["Case"] = relationship(back_populates="delay_reasons")
    term: Mapped[Term] = relationship(foreign_keys=term_id)
    given_by: Mapped[User] = relationship()

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)


class Chase(Entered, Base):
    """Somebody outside was asked again: for an action, for minutes, for a review, an employer for
    what their strand waits for, how another strand stands, or what became of a referral."""

    __tablename__ = "chase"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        check("chased_an_action", "(what = 'action') = (action_id IS NOT NULL)"),
        check(
            "chased_a_discussion", "(what IN ('minutes', 'review')) = (discussion_id IS NOT NULL)"
        ),
        check("chased_a_strand", "(what IN ('employer', 'strand')) = (strand_id IS NOT NULL)"),
        check("chased_a_referral", "(what = 'referral') = (referral_id IS NOT NULL)"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    what: Mapped[Chased] = mapped_column(enum_type(Chased))
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True)
    discussion_id: Mapped[int | None] = mapped_column(
        ForeignKey("strategy_discussion.id"), index=True
    )
    strand_id: Mapped[int | None] = mapped_column(ForeignKey("strand.id"), index=True)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("onward_referral.id"), index=True)
    chased_on: Mapped[date]
    how: Mapped[ChasedHow] = mapped_column(enum_type(ChasedHow))
    chased_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    case: Mapped["Case"] = relationship(back_populates="chases")
    action: Mapped[Action | None] = relationship()
    discussion: Mapped[StrategyDiscussion | None] = relationship()
    strand: Mapped[Strand | None] = relationship()
    referral: Mapped[OnwardReferral | None] = relationship()
    chased_by: Mapped[User] = relationship()

    @property
    def words(self) -> str:
        """`Action 3`; a strand has no number and goes by its own name."""
        if self.strand:
            return self.strand.kind.label
        chased = self.action or self.discussion or self.referral
        return f"{self.what.label} {chased.number}" if chased else self.what.label


class Reminder(Base):
    """The last day on which a user was told by mail that something waits."""

    __tablename__ = "reminder"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    sent_on: Mapped[date]
