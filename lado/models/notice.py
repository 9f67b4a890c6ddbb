"""Who was told what of a case, or why not yet."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, Disclosable, Entered, ShortText, check, enum_type
from lado.models.child import Child
from lado.rules.notices import NoticeHow, NoticeRow, NoticeStep, NoticeTo

if TYPE_CHECKING:
    from lado.models.case import Case


class Notice(Entered, Disclosable, Base):
    """Somebody was told (`told_on`), or it was decided that they are not (`withheld_on`), with the
    day to look again unless they never will be. Never changed: the newest of its row stands, so
    it stays on record how long somebody was not told and why."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        check("told_or_withheld", "(told_on IS NULL) <> (withheld_on IS NULL)"),
        check("told_says_how_and_by_whom",
              "(told_on IS NULL) = (told_by IS NULL) AND (told_on IS NULL) = (told_how IS NULL)"),
        check("withheld_has_reason", "(withheld_on IS NULL) = (withheld_reason IS NULL)"),
        check("told_is_not_looked_at_again",
              "look_again_on IS NULL OR (withheld_on IS NOT NULL AND look_again_on > withheld_on)"),
        check("child_of_child_or_parents",
              "child_id IS NULL OR notice_to IN ('child', 'parents')"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    notice_to: Mapped[NoticeTo] = mapped_column(enum_type(NoticeTo))
    step: Mapped[NoticeStep] = mapped_column(enum_type(NoticeStep))
    child_id: Mapped[int | None] = mapped_column(ForeignKey("child.id"))
    told_on: Mapped[date | None]
    told_by: Mapped[str | None] = mapped_column(ShortText)
    told_how: Mapped[NoticeHow | None] = mapped_column(enum_type(NoticeHow))
    withheld_on: Mapped[date | None]
    withheld_reason: Mapped[str | None]
    look_again_on: Mapped[date | None]
    detail: Mapped[str | None]

    case: Mapped["Case"] = relationship(back_populates="notices")
    child: Mapped[Child | None] = relationship()

    @property
    def row(self) -> NoticeRow:
        return NoticeRow(self.notice_to, self.step, self.child.number if self.child else 0)
