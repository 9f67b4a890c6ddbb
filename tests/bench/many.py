"""A large database: the database itself multiplies the records of one demonstration."""

import sqlite3
from typing import Any

from sqlalchemy import Column, Date, Table

from lado import fulltext
from lado.extensions import db
from lado.models import (
    Action,
    Allegation,
    Case,
    CaseSpell,
    Child,
    Consultation,
    ConsultationSubject,
    Decision,
    LearningPoint,
    Notice,
    OnwardReferral,
    Organisation,
    Outcome,
    Participant,
    Person,
    Position,
    SafetyMeasure,
    Strand,
    StrandResult,
    StrategyDiscussion,
)

STRIDE = 1_000_000
COPIED = (
    Organisation, Person, Position, Consultation, Case, ConsultationSubject, Decision, CaseSpell,
    Allegation, Outcome, Strand, StrandResult, StrategyDiscussion, Participant, Action,
    SafetyMeasure, OnwardReferral, Notice, Child, LearningPoint,
)  # fmt: skip
MOVED = {table.__tablename__ for table in COPIED}


def multiply(bare: sqlite3.Connection, copies: int, years_back: int) -> None:
    """So many more records as `copies` says, all of them `years_back` earlier. What is so old is
    over."""
    first = bare.execute("SELECT coalesce(max(id), 0) / ? FROM consultation", [STRIDE]).fetchone()
    db.session.rollback()
    with db.engine.begin() as connection:
        fulltext.unwatch(connection)
    for n in range(first[0] + 1, first[0] + 1 + copies):
        for model in COPIED:
            bare.execute(_copy(model.__table__), {"n": n, "stride": STRIDE, "back": years_back})
    bare.execute("ANALYZE")
    bare.commit()


def _copy(table: Any) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.c)
    made = ", ".join(_made(column, table) for column in table.c)
    where = "WHERE id < :stride AND :stride > 0 AND :n > 0 AND :back >= 0"
    return f'INSERT INTO "{table.name}" ({names}) SELECT {made} FROM "{table.name}" {where}'  # noqa: S608


def _made(column: Column[Any], table: Table) -> str:
    name = f'"{column.name}"'
    if column.name == "id" or any(key.column.table.name in MOVED for key in column.foreign_keys):
        return f"{name} + :n * :stride"
    if (table.name, column.name) in (("organisation", "urn"), ("organisation", "source")):
        return "NULL"
    if (table.name, column.name) == ("case_spell", "concluded_on"):
        name = f"coalesce({name}, CASE WHEN :back > 0 THEN date(opened_on, '+1 day') END)"
    if isinstance(column.type, Date):
        return f"date({name}, '-' || :back || ' years')"
    if column.name in ("reference", "imported_reference"):
        return f"{name} || '/' || :n"
    return f"substr({name}, 1, 12) || :n" if column.unique else name
