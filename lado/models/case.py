"""A case and the times it was open. What hangs on it has modules of its own."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.allegation import Allegation
from lado.models.base import (
    Base,
    Entered,
    PublicId,
    Retained,
    Versioned,
    check,
    enum_type,
    required_unless_register,
)
from lado.models.child import Child
from lado.models.consultation import (
    CHILDREN_FIT_COUNT,
    ConsultationSubject,
)
from lado.models.notice import Notice
from lado.models.onward_referral import LearningPoint, OnwardReferral
from lado.models.organisation import Organisation
from lado.models.person import Person, Position
from lado.models.safety_measure import SafetyMeasure
from lado.models.strand import Strand
from lado.models.strategy_discussion import Action, StrategyDiscussion
from lado.models.term import Term
from lado.models.timekeeping import Chase, DelayReason
from lado.models.user import User
from lado.rules.case_outcome import in_words
from lado.rules.vocabulary import (
    CaseStatus,
    Children,
)


class Case(PublicId, Entered, Retained, Versioned, Base):
    """About a person, an organisation (then institutional), both, or an adult not yet named.

    `position` is the primary one, from the consultation that opened the case; it stays when the
    person is identified later. `learning_none_on`: somebody said that there is nothing to learn.
    `not_reporting_restricted_on`: somebody looked, and no reporting restriction is needed (R-44).
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
        check(
            "no_learning_says_why_and_who",
            "(learning_none_on IS NULL) = (learning_none_by_id IS NULL)"
            " AND (learning_none_on IS NULL) = (learning_none_reason IS NULL)",
        ),
        check(
            "not_reporting_restricted_says_why",
            "(not_reporting_restricted_on IS NULL) = (not_reporting_restricted_reason IS NULL)"
            " AND (not_reporting_restricted_on IS NULL OR NOT reporting_restriction)",
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
    not_reporting_restricted_on: Mapped[date | None]
    not_reporting_restricted_reason: Mapped[str | None]
    closure_requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    proposed_reason_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    proposed_concluded_on: Mapped[date | None]
    proposed_note: Mapped[str | None]
    learning_none_on: Mapped[date | None]
    learning_none_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    learning_none_reason: Mapped[str | None]

    owner: Mapped[User | None] = relationship(foreign_keys=owner_id)
    closure_requested_by: Mapped[User | None] = relationship(foreign_keys=closure_requested_by_id)
    proposed_reason: Mapped[Term | None] = relationship()
    learning_none_by: Mapped[User | None] = relationship(foreign_keys=learning_none_by_id)
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    position: Mapped[Position] = relationship()
    subjects: Mapped[list[ConsultationSubject]] = relationship(
        back_populates="case", order_by="ConsultationSubject.id"
    )
    spells: Mapped[list["CaseSpell"]] = relationship(
        back_populates="case", order_by="CaseSpell.number"
    )
    allegations: Mapped[list[Allegation]] = relationship(
        back_populates="case", order_by="Allegation.number"
    )
    child_records: Mapped[list[Child]] = relationship(
        back_populates="case", order_by="Child.number"
    )
    strands: Mapped[list[Strand]] = relationship(back_populates="case", order_by="Strand.id")
    discussions: Mapped[list[StrategyDiscussion]] = relationship(
        back_populates="case", order_by="StrategyDiscussion.number"
    )
    actions: Mapped[list[Action]] = relationship(back_populates="case", order_by="Action.number")
    referrals: Mapped[list[OnwardReferral]] = relationship(
        back_populates="case", order_by="OnwardReferral.number"
    )
    learning_points: Mapped[list[LearningPoint]] = relationship(
        back_populates="case", order_by="LearningPoint.number"
    )
    safety_measures: Mapped[list[SafetyMeasure]] = relationship(
        back_populates="case", order_by="SafetyMeasure.number"
    )
    notices: Mapped[list[Notice]] = relationship(back_populates="case", order_by="Notice.number")
    delay_reasons: Mapped[list[DelayReason]] = relationship(
        back_populates="case", order_by="DelayReason.number"
    )
    chases: Mapped[list[Chase]] = relationship(back_populates="case", order_by="Chase.number")

    @property
    def about(self) -> str:
        """Whom or what it is about, as far as it is known."""
        subjects = [self.person and self.person.name, self.organisation and self.organisation.name]
        role = self.position.role.label if self.position.role else "Adult"
        return " and ".join(str(each) for each in subjects if each) or f"{role}, not named"

    @property
    def reporting_restricted(self) -> bool:
        """Today (R-44)."""
        return self.reporting_restriction and self.reporting_restriction_lifted_on is None

    @property
    def outcomes_in_words(self) -> str:
        outcomes = (allegation.outcome for allegation in self.allegations)
        return in_words([outcome.outcome if outcome else None for outcome in outcomes])

    @property
    def spell(self) -> "CaseSpell":
        """The newest."""
        return self.spells[-1]

    @property
    def discussions_since_opened(self) -> list[StrategyDiscussion]:
        """All but those that were held before it was opened again."""
        return [each for each in self.discussions if not self.spell.begins_after(each)]

    @property
    def primary_allegation(self) -> Allegation:
        return next(a for a in self.allegations if a.is_primary)


class CaseSpell(Entered, Base):
    """A time the case was open, from `opened_on` to `concluded_on`; reopening adds another, with
    the day of its next discussion or review (`review_on`)."""

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
        check(
            "review_after_reopening",
            "review_on IS NULL OR (number > 1 AND review_on >= opened_on)",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    opened_on: Mapped[date] = mapped_column(index=True)
    reopened_reason: Mapped[str | None]
    review_on: Mapped[date | None]
    concluded_on: Mapped[date | None] = mapped_column(index=True)
    closure_reason_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    closure_note: Mapped[str | None]
    concluded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    case: Mapped[Case] = relationship(back_populates="spells")
    closure_reason: Mapped[Term | None] = relationship()
    concluded_by: Mapped[User | None] = relationship()
    former_owners: Mapped[list["FormerOwner"]] = relationship(
        back_populates="spell", order_by="FormerOwner.id"
    )

    @property
    def reopened_on(self) -> date | None:
        return self.opened_on if self.number > 1 else None

    def begins_after(self, discussion: StrategyDiscussion) -> bool:
        """Held before it was opened again. Both may be of one day: then what was on record by the
        server's clock came first."""
        held_on = discussion.held_on
        if self.number == 1 or held_on is None:
            return False
        return (held_on, discussion.entered_at) < (self.opened_on, self.entered_at)


class FormerOwner(Entered, Base):
    """Whose case it was until it was given away while it was open: they do not sign off its
    closure."""

    __tablename__ = "former_owner"

    id: Mapped[int] = mapped_column(primary_key=True)
    spell_id: Mapped[int] = mapped_column(ForeignKey("case_spell.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    spell: Mapped[CaseSpell] = relationship(back_populates="former_owners")
    user: Mapped[User] = relationship()
