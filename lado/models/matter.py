"""Several cases that come from one event (R-65), each with an outcome of its own."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, Entered, ShortText, check
from lado.models.case import Case
from lado.models.user import User


class Matter(Entered, Base):
    """It says nothing of the event: who may not know of one of its cases would read of it here."""

    __tablename__ = "matter"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)

    memberships: Mapped[list["MatterCase"]] = relationship(
        back_populates="matter", order_by="MatterCase.id"
    )


class MatterCase(Base):
    """A time during which a case belongs to a matter; to one at a time."""

    __tablename__ = "matter_case"
    __table_args__ = (
        Index(
            "uq_matter_case_current",
            "case_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        check("reason_not_blank", "trim(reason) <> ''"),
        check(
            "leaving_stated",
            "(left_at IS NULL) = (left_by_id IS NULL)"
            " AND (left_at IS NULL) = (left_reason IS NULL)",
        ),
        check("left_not_before_joined", "left_at IS NULL OR left_at >= joined_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    joined_at: Mapped[datetime]
    joined_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(ShortText)
    left_at: Mapped[datetime | None]
    left_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    left_reason: Mapped[str | None] = mapped_column(ShortText)

    matter: Mapped[Matter] = relationship(back_populates="memberships")
    case: Mapped[Case] = relationship()
    joined_by: Mapped[User] = relationship(foreign_keys=joined_by_id)
    left_by: Mapped[User | None] = relationship(foreign_keys=left_by_id)
