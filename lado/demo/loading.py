"""Fills an empty database with the demonstration."""

from datetime import date

from flask_migrate import downgrade, upgrade
from sqlalchemy import exists, select

from lado import clock
from lado.demo import names, users
from lado.demo.advice import advise
from lado.demo.cover import arrange_cover
from lado.demo.current import bring_up_to_date
from lado.demo.published import publish_reports
from lado.demo.register import SEED, as_csv, rows
from lado.demo.service import answer_requests, audit_decisions, give_training
from lado.demo.settled import settle_concluded
from lado.demo.whole import tell_whole_cases
from lado.extensions import db
from lado.models import AuditEvent, Consultation, User
from lado.queries.register import all_terms
from lado.register.checking import Progress, no_progress
from lado.register.loading import load
from lado.rules.audit import AuditAction
from lado.rules.permissions import Role
from lado.services import demonstration, settings
from lado.services.audit import COMMAND_LINE
from lado.services.search_index import not_followed


def is_empty() -> bool:
    """Nobody can sign in and nothing is on record."""
    found = select(exists().select_from(User) | exists().select_from(Consultation))
    return not db.session.scalar(found)


def is_loaded() -> bool:
    return _has_happened(AuditAction.DEMONSTRATION_LOADED)


def was_interrupted() -> bool:
    """Begun and not ended. A database that was filled by other hands was never begun."""
    return _has_happened(AuditAction.DEMONSTRATION_BEGUN) and not is_loaded()


def _has_happened(action: AuditAction) -> bool:
    return bool(db.session.scalar(select(exists().where(AuditEvent.action == action))))


def start_over() -> None:
    """Throw everything away: only for what `was_interrupted`."""
    db.session.remove()
    downgrade(revision="base")
    upgrade()


def fill(*, times: int = 1, progress: Progress = no_progress) -> None:
    """`times` as many contacts as two years of one council have."""
    demonstration.note_begun(by=COMMAND_LINE)
    with not_followed():
        _fill(clock.today(), times, progress)
    demonstration.note_loaded(times=times, by=COMMAND_LINE)


def _fill(today: date, times: int, progress: Progress) -> None:
    people = users.add_users()
    _load_register(today, times, progress)
    settings.change({"council_name": names.COUNCIL}, by=people[Role.ADMINISTRATOR])
    progress("Bringing up to date", 0, 2)
    bring_up_to_date(people, today, SEED)
    tell_whole_cases(people, today)
    settle_concluded(people, today)
    arrange_cover(people, today)
    advise(people, today)
    progress("Bringing up to date", 1, 2)
    give_training(people, today)
    publish_reports(people, today)
    answer_requests(people, today)
    audit_decisions(people, today)
    progress("Bringing up to date", 2, 2)


def _load_register(today: date, times: int, progress: Progress) -> None:
    if not all_terms():
        raise LookupError("There are no vocabulary lists yet. Run: flask db upgrade")
    result = load(as_csv(rows(today, times=times)), by=COMMAND_LINE, progress=progress)
    if result.problems:
        raise ValueError(f"The demonstration's register is at fault. {result.problems[0]}")
