"""Who on record may be meant: beside the name on the call page, and on pages of their own."""

import itertools
from datetime import date, timedelta

import pytest
from lxml import html
from sqlalchemy import select

from lado import clock
from lado.extensions import db
from lado.models import AuditEvent, Consultation, PersonComparison
from lado.rules.vocabulary import Sameness
from lado.services.person import PersonDetails
from lado.services.restriction import restrict
from lado.services.same_person import judge
from tests.case_parts import conclude_case
from tests.contacts import adult, log, position
from tests.factories import make_case, make_organisation, make_person

ADD = "/consultations/add"
CALL = {"summary": "Held a child by the arm"}
BORN = date(1980, 5, 3)


@pytest.fixture
def ann(cast):
    return make_person(surname="Smithby", forename="Jonathan", date_of_birth=BORN, by=cast.lado)


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.lado)


def typed(surname="Smithby", forename="Jon", born=("5", "3", "1980")):
    day, month, year = born
    return {"surname": surname, "forename": forename, "date_of_birth-day": day,
            "date_of_birth-month": month, "date_of_birth-year": year}  # fmt: skip


def ask(client, fields, prefix="adults-0"):
    token = client.form(ADD).fields["csrf_token"]
    sent = fields | {"prefix": prefix, "csrf_token": token}
    return client.post("/consultations/matches", sent).get_json()["html"].strip()


def search(client, words):
    return client.post_form("/search", {"words": words}).get_data(as_text=True)


def were_shown():
    """Who was shown whom."""
    shown = select(AuditEvent).where(AuditEvent.action == "person.shown").order_by(AuditEvent.id)
    return [(event.actor, event.record) for event in db.session.scalars(shown)]


def in_call(fields, known=""):
    named = {f"adults-0-{name}": value for name, value in fields.items()}
    return CALL | named | ({"adults-0-known": known} if known else {})


def newest(thing):
    return db.session.scalars(select(thing).order_by(thing.id.desc())).first()


def searched():
    return db.session.scalars(
        select(AuditEvent).where(AuditEvent.action == "person.searched")
    ).all()


def test_while_it_is_typed_the_page_is_told_who_may_be_meant_and_what_is_held(client, cast, ann):
    earlier = log(cast.lado, adult(ann))
    answer = ask(client, typed())
    for words in (
        "Is it this person?",
        "Strong match",
        "first name Jon / Jonathan",
        "day and month may be swapped",
        earlier.reference,
        "awaiting decision",
    ):
        assert words in answer
    assert f'name="adults-0-known" type="radio" value="{ann.public_id}"' in answer
    ask(client, typed())
    assert [event.detail for event in searched()] == [{"found": 1}] * 2
    assert were_shown() == [(cast.lado.public_id, ann.public_id)], "once within the hour"


@pytest.mark.parametrize("prefix", ["", "adults-0-x", 'adults-0" onclick="', "children-0"])
def test_a_part_for_no_adult_is_empty(client, ann, prefix):
    assert ask(client, typed(), prefix) == ""


def test_nothing_typed_or_nobody_fitting_shows_nothing(client, ann):
    for fields in ({}, typed("Otherwise", "Unheard", ("1", "1", "1950")), {"surname": "<b>"}):
        assert ask(client, fields) == ""
    assert searched() == []


def test_a_restricted_record_only_says_whom_to_speak_to(client, client_for, cast, ann):
    restrict(ann, to=[cast.manager], version=ann.version, by=cast.manager)
    answer = ask(client, typed())
    assert f"A restricted record may match. Speak to {cast.manager.name}" in answer
    assert "Smithby" not in answer
    assert ask(client_for(cast.support), typed()) == ""


