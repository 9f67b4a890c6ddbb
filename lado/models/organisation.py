"""Employers and settings."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, Entered, PublicId, ShortText, Versioned, check
from lado.models.term import Term


class Organisation(PublicId, Entered, Versioned, Base):
    """`folded` is the name without case, accents or punctuation: near duplicates meet there."""

    __tablename__ = "organisation"
    __table_args__ = (check("name_not_blank", "trim(name) <> ''"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(ShortText)
    folded: Mapped[str] = mapped_column(String(210), index=True)
    sector_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    subsector_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    school_phase_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    school_type_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    small_voluntary: Mapped[bool | None]

    sector: Mapped[Term] = relationship(foreign_keys=sector_id)
    subsector: Mapped[Term | None] = relationship(foreign_keys=subsector_id)
    school_phase: Mapped[Term | None] = relationship(foreign_keys=school_phase_id)
    school_type: Mapped[Term | None] = relationship(foreign_keys=school_type_id)
