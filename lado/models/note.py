"""Notes on a consultation or a case. Append-only: a correction is a new note."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, Disclosable, Entered, check
from lado.models.case import Case
from lado.models.consultation import Consultation
from lado.models.user import User


class Note(Entered, Disclosable, Base):
    """`happened_on` is the day of what it tells; `entered_at` the server's own time."""

    __tablename__ = "note"
    __table_args__ = (
        check("one_home", "(case_id IS NULL) <> (consultation_id IS NULL)"),
        check("text_not_blank", "trim(text) <> ''"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    happened_on: Mapped[date]
    text: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("note.id"))

    case: Mapped[Case | None] = relationship()
    consultation: Mapped[Consultation | None] = relationship()
    author: Mapped[User] = relationship()
