"""Letters that confirm advice, and the templates they are made from."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import (
    Base,
    Disclosable,
    Entered,
    PublicId,
    ShortText,
    Versioned,
    check,
    enum_type,
)
from lado.models.consultation import Consultation
from lado.models.user import User
from lado.rules.vocabulary import SentHow


class AdviceTemplate(PublicId, Versioned, Base):
    """A retired one is offered no more; letters made from it keep it."""

    __tablename__ = "advice_template"
    __table_args__ = (
        check("title_not_blank", "trim(title) <> ''"),
        check("text_not_blank", "trim(text) <> ''"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(ShortText, unique=True)
    text: Mapped[str]
    retired_on: Mapped[date | None]


class Confirmation(Entered, Disclosable, Versioned, Base):
    """A letter: `to_caller`, or to somebody else, from whom the caller may have to be protected
    (R-43). Once it was sent it is never changed: a further one is a new one."""

    __tablename__ = "confirmation"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        check("recipient_not_blank", "trim(recipient_name) <> ''"),
        check("text_not_blank", "trim(text) <> ''"),
        check(
            "sent_says_how_and_by_whom",
            "(sent_on IS NULL) = (sent_how IS NULL) AND (sent_on IS NULL) = (sent_by_id IS NULL)",
        ),
        check("sent_not_before_written", "sent_on IS NULL OR sent_on >= written_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    template_id: Mapped[int] = mapped_column(ForeignKey("advice_template.id"))
    to_caller: Mapped[bool]
    recipient_name: Mapped[str] = mapped_column(ShortText)
    recipient_role: Mapped[str | None] = mapped_column(ShortText)
    text: Mapped[str]
    written_on: Mapped[date]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    sent_on: Mapped[date | None]
    sent_how: Mapped[SentHow | None] = mapped_column(enum_type(SentHow))
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    consultation: Mapped[Consultation] = relationship()
    template: Mapped[AdviceTemplate] = relationship()
    written_by: Mapped[User] = relationship(foreign_keys=written_by_id)
    sent_by: Mapped[User | None] = relationship(foreign_keys=sent_by_id)
