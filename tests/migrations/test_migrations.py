"""Each revision goes up and down with data in it, on both engines."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Enum, func, inspect, select, text
from sqlalchemy import table as sql_table

from lado.extensions import db
from lado.fulltext import is_index
from lado.models import Base, Note, StrategyDiscussion, Term
from lado.rules.shipped_terms import SHIPPED_TERMS, ShippedTerm
from lado.rules.vocabulary import DiscussionPurpose, TermGroup
from lado.services import vocabulary
from lado.services.vocabulary import TermDetails
from tests.case_parts import (
    action_details,
    agree,
    fill_case,
    make_discussion,
    participant,
    send_minutes,
)
from tests.factories import make_case, make_consultation
from tests.support.cast import Cast

ROOT = Path(__file__).resolve().parents[2]
NEW = 6


def test_revisions_are_numbered_without_a_gap_and_have_one_head() -> None:
    script = ScriptDirectory(str(ROOT / "migrations"))
    numbers = sorted(revision.revision for revision in script.walk_revisions())
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
    assert script.get_heads() == [numbers[-1]]


def test_no_revision_changes_when_the_code_does() -> None:
    for path in (ROOT / "migrations/versions").glob("*.py"):
        assert "lado.models" not in path.read_text()
        assert "lado.rules" not in path.read_text()


def test_the_schema_equals_the_models(app: Flask) -> None:
    with db.engine.connect() as connection:
        opts = {"compare_type": True, "include_name": is_described}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []


def is_described(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and is_index(name))


def test_the_checks_equal_those_of_the_models(app: Flask, bare_app: Flask) -> None:
    migrated = checks()
    with bare_app.app_context():
        Base.metadata.create_all(db.engine)
        assert checks() == migrated
    assert sum(map(len, migrated.values())) > 100


def test_every_member_of_every_enum_is_stored(app: Flask) -> None:
    """In a table of that column and its CHECK alone, as the migrations made them."""
    checked = checks()
    for table in Base.metadata.sorted_tables:
        types = {c["name"]: c["type"] for c in inspect(db.engine).get_columns(table.name)}
        for column in table.columns:
            if isinstance(column.type, Enum):
                check = checked[table.name][f"ck_{table.name}_{column.type.name}"]
                store(f'"{column.name}" {types[column.name]}, CHECK ({check})', column.type.enums)


def store(column: str, members: Sequence[str]) -> None:
    db.session.execute(text(f"CREATE TEMPORARY TABLE probe ({column})"))
    for member in members:
        db.session.execute(text("INSERT INTO probe VALUES (:member)"), {"member": member})
    db.session.execute(text("DROP TABLE probe"))


def test_each_revision_goes_down_and_up_with_records_in_it(app: Flask, cast: Cast) -> None:
    fill_case(make_case(), cast.lado)
    make_consultation()
    newest = schema()
    revisions = list(ScriptDirectory(str(ROOT / "migrations")).walk_revisions())
    # The others went down and up one by one when they were new, and are never edited.
    for revision in revisions[:NEW]:
        below = str(revision.down_revision or "base")
        before = schema(), counts()
        move(downgrade, below)
        kept = counts().keys() if below != "base" else ()
        move(upgrade, revision.revision)
        assert schema() == before[0], revision.revision
        after = counts()
        assert {t: after[t] for t in kept} == {t: before[1][t] for t in kept}, revision.revision
        move(downgrade, below)
    move(downgrade, "base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
    assert functions() == 0
    move(upgrade, "head")
    assert schema() == newest


def move(step: Callable[..., None], revision: str) -> None:
    db.session.remove()
    step(revision=revision)


def counts() -> dict[str, int]:
    return {
        table: db.session.scalar(select(func.count()).select_from(sql_table(table))) or 0
        for table in inspect(db.engine).get_table_names()
        if table != "alembic_version" and not is_index(table)  # which is empty at first
    }


def functions() -> int:
    """What the triggers of PostgreSQL call."""
    if db.engine.dialect.name == "sqlite":
        return 0
    found = "SELECT count(*) FROM pg_proc WHERE proname ~ '_refuse$|^search_watch_'"
    return db.session.scalar(text(found)) or 0


def test_a_new_installation_has_the_shipped_terms_of_today(app: Flask) -> None:
    """When this fails, somebody changed a shipped term: write a revision that does the same."""
    in_order = db.session.scalars(select(Term).order_by(Term.position)).all()
    assert [as_shipped(term) for term in in_order] == list(SHIPPED_TERMS)


def test_terms_that_are_there_stay_as_they_are(app: Flask, cast: Cast) -> None:
    def police() -> Term:
        return db.session.scalars(select(Term).where(Term.code == "police", sector)).one()

    sector = Term.group == TermGroup.SECTOR
    details = TermDetails("Constabulary", ["Bobbies"])
    vocabulary.change(police(), details=details, version=1, by=cast.administrator)
    vocabulary.add(TermGroup.SECTOR, details=TermDetails("Police"), by=cast.administrator)
    move(downgrade, "0001")
    before = counts()["term"]
    move(upgrade, "0002")
    assert (police().label, police().synonyms) == ("Constabulary", ["Bobbies"])
    assert counts()["term"] == before


def as_shipped(term: Term) -> ShippedTerm:
    return ShippedTerm(
        term.group, term.code, term.label, tuple(term.synonyms),
        term.parent.code if term.parent else None, term.stage, term.needs_outcome,
        term.valid_from, term.valid_to,
    )  # fmt: skip


def test_append_only_tables_keep_their_triggers_after_the_last_revision(app: Flask) -> None:
    for table in ("audit_event", Note.__tablename__):
        names = trigger_names(table)
        assert names, f"{table} can be changed"


def trigger_names(table: str) -> list[str]:
    if db.engine.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
    else:
        query = (
            "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE relname = :table AND NOT tgisinternal"
        )
    return list(db.session.scalars(text(query), {"table": table}))


def schema() -> dict[str, object]:
    """Columns in whatever order: one that a step down puts back comes last."""
    inspector = inspect(db.engine)
    checked = checks()
    return {
        table: (
            sorted(
                (c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)
            ),
            checked.get(table),
            sorted(str(i["name"]) for i in inspector.get_indexes(table)),
            sorted(str(u["name"]) for u in inspector.get_unique_constraints(table)),
            sorted(str(f["name"]) for f in inspector.get_foreign_keys(table)),
        )
        for table in sorted(inspector.get_table_names())
    }


def checks() -> dict[str, dict[str, str]]:
    """Of each table the names and the text of its CHECKs, however they were broken into lines."""
    inspector = inspect(db.engine)
    return {
        table: {
            str(check["name"]): " ".join(check["sqltext"].split())
            for check in inspector.get_check_constraints(table)
        }
        for table in inspector.get_table_names()
        if table != "alembic_version" and not is_index(table)
    }


def test_minutes_that_were_agreed_before_versions_were_kept_become_one(
    app: Flask, cast: Cast
) -> None:
    """With their recipients line by line; a joint discussion keeps that it was one."""
    case = make_case()
    held = make_discussion(
        case,
        joint=True,
        minutes={"decisions": "Go on"},
        actions=[action_details()],
        participants=[participant()],
    )
    agree(held)
    before, number, day = held.versions[0].minutes, held.id, case.spell.opened_on
    send_minutes(held, "Police", "The head, School", on=day)
    move(downgrade, "0014")
    old = text("SELECT purpose, circulated_to FROM strategy_discussion WHERE id = :id")
    assert tuple(db.session.execute(old, {"id": number}).one()) == (
        "joint",
        "Police\nThe head, School",
    )
    move(upgrade, "head")
    discussion = db.session.get_one(StrategyDiscussion, number)
    (version,) = discussion.versions
    said = {heading: words for heading, words in before.said.items() if words}
    assert version.minutes == replace(before, said=said, about=[])
    assert (version.number, version.agreed_on, version.agreed_by) == (1, None, None)
    assert [(each.recipient, each.sent_on) for each in version.circulations] == [
        ("Police", day),
        ("The head, School", day),
    ]
    assert (discussion.joint, discussion.purpose) == (True, DiscussionPurpose.INITIAL)
