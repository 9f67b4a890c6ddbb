"""What police, social care and employer do, and with what result."""

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import (
    Base,
    Disclosable,
    Entered,
    ShortText,
    Versioned,
    check,
    enum_type,
    required_unless_register,
)
from lado.models.term import Term
from lado.rules.strands import OVER, Employer
from lado.rules.vocabulary import (
    EmployerWay,
    StrandKind,
    StrandStatus,
)

if TYPE_CHECKING:
    from lado.models.case import Case


class Strand(Entered, Versioned, Base):
    """Police, social care or employer. The LADO's outcome is a fourth thing (R-17).

    `consulted_on`: when the agency was asked, which is before it begins anything itself. From
    `way` on: how the employer deals with it, and each day from which a clock of theirs starts.
    """

    __tablename__ = "strand"
    __table_args__ = (
        UniqueConstraint("case_id", "kind"),
        check("dates_in_order", "ended_on IS NULL OR started_on IS NULL OR started_on <= ended_on"),
        check(
            "ended_has_date", "origin = 'register' OR (status = 'ended') = (ended_on IS NOT NULL)"
        ),
        check("consulted_has_day", "consulted_with IS NULL OR consulted_on IS NOT NULL"),
        check("ended_is_not_reviewed", "ended_on IS NULL OR review_on IS NULL"),
        check(
            "not_applicable_has_reason",
            "origin = 'register' OR"
            " (status = 'not_applicable') = (not_applicable_reason IS NOT NULL)",
        ),
        check(
            "way_of_employer", "way IS NULL OR (kind = 'employer' AND status <> 'not_applicable')"
        ),
        check("way_has_day", "(way IS NULL) = (way_on IS NULL)"),
        check(
            "acted_without_discipline",
            "acted_on IS NULL"
            " OR (way IS NOT NULL AND way = 'without_discipline' AND acted_on >= way_on)",
        ),
        check(
            "report_of_investigation",
            "report_on IS NULL"
            " OR (way IS NOT NULL AND way = 'investigation' AND report_on >= way_on)",
        ),
        check(
            "hearing_decided_after_report",
            "hearing_decided_on IS NULL"
            " OR (report_on IS NOT NULL AND hearing_decided_on >= report_on)",
        ),
        check(
            "hearing_decision_says_which",
            "(hearing_decided_on IS NULL) = (hearing_needed IS NULL)",
        ),
        check(
            "hearing_was_decided",
            "hearing_on IS NULL"
            " OR (way IS NOT NULL AND way = 'hearing' AND hearing_on >= way_on)"
            " OR (hearing_needed IS NOT NULL AND hearing_needed"
            " AND hearing_on >= hearing_decided_on)",
        ),
        check(
            "employer_before_end",
            "ended_on IS NULL OR ended_on >="
            " coalesce(hearing_on, hearing_decided_on, report_on, acted_on, way_on, ended_on)",
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
    review_on: Mapped[date | None]
    consulted_on: Mapped[date | None]
    consulted_with: Mapped[str | None] = mapped_column(ShortText)
    reference: Mapped[str | None] = mapped_column(String(60))
    not_applicable_reason: Mapped[str | None]
    way: Mapped[EmployerWay | None] = mapped_column(enum_type(EmployerWay))
    way_on: Mapped[date | None]
    acted_on: Mapped[date | None]
    report_on: Mapped[date | None]
    hearing_decided_on: Mapped[date | None]
    hearing_needed: Mapped[bool | None]
    hearing_on: Mapped[date | None]

    case: Mapped["Case"] = relationship(back_populates="strands")
    results: Mapped[list["StrandResult"]] = relationship(
        back_populates="strand", order_by="StrandResult.number"
    )
    updates: Mapped[list["StrandUpdate"]] = relationship(
        back_populates="strand", order_by="StrandUpdate.number"
    )

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def days_heard(self) -> list[date]:
        """When it began, and each day of a result or of an answer."""
        days = [self.started_on, *(result.reported_on for result in self.results)]
        days += [update.heard_on for update in self.updates]
        return sorted(day for day in days if day is not None)

    @property
    def employer(self) -> Employer:
        return Employer(**{each.name: getattr(self, each.name) for each in fields(Employer)})

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


class StrandUpdate(Entered, Disclosable, Base):
    """What the agency said when it was asked how it stands. Most of these are no result, which has
    a term and ends the one before; so they are kept by themselves, and never changed."""

    __tablename__ = "strand_update"
    __table_args__ = (
        UniqueConstraint("strand_id", "number"),
        check("text_not_blank", "trim(text) <> ''"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"))
    number: Mapped[int]
    heard_on: Mapped[date]
    text: Mapped[str]

    strand: Mapped[Strand] = relationship(back_populates="updates")
