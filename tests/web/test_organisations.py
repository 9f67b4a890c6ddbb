import pytest

from lado.rules.vocabulary import TermGroup
from lado.services import organisation as services
from lado.services.organisation import OrganisationDetails
from tests.support.hostile import attack


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.lado)


@pytest.fixture
def sector(term):
    return str(term(TermGroup.SECTOR, "Police").id)


@pytest.fixture
def station(cast, sector):
    return services.add(details=OrganisationDetails("Fable Station", int(sector)), by=cast.lado)


def text(response):
    return response.get_data(as_text=True)


def test_one_is_added_found_and_corrected(client, sector):
    assert "No organisation is recorded yet" in text(client.get("/organisations"))
    page = client.follow(
        client.post_form("/organisations/add", {"name": "Fable Station", "sector_id": sector})
    )
    assert "Fable Station" in text(page)
    found = text(client.post_form("/organisations", {"name": "STATION fab"}))
    assert "1 organisation found" in found
    assert "No organisation of that name" in text(
        client.post_form("/organisations", {"name": "zz"})
    )
    assert "Enter a name" in text(client.post_form("/organisations", {"name": ""}))


def test_a_near_name_is_shown_before_it_is_added(client, sector, station):
    data = {"name": "Fable Staton", "sector_id": sector}
    page = text(client.post_form("/organisations/add", data))
    assert "nearly this name" in page
    assert station.public_id in page
    response = client.post_form("/organisations/add", data | {"is_another": "yes"})
    assert response.status_code == 302


def test_details_are_corrected(client, station):
    url = f"/organisations/{station.public_id}"
    page = client.follow(client.post_form(f"{url}/edit", {"small_voluntary": "yes"}))
    assert "Details saved" in text(page)
    assert station.small_voluntary


def test_a_wrong_sub_sector_is_said(client, station, term):
    nursery = str(term(TermGroup.SUBSECTOR, "Day nursery").id)
    page = client.post_form(f"/organisations/{station.public_id}/edit", {"subsector_id": nursery})
    assert "one of the sector&#39;s own" in text(page)


def test_a_stranger_is_not_found_and_other_roles_are_refused(client, client_for, cast):
    assert client.get("/organisations/nowhere").status_code == 404
    for user in (cast.member, cast.auditor, cast.administrator):
        assert client_for(user).get("/organisations").status_code == 403


def test_hostile_text_in_every_field(client, sector, station):
    valid = {"name": "Fable", "sector_id": sector, "is_another": "yes"}
    attack(client, "/organisations/add", valid)
    attack(client, "/organisations", {"name": "x"})
    attack(client, f"/organisations/{station.public_id}/edit", valid)
