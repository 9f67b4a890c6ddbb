"""What every table shares: names for constraints, types, and the columns that recur."""

import secrets
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from lado import clock
from lado.rules.vocabulary import DisclosureClass, Origin, RetentionClass

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC. SQLite drops the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_type(enum: type[StrEnum]) -> Enum:
    """Stored as its code in a VARCHAR(30) with a named CHECK, the same on both engines."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=30,
        name=_snake(enum.__name__),
        values_callable=lambda members: [member.value for member in members],
    )


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        datetime: Moment(),
    }


def new_public_id() -> str:
    return secrets.token_urlsafe(16)


ShortText = String(200)
LONGEST_FOLDED = 210


class Folded(TypeDecorator[str]):
    """What `fold` makes of a name. Some letters become many: what is longer than its column is cut,
    and so is what is compared with it."""

    impl = String(LONGEST_FOLDED)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value and value[:LONGEST_FOLDED]


class PublicId:
    """An opaque id for URLs; a reference or a key in a URL would say too much."""

    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=new_public_id)


class Entered:
    """Where a record came from and when the server first saw it. The time cannot be edited."""

    origin: Mapped[Origin] = mapped_column(enum_type(Origin), default=Origin.ENTERED)
    entered_at: Mapped[datetime] = mapped_column(default=clock.now)


class Disclosable:
    """The agency a record's free text came from (none: this authority) and its disclosure class."""

    @declared_attr
    def text_agency_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("term.id"))

    disclosure: Mapped[DisclosureClass] = mapped_column(
        enum_type(DisclosureClass), default=DisclosureClass.UNDETERMINED
    )


class Retained:
    """Kept by a rule until a review; a legal hold stops disposal whatever the date."""

    retention_class: Mapped[RetentionClass] = mapped_column(
        enum_type(RetentionClass), default=RetentionClass.UNDETERMINED
    )
    retention_review_on: Mapped[date | None]
    legal_hold: Mapped[bool] = mapped_column(default=False)


class Versioned:
    """Counts the saves, so that a second editor of the same text is noticed."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - as above
        return {"version_id_col": cls.version}


def required_unless_register(column: str) -> str:
    """SQL: `column` may be missing only where the record came from a register."""
    return f"origin = 'register' OR {column} IS NOT NULL"


def check(name: str, sql: str) -> CheckConstraint:
    return CheckConstraint(sql, name=name)
