import pytest

from lado.extensions import db
from lado.queries import vocabulary
from lado.rules.vocabulary import DecisionStage, TermGroup
from lado.services import vocabulary as services
from tests.support.hostile import attack


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.administrator)


def text(response):
    return response.get_data(as_text=True)


def test_every_list_is_shown(client):
    page = text(client.get("/lists"))
    for group in TermGroup:
        assert group.label in page
        assert client.get(f"/lists/{group.replace('_', '-')}").status_code == 200
    assert "Substantiated" in page


def test_a_list_that_is_none(client):
    assert client.get("/lists/nonsense").status_code == 404
    assert client.get("/lists/terms/nonsense").status_code == 404


def test_a_term_is_added(client):
    response = client.post_form(
        "/lists/sector/add", {"label": "Chess", "synonyms": "A\r\n\r\nB\nA"}
    )
    assert "Term added" in text(client.follow(response))
    assert vocabulary.find(TermGroup.SECTOR, "b").synonyms == ["A", "B"]


def test_a_decision_says_what_it_means(client):
    assert "Choose what this decision means" in text(
        client.post_form("/lists/decision/add", {"label": "New"})
    )
    client.post_form("/lists/decision/add", {"label": "New", "stage": "advice"})
    assert vocabulary.find(TermGroup.DECISION, "New").stage is DecisionStage.ADVICE


def test_a_sub_sector_belongs_to_a_sector_and_a_closure_reason_says_what_it_needs(client, term):
    sector = term(TermGroup.SECTOR, "Police")
    client.post_form("/lists/subsector/add", {"label": "New", "parent_id": str(sector.id)})
    assert vocabulary.find(TermGroup.SUBSECTOR, "New").parent is sector
    client.post_form("/lists/closure-reason/add", {"label": "New", "needs_outcome": "no"})
    assert vocabulary.find(TermGroup.CLOSURE_REASON, "New").needs_outcome is False


def test_a_term_is_changed(client, term):
    police = term(TermGroup.SECTOR, "Police")
    url = f"/lists/terms/{police.public_id}"
    response = client.post_form(
        url, {"label": "Police service", "synonyms": "Police\nPolice force"}
    )
    assert response.status_code == 302
    assert police.synonyms == ["Police", "Police force"]
    assert "already has this word" in text(client.post_form(url, {"label": "Health"}))


def test_a_term_is_retired_brought_back_and_moved(client, term):
    police = term(TermGroup.SECTOR, "Police")
    url = f"/lists/terms/{police.public_id}"
    token = {"csrf_token": client.form("/lists/sector").fields["csrf_token"]}
    before = police.position
    assert client.post(f"{url}/up", token).status_code == 302
    assert police.position == before - 1
    assert client.post(f"{url}/down", token).status_code == 302
    assert client.post(f"{url}/retire", token).status_code == 302
    assert police.valid_to
    assert client.post(f"{url}/retire", token).status_code == 409
    assert client.post(f"{url}/bring-back", token).status_code == 302
    db.session.refresh(police)
    assert police.valid_to is None


def test_only_the_administrator_keeps_the_lists(client_for, cast):
    for user in (cast.lado, cast.manager, cast.support, cast.member, cast.auditor):
        assert client_for(user).get("/lists").status_code == 403


def test_hostile_text_in_every_field(client, term):
    attack(client, "/lists/decision/add", {"label": "New", "stage": "advice"})
    attack(client, f"/lists/terms/{term(TermGroup.SECTOR, 'Police').public_id}", {})


def test_what_somebody_else_has_just_added_is_said_and_the_typing_stays(client, monkeypatch):
    monkeypatch.setattr(services, "_check", lambda *_: None)
    page = text(client.post_form("/lists/sector/add", {"label": "Police", "synonyms": "Chess"}))
    assert "Somebody else has just saved the same" in page
    assert "Chess" in page


def test_two_who_change_a_term_are_told_of_one_another(client, term):
    police = term(TermGroup.SECTOR, "Police")
    url = f"/lists/terms/{police.public_id}"
    opened_before = {"version": str(police.version)}
    client.post_form(url, {"label": "Police service", "synonyms": "Constables"})
    page = text(client.post_form(url, {"label": "Constabulary"} | opened_before))
    assert "Somebody else saved this" in page
    assert "Police service" in page
    assert "Constabulary" in page
    assert police.label == "Police service"
