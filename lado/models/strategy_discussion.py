"""Strategy discussions, who took part, and the actions that came of them."""

from datetime import date, time
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

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
from lado.models.minutes import Circulation, MinutesCopy, MinutesVersion
from lado.models.term import Term
from lado.models.user import User
from lado.rules.vocabulary import Attendance, DiscussionPurpose, DiscussionStatus

if TYPE_CHECKING:
    from lado.models.case import Case


class StrategyDiscussion(Entered, Disclosable, Versioned, Base):
    """`circulated_on` is the first day on which the minutes that stand went out;
    `first_circulated_on` that of any version, and `corrected_on` when one was last found wrong."""

    __tablename__ = "strategy_discussion"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        check(
            "held_fits_status",
            "(status IN ('held', 'minutes_agreed', 'circulated')) = (held_on IS NOT NULL)",
        ),
        check("scheduled_has_date", "status <> 'scheduled' OR scheduled_on IS NOT NULL"),
        check("cancelled_has_reason", "(status = 'cancelled') = (cancelled_reason IS NOT NULL)"),
        check("circulated_says_when", "(status = 'circulated') = (circulated_on IS NOT NULL)"),
        check("circulated_not_before_held", "circulated_on IS NULL OR circulated_on >= held_on"),
        check("review_not_before_held", "next_review_on IS NULL OR next_review_on >= held_on"),
        check("purpose_stated", required_unless_register("purpose")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    status: Mapped[DiscussionStatus] = mapped_column(
        enum_type(DiscussionStatus), default=DiscussionStatus.SCHEDULED
    )
    purpose: Mapped[DiscussionPurpose | None] = mapped_column(enum_type(DiscussionPurpose))
    joint: Mapped[bool] = mapped_column(default=False)
    scheduled_on: Mapped[date | None] = mapped_column(index=True)
    scheduled_at: Mapped[time | None]
    place: Mapped[str | None] = mapped_column(ShortText)
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    held_on: Mapped[date | None] = mapped_column(index=True)
    next_review_on: Mapped[date | None]
    circulated_on: Mapped[date | None]
    cancelled_reason: Mapped[str | None]
    first_circulated_on: Mapped[date | None] = column_property(
        select(func.min(Circulation.sent_on))
        .join(MinutesCopy, MinutesCopy.id == Circulation.copy_id)
        .join(MinutesVersion, MinutesVersion.id == MinutesCopy.version_id)
        .where(MinutesVersion.discussion_id == id)
        .correlate_except(Circulation, MinutesCopy, MinutesVersion)
        .scalar_subquery()
    )
    corrected_on: Mapped[date | None] = column_property(
        select(func.max(MinutesVersion.corrected_on))
        .where(MinutesVersion.discussion_id == id)
        .correlate_except(MinutesVersion)
        .scalar_subquery()
    )

    case: Mapped["Case"] = relationship(back_populates="discussions")
    chair: Mapped[User | None] = relationship()
    participants: Mapped[list["Participant"]] = relationship(
        back_populates="discussion", order_by="Participant.number"
    )
    minutes: Mapped[list["Minute"]] = relationship(
        back_populates="discussion", order_by="Minute.heading", cascade="all, delete-orphan"
    )
    actions: Mapped[list["Action"]] = relationship(
        back_populates="discussion", order_by="Action.number"
    )
    versions: Mapped[list[MinutesVersion]] = relationship(
        back_populates="discussion", order_by=MinutesVersion.number
    )
    received: Mapped[list["ReceivedInformation"]] = relationship(cascade="all, delete-orphan")

    @property
    def standing(self) -> MinutesVersion | None:
        """The minutes that are agreed, unless they are being corrected."""
        newest = self.versions[-1] if self.versions else None
        return newest if newest and newest.corrected_on is None else None


class Minute(Base):
    """What was said under one heading of `lado.rules.minutes`."""

    __tablename__ = "minute"

    discussion_id: Mapped[int] = mapped_column(
        ForeignKey("strategy_discussion.id"), primary_key=True
    )
    heading: Mapped[str] = mapped_column(String(40), primary_key=True)
    text: Mapped[str]

    discussion: Mapped[StrategyDiscussion] = relationship(back_populates="minutes")


class Participant(Base):
    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("discussion_id", "number"),
        check("left_out_has_reason", "(attendance = 'left_out') = (left_out_reason IS NOT NULL)"),
        check("name_not_blank", "trim(name) <> ''"),
        check(
            "conflict_says_what_was_done",
            "(conflict_of_interest IS NULL) = (conflict_handled IS NULL)",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    discussion_id: Mapped[int] = mapped_column(ForeignKey("strategy_discussion.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(ShortText)
    role: Mapped[str | None] = mapped_column(ShortText)
    agency_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    attendance: Mapped[Attendance] = mapped_column(enum_type(Attendance))
    left_out_reason: Mapped[str | None]
    conflict_of_interest: Mapped[str | None]
    conflict_handled: Mapped[str | None]

    discussion: Mapped[StrategyDiscussion] = relationship(back_populates="participants")
    agency: Mapped[Term] = relationship()


class ReceivedInformation(Base):
    """What an agency was asked for (`lado.rules.requests`) and has sent."""

    __tablename__ = "received_information"

    discussion_id: Mapped[int] = mapped_column(
        ForeignKey("strategy_discussion.id"), primary_key=True
    )
    agency_id: Mapped[int] = mapped_column(ForeignKey("term.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    received_on: Mapped[date]


class Action(Entered, Disclosable, Base):
    """Ends done, or waived with a reason; overdue is worked out, never stored."""

    __tablename__ = "action"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        check("done_or_waived", "done_on IS NULL OR waived_on IS NULL"),
        check("waived_has_reason", "(waived_on IS NULL) = (waived_reason IS NULL)"),
        check("description_not_blank", "trim(description) <> ''"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    discussion_id: Mapped[int | None] = mapped_column(
        ForeignKey("strategy_discussion.id"), index=True
    )
    number: Mapped[int]
    description: Mapped[str]
    owner: Mapped[str] = mapped_column(ShortText)
    agency_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    due_on: Mapped[date] = mapped_column(index=True)
    done_on: Mapped[date | None]
    result: Mapped[str | None]
    waived_on: Mapped[date | None]
    waived_reason: Mapped[str | None]

    case: Mapped["Case"] = relationship(back_populates="actions")
    discussion: Mapped[StrategyDiscussion | None] = relationship(back_populates="actions")
    agency: Mapped[Term] = relationship(foreign_keys=agency_id)
    changes: Mapped[list["ActionChange"]] = relationship(
        back_populates="action", order_by="ActionChange.number"
    )

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.waived_on is None


class ActionChange(Entered, Base):
    """How an action stood before it was changed. `reason`: needed where its day was moved."""

    __tablename__ = "action_change"
    __table_args__ = (
        UniqueConstraint("action_id", "number"),
        check("reason_not_blank", "reason IS NULL OR trim(reason) <> ''"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    number: Mapped[int]
    description: Mapped[str]
    owner: Mapped[str] = mapped_column(ShortText)
    agency_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    due_on: Mapped[date]
    reason: Mapped[str | None]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    action: Mapped[Action] = relationship(back_populates="changes")
    agency: Mapped[Term] = relationship()
    changed_by: Mapped[User] = relationship()
