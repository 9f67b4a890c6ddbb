import re
from urllib.parse import quote

import pytest
import time_machine
from lxml import html

from lado.extensions import db
from lado.models import SecondFactor
from lado.queries import sessions, users
from lado.rules.accounts import ACCOUNT_HERE, IDLE, LONGEST, SECOND_STEP_WITHIN, LinkPurpose
from lado.rules.permissions import Role
from lado.services import invitation, session
from lado.services import user as user_services
from tests.support.accounts import (
    NOON,
    code_for,
    code_of,
    events,
    give_password,
    give_second_factor,
)
from tests.support.cast import PASSWORD
from tests.support.client import Client

NEW = "seven grey pigeons"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def lado(cast, clock):
    """Somebody with a password and an app, a while later."""
    give_second_factor(give_password(cast.lado))
    clock.shift(60)
    return cast.lado


def sign_in(client, user, typed=PASSWORD, url="/sign-in"):
    return client.post_form(url, {"email": user.email, "password": typed})


def sign_in_twice(client, user):
    assert client.follow(sign_in(client, user)).status_code == 200
    return client.post_form("/sign-in/code", {"code": code_for(user)})


def secret_in(client):
    with client.http.session_transaction() as cookie:
        return cookie["new_secret"]


def cookie_of(client):
    return client.http.get_cookie("lado").value


def is_in(client):
    return client.get("/account").status_code == 200


def test_password_and_code_let_somebody_in(client_for, lado):
    client = client_for()
    response = sign_in(client, lado)
    assert response.location == "/sign-in/code"
    assert not is_in(client), "the password alone opens nothing"
    response = client.post_form("/sign-in/code", {"code": code_for(lado)})
    assert response.location == "/"
    assert is_in(client)


def test_a_code_may_be_typed_with_a_blank(client_for, lado):
    client, code = client_for(), code_for(lado)
    sign_in(client, lado)
    client.post_form("/sign-in/code", {"code": f" {code[:3]} {code[3:]} "})
    assert is_in(client)


def test_the_token_is_new_at_each_step_and_nothing_planted_survives(client_for, lado):
    client = client_for()
    client.get("/sign-in")
    with client.http.session_transaction() as cookie:
        cookie["_user_id"] = "planted"
        cookie["planted"] = "x"
        csrf_before = cookie["csrf_token"]
    sign_in_twice(client, lado)
    client.get("/account")
    with client.http.session_transaction() as cookie:
        assert cookie["_user_id"] != "planted"
        assert "planted" not in cookie
        assert "pending" not in cookie
        assert cookie["csrf_token"] != csrf_before


def failures(cast, lado):
    """E-mail address and password of each way to fail."""
    user_services.disable(give_password(cast.auditor), by=cast.administrator)
    give_password(cast.manager)
    for _ in range(ACCOUNT_HERE.tries):
        yield "too often, in the making", cast.manager.email, "wrong wrong wrong"
    yield "too often", cast.manager.email, PASSWORD
    yield "wrong", lado.email, "wrong wrong wrong"
    yield "unknown", "nobody@example.test", PASSWORD
    yield "disabled", cast.auditor.email, PASSWORD
    yield "never joined", cast.support.email, PASSWORD
    yield "too long", lado.email, "x" * 1000


def test_every_failure_has_the_same_answer(cast, client_for, lado):
    answers = {}
    for kind, email, typed in failures(cast, lado):
        client = client_for()
        response = client.post_form("/sign-in", {"email": email, "password": typed})
        body = re.sub(r'name="csrf_token" value="[^"]+"', "", response.text).replace(email, "")
        answers[kind] = (response.status_code, body, sorted(response.headers.keys()))
        assert typed not in response.text
        assert not is_in(client)
    assert len(set(map(str, answers.values()))) == 1
    assert "not right, or was tried too often" in answers["wrong"][1]


def test_nobody_sees_whose_session_it_was_going_to_be(client_for, lado):
    client = client_for()
    page = client.follow(sign_in(client, lado)).text
    assert lado.name not in page
    assert lado.email not in page


def test_a_wrong_code_says_so_and_can_be_tried_again(client_for, lado):
    client = client_for()
    sign_in(client, lado)
    page = client.post_form("/sign-in/code", {"code": "000000"})
    assert page.status_code == 200
    assert "The code is not right" in page.text
    client.post_form("/sign-in/code", {"code": code_for(lado)})
    assert is_in(client)


