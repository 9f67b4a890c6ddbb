"""Public lists: phase and type are facts of the file, and the same file again changes nothing."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from lado.directory.loading import load
from lado.directory.problems import Unreadable
from lado.extensions import db
from lado.models import AuditEvent, Organisation
from lado.queries import organisations
from lado.services.audit import COMMAND_LINE
from tests.factories import make_consultation, make_organisation

DATA = Path(__file__).parents[1] / "data"
SCHOOLS = (DATA / "schools.csv").read_bytes()


def loaded(data, **options):
    return load(io.BytesIO(data), by=COMMAND_LINE, **options)


def of(urn):
    return db.session.scalars(select(Organisation).where(Organisation.urn == urn)).one()


def codes(urn):
    found = of(urn)
    terms = (found.sector, found.subsector, found.school_phase, found.school_type)
    return tuple(each.code if each else None for each in terms)


def edited(data, urn, **cells):
    rows = list(csv.DictReader(io.StringIO(data.decode("cp1252"))))
    for row in rows:
        if row["URN"] == urn:
            row.update({name.replace("_", " "): value for name, value in cells.items()})
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("cp1252")


def everything():
    db.session.rollback()
    rows = db.session.execute(select(Organisation.__table__).order_by(Organisation.id))
    return list(map(repr, rows))


def test_the_facts_of_schools(app):
    result = loaded(SCHOOLS, authority="FABLESHIRE")
    assert (result.rows, result.found.added, result.problem_count) == (8, 8, 0)
    assert codes("900001") == ("maintained_school", "maintained_primary", "primary", "community")
    assert codes("900003") == ("academy", "academy_secondary", "secondary", "academy_converter")
    assert codes("900005") == ("special_school", "special_academy", None, "academy_special")
    assert codes("900008") == ("not_known", None, None, None)
    assert result.noticed.unknown == {("TypeOfEstablishment (name)", "Online provider"): 1}
    middle = of("900004")
    assert (middle.closed, middle.closed_on) == (True, date(2020, 8, 31))
    assert (of("900006").name, of("900006").postcode) == ("Café House School", "ZZ1 1AF")
    assert of("900001").where == "1 Made-up Lane, Upper Fable, Testerton, ZZ1 1AA"
    assert [each.urn for each in organisations.suggested("testerton primary o")] == ["900001"]


def test_the_facts_of_ofsteds_lists(app):
    childcare = loaded((DATA / "childcare.csv").read_bytes())
    assert (childcare.rows, childcare.noticed.withheld) == (4, 1)
    assert codes("EY900101")[:2] == ("nursery", "day_nursery")
    assert codes("EY900102")[:2] == ("out_of_school_club", None)
    assert of("EY900103").closed
    assert loaded((DATA / "social-care.csv").read_bytes()).found.added == 3
    assert codes("SC900202")[:2] == ("childrens_home", "home_council")
    assert of("SC900201").name == "Fable House"


def test_the_same_file_again_and_a_check_change_nothing(app):
    assert loaded(SCHOOLS, dry_run=True).found.added == 9
    assert everything() == []
    loaded(SCHOOLS)
    before = everything()
    again = loaded(SCHOOLS).found
    assert (again.added, again.changed, again.same) == (0, 0, 9)
    assert everything() == before
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.action.like("%imported")))
    assert [event.detail["added"] for event in events] == [9, 0]


def test_a_school_that_closed_or_has_another_name_stays_on_old_records(app, cast):
    loaded(SCHOOLS)
    old = make_consultation(organisation="Oak Tree Primary School")
    changes = {"EstablishmentName": "Oak Tree Academy", "EstablishmentStatus (name)": "Closed",
               "CloseDate": "31-08-2026"}  # fmt: skip
    found = loaded(edited(SCHOOLS, "900001", **changes)).found
    assert (found.changed, found.closed, found.same) == (1, 1, 8)
    school = old.subjects[0].position.organisation
    assert (school.name, school.closed_on) == ("Oak Tree Academy", date(2026, 8, 31))
    assert organisations.called("Oak Tree Primary School") == [school]
    make_organisation("Oak Tree Nursery")
    assert [each.name for each in organisations.suggested("oak tree")] == [
        "Oak Tree Nursery", "Oak Tree Academy",
    ]  # fmt: skip


def test_what_was_typed_is_taken_over_where_the_name_says_enough(app, cast):
    exact = make_organisation("Riverside ACADEMY")
    twice = [make_organisation("Elm Primary School") for _ in range(2)]
    found = loaded(SCHOOLS).found
    assert (found.added, found.adopted, found.changed) == (8, 1, 0)
    assert of("900003").id == exact.id
    assert found.possible == ["Elm Primary School"]
    assert of("900009").id not in {each.id for each in twice}


def test_with_an_error_nothing_is_loaded_and_each_is_named(app):
    wrong = edited(SCHOOLS, "900002", EstablishmentName="—", CloseDate="soon")
    wrong = edited(wrong, "900003", URN="900001")
    wrong = edited(wrong, "900004", Postcode="ß" * 6)
    result = loaded(wrong)
    assert [(each.row, each.column, each.value) for each in result.problems] == [
        (3, "EstablishmentName", "—"), (3, "CloseDate", "soon"), (4, "URN", "900001"),
        (5, "Postcode", "SS" * 6),
    ]  # fmt: skip
    assert everything() == []


@pytest.mark.parametrize(
    ("data", "authority", "says"),
    [(b"", "", "not a list"), (b"PK\x03\x04\x00", "", "not text"), (b"Name,Age\nA,1\n", "", "URN"),
     (SCHOOLS, "Nowhere", "Fableshire, Otherset")],
)  # fmt: skip
def test_what_is_no_list_is_said(app, data, authority, says):
    with pytest.raises(Unreadable, match=says):
        loaded(data, authority=authority)
