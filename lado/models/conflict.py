"""Whom users declare, and records that may be about a user or somebody they declared (R-42)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado import clock
from lado.models.base import Base, PublicId, ShortText, check, enum_type
from lado.models.person import Person
from lado.models.user import User
from lado.rules.vocabulary import ConflictState


class Declaration(PublicId, Base):
    """A name of somebody close to a user, or without a `connection` of the user themselves.

    It stands while it has no `ended_at`; what was taken off the list is kept.
    """

    __tablename__ = "declaration"
    __table_args__ = (
        check("surname_not_blank", "trim(surname) <> ''"),
        check("connection_not_blank", "trim(connection) <> ''"),
        check("ended_not_before_declared", "ended_at >= declared_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    surname: Mapped[str] = mapped_column(String(100))
    forename: Mapped[str] = mapped_column(String(100), default="")
    date_of_birth: Mapped[date | None]
    connection: Mapped[str | None] = mapped_column(ShortText)
    declared_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]


class SuspectedConflict(PublicId, Base):
    """`person` may be the user, or whom their `declaration` names. Until it is settled the records
    of this person are closed to the user; confirmed, by `user.person_id` or an `associate`.
    `score` is in hundredths."""

    __tablename__ = "suspected_conflict"
    __table_args__ = (
        Index(
            "uq_suspected_conflict_pending",
            "user_id",
            "person_id",
            unique=True,
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
        check("score_possible", "score BETWEEN 1 AND 100"),
        check("settled_says_when", "(state = 'pending') = (settled_at IS NULL)"),
        check("settled_says_who", "(state = 'pending') = (settled_by_id IS NULL)"),
        check("settled_not_before_found", "settled_at >= found_at"),
        check(
            "dismissed_has_note",
            "state <> 'dismissed' OR (note IS NOT NULL AND trim(note) <> '')",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    declaration_id: Mapped[int | None] = mapped_column(ForeignKey("declaration.id"))
    score: Mapped[int]
    state: Mapped[ConflictState] = mapped_column(
        enum_type(ConflictState), default=ConflictState.PENDING
    )
    found_at: Mapped[datetime] = mapped_column(default=clock.now)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str | None]

    user: Mapped[User] = relationship(foreign_keys=user_id)
    person: Mapped[Person] = relationship()
    declaration: Mapped[Declaration | None] = relationship()
    settled_by: Mapped[User | None] = relationship(foreign_keys=settled_by_id)

    @property
    def connection(self) -> str:
        """Empty where the person may be the user themselves."""
        return (self.declaration.connection if self.declaration else None) or ""