def test_the_code_does_not_wait_for_ever(client_for, lado, clock):
    client = client_for()
    sign_in(client, lado)
    clock.shift(SECOND_STEP_WITHIN.total_seconds() + 1)
    response = client.get("/sign-in/code")
    assert response.location == "/sign-in"
    assert "Sign in again" in client.follow(response).text


def test_the_code_page_is_nothing_to_a_stranger(client_for, lado):
    for url in ("/sign-in/code", "/sign-in/authenticator"):
        assert client_for().get(url).location == "/sign-in"


def test_a_changed_password_voids_a_sign_in_that_waits_for_its_code(client_for, cast, lado):
    client = client_for()
    sign_in(client, lado)
    token = invitation.new_link(lado, purpose=LinkPurpose.PASSWORD, by=cast.administrator)
    invitation.take_up(token, new_password=NEW)
    assert client.get("/sign-in/code").location == "/sign-in"


def test_nobody_with_an_app_can_set_up_another_with_the_password_alone(client_for, lado):
    client = client_for()
    sign_in(client, lado)
    assert client.get("/sign-in/authenticator").location == "/sign-in"


def test_a_recovery_code_lets_somebody_in_once(client_for, cast, clock):
    codes = give_second_factor(give_password(cast.lado))
    for client, expected in ((client_for(), True), (client_for(), False)):
        sign_in(client, cast.lado)
        client.post_form("/sign-in/code", {"code": codes[0]})
        assert is_in(client) is expected


def test_the_second_factor_is_asked_of_somebody_who_has_none_yet(client_for, cast):
    give_password(cast.lado)
    client = client_for()
    assert sign_in(client, cast.lado).location == "/sign-in/authenticator"
    assert not is_in(client)
    page = client.get("/sign-in/authenticator")
    assert client.get("/sign-in/authenticator").text.count("<svg") == page.text.count("<svg")
    response = client.post_form("/sign-in/authenticator", {"code": "000000"})
    assert "The code is not right" in response.text
    assert not is_in(client)
    code = code_of(secret_in(client))
    shown = client.post_form("/sign-in/authenticator", {"code": code})
    assert len(re.findall(r"(?:[a-z2-7]{4}-){5}[a-z2-7]{4}", shown.text)) == 10
    assert is_in(client)
    assert "new_secret" not in dict(cookie_content(client))


def cookie_content(client):
    with client.http.session_transaction() as cookie:
        return dict(cookie)


def test_the_picture_says_what_the_key_says(client_for, cast):
    give_password(cast.lado)
    client = client_for()
    sign_in(client, cast.lado)
    page = html.fromstring(client.get("/sign-in/authenticator").text)
    assert page.xpath("//svg/@aria-label")
    assert re.fullmatch(r"(?:[A-Z2-7]{4}-?)+", page.xpath("//*[@class='lado-key']")[0].text)


def test_a_demonstration_asks_for_no_code(demonstration_app):
    user, token = user_services.invite(
        email="a@example.test", name="A Testwell", role=Role.LADO, by=invitation.audit.COMMAND_LINE
    )
    invitation.take_up(token, new_password=PASSWORD)
    client = Client(demonstration_app)
    assert sign_in(client, user).location == "/"
    assert is_in(client)
    give_second_factor(user)
    assert sign_in(Client(demonstration_app), user).location == "/sign-in/code"


def test_failed_tries_are_told_at_the_next_sign_in(client_for, lado):
    for _ in range(2):
        sign_in(client_for(), lado, "wrong wrong wrong")
    client = client_for()
    sign_in_twice(client, lado)
    assert "there have been 2 tries" in client.get("/account").text
    assert lado.failed_sign_ins == 0


def test_somebody_who_is_in_is_not_asked_again(client_for, cast):
    client = client_for(cast.lado)
    assert client.get("/sign-in").location == "/"
    assert client.get("/sign-in/code").location == "/"
    assert client.get("/sign-in?next=/account").location == "/account"


# Sessions


def test_a_copied_cookie_is_dead_after_sign_out(app, client_for, lado):
    client, thief = client_for(), client_for()
    sign_in_twice(client, lado)
    thief.http.set_cookie("lado", cookie_of(client))
    assert is_in(thief)
    response = sign_out(client)
    assert response.location == "/signed-out"
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(thief)
    assert not is_in(client)
    assert events()[-1] == "user.signed_out"


def sign_out(client):
    page = html.fromstring(client.get("/account").text)
    token = page.xpath("//form[@action='/sign-out']//input[@name='csrf_token']/@value")[0]
    return client.post("/sign-out", {"csrf_token": token})


