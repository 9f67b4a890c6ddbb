"""The full-text index: FTS5 on SQLite, tsvector on PostgreSQL. Nothing else may ask which.

A record's texts are one document under a number, its place, that says of which day it is and which
id it has: the index gives places from the highest down, so the newest come first without being
sorted. Each kind of record has an index of its own, so that whoever looks for a person's name waits
for no other. The words are folded before they come here (lado/rules/folding.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, inspect, text
from sqlalchemy.orm import Session

from lado.rules.search import SearchKind, Term, Wanted

INDEX = "search_text"
RECORD_BITS = 38
LAST_ID = (1 << RECORD_BITS) - 1
# Bytes of a document. PostgreSQL refuses what comes to more than 1 MB with its own marks.
LONGEST, WIDEST = 400_000, 4

SQLITE = """
CREATE VIRTUAL TABLE search_text_{kind} USING fts5
(words, tokenize='unicode61 remove_diacritics 0', columnsize=0, prefix='2 3 4')
"""
POSTGRESQL = """
CREATE TABLE search_text_{kind} (rowid bigint PRIMARY KEY, words tsvector NOT NULL);
CREATE INDEX ix_search_text_{kind}_words ON search_text_{kind} USING gin (words)
"""
CLEAR = "DELETE FROM search_text_{kind}"
REMOVE = "DELETE FROM search_text_{kind} WHERE rowid = :place"
SQLITE_PUT = "INSERT INTO search_text_{kind} (rowid, words) VALUES (:place, :words)"
POSTGRESQL_PUT = """
INSERT INTO search_text_{kind} (rowid, words) VALUES (:place, to_tsvector('simple', :words))
"""
SQLITE_FIND = """
SELECT rowid FROM search_text_{kind} WHERE search_text_{kind} MATCH :query
AND rowid BETWEEN :first AND :last ORDER BY rowid DESC LIMIT :most
"""
POSTGRESQL_FIND = """
SELECT rowid FROM search_text_{kind} WHERE words @@ to_tsquery('simple', :query)
AND rowid BETWEEN :first AND :last ORDER BY rowid DESC LIMIT :most
"""

# Whose document holds texts of a row of this table: `row` is NEW or OLD.
_OF_PERSON = (
    "SELECT 'person', {person}",
    "SELECT 'consultation', consultation_id FROM consultation_subject WHERE person_id = {person}",
    "SELECT 'case', id FROM \"case\" WHERE person_id = {person}",
)
_OF_CASE = ("SELECT 'case', {row}.case_id",)
_OF_CONSULTATION = ("SELECT 'consultation', {row}.consultation_id",)
_OF_EITHER = (
    "SELECT 'case', {row}.case_id WHERE {row}.case_id IS NOT NULL",
    "SELECT 'consultation', {row}.consultation_id WHERE {row}.consultation_id IS NOT NULL",
)
_OF_SUBJECT = (
    "SELECT 'consultation', consultation_id FROM consultation_subject WHERE id = {row}.subject_id",
)
_BY_DISCUSSION = "SELECT 'case', d.case_id FROM strategy_discussion AS d"
_BY_VERSION = f"{_BY_DISCUSSION} JOIN minutes_version AS v ON v.discussion_id = d.id"
_OF_COPY = " JOIN minutes_copy AS c ON c.version_id = v.id WHERE c.id = {row}.copy_id"
_OF_DISCUSSION = (f"{_BY_DISCUSSION} WHERE d.id = {{row}}.discussion_id",)
WATCHED: dict[str, tuple[str, ...]] = {
    "person": ("SELECT 'person', {row}.id",),
    "person_name": tuple(each.format(person="{row}.person_id") for each in _OF_PERSON),
    "organisation": (
        "SELECT 'organisation', {row}.id",
        "SELECT 'consultation', id FROM consultation WHERE setting_id = {row}.id",
        """SELECT 'consultation', consultation_id FROM consultation_subject
        WHERE organisation_id = {row}.id
        OR position_id IN (SELECT id FROM position WHERE organisation_id = {row}.id)""",
        """SELECT 'consultation', s.consultation_id FROM position AS p
        JOIN consultation_subject_position AS o ON o.position_id = p.id
        JOIN consultation_subject AS s ON s.id = o.subject_id
        WHERE p.organisation_id = {row}.id""",
        """SELECT 'case', id FROM "case" WHERE organisation_id = {row}.id
        OR position_id IN (SELECT id FROM position WHERE organisation_id = {row}.id)""",
    ),
    "organisation_name": ("SELECT 'organisation', {row}.organisation_id",),
    "position": (
        """SELECT 'consultation', consultation_id FROM consultation_subject
        WHERE position_id = {row}.id""",
        "SELECT 'case', id FROM \"case\" WHERE position_id = {row}.id",
    ),
    "consultation": ("SELECT 'consultation', {row}.id",),
    "consultation_subject": _OF_CONSULTATION,
    "consultation_subject_position": _OF_SUBJECT,
    "decision": _OF_SUBJECT,
    "given_name": _OF_SUBJECT,
    "confirmation": _OF_CONSULTATION,
    "follow_up": _OF_CONSULTATION,
    "child": _OF_EITHER,
    "note": _OF_EITHER,
    "document": _OF_EITHER,
    "other_authority": _OF_EITHER,
    "matter": ("SELECT 'case', case_id FROM matter_case WHERE matter_id = {row}.id",),
    "matter_case": _OF_CASE,
    "case": ("SELECT 'case', {row}.id",),
    "case_spell": _OF_CASE,
    "allegation": _OF_CASE,
    "outcome": ("SELECT 'case', case_id FROM allegation WHERE id = {row}.allegation_id",),
    "strand": _OF_CASE,
    "strand_result": ("SELECT 'case', case_id FROM strand WHERE id = {row}.strand_id",),
    "strand_update": ("SELECT 'case', case_id FROM strand WHERE id = {row}.strand_id",),
    "onward_referral": _OF_CASE,
    "learning_point": _OF_CASE,
    "notice": _OF_CASE,
    "safety_measure": _OF_CASE,
    "safety_measure_review": (
        "SELECT 'case', case_id FROM safety_measure WHERE id = {row}.measure_id",
    ),
    "strategy_discussion": _OF_CASE,
    "minute": _OF_DISCUSSION,
    "participant": _OF_DISCUSSION,
    "minutes_version": _OF_DISCUSSION,
    "minutes_copy": (f"{_BY_VERSION} WHERE v.id = {{row}}.version_id",),
    "circulation": (_BY_VERSION + _OF_COPY,),
    "action": _OF_CASE,
    "delay_reason": _OF_CASE,
    "enquiry": ("SELECT 'enquiry', {row}.id",),
}
# `WHERE true`, or SQLite takes ON CONFLICT for the end of a join.
MARK = (
    "INSERT INTO search_entry (kind, record_id, stale)"
    " SELECT DISTINCT found.*, true FROM ({select}) AS found"
    " WHERE true ON CONFLICT (kind, record_id) DO UPDATE SET stale = true"
    " WHERE NOT search_entry.stale;"
)
EVENTS = (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD"))
POSTGRESQL_WATCH = """
CREATE FUNCTION search_watch_{table}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {marks} RETURN NULL; END $$
"""
TRIGGER = 'CREATE TRIGGER search_watch_{table}_{event} AFTER {event} ON "{table}" FOR EACH ROW '


def is_index(table: str | None) -> bool:
    """Whether it is one of the index's own tables, which no model describes."""
    return bool(table) and str(table).startswith(INDEX)


