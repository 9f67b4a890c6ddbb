"""The call page filled in with what a setting sent by the referral form."""

from typing import Any

from flask import request

from lado import clock
from lado.errors import Refused
from lado.models import Organisation, ReceivedForm, Term, User
from lado.queries import access, organisations, vocabulary
from lado.rules.permissions import Permission
from lado.rules.vocabulary import Children, DatePrecision, FormStatus, TermGroup
from lado.services.received_form import HANDLED
from lado.web import drafting
from lado.web.consultations.forms import ContactForm
from lado.web.guard import user
from lado.web.viewing import noted

LONGEST_LINE = 200


def form_asked_for() -> ReceivedForm | None:
    """The inbox leads to the call page with the form's opaque id in the address; the page sends it
    along, so that a draft holds it too."""
    sent = drafting.typed() or request.form
    public_id = request.args.get("form") or sent.get("form_asked")
    if not public_id:
        return None
    received = access.get_received_form(user(), public_id, Permission.CONSULTATION_LOG)
    if received.status is not FormStatus.WAITING and drafting.begins_anew():
        raise Refused(HANDLED)
    return noted(received)


def filled_in(by: User, sent: ReceivedForm) -> ContactForm:
    """What is of no list of ours here, and no organisation on record, stands with the concern."""
    return ContactForm(by, data=_contact(sent) | {"taken_by": by, "adults": [_adult(sent)]})


def _contact(sent: ReceivedForm) -> dict[str, Any]:
    local = sent.sent_at.astimezone(clock.LONDON)
    by_form = _term(TermGroup.CONTACT_METHOD, "form")
    role = ", ".join(filter(None, (sent.reporter_role, sent.reporter_organisation)))
    reached = ", ".join(filter(None, (sent.reporter_phone, sent.reporter_email)))
    return {
        "received_on": clock.day_of(sent.sent_at),
        "received_at": local.time().replace(second=0, microsecond=0),
        "contact_method_id": by_form.id if by_form else None,
        "referrer_name": sent.reporter_name,
        "referrer_role": role[:LONGEST_LINE],
        "referrer_contact": reached[:LONGEST_LINE],
        "referrer_may_be_named": sent.reporter_may_be_named,
        "statutory_duty": sent.statutory_duty,
        "reporter_aware_on": sent.aware_on if sent.statutory_duty else None,
        "police_told": sent.police_told,
        "aware_on": sent.aware_on,
        "happened_precision": _precision(sent),
        "happened_from": sent.happened_from,
        "happened_to": sent.happened_to,
        "setting": _known(sent.place),
        "children": Children.COUNTED if sent.children_count else None,
        "children_count": sent.children_count,
        "summary": _summary(sent),
    }


def _adult(sent: ReceivedForm) -> dict[str, Any]:
    role = vocabulary.find(TermGroup.ROLE, sent.adult_role) if sent.adult_role else None
    return {
        "surname": sent.adult_surname,
        "forename": sent.adult_forename,
        "date_of_birth": sent.adult_date_of_birth,
        "role_id": role.id if role else None,
        "organisation": _known(sent.adult_employer) or sent.adult_employer,
    }


def _summary(sent: ReceivedForm) -> str:
    further = (
        ("Role of the adult, as it was given", sent.adult_role),
        ("Where", None if _known(sent.place) else sent.place),
        ("Done so far", sent.done_so_far),
        ("In danger now", "Yes" if sent.immediate_danger else None),
    )
    return "\n\n".join([sent.concern or "", *(f"{what}: {text}" for what, text in further if text)])


def _precision(sent: ReceivedForm) -> DatePrecision | None:
    if sent.happened_to:
        return DatePrecision.BETWEEN
    return DatePrecision.EXACT if sent.happened_from else None


def _known(name: str | None) -> Organisation | None:
    found = organisations.called(name) if name else []
    return found[0] if len(found) == 1 else None


def _term(group: TermGroup, code: str) -> Term | None:
    return next((term for term in vocabulary.terms(group) if term.code == code), None)
