"""What the columns of a register cannot hold stands beside an export: nothing is lost unsaid."""

from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Integer, func, insert, select, update

from lado.extensions import db
from lado.models import Base
from lado.register.columns import HEADINGS
from lado.register.export import left_out
from lado.register.loading import load
from lado.services.audit import COMMAND_LINE
from lado.services.person import PersonDetails
from tests.contacts import adult, log, position
from tests.factories import a_user, make_organisation, make_person
from tests.register.build import as_csv, case, contact
from tests.register.exports import exported, rows
from tests.register.fates import (
    BOOKKEEPING,
    DAY,
    DERIVED,
    EXPORTED,
    FITTING,
    LINKS,
    LISTED,
    LISTED_TABLES,
    OTHER_TABLES,
)

pytestmark = pytest.mark.sqlite_only

HOMES = {"case_id", "discussion_id"}


def columns() -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        if table.name not in OTHER_TABLES and table.name not in LISTED_TABLES
        for column in table.columns
        if column.name not in BOOKKEEPING and not is_link(column)
    }


def is_link(column) -> bool:
    """To the record that it is a part of, except for what the register itself links."""
    return column.name in LINKS and str(column) != "consultation_subject.case_id"


def test_each_column_is_exported_listed_or_follows_from_what_is():
    fates = [set(DERIVED), set(EXPORTED), set(LISTED)]
    assert sum(map(len, fates)) == len(set().union(*fates)), "one fate each"
    assert set().union(*fates) == columns()
    assert set(EXPORTED.values()) <= set(HEADINGS)
    assert {*OTHER_TABLES, *LISTED_TABLES} <= set(Base.metadata.tables)


@pytest.fixture
def loaded(app, cast):
    """A case and a contact from a register, of which nothing is left out."""
    rows = [case("A-1"), contact("A-2", setting="Elsewhere School", surname="Otherwise")]
    assert not load(as_csv(*rows), by=COMMAND_LINE).problems
    assert left_out(COMMAND_LINE) == []
    return cast


def listed() -> set[str]:
    return {what for _, what in left_out(COMMAND_LINE)}


def test_each_column_that_is_not_exported_is_listed(loaded):
    for name, (what, also) in LISTED.items():
        table_name, _, column_name = name.partition(".")
        table = Base.metadata.tables[table_name]
        values = {column_name: FITTING} | also
        for key, value in values.items():
            if value is FITTING:
                values[key] = some_value(table.columns[key], loaded)
        newest = select(func.max(table.c.id)).scalar_subquery()
        db.session.execute(update(table).where(table.c.id == newest).values(values))
        assert what in listed(), name
        db.session.rollback()


def test_each_row_of_what_a_register_knows_nothing_of_is_listed(loaded):
    for table in Base.metadata.sorted_tables:
        if table.name in LISTED_TABLES:
            what, values = LISTED_TABLES[table.name]
            if table.name == "matter_case":
                matter = Base.metadata.tables["matter"]
                db.session.execute(insert(matter).values(reference="M-2026-0001"))
            needed = {
                column.name: some_value(column, loaded)
                for column in table.columns
                if column.foreign_keys
                and (not column.nullable or column.name in ("case_id", "discussion_id"))
            }
            db.session.execute(insert(table).values(needed | values))
            assert what in listed(), table.name
            db.session.rollback()


def some_value(column, cast) -> Any:
    """Another than the register's rows have."""
    if column.foreign_keys:
        (key,) = column.foreign_keys
        if key.column.table.name == "user":
            return cast.lado.id
        return db.session.scalar(select(func.min(key.column)))
    match column.type:
        case Boolean():
            return True
        case Date():
            return DAY
        case Integer():
            return 7
        case _:
            return "Text"


def about(**details: Any) -> str:
    return log(a_user(), adult(PersonDetails("Madeup", **details))).reference


def test_a_person_whom_an_import_would_not_know_again_is_listed(cast):
    known = make_person(surname="Known", by=cast.lado)
    nameless = make_person(surname="Ageless", date_of_birth=None, by=cast.lado)
    for person in (known, known, nameless):
        log(cast.lado, adult(person))
    what = "Same person as in other contacts, without forename or date of birth to know them by"
    assert what not in listed()
    again = log(cast.lado, adult(nameless))
    assert (again.reference, what) in left_out(COMMAND_LINE)


def test_whoever_an_import_would_take_for_one_person_is_listed(cast):
    first, second = about(forename="Zoe", date_of_birth=DAY), about(forename="Zoë")
    what = "Another person of the same name and date of birth"
    assert what not in listed()
    third = about(forename="Zoë", date_of_birth=DAY)
    found = {ref for ref, kind in left_out(COMMAND_LINE) if kind == what}
    assert found == {first, third}
    assert second not in found


def test_settings_that_an_import_would_take_for_one_are_listed(cast):
    one = make_organisation("St. Mary’s", by=cast.lado)
    contact_there = log(cast.lado, adult(position=position(organisation=one)))
    what = "Another setting of the same name"
    assert what not in listed()
    make_organisation("ST MARYS", by=cast.lado)
    assert (contact_there.reference, what) in left_out(COMMAND_LINE)


def test_people_and_settings_that_are_in_no_contact_are_counted(cast):
    person = make_person(by=cast.lado)
    make_organisation(by=cast.lado)
    apart = [("", "Person whom no contact is about"), ("", "Setting that no contact names")]
    assert left_out(COMMAND_LINE) == apart
    assert left_out(cast.lado) == apart
    person.restricted = True
    db.session.commit()
    assert left_out(cast.lado) == apart[1:]


def test_a_confidential_referrer_is_not_named_in_an_export(cast):
    for name, may in (("Hedy Sendwell", False), ("Odo Sendwell", True), ("Una Sendwell", None)):
        log(a_user(), referrer_name=name, referrer_may_be_named=may)
    assert {row.get("Referrer name") for row in rows(exported())} == {
        None, "Odo Sendwell", "Una Sendwell",
    }  # fmt: skip
    assert "Name of a referrer who may not be named" in listed()
