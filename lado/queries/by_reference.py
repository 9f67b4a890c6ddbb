"""The consultations and cases that somebody quotes by a number: ours, or the old register's."""

from typing import Any

from sqlalchemy import func, or_

from lado.extensions import db
from lado.models import Case, Consultation, User
from lado.queries import access


def by_reference(user: User, text: str) -> list[Consultation | Case]:
    """Those that the user may know of; a reference of an old register may be one of each."""
    found: list[Consultation | Case] = []
    for thing in (Consultation, Case):
        found += _of(user, thing, text.strip())
    return found


def _of(user: User, thing: Any, text: str) -> list[Any]:
    same = or_(
        func.lower(thing.reference) == text.lower(),
        func.lower(thing.imported_reference) == text.lower(),
    )
    return list(db.session.scalars(access.visible(user, thing).where(same)))
