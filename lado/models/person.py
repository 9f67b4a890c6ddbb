"""The adult a concern is about, and the positions of trust they hold."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import (
    Base,
    Entered,
    Folded,
    PublicId,
    Retained,
    ShortText,
    Versioned,
    check,
    enum_type,
)
from lado.models.organisation import Organisation
from lado.models.term import Term
from lado.models.user import User
from lado.rules.vocabulary import NameKind, Sameness, Sex


class Person(PublicId, Entered, Retained, Versioned, Base):
    """`same_as_id` leads from each record of a human being to the one that stands for all of them;
    it follows from the standing comparisons (`services.same_person`)."""

    __tablename__ = "person"
    __table_args__ = (
        check(
            "age_known_one_way",
            "(stated_age IS NULL) = (age_stated_on IS NULL)"
            " AND (date_of_birth IS NULL OR stated_age IS NULL)",
        ),
        check("age_possible", "stated_age BETWEEN 10 AND 120"),
        check("same_as_another", "same_as_id <> id"),
        Index(
            "ix_person_same_as_id",
            "same_as_id",
            sqlite_where=text("same_as_id IS NOT NULL"),
            postgresql_where=text("same_as_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    date_of_birth: Mapped[date | None] = mapped_column(index=True)
    stated_age: Mapped[int | None]
    age_stated_on: Mapped[date | None]
    sex: Mapped[Sex | None] = mapped_column(enum_type(Sex))
    restricted: Mapped[bool] = mapped_column(default=False, index=True)
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    names: Mapped[list["PersonName"]] = relationship(
        back_populates="person", order_by="PersonName.id", cascade="all, delete-orphan"
    )
    positions: Mapped[list["Position"]] = relationship(
        back_populates="person", order_by="Position.id"
    )
    keys: Mapped[list["PersonKey"]] = relationship(cascade="all, delete-orphan")

    @property
    def name(self) -> "PersonName":
        return next(name for name in self.names if name.kind is NameKind.CURRENT)

    @property
    def lead_id(self) -> int:
        """The id of the record that stands for all of the same human being."""
        return self.same_as_id or self.id


class PersonName(Base):
    """`folded` is surname and forename without accents, case or punctuation, for finding them."""

    __tablename__ = "person_name"
    __table_args__ = (
        Index(
            "uq_person_name_current",
            "person_id",
            unique=True,
            sqlite_where=text("kind = 'current'"),
            postgresql_where=text("kind = 'current'"),
        ),
        check("surname_not_blank", "trim(surname) <> ''"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[NameKind] = mapped_column(enum_type(NameKind), default=NameKind.CURRENT)
    surname: Mapped[str] = mapped_column(String(100))
    forename: Mapped[str] = mapped_column(String(100), default="")
    folded: Mapped[str] = mapped_column(Folded, index=True)

    person: Mapped[Person] = relationship(back_populates="names")

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}".strip()


class PersonKey(Base):
    """Under which a person is found (`rules.names.keys_kept`): derived, and made anew at will."""

    __tablename__ = "person_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class PersonComparison(Base):
    """What somebody judged of two records: whether they are of the same human being.

    The newest stands (no `ended_at`); earlier ones are kept.
    """

    __tablename__ = "person_comparison"
    __table_args__ = (
        Index(
            "uq_person_comparison_standing",
            "one_id",
            "other_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        check("in_order", "one_id < other_id"),
        check("same_has_reason", "sameness <> 'same' OR trim(reason) <> ''"),
        check("ended_not_before_judged", "ended_at IS NULL OR ended_at >= judged_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    sameness: Mapped[Sameness] = mapped_column(enum_type(Sameness))
    reason: Mapped[str] = mapped_column(default="")
    judged_at: Mapped[datetime]
    judged_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None]

    judged_by: Mapped[User] = relationship()


class Position(Entered, Base):
    """A role with children at an organisation. Without a person: of an adult not yet named.

    `sector` is the role's own: a council employs social workers and foster carers.
    """

    __tablename__ = "position"
    __table_args__ = (
        check("dates_in_order", "held_to IS NULL OR held_from IS NULL OR held_from <= held_to"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    role_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    sector_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    paid: Mapped[bool | None]
    held_from: Mapped[date | None]
    held_to: Mapped[date | None]

    person: Mapped[Person | None] = relationship(back_populates="positions")
    role: Mapped[Term | None] = relationship(foreign_keys=role_id)
    organisation: Mapped[Organisation | None] = relationship()
    sector: Mapped[Term] = relationship(foreign_keys=sector_id)

    @property
    def label(self) -> str:
        """What tells it from others where no name is shown: `Teaching assistant, Oak Primary`."""
        role = (self.role or self.sector).label
        return f"{role}, {self.organisation.name}" if self.organisation else role


class Associate(Base):
    """A person a user has declared as connected to them: their records are closed to that user."""

    __tablename__ = "associate"
    __table_args__ = (UniqueConstraint("user_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    connection: Mapped[str] = mapped_column(ShortText)
