"""Another authority that a case or a consultation concerns (R-21)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, Entered, ShortText, Versioned, check, enum_type
from lado.models.case import Case
from lado.models.consultation import Consultation
from lado.models.user import User
from lado.rules.transfer import AuthorityPart


class OtherAuthority(Versioned, Entered, Base):
    """`contact` is whom we deal with there; `told` is who was told, on `told_on`. The columns of
    the pack are of the newest transfer file that was made for them."""

    __tablename__ = "other_authority"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        UniqueConstraint("consultation_id", "number"),
        check("one_home", "(case_id IS NULL) <> (consultation_id IS NULL)"),
        check("authority_not_blank", "trim(authority) <> ''"),
        check("told_says_when", "(told IS NULL) = (told_on IS NULL)"),
        check(
            "pack_says_when_and_by_whom",
            "(pack_stored_as IS NULL) = (pack_made_at IS NULL)"
            " AND (pack_stored_as IS NULL) = (pack_made_by_id IS NULL)"
            " AND (pack_stored_as IS NULL) = (pack_sha256 IS NULL)",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    part: Mapped[AuthorityPart] = mapped_column(enum_type(AuthorityPart))
    authority: Mapped[str] = mapped_column(ShortText)
    contact: Mapped[str | None] = mapped_column(ShortText)
    told: Mapped[str | None] = mapped_column(ShortText)
    told_on: Mapped[date | None]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    pack_stored_as: Mapped[str | None] = mapped_column(String(32), unique=True)
    pack_sha256: Mapped[str | None] = mapped_column(String(64))
    pack_made_at: Mapped[datetime | None]
    pack_made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    case: Mapped[Case | None] = relationship()
    consultation: Mapped[Consultation | None] = relationship()
    added_by: Mapped[User] = relationship(foreign_keys=added_by_id)
    pack_made_by: Mapped[User | None] = relationship(foreign_keys=pack_made_by_id)
