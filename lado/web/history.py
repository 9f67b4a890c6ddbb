"""What the pages of an organisation and of a person share: their contacts over time."""

from typing import Any

from flask import request

from lado import clock
from lado.models import Organisation, Person
from lado.queries import alerts, contacts
from lado.reports.contacts_chart import contacts_chart
from lado.reports.svg import inline_svg
from lado.web.guard import user


def history_of(record: Organisation | Person) -> dict[str, Any]:
    history = contacts.history(
        user(), record, page=request.args.get("page", 1, int), today=clock.today()
    )
    raised = alerts.raised(user(), record)
    return {
        "contacts": history.page,
        "quarters": history.quarters,
        "chart": inline_svg(contacts_chart(history.quarters)) if history.days else None,
        "alerts": [raised] if raised else [],
    }
