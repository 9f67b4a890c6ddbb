import pytest
from sqlalchemy import select

from lado.extensions import db
from lado.models import AuditEvent, Person
from lado.rules.vocabulary import NameKind, TermGroup
from lado.services import organisation as organisations
from lado.services import person as people
from lado.services.organisation import OrganisationDetails
from lado.services.person import PersonDetails
from lado.services.restriction import restrict
from tests.support.hostile import attack

VALID = {"surname": "Exampleton", "forename": "Wren"}


@pytest.fixture
def wren(cast):
    return people.add(details=PersonDetails("Exampleton", "Wren"), by=cast.lado)


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.lado)


def text(response):
    return response.get_data(as_text=True)


def events(action: str) -> list[AuditEvent]:
    return list(db.session.scalars(select(AuditEvent).where(AuditEvent.action == action)))


def test_an_empty_register_says_so(client):
    assert "Nobody is recorded yet" in text(client.get("/people"))


def test_a_person_is_added_and_shown(client):
    page = client.follow(
        client.post_form(
            "/people/add",
            VALID
            | {
                "date_of_birth-day": "4",
                "date_of_birth-month": "mar",
                "date_of_birth-year": "1980",
            },
        )
    )
    assert "Wren Exampleton" in text(page)
    assert "4 March 1980" in text(page)
    assert "Wren Exampleton" in text(client.get("/people"))


def test_a_position_that_no_consultation_stated_is_added_once(client, wren, term):
    form = f"/people/{wren.public_id}/positions/add"
    assert "Choose the role, or enter where they work" in text(client.post_form(form))
    nobody_knows = {"organisation": "Sample Choir", "sector_id": ""}
    assert "A new one needs its sector too" in text(client.post_form(form, nobody_knows))
    added = {
        "role_id": str(term(TermGroup.ROLE, "Sports coach").id),
        "sector_id": str(term(TermGroup.SECTOR, "Sport and leisure").id),
        "organisation": "Sample Choir",
        "organisation-choice": "new",
        "organisation-asked": "sample choir",
    }
    page = text(client.follow(client.post_form(form, added)))
    assert "Sports coach" in page
    assert "Sample Choir" in page
    assert "on the list already" in text(client.post_form(form, added))
    assert len(wren.positions) == 1


def test_opening_a_person_is_noted_and_no_name_is_in_address_or_title(client, wren):
    url = f"/people/{wren.public_id}"
    page = text(client.get(url))
    assert [event.record for event in events("person.viewed")] == [wren.public_id]
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Exampleton" not in title


def test_a_search_is_answered_at_once_and_keeps_its_terms_out_of_address_and_cookie(client, wren):
    response = client.post_form("/people", {"name": "exam wr"})
    assert response.status_code == 200
    assert wren.public_id in text(response)
    assert "1 person found" in text(response)
    assert "exam" not in str(response.headers)
    assert events("person.searched")[0].detail == {"found": 1}


def test_a_search_for_nothing_or_nobody_says_so(client, wren):
    assert "Enter a name or a date of birth" in text(client.post_form("/people", {"name": " "}))
    assert "Nobody of that name" in text(client.post_form("/people", {"name": "zzz"}))
    assert client.get("/people/search").status_code == 302


def test_who_is_spelt_otherwise_is_offered_where_nobody_is_called_so(client, wren, cast):
    page = text(client.post_form("/people", {"name": "Ren Exampletun"}))
    assert wren.public_id in page
    assert "Surname sounds alike" in page
    page = text(client.post_form("/search", {"words": "Wren Exampletun"}))
    assert wren.public_id in page
    assert events("search.done")[0].detail == {"found": 1}
    restrict(wren, to=[cast.manager], version=wren.version, by=cast.manager)
    for place, name in (("/people", "name"), ("/search", "words")):
        assert wren.public_id not in text(client.post_form(place, {name: "Wren Exampletun"}))


def test_more_than_fit_are_said(client, cast, monkeypatch):
    monkeypatch.setattr("lado.queries.people.MOST_FOUND", 2)
    for number in range(3):
        people.add(details=PersonDetails(f"Many{number}"), by=cast.lado)
    assert "More than 2 people found" in text(client.post_form("/people", {"name": "many"}))


def test_details_are_corrected(client, wren):
    url = f"/people/{wren.public_id}/edit"
    page = client.follow(client.post_form(url, {"surname": "Sampleford", "sex": "female"}))
    assert "Wren Sampleford" in text(page)
    assert "Female" in text(page)


def test_what_was_typed_comes_back_with_a_message(client, wren):
    url = f"/people/{wren.public_id}/edit"
    page = text(client.post_form(url, {"surname": "", "forename": "<b>W</b>", "stated_age": "old"}))
    assert "<title>Error: " in page
    assert "Enter the surname" in page
    assert "&lt;b&gt;W&lt;/b&gt;" in page
    assert 'value="old"' in page


