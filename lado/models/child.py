"""A child of a case or a consultation."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import (
    Base,
    Disclosable,
    Entered,
    ShortText,
    Versioned,
    check,
    enum_type,
)
from lado.models.consultation import Consultation
from lado.rules.vocabulary import (
    Sex,
    VoiceSought,
)

if TYPE_CHECKING:
    from lado.models.case import Case


class Child(Entered, Disclosable, Versioned, Base):
    """A child of a case or a consultation, named or described only."""

    __tablename__ = "child"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        UniqueConstraint("consultation_id", "number"),
        check("one_home", "(case_id IS NULL) <> (consultation_id IS NULL)"),
        check("age_possible", "age BETWEEN 0 AND 25"),
        check("reason_when_not_sought", "voice <> 'not_sought' OR voice_reason IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    name: Mapped[str | None] = mapped_column(ShortText)
    age: Mapped[int | None]
    sex: Mapped[Sex | None] = mapped_column(enum_type(Sex))
    looked_after: Mapped[bool | None]
    social_care_reference: Mapped[str | None] = mapped_column(String(60))
    voice: Mapped[VoiceSought] = mapped_column(enum_type(VoiceSought), default=VoiceSought.NOT_YET)
    voice_reason: Mapped[str | None]
    view: Mapped[str | None]

    case: Mapped["Case | None"] = relationship(back_populates="child_records")
    consultation: Mapped[Consultation | None] = relationship()
