"""Minutes that were agreed, the copies made of them, and who got which."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, ShortText, check
from lado.models.user import User
from lado.rules import redaction
from lado.rules.written_minutes import WrittenMinutes

if TYPE_CHECKING:
    from lado.models.strategy_discussion import StrategyDiscussion


class MinutesVersion(Base):
    """`content` is `WrittenMinutes` as JSON, and never changes. One stands until it is corrected;
    nobody is known to have agreed what was agreed before versions were kept."""

    __tablename__ = "minutes_version"
    __table_args__ = (
        UniqueConstraint("discussion_id", "number"),
        Index(
            "uq_minutes_version_standing",
            "discussion_id",
            unique=True,
            sqlite_where=text("corrected_on IS NULL"),
            postgresql_where=text("corrected_on IS NULL"),
        ),
        check("agreed_says_by_whom", "(agreed_on IS NULL) = (agreed_by_id IS NULL)"),
        check(
            "correction_says_why_and_by_whom",
            "(corrected_on IS NULL) = (correction_reason IS NULL)"
            " AND (corrected_on IS NULL) = (corrected_by_id IS NULL)",
        ),
        check(
            "corrected_not_before_agreed",
            "agreed_on IS NULL OR corrected_on IS NULL OR corrected_on >= agreed_on",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    discussion_id: Mapped[int] = mapped_column(ForeignKey("strategy_discussion.id"))
    number: Mapped[int]
    content: Mapped[str]
    agreed_on: Mapped[date | None]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    corrected_on: Mapped[date | None]
    corrected_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    correction_reason: Mapped[str | None]

    discussion: Mapped["StrategyDiscussion"] = relationship(back_populates="versions")
    agreed_by: Mapped[User | None] = relationship(foreign_keys=agreed_by_id)
    corrected_by: Mapped[User | None] = relationship(foreign_keys=corrected_by_id)
    copies: Mapped[list["MinutesCopy"]] = relationship(
        back_populates="version", order_by="MinutesCopy.number"
    )

    @property
    def minutes(self) -> WrittenMinutes:
        return WrittenMinutes.from_json(self.content)

    @property
    def circulations(self) -> Sequence["Circulation"]:
        return [each for copy in self.copies for each in copy.circulations]


class MinutesCopy(Base):
    """The first of each version is the whole of it, and made for nobody in particular. `content`
    is `WrittenMinutes` as JSON without what this copy withholds within its parts: who may be named
    changes, and what was sent does not. A copy from before that was kept has none."""

    __tablename__ = "minutes_copy"
    __table_args__ = (
        UniqueConstraint("version_id", "number"),
        check("whole_is_for_nobody", "(number = 1) = (made_for IS NULL)"),
        check("whole_withholds_nothing", "number > 1 OR NOT passages_withheld"),
        check("whole_names_all", "number > 1 OR NOT names_withheld"),
        check("whole_is_its_version", "number > 1 OR content IS NULL"),
        check("made_for_not_blank", "trim(made_for) <> ''"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("minutes_version.id"))
    number: Mapped[int]
    made_for: Mapped[str | None] = mapped_column(ShortText)
    passages_withheld: Mapped[bool] = mapped_column(default=False)
    names_withheld: Mapped[bool] = mapped_column(default=False)
    content: Mapped[str | None]

    version: Mapped[MinutesVersion] = relationship(back_populates="copies")
    parts: Mapped[list["WithheldPart"]] = relationship(cascade="all, delete-orphan")
    circulations: Mapped[list["Circulation"]] = relationship(
        back_populates="copy", order_by="Circulation.id"
    )
    withdrawal: Mapped["WithdrawnCopy | None"] = relationship()

    @property
    def is_whole(self) -> bool:
        return self.made_for is None

    @property
    def name(self) -> str:
        return f"Copy for {self.made_for}" if self.made_for else "Whole minutes"

    @property
    def minutes(self) -> WrittenMinutes:
        """What it says, but for the parts that it leaves out."""
        if self.content is not None:
            return WrittenMinutes.from_json(self.content)
        shown = redaction.withheld if self.passages_withheld else redaction.in_full
        return self.version.minutes.with_texts(shown)

    @property
    def withheld(self) -> frozenset[str]:
        """Codes of `lado.rules.redaction.PARTS`."""
        return frozenset(each.part for each in self.parts)


class WithheldPart(Base):
    __tablename__ = "withheld_part"

    copy_id: Mapped[int] = mapped_column(ForeignKey("minutes_copy.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(40), primary_key=True)


class WithdrawnCopy(Base):
    """A redacted copy that was made by mistake and went to nobody."""

    __tablename__ = "withdrawn_copy"
    __table_args__ = (check("reason_not_blank", "trim(reason) <> ''"),)

    copy_id: Mapped[int] = mapped_column(ForeignKey("minutes_copy.id"), primary_key=True)
    withdrawn_on: Mapped[date]
    withdrawn_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str]

    withdrawn_by: Mapped[User] = relationship()


class Circulation(Base):
    """That one recipient got one copy."""

    __tablename__ = "circulation"
    __table_args__ = (check("recipient_not_blank", "trim(recipient) <> ''"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    copy_id: Mapped[int] = mapped_column(ForeignKey("minutes_copy.id"), index=True)
    recipient: Mapped[str]
    sent_on: Mapped[date]

    copy: Mapped[MinutesCopy] = relationship(back_populates="circulations")