def test_a_second_editor_sees_both_texts_and_may_go_on(client, cast, wren):
    url = f"/people/{wren.public_id}/edit"
    stale = str(wren.version)
    people.change(
        wren, details=PersonDetails("Theirs", "Wren"), version=wren.version, by=cast.other_lado
    )
    page = text(client.post_form(url, {"surname": "Mine", "version": stale}))
    assert "Somebody else saved this" in page
    assert "Theirs" in page
    assert 'value="Mine"' in page
    fresh = str(wren.version)
    assert client.post_form(url, {"surname": "Mine", "version": fresh}).status_code == 302


def test_names_come_and_go(client, wren):
    url = f"/people/{wren.public_id}"
    add = {"kind": "former", "surname": "Maiden", "forename": "Wren"}
    page = client.follow(client.post_form(f"{url}/names/add", add))
    assert "Wren Maiden" in text(page)
    assert "already on the list" in text(client.post_form(f"{url}/names/add", add))
    page = client.follow(client.post_form(url, containing="version"))
    assert "Wren Maiden" not in text(page)


def test_removing_a_name_that_is_not_there_or_the_current_one(client, cast, wren):
    people.add_name(
        wren, kind=NameKind.FORMER, surname="Maiden", version=wren.version, by=cast.lado
    )
    token = client.form(f"/people/{wren.public_id}", "version").fields["csrf_token"]
    data = {"csrf_token": token, "version": str(wren.version)}
    base = f"/people/{wren.public_id}/names"
    assert client.post(f"{base}/9/remove", data).status_code == 404
    assert client.post(f"{base}/1/remove", data).status_code == 409
    assert client.post(f"{base}/2/remove", data | {"version": "x"}).status_code == 409


def test_a_restricted_person_is_not_there_for_others(client, client_for, cast, wren):
    url = f"/people/{wren.public_id}"
    form = {"named": [cast.manager.public_id]}
    page = text(client.follow(client.post_form(f"{url}/restrict", form)))
    assert "Only those named" in page
    assert db.session.get(Person, wren.id).restricted
    assert client_for(cast.manager).get(url).status_code == 200
    other = client_for(cast.other_lado)
    assert other.get(url).status_code == 404
    assert wren.public_id not in text(other.get("/people"))
    assert wren.public_id not in text(other.post_form("/people", {"name": "exampleton"}))
    client.follow(client.post_form(f"{url}/lift-restriction"))
    assert other.get(url).status_code == 200


def test_a_conflict_of_interest_is_declared_and_withdrawn(client, client_for, cast, wren):
    url = f"/people/{wren.public_id}"
    form = {"user": cast.support.public_id, "themselves": "no"}
    assert "how they are connected" in text(client.post_form(f"{url}/conflicts", form))
    form["connection"] = "Cousin"
    page = text(client.follow(client.post_form(f"{url}/conflicts", form)))
    assert "Cousin" in page
    support = client_for(cast.support)
    assert support.get(url).status_code == 404
    assert cast.support.name in text(client.get(url))
    client.follow(client.post_form(f"{url}/conflicts"))
    assert support.get(url).status_code == 200


def test_ones_own_conflict_of_interest_closes_the_record_at_once(client, cast, wren):
    url = f"/people/{wren.public_id}"
    form = {"user": cast.lado.public_id, "themselves": "yes"}
    response = client.post_form(f"{url}/conflicts", form)
    assert response.location == "/people"
    assert client.get(url).status_code == 404


def test_positions_and_organisations_are_linked(client, cast, term, wren):
    from lado.models import Position

    sector = term(TermGroup.SECTOR, "Police")
    place = organisations.add(details=OrganisationDetails("Fable Station", sector.id), by=cast.lado)
    db.session.add(Position(person=wren, organisation=place, sector=sector, paid=True))
    db.session.commit()
    assert f"/organisations/{place.public_id}" in text(client.get(f"/people/{wren.public_id}"))
    assert wren.public_id in text(client.get(f"/organisations/{place.public_id}"))


@pytest.mark.parametrize("name", ["member", "auditor", "administrator"])
def test_other_roles_are_refused(client_for, cast, wren, name):
    client = client_for(getattr(cast, name))
    for url in ("/people", "/people/add", f"/people/{wren.public_id}"):
        assert client.get(url).status_code == 403


def test_business_support_keeps_people_but_does_not_restrict(client_for, cast, wren):
    client = client_for(cast.support)
    assert client.get(f"/people/{wren.public_id}/edit").status_code == 200
    assert client.get(f"/people/{wren.public_id}/restrict").status_code == 403


def test_hostile_text_in_every_field(client, wren):
    assert set(attack(client, "/people/add", VALID)) >= {"surname", "date_of_birth-day", "sex"}
    attack(client, "/people", {"name": "x"})
    attack(client, f"/people/{wren.public_id}/edit", VALID)
    attack(client, f"/people/{wren.public_id}/names/add", VALID | {"kind": "known_as"})
    attack(client, f"/people/{wren.public_id}/conflicts", {"themselves": "no"})


@pytest.mark.parametrize("page", ["x", "-1", "0", "99999999999999999999"])
def test_any_page_number_is_answered(client, wren, page):
    assert client.get(f"/people?page={page}").status_code == 200