def test_the_answer_joins_the_record_or_is_remembered(client, ann):
    asked = client.post_form(ADD, in_call(typed()))
    assert [who for _, who in were_shown()] == [ann.public_id]
    values = html.fromstring(asked.get_data(as_text=True)).xpath(
        "//input[@name='adults-0-known']/@value"
    )
    assert values == [ann.public_id, "new smithby jon", "unsure smithby jon"]
    client.post_form(ADD, in_call(typed(), ann.public_id))
    assert newest(Consultation).subjects[0].person is ann
    for answer, sameness in (("new", Sameness.DIFFERENT), ("unsure", Sameness.UNSURE)):
        sent = client.post_form(ADD, in_call(typed(), f"{answer} smithby jon"))
        assert sent.status_code == 302
        person = newest(Consultation).subjects[0].person
        assert person is not ann
        judged = db.session.scalars(
            select(PersonComparison).where(PersonComparison.other_id == person.id)
        ).all()
        assert {each.sameness for each in judged} == {sameness}
        assert ann.id in {each.one_id for each in judged}


def test_the_name_as_it_was_given_is_kept_with_the_contact_and_leads_there_again(
    client, client_for, cast, ann
):
    sounds_other = typed("Quillfeather", "Zeb")
    client.post_form(ADD, in_call(typed(), ann.public_id))
    assert newest(Consultation).subjects[0].given.date_of_birth == date(1980, 3, 5)
    client.post_form(ADD, in_call(typed("SMITHBY", "Jonathan", ("3", "5", "1980")), ann.public_id))
    assert newest(Consultation).subjects[0].given is None
    log(cast.manager, adult(ann, given=PersonDetails("Quillfeather", "Zebedee")))
    made = newest(Consultation)
    page = client.get(f"/consultations/{made.public_id}").get_data(as_text=True)
    assert "Given by the caller as" in page
    assert "Zebedee Quillfeather" in page
    assert "a caller called them Zebedee Quillfeather" in ask(client, sounds_other)
    assert made.reference in search(client, "quillfeather")
    restrict(made, to=[cast.manager], version=made.version, by=cast.manager)
    assert "Quillfeather" not in ask(client, sounds_other)
    assert f"Speak to {cast.manager.name}" in ask(client, sounds_other)
    assert ask(client_for(cast.support), sounds_other) == ""


def test_the_page_of_a_consultation_says_what_is_known_besides_it(client, client_for, cast, ann):
    school = make_organisation("Fable School")
    here = {"position": position(organisation=school)}
    log(cast.lado, adult(ann, **here))
    log(cast.lado, adult(), received_on=clock.today(), setting=school)
    case = make_case(person=ann, organisation=make_organisation("Mock Club"), by=cast.lado)
    make_person(surname="Smithbie", forename="Jon", date_of_birth=BORN, by=cast.lado)
    made = log(cast.lado, adult(ann, **here), adult(position=position(organisation=school)))
    page = f"/consultations/{made.public_id}"
    words = known(client, page)
    assert f"{ann.name}: 2 other consultations, 1 other case" in words
    assert "1 person may be the same" in words
    assert "Fable School: 2 other consultations 3 in 12 months" in words
    case.restricted = True
    db.session.commit()
    words = known(client, page)
    assert f"{ann.name}: 1 other consultation 1 person" in words
    other = make_person(surname="Smithby", forename="Jonathan", date_of_birth=BORN, by=cast.lado)
    restrict(other, to=[cast.manager], version=other.version, by=cast.manager)
    assert f"Speak to {cast.manager.name}" in known(client, page)
    assert "Speak to" not in known(client_for(cast.support), page)


def test_a_later_contact_shows_on_the_concluded_case_and_the_case_beside_the_contact(
    client, client_for, cast, ann
):
    case = make_case(person=ann, by=cast.lado)
    before = log(cast.lado, adult(ann), received_on=clock.today() - timedelta(days=30))
    conclude_case(case, cast.manager)
    page = f"/cases/{case.public_id}"
    assert "since the case was concluded" not in client.get(page).text
    later = log(cast.lado, adult(ann), received_on=clock.today())
    shown = client.get(page).text
    assert "1 consultation about this person since the case was concluded" in shown
    assert later.reference in shown
    assert before.reference not in shown
    for part in ("links", "chronology"):
        assert later.reference in client.get(f"{page}/{part}").text
    assert f"Concluded: {case.reference}" in known(client, f"/consultations/{later.public_id}")
    restrict(later, to=[cast.lado], version=later.version, by=cast.manager)
    assert later.reference not in client_for(cast.other_lado).get(page).text


