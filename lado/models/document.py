"""A file kept with a case or a consultation; its content lies encrypted beside the database."""

from datetime import date, datetime
from typing import cast

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, Disclosable, Entered, ShortText, Versioned, check, enum_type
from lado.models.case import Case
from lado.models.consultation import Consultation
from lado.models.term import Term
from lado.models.user import User
from lado.rules.documents import DocumentKind, FileType


class Document(Entered, Disclosable, Versioned, Base):
    """`file_name` is what whoever attached it had called it: a fact for the page, and nowhere else.
    `stored_as` is the file's name on the disk; `sha256` and `size` (bytes) are of the content.

    `dated_on` is what it bears itself.

    One withdraws it, and it can be read no more; another deletes the content (R-40). The row stays.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        UniqueConstraint("consultation_id", "number"),
        check("one_home", "(case_id IS NULL) <> (consultation_id IS NULL)"),
        check("title_not_blank", "trim(title) <> ''"),
        check("has_content", "size > 0"),
        check(
            "withdrawal_stated",
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)"
            " AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
        ),
        check("deletion_stated", "(deleted_at IS NULL) = (deleted_by_id IS NULL)"),
        check(
            "deleted_after_withdrawal",
            "deleted_at IS NULL OR (withdrawn_at IS NOT NULL AND deleted_at >= withdrawn_at)",
        ),
        check("deleted_by_another", "deleted_by_id IS NULL OR deleted_by_id <> withdrawn_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(ShortText)
    kind: Mapped[DocumentKind] = mapped_column(enum_type(DocumentKind))
    dated_on: Mapped[date | None]
    file_name: Mapped[str] = mapped_column(ShortText)
    file_type: Mapped[FileType] = mapped_column(enum_type(FileType))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    stored_as: Mapped[str] = mapped_column(String(32), unique=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_reason: Mapped[str | None] = mapped_column(ShortText)
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    case: Mapped[Case | None] = relationship()
    consultation: Mapped[Consultation | None] = relationship()
    text_agency: Mapped[Term | None] = relationship()
    added_by: Mapped[User] = relationship(foreign_keys=added_by_id)
    withdrawn_by: Mapped[User | None] = relationship(foreign_keys=withdrawn_by_id)
    deleted_by: Mapped[User | None] = relationship(foreign_keys=deleted_by_id)

    @property
    def home(self) -> Case | Consultation:
        return cast(Case | Consultation, self.case or self.consultation)

    @property
    def download_name(self) -> str:
        return f"{self.home.reference}-document-{self.number}.{self.file_type.value}"
