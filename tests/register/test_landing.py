"""Where a row lands, looked at record by record."""

import os
from datetime import date

import pytest
from sqlalchemy import func, select

from lado.errors import Refused
from lado.extensions import db
from lado.models import (
    AuditEvent,
    Base,
    Case,
    Consultation,
    Organisation,
    Person,
    Position,
    ReferenceCounter,
    RegisterImport,
    Term,
)
from lado.register import loading
from lado.register.loading import load
from lado.rules.vocabulary import (
    CaseStatus,
    Children,
    ConsultationStatus,
    DiscussionStatus,
    Origin,
    OutcomeCode,
    ReferralDecision,
    Sex,
    StrandKind,
    StrandStatus,
    TermGroup,
)
from lado.services import references
from lado.services.audit import COMMAND_LINE, walk
from tests.register.build import as_csv, case, contact

pytestmark = pytest.mark.usefixtures("app")


def loaded(*rows, by=COMMAND_LINE):
    result = load(as_csv(*rows), by=by)
    assert not result.problems, result.problems
    return result


def consultation(ref):
    return db.session.scalars(
        select(Consultation).where(Consultation.imported_reference == ref)
    ).one()


def counted(model):
    return db.session.scalar(select(func.count()).select_from(model))


def everything():
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
    }


def test_a_contact():
    loaded(contact("A-1"))
    found = consultation("A-1")
    subject = found.subjects[0]
    assert found.reference == "C-2012-00001"
    assert found.origin is Origin.REGISTER
    assert found.status is ConsultationStatus.DECIDED
    assert (found.received_on, found.aware_on) == (date(2012, 6, 12), date(2012, 6, 11))
    assert found.contact_method
    assert found.contact_method.label == "Phone"
    assert found.taken_by_text == "Duty LADO"
    assert (found.referrer_name, found.referrer_role) == ("Quill Inventson", "Head")
    assert (found.children, found.children_count) == (Children.COUNTED, 2)
    assert found.setting
    assert found.setting.name == "Nowhere Primary School"
    assert subject.position.role
    assert subject.position.role.label == "Teacher"
    assert subject.position.sector.label == "Maintained school"
    assert subject.category.label == "Physical abuse"
    assert subject.non_recent is False
    assert subject.organisation is None
    assert subject.case is None
    assert subject.person
    assert str(subject.person.name) == "Imogen Madeup"
    assert (subject.person.date_of_birth, subject.person.sex) == (date(1980, 4, 3), Sex.FEMALE)
    assert subject.decision
    assert subject.decision.term.label == "Advice only"
    assert subject.decision.decided_on == date(2012, 6, 12)
    assert subject.decision.advice == "Ask for advice from HR."


def test_a_case():
    loaded(case("A-1"))
    found = consultation("A-1").subjects[0].case
    assert found
    assert consultation("A-1").subjects[0].opened_case
    assert found.reference == "PT-2012-0001"
    assert found.imported_reference == "PT-2012-13-001"
    assert found.status is CaseStatus.CONCLUDED
    assert found.received_on == date(2012, 6, 12)
    assert (found.spell.opened_on, found.spell.concluded_on) == (
        date(2012, 6, 13), date(2012, 7, 20),
    )  # fmt: skip
    assert found.spell.closure_reason is None
    allegation = found.primary_allegation
    assert allegation.category.label == "Physical abuse"
    assert allegation.outcome
    assert allegation.outcome.outcome is OutcomeCode.UNFOUNDED
    assert allegation.outcome.decided_on == date(2012, 7, 20)
    assert [(d.number, d.status, d.held_on, d.purpose) for d in found.discussions] == [
        (1, DiscussionStatus.HELD, date(2012, 6, 18), None),
        (2, DiscussionStatus.HELD, date(2012, 7, 3), None),
    ]
    results = {each.kind: each.result and each.result.term.label for each in found.strands}
    assert results == {
        StrandKind.POLICE: "No further action",
        StrandKind.SOCIAL_CARE: None,
        StrandKind.EMPLOYER: "No action",
    }
    statuses = {each.kind: each.status for each in found.strands}
    assert statuses[StrandKind.POLICE] is StrandStatus.ENDED
    assert statuses[StrandKind.SOCIAL_CARE] is StrandStatus.NOT_STARTED
    (referral,) = found.referrals
    assert referral.body.code == "dbs"
    assert referral.decision is ReferralDecision.REFER
    assert referral.referred_on == date(2012, 7, 1)
    assert [point.theme.label for point in found.learning_points] == ["Lone working"]


