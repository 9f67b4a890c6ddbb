"""Notes on a consultation or a case. Append-only: a correction is a new note."""

from datetime import date, time

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, Disclosable, Entered, ShortText, check, enum_type
from lado.models.case import Case
from lado.models.consultation import Consultation
from lado.models.term import Term
from lado.models.user import User
from lado.rules.vocabulary import Direction, NoteKind

CONTACT_HAS_KIND = "kind IS NOT NULL OR (direction IS NULL AND other_party IS NULL)"


class Note(Entered, Disclosable, Base):
    """`happened_on` is the day of what it tells; `entered_at` the server's own time. `kind`,
    `direction` and `other_party` belong to a call or message; `text_agency_id` is their agency."""

    __tablename__ = "note"
    __table_args__ = (
        check("one_home", "(case_id IS NULL) <> (consultation_id IS NULL)"),
        check("text_not_blank", "trim(text) <> ''"),
        check("contact_has_kind", CONTACT_HAS_KIND),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    happened_on: Mapped[date]
    happened_at: Mapped[time | None]
    kind: Mapped[NoteKind | None] = mapped_column(enum_type(NoteKind))
    direction: Mapped[Direction | None] = mapped_column(enum_type(Direction))
    other_party: Mapped[str | None] = mapped_column(ShortText)
    text: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("note.id"))

    case: Mapped[Case | None] = relationship()
    consultation: Mapped[Consultation | None] = relationship()
    author: Mapped[User] = relationship()
    text_agency: Mapped[Term | None] = relationship()

    @property
    def heading(self) -> str:
        if self.kind is None:
            return "Note"
        joined = {Direction.IN: "from", Direction.OUT: "to", None: "with"}[self.direction]
        return (
            f"{self.kind.label} {joined} {self.other_party}"
            if self.other_party
            else (f"{self.kind.label} {joined} them" if self.direction else self.kind.label)
        )
