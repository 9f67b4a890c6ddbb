"""A case and what hangs on it: spells, allegations, outcomes, strands, referrals, learning."""

from datetime import date

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
from lado.models.consultation import (
    CHILDREN_FIT_COUNT,
    HAPPENED_FITS_PRECISION,
    Consultation,
    ConsultationSubject,
    Happened,
)
from lado.models.organisation import Organisation
from lado.models.person import Person, Position
from lado.models.strategy_discussion import Action, StrategyDiscussion
from lado.models.term import Term
from lado.models.user import User
from lado.rules.threshold import Limb
from lado.rules.vocabulary import (
    CaseStatus,
    Children,
    LearningKind,
    OutcomeCode,
    ReferralBasis,
    ReferralDecision,
    Sex,
    StrandKind,
    StrandStatus,
    VoiceSought,
)


class Case(PublicId, Entered, Retained, Versioned, Base):
    """About a person, an organisation (then institutional), both, or an adult not yet named.

    `position` is the primary one, from the consultation that opened the case; it stays when the
    person is identified later.
    """

    __tablename__ = "case"
    __table_args__ = (
        check("children_fit_count", CHILDREN_FIT_COUNT),
        check("owner_stated", required_unless_register("owner_id")),
        check("register_has_reference", "origin <> 'register' OR imported_reference IS NOT NULL"),
        check(
            "request_fits_status",
            "(status = 'closure_requested') = (closure_requested_by_id IS NOT NULL)",
        ),
        check(
            "request_says_how",
            "(closure_requested_by_id IS NULL) = (proposed_reason_id IS NULL)"
            " AND (closure_requested_by_id IS NULL) = (proposed_concluded_on IS NULL)"
            " AND (closure_requested_by_id IS NOT NULL OR proposed_note IS NULL)",
        ),
        check(
            "restriction_lift_stated",
            "(reporting_restriction_lifted_on IS NULL)"
            " = (reporting_restriction_lift_reason IS NULL)"
            " AND (reporting_restriction OR reporting_restriction_lifted_on IS NULL)",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    imported_reference: Mapped[str | None] = mapped_column(String(60), unique=True)
    status: Mapped[CaseStatus] = mapped_column(
        enum_type(CaseStatus), default=CaseStatus.OPEN, index=True
    )
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"))
    received_on: Mapped[date] = mapped_column(index=True)
    children: Mapped[Children | None] = mapped_column(enum_type(Children))
    children_count: Mapped[int | None]
    legal_position_of_trust: Mapped[bool | None]
    restricted: Mapped[bool] = mapped_column(default=False, index=True)
    reporting_restriction: Mapped[bool] = mapped_column(default=False)
    reporting_restriction_lifted_on: Mapped[date | None]
    reporting_restriction_lift_reason: Mapped[str | None]
    closure_requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    proposed_reason_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    proposed_concluded_on: Mapped[date | None]
    proposed_note: Mapped[str | None]

    owner: Mapped[User | None] = relationship(foreign_keys=owner_id)
    closure_requested_by: Mapped[User | None] = relationship(foreign_keys=closure_requested_by_id)
    proposed_reason: Mapped[Term | None] = relationship()
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    position: Mapped[Position] = relationship()
    subjects: Mapped[list[ConsultationSubject]] = relationship(
        back_populates="case", order_by="ConsultationSubject.id"
    )
    spells: Mapped[list["CaseSpell"]] = relationship(
        back_populates="case", order_by="CaseSpell.number"
    )
    allegations: Mapped[list["Allegation"]] = relationship(
        back_populates="case", order_by="Allegation.number"
    )
    child_records: Mapped[list["Child"]] = relationship(
        back_populates="case", order_by="Child.number"
    )
    strands: Mapped[list["Strand"]] = relationship(back_populates="case", order_by="Strand.id")
    discussions: Mapped[list[StrategyDiscussion]] = relationship(
        back_populates="case", order_by="StrategyDiscussion.number"
    )
    actions: Mapped[list[Action]] = relationship(back_populates="case", order_by="Action.number")
    referrals: Mapped[list["OnwardReferral"]] = relationship(
        back_populates="case", order_by="OnwardReferral.number"
    )
    learning_points: Mapped[list["LearningPoint"]] = relationship(
        back_populates="case", order_by="LearningPoint.number"
    )

    @property
    def about(self) -> str:
        """Whom or what it is about, as far as it is known."""
        subjects = [self.person and self.person.name, self.organisation and self.organisation.name]
        role = self.position.role.label if self.position.role else "Adult"
        return " and ".join(str(each) for each in subjects if each) or f"{role}, not named"

    @property
    def spell(self) -> "CaseSpell":
        """The newest."""
        return self.spells[-1]

    @property
    def primary_allegation(self) -> "Allegation":
        return next(a for a in self.allegations if a.is_primary)


class CaseSpell(Entered, Base):
    """A time the case was open, from `opened_on` to `concluded_on`; reopening adds another."""

    __tablename__ = "case_spell"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        Index(
            "uq_case_spell_open",
            "case_id",
            unique=True,
            sqlite_where=text("concluded_on IS NULL"),
            postgresql_where=text("concluded_on IS NULL"),
        ),
        check("concluded_not_before_opened", "concluded_on IS NULL OR concluded_on >= opened_on"),
        check(
            "closure_fits_conclusion",
            "(concluded_on IS NULL AND closure_reason_id IS NULL AND concluded_by_id IS NULL)"
            " OR (concluded_on IS NOT NULL AND (origin = 'register'"
            " OR (closure_reason_id IS NOT NULL AND concluded_by_id IS NOT NULL)))",
        ),
        check("reopening_has_reason", "number = 1 OR reopened_reason IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    opened_on: Mapped[date] = mapped_column(index=True)
    reopened_reason: Mapped[str | None]
    concluded_on: Mapped[date | None] = mapped_column(index=True)
    closure_reason_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    closure_note: Mapped[str | None]
    concluded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    case: Mapped[Case] = relationship(back_populates="spells")
    closure_reason: Mapped[Term | None] = relationship()
    concluded_by: Mapped[User | None] = relationship()


allegation_child = Table(
    "allegation_child",
    Base.metadata,
    Column("allegation_id", ForeignKey("allegation.id"), primary_key=True),
    Column("child_id", ForeignKey("child.id"), primary_key=True),
)


class Allegation(Entered, Happened, Disclosable, Versioned, Base):
    """`non_recent` is worked out from the dates by the council's rule, or stated without them.
    `subject` is the adult of the consultation that brought it, if one did."""

    __tablename__ = "allegation"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        Index(
            "uq_allegation_primary",
            "case_id",
            unique=True,
            sqlite_where=text("is_primary"),
            postgresql_where=text("is_primary"),
        ),
        check("happened_fits_precision", HAPPENED_FITS_PRECISION),
        check("description_stated", required_unless_register("description")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("consultation_subject.id"))
    number: Mapped[int]
    is_primary: Mapped[bool] = mapped_column(default=False)
    category_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    subcategory_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    context_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    description: Mapped[str | None]
    place: Mapped[str | None] = mapped_column(ShortText)
    non_recent: Mapped[bool | None]

    case: Mapped[Case] = relationship(back_populates="allegations")
    subject: Mapped[ConsultationSubject | None] = relationship()
    category: Mapped[Term] = relationship(foreign_keys=category_id)
    subcategory: Mapped[Term | None] = relationship(foreign_keys=subcategory_id)
    context: Mapped[Term | None] = relationship(foreign_keys=context_id)
    children: Mapped[list["Child"]] = relationship(secondary=allegation_child)
    limbs: Mapped[list["AllegationLimb"]] = relationship(
        order_by="AllegationLimb.limb", cascade="all, delete-orphan"
    )
    outcomes: Mapped[list["Outcome"]] = relationship(
        back_populates="allegation", order_by="Outcome.number"
    )

    @property
    def outcome(self) -> "Outcome | None":
        """The one that stands now."""
        return next((o for o in self.outcomes if o.ended_on is None), None)


class AllegationLimb(Base):
    __tablename__ = "allegation_limb"
    __table_args__ = (
        Index(
            "uq_allegation_limb_primary",
            "allegation_id",
            unique=True,
            sqlite_where=text("is_primary"),
            postgresql_where=text("is_primary"),
        ),
    )

    allegation_id: Mapped[int] = mapped_column(ForeignKey("allegation.id"), primary_key=True)
    limb: Mapped[Limb] = mapped_column(enum_type(Limb), primary_key=True)
    is_primary: Mapped[bool] = mapped_column(default=False)


class Outcome(Entered, Disclosable, Base):
    """Stands on day D when `decided_on` <= D < `ended_on` (no end: still). Never overwritten.

    Malicious and false need their evidence (R-25).
    """

    __tablename__ = "outcome"
    __table_args__ = (
        UniqueConstraint("allegation_id", "number"),
        Index(
            "uq_outcome_standing",
            "allegation_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
        check("ended_not_before_decided", "ended_on IS NULL OR ended_on >= decided_on"),
        check("end_has_reason", "(ended_on IS NULL) = (ended_reason IS NULL)"),
        check("reasons_stated", required_unless_register("reasons")),
        check("decider_stated", required_unless_register("decided_by_id")),
        check(
            "disproof_has_evidence",
            "origin = 'register' OR outcome NOT IN ('false', 'malicious') OR evidence IS NOT NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    allegation_id: Mapped[int] = mapped_column(ForeignKey("allegation.id"))
    number: Mapped[int]
    outcome: Mapped[OutcomeCode] = mapped_column(enum_type(OutcomeCode))
    reasons: Mapped[str | None]
    evidence: Mapped[str | None]
    decided_on: Mapped[date] = mapped_column(index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str | None]

    allegation: Mapped[Allegation] = relationship(back_populates="outcomes")
    decided_by: Mapped[User | None] = relationship()


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

    case: Mapped[Case | None] = relationship(back_populates="child_records")
    consultation: Mapped[Consultation | None] = relationship()


class Strand(Entered, Versioned, Base):
    """Police, social care or employer. The LADO's outcome is a fourth thing (R-17)."""

    __tablename__ = "strand"
    __table_args__ = (
        UniqueConstraint("case_id", "kind"),
        check("dates_in_order", "ended_on IS NULL OR started_on IS NULL OR started_on <= ended_on"),
        check(
            "ended_has_date", "origin = 'register' OR (status = 'ended') = (ended_on IS NOT NULL)"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[StrandKind] = mapped_column(enum_type(StrandKind))
    status: Mapped[StrandStatus] = mapped_column(
        enum_type(StrandStatus), default=StrandStatus.NOT_STARTED
    )
    lead: Mapped[str | None] = mapped_column(ShortText)
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]

    case: Mapped[Case] = relationship(back_populates="strands")
    results: Mapped[list["StrandResult"]] = relationship(
        back_populates="strand", order_by="StrandResult.number"
    )

    @property
    def result(self) -> "StrandResult | None":
        """The one that stands now."""
        return next((r for r in self.results if r.ended_on is None), None)


class StrandResult(Entered, Disclosable, Base):
    """Stands like a Decision. A register does not date results: there `reported_on` is null,
    and the result stands from the start."""

    __tablename__ = "strand_result"
    __table_args__ = (
        UniqueConstraint("strand_id", "number"),
        Index(
            "uq_strand_result_standing",
            "strand_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
        check("reported_stated", required_unless_register("reported_on")),
        check(
            "ended_not_before_reported",
            "ended_on IS NULL OR reported_on IS NULL OR ended_on >= reported_on",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"))
    number: Mapped[int]
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    reported_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    detail: Mapped[str | None]

    strand: Mapped[Strand] = relationship(back_populates="results")
    term: Mapped[Term] = relationship(foreign_keys=term_id)


class OnwardReferral(Entered, Disclosable, Versioned, Base):
    """To the DBS or a regulator: considered, decided, sent, with the reference as proof (R-14)."""

    __tablename__ = "onward_referral"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        check("referred_not_before_considered",
              "considered_on IS NULL OR referred_on IS NULL OR considered_on <= referred_on"),
        check("considered_stated", required_unless_register("considered_on")),
        check("referred_was_decided", "referred_on IS NULL OR decision = 'refer'"),
        check("decision_has_decider",
              "origin = 'register' OR decision = 'pending' OR decided_by IS NOT NULL"),
        check("no_referral_has_reasons", "decision <> 'no_referral' OR reasons IS NOT NULL"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    body_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    basis: Mapped[ReferralBasis | None] = mapped_column(enum_type(ReferralBasis))
    considered_on: Mapped[date | None]
    decision: Mapped[ReferralDecision] = mapped_column(
        enum_type(ReferralDecision), default=ReferralDecision.PENDING
    )
    decided_by: Mapped[str | None] = mapped_column(ShortText)
    reasons: Mapped[str | None]
    referred_on: Mapped[date | None] = mapped_column(index=True)
    reference: Mapped[str | None] = mapped_column(String(60))

    case: Mapped[Case] = relationship(back_populates="referrals")
    body: Mapped[Term] = relationship(foreign_keys=body_id)


class LearningPoint(Entered, Disclosable, Base):
    __tablename__ = "learning_point"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        check("description_stated", required_unless_register("description")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    theme_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    kind: Mapped[LearningKind] = mapped_column(
        enum_type(LearningKind), default=LearningKind.IMPROVEMENT
    )
    description: Mapped[str | None]

    case: Mapped[Case] = relationship(back_populates="learning_points")
    theme: Mapped[Term] = relationship(foreign_keys=theme_id)