def test_signing_out_needs_a_token_and_a_post(client_for, cast):
    client = client_for(cast.lado)
    assert client.post("/sign-out").status_code == 400
    assert client.get("/sign-out").status_code == 405
    assert is_in(client)


def test_signing_out_of_a_session_that_has_run_out_is_no_fault(client_for, cast, clock):
    client = client_for(cast.lado)
    page = html.fromstring(client.get("/account").text)
    token = page.xpath("//form[@action='/sign-out']//input[@name='csrf_token']/@value")[0]
    clock.shift(IDLE)
    response = client.post("/sign-out", {"csrf_token": token})
    assert client.follow(response).status_code == 200


def test_a_session_is_over_after_half_an_hour_of_nothing(client_for, cast, clock):
    client = client_for(cast.lado)
    for _ in range(3):
        clock.shift(IDLE.total_seconds() - 1)
        assert is_in(client)
    clock.shift(IDLE.total_seconds())
    assert not is_in(client)


def test_a_session_is_over_after_a_day_s_work(client_for, cast, clock):
    client = client_for(cast.lado)
    steps = int(LONGEST / IDLE * 2)
    for _ in range(steps - 1):
        clock.shift(IDLE.total_seconds() / 2)
        assert is_in(client)
    clock.shift(IDLE.total_seconds() / 2)
    assert not is_in(client)


def test_reading_a_page_writes_nothing_but_that_the_session_is_in_use(client_for, cast, clock):
    client = client_for(cast.lado)
    before = events()
    clock.shift(120)
    client.get("/account")
    assert events() == before
    assert sessions.sessions_of(cast.lado)[0].last_seen_at == NOON.replace(minute=2)


def test_a_role_taken_away_is_gone_at_once(client_for, cast):
    client, user = client_for(cast.auditor), cast.auditor
    user_services.change(
        user, name=user.name, role=Role.LADO, version=user.version, by=cast.administrator
    )
    assert not is_in(client)


def test_neither_a_signed_nor_a_forged_token_of_another_kind_lets_anybody_in(app, client_for, lado):
    """Flask-Security and Flask-Login know ways in of their own; none of them is open here."""
    stranger = client_for()
    with stranger.http.session_transaction() as cookie:
        cookie["_user_id"] = lado.fs_uniquifier
    assert not is_in(stranger)
    token = lado.get_auth_token()
    headers = {"Authentication-Token": token, "Authorization": f"Basic {token}"}
    assert client_for().get("/account", headers=headers).status_code == 302
    assert client_for().get(f"/account?auth_token={quote(token)}").status_code == 302
    remember = client_for()
    remember.http.set_cookie("remember_token", token)
    assert not is_in(remember)


def test_a_cookie_of_another_key_is_no_cookie(app, client_for, cast):
    client = client_for(cast.lado)
    value = cookie_of(client)
    client.http.set_cookie("lado", value[:-4] + ("aaaa" if value[-4:] != "aaaa" else "bbbb"))
    assert not is_in(client)


def test_the_cookie_is_not_for_scripts_nor_for_other_sites(client_for, lado):
    client = client_for()
    header = sign_in(client, lado).headers["Set-Cookie"]
    assert "HttpOnly" in header
    assert "SameSite=Strict" in header
    assert "Expires" not in header
    assert len(header) < 4096


# Going on


@pytest.mark.parametrize(
    "wanted", ["/account", "/users/invite", "/users?page=2", "/sign-in/authenticator"]
)
def test_one_goes_on_to_the_page_asked_for(wanted, client_for, lado):
    client = client_for()
    sign_in(client, lado, url=f"/sign-in?next={quote(wanted, safe='')}")
    response = client.post_form("/sign-in/code", {"code": code_for(lado)})
    assert response.location == wanted


ELSEWHERE = [
    "//evil.test", "///evil.test", "////evil.test/account", "/\\evil.test", "\\\\evil.test",
    "\\/evil.test", "/\\/evil.test", "http://evil.test", "https://evil.test/account",
    "HTTPS://evil.test", "https:evil.test", "http:/account", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "data:text/html,x", "//localhost/account", "account", "?next=/account",
    "evil.test", "@evil.test", "/account\r\nSet-Cookie: a=b", "/account\n", "/\t/evil.test",
    "/\x00/account", " /account", "/%0a/evil.test", "/%2f%2fevil.test", "/%5cevil.test",
    "/account#@evil.test", "/nowhere", "/sign-in?next=/account", "/sign-out", "/static/lado.css",
    "/account/", "/account" + "x" * 600, "//account:80", "/.evil.test", "/..//evil.test", "",
]  # fmt: skip


