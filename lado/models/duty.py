"""The duty rota: who answers the LADO's telephone on a working day."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base
from lado.models.user import User


class DutyDay(Base):
    """One user on one working day. A day without a row is a gap; several may share a day."""

    __tablename__ = "duty_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)

    user: Mapped[User] = relationship()
