"""The local lists: sectors, roles, agencies, categories and the rest."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, PublicId, ShortText, Versioned, check, enum_type
from lado.rules.vocabulary import DecisionStage, TermGroup


class Term(PublicId, Versioned, Base):
    """A word of a local list. A retired term (`valid_to` past) stays on old records.

    `stage` belongs to decisions; `needs_outcome` to closure reasons: whether each allegation must
    have an outcome before a case closes for this reason.
    """

    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("group", "code"),
        UniqueConstraint("group", "label"),
        check("dates_in_order", "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to"),
        check("decision_has_stage", "(\"group\" = 'decision') = (stage IS NOT NULL)"),
        check(
            "closure_reason_says", "(\"group\" = 'closure_reason') = (needs_outcome IS NOT NULL)"
        ),
        check("label_not_blank", "trim(label) <> ''"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group: Mapped[TermGroup] = mapped_column(enum_type(TermGroup))
    code: Mapped[str] = mapped_column(String(60))
    label: Mapped[str] = mapped_column(ShortText)
    synonyms: Mapped[list[str]] = mapped_column(JSON, default=list)
    position: Mapped[int]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    stage: Mapped[DecisionStage | None] = mapped_column(enum_type(DecisionStage))
    needs_outcome: Mapped[bool | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    parent: Mapped["Term | None"] = relationship(remote_side=id)

    def in_use_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )
