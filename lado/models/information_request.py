"""A question from outside, under the Freedom of Information Act 2000, and the figures that answer
it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, Entered, PublicId, Versioned, check
from lado.models.user import User
from lado.rules import information_requests as rules

LONGEST_NUMBER = 40


class InformationRequest(PublicId, Entered, Versioned, Base):
    """`number` is the council's own. `figures` hold what the answer hides, and the words of the
    answer. Once it is answered nothing changes: another answer is a record of its own."""

    __tablename__ = "information_request"
    __table_args__ = (
        Index(
            "uq_information_request_unanswered",
            "number",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
        check("number_not_blank", "trim(number) <> ''"),
        check("question_not_blank", "trim(question) <> ''"),
        check(
            "drawing_is_whole",
            "(drawn_at IS NULL) = (drawn_by_id IS NULL)"
            " AND (drawn_at IS NULL) = (figures IS NULL)"
            " AND (drawn_at IS NULL) = (definitions_version IS NULL)",
        ),
        check("answer_is_drawn", "answered_at IS NULL OR drawn_at IS NOT NULL"),
        check(
            "answering_is_whole",
            "(answered_at IS NULL) = (answered_by_id IS NULL)"
            " AND (answered_at IS NULL) = (figures_sha256 IS NULL)",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(LONGEST_NUMBER))
    received_on: Mapped[date] = mapped_column(index=True)
    question: Mapped[str]
    logged_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    definitions_version: Mapped[str | None] = mapped_column(String(20))
    drawn_at: Mapped[datetime | None]
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_at: Mapped[datetime | None] = mapped_column(index=True)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    figures_sha256: Mapped[str | None] = mapped_column(String(64))

    logged_by: Mapped[User] = relationship(foreign_keys=logged_by_id)
    drawn_by: Mapped[User | None] = relationship(foreign_keys=drawn_by_id)
    answered_by: Mapped[User | None] = relationship(foreign_keys=answered_by_id)

    @property
    def due_on(self) -> date:
        return rules.due_on(self.received_on)