def test_nobody_is_sent_elsewhere(client_for, cast, lado):
    inside = client_for(cast.other_lado)
    for wanted in ELSEWHERE:
        response = inside.get(f"/sign-in?next={quote(wanted, safe='')}")
        assert response.location == "/", wanted
    client = client_for()
    sign_in(client, lado, url=f"/sign-in?next={quote('//evil.test', safe='')}")
    assert client.post_form("/sign-in/code", {"code": code_for(lado)}).location == "/"


def test_a_stranger_is_asked_to_sign_in_and_comes_back(client_for, lado):
    client = client_for()
    response = client.get("/users?page=2")
    assert response.location == "/sign-in?next=%2Fusers%3Fpage%3D2"
    assert client.get("/account").location == "/sign-in?next=%2Faccount"
    page = client.follow(response)
    assert "the page you asked for" in page.text


def test_what_was_typed_when_the_session_ran_out_is_shown_with_the_way_back(
    client_for, cast, clock
):
    client = client_for(cast.administrator)
    form = client.form("/users/invite")
    clock.shift(IDLE)
    data = dict(form.form_values())
    response = client.post("/users/invite", data | {"name": "A long name <b>"})
    assert response.status_code == 401
    assert "A long name &lt;b&gt;" in response.text
    assert 'href="/sign-in?next=%2Fusers%2Finvite"' in response.text
    empty = {"csrf_token": data["csrf_token"]}
    assert client.post("/users/invite", empty).location == "/sign-in?next=%2Fusers%2Finvite"


# One-time links


def test_the_first_administrator_comes_in_by_the_link(client_for, app):
    url = app.config["LADO"].one_time_link(invitation.first_link())
    assert url.startswith("http://127.0.0.1:8000/invitation?token=")
    path = url.removeprefix("http://127.0.0.1:8000")
    client = client_for()
    wrong = client.post_form(path, {"name": "", "email": "x", "password": "short"})
    assert wrong.text.count("govuk-error-message") >= 2
    weak = client.post_form(
        path, {"name": "Ada Testwell", "email": "a@example.test", "password": "password1234"}
    )
    assert "too easy to guess" in weak.text
    assert "password1234" not in weak.text
    response = client.post_form(
        path, {"name": "Ada Testwell", "email": "a@example.test", "password": PASSWORD}
    )
    assert response.location == "/sign-in/authenticator"
    client.get(response.location)
    client.post_form("/sign-in/authenticator", {"code": code_of(secret_in(client))})
    assert client.get("/users").status_code == 200
    assert client_for().get(path).status_code == 410


def test_a_dead_link_says_so(client_for, app):
    for token in ("", "x", "%00", "🦉", "x" * 3000):
        response = client_for().get(f"/invitation?token={token}")
        assert response.status_code == 410
        assert "no longer works" in response.text


def test_a_link_for_a_lost_password_leads_to_the_sign_in_page(client_for, cast, lado):
    token = invitation.new_link(lado, purpose=LinkPurpose.PASSWORD, by=cast.administrator)
    client = client_for()
    response = client.post_form(f"/invitation?token={token}", {"password": NEW})
    assert response.location == "/sign-in"
    assert "new password is set" in client.follow(response).text
    assert not is_in(client)
    assert sign_in(client, lado, NEW).location == "/sign-in/code"


def test_a_link_for_a_lost_phone_asks_for_the_password(client_for, cast, lado):
    token = invitation.new_link(lado, purpose=LinkPurpose.SECOND_FACTOR, by=cast.administrator)
    client, url = client_for(), f"/invitation?token={token}"
    assert "not right" in client.post_form(url, {"password": "wrong wrong wrong"}).text
    response = client.post_form(url, {"password": PASSWORD})
    assert response.location == "/sign-in/authenticator"
    client.get(response.location)
    client.post_form("/sign-in/authenticator", {"code": code_of(secret_in(client))})
    assert is_in(client)


def test_an_open_link_ends_the_session_of_whoever_follows_it(client_for, cast):
    """Two people at one desk: the second does not stay signed in as the first."""
    token = invitation.new_link(cast.lado, purpose=LinkPurpose.BOTH, by=cast.administrator)
    client = client_for(cast.administrator)
    client.post_form(f"/invitation?token={token}", {"password": NEW})
    assert not is_in(client)
    assert users.has_second_factor(cast.lado) is False
    assert db.session.query(SecondFactor).count() == 0
    assert session.sessions.sessions_of(cast.lado) == []
