"""Each page that shows a record is noted in the audit trail, a form that comes back with its
mistakes too."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from flask import Response, after_this_request, request

from lado.models import AuditedDecision, Case, Consultation, Enquiry, Person, ReceivedForm
from lado.services.received_transfer import Opened
from lado.services.viewing import people_shown, viewed
from lado.web.guard import user

Record = TypeVar(
    "Record", AuditedDecision, Case, Consultation, Enquiry, Opened, Person, ReceivedForm
)
OK = 200


def noted(record: Record) -> Record:
    if request.method == "GET":
        viewed(record, by=user())
    else:
        reader = user()
        _if_shown(lambda: viewed(record, by=reader))
    return record


def shown(people: Iterable[Person]) -> None:
    """Note whom the page shows as possible matches."""
    reader, ids = user(), [person.public_id for person in people]
    if ids:
        _if_shown(lambda: people_shown(ids, by=reader))


def _if_shown(note: Callable[[], None]) -> None:
    @after_this_request
    def note_it(response: Response) -> Response:
        if response.status_code == OK:
            note()
        return response
