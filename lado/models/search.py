"""Which records the full-text index holds (lado/fulltext.py)."""

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lado.models.base import Base, enum_type
from lado.rules.search import SearchKind


class SearchEntry(Base):
    """`place` is the record's in the index, none before it is there. `stale`: one of its texts
    was written since; triggers of the database say so, and it is indexed anew before the commit.
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        Index(
            "ix_search_entry_stale",
            "kind",
            "record_id",
            sqlite_where=text("stale"),
            postgresql_where=text("stale"),
        ),
    )

    kind: Mapped[SearchKind] = mapped_column(enum_type(SearchKind), primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[int | None] = mapped_column(BigInteger)
    stale: Mapped[bool] = mapped_column(default=False)
