"""The audit trail: append-only, each row sealed with the hash of the one before."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from lado.models.base import Base


class AuditEvent(Base):
    """References and field names, never content: a chained row cannot be erased later.

    No foreign keys, so that a row can be read alone whatever became of the records.
    `actor` is a user's public id, or `command line`.
    """

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(40), index=True)
    action: Mapped[str] = mapped_column(String(60))
    thing: Mapped[str] = mapped_column(String(40))
    record: Mapped[str | None] = mapped_column(String(40), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class DisposalPermit(Base):
    """A row lives here only inside the disposal service's own transaction; while it does, the
    append-only triggers let that transaction delete. The audit trail's triggers never do."""

    __tablename__ = "disposal_permit"

    id: Mapped[int] = mapped_column(primary_key=True)
