"""The audit trail can only grow, and shows when somebody got at it another way."""

import os
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Table, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from lado.extensions import db
from lado.models import AuditEvent, DisposalPermit, Note
from lado.rules.audit import AuditAction
from lado.services import audit
from lado.services.transaction import writes
from tests.models.valid_rows import insert_all


@writes(AuditAction.SETTING_CHANGED)
def something_done() -> None:
    audit.record(AuditAction.SETTING_CHANGED, None, by=audit.COMMAND_LINE, fields=["key"])


@pytest.fixture
def three_events(app: Flask) -> None:
    for _ in range(3):
        something_done()


@pytest.mark.usefixtures("three_events")
def test_an_event_of_the_command_line_says_as_which_user_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 1234)
    something_done()
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.id == 4)).one()
    assert (event.actor, event.detail) == ("command line", {"fields": ["key"], "uid": 1234})


@pytest.mark.usefixtures("three_events")
@pytest.mark.parametrize(
    "statement", [update(AuditEvent).values(actor="nobody"), delete(AuditEvent)]
)
def test_update_and_delete_are_refused(statement: object) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(statement)  # type: ignore[call-overload]
    db.session.rollback()
    assert audit.walk().broken is None


UNIQUE = [
    (model.__table__, column.name)
    for model in (AuditEvent, Note)
    for column in model.__table__.columns
    if column.primary_key or column.unique
]
OF_ITS_OWN = {"id": 1000, "hash": "f" * 64}


@pytest.mark.parametrize(("table", "column"), UNIQUE, ids=str)
def test_no_row_takes_the_place_of_another(table: Table, column: str, app: Flask) -> None:
    """Only SQLite has REPLACE. What PostgreSQL has instead is an update, which is refused above."""
    if db.engine.dialect.name == "postgresql":
        return
    insert_all()
    row = dict(db.session.execute(select(table)).mappings().one())
    new = {name: OF_ITS_OWN.get(name, value) for name, value in row.items()}
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(insert(table).prefix_with("OR REPLACE"), new | {column: row[column]})


@pytest.mark.usefixtures("three_events")
def test_a_permit_to_dispose_does_not_open_the_audit_trail() -> None:
    db.session.add(DisposalPermit(id=1))
    db.session.flush()
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(delete(AuditEvent))


def test_a_note_can_be_deleted_by_disposal_only(app: Flask) -> None:
    insert_all()
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(delete(Note))
    db.session.rollback()
    db.session.add(DisposalPermit(id=1))
    db.session.flush()
    db.session.execute(delete(Note))
    with pytest.raises(DBAPIError, match="append-only"):
        insert_note_again()


def insert_note_again() -> None:
    """Even with the permit, a note is never changed."""
    db.session.rollback()
    db.session.add(DisposalPermit(id=1))
    db.session.flush()
    db.session.execute(update(Note).values(text="Other"))


@pytest.mark.usefixtures("three_events")
def test_an_untouched_chain_holds() -> None:
    assert audit.walk().broken is None
    assert [event.id for event in db.session.scalars(select(AuditEvent))] == [1, 2, 3]


TAMPERED: dict[str, Callable[[], object]] = {
    "content": lambda: update(AuditEvent).where(AuditEvent.id == 2).values(actor="somebody"),
    "detail": lambda: update(AuditEvent).where(AuditEvent.id == 2).values(detail={}),
    "removed": lambda: delete(AuditEvent).where(AuditEvent.id == 2),
}


@pytest.mark.usefixtures("three_events")
@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_past_the_triggers_is_found(how: str) -> None:
    without_triggers()
    db.session.execute(TAMPERED[how]())  # type: ignore[call-overload]
    db.session.commit()
    broken = audit.walk().broken
    assert broken is not None
    assert broken.id == (3 if how == "removed" else 2)


@pytest.mark.usefixtures("three_events")
def test_a_trail_that_was_written_anew_lacks_the_seal_that_was_noted_down() -> None:
    """It holds by itself: nothing in the database could tell."""
    noted = audit.walk().newest
    assert audit.walk(noted).found
    without_triggers()
    db.session.execute(delete(AuditEvent).where(AuditEvent.id == 3))
    db.session.commit()
    walk = audit.walk(noted)
    assert (walk.broken, walk.events, walk.found) == (None, 2, False)


def without_triggers() -> None:
    """As somebody with the database's own password could."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ALTER TABLE audit_event DISABLE TRIGGER ALL"))
    else:
        db.session.execute(text("DROP TRIGGER audit_event_no_update"))
        db.session.execute(text("DROP TRIGGER audit_event_no_delete"))
    db.session.commit()


def test_a_service_that_leaves_no_event_changes_nothing(app: Flask) -> None:
    @writes(AuditAction.SETTING_CHANGED)
    def silent() -> None:
        db.session.add(DisposalPermit(id=7))

    with pytest.raises(RuntimeError, match="no audit event"):
        silent()
    assert db.session.get(DisposalPermit, 7) is None


def test_a_failure_after_the_event_leaves_neither_change_nor_event(app: Flask) -> None:
    @writes(AuditAction.SETTING_CHANGED)
    def failing() -> None:
        db.session.add(DisposalPermit(id=7))
        audit.record(AuditAction.SETTING_CHANGED, None, by=audit.COMMAND_LINE)
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        failing()
    assert db.session.get(DisposalPermit, 7) is None
    assert db.session.scalars(select(AuditEvent)).all() == []
