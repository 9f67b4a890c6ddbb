"""A quarterly or annual report: drawn, approved, published with its figures frozen."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, PublicId, Versioned, check, enum_type
from lado.models.user import User
from lado.rules.quarters import Period
from lado.rules.vocabulary import ReportStatus


class Report(PublicId, Versioned, Base):
    """`edition_number` counts the versions of one period; `version` only guards against
    two editors. `sent_back_reason` stands until it is approved again. Hashes are SHA-256 in
    hexadecimal of the figures' canonical JSON and the PDFs. `figures` hold what the public edition
    hides. Without a `public_commentary` both editions say the same."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("period_start", "period_end", "edition_number"),
        Index(
            "uq_report_published",
            "period_start",
            "period_end",
            unique=True,
            sqlite_where=text("status = 'published'"),
            postgresql_where=text("status = 'published'"),
        ),
        check("period_in_order", "period_start <= period_end"),
        check(
            "approval_fits_status",
            "(status = 'draft') = (approved_at IS NULL)"
            " AND (approved_at IS NULL) = (approved_by_id IS NULL)",
        ),
        check(
            "publication_fits_status",
            "(status IN ('published', 'superseded')) = (published_at IS NOT NULL)"
            " AND (published_at IS NULL) = (published_by_id IS NULL)"
            " AND (published_at IS NULL) = (figures_sha256 IS NULL)"
            " AND (published_at IS NULL) = (pdf_sha256 IS NULL)",
        ),
        check("public_file_is_published", "public_pdf_sha256 IS NULL OR published_at IS NOT NULL"),
        check("correction_says_why", "edition_number = 1 OR correction IS NOT NULL"),
        check("sent_back_is_draft", "sent_back_reason IS NULL OR status = 'draft'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    period_start: Mapped[date]
    period_end: Mapped[date]
    as_at: Mapped[date]
    edition_number: Mapped[int] = mapped_column(default=1)
    correction: Mapped[str | None]
    status: Mapped[ReportStatus] = mapped_column(
        enum_type(ReportStatus), default=ReportStatus.DRAFT
    )
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    definitions_version: Mapped[str] = mapped_column(String(20))
    commentary: Mapped[str] = mapped_column(default="")
    public_commentary: Mapped[str | None]
    sent_back_reason: Mapped[str | None]
    drawn_at: Mapped[datetime]
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    figures_sha256: Mapped[str | None] = mapped_column(String(64))
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    public_pdf_sha256: Mapped[str | None] = mapped_column(String(64))

    drawn_by: Mapped[User | None] = relationship(foreign_keys=drawn_by_id)
    approved_by: Mapped[User | None] = relationship(foreign_keys=approved_by_id)
    published_by: Mapped[User | None] = relationship(foreign_keys=published_by_id)

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)
