"""What somebody is to come back to on a consultation."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, Disclosable, Entered, check
from lado.models.consultation import Consultation
from lado.models.user import User


class FollowUp(Entered, Disclosable, Base):
    """Open until it was done, or dropped with a reason; `ended_by` is who said so."""

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        check("what_not_blank", "trim(what) <> ''"),
        check("done_or_dropped", "done_on IS NULL OR dropped_on IS NULL"),
        check("dropped_has_reason", "(dropped_on IS NULL) = (dropped_reason IS NULL)"),
        check("result_of_what_was_done", "result IS NULL OR done_on IS NOT NULL"),
        check(
            "end_says_by_whom",
            "(done_on IS NULL AND dropped_on IS NULL) = (ended_by_id IS NULL)",
        ),
        Index(
            "ix_follow_up_open",
            "due_on",
            sqlite_where=text("ended_by_id IS NULL"),
            postgresql_where=text("ended_by_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    what: Mapped[str]
    due_on: Mapped[date]
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    done_on: Mapped[date | None]
    result: Mapped[str | None]
    dropped_on: Mapped[date | None]
    dropped_reason: Mapped[str | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    consultation: Mapped[Consultation] = relationship()
    owner: Mapped[User] = relationship(foreign_keys=owner_id)
    ended_by: Mapped[User | None] = relationship(foreign_keys=ended_by_id)

    @property
    def is_open(self) -> bool:
        return self.ended_by_id is None
