"""What the sub-group decided to do about what a report told it, and how that goes."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, Entered, PublicId, ShortText, Versioned, check
from lado.models.report import Report
from lado.models.term import Term
from lado.models.user import User


class SubGroupAction(PublicId, Entered, Versioned, Base):
    """In the training programme. Without a `theme` it is a decision of its own, and without a
    `sector` for all. Open until it was done, or dropped with a reason."""

    __tablename__ = "sub_group_action"
    __table_args__ = (
        check("what_not_blank", "trim(what) <> ''"),
        check("owner_not_blank", "trim(owner) <> ''"),
        check("due_not_before_decided", "due_on >= decided_on"),
        check("done_not_before_decided", "done_on IS NULL OR done_on >= decided_on"),
        check("done_or_dropped", "done_on IS NULL OR dropped_on IS NULL"),
        check("dropped_has_reason", "(dropped_on IS NULL) = (dropped_reason IS NULL)"),
        check(
            "end_says_by_whom", "(done_on IS NULL AND dropped_on IS NULL) = (ended_by_id IS NULL)"
        ),
        Index(
            "ix_sub_group_action_open",
            "due_on",
            sqlite_where=text("ended_by_id IS NULL"),
            postgresql_where=text("ended_by_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    sector_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    what: Mapped[str]
    owner: Mapped[str] = mapped_column(ShortText)
    decided_on: Mapped[date]
    due_on: Mapped[date]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    done_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    dropped_reason: Mapped[str | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    report: Mapped[Report] = relationship()
    theme: Mapped[Term | None] = relationship(foreign_keys=theme_id)
    sector: Mapped[Term | None] = relationship(foreign_keys=sector_id)
    added_by: Mapped[User] = relationship(foreign_keys=added_by_id)
    ended_by: Mapped[User | None] = relationship(foreign_keys=ended_by_id)
    progress: Mapped[list["SubGroupProgress"]] = relationship(order_by="SubGroupProgress.number")

    @property
    def is_open(self) -> bool:
        return self.ended_by_id is None


class SubGroupProgress(Base):
    __tablename__ = "sub_group_progress"
    __table_args__ = (
        UniqueConstraint("action_id", "number"),
        check("text_not_blank", "trim(text) <> ''"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("sub_group_action.id"))
    number: Mapped[int]
    noted_on: Mapped[date]
    text: Mapped[str]
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    noted_by: Mapped[User] = relationship()
