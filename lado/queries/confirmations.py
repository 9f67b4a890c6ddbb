"""Letters on a consultation: what they are filled with, and what to look at before one is kept."""

from collections.abc import Iterator, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from lado.errors import NotFound
from lado.extensions import db
from lado.models import Confirmation, Consultation, ConsultationSubject, Decision, User
from lado.queries import access, settings
from lado.queries.follow_ups import follow_ups_of
from lado.rules.advice import (
    ABOUT_THE_CALLER,
    claims_on_suspension,
    names_in,
    other_records,
)
from lado.rules.protection import without_names
from lado.rules.words import long_day


def confirmations_of(consultation: Consultation) -> Sequence[Confirmation]:
    """The last one first."""
    return db.session.scalars(
        select(Confirmation)
        .where(Confirmation.consultation_id == consultation.id)
        .order_by(Confirmation.number.desc())
        .options(
            joinedload(Confirmation.template),
            joinedload(Confirmation.written_by),
            joinedload(Confirmation.sent_by),
        )
    ).all()


def get(consultation: Consultation, number: int) -> Confirmation:
    for confirmation in confirmations_of(consultation):
        if confirmation.number == number:
            return confirmation
    raise NotFound


def values(consultation: Consultation, *, to_caller: bool, by: User) -> dict[str, str]:
    """By placeholder, empty where it is not known. Of the caller nothing where the letter goes to
    somebody else and the caller did not agree to be named (R-43)."""
    decided = [subject.decision for subject in consultation.subjects if subject.decision]
    open_ones = (f.due_on for f in follow_ups_of(consultation) if f.is_open)
    due_on = next(open_ones, None)
    caller = consultation.referrer_name or ""
    found = {
        "reference": consultation.reference,
        "received_on": long_day(consultation.received_on),
        "recipient_name": caller if to_caller else "",
        "caller_name": caller,
        "caller_role": consultation.referrer_role or "",
        "advice": _advice(consultation, decided),
        "decision": "; ".join(dict.fromkeys(each.term.label for each in decided)),
        "lado_name": next((d.decided_by.name for d in decided if d.decided_by), by.name),
        "council": settings.get_text("council_name"),
        "follow_up_date": long_day(due_on) if due_on else "",
    }
    hidden = () if to_caller or consultation.referrer_may_be_named else ABOUT_THE_CALLER
    return {name: "" if name in hidden else value for name, value in found.items()}


def _advice(consultation: Consultation, decided: Sequence[Decision]) -> str:
    """That of the decisions; before there is any, what was said at first."""
    given = dict.fromkeys(each.advice for each in decided if each.advice)
    return "\n\n".join(given) or consultation.interim_advice or ""


def warnings(consultation: Consultation, text: str, *, to_caller: bool, user: User) -> list[str]:
    return list(_warnings(consultation, text, to_caller=to_caller, user=user))


def _warnings(
    consultation: Consultation, text: str, *, to_caller: bool, user: User
) -> Iterator[str]:
    for claim in claims_on_suspension(text):
        yield f"It says whether suspension is a neutral act, which authorities differ on: “{claim}”"
    caller = consultation.referrer_name
    protected = not to_caller and not consultation.referrer_may_be_named
    if caller and protected and without_names(text, [caller]) != text:
        yield "It names the caller, who did not agree to be named to others"
    if names_in(text, _other_callers(consultation, user) - {caller}):
        yield "It names somebody who told us of these adults at another time"
    if other := other_records(text, consultation.reference):
        yield f"It speaks of another record: {', '.join(other)}"


def _other_callers(consultation: Consultation, user: User) -> set[str]:
    """Of the other consultations about the same adults, or of the same cases."""
    about, cases = (
        {getattr(subject, name) for subject in consultation.subjects} - {None}
        for name in ("person_id", "case_id")
    )
    subject = ConsultationSubject
    theirs = select(subject.consultation_id).where(
        or_(subject.person_id.in_(about), subject.case_id.in_(cases))
    )
    names = db.session.scalars(
        access.visible(user, Consultation)
        .with_only_columns(Consultation.referrer_name)
        .where(Consultation.id.in_(theirs), Consultation.id != consultation.id)
    )
    return {name for name in names if name}
