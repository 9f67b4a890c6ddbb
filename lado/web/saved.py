"""After saving: to the record, unless it has become one that whoever saved it may not know of."""

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from lado.models import Consultation, Person
from lado.queries import access
from lado.web.guard import user

CLOSED = (
    "This may be about you or somebody close to you, so it was handed to your manager. You cannot "
    "open it."
)


def saved(record: Consultation | Person, message: str) -> Response:
    area = "consultations" if isinstance(record, Consultation) else "people"
    if access.may_know_of(user(), record):
        flash(message)
        return redirect(url_for(f"{area}.view", public_id=record.public_id))
    reference = f" Reference {record.reference}." if isinstance(record, Consultation) else ""
    flash(CLOSED + reference, "warning")
    return redirect(url_for(f"{area}.index"))