def test_a_case_closed_without_outcome():
    loaded(case("A-1", ending="Subject died"))
    found = consultation("A-1").subjects[0].case
    assert found
    assert found.spell.closure_reason
    assert found.spell.closure_reason.label == "Subject died"
    assert found.primary_allegation.outcome is None


def test_a_case_still_open():
    loaded(case("A-1", ending="", concluded_on=""))
    found = consultation("A-1").subjects[0].case
    assert found
    assert found.status is CaseStatus.OPEN
    assert found.spell.concluded_on is None


def test_an_institutional_concern_is_about_the_setting_and_a_named_person_too():
    loaded(case("A-1", institutional="Yes"))
    subject = consultation("A-1").subjects[0]
    assert subject.case
    assert subject.organisation is subject.case.organisation is consultation("A-1").setting
    assert subject.person is subject.case.person
    assert subject.person is not None


def test_a_row_without_decision_waits_and_keeps_its_advice():
    loaded(contact("A-1", decision="", decided_on=""))
    found = consultation("A-1")
    assert found.status is ConsultationStatus.OPEN
    assert found.subjects[0].decisions == []
    assert found.interim_advice == "Ask for advice from HR."


def test_a_decision_without_its_date_stands():
    loaded(contact("A-1", decided_on=""))
    decision = consultation("A-1").subjects[0].decision
    assert decision
    assert decision.decided_on is None


def test_a_joining_row():
    loaded(
        case("A-1"),
        contact("A-2", case_ref="PT-2012-13-001", surname="Other", received_on="01/07/2012",
                aware_on="", decision="Linked", decided_on="02/07/2012"),
    )  # fmt: skip
    subject = consultation("A-2").subjects[0]
    assert subject.case is consultation("A-1").subjects[0].case
    assert not subject.opened_case
    assert counted(Case) == 1


def test_a_later_register_joins_a_case_of_an_earlier_one():
    loaded(case("A-1"))
    loaded(contact("A-2", case_ref="PT-2012-13-001"))
    assert consultation("A-2").subjects[0].case is consultation("A-1").subjects[0].case


def test_an_earlier_contact_that_joins_starts_the_clock_of_the_case():
    earlier = contact("A-2", case_ref="PT-2012-13-001", received_on="01/06/2012", aware_on="",
                      decided_on="01/06/2012")  # fmt: skip
    later = contact("A-3", case_ref="PT-2012-13-001", received_on="20/06/2012", aware_on="",
                    decided_on="20/06/2012")  # fmt: skip
    loaded(case("A-1"), earlier, later)
    found = consultation("A-1").subjects[0].case
    assert found
    assert found.received_on == date(2012, 6, 1)


def test_a_later_register_may_start_the_clock_of_a_case_earlier_and_never_later():
    loaded(case("A-1"), case("B-1", case_ref="PT-2012-13-002"))
    days = {"A-2": "05/06/2012", "A-3": "01/06/2012", "A-4": "20/06/2012"}
    loaded(
        *(
            contact(ref, case_ref="PT-2012-13-001", received_on=day, aware_on="", decided_on=day)
            for ref, day in days.items()
        ),
        contact("B-2", case_ref="PT-2012-13-002", received_on="20/06/2012", aware_on="",
                decided_on="20/06/2012"),
    )  # fmt: skip
    db.session.expire_all()
    received = dict(db.session.execute(select(Case.imported_reference, Case.received_on)).all())
    assert received == {
        "PT-2012-13-001": date(2012, 6, 1),
        "PT-2012-13-002": date(2012, 6, 12),
    }


