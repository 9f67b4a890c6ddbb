""" "Is this person known to you?": asked by another authority, an employer or a vetting body."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import (
    Base,
    Disclosable,
    Entered,
    PublicId,
    Retained,
    ShortText,
    Versioned,
    check,
    enum_type,
)
from lado.models.case import Case
from lado.models.consultation import Consultation
from lado.models.person import Person
from lado.models.term import Term
from lado.models.user import User
from lado.rules.vocabulary import EnquiryAnswer, EnquiryBasis, EnquiryKind, SentHow


class Enquiry(PublicId, Entered, Disclosable, Retained, Versioned, Base):
    """No concern about anybody, so no consultation, and in no figure. The names are those that
    were asked about; `former_names` has one a line. Once the answer was sent nothing changes."""

    __tablename__ = "enquiry"
    __table_args__ = (
        check("surname_not_blank", "trim(surname) <> ''"),
        check("asker_not_blank", "trim(asker_name) <> ''"),
        check(
            "answer_says_why_and_who",
            "(answer IS NULL) = (answer_reasons IS NULL)"
            " AND (answer IS NULL) = (answered_on IS NULL)"
            " AND (answer IS NULL) = (answered_by_id IS NULL)",
        ),
        check(
            "answer_fits_text",
            "(answer_text IS NOT NULL) = (answer IS NOT NULL AND answer = 'disclose')",
        ),
        check("answered_not_before_received", "answered_on IS NULL OR answered_on >= received_on"),
        check(
            "sent_says_how_and_by_whom",
            "(sent_on IS NULL) = (sent_how IS NULL) AND (sent_on IS NULL) = (sent_by_id IS NULL)",
        ),
        check("sent_was_answered", "sent_on IS NULL OR sent_on >= answered_on"),
        check("sent_has_answer", "sent_on IS NULL OR answer IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    received_on: Mapped[date] = mapped_column(index=True)
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[EnquiryKind] = mapped_column(enum_type(EnquiryKind))
    asker_name: Mapped[str] = mapped_column(ShortText)
    asker_role: Mapped[str | None] = mapped_column(ShortText)
    asker_agency_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    asker_contact: Mapped[str | None] = mapped_column(ShortText)
    basis: Mapped[EnquiryBasis] = mapped_column(enum_type(EnquiryBasis))
    purpose: Mapped[str | None]
    surname: Mapped[str] = mapped_column(ShortText)
    forename: Mapped[str | None] = mapped_column(ShortText)
    former_names: Mapped[str | None]
    date_of_birth: Mapped[date | None]
    answer: Mapped[EnquiryAnswer | None] = mapped_column(enum_type(EnquiryAnswer))
    answer_text: Mapped[str | None]
    answer_reasons: Mapped[str | None]
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sent_on: Mapped[date | None]
    sent_how: Mapped[SentHow | None] = mapped_column(enum_type(SentHow))
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    taken_by: Mapped[User] = relationship(foreign_keys=taken_by_id)
    asker_agency: Mapped[Term | None] = relationship(foreign_keys=asker_agency_id)
    answered_by: Mapped[User | None] = relationship(foreign_keys=answered_by_id)
    sent_by: Mapped[User | None] = relationship(foreign_keys=sent_by_id)
    searches: Mapped[list["EnquirySearch"]] = relationship(order_by="EnquirySearch.number")
    considered: Mapped[list["EnquiryRecord"]] = relationship(
        order_by="EnquiryRecord.id", cascade="all, delete-orphan"
    )

    @property
    def names(self) -> list[str]:
        """Each name that was asked about, surname first where it was typed apart."""
        former = (self.former_names or "").splitlines()
        return [f"{self.surname} {self.forename or ''}".strip(), *filter(None, former)]


class EnquirySearch(Base):
    """What was looked for, and when: the names as they were then, one a line."""

    __tablename__ = "enquiry_search"
    __table_args__ = (UniqueConstraint("enquiry_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enquiry_id: Mapped[int] = mapped_column(ForeignKey("enquiry.id"))
    number: Mapped[int]
    searched_at: Mapped[datetime]
    searched_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    names: Mapped[str]
    date_of_birth: Mapped[date | None]
    found: Mapped[int]

    searched_by: Mapped[User] = relationship()


class EnquiryRecord(Base):
    """A record that was considered for the answer."""

    __tablename__ = "enquiry_record"
    __table_args__ = (
        check(
            "one_record",
            "CASE WHEN person_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN consultation_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN case_id IS NULL THEN 0 ELSE 1 END = 1",
        ),
        Index("uq_enquiry_record_person", "enquiry_id", "person_id", unique=True),
        Index("uq_enquiry_record_consultation", "enquiry_id", "consultation_id", unique=True),
        Index("uq_enquiry_record_case", "enquiry_id", "case_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enquiry_id: Mapped[int] = mapped_column(ForeignKey("enquiry.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)

    person: Mapped[Person | None] = relationship()
    consultation: Mapped[Consultation | None] = relationship()
    case: Mapped[Case | None] = relationship()


class EnquiryClosedTo(Base):
    """A user whom they may ask about, or who declared somebody of that name (R-42). As with a
    received form nobody needs to settle it: anybody else can answer the enquiry."""

    __tablename__ = "enquiry_closed_to"

    enquiry_id: Mapped[int] = mapped_column(ForeignKey("enquiry.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
