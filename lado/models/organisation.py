"""Employers and settings."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import (
    Base,
    Entered,
    Folded,
    PublicId,
    ShortText,
    Versioned,
    check,
    enum_type,
)
from lado.models.term import Term
from lado.models.user import User
from lado.rules.vocabulary import MovedPart, OrganisationSource

# Compared byte by byte on both engines, so that words with one beginning stand together.
Word = String(60).with_variant(String(60, collation="C"), "postgresql")


class Organisation(PublicId, Entered, Versioned, Base):
    """`folded` is the name without case, accents or punctuation: near duplicates meet there.

    `urn` is its number in a public list. One that was merged into another stays, empty, so that
    the merge can be undone; only the other is offered and found.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("source", "urn"),
        check("name_not_blank", "trim(name) <> ''"),
        check("urn_has_source", "(urn IS NULL) = (source IS NULL)"),
        check("closed_on_is_closed", "closed OR closed_on IS NULL"),
        check("merged_into_another", "merged_into_id IS NULL OR merged_into_id <> id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(ShortText)
    folded: Mapped[str] = mapped_column(Folded, index=True)
    sector_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    subsector_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    school_phase_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    school_type_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    small_voluntary: Mapped[bool | None]
    source: Mapped[OrganisationSource | None] = mapped_column(enum_type(OrganisationSource))
    urn: Mapped[str | None] = mapped_column(String(20))
    address: Mapped[str | None] = mapped_column(ShortText)
    town: Mapped[str | None] = mapped_column(String(100))
    postcode: Mapped[str | None] = mapped_column(String(10))
    authority: Mapped[str | None] = mapped_column(String(100))
    closed: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)

    sector: Mapped[Term] = relationship(foreign_keys=sector_id)
    subsector: Mapped[Term | None] = relationship(foreign_keys=subsector_id)
    school_phase: Mapped[Term | None] = relationship(foreign_keys=school_phase_id)
    school_type: Mapped[Term | None] = relationship(foreign_keys=school_type_id)
    merged_into: Mapped["Organisation | None"] = relationship(remote_side="Organisation.id")
    other_names: Mapped[list["OrganisationName"]] = relationship(
        order_by="OrganisationName.id", cascade="all, delete-orphan"
    )
    words: Mapped[list["OrganisationWord"]] = relationship(cascade="all, delete-orphan")

    @property
    def where(self) -> str:
        return ", ".join(filter(None, (self.address, self.town, self.postcode)))


class OrganisationName(Base):
    """Another name it is known by: of one that was merged into it, or what a public list called it
    before."""

    __tablename__ = "organisation_name"
    __table_args__ = (check("name_not_blank", "trim(name) <> ''"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(ShortText)
    folded: Mapped[str] = mapped_column(Folded, index=True)
    merge_id: Mapped[int | None] = mapped_column(ForeignKey("organisation_merge.id"))


class OrganisationWord(Base):
    """A word of its names, for finding it while somebody types."""

    __tablename__ = "organisation_word"

    word: Mapped[str] = mapped_column(Word, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True, index=True
    )


class OrganisationMerge(PublicId, Base):
    """`merged` turned out to be the same as `into`; undone where that was wrong."""

    __tablename__ = "organisation_merge"
    __table_args__ = (
        Index(
            "uq_organisation_merge_standing",
            "merged_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
        check("two_organisations", "merged_id <> into_id"),
        check("reason_not_blank", "trim(reason) <> ''"),
        check(
            "undoing_stated",
            "(undone_at IS NULL) = (undone_by_id IS NULL)"
            " AND (undone_at IS NULL) = (undone_reason IS NULL)",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    into_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    reason: Mapped[str]
    merged_at: Mapped[datetime]
    merged_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    undone_reason: Mapped[str | None]

    merged: Mapped[Organisation] = relationship(foreign_keys=merged_id)
    into: Mapped[Organisation] = relationship(foreign_keys=into_id)
    merged_by: Mapped[User] = relationship(foreign_keys=merged_by_id)


class OrganisationMoved(Base):
    """A record that named the one merged, and names the other since. `record_id` is its key in the
    table that `part` stands for."""

    __tablename__ = "organisation_moved"

    merge_id: Mapped[int] = mapped_column(ForeignKey("organisation_merge.id"), primary_key=True)
    part: Mapped[MovedPart] = mapped_column(enum_type(MovedPart), primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True)


class OrganisationsApart(Base):
    """Two that look like one, and somebody said that they are not."""

    __tablename__ = "organisations_apart"
    __table_args__ = (check("lower_first", "first_id < second_id"),)

    first_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    told_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    told_at: Mapped[datetime]
