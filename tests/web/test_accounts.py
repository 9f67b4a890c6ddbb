import pytest
import time_machine
from lxml import html

from lado.queries import sessions, users
from lado.rules.permissions import ROLES
from lado.services import session
from tests.support.accounts import (
    NOON,
    code_for,
    code_of,
    events,
    give_password,
    give_second_factor,
)
from tests.support.cast import PASSWORD

NEW = "seven grey pigeons"
WRONG = "wrong wrong wrong"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def lado(cast, clock):
    give_second_factor(give_password(cast.lado))
    clock.shift(60)
    return cast.lado


def test_everybody_sees_who_they_are_and_what_they_may_do(cast, client_for):
    for user in cast.everyone():
        page = client_for(user).get("/account").text
        assert user.email in page
        assert ROLES[user.role].description.split(",")[0] in html.fromstring(page).text_content()


def test_a_password_is_changed_by_somebody_who_knows_it(client_for, lado):
    client, other = client_for(lado), client_for(lado)
    response = client.post_form(
        "/account/password", {"current_password": PASSWORD, "password": NEW}
    )
    assert response.location == "/account"
    assert "password is changed" in client.follow(response).text
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    assert events()[-1] == "user.password_changed"


@pytest.mark.parametrize(
    ("current", "new", "message"),
    [
        (WRONG, NEW, "Your password is not right"),
        ("", NEW, "as it is now"),
        (PASSWORD, "", "Enter a new password"),
        (PASSWORD, "short", "12 characters or more"),
        (PASSWORD, "x" * 129, "128 characters or fewer"),
        (PASSWORD, "password1234", "too easy to guess"),
        (PASSWORD, "Lada Testwell 2026", "must not be made from your name"),
    ],
)
def test_a_password_that_will_not_do_changes_nothing(current, new, message, client_for, lado):
    client, before = client_for(lado), lado.password
    page = client.post_form("/account/password", {"current_password": current, "password": new})
    assert page.status_code == 200
    assert message in page.text
    assert lado.password == before
    assert new == "" or new not in page.text


def test_an_app_is_replaced_by_somebody_who_knows_the_password(client_for, lado):
    client, other = client_for(lado), client_for(lado)
    old = code_for(lado)
    client.get("/account/authenticator")
    with client.http.session_transaction() as cookie:
        secret = cookie["new_secret"]
    data = {"code": code_of(secret), "password": WRONG}
    assert "Your password is not right" in client.post_form("/account/authenticator", data).text
    assert code_for(lado) == old
    data = {"code": "000000", "password": PASSWORD}
    assert "The code is not right" in client.post_form("/account/authenticator", data).text
    data = {"code": code_of(secret), "password": PASSWORD}
    assert "Your recovery codes" in client.post_form("/account/authenticator", data).text
    assert code_for(lado) == code_of(secret)
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    assert client.form("/account/authenticator") is not None


def test_recovery_codes_are_renewed_by_somebody_who_knows_the_password(client_for, lado):
    client = client_for(lado)
    page = client.post_form("/account/recovery-codes", {"password": WRONG})
    assert "Your password is not right" in page.text
    assert (
        "They are not shown again"
        in client.post_form("/account/recovery-codes", {"password": PASSWORD}).text
    )
    assert users.recovery_codes_left(lado) == 10


def test_one_s_own_sessions_can_be_seen_and_ended(client_for, lado):
    client = client_for(lado)
    there = session.start(lado)
    page = html.fromstring(client.get("/account").text)
    assert len(page.xpath("//table//tbody/tr")) == 2
    response = client.post_form("/account", containing="session")
    assert client.follow(response).status_code == 200
    assert sessions.standing(there) is None


def test_all_the_others_can_be_ended_at_once(client_for, lado):
    client = client_for(lado)
    others = [session.start(lado), session.start(lado)]
    page = html.fromstring(client.get("/account").text)
    form = next(form for form in page.forms if form.fields.get("session") == "others")
    client.post("/account/sessions/end", dict(form.fields))
    assert not any(sessions.standing(token) for token in others)
    assert client.get("/account").status_code == 200


def test_nobody_ends_the_session_of_another(client_for, cast, lado):
    client = client_for(lado)
    session.start(lado)
    theirs = session.start(cast.auditor)
    number = sessions.standing(theirs).id
    form = client.form("/account", containing="session")
    for wrong in (str(number), "0", "-1", "x", "", "9" * 50):
        response = client.post("/account/sessions/end", dict(form.fields) | {"session": wrong})
        assert response.status_code == 404
    assert sessions.standing(theirs)


def test_the_pages_of_the_account_are_for_those_who_are_in(client_for):
    for page in ("", "/password", "/authenticator", "/recovery-codes"):
        assert client_for().get(f"/account{page}").location.startswith("/sign-in?next=")


HOSTILE = [
    "<script>alert(1)</script>",
    "'\"><b>",
    "\u202etxt.exe",
    "🦉",
    "a\x00b",
    "x" * 50_000,
    "%00",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_comes_back_with_a_message(text, client_for, cast, lado):
    pages = {
        "/sign-in": {"email": text, "password": text},
        "/account/password": {"current_password": text, "password": text},
        "/account/authenticator": {"code": text, "password": text},
        "/account/recovery-codes": {"password": text},
    }
    for url, data in pages.items():
        client = client_for() if url == "/sign-in" else client_for(lado)
        response = client.post_form(url, data)
        assert response.status_code == 200, url
        assert "There is a problem" in response.text
