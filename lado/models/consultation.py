"""A contact with the LADO, the adults it is about, and what was decided for each of them."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import Column, ForeignKey, Index, String, Table, UniqueConstraint, text
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
    required_unless_register,
)
from lado.models.organisation import Organisation
from lado.models.person import Person, Position
from lado.models.term import Term
from lado.models.user import User
from lado.rules.threshold import Limb
from lado.rules.vocabulary import (
    Children,
    ConsultationStatus,
    DatePrecision,
    EarlierRecords,
)

if TYPE_CHECKING:
    from lado.models.case import Case

HAPPENED_FITS_PRECISION = (
    "(happened_precision IN ('exact', 'about')"
    " AND happened_from IS NOT NULL AND happened_to IS NULL)"
    " OR (happened_precision = 'between' AND happened_from <= happened_to"
    " AND happened_from IS NOT NULL AND happened_to IS NOT NULL)"
    " OR (happened_precision = 'not_known' AND happened_from IS NULL AND happened_to IS NULL)"
)
CHILDREN_FIT_COUNT = (
    "(children = 'counted' AND children_count IS NOT NULL AND children_count >= 1)"
    " OR ((children IS NULL OR children <> 'counted') AND children_count IS NULL)"
)


class Happened:
    """When it happened. `between` has both dates, `exact` and `about` the first only."""

    happened_precision: Mapped[DatePrecision] = mapped_column(
        enum_type(DatePrecision), default=DatePrecision.NOT_KNOWN
    )
    happened_from: Mapped[date | None]
    happened_to: Mapped[date | None]


class Consultation(PublicId, Entered, Happened, Disclosable, Retained, Versioned, Base):
    """Three event dates (happened, setting aware, received) and the server's own `entered_at`.

    `owner` deals with it until it is decided; none: it is unassigned, which alarms (R-63).
    `reporter_aware_on` and `_at`: when somebody who reports under the statutory duty came to know.

    `interim_advice` was given before anything was decided; a decision has its own advice.
    """

    __tablename__ = "consultation"
    __table_args__ = (
        check("happened_fits_precision", HAPPENED_FITS_PRECISION),
        check("children_fit_count", CHILDREN_FIT_COUNT),
        check("aware_not_after_received", "aware_on IS NULL OR aware_on <= received_on"),
        check(
            "happened_not_after_received",
            "happened_from IS NULL OR happened_from <= received_on",
        ),
        check("anonymous_has_no_name", "NOT anonymous OR referrer_name IS NULL"),
        check("summary_stated", required_unless_register("summary")),
        check("taker_stated", "taken_by_id IS NOT NULL OR taken_by_text IS NOT NULL"
              " OR origin = 'register'"),
        check("register_has_reference", "origin <> 'register' OR imported_reference IS NOT NULL"),
        check("answered_not_before_received", "first_answered_on >= received_on"),
        check("known_under_the_duty", "reporter_aware_on IS NULL OR statutory_duty"),
        check("known_not_after_received", "reporter_aware_on <= received_on"),
        check("known_time_has_day", "reporter_aware_at IS NULL OR reporter_aware_on IS NOT NULL"),
        check("police_facts_when_told", "(police_told_on IS NULL AND police_reference IS NULL)"
              " OR (police_told IS NOT NULL AND police_told)"),
        Index("ix_consultation_setting_id_received_on", "setting_id", "received_on"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    imported_reference: Mapped[str | None] = mapped_column(String(60), unique=True)
    register_import_id: Mapped[int | None] = mapped_column(ForeignKey("register_import.id"))
    status: Mapped[ConsultationStatus] = mapped_column(
        enum_type(ConsultationStatus), default=ConsultationStatus.OPEN, index=True
    )
    received_on: Mapped[date] = mapped_column(index=True)
    received_at: Mapped[time | None]
    first_answered_on: Mapped[date | None]
    aware_on: Mapped[date | None]
    late_report_reason: Mapped[str | None]
    contact_method_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    taken_by_text: Mapped[str | None] = mapped_column(ShortText)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    anonymous: Mapped[bool] = mapped_column(default=False)
    referrer_name: Mapped[str | None] = mapped_column(ShortText)
    referrer_role: Mapped[str | None] = mapped_column(ShortText)
    referrer_contact: Mapped[str | None] = mapped_column(ShortText)
    referrer_agency_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    referrer_may_be_named: Mapped[bool | None]
    referrer_relation: Mapped[str | None] = mapped_column(ShortText)
    whistle_blower: Mapped[bool] = mapped_column(default=False)
    child_reported: Mapped[bool] = mapped_column(default=False)
    raised_first_by: Mapped[str | None] = mapped_column(ShortText)
    statutory_duty: Mapped[bool] = mapped_column(default=False)
    reporter_aware_on: Mapped[date | None]
    reporter_aware_at: Mapped[time | None]
    police_told: Mapped[bool | None]
    police_told_on: Mapped[date | None]
    police_reference: Mapped[str | None] = mapped_column(String(60))
    setting_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    children: Mapped[Children | None] = mapped_column(enum_type(Children))
    children_count: Mapped[int | None]
    summary: Mapped[str | None]
    interim_advice: Mapped[str | None]
    restricted: Mapped[bool] = mapped_column(default=False, index=True)

    contact_method: Mapped[Term | None] = relationship(foreign_keys=contact_method_id)
    referrer_agency: Mapped[Term | None] = relationship(foreign_keys=referrer_agency_id)
    taken_by: Mapped[User | None] = relationship(foreign_keys=taken_by_id)
    owner: Mapped[User | None] = relationship(foreign_keys=owner_id)
    setting: Mapped[Organisation | None] = relationship()
    subjects: Mapped[list["ConsultationSubject"]] = relationship(
        back_populates="consultation", order_by="ConsultationSubject.number"
    )


subject_other_position = Table(
    "consultation_subject_position",
    Base.metadata,
    Column("subject_id", ForeignKey("consultation_subject.id"), primary_key=True),
    Column("position_id", ForeignKey("position.id"), primary_key=True),
)


class ConsultationSubject(Base):
    """One adult (or the organisation itself) in a consultation.

    `person` is null while unnamed; `organisation` is set when the organisation is itself the
    subject; `position` is the role through which they work with children, `other_positions`
    the further current ones stated in this contact.
    """

    __tablename__ = "consultation_subject"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        check("weight_needs_looking", "earlier_weight IS NULL OR earlier_records IS NOT NULL"),
        check("case_link", "NOT opened_case OR case_id IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    context_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    non_recent: Mapped[bool | None]
    earlier_records: Mapped[EarlierRecords | None] = mapped_column(enum_type(EarlierRecords))
    earlier_weight: Mapped[str | None]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    opened_case: Mapped[bool] = mapped_column(default=False)

    consultation: Mapped[Consultation] = relationship(back_populates="subjects")
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    position: Mapped[Position] = relationship(foreign_keys=position_id)
    other_positions: Mapped[list[Position]] = relationship(secondary=subject_other_position)
    category: Mapped[Term] = relationship(foreign_keys=category_id)
    context: Mapped[Term | None] = relationship(foreign_keys=context_id)
    limbs: Mapped[list["SubjectLimb"]] = relationship(
        order_by="SubjectLimb.limb", cascade="all, delete-orphan"
    )
    pseudonyms: Mapped[list["Pseudonym"]] = relationship(cascade="all, delete-orphan")
    given: Mapped["GivenName | None"] = relationship(cascade="all, delete-orphan")
    decisions: Mapped[list["Decision"]] = relationship(
        back_populates="subject", order_by="Decision.number"
    )
    case: Mapped["Case | None"] = relationship(back_populates="subjects")

    @property
    def decision(self) -> "Decision | None":
        """The one that stands now."""
        return next((d for d in self.decisions if d.ended_on is None), None)


class Pseudonym(Base):
    """A keyed hash of an adult's name, `with_birth` of name and date of birth, that is kept instead
    of them (R-33): one under each key that `lado.match_keys` has, so that adults whose hashes were
    made before a key was added and after it are still compared."""

    __tablename__ = "pseudonym"

    subject_id: Mapped[int] = mapped_column(ForeignKey("consultation_subject.id"), primary_key=True)
    with_birth: Mapped[bool] = mapped_column(primary_key=True)
    key_number: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), index=True)


class GivenName(Base):
    """What the caller called somebody on record, where that is not what they are called there."""

    __tablename__ = "given_name"
    __table_args__ = (check("surname_not_blank", "trim(surname) <> ''"),)

    subject_id: Mapped[int] = mapped_column(ForeignKey("consultation_subject.id"), primary_key=True)
    surname: Mapped[str] = mapped_column(String(100))
    forename: Mapped[str] = mapped_column(String(100), default="")
    date_of_birth: Mapped[date | None]

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}".strip()


class SubjectLimb(Base):
    __tablename__ = "consultation_subject_limb"
    __table_args__ = (
        Index(
            "uq_consultation_subject_limb_primary",
            "subject_id",
            unique=True,
            sqlite_where=text("is_primary"),
            postgresql_where=text("is_primary"),
        ),
    )

    subject_id: Mapped[int] = mapped_column(ForeignKey("consultation_subject.id"), primary_key=True)
    limb: Mapped[Limb] = mapped_column(enum_type(Limb), primary_key=True)
    is_primary: Mapped[bool] = mapped_column(default=False)


class Decision(Entered, Disclosable, Base):
    """Stands on day D when `decided_on` <= D < `ended_on` (no end: still). Never overwritten.

    Its criteria and the weight of earlier records are its adult's while it stands; once it ended
    they are here, in words, since the next decision has others.

    A register may know what was decided and not when: that decision stands from the start.
    `recorded_by` is set where somebody else than who decided typed it in.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("subject_id", "number"),
        Index(
            "uq_decision_standing",
            "subject_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
        check("ended_not_before_decided", "ended_on IS NULL OR ended_on >= decided_on"),
        check("decided_stated", required_unless_register("decided_on")),
        check("end_has_reason", "(ended_on IS NULL) = (ended_reason IS NULL)"),
        check("reasons_stated", required_unless_register("reasons")),
        check("decider_stated", required_unless_register("decided_by_id")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("consultation_subject.id"))
    number: Mapped[int]
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    tier_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    reasons: Mapped[str | None]
    advice: Mapped[str | None]
    decided_on: Mapped[date | None] = mapped_column(index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str | None]
    ended_grounds: Mapped[str | None]

    subject: Mapped[ConsultationSubject] = relationship(back_populates="decisions")
    term: Mapped[Term] = relationship(foreign_keys=term_id)
    tier: Mapped[Term | None] = relationship(foreign_keys=tier_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)
    recorded_by: Mapped[User | None] = relationship(foreign_keys=recorded_by_id)


class RegisterImport(Base):
    """One loading of a register: the same file again is recognised by its hash."""

    __tablename__ = "register_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    loaded_at: Mapped[datetime]
    loaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    row_count: Mapped[int]
