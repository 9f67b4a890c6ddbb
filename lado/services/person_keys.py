"""Keys for finding people, made anew where they are missing: after an upgrade that drops them."""

from itertools import groupby
from typing import Any

from sqlalchemy import Select, exists, insert, select

from lado.extensions import db
from lado.models import Person, PersonKey, PersonName
from lado.rules.audit import AuditAction
from lado.rules.names import keys_kept
from lado.services import audit
from lado.services.audit import COMMAND_LINE
from lado.services.transaction import writes

CHUNK = 10_000


def index_everybody() -> None:
    """Whoever has no key gets theirs."""
    if db.session.scalar(select(exists(_without_keys().subquery().select()))):
        _index()


@writes(AuditAction.PEOPLE_INDEXED)
def _index() -> None:
    found = db.session.execute(_without_keys()).all()
    people = 0
    rows = []
    for (person_id, born), names in groupby(found, key=lambda row: (row.id, row.date_of_birth)):
        people += 1
        keys = set[int]().union(*(keys_kept(n.surname, n.forename, born) for n in names))
        rows += [{"key": key, "person_id": person_id} for key in keys]
    for start in range(0, len(rows), CHUNK):
        db.session.execute(insert(PersonKey), rows[start : start + CHUNK])
    audit.record(AuditAction.PEOPLE_INDEXED, None, by=COMMAND_LINE, people=people)


def _without_keys() -> Select[*tuple[Any, ...]]:
    """Columns by themselves, so that it can run on the schema of the revision that added them."""
    return (
        select(Person.id, Person.date_of_birth, PersonName.surname, PersonName.forename)
        .join(PersonName, PersonName.person_id == Person.id)
        .where(~exists().where(PersonKey.person_id == Person.id))
        .order_by(Person.id)
    )
