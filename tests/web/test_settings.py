from lado.queries import settings
from tests.support.hostile import attack


def text(response):
    return response.get_data(as_text=True)


def test_the_council_sets_its_name_and_timescales(client_for, cast):
    client = client_for(cast.administrator)
    page = client.follow(
        client.post_form("/settings", {"council_name": "Testshire", "review_calendar_days": "21"})
    )
    assert "Settings saved" in text(page)
    assert "Testshire" in text(page)
    assert settings.get("review_calendar_days") == 21
    assert "Nothing was changed" in text(client.follow(client.post_form("/settings")))


def test_what_cannot_be_a_setting_is_said_and_nothing_is_saved(client_for, cast):
    client = client_for(cast.administrator)
    page = text(
        client.post_form("/settings", {"council_name": "New", "review_calendar_days": "999"})
    )
    assert "from 0 to 400" in page
    assert 'value="999"' in page
    assert settings.get("council_name") == "Your council"


def test_only_the_administrator_sets_them(client_for, cast):
    for user in (cast.lado, cast.manager, cast.support, cast.member, cast.auditor):
        assert client_for(user).get("/settings").status_code == 403


def test_hostile_text_in_every_field(client_for, cast):
    attack(client_for(cast.administrator), "/settings", {})