def create(connection: Connection) -> None:
    """Called by migrations, as `drop` is."""
    statement = SQLITE if _is_sqlite(connection) else POSTGRESQL
    for kind in SearchKind:
        connection.exec_driver_sql(statement.format(kind=kind))


def drop(connection: Connection) -> None:
    unwatch(connection)
    for kind in SearchKind:
        connection.exec_driver_sql(f"DROP TABLE search_text_{kind}")


def watch(connection: Connection) -> None:
    """Make the database notice whatever is written to the tables above, however it is written.
    Done anew after each migration: one that replaces a table loses its triggers."""
    unwatch(connection)
    there = set(inspect(connection).get_table_names())
    if "search_entry" not in there:
        return
    for table in WATCHED.keys() & there:
        for event, row in EVENTS:
            _watch(connection, table, event, row)


def unwatch(connection: Connection) -> None:
    if _is_sqlite(connection):
        found = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search_watch_%'"
        )
        statement = "DROP TRIGGER {}"
    else:
        found = "SELECT proname FROM pg_proc WHERE proname LIKE 'search_watch_%%'"
        statement = "DROP FUNCTION {} CASCADE"
    for (name,) in connection.exec_driver_sql(found).all():
        connection.exec_driver_sql(statement.format(name))


def _watch(connection: Connection, table: str, event: str, row: str) -> None:
    selects = (each.format(row=row) for each in WATCHED[table])
    marks = " ".join(MARK.format(select=select) for select in selects)
    trigger = TRIGGER.format(table=table, event=event)
    if _is_sqlite(connection):
        connection.exec_driver_sql(f"{trigger} BEGIN {marks} END")
        return
    connection.exec_driver_sql(POSTGRESQL_WATCH.format(table=table, event=event, marks=marks))
    connection.exec_driver_sql(f"{trigger} EXECUTE FUNCTION search_watch_{table}_{event}()")


