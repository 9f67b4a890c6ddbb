"""A question from outside is logged, its answer drawn and given. Once given it never changes."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from lado import clock
from lado.errors import Refused
from lado.extensions import db
from lado.models import InformationRequest, User
from lado.queries import information_requests
from lado.rules.audit import AuditAction
from lado.services import audit
from lado.services.checks import Checks
from lado.services.publication import Judged, figures_hash, hold_against_others
from lado.services.transaction import check_version, writes

ANSWERED = "This request is answered, and stays as it was. Log it again to give another answer."
NOT_DRAWN = "Choose what is counted before the answer is given."


@dataclass(frozen=True)
class RequestDetails:
    """`number` is the council's own."""

    number: str
    received_on: date
    question: str


@dataclass(frozen=True)
class DrawnAnswer:
    """`record` is all that is shown, and all by which a later publication is judged; `refused` in
    it says why the answer cannot be given."""

    definitions_version: str
    record: dict[str, Any]


@writes(AuditAction.INFORMATION_REQUEST_LOGGED)
def log(*, details: RequestDetails, by: User) -> InformationRequest:
    _check(details, None)
    request = InformationRequest(logged_by_id=by.id, **asdict(details))
    db.session.add(request)
    audit.record(AuditAction.INFORMATION_REQUEST_LOGGED, request, by=by)
    return request


@writes(AuditAction.INFORMATION_REQUEST_CHANGED)
def change(request: InformationRequest, *, details: RequestDetails, version: int, by: User) -> None:
    _lock_unanswered(request, version)
    _check(details, request)
    columns = asdict(details)
    changed = [name for name, value in columns.items() if getattr(request, name) != value]
    for name in changed:
        setattr(request, name, columns[name])
    audit.record(AuditAction.INFORMATION_REQUEST_CHANGED, request, by=by, fields=changed)


@writes(AuditAction.INFORMATION_REQUEST_DRAWN)
def draw(request: InformationRequest, drawn: DrawnAnswer, *, version: int, by: User) -> None:
    """Instead of what was drawn before, if anything was."""
    _lock_unanswered(request, version)
    request.figures = drawn.record
    request.definitions_version = drawn.definitions_version
    request.drawn_at, request.drawn_by = clock.now(), by
    audit.record(AuditAction.INFORMATION_REQUEST_DRAWN, request, by=by, fields=["figures"])


@writes(AuditAction.INFORMATION_REQUEST_ANSWERED)
def give(request: InformationRequest, *, judged: Judged, version: int, by: User) -> None:
    """Freeze the answer: from now on every publication is judged beside it."""
    _lock_unanswered(request, version)
    if request.figures is None:
        raise Refused(NOT_DRAWN)
    if request.figures["refused"]:
        raise Refused(request.figures["refused"])
    hold_against_others(judged)
    request.answered_at, request.answered_by = clock.now(), by
    request.figures_sha256 = figures_hash(request.figures)
    audit.record(AuditAction.INFORMATION_REQUEST_ANSWERED, request, by=by)


@writes(AuditAction.INFORMATION_REQUEST_DOWNLOADED)
def downloaded(request: InformationRequest, *, by: User) -> None:
    audit.record(AuditAction.INFORMATION_REQUEST_DOWNLOADED, request, by=by)


def _lock_unanswered(request: InformationRequest, version: int) -> None:
    db.session.refresh(request, with_for_update={"of": InformationRequest})
    if request.answered_at is not None:
        raise Refused(ANSWERED)
    check_version(request, version)


def _check(details: RequestDetails, request: InformationRequest | None) -> None:
    checks = Checks()
    checks.that(details.number.strip(), "number", "Enter the number of the request")
    checks.that(details.question.strip(), "question", "Enter the question as it was asked")
    checks.past(details.received_on, "received_on", "The day on which it was received")
    other = information_requests.unanswered(details.number)
    checks.that(
        other is None or other is request,
        "number",
        "There is already a request of this number that is not answered",
    )
    checks.done()
