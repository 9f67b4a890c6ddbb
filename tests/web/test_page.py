"""What stands around every page."""

import pytest

from lado.services import settings

PLACES = {
    "lado": {"People", "Organisations", "Reports"},
    "member": {"Reports"},
    "auditor": {"Reports", "Audit trail"},
    "administrator": {"Users", "Lists", "Settings"},
}
GUARDED = {"People", "Organisations", "Users", "Lists", "Settings", "Audit trail"}


@pytest.mark.parametrize("name", PLACES)
def test_the_navigation_shows_what_the_role_may_use(client_for, cast, name):
    page = client_for(getattr(cast, name)).get("/").get_data(as_text=True)
    shown = {place for place in GUARDED if f"{place}\n" in page or f">{place}<" in page}
    assert shown == PLACES[name] & GUARDED


def test_the_council_is_named_in_header_and_title(client_for, cast):
    settings.change({"council_name": "Testshire <Council>"}, by=cast.administrator)
    page = client_for(cast.lado).get("/").get_data(as_text=True)
    assert "– Testshire &lt;Council&gt;</title>" in page


def test_a_demonstration_says_so_on_each_page(demonstration_app):
    page = demonstration_app.test_client().get("/nowhere").get_data(as_text=True)
    assert "Everybody and everything here is invented" in page


def test_an_installation_for_real_says_no_such_thing(client_for):
    assert "is invented" not in client_for().get("/nowhere").get_data(as_text=True)


def test_nothing_of_the_crown_is_shown(client_for, cast):
    page = client_for(cast.lado).get("/").get_data(as_text=True)
    assert "crown" not in page.lower()
    assert "GOV.UK" not in page
