"""A contact is logged, corrected and added to."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from lado import clock
from lado.errors import Conflict, Invalid, Refused
from lado.extensions import db
from lado.models import AuditEvent, Child, Consultation, Note, Organisation, Person, Position, User
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import (
    Children,
    ConsultationStatus,
    DatePrecision,
    Origin,
    Sex,
    TermGroup,
)
from lado.services import consultation as service
from lado.services.consultation_child import ChildDetails
from lado.services.person import PersonDetails
from tests.contacts import RECEIVED, adult, contact, decide, log, position
from tests.factories import make_organisation, make_person, term_id
from tests.support.cast import Cast

LATER = RECEIVED + timedelta(days=1)


def events(action: AuditAction) -> list[AuditEvent]:
    return list(db.session.scalars(select(AuditEvent).where(AuditEvent.action == action)))


def count(thing: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(thing)) or 0


def change(consultation: Consultation, by: User, **other: Any) -> None:
    """Save what is there, with `other` on top."""
    details: dict[str, Any] = {
        "contact": contact(),
        "adults": [adult() for _ in consultation.subjects],
        "version": consultation.version,
    }
    service.change(consultation, by=by, **details | other)


def test_a_logged_consultation_waits_for_its_decision(cast: Cast) -> None:
    consultation = log(cast.lado, adult(PersonDetails("Logtest", "Lee")))
    assert consultation.status is ConsultationStatus.OPEN
    assert consultation.reference == "C-2026-00001"
    assert consultation.taken_by is cast.lado
    assert consultation.origin is Origin.ENTERED
    (subject,) = consultation.subjects
    assert subject.person is not None
    assert str(subject.person.name) == "Lee Logtest"
    assert subject.position.person is subject.person
    assert subject.position.organisation is not None
    assert subject.position.organisation.name == "Testwell School"


def test_logging_leaves_its_events_and_no_word_of_what_was_typed(cast: Cast) -> None:
    consultation = service.log(
        contact=contact(children=Children.COUNTED, children_count=1),
        adults=[adult(PersonDetails("Logtest", "Lee"))],
        children=[ChildDetails(name="Kit")],
        by=cast.lado,
    )
    (event,) = events(AuditAction.CONSULTATION_LOGGED)
    assert (event.actor, event.record) == (cast.lado.public_id, consultation.public_id)
    assert event.detail == {"subjects": 1, "children": 1}
    assert len(events(AuditAction.PERSON_ADDED)) == 1
    assert len(events(AuditAction.ORGANISATION_ADDED)) == 1
    everything = str([event.detail for event in db.session.scalars(select(AuditEvent))])
    assert "Logtest" not in everything
    assert "Kit" not in everything


def test_several_adults_and_children_in_one_contact(cast: Cast) -> None:
    known = make_person()
    consultation = service.log(
        contact=contact(children=Children.MULTIPLE),
        adults=[adult(known), adult(), adult(organisation_itself=True)],
        children=[
            ChildDetails(name="Kit", age=9, sex=Sex.MALE, looked_after=True),
            ChildDetails(),
            ChildDetails(age=7),
        ],
        by=cast.support,
    )
    first, second, third = consultation.subjects
    assert (first.person, second.person, third.person) == (known, None, None)
    assert third.organisation is third.position.organisation
    assert [subject.number for subject in consultation.subjects] == [1, 2, 3]
    children = db.session.scalars(select(Child).order_by(Child.number)).all()
    assert [(child.number, child.name, child.age) for child in children] == [
        (1, "Kit", 9),
        (2, None, 7),
    ]


def test_the_text_keeps_the_agency_it_came_from(cast: Cast) -> None:
    police = term_id(TermGroup.AGENCY, "Police")
    consultation = log(cast.lado, referrer_agency_id=police)
    assert consultation.text_agency_id == police


def test_employer_and_setting_are_two_facts(cast: Cast) -> None:
    sport = term_id(TermGroup.SECTOR, "Independent school")
    consultation = log(cast.lado, setting="Testwell Pool", setting_sector_id=sport)
    assert consultation.setting is not None
    assert consultation.setting.name == "Testwell Pool"
    assert consultation.setting.sector_id == sport
    assert consultation.subjects[0].position.organisation is not consultation.setting


def test_an_organisation_typed_in_another_way_is_the_same_one(cast: Cast) -> None:
    log(cast.lado)
    log(cast.lado, adult(position=position(organisation="TESTWELL-School")))
    assert count(Organisation) == 1


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, True),
        ({"happened_precision": DatePrecision.EXACT, "happened_from": RECEIVED}, False),
        ({"happened_precision": DatePrecision.ABOUT, "happened_from": date(2025, 4, 19)}, True),
        (
            {"happened_precision": DatePrecision.BETWEEN, "happened_from": date(2020, 1, 1),
             "happened_to": date(2025, 4, 20)},
            False,
        ),
    ],
)  # fmt: skip
def test_non_recent_is_worked_out_where_a_date_is_known_else_as_stated(
    cast: Cast, facts: dict[str, Any], expected: bool
) -> None:
    (subject,) = log(cast.lado, adult(non_recent=not facts or not expected), **facts).subjects
    assert subject.non_recent is expected


def test_the_same_position_stated_twice_is_one(cast: Cast) -> None:
    known = make_person()
    first = log(cast.lado, adult(known))
    second = log(cast.lado, adult(known, position=position(paid=True)))
    assert first.subjects[0].position is second.subjects[0].position
    assert first.subjects[0].position.paid is True


def test_further_positions_are_kept_and_those_that_repeat_the_first_are_not(cast: Cast) -> None:
    further = [position("Teacher"), position("Sports coach", organisation="Testwell Rovers")]
    further.append(further[1])
    consultation = log(cast.lado, adult(further_positions=further))
    (other,) = consultation.subjects[0].other_positions
    assert other.role is not None
    assert other.role.label == "Sports coach"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"summary": " "}, "summary"),
        ({"received_on": date(2999, 1, 1)}, "received_on"),
        ({"aware_on": LATER}, "aware_on"),
        ({"anonymous": True, "referrer_name": "Sam"}, "referrer_name"),
        ({"happened_precision": DatePrecision.EXACT}, "happened_from"),
        ({"happened_from": RECEIVED}, "happened_precision"),
        ({"happened_precision": DatePrecision.EXACT, "happened_from": LATER}, "happened_from"),
        (
            {"happened_precision": DatePrecision.ABOUT, "happened_from": date(2026, 1, 1),
             "happened_to": date(2026, 1, 2)},
            "happened_to",
        ),
        ({"happened_precision": DatePrecision.BETWEEN, "happened_from": RECEIVED}, "happened_to"),
        (
            {"happened_precision": DatePrecision.BETWEEN, "happened_from": date(2026, 1, 2),
             "happened_to": date(2026, 1, 1)},
            "happened_to",
        ),
        (
            {"happened_precision": DatePrecision.BETWEEN, "happened_from": RECEIVED,
             "happened_to": LATER},
            "happened_to",
        ),
        ({"children": Children.COUNTED}, "children_count"),
        ({"children": Children.COUNTED, "children_count": 0}, "children_count"),
        ({"children": Children.MULTIPLE, "children_count": 4}, "children_count"),
        ({"setting": "Nowhere Testwell"}, "setting_sector_id"),
        ({"setting": "..."}, "setting"),
        ({"contact_method_id": 999_999}, "contact_method_id"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_saved(
    cast: Cast, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        log(cast.lado, **facts)
    assert list(invalid.value.messages) == [field]
    assert count(Consultation) == count(Organisation) == count(AuditEvent) == 0


@pytest.mark.parametrize(
    ("children", "count_", "field"),
    [(Children.NONE_IDENTIFIED, None, "children"), (Children.COUNTED, 1, "children_count")],
)
def test_more_children_described_than_there_are(
    cast: Cast, children: Children, count_: int | None, field: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        service.log(
            contact=contact(children=children, children_count=count_),
            adults=[adult()],
            children=[ChildDetails(age=7), ChildDetails(age=8)],
            by=cast.lado,
        )
    assert list(invalid.value.messages) == [field]


def test_a_term_of_another_list_is_refused(cast: Cast) -> None:
    wrong = term_id(TermGroup.SECTOR, "Maintained school")
    with pytest.raises(Invalid) as invalid:
        log(cast.lado, adult(), adult(category_id=wrong))
    assert list(invalid.value.messages) == ["adults-1-category_id"]


def test_who_it_is_about_must_be_said(cast: Cast) -> None:
    with pytest.raises(Invalid) as invalid:
        service.log(contact=contact(), adults=[], by=cast.lado)
    assert list(invalid.value.messages) == ["adults"]


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"organisation_itself": True, "position": None}, "adults-0-organisation"),
        ({"person": PersonDetails("?!")}, "adults-0-surname"),
    ],
)
def test_an_adult_who_cannot_be(cast: Cast, details: dict[str, Any], field: str) -> None:
    details = {"position": position(organisation=None)} | {k: v for k, v in details.items() if v}
    with pytest.raises(Invalid) as invalid:
        log(cast.lado, adult(**details))
    assert list(invalid.value.messages) == [field]


def test_a_further_position_says_which_it_is(cast: Cast) -> None:
    further = [position(), position(organisation="...")]
    with pytest.raises(Invalid) as invalid:
        log(cast.lado, adult(further_positions=further))
    assert list(invalid.value.messages) == ["adults-0-further_positions-1-organisation"]


def test_nobody_is_in_a_consultation_twice(cast: Cast) -> None:
    known = make_person()
    with pytest.raises(Invalid) as invalid:
        log(cast.lado, adult(known), adult(known))
    assert list(invalid.value.messages) == ["adults-1-surname"]


def test_only_those_whose_role_logs_can_have_taken_it(cast: Cast) -> None:
    taken = log(cast.support, taken_by=cast.lado)
    assert taken.taken_by is cast.lado
    with pytest.raises(Invalid) as invalid:
        log(cast.support, taken_by=cast.auditor)
    assert list(invalid.value.messages) == ["taken_by"]


def test_a_change_names_its_fields_in_the_audit_trail_and_counts_a_save(cast: Cast) -> None:
    consultation = log(cast.lado)
    version = consultation.version
    change(
        consultation,
        cast.other_lado,
        contact=contact(summary="Other words", aware_on=RECEIVED),
        adults=[adult(category="Neglect")],
        children=[ChildDetails(age=7)],
    )
    assert consultation.summary == "Other words"
    assert consultation.taken_by is cast.lado
    assert consultation.version > version
    (event,) = events(AuditAction.CONSULTATION_CHANGED)
    assert event.detail == {
        "fields": ["aware_on", "category_id", "children", "children_count", "summary"]
    }
    assert event.actor == cast.other_lado.public_id


def test_the_second_editor_of_the_same_text_is_told(cast: Cast) -> None:
    consultation = log(cast.lado)
    seen = consultation.version
    change(consultation, cast.lado, contact=contact(summary="The first"))
    with pytest.raises(Conflict):
        change(consultation, cast.other_lado, contact=contact(summary="Lost"), version=seen)
    assert consultation.summary == "The first"


def test_a_change_of_one_adult_counts_a_save_too(cast: Cast) -> None:
    consultation = log(cast.lado)
    seen = consultation.version
    change(consultation, cast.lado, adults=[adult(non_recent=True)])
    assert consultation.version > seen


def test_a_mistyped_position_is_forgotten(cast: Cast) -> None:
    known = make_person()
    consultation = log(cast.lado, adult(known))
    change(consultation, cast.lado, adults=[adult(known, position=position("Tutor"))])
    (only,) = db.session.scalars(select(Position))
    assert only.role is not None
    assert only.role.label == "Tutor"
    assert consultation.subjects[0].position is only


def test_a_position_that_another_consultation_states_stays(cast: Cast) -> None:
    known = make_person()
    other = log(cast.lado, adult(known))
    consultation = log(cast.lado, adult(known))
    change(consultation, cast.lado, adults=[adult(known, position=position("Tutor"))])
    assert count(Position) == 2
    assert other.subjects[0].position.role is not None
    assert other.subjects[0].position.role.label == "Teacher"


def test_an_adult_may_be_named_later(cast: Cast) -> None:
    consultation = log(cast.lado)
    before = consultation.subjects[0].position
    change(consultation, cast.lado, adults=[adult(PersonDetails("Latertest"))])
    (subject,) = consultation.subjects
    assert subject.person is not None
    assert subject.position is before
    assert before.person is subject.person
    (event,) = events(AuditAction.CONSULTATION_CHANGED)
    assert event.detail == {"fields": ["person_id"]}


def test_a_named_adult_stays_who_they_are(cast: Cast) -> None:
    known = make_person()
    consultation = log(cast.lado, adult(known))
    change(consultation, cast.lado, adults=[adult(known, category="Neglect")])
    assert consultation.subjects[0].person is known
    assert count(Person) == 1


def test_who_was_named_in_error_is_replaced_until_a_case_comes_of_it(cast: Cast) -> None:
    wrong, meant = make_person(), make_person()
    consultation = log(cast.lado, adult(wrong))
    (subject,) = consultation.subjects
    change(consultation, cast.lado, adults=[adult(meant)])
    assert subject.person is meant
    assert subject.position.person is meant
    decide(subject, cast.lado, "Progress to strategy discussion")
    with pytest.raises(Refused, match="only before a case"):
        change(consultation, cast.lado, adults=[adult(wrong)])
    assert subject.person is meant


def test_children_that_are_described_are_counted(cast: Cast) -> None:
    children = [ChildDetails(age=7), ChildDetails(name="Child B"), ChildDetails()]

    def told_of(**facts: Any) -> Consultation:
        return service.log(
            contact=contact(**facts), adults=[adult()], children=children, by=cast.lado
        )

    told = told_of()
    assert (told.children, told.children_count) == (Children.COUNTED, 2)
    many = told_of(children=Children.MULTIPLE)
    assert (many.children, many.children_count) == (Children.MULTIPLE, None)


def test_a_case_is_corrected_with_the_consultation_that_opened_it(cast: Cast) -> None:
    consultation = log(cast.lado)
    (subject,) = consultation.subjects
    decide(subject, cast.lado, "Progress to strategy discussion")
    case = subject.case
    assert case is not None
    earlier = RECEIVED - timedelta(days=5)
    change(
        consultation,
        cast.lado,
        contact=contact(received_on=earlier),
        adults=[adult(PersonDetails("Latertest"), position=position("Tutor"))],
    )
    assert case.received_on == earlier
    assert case.position is subject.position
    assert case.person is subject.person
    assert len(events(AuditAction.CASE_CHANGED)) == 1


def test_it_cannot_have_been_received_after_it_was_decided(cast: Cast) -> None:
    consultation = log(cast.lado)
    decide(consultation.subjects[0], cast.lado)
    with pytest.raises(Invalid) as invalid:
        change(consultation, cast.lado, contact=contact(received_on=LATER))
    assert list(invalid.value.messages) == ["received_on"]


def test_somebody_is_added_only_while_it_is_open(cast: Cast) -> None:
    consultation = log(cast.lado)
    change(consultation, cast.lado, adults=[adult(), adult()])
    assert [subject.number for subject in consultation.subjects] == [1, 2]
    for subject in consultation.subjects:
        decide(subject, cast.lado)
    with pytest.raises(Refused, match="Open it again"):
        change(consultation, cast.lado, adults=[adult()] * 3)


def test_a_child_is_corrected_added_and_taken_off(cast: Cast) -> None:
    consultation = service.log(
        contact=contact(),
        adults=[adult()],
        children=[ChildDetails(name="Kit"), ChildDetails(name="Max")],
        by=cast.lado,
    )
    change(
        consultation,
        cast.lado,
        children=[ChildDetails(), ChildDetails(name="Maxine"), ChildDetails(age=4)],
    )
    children = db.session.scalars(select(Child).order_by(Child.number)).all()
    assert [(child.number, child.name) for child in children] == [(2, "Maxine"), (3, None)]


def test_what_came_from_a_register_may_stay_without_a_summary(cast: Cast) -> None:
    consultation = log(cast.lado)
    consultation.origin, consultation.imported_reference = Origin.REGISTER, "R1"
    db.session.commit()
    change(consultation, cast.lado, contact=contact(summary=""))
    assert consultation.summary is None


def test_a_note_is_added_in_every_status(cast: Cast) -> None:
    consultation = log(cast.lado)
    decide(consultation.subjects[0], cast.lado)
    note = service.add_note(
        consultation, text="They rang back", happened_on=RECEIVED, by=cast.support
    )
    assert note.author is cast.support
    (event,) = events(AuditAction.CONSULTATION_NOTED)
    assert event.record == consultation.public_id


@pytest.mark.parametrize(
    ("details", "field"),
    [({"text": " "}, "text"), ({"happened_on": date(2999, 1, 1)}, "happened_on"),
     ({"agency_id": 999_999}, "agency_id")],
)  # fmt: skip
def test_a_note_that_says_nothing_or_is_of_tomorrow(
    cast: Cast, details: dict[str, Any], field: str
) -> None:
    consultation = log(cast.lado)
    said = {"text": "Words", "happened_on": clock.today()} | details
    with pytest.raises(Invalid) as invalid:
        service.add_note(consultation, by=cast.lado, **said)
    assert list(invalid.value.messages) == [field]
    assert count(Note) == 0


def test_a_call_is_logged_with_its_words_alone(cast: Cast) -> None:
    """The sector is that of the employer, else the one the role is held in, else not known."""
    school = make_organisation("Testwell College", sector="Further education")
    for organisation, role, sector in (
        (school, "Teacher", "Further education"),
        ("testwell college", "Police officer", "Further education"),
        (None, "Police officer", "Police"),
        ("Testwell Station", "Police officer", "Police"),
        (None, "Foster carer", "Not known"),
    ):
        stated = replace(position(role, organisation=organisation), sector_id=None)
        (subject,) = log(cast.lado, adult(position=stated, category_id=None)).subjects
        assert subject.position.sector.label == sector
        assert subject.category.label == "Not yet clear"
    stated = replace(position("Foster carer", organisation="Testwell Home"), sector_id=None)
    with pytest.raises(Invalid) as refused:
        log(cast.lado, adult(position=stated))
    assert list(refused.value.messages) == ["adults-0-sector_id"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"reporter_aware_on": RECEIVED}, "statutory_duty"),
        ({"statutory_duty": True, "reporter_aware_on": LATER}, "reporter_aware_on"),
        ({"statutory_duty": True, "reporter_aware_at": time(9, 30)}, "reporter_aware_on"),
        ({"police_told": False, "police_reference": "CR/1"}, "police_told"),
        ({"first_answered_on": RECEIVED - timedelta(days=1)}, "first_answered_on"),
        ({"aware_on": RECEIVED - timedelta(days=5)}, "late_report_reason"),
    ],
)
def test_duty_police_answer_and_lateness_are_checked(
    cast: Cast, facts: dict[str, Any], field: str
) -> None:
    """R-03, R-08."""
    with pytest.raises(Invalid) as refused:
        log(cast.lado, **facts)
    assert list(refused.value.messages) == [field]
