"""That a manager looked at an alert."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, check
from lado.models.consultation import Consultation
from lado.models.organisation import Organisation
from lado.models.person import Person
from lado.models.user import User


class AlertReview(Base):
    """Of the contacts of an organisation, or of a person: those its author could see."""

    __tablename__ = "alert_review"
    __table_args__ = (
        check("about_one", "(organisation_id IS NULL) <> (person_id IS NULL)"),
        check("note_not_blank", "trim(note) <> ''"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    note: Mapped[str]
    reviewed_at: Mapped[datetime]
    reviewed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    organisation: Mapped[Organisation | None] = relationship()
    person: Mapped[Person | None] = relationship()
    reviewed_by: Mapped[User] = relationship()
    contacts: Mapped[list["AlertReviewContact"]] = relationship(cascade="all, delete-orphan")


class AlertReviewContact(Base):
    """A contact that was looked at. One that is not among them makes the alert new again."""

    __tablename__ = "alert_review_contact"

    review_id: Mapped[int] = mapped_column(ForeignKey("alert_review.id"), primary_key=True)
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultation.id"), primary_key=True, index=True
    )

    consultation: Mapped[Consultation] = relationship()
