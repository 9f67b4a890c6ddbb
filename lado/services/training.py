"""The log of training and briefings given (T34)."""

from dataclasses import asdict, dataclass
from datetime import date

from lado.extensions import db
from lado.models import TrainingSession, User
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import TermGroup, TrainingKind
from lado.services import audit
from lado.services.checks import Checks
from lado.services.transaction import check_version, writes


@dataclass(frozen=True)
class SessionDetails:
    """Without a sector it was for people of several."""

    held_on: date
    kind: TrainingKind
    title: str
    people: int
    sector_id: int | None = None


@writes(AuditAction.TRAINING_LOGGED)
def log(*, details: SessionDetails, by: User) -> TrainingSession:
    _check(details)
    session = TrainingSession(logged_by_id=by.id, **asdict(details))
    db.session.add(session)
    audit.record(AuditAction.TRAINING_LOGGED, session, by=by)
    return session


@writes(AuditAction.TRAINING_CHANGED)
def change(session: TrainingSession, *, details: SessionDetails, version: int, by: User) -> None:
    check_version(session, version)
    _check(details)
    columns = asdict(details)
    changed = [name for name, value in columns.items() if getattr(session, name) != value]
    for name in changed:
        setattr(session, name, columns[name])
    audit.record(AuditAction.TRAINING_CHANGED, session, by=by, fields=changed)


def _check(details: SessionDetails) -> None:
    checks = Checks()
    checks.past(details.held_on, "held_on", "The day on which it was given")
    checks.that(details.title.strip(), "title", "Enter what it was about")
    checks.that(details.people >= 1, "people", "Enter how many people came, 1 or more")
    checks.terms({"sector_id": (TermGroup.SECTOR, details.sector_id)})
    checks.done()
