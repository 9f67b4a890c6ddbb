"""Import, export, import into an empty system: the same rows."""

import pytest
from sqlalchemy import select

from lado.extensions import db
from lado.models import AuditEvent, Consultation, Note, Term
from lado.register.export import left_out, lines_for, shortened, summary
from lado.register.loading import load
from lado.register.writing import CSV, FORMATS, XLSX
from lado.rules.vocabulary import Origin, TermGroup
from lado.services.audit import COMMAND_LINE
from tests.register.build import as_csv, case, contact
from tests.register.exports import cells, exported


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_spreadsheets_come_back_as_they_went(app, in_another, suffix):
    rows = [
        case("A-1", summary="=1\n\ntwo  blanks", other_roles="Coach @ Meadow FC [Sport]"),
        contact("A-2", case_ref="PT-2012-13-001", children="Multiple"),
        contact("A-3", decision="", decided_on="", surname="", forename="", date_of_birth="",
                sex="", setting="", role="", historical=""),
        contact("A-4", decided_on="", advice="- call back"),
        case("A-5", case_ref="X", ending="Subject died", institutional="Yes", police_outcome="",
             learning_themes="Lone working; Late referral"),
    ]  # fmt: skip
    assert not load(as_csv(*rows), by=COMMAND_LINE).problems
    here, out = exported(FORMATS[suffix]), exported()

    def again():
        assert not load(here, by=COMMAND_LINE).problems
        return exported()

    assert in_another(again) == out


def test_a_joining_row_never_stands_before_the_one_that_opened_its_case(app):
    """Somebody joins an older consultation to a younger case."""
    load(as_csv(contact("A-1"), case("A-2"), contact("A-3")), by=COMMAND_LINE)
    found = {c.imported_reference: c for c in db.session.scalars(select(Consultation))}
    found["A-1"].subjects[0].case = found["A-2"].subjects[0].case
    db.session.commit()
    rows = cells(exported())
    assert [row[0] for row in rows[1:]] == ["A-2", "A-1", "A-3"]


def test_an_export_is_noted(app, cast):
    load(as_csv(contact("A-1")), by=COMMAND_LINE)
    exported(by=cast.lado)
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event
    assert (event.action, event.actor) == ("register.exported", cast.lado.public_id)
    assert event.detail == {"consultations": 1}


def test_what_a_user_may_not_see_is_not_in_their_file(app, cast):
    load(as_csv(contact("A-1"), case("A-2")), by=COMMAND_LINE)
    hidden = db.session.scalars(
        select(Consultation).where(Consultation.imported_reference == "A-1")
    ).one()
    hidden.restricted = True
    db.session.commit()
    assert [row[0] for row in cells(exported(by=cast.lado))[1:]] == ["A-2"]
    assert [ref for ref, _ in left_out(cast.lado)] == []
    assert [ref for ref, _ in left_out(COMMAND_LINE)] == ["A-1"]


def test_an_import_leaves_nothing_out(app):
    load(as_csv(case("A-1", ending="Subject died"), contact("A-2")), by=COMMAND_LINE)
    assert left_out(COMMAND_LINE) == []


def test_what_the_columns_cannot_hold_is_listed(app, cast):
    load(as_csv(case("A-1"), contact("A-2")), by=COMMAND_LINE)
    found = {c.imported_reference: c for c in db.session.scalars(select(Consultation))}
    its_case = found["A-1"].subjects[0].case
    assert its_case
    day = found["A-1"].received_on
    db.session.add(Note(case=its_case, author=cast.lado, happened_on=day, text="A call."))
    found["A-2"].late_report_reason = "On holiday"
    found["A-2"].summary = "x" * 40_000
    tier = db.session.scalars(select(Term).where(Term.group == TermGroup.TIER)).first()
    decision = found["A-2"].subjects[0].decision
    assert decision
    decision.tier = tier
    db.session.commit()
    assert sorted(left_out(COMMAND_LINE)) == [
        ("A-2", "How to reach the referrer, if they may be named, why it came late"),
        ("A-2", "Reasons and tier of the decision, and who decided"),
        ("PT-2012-13-001", "Notes"),
    ]  # fmt: skip
    assert summary(left_out(COMMAND_LINE))["Notes"] == 1
    lines = lines_for(COMMAND_LINE)
    assert [ref for ref, _ in shortened(lines, XLSX)] == ["A-2"]
    assert shortened(lines, CSV) == []


def test_what_was_entered_here_goes_out_by_our_own_reference(app, cast):
    load(as_csv(contact("A-1")), by=COMMAND_LINE)
    entered = db.session.scalars(select(Consultation)).one()
    entered.origin, entered.imported_reference = Origin.ENTERED, None
    db.session.commit()
    assert cells(exported())[1][0] == entered.reference