def test_one_person_and_one_position_for_rows_that_agree():
    loaded(contact("A-1"), contact("A-2", surname="MADEUP", setting="Nowhere primary school."))
    first, second = consultation("A-1").subjects[0], consultation("A-2").subjects[0]
    assert first.person is second.person
    assert first.position is second.position
    assert counted(Organisation) == 1


def test_a_later_register_finds_the_people_settings_and_positions_that_are_there():
    loaded(contact("A-1", sex=""))
    result = loaded(contact("A-2"))
    assert result.numbers["people"] == 0
    assert result.numbers["joined_people"] == 1
    assert (counted(Person), counted(Position), counted(Organisation)) == (1, 1, 1)
    person = consultation("A-1").subjects[0].person
    assert person
    assert person.sex is Sex.FEMALE


def test_unnamed_adults_have_their_own_positions():
    unnamed = {"surname": "", "forename": "", "date_of_birth": "", "sex": ""}
    loaded(contact("A-1", **unnamed), contact("A-2", **unnamed))
    subjects = [consultation(ref).subjects[0] for ref in ("A-1", "A-2")]
    assert [subject.person for subject in subjects] == [None, None]
    assert subjects[0].position_id != subjects[1].position_id


def test_other_roles_are_further_positions():
    loaded(contact("A-1", other_roles="Coach @ Meadow FC [Sport]; Volunteer @ Hall [Voluntary]"))
    subject = consultation("A-1").subjects[0]
    assert [
        (p.role and p.role.label, p.organisation and p.organisation.name, p.sector.label)
        for p in subject.other_positions
    ] == [
        ("Sports coach", "Meadow FC", "Sport and leisure"),
        ("Volunteer", "Hall", "Voluntary organisation"),
    ]
    assert {p.person for p in subject.other_positions} == {subject.person}


def test_taken_by_is_a_user_where_the_name_is_theirs_alone(cast):
    loaded(contact("A-1", taken_by=cast.lado.name.upper()), contact("A-2", taken_by="Somebody"))
    assert consultation("A-1").taken_by is cast.lado
    assert consultation("A-1").taken_by_text is None
    assert consultation("A-2").taken_by_text == "Somebody"


def test_an_import_is_one_audit_event_with_counts():
    result = loaded(case("A-1"), contact("A-2"))
    event = db.session.scalars(select(AuditEvent)).one()
    assert (event.action, event.actor) == ("register.imported", "command line")
    assert event.detail == result.numbers | {"uid": os.getuid()}
    assert event.detail["consultations"] == 2
    assert walk().broken is None


def test_a_user_who_loads_is_the_actor(cast):
    loaded(contact("A-1"), by=cast.lado)
    assert db.session.scalars(select(RegisterImport)).one().loaded_by_id == cast.lado.id
    assert db.session.scalars(select(AuditEvent)).one().actor == cast.lado.public_id


def test_with_any_error_nothing_is_saved():
    before = everything()
    result = load(as_csv(contact("A-1"), contact("A-2", sector="")), by=COMMAND_LINE)
    assert result.problems
    assert everything() == before


def test_a_dry_run_says_what_would_be_created_and_saves_nothing():
    before = everything()
    dry = load(as_csv(case("A-1"), contact("A-2")), by=COMMAND_LINE, dry_run=True)
    # All but the event that says that it was checked.
    assert everything() == before | {"audit_event": before["audit_event"] + 1}
    assert not dry.saved
    assert dry.numbers == loaded(case("A-1"), contact("A-2")).numbers


def test_the_same_file_again_is_recognised():
    data = as_csv(case("A-1"), contact("A-2"))
    load(data, by=COMMAND_LINE)
    before = everything()
    for dry_run in (True, False):
        again = load(data, by=COMMAND_LINE, dry_run=dry_run)
        assert again.loaded_before
    assert everything() == before


