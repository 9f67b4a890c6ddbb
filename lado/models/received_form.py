"""What a setting sent by the public referral form, until somebody logs it or puts it aside."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lado import clock
from lado.models.base import Base, PublicId, ShortText, Versioned, check, enum_type
from lado.models.consultation import Consultation
from lado.models.user import User
from lado.rules.vocabulary import FormStatus

# What the consultation takes over, so that what is erased there is nowhere else.
TAKEN_OVER = (
    "reporter_name", "reporter_role", "reporter_organisation", "reporter_phone", "reporter_email",
    "reporter_may_be_named", "adult_surname", "adult_forename", "adult_date_of_birth",
    "adult_role", "adult_employer", "place", "happened_from", "happened_to", "aware_on",
    "children_count", "concern", "done_so_far", "police_told",
)  # fmt: skip


class ReceivedForm(PublicId, Versioned, Base):
    """In the words of whoever sent it: nothing here is of our lists. Once it is logged only how,
    when and as which consultation is left. `adult_folded` is the name as
    `person_name.folded` has it, so that nobody is shown a form about somebody close to them."""

    __tablename__ = "received_form"
    __table_args__ = (
        check(
            "reporter_can_be_reached",
            "status = 'logged' OR reporter_phone IS NOT NULL OR reporter_email IS NOT NULL",
        ),
        check(
            "reporter_not_blank",
            "status = 'logged' OR (reporter_name IS NOT NULL AND length(trim(reporter_name)) > 0)",
        ),
        check(
            "concern_not_blank",
            "status = 'logged' OR (concern IS NOT NULL AND length(trim(concern)) > 0)",
        ),
        check(
            "logged_keeps_nothing",
            "status <> 'logged' OR (adult_folded = '' AND "
            + " AND ".join(f"{name} IS NULL" for name in TAKEN_OVER)
            + ")",
        ),
        check("happened_in_order", "happened_to IS NULL OR happened_from <= happened_to"),
        check("last_day_has_first", "happened_to IS NULL OR happened_from IS NOT NULL"),
        check("children_count_possible", "children_count >= 1"),
        check("handled_says_when", "(status = 'waiting') = (handled_at IS NULL)"),
        check("handled_says_who", "(status = 'waiting') = (handled_by_id IS NULL)"),
        check("logged_has_consultation", "(status = 'logged') = (consultation_id IS NOT NULL)"),
        check("put_aside_has_reason", "(status = 'put_aside') = (put_aside_reason IS NOT NULL)"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    status: Mapped[FormStatus] = mapped_column(
        enum_type(FormStatus), default=FormStatus.WAITING, index=True
    )
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)
    reporter_name: Mapped[str | None] = mapped_column(ShortText)
    reporter_role: Mapped[str | None] = mapped_column(ShortText)
    reporter_organisation: Mapped[str | None] = mapped_column(ShortText)
    reporter_phone: Mapped[str | None] = mapped_column(ShortText)
    reporter_email: Mapped[str | None] = mapped_column(ShortText)
    reporter_may_be_named: Mapped[bool | None]
    statutory_duty: Mapped[bool] = mapped_column(default=False)
    adult_surname: Mapped[str | None] = mapped_column(ShortText)
    adult_forename: Mapped[str | None] = mapped_column(ShortText)
    adult_folded: Mapped[str] = mapped_column(default="")
    adult_date_of_birth: Mapped[date | None]
    adult_role: Mapped[str | None] = mapped_column(ShortText)
    adult_employer: Mapped[str | None] = mapped_column(ShortText)
    place: Mapped[str | None] = mapped_column(ShortText)
    happened_from: Mapped[date | None]
    happened_to: Mapped[date | None]
    aware_on: Mapped[date | None]
    children_count: Mapped[int | None]
    concern: Mapped[str | None]
    done_so_far: Mapped[str | None]
    police_told: Mapped[bool | None]
    immediate_danger: Mapped[bool] = mapped_column(default=False)
    handled_at: Mapped[datetime | None]
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    put_aside_reason: Mapped[str | None]
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), unique=True)

    handled_by: Mapped[User | None] = relationship()
    consultation: Mapped[Consultation | None] = relationship()


class FormClosedTo(Base):
    """A user whom the adult named on the form may be, or who declared somebody of that name (R-42).
    Nobody needs to settle it: anybody else can log the form."""

    __tablename__ = "form_closed_to"

    received_form_id: Mapped[int] = mapped_column(ForeignKey("received_form.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
