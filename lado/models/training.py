"""Training and briefings that the LADO service gave."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, Entered, PublicId, ShortText, Versioned, check, enum_type
from lado.models.term import Term
from lado.models.user import User
from lado.rules.vocabulary import TrainingKind


class TrainingSession(PublicId, Entered, Versioned, Base):
    """`sector` is the audience's; none: people of several."""

    __tablename__ = "training_session"
    __table_args__ = (
        check("title_not_blank", "trim(title) <> ''"),
        check("somebody_came", "people >= 1"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    held_on: Mapped[date] = mapped_column(index=True)
    kind: Mapped[TrainingKind] = mapped_column(enum_type(TrainingKind))
    title: Mapped[str] = mapped_column(ShortText)
    sector_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    people: Mapped[int]
    logged_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    sector: Mapped[Term | None] = relationship()
    logged_by: Mapped[User] = relationship()
