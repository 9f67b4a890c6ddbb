"""The pages of what hangs together at one place: contacts, alerts, merging, suggestions, lists."""

import json
from io import BytesIO
from pathlib import Path

from lado.queries import merging
from tests import factories
from tests.factories import make_consultation, make_organisation, make_person
from tests.security.people_and_pages import token_of

SCHOOLS = (Path(__file__).parents[1] / "data/schools.csv").read_bytes()


def text(response):
    return response.get_data(as_text=True)


def test_contacts_and_their_alert_are_seen_where_they_matter(client_for, cast):
    school, person = make_organisation("Fable School"), make_person(surname="Fableby")
    last = [
        make_consultation(received_on=factories.days_ago(days), organisation=school, person=person)
        for days in range(28)
    ][-1]
    manager, lado = client_for(cast.manager), client_for(cast.lado)
    page = text(lado.get(f"/organisations/{school.public_id}"))
    assert "28 consultations, those below the threshold included" in page
    assert "28 contacts</strong> in 12 months" in page or "28 contacts in 12 months" in page
    assert "Showing 1 to 25 of 28" in page
    assert last.reference not in page
    assert last.reference in text(lado.get(f"/organisations/{school.public_id}?page=2"))
    decision = text(lado.get(f"/consultations/{last.public_id}/adults/1/decide"))
    assert decision.count("28 contacts in 12 months") == 2
    assert "Contacts that add up" not in text(lado.get("/"))
    home = text(manager.get("/"))
    assert "Settings with 3 or more contacts in 12 months" in home
    assert f'href="/people/{person.public_id}"' in home
    for area, record in (("organisations", school), ("people", person)):
        url = f"/{area}/{record.public_id}/alert"
        assert "Say what you found" in text(manager.post_form(url, {"note": ""}))
        seen = manager.follow(manager.post_form(url, {"note": "Spoke to the head"}))
        assert "Spoke to the head" in text(seen)
        assert record.public_id not in text(manager.get("/"))
        assert record.public_id in text(manager.get(f"/alerts/{area}"))


def test_two_are_merged_and_split(client_for, cast):
    client = client_for(cast.lado)
    stays, goes = make_organisation("Fable Tree School"), make_organisation("Fable Tre School")
    make_consultation(organisation=goes)
    url = f"/organisations/{goes.public_id}/merge"
    near = text(client.get("/organisations/near"))
    assert "Nearly the same name" in near
    assert "Fable Tree School" in text(client.get(url))
    assert "Fable Tree School" in text(client.post_form(url, {"name": "tree fab"}))
    form = f"{url}/{stays.public_id}"
    assert "Choose which one stays" in text(client.post_form(form, {"reason": "Kept"}))
    sent = client.post_form(form, {"stays": stays.public_id, "reason": "One school"})
    merged = text(client.follow(sent))
    assert "1 consultation, those below" in merged
    assert client.get(f"/organisations/{goes.public_id}").location.endswith(stays.public_id)
    assert client.get(form).status_code == 404
    merge = merging.standing(stays)[0]
    split = f"/organisations/{stays.public_id}/split/{merge.public_id}"
    assert "Say why they are two" in text(client.post_form(split))
    assert "Fable Tre School" in text(client.follow(client.post_form(split, {"reason": "No"})))
    apart = {"csrf_token": token_of(client)}
    client.post(f"/organisations/{goes.public_id}/not-the-same/{stays.public_id}", apart)
    assert "No two organisations look like" in text(client.get("/organisations/near"))


def test_what_is_typed_gets_suggestions(client_for, cast):
    client = client_for(cast.support)
    for number in range(12):
        make_organisation(f"Fable School {number}")
    make_organisation("St Œdipus’ School")

    def suggested(typed):
        data = {"csrf_token": token_of(client), "typed": typed}
        return [
            each["name"] for each in json.loads(text(client.post("/organisations/suggest", data)))
        ]

    assert len(suggested("fable")) == 10
    assert suggested("SCHOOL st oed") == ["St Œdipus’ School"]
    assert suggested("school 1 fa") == ["Fable School 1"]
    assert suggested("") == suggested("%") == suggested("able") == []


def test_a_list_is_checked_then_loaded_from_the_page(client_for, cast):
    client = client_for(cast.lado)

    def sent(data=SCHOOLS, **typed):
        file = {"file": (BytesIO(data), "schools.csv")}
        return text(client.post_form("/organisations/load", file | typed))

    assert "this is what would be done" in sent(authority="Fableshire")
    assert "No organisation is recorded yet" in text(client.get("/organisations"))
    loaded = sent(authority="Fableshire", save="yes")
    assert "8 organisations new" in loaded
    assert "Online provider" in loaded
    assert "Oak Tree Primary School" in text(client.get("/organisations"))
    assert "8 organisations as they were" in sent(authority="Fableshire", save="yes")
    assert "The list was not loaded" in sent(SCHOOLS.replace(b'"900001"', b'"<b>"'), save="yes")
    again = sent(b"Name\nA\n", authority="Kept")
    assert "not a list of schools" in again
    assert 'value="Kept"' in again