def test_an_open_case_shows_every_position_and_later_contact_that_its_reader_may_know_of(
    client, client_for, cast, ann
):
    case = make_case(person=ann, by=cast.lado)
    page, none = f"/cases/{case.public_id}", "None of: institutional, multiple roles"
    assert none in client.get(page).text
    coach = position("Sports coach", "Sport and leisure", "Sample Swifts")
    later = log(cast.lado, adult(ann, position=coach), received_on=clock.today())
    person = f"/people/{ann.public_id}"
    for where in (page, person):
        shown = client.get(where).text
        assert "Multiple roles" in shown
        assert "Sample Swifts" in shown
        assert later.reference in shown
    chronology = client.get(f"{page}/chronology").text
    assert f"Another contact about this person, {later.reference}: Awaiting decision" in chronology
    restrict(later, to=[cast.lado], version=later.version, by=cast.manager)
    other = client_for(cast.other_lado)
    for where in (page, person, f"{page}/chronology", f"{page}/links"):
        shown = other.get(where).text
        for words in ("Multiple roles", "Sample Swifts", later.reference):
            assert words not in shown, where


def known(client, page):
    shown = html.fromstring(client.get(page).get_data(as_text=True))
    heading = next(each for each in shown.iter("h2") if each.text == "Already on record")
    part = itertools.takewhile(lambda each: each.tag != "h2", heading.itersiblings())
    return " ".join(" ".join(each.text_content() for each in part).split())


def test_two_records_are_compared_linked_and_parted(client, cast, ann):
    other = make_person(surname="Smithbie", forename="Jon", date_of_birth=BORN, by=cast.lado)
    place = f"/people/{ann.public_id}/same"
    assert "Surname sounds alike" in client.get(place).get_data(as_text=True)
    assert (cast.lado.public_id, other.public_id) in were_shown()
    compare = f"{place}/{other.public_id}"
    client.post_form(compare, {"sameness": "same"})
    assert other.same_as_id is None
    client.post_form(compare, {"sameness": "same", "reason": "Same passport"})
    assert other.same_as_id == ann.id
    shown = client.get(place).get_data(as_text=True)
    assert "Same passport" in shown
    assert "Nobody else on record" in shown
    contact = log(cast.lado, adult(other))
    assert contact.reference in client.get(f"/people/{ann.public_id}").get_data(as_text=True)
    client.post_form(compare, {"sameness": "different", "reason": "Two passports"})
    assert other.same_as_id is None
    assert contact.reference not in client.get(f"/people/{ann.public_id}").get_data(as_text=True)


def test_somebody_whose_name_does_not_lead_there_is_found_by_name(client, cast, ann):
    other = make_person(surname="Newlywedd", forename="Wren", date_of_birth=None, by=cast.lado)
    found = client.post_form(f"/people/{ann.public_id}/same", {"name": "newly"})
    assert f"/people/{ann.public_id}/same/{other.public_id}" in found.get_data(as_text=True)


def test_a_comparison_with_somebody_who_is_closed_to_the_reader_does_not_exist(client, cast, ann):
    other = make_person(surname="Smithbie", by=cast.manager)
    judge(ann, other, sameness=Sameness.SAME, reason="Seen", version=ann.version, by=cast.manager)
    restrict(other, to=[cast.manager], version=other.version, by=cast.manager)
    place = f"/people/{ann.public_id}/same"
    assert client.get(f"{place}/{other.public_id}").status_code == 404
    assert "Smithbie" not in client.get(place).get_data(as_text=True)
    assert "linked" not in client.get(f"/people/{ann.public_id}").get_data(as_text=True)
