"""The advice is confirmed in writing. A letter that was sent is never changed."""

from dataclasses import dataclass
from datetime import date

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import AdviceTemplate, Confirmation, Consultation, User
from lado.queries.confirmations import confirmations_of, warnings
from lado.rules.advice import FILLED_LAST, fill, unfilled
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import SentHow
from lado.services import audit
from lado.services.checks import Checks, next_number
from lado.services.consultation import lock
from lado.services.follow_up import FollowUpDetails, add_in_transaction
from lado.services.transaction import check_version, writes

SENT = "This letter was sent, so it cannot be changed. Write a further one."


@dataclass(frozen=True)
class LetterDetails:
    """`heeded`: the writer looked at what the text was warned of, and keeps it."""

    recipient_name: str
    text: str
    recipient_role: str | None = None
    heeded: bool = False


@writes(AuditAction.CONFIRMATION_WRITTEN)
def write(
    consultation: Consultation,
    *,
    template: AdviceTemplate,
    to_caller: bool,
    letter: LetterDetails,
    by: User,
) -> Confirmation:
    lock(consultation)
    if to_caller and consultation.anonymous:
        raise Refused("The caller is anonymous, so there is nobody to confirm the advice to.")
    confirmation = Confirmation(
        consultation=consultation,
        number=next_number(confirmations_of(consultation)),
        template_id=template.id,
        to_caller=to_caller,
        written_on=clock.today(),
        written_by_id=by.id,
        **_checked(consultation, letter, to_caller=to_caller, by=by),
    )
    db.session.add(confirmation)
    _record(AuditAction.CONFIRMATION_WRITTEN, confirmation, by=by)
    return confirmation


@writes(AuditAction.CONFIRMATION_CHANGED)
def change(confirmation: Confirmation, *, letter: LetterDetails, version: int, by: User) -> None:
    _lock_unsent(confirmation, version)
    checked = _checked(confirmation.consultation, letter, to_caller=confirmation.to_caller, by=by)
    for name, value in checked.items():
        setattr(confirmation, name, value)
    confirmation.written_by_id, confirmation.written_on = by.id, clock.today()
    _record(AuditAction.CONFIRMATION_CHANGED, confirmation, by=by)


@writes(AuditAction.CONFIRMATION_SENT)
def mark_sent(
    confirmation: Confirmation,
    *,
    sent_on: date,
    sent_how: SentHow,
    follow_up: FollowUpDetails | None = None,
    version: int,
    by: User,
) -> None:
    _lock_unsent(confirmation, version)
    checks = Checks()
    checks.past(sent_on, "sent_on", "The day on which it was sent")
    written = sent_on >= confirmation.written_on
    checks.that(written, "sent_on", "It must not be sent before it was written")
    checks.done()
    confirmation.sent_by_id, confirmation.sent_on = by.id, sent_on
    confirmation.sent_how = sent_how
    if follow_up:
        lock(confirmation.consultation)
        add_in_transaction(confirmation.consultation, follow_up, by=by)
    _record(AuditAction.CONFIRMATION_SENT, confirmation, by=by)


@writes(AuditAction.CONFIRMATION_DOWNLOADED)
def downloaded(confirmation: Confirmation, *, by: User) -> None:
    _record(AuditAction.CONFIRMATION_DOWNLOADED, confirmation, by=by)


def _lock_unsent(confirmation: Confirmation, version: int) -> None:
    db.session.refresh(confirmation, with_for_update={"of": Confirmation})
    if confirmation.sent_on is not None:
        raise Refused(SENT)
    check_version(confirmation, version)


def _checked(
    consultation: Consultation, letter: LetterDetails, *, to_caller: bool, by: User
) -> dict[str, str | None]:
    text = fill(letter.text, {FILLED_LAST: letter.recipient_name})
    checks = Checks()
    checks.that(letter.recipient_name.strip(), "recipient_name", "Enter who the letter goes to")
    checks.that(text.strip(), "text", "Enter the text of the letter")
    missing = ", ".join(unfilled(text))
    checks.that(not missing, "text", f"Fill these in, or take them out: {missing}")
    checks.done()
    found = warnings(consultation, text, to_caller=to_caller, user=by)
    if found and not letter.heeded:
        raise Invalid({"heeded": "Change the text, or confirm that it is meant so"})
    return {
        "recipient_name": letter.recipient_name,
        "recipient_role": letter.recipient_role or None,
        "text": text,
    }


def _record(action: AuditAction, confirmation: Confirmation, *, by: User) -> None:
    audit.record(action, confirmation.consultation, by=by, confirmation=confirmation.number)
