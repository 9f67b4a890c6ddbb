"""The consultations and cases that somebody quotes by a number: ours, or the old register's."""

from typing import Any

from sqlalchemy import or_

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
    """As it was typed or in capitals, as most references are: both are looked up in an index."""
    same = or_(
        thing.reference == text.upper(),
        thing.imported_reference.in_({text, text.upper(), text.lower()}),
    )
    return list(db.session.scalars(access.visible(user, thing).where(same)))
