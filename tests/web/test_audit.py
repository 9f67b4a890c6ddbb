import pytest

from lado.services import person as people
from lado.services.conflict import declare
from lado.services.person import PersonDetails
from lado.services.restriction import restrict


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.auditor)


def text(response):
    return response.get_data(as_text=True)


def test_events_are_shown_with_who_and_what_but_never_content(client, cast):
    person = people.add(details=PersonDetails("Exampleton"), by=cast.lado)
    page = text(client.get("/audit"))
    assert "Person added" in page
    assert "Lada Testwell" in page
    assert person.public_id in page
    assert "Exampleton" not in page


def test_the_trail_is_narrowed_by_what_who_and_record(client, cast):
    person = people.add(details=PersonDetails("Exampleton"), by=cast.lado)
    other = people.add(details=PersonDetails("Sampleford"), by=cast.manager)
    for query in (f"record={person.public_id}", f"actor={cast.lado.public_id}&action=person.added"):
        page = text(client.get(f"/audit?{query}"))
        assert person.public_id in page
        assert other.public_id not in page
    assert "Nothing of that kind" in text(client.get("/audit?action=case.opened"))


@pytest.mark.parametrize("value", ["x" * 5000, "<script>", "%00", "'", "\u202e"])
@pytest.mark.parametrize("name", ["action", "actor", "record", "page"])
def test_any_filter_is_answered(client, name, value):
    assert client.get("/audit", query_string={name: value}).status_code == 200


def test_auditor_and_manager_read_it_and_nobody_else(client_for, cast):
    readers = {cast.auditor, cast.manager}
    for user in cast.everyone():
        expected = 200 if user in readers else 403
        assert client_for(user).get("/audit").status_code == expected


def test_what_the_reader_may_not_know_of_is_not_in_the_trail(client, client_for, cast):
    person = people.add(details=PersonDetails("Exampleton"), by=cast.lado)
    manager = client_for(cast.manager)
    restrict(person, to=[cast.manager], version=person.version, by=cast.lado)
    declare(
        person, user=cast.manager, themselves=False, connection="x", version=person.version,
        by=cast.lado,
    )  # fmt: skip
    assert person.public_id not in text(manager.get("/audit"))
    assert person.public_id in text(client.get("/audit"))
    declare(
        person, user=cast.auditor, themselves=True, connection="", version=person.version,
        by=cast.lado,
    )  # fmt: skip
    assert person.public_id not in text(client.get("/audit"))
