"""The same headers on every kind of answer, and no answer where none is due."""

from dataclasses import replace

import pytest
from flask import Flask, Response
from sqlalchemy.exc import OperationalError

from lado.config import Config, UnsafeSettings
from lado.errors import Conflict
from lado.services import session
from lado.web.headers import HEADERS
from tests.conftest import make_app
from tests.support.cast import make_cast

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
BEHIND_PROXY = {
    "X-Forwarded-For": "192.0.2.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "lado.example.test",
}

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def answering(own_app: Flask) -> Flask:
    """The application with a page for each kind of answer that is hard to come by."""
    app = own_app
    app.config["WTF_CSRF_ENABLED"] = True
    kinds = {
        "csv": lambda: Response("a,b\n", mimetype="text/csv"),
        "pdf": lambda: Response(b"%PDF-2.0", mimetype="application/pdf"),
        "json": lambda: {"a": 1},
        "failure": lambda: 1 / 0,
        "conflict": lambda: (_ for _ in ()).throw(Conflict("x")),
        "away": lambda: (_ for _ in ()).throw(OperationalError("x", {}, Exception("x"))),
    }
    for kind, view in kinds.items():
        app.add_url_rule(f"/kind/{kind}", kind, view)
    app.testing = False
    return app


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/sign-in", 200),
        ("/account", 302),
        ("/health", 200),
        ("/nowhere", 404),
        ("/sign-out", 405),
        ("/invitation?token=x", 410),
        ("/kind/csv", 200),
        ("/kind/pdf", 200),
        ("/kind/json", 200),
        ("/kind/failure", 500),
        ("/kind/conflict", 409),
        ("/kind/away", 503),
        ("/static/lado.css", 200),
        ("/static/nothing.css", 404),
        ("/static/../../wsgi.py", 404),
        ("/.git/config", 404),
        ("/static/", 404),
    ],
)
def test_each_kind_of_answer_has_the_whole_set(url, status, answering):
    response = answering.test_client().get(url)
    assert response.status_code == status
    check(response, static=url == "/static/lado.css")


def check(response, *, static=False):
    for name, value in HEADERS.items():
        assert response.headers.getlist(name) == [value]
    assert response.headers["Content-Security-Policy"] == POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert ("no-store" in response.headers["Cache-Control"]) is not static
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "Strict-Transport-Security" not in response.headers
    if response.mimetype.startswith("text/"):
        assert response.mimetype_params["charset"] == "utf-8"


def test_refused_posts_have_it_too(answering):
    client = answering.test_client()
    forged = client.post("/sign-in", data={"email": "x"})
    assert forged.status_code == 400
    check(forged)
    big = client.post("/sign-in", data=b"x" * 21_000_000, content_type="text/plain")
    assert big.status_code == 413
    check(big)


def test_a_forbidden_page_has_it_too(answering):
    cast = make_cast()
    client = answering.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = session.start(cast.lado)
    response = client.get("/users")
    assert response.status_code == 403
    check(response)


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_other_methods_are_refused(method, answering):
    response = answering.test_client().open("/sign-in", method=method)
    assert response.status_code in (400, 405)
    check(response)


def test_the_health_page_says_ok_and_nothing_else(answering):
    response = answering.test_client().get("/health")
    assert (response.text, response.mimetype) == ("ok", "text/plain")


@pytest.fixture
def behind_proxy(config):
    app = make_app(replace(config, proxy_hops=1, base_url="https://lado.example.test"))
    with app.app_context():
        yield app


def test_behind_a_proxy_the_browser_is_told_to_stay_with_tls(behind_proxy):
    response = behind_proxy.test_client().get("/sign-in", headers=BEHIND_PROXY)
    assert response.status_code == 200
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-lado=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"))
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Forwarded-Proto", "http"),
        ("X-Forwarded-Host", "evil.test"),
        ("X-Forwarded-Host", "lado.example.test.evil.test"),
        ("X-Forwarded-Host", ""),
    ],
)
def test_behind_a_proxy_plain_http_and_other_names_are_refused(header, value, behind_proxy):
    headers = BEHIND_PROXY | {header: value}
    response = behind_proxy.test_client().get("/sign-in", headers=headers)
    assert response.status_code == 403
    assert "Set-Cookie" not in response.headers


