"""The records to mend: whose they are, where each is mended, and what nobody else is shown."""

import pytest
from lxml import html
from sqlalchemy import update

from lado.extensions import db
from lado.models import (
    Allegation,
    Associate,
    Case,
    Child,
    Consultation,
    OnwardReferral,
    StrategyDiscussion,
)
from lado.queries import vocabulary
from lado.rules.data_quality import BY_ID, FAULTS
from lado.rules.vocabulary import Children, DatePrecision, Origin, ReferralDecision, TermGroup
from tests import contacts
from tests.case_parts import fill_case
from tests.factories import days_ago, make_case, make_person

PAGE = "/to-mend"
DAY_IT_HAPPENED = BY_ID["learned_before_event"]


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(html.fromstring(response.get_data(as_text=True)).text_content().split())


def links(response) -> list[str]:
    page = html.fromstring(response.get_data(as_text=True))
    return [str(a.get("href")) for a in page.xpath("//main//table//td//a")]


@pytest.fixture
def case(cast):
    """With a fault of each part in which there can be one."""
    made = make_case(received_on=days_ago(30), aware_on=days_ago(31))
    fill_case(made, cast.lado)
    contact = made.subjects[0].consultation
    facts = {"happened_precision": DatePrecision.EXACT, "happened_from": contact.received_on}
    changes = {
        Consultation: facts | {"contact_method_id": None},
        Allegation: facts | {"context_id": None, "happened_from": days_ago(29)},
        Case: {"children": Children.NONE_IDENTIFIED, "children_count": None},
        Child: {"sex": None},
        OnwardReferral: {
            "basis": None,
            "considered_on": days_ago(3),
            "referred_on": days_ago(3),
            "decision": ReferralDecision.REFER,
        },
        StrategyDiscussion: {"purpose": None, "origin": Origin.REGISTER},
    }
    for thing, values in changes.items():
        db.session.execute(update(thing).values(**values))
    db.session.commit()
    return made


def test_who_owns_a_record_is_led_to_what_mends_it(cast, case, client_for) -> None:
    client = client_for(cast.lado)
    shown = client.get(PAGE)
    page = text(shown)
    for name in (
        "learned_before_event", "allegation_after_contact", "case_children_differ", "no_method",
        "no_sex", "no_case_context", "no_child_sex", "no_basis", "no_purpose",
    ):  # fmt: skip
        assert BY_ID[name].words in page, name
    assert case.about not in page, "a reference is enough"
    found = links(shown)
    assert f"/cases/{case.public_id}/allegations/1/edit" in found
    assert f"/people/{case.person.public_id}/edit" in found
    assert len(found) > 8
    for url in set(found):
        assert client.get(url).status_code == 200, url
    missing = text(client.get(f"{PAGE}?found=missing"))
    assert BY_ID["no_method"].words in missing
    assert DAY_IT_HAPPENED.words not in missing
    assert "To mend in your records: " in text(client.get("/"))
    others = client_for(cast.other_lado)
    assert "Nothing is to be mended." in text(others.get(PAGE))
    assert "To mend in your records" not in text(others.get("/"))


def test_what_is_mended_is_listed_no_more(cast, client_for) -> None:
    contact = contacts.log(cast.lado, received_on=days_ago(2))
    client = client_for(cast.lado)
    words = BY_ID["no_aware_on"].words
    assert words in text(client.get(PAGE))
    contact.aware_on = days_ago(2)
    db.session.commit()
    assert words not in text(client.get(PAGE))


def test_only_who_looks_after_all_sees_the_list_of_another(cast, case, client_for) -> None:
    manager, other = client_for(cast.manager), client_for(cast.other_lado)
    of_lado = f"{PAGE}?officer={cast.lado.public_id}"
    assert case.reference in text(manager.get(of_lado))
    everybodys = manager.get(f"{PAGE}?team=yes")
    assert of_lado in links(everybodys)
    assert f"{PAGE}?team=yes&what=no_method" in links(everybodys)
    of_one = text(manager.get(f"{PAGE}?team=yes&what=no_method"))
    assert cast.lado.name in of_one
    refused = text(other.get(of_lado))
    assert "must be one of the choices" in refused
    assert case.reference not in refused
    assert case.reference not in text(other.get(f"{PAGE}?team=yes"))


def test_a_record_that_the_reader_may_not_know_of_is_not_counted(cast, case, client_for) -> None:
    manager = client_for(cast.manager)
    db.session.add(
        Associate(user_id=cast.manager.id, person_id=case.person_id, connection="Cousin")
    )
    db.session.commit()
    for query in ("team=yes", f"officer={cast.lado.public_id}", "team=yes&what=no_method"):
        page = text(manager.get(f"{PAGE}?{query}"))
        assert case.reference not in page
        assert "Nothing is to be mended." in page or "No record has this to mend." in page


def test_pages_of_one_fault_hold_each_thing_once(cast, client_for) -> None:
    """Also where some are mended between one page and the next."""
    made = [contacts.log(cast.lado, received_on=days_ago(n % 9)) for n in range(30)]
    client, seen = client_for(cast.lado), []
    url = f"{PAGE}?what=no_method"
    page = client.get(url)
    seen += links(page)
    assert len(seen) == 25
    newest = min(made, key=lambda each: (-each.received_on.toordinal(), -each.id))
    newest.contact_method = vocabulary.terms(TermGroup.CONTACT_METHOD)[0]
    db.session.commit()
    following = html.fromstring(page.get_data(as_text=True)).xpath("//a[@rel='next']")[0]
    seen += links(client.get(following.get("href")))
    assert sorted(seen) == sorted(f"/consultations/{each.public_id}/edit" for each in made)


def test_older_records_than_of_the_last_year_are_left_in_peace(cast, client_for) -> None:
    contacts.log(cast.lado, received_on=days_ago(3 * 365))
    assert "Nothing is to be mended." in text(client_for(cast.lado).get(PAGE))


def test_two_adults_of_one_consultation_are_two_to_mend(cast, client_for) -> None:
    adults = [contacts.adult(make_person()) for _ in range(2)]
    contacts.log(cast.lado, *adults, received_on=days_ago(1))
    found = links(client_for(cast.lado).get(f"{PAGE}?what=no_sex"))
    assert sorted(found) == sorted(f"/people/{each.person.public_id}/edit" for each in adults)


def test_every_fault_can_be_asked_for(cast, case, client_for) -> None:
    client = client_for(cast.manager)
    for fault in FAULTS:
        assert fault.words in text(client.get(f"{PAGE}?team=yes&what={fault.id}"))