def place(day: date | None, record_id: int) -> int:
    """Where a record received on `day` stands. No day: before any."""
    return (day.toordinal() if day else 0) << RECORD_BITS | record_id


def record_at(place: int) -> int:
    """The record's id."""
    return place & LAST_ID


def put(session: Session, kind: SearchKind, documents: Mapping[int, str]) -> None:
    """Folded words by place, where nothing is yet."""
    if not documents:
        return
    rows = [{"place": place, "words": _cut(words)} for place, words in documents.items()]
    statement = SQLITE_PUT if _is_sqlite(session) else POSTGRESQL_PUT
    session.execute(text(statement.format(kind=kind)), rows)


def _cut(words: str) -> str:
    if len(words) * WIDEST <= LONGEST:
        return words
    return words.encode()[:LONGEST].decode(errors="ignore")


def remove(session: Session, kind: SearchKind, places: Iterable[int]) -> None:
    rows = [{"place": place} for place in places]
    if rows:
        session.execute(text(REMOVE.format(kind=kind)), rows)


def clear(session: Session) -> None:
    for kind in SearchKind:
        session.execute(text(CLEAR.format(kind=kind)))


def find(
    session: Session, kind: SearchKind, wanted: Wanted, *, first: int, last: int, most: int
) -> Sequence[int]:
    """Places from `last` down to `first`, both included, at most so many."""
    if _is_sqlite(session):
        query, expression = SQLITE_FIND, _fts5(wanted)
    else:
        query, expression = POSTGRESQL_FIND, _tsquery(wanted)
    values = {"query": expression, "first": first, "last": last, "most": most}
    return session.scalars(text(query.format(kind=kind)), values).all()


def _fts5(wanted: Wanted) -> str:
    def one(term: Term) -> str:
        return f'"{" ".join(term.words)}"' + ("" if term.exact else " *")

    found = " AND ".join(map(one, wanted.terms))
    excluded = " OR ".join(map(one, wanted.excluded))
    return f"({found}) NOT ({excluded})" if excluded else found


def _tsquery(wanted: Wanted) -> str:
    def one(term: Term) -> str:
        words = " <-> ".join(f"'{word}'" for word in term.words)
        return f"({words})" if term.exact else f"({words}:*)"

    return " & ".join([*map(one, wanted.terms), *(f"!{one(term)}" for term in wanted.excluded)])


def _is_sqlite(bound: Connection | Session) -> bool:
    dialect = bound.get_bind().dialect if isinstance(bound, Session) else bound.dialect
    return dialect.name == "sqlite"