def test_the_health_page_is_for_machines_that_know_no_name(behind_proxy):
    assert behind_proxy.test_client().get("/health").status_code == 200


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "2001:db8::1"])
def test_without_a_proxy_only_this_machine_is_served(address, app):
    client = app.test_client()
    response = client.get("/sign-in", environ_base={"REMOTE_ADDR": address})
    assert response.status_code == 403
    assert "only the machine" in response.text


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1"])
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machine_is_served(address, host, app):
    client = app.test_client()
    response = client.get("/sign-in", environ_base={"REMOTE_ADDR": address}, headers={"Host": host})
    assert response.status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.test", "localhost.evil.test", "127.0.0.1.evil.test", "[", "a b", ""]
)
def test_a_name_that_somebody_pointed_at_this_machine_is_refused(host, app):
    response = app.test_client().get("/sign-in", headers={"Host": host})
    assert response.status_code in (400, 403)
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("url", ["/sign-in", "/static/lado.css", "/nowhere"])
@pytest.mark.parametrize("header", [*BEHIND_PROXY, "Forwarded"])
@pytest.mark.parametrize("value", ["127.0.0.1", ""])
def test_a_proxy_that_the_settings_forget_is_told_so(url, header, value, app):
    """Else all who come through it would be this machine."""
    response = app.test_client().get(url, headers={header: value})
    assert response.status_code == 400
    assert "LADO_PROXY_HOPS" in response.text
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_asks_for_is_refused(site, app):
    client = app.test_client()
    headers = {"Sec-Fetch-Site": site}
    assert (
        client.post("/sign-in", headers=headers | {"Sec-Fetch-Mode": "navigate"}).status_code == 403
    )
    assert (
        client.get("/sign-in", headers=headers | {"Sec-Fetch-Mode": "no-cors"}).status_code == 403
    )
    assert client.get("/static/lado.css", headers=headers).status_code == 403


def test_a_link_on_another_site_opens_the_page_by_a_page_of_ours(client_for):
    client = client_for()
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    page = client.get("/account?a=%22%3E%3Cscript%3E", headers=headers)
    assert page.status_code == 200
    assert '<meta http-equiv="refresh" content="0">' in page.text
    assert 'href="?a=%22%3E%3Cscript%3E"' in page.text
    assert "Set-Cookie" not in page.headers, "the session of another tab is left alone"
    headers["Sec-Fetch-Site"] = "same-site"
    assert client.get("/account", headers=headers).status_code == 302


@pytest.mark.parametrize("url", ["http://lado.example.test", ""])
def test_a_proxy_needs_the_address_that_users_know(url, monkeypatch, tmp_path):
    monkeypatch.setenv("LADO_INSTANCE", str(tmp_path))
    monkeypatch.setenv("LADO_PROXY_HOPS", "1")
    if url:
        monkeypatch.setenv("LADO_BASE_URL", url)
    with pytest.raises(UnsafeSettings, match="LADO_BASE_URL"):
        Config.from_environment()
    monkeypatch.setenv("LADO_BASE_URL", "https://lado.example.test/")
    assert (
        Config.from_environment().one_time_link("x")
        == "https://lado.example.test/invitation?token=x"
    )


def test_an_address_is_a_web_address(monkeypatch, tmp_path):
    monkeypatch.setenv("LADO_INSTANCE", str(tmp_path))
    monkeypatch.setenv("LADO_BASE_URL", "lado.example.test")
    with pytest.raises(UnsafeSettings, match="LADO_BASE_URL"):
        Config.from_environment()


def test_links_carry_the_port_that_make_run_was_given(monkeypatch, tmp_path):
    monkeypatch.setenv("LADO_INSTANCE", str(tmp_path))
    monkeypatch.setenv("PORT", "8123")
    assert Config.from_environment().base_url == "http://127.0.0.1:8123"
