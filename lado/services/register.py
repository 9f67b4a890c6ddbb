"""A register is loaded whole or not at all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import Column, Table, Update, bindparam, insert, update

from lado import clock
from lado.database import fresh_ids
from lado.errors import Refused
from lado.extensions import db
from lado.models import Base, Case, Person, RegisterImport, User
from lado.queries.register import loaded_before
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import Sex
from lado.services import audit
from lado.services.audit import Actor
from lado.services.suspected_conflict import compare_register_in_transaction
from lado.services.transaction import writes

CHUNK = 5000


@dataclass(frozen=True)
class NewRecords:
    """What a register comes to: rows for each table, the sexes of people who were on record
    without, the days of contacts that joined cases on record, and how many there are of what."""

    rows: Mapping[Table, Sequence[dict[str, Any]]]
    sexes: Mapping[int, Sex]
    received: Mapping[int, date]
    numbers: Mapping[str, int]


Make = Callable[[int], NewRecords]
Saved = Callable[[int, int], None]


def no_report(_saved: int, _total: int) -> None:
    """For whoever does not wait."""


@writes(AuditAction.REGISTER_CHECKED)
def register_checked(row_count: int, *, by: Actor) -> None:
    """A check saves nothing, and tells who is on record: it is noted."""
    audit.record(AuditAction.REGISTER_CHECKED, None, by=by, rows=row_count)


@writes(AuditAction.REGISTER_IMPORTED)
def import_register(
    sha256: str, *, row_count: int, make: Make, by: Actor, saved: Saved = no_report
) -> NewRecords:
    """`make` gets the number of this import and gives the records; it runs under the write lock,
    so what it looks up is true until they are saved."""
    if loaded_before(sha256):
        raise Refused("Somebody loaded this same file a moment ago. There is nothing left to do.")
    loaded = RegisterImport(
        sha256=sha256,
        loaded_at=clock.now(),
        loaded_by_id=by.id if isinstance(by, User) else None,
        row_count=row_count,
    )
    db.session.add(loaded)
    db.session.flush()
    new = make(loaded.id)
    _save(new, saved)
    audit.record(AuditAction.REGISTER_IMPORTED, None, by=by, fields=(), reference="", **new.numbers)
    compare_register_in_transaction(new.rows, by=by)
    return new


def ids(table: Table) -> Iterator[int]:
    return fresh_ids(db.session(), table)


def _save(new: NewRecords, saved: Saved) -> None:
    total, done = sum(map(len, new.rows.values())), 0
    for table in Base.metadata.sorted_tables:
        rows = new.rows.get(table, ())
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            db.session.execute(insert(table), chunk)
            done += len(chunk)
            saved(done, total)
    people, cases = cast(Table, Person.__table__), cast(Table, Case.__table__)
    _change(update(people).values(sex=bindparam("new")), people.c.id, new.sexes)
    earlier = cases.c.received_on > bindparam("new")
    _change(
        update(cases).where(earlier).values(received_on=bindparam("new")), cases.c.id, new.received
    )


def _change(statement: Update, id_column: Column[int], values: Mapping[int, object]) -> None:
    if values:
        rows = [{"row": id_, "new": value} for id_, value in values.items()]
        db.session.connection().execute(statement.where(id_column == bindparam("row")), rows)


@writes(AuditAction.REGISTER_EXPORTED)
def note_export(*, consultations: int, by: Actor) -> None:
    """A register left the system."""
    audit.record(AuditAction.REGISTER_EXPORTED, None, by=by, consultations=consultations)
