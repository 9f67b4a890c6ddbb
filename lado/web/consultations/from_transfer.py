"""The call page filled in with what another authority sent. Whom on record they mean is asked
there, as for any other call: nobody is taken for anybody by the file alone."""

from dataclasses import dataclass
from typing import Any

from flask import request

from lado import clock
from lado.errors import NotFound
from lado.models import Consultation, Organisation, User
from lado.queries import organisations, vocabulary
from lado.rules.permissions import Permission
from lado.rules.received_transfer import Received, day, part, parts, text
from lado.rules.vocabulary import Children, Sex, TermGroup
from lado.services import received_transfer as services
from lado.web import drafting
from lado.web.consultations.forms import ContactForm
from lado.web.guard import user

LONGEST_NAME = 100
LONGEST_LINE = 200
MOST_CHILDREN = 10_000


GONE = (
    "The transfer file is no longer here: it is kept for about a day. Open it again to take in its "
    "notes and documents too, or log the consultation without them."
)


@dataclass(frozen=True)
class Asked:
    """`sent` is None where the file is no longer here; what was typed is logged without it."""

    name: str
    sent: Received | None


def transfer_asked_for() -> Asked | None:
    """Its page leads here with its opaque id in the address; the call page sends it along."""
    typed = drafting.typed() or request.form
    name = request.args.get("transfer") or typed.get("transfer_asked")
    if not name or not user().can(Permission.TRANSFER):
        return None
    try:
        return Asked(name, services.look(name, by=user()))
    except NotFound:
        return Asked(name, None)


def filled_in_from(by: User, asked: Asked) -> ContactForm:
    if asked.sent is None:
        form = ContactForm.to_log(by, None)
        form.refuse(GONE)
        return form
    return _filled_in(by, asked.sent)


def _filled_in(by: User, sent: Received) -> ContactForm:
    adults = [_adult(sent)]
    data = {
        "received_on": clock.today(),
        "taken_by": by,
        "adults": adults,
        **_children(sent),
        "referrer_role": f"LADO of {sent.authority}"[:LONGEST_LINE],
        "summary": _summary(sent),
    }
    return ContactForm(by, data=data)


def take_in(name: str, form: ContactForm) -> Consultation:
    return services.take_in(
        name,
        contact=form.contact(),
        adults=form.about(),
        children=form.concerned(),
        by=user(),
    )


def _adult(sent: Received) -> dict[str, Any]:
    person, position = part(sent.case, "person"), part(sent.case, "position")
    employer = text(part(position, "organisation"), "name")[:LONGEST_LINE]
    return {
        "surname": text(sent.name, "surname")[:LONGEST_NAME],
        "forename": text(sent.name, "forename")[:LONGEST_NAME],
        "date_of_birth": day(person, "date_of_birth"),
        "sex": _sex(person),
        "role_id": _term(TermGroup.ROLE, text(position, "role")),
        "sector_id": _term(TermGroup.SECTOR, text(position, "sector")),
        "organisation": _known(employer) or employer,
        "category_id": _category(sent),
    }


def _category(sent: Received) -> int | None:
    allegations = parts(sent.case, "allegations")
    return _term(TermGroup.CATEGORY, text(allegations[0], "category")) if allegations else None


def _children(sent: Received) -> dict[str, Any]:
    """How many; who they are comes with the case, so that nobody is there twice."""
    described = len(parts(sent.case, "child_records"))
    told = sent.case.get("children_count")
    count = max(described, told if type(told) is int and told <= MOST_CHILDREN else 0)
    return {"children": Children.COUNTED, "children_count": count} if count else {}


def _sex(told: Any) -> Sex | None:
    return next((each for each in Sex if each.value == text(told, "sex")), None)


def _summary(sent: Received) -> str:
    told = parts(sent.content, "consultations") + parts(sent.case, "allegations")
    texts = [text(each, "summary") or text(each, "description") for each in told]
    source = f"Transferred in from {sent.authority}, their reference {sent.reference}."
    return "\n\n".join(dict.fromkeys([source, *filter(None, texts)]))[:20_000]


def _term(group: TermGroup, label: str) -> int | None:
    term = vocabulary.find(group, label) if label else None
    return term.id if term else None


def _known(name: str) -> Organisation | None:
    found = organisations.called(name) if name else []
    return found[0] if len(found) == 1 else None
