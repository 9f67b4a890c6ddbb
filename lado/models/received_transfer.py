"""What another authority sent of a case, as it came."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado.models.base import Base, Entered, ShortText, check
from lado.models.consultation import Consultation


class ReceivedTransfer(Entered, Base):
    """`content` is the records of the file as they came (docs/transfer.md), and never changes;
    `sha256` is of them, so that the same file is not taken in twice. They are of the case that the
    first adult of the consultation is of, once it has one."""

    __tablename__ = "received_transfer"
    __table_args__ = (
        check("authority_not_blank", "trim(authority) <> ''"),
        check("reference_not_blank", "trim(reference) <> ''"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), unique=True)
    authority: Mapped[str] = mapped_column(ShortText)
    reference: Mapped[str] = mapped_column(ShortText)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    content: Mapped[str]

    consultation: Mapped[Consultation] = relationship()
