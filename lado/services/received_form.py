"""What settings send by the referral form: it comes in, and is logged or put aside."""

from dataclasses import asdict, dataclass
from datetime import date

from lado import clock
from lado.errors import Refused
from lado.extensions import db
from lado.models import Consultation, ReceivedForm, User
from lado.models.received_form import TAKEN_OVER
from lado.rules.audit import AuditAction
from lado.rules.folding import fold
from lado.rules.vocabulary import FormStatus
from lado.services import audit
from lado.services.checks import Checks
from lado.services.references import next_reference
from lado.services.suspected_conflict import compare_form_in_transaction
from lado.services.transaction import check_version, writes

HANDLED = "Somebody else has logged this form or put it aside meanwhile."
DAYS = {
    "happened_from": "The date it happened",
    "happened_to": "The last date it happened",
    "aware_on": "The date you learned of it",
    "adult_date_of_birth": "Their date of birth",
}


@dataclass(frozen=True)
class Sent:
    """Named as the columns are."""

    reporter_name: str
    concern: str
    reporter_role: str = ""
    reporter_organisation: str = ""
    reporter_phone: str = ""
    reporter_email: str = ""
    reporter_may_be_named: bool | None = None
    statutory_duty: bool = False
    adult_surname: str = ""
    adult_forename: str = ""
    adult_date_of_birth: date | None = None
    adult_role: str = ""
    adult_employer: str = ""
    place: str = ""
    happened_from: date | None = None
    happened_to: date | None = None
    aware_on: date | None = None
    children_count: int | None = None
    done_so_far: str = ""
    police_told: bool | None = None
    immediate_danger: bool = False


@writes(AuditAction.FORM_RECEIVED)
def receive(sent: Sent) -> ReceivedForm:
    """From somebody who has no account."""
    check(sent)
    form = ReceivedForm(
        reference=next_reference("R", clock.today()),
        adult_folded=fold(f"{sent.adult_surname} {sent.adult_forename}"),
        **{name: None if value == "" else value for name, value in asdict(sent).items()},
    )
    db.session.add(form)
    audit.record(AuditAction.FORM_RECEIVED, form, by=None)
    compare_form_in_transaction(form)
    return form


@writes(AuditAction.FORM_PUT_ASIDE)
def put_aside(form: ReceivedForm, *, reason: str, version: int, by: User) -> None:
    """Spam, sent twice, for another authority: it stays on record with the reason."""
    check_version(form, version)
    checks = Checks()
    checks.that(reason.strip(), "reason", "Enter why it is put aside")
    checks.done()
    _handle(form, FormStatus.PUT_ASIDE, by)
    form.put_aside_reason = reason
    audit.record(AuditAction.FORM_PUT_ASIDE, form, by=by)


def mark_logged_in_transaction(form: ReceivedForm, consultation: Consultation, *, by: User) -> None:
    _handle(form, FormStatus.LOGGED, by)
    form.consultation = consultation
    for name in TAKEN_OVER:
        setattr(form, name, None)
    form.adult_folded = ""
    audit.record(AuditAction.FORM_LOGGED, form, by=by)


def _handle(form: ReceivedForm, status: FormStatus, by: User) -> None:
    db.session.refresh(form, with_for_update={"of": ReceivedForm})
    if form.status is not FormStatus.WAITING:
        raise Refused(HANDLED)
    form.status, form.handled_at, form.handled_by_id = status, clock.now(), by.id


def check(sent: Sent) -> None:
    """Raises Invalid where it could not be received."""
    checks = Checks()
    checks.that(sent.reporter_name.strip(), "reporter_name", "Enter your name")
    checks.that(sent.concern.strip(), "concern", "Enter what the concern is")
    reachable = sent.reporter_phone or sent.reporter_email
    checks.that(reachable, "reporter_phone", "Enter a phone number or an email address")
    first, last = sent.happened_from, sent.happened_to
    checks.that(first or not last, "happened_from", "Enter the first date too")
    in_order = not (first and last) or first <= last
    checks.that(in_order, "happened_to", "The last date must not be before the first")
    for field, what in DAYS.items():
        checks.past(getattr(sent, field), field, what)
    checks.done()
