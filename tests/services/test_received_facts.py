"""What another authority recorded comes with the case that is opened here, once."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import AuditEvent, Document, Note, Position
from lado.queries.cases import whole
from lado.queries.received_transfer import discussions_elsewhere, senders, taken_over
from lado.queries.transfer import documents_to_send, records
from lado.rules.audit import AuditAction
from lado.rules.threshold import Limb
from lado.rules.vocabulary import (
    DatePrecision,
    DisclosureClass,
    Origin,
    Sex,
    TermGroup,
    VoiceSought,
)
from lado.services import case_allegations, restriction
from lado.services import received_transfer as receiving
from lado.services import transfer as sending
from lado.services.case_parts import ChildDetails, add_child
from lado.services.minutes import correct_minutes
from tests import case_parts, contacts
from tests.case_parts import PROGRESS
from tests.document_parts import CONTENT, attach, make_authority, opened_transfer, sent_records
from tests.factories import days_ago, term_id

KIT = contacts.PersonDetails("Madeupson", "Kit", date(1980, 5, 1))
FACTS = (
    "description", "place", "category_id", "subcategory_id", "context_id", "happened_precision",
    "happened_from", "happened_to", "non_recent",
)  # fmt: skip
OF_CHILD = (
    "name", "age", "sex", "looked_after", "social_care_reference", "voice", "voice_reason", "view",
)  # fmt: skip


@pytest.fixture
def theirs(cast):
    """As it stands where it was: two allegations, three children, two posts, minutes corrected."""
    coach = contacts.position("Sports coach", "Sport and leisure", "Testwell Swimmers", paid=True)
    case = case_parts.open_case(
        cast.lado, contacts.adult(KIT, further_positions=[coach]), summary="Seen in the hall"
    )
    case.position.held_from = date(2015, 9, 1)
    db.session.commit()
    for child in (
        ChildDetails("Ash Fable", 9, Sex.FEMALE, True, "SC-1", VoiceSought.SOUGHT, None, "Stop it"),
        ChildDetails(voice=VoiceSought.NOT_SOUGHT, voice_reason="Too young"),
        ChildDetails(voice=VoiceSought.NOT_SOUGHT, voice_reason="Too young"),
    ):
        add_child(case, child, by=cast.lado)
    second = case_parts.allegation_details(
        description="Held by the arm",
        limbs=[Limb.HARM, Limb.RISK],
        primary_limb=Limb.RISK,
        context_id=term_id(TermGroup.CONTEXT, "At work"),
        place="The hall",
        happened_precision=DatePrecision.BETWEEN,
        happened_from=date(2026, 2, 1),
        happened_to=date(2026, 2, 9),
        children=[1, 3],
    )
    made = case_allegations.add_allegation(case, second, by=cast.lado)
    case_parts.make_outcome(made, cast.lado, reasons="Nobody saw it")
    held = case_parts.make_discussion(case, cast.lado, minutes={"decisions": "First words"})
    case_parts.agree(held, cast.lado)
    case_parts.send_minutes(held, "The head", by=cast.lado)
    correct_minutes(held, reason="A wrong word", version=held.version, by=cast.lado)
    changed = case_parts.proceedings(case, minutes={"decisions": "Second words"})
    case_parts.discussions.change(held, changed, version=held.version, by=cast.lado)
    case_parts.agree(held, cast.lado)
    attach(case, cast.lado)
    return case


def opened_file(case, by):
    """By way of the file and its passphrase."""
    authority = make_authority(case, by)
    words = sending.make(authority, chosen=documents_to_send(by, case), withheld=False, by=by)
    file = b"".join(sending.download(authority, by=by))
    return receiving.open_file(BytesIO(file), passphrase=words, by=by)


def take_in(name, by, **facts):
    facts = {"summary": "Taken in", "taken_by": by} | facts
    return receiving.take_in(
        name,
        contact=contacts.contact(**facts),
        adults=[contacts.adult(replace(KIT, surname="Elsewise"))],
        children=[],
        by=by,
    )


def came(case, by):
    """The consultation as which the records of the case were taken in, without its documents."""
    return take_in(opened_transfer(records(by, case, [], withheld=False), by), by)


def progressed(consultation, by, **other):
    contacts.decide(consultation.subjects[0], by, PROGRESS, **other)
    return whole(consultation.subjects[0].case)


def test_a_case_comes_over_with_all_that_was_recorded(theirs, cast):
    consultation = take_in(opened_file(theirs, cast.manager), cast.manager)
    assert consultation.subjects[0].case is None
    over = taken_over(consultation.subjects[0])
    assert [each.description for each in over.facts.allegations] == [
        "Seen in the hall",
        "Held by the arm",
    ]
    assert (over.left_out, over.categories_to_choose) == ([], [])
    ours = progressed(consultation, cast.manager)
    assert ours is not theirs

    pairs = zip(ours.allegations, theirs.allegations, strict=True)
    for here, there in pairs:
        assert {f: getattr(here, f) for f in FACTS} == {f: getattr(there, f) for f in FACTS}
        assert {(x.limb, x.is_primary) for x in here.limbs} == {
            (x.limb, x.is_primary) for x in there.limbs
        }
        assert {x.number for x in here.children} == {x.number for x in there.children}
        assert (here.origin, here.outcomes) == (Origin.TRANSFER, [])
        assert here.text_agency_id == term_id(TermGroup.AGENCY, "Other local authority")
        assert here.disclosure is DisclosureClass.CONSULT
    assert [each.is_primary for each in ours.allegations] == [True, False]
    for here, there in zip(ours.child_records, theirs.child_records, strict=True):
        assert {f: getattr(here, f) for f in OF_CHILD} == {f: getattr(there, f) for f in OF_CHILD}
    assert ours.children_count == 3

    (main,) = [each for each in ours.person.positions if each is ours.position]
    assert main.held_from == date(2015, 9, 1)
    (further,) = consultation.subjects[0].other_positions
    assert (further.label, further.paid) == ("Sports coach, Testwell Swimmers", True)
    assert len(ours.person.positions) == 2

    assert ours.discussions == []
    (held,) = discussions_elsewhere(ours)
    assert held.held_on == theirs.discussions[0].held_on
    assert [dict(each.said)["Decisions"] for each in held.versions] == [
        "Second words",
        "First words",
    ]
    assert "The head" in dict(held.versions[1].facts)["Who got it"]
    assert senders(ours) == held.held_by
    (note,) = db.session.scalars(select(Note).where(Note.case_id == ours.id)).all()
    assert note.text.startswith("Allegation 2: outcome recorded by")
    assert "Nobody saw it" in note.text

    documents = db.session.scalars(
        select(Document).where(Document.consultation_id == consultation.id)
    ).all()
    assert [(each.title, each.kind, each.size) for each in documents] == [
        ("Letter", "letter", len(CONTENT))
    ]
    event = db.session.scalars(
        select(AuditEvent).where(AuditEvent.action == AuditAction.TRANSFER_TAKEN_OVER.value)
    ).one()
    assert event.detail == {"allegations": 2, "children": 3, "positions": 1}


def test_it_goes_on_to_a_third_authority_with_what_the_first_had_held(theirs, cast):
    second = progressed(came(theirs, cast.manager), cast.manager)
    third = progressed(came(second, cast.manager), cast.manager)
    assert [each.description for each in third.allegations] == [
        each.description for each in theirs.allegations
    ]
    (held,) = discussions_elsewhere(third)
    assert len(held.versions) == 2


def test_the_same_file_is_taken_in_once(theirs, cast):
    told = records(cast.lado, theirs, [], withheld=False)
    names = [opened_transfer(told, by) for by in (cast.manager, cast.manager, cast.other_lado)]
    first = take_in(names[0], cast.manager)
    with pytest.raises(Refused, match=f"taken in before as {first.reference}"):
        take_in(names[1], cast.manager)
    restriction.restrict(first, to=[cast.manager], version=first.version, by=cast.manager)
    with pytest.raises(Refused) as refusal:
        take_in(names[2], cast.other_lado)
    assert first.reference not in refusal.value.message


def test_a_newer_file_adds_what_is_new_and_nothing_twice(theirs, cast):
    ours = progressed(came(theirs, cast.manager), cast.manager)
    changed = case_parts.allegation_details(
        description="Said here", limbs=[Limb.HARM], category_id=ours.allegations[1].category_id
    )
    second = ours.allegations[1]
    case_allegations.change_allegation(second, changed, version=second.version, by=cast.manager)
    third = case_parts.allegation_details(description="Left in the rain", children=[2])
    case_allegations.add_allegation(theirs, third, by=cast.lado)
    again = came(theirs, cast.manager)
    again.subjects[0].person = ours.person
    db.session.commit()
    ours = progressed(again, cast.manager, case=ours)
    assert [each.description for each in ours.allegations] == [
        "Seen in the hall",
        "Said here",
        "Left in the rain",
    ]
    assert [each.number for each in ours.child_records] == [1, 2, 3]
    assert [each.number for each in ours.allegations[2].children] == [2]
    assert len(ours.person.positions) == 2
    assert len(discussions_elsewhere(ours)) == 1


def test_what_joins_as_the_same_concern_brings_no_allegation(theirs, cast):
    about = contacts.adult(replace(KIT, surname="Elsewise"))
    ours = case_parts.open_case(cast.manager, about)
    consultation = came(theirs, cast.manager)
    consultation.subjects[0].person = ours.person
    db.session.commit()
    ours = progressed(consultation, cast.manager, case=ours, further_allegation=False)
    assert len(ours.allegations) == 1
    assert ours.child_records == []
    assert len(discussions_elsewhere(ours)) == 1


def test_a_category_of_theirs_is_asked_for_and_what_else_is_not_ours_is_said(cast):
    told = {"category": "Sorcery", "context": "The moon", "limbs": ["spell"]}
    told_of = sent_records(
        allegations=[told, {"category": "Neglect", "is_primary": True}], reporting_restriction=True
    )
    consultation = take_in(opened_transfer(told_of, cast.manager), cast.manager)
    over = taken_over(consultation.subjects[0])
    assert over.categories_to_choose == ["Sorcery"]
    assert [line for line in over.left_out if "moon" in line or "spell" in line] == over.left_out
    with pytest.raises(Invalid) as missing:
        progressed(consultation, cast.manager)
    assert set(missing.value.messages) == {"sent_category_id"}
    assert consultation.subjects[0].case is None
    chosen = term_id(TermGroup.CATEGORY, "Emotional abuse")
    ours = progressed(consultation, cast.manager, sent_category_id=chosen)
    assert [each.category.label for each in ours.allegations] == ["Neglect", "Emotional abuse"]
    assert [row.limb for row in ours.allegations[1].limbs] == [Limb.HARM]
    assert ours.reporting_restricted


def test_nothing_comes_with_a_decision_not_to_progress(theirs, cast):
    consultation = came(theirs, cast.manager)
    contacts.decide(consultation.subjects[0], cast.manager)
    assert consultation.subjects[0].case is None
    assert len(db.session.scalars(select(Position)).all()) == 3


def test_what_was_written_to_do_harm_is_kept_as_text(cast):
    awkward = "<script>alert(1)</script> \x00\ud800\u202e{{ 7*7 }}"
    told = {"category": "Neglect", "description": awkward * 900, "place": awkward * 30}
    told_of = sent_records(
        allegations=[told],
        child_records=[{"name": awkward * 30, "age": 10**30}] * 500,
        person={"positions": [{"role": awkward, "organisation": {"name": awkward * 30}}]},
        discussions=[{"held_on": "2026-03-03", "minutes": [{"heading": awkward, "text": awkward}]}],
    ) | {"from": awkward * 30}
    ours = progressed(take_in(opened_transfer(told_of, cast.manager), cast.manager), cast.manager)
    (allegation,) = ours.allegations
    assert len(allegation.description) == 20_000
    assert allegation.description.startswith("<script>alert(1)</script> {{ 7*7 }}")
    assert len(ours.child_records) == 500
    assert len(senders(ours)) == 200
    assert len(discussions_elsewhere(ours)) == 1


def test_a_case_joined_in_error_is_left_with_what_was_brought(theirs, cast):
    ours = case_parts.open_case(cast.manager, contacts.adult(replace(KIT, surname="Elsewise")))
    consultation = came(theirs, cast.manager)
    consultation.subjects[0].person = ours.person
    db.session.commit()
    ours = progressed(consultation, cast.manager, case=ours, decided_on=days_ago(1))
    assert len(ours.allegations) == 3
    contacts.decisions.reopen(
        consultation, reason="In error", version=consultation.version, by=cast.manager
    )
    contacts.decide(consultation.subjects[0], cast.manager, decided_on=clock.today())
    assert len(whole(ours).allegations) == 1
    assert discussions_elsewhere(ours) == []
