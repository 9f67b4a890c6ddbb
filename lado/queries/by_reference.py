"""The records that somebody quotes by a number: ours, or the old register's."""

import re
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from lado.extensions import db
from lado.models import Case, Consultation, Enquiry, ReferenceCounter, User
from lado.queries import access
from lado.rules.references import written

Quoted = Consultation | Case | Enquiry

KINDS: dict[str, type[Any]] = {"C": Consultation, "PT": Case, "E": Enquiry}
NUMBER = re.compile(r"[0-9]{1,5}")


def by_reference(user: User, text: str) -> list[Quoted]:
    """Those that the user may know of; a reference of an old register may be one of each. As it was
    typed or in capitals, as most references are: both are looked up in an index."""
    text = text.strip()
    found: list[Quoted] = []
    for thing in KINDS.values():
        same = thing.reference == text.upper()
        if thing is not Enquiry:
            same = or_(same, thing.imported_reference.in_({text, text.upper(), text.lower()}))
        found += _visible(user, thing, same)
    return found


def by_number(user: User, text: str) -> list[Quoted]:
    """Those whose reference ends in the number, of whatever year: `00344` or `344`."""
    if not NUMBER.fullmatch(text.strip()):
        return []
    number, years = int(text), db.session.scalars(select(ReferenceCounter.year).distinct()).all()
    found: list[Quoted] = []
    for kind, thing in KINDS.items():
        references = [written(kind, year, number) for year in years]
        found += _visible(user, thing, thing.reference.in_(references))
    return found


def _visible(user: User, thing: Any, same: ColumnElement[bool]) -> Collection[Any]:
    newest_first = thing.received_on.desc(), thing.id
    return db.session.scalars(access.visible(user, thing).where(same).order_by(*newest_first)).all()
