"""Contacts that add up (R-57): each reader's numbers equal a count by hand."""

from datetime import timedelta

import pytest

from lado import clock
from lado.errors import Refused
from lado.extensions import db
from lado.models import Associate, NamedAccess
from lado.queries import alerts, contacts
from lado.rules.vocabulary import Sameness
from lado.services import alert as services
from lado.services import organisation_merge, same_person
from tests import factories
from tests.contacts import adult, contact, position, restrict_consultation
from tests.factories import make_consultation, make_organisation, make_person
from tests.support.accounts import last_event


@pytest.fixture
def school():
    return make_organisation("Fable School")


def at(place, days_ago, **about):
    return make_consultation(received_on=factories.days_ago(days_ago), organisation=place, **about)


def counted(page):
    return {each.record.name if hasattr(each.record, "sector") else str(each.record.name):
            (each.contacts, each.latest, each.further) for each in page.items}  # fmt: skip


def test_an_organisation_is_counted_as_employer_setting_and_subject_once_a_contact(cast, school):
    elsewhere = make_organisation("Mock Club")
    at(school, 300)
    at(elsewhere, 200, setting=school)
    at(school, 10, setting=school, adult={"organisation_itself": True})
    both = factories.consultation.log(
        contact=contact(received_on=factories.days_ago(5), setting=elsewhere),
        adults=[adult(position=position(organisation=school)) for _ in range(2)],
        by=cast.lado,
    )
    at(school, 800)
    assert counted(alerts.organisations(cast.manager)) == {"Fable School": (4, both.received_on, 4)}
    raised = alerts.raised(cast.manager, school)
    assert (raised.alert.contacts, raised.alert.since) == (4, factories.days_ago(10))
    assert alerts.raised(cast.manager, elsewhere) is None
    assert len(contacts.days(cast.manager, school)) == 5
    quarters = contacts.history(cast.manager, school, page=1, today=clock.today()).quarters
    assert sum(each.contacts for each in quarters) in (4, 5)
    assert {each.record.name for each in alerts.about(cast.lado, both.subjects[0])} == {
        "Fable School"
    }


def test_a_person_is_counted_across_organisations(cast):
    person = make_person(surname="Fableby")
    for number in range(3):
        at(f"Place {number}", 30 * number, person=person)
    at("Place 9", 1, person=make_person())
    assert counted(alerts.people(cast.manager)) == {"Wren Fableby": (3, clock.today(), 3)}
    assert alerts.organisations(cast.manager).items == []


def test_linked_records_of_a_person_count_as_one(cast):
    one, other = make_person(surname="Fableby"), make_person(surname="Fablebey")
    for person, days in ((one, 9), (other, 6), (other, 3)):
        at("Place", days, person=person)
    assert alerts.people(cast.manager).items == []
    judge = {"reason": "Same birthday", "version": one.version, "by": cast.lado}
    same_person.judge(one, other, sameness=Sameness.SAME, **judge)
    assert counted(alerts.people(cast.manager)) == {"Wren Fableby": (3, factories.days_ago(3), 3)}
    assert len(contacts.days(cast.manager, other)) == 3
    services.review(other, note="Seen", contacts=3, by=cast.manager)
    assert alerts.people(cast.manager, further_only=True).items == []


def test_what_a_reader_may_not_know_of_is_in_no_number(cast, school):
    person = make_person()
    known = [at(school, days, person=person) for days in (3, 2, 1)]
    hidden = at(school, 0)
    restrict_consultation(hidden)
    db.session.add(NamedAccess(user_id=cast.lado.id, consultation_id=hidden.id))
    db.session.add(Associate(user_id=cast.other_lado.id, person_id=person.id, connection="Friend"))
    db.session.commit()
    assert counted(alerts.organisations(cast.lado))["Fable School"][0] == 4
    assert counted(alerts.organisations(cast.manager))["Fable School"] == (
        3, known[-1].received_on, 3,
    )  # fmt: skip
    assert alerts.organisations(cast.other_lado).items == []
    assert alerts.people(cast.other_lado).items == []
    assert alerts.raised(cast.other_lado, school) is None
    assert contacts.days(cast.other_lado, school) == []
    services.review(school, note="All four", contacts=4, by=cast.lado)
    seen = alerts.raised(cast.manager, school)
    assert (seen.review, seen.further) == (None, 0)


def test_a_look_lasts_until_there_is_a_further_contact(cast, school):
    for days in (9, 6, 3):
        at(school, days)
    with pytest.raises(Refused, match="came in"):
        services.review(school, note="Two?", contacts=2, by=cast.manager)
    services.review(school, note="Spoke to the head", contacts=3, by=cast.manager)
    event = last_event()
    assert (event.thing, event.record) == ("organisation", school.public_id)
    assert event.detail == {"at_least": 3, "months": 12}
    new = {"further_only": True}
    assert alerts.organisations(cast.manager, **new).items == []
    assert counted(alerts.organisations(cast.manager))["Fable School"][2] == 0
    assert alerts.raised(cast.manager, school).review.note == "Spoke to the head"
    # One received before the look, but recorded after it, is a further one too.
    at(school, 30)
    assert counted(alerts.organisations(cast.manager, **new))["Fable School"][::2] == (4, 1)


def test_an_alert_follows_a_merge_and_comes_back_with_a_split(cast, school):
    other = make_organisation("Fable Scool")
    at(school, 3), at(school, 2), at(other, 1)
    assert alerts.organisations(cast.manager).items == []
    merge = organisation_merge.merge(other, into=school, reason="A slip", by=cast.lado)
    assert counted(alerts.organisations(cast.manager)) == {
        "Fable School": (3, clock.today() - timedelta(days=1), 3)
    }
    organisation_merge.split(merge, reason="No", by=cast.lado)
    assert alerts.organisations(cast.manager).items == []


def test_a_page_that_nobody_reaches_is_empty(cast):
    assert alerts.people(cast.manager, 10**30).items == []
    assert alerts.organisations(cast.manager, 10**30).items == []
