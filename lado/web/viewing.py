"""Each page that shows a record is noted in the audit trail, a form that comes back with its
mistakes too."""

from typing import TypeVar

from flask import Response, after_this_request, request

from lado.models import Case, Consultation, Enquiry, Person, ReceivedForm
from lado.services.viewing import Viewed, viewed
from lado.web.guard import user

Record = TypeVar("Record", Case, Consultation, Enquiry, Person, ReceivedForm)
OK = 200


def noted(record: Record) -> Record:
    if request.method == "GET":
        viewed(record, by=user())
    else:
        _note_if_shown(record)
    return record


def _note_if_shown(record: Viewed) -> None:
    reader = user()

    @after_this_request
    def note(response: Response) -> Response:
        if response.status_code == OK:
            viewed(record, by=reader)
        return response
