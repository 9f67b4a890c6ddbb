"""The council's own numbers and names, where they differ from `lado.rules.settings`."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from lado.models.base import Base, ShortText


class Setting(Base):
    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(ShortText)


class ReferenceCounter(Base):
    """The last number given out for a kind of reference (`C`, `PT`) in a calendar year."""

    __tablename__ = "reference_counter"

    kind: Mapped[str] = mapped_column(String(4), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
