"""What somebody typed into a form and has not saved yet. For its author alone."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lado.models.base import Base, PublicId, check, enum_type
from lado.rules.drafts import LONGEST_DRAFT, WITHOUT_RECORD, DraftForm

NEW = ", ".join(f"'{form}'" for form in WITHOUT_RECORD)


class Draft(PublicId, Base):
    """`typed` is JSON: the pairs of names and values as the form would send them. `page` is the
    window that saved it last. `record` is the public id of what the form is about, and `part` the
    number of an adult, allegation, note or discussion within that.

    A draft whose form was saved is emptied and stays for a while as finished, so that the same
    form sent twice is saved once.
    """

    __tablename__ = "draft"
    __table_args__ = (
        check("finished_is_empty", "finished_at IS NULL OR typed = '[]'"),
        check("log_has_no_record", f"(form IN ({NEW})) = (record IS NULL)"),
        check("part_of_record", "part IS NULL OR record IS NOT NULL"),
        check("saved_after_created", "saved_at >= created_at"),
        check("typed_not_too_long", f"length(typed) <= {LONGEST_DRAFT}"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    form: Mapped[DraftForm] = mapped_column(enum_type(DraftForm))
    record: Mapped[str | None] = mapped_column(String(22))
    part: Mapped[int | None]
    typed: Mapped[str]
    page: Mapped[str] = mapped_column(String(22))
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