def test_the_same_rows_in_another_file_are_there_already_and_new_ones_are_added():
    rows = [case("A-1"), contact("A-2"), contact("A-3", case_ref="PT-2012-13-001")]
    loaded(*rows)
    result = loaded(contact("A-4", surname="Newcomer"), *reversed(rows))
    assert result.already_there == 3
    assert result.numbers["consultations"] == 1
    assert counted(Consultation) == 4


def test_the_same_reference_with_other_contents_is_an_error_that_shows_both():
    loaded(contact("A-1"))
    before = everything()
    changed = contact("A-1", sector="Special school", aware_on="", surname="madeup")
    result = load(as_csv(changed, contact("A-2")), by=COMMAND_LINE)
    assert everything() == before
    sector, aware = sorted(result.problems, key=lambda each: each.column, reverse=True)
    assert (sector.row, sector.column, sector.value) == (2, "Sector", "Special school")
    assert "the system has “Maintained school”, the file has “Special school”" in sector.wrong
    assert "the system has “11/06/2012”, the file has nothing" in aware.wrong


def test_what_the_reader_may_not_see_is_not_shown_in_an_error(cast):
    loaded(contact("A-1"))
    consultation("A-1").restricted = True
    db.session.commit()
    changed = as_csv(contact("A-1", sector="Special school"))
    (problem,) = load(changed, by=cast.lado).problems
    assert "which you may not see" in problem.wrong
    assert "Maintained" not in str(problem)
    assert "Maintained" in load(changed, by=COMMAND_LINE).problems[0].wrong


def test_a_register_finds_and_changes_nothing_that_its_loader_may_not_know_of(cast):
    loaded(case("A-1", case_ref="PT-9"))
    hidden = consultation("A-1").subjects[0]
    hidden.case.restricted = hidden.person.restricted = True
    db.session.commit()
    again = as_csv(contact("A-2"))
    result = load(again, by=cast.lado, dry_run=True)
    assert result.numbers["joined_people"] == 0
    assert load(again, by=COMMAND_LINE, dry_run=True).numbers["joined_people"] == 1
    joining = as_csv(
        contact("A-3", decision="Progressed", decided_on="14/06/2012", case_ref="PT-9")
    )
    (problem,) = load(joining, by=cast.lado).problems
    assert "by you" in problem.wrong
    assert load(joining, by=COMMAND_LINE).saved
    checks = select(AuditEvent).where(AuditEvent.action == "register.checked")
    assert [event.actor for event in db.session.scalars(checks)] == [
        cast.lado.public_id,
        "command line",
    ]


def test_references_in_our_own_style_are_never_given_out_again():
    loaded(contact("C-2012-00041"), case("A-2", case_ref="PT-2012-0007"))
    assert consultation("C-2012-00041").reference == "C-2012-00042"
    counters = {c.kind: c.last for c in db.session.scalars(select(ReferenceCounter))}
    assert counters == {"C": 43, "PT": 8}
    assert references.next_reference("C", date(2012, 1, 1)) == "C-2012-00044"


def test_records_made_after_an_import_have_ids_of_their_own(cast):
    loaded(contact("A-1"))
    sector = db.session.scalars(select(Term).where(Term.group == TermGroup.SECTOR)).first()
    db.session.add_all(
        [Organisation(name=f"Place {n}", folded=f"place {n}", sector=sector) for n in range(3)]
    )
    db.session.commit()
    assert counted(Organisation) == 4


def test_somebody_who_is_quicker_is_noticed(monkeypatch):
    """Between the check and the write lock."""
    rows = [contact("A-1")]
    known = loading.Known()
    loaded(*rows)
    monkeypatch.setattr(loading, "Known", lambda *_: known)
    with pytest.raises(Refused, match="while the register was checked"):
        load(as_csv(*rows, contact("A-2")), by=COMMAND_LINE)
    assert counted(Consultation) == 1
    assert counted(RegisterImport) == 1
