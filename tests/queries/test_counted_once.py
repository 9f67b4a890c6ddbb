"""What is said to be held is what a count by hand gives: each thing once, nothing as its own past,
and the same on every page."""

import pytest
from sqlalchemy import select

from lado.extensions import db
from lado.models import Organisation
from lado.queries import alerts, known, records_of
from lado.queries.case_list import Filters, whole_list
from lado.queries.earlier import earlier_than_decision
from lado.queries.held import contact_refs, held
from lado.queries.settings import get_number
from lado.rules.vocabulary import Sameness
from lado.services import same_person
from lado.web.consultations.matches import look
from tests.contacts import adult, decide, log, position
from tests.factories import make_case, make_organisation, make_person


@pytest.fixture
def couple(cast):
    """Two adults of one surname and one place, in one consultation."""
    place = make_organisation("Fable Fostering")
    people = [
        make_person(surname="Fableby", forename=first, by=cast.lado) for first in ("Tom", "Tim")
    ]
    return log(cast.lado, *(adult(one, position=position(organisation=place)) for one in people))


def test_a_consultation_is_not_earlier_than_itself(cast, couple):
    for subject in couple.subjects:
        earlier = earlier_than_decision(cast.lado, subject)
        assert not earlier.is_any
        assert earlier.may_be_same == []
    places = [couple.subjects[0].position.organisation]
    for but, contacts, places_contacts in ((None, 1, 1), (couple, 0, 0)):
        seen = look(cast.lado, "Fableby", "Tom", None, places, but)
        assert {len(of.contacts) for of in seen.held.values()} == {contacts}
        assert [each.contacts for each in seen.places] == [places_contacts]


def test_two_adults_who_were_one_human_being_count_once(cast, couple):
    one, other = (subject.person for subject in couple.subjects)
    decide(couple.subjects[0], cast.lado)
    same_person.judge(one, other, sameness=Sameness.SAME, reason="Seen", version=one.version,
                      by=cast.lado)  # fmt: skip
    (contact,) = held(cast.lado, [one])[one.id].contacts
    assert (contact.reference, contact.decision) == (couple.reference, "Advice only")
    assert contact_refs([one, other]) == {each.id: [couple.reference] for each in (one, other)}


def test_cases_at_a_place_are_the_same_on_its_page_in_the_list_and_beside_a_consultation(cast):
    """One that happened elsewhere, one joined by an adult of a third place, one about the place."""
    employer, setting, joiner = (make_organisation(f"Fable {n}") for n in ("One", "Two", "Three"))
    case = make_case(by=cast.lado, organisation=employer, setting=setting)
    joining = log(cast.lado, adult(case.person, position=position(organisation=joiner)))
    decide(joining.subjects[0], cast.lado, "Progress to strategy discussion", case=case)
    make_case(by=cast.lado, organisation=employer)
    asking = log(
        cast.other_lado, *(adult(position=position(organisation=p)) for p in (employer, joiner)),
        setting=setting,
    )  # fmt: skip
    expected = {employer: 2, setting: 1, joiner: 1}
    beside = known.on_record(cast.other_lado, asking).records
    assert {each.record: each.cases for each in beside} == expected
    for place in db.session.scalars(select(Organisation)):
        listed = whole_list(cast.other_lado, Filters(organisation_id=place.id))
        shown = records_of.cases_at(cast.other_lado, place)
        assert {case.id for case in listed} == {case.id for case in shown}
        assert len(shown) == expected.get(place, 0)


def test_an_alert_at_any_place_of_the_adult_is_shown_at_the_decision(cast):
    elsewhere = make_organisation("Fable Club")
    for _ in range(get_number("alert_contacts")):
        log(cast.lado, adult(position=position(organisation=elsewhere)))
    asking = log(cast.lado, adult(further_positions=[position(organisation=elsewhere)]))
    raised = alerts.about(cast.lado, asking.subjects[0])
    assert [each.record for each in raised] == [elsewhere]
    assert {each.record for each in known.on_record(cast.lado, asking).records if each.alert} == {
        elsewhere
    }
