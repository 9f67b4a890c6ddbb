"""What is answered when a page cannot be shown."""

import logging

import pytest
from sqlalchemy.exc import OperationalError

from lado.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from lado.extensions import db
from lado.web.guard import public
from tests.support.html import check_page

SECRET = "Wilhelmina Quill"


@pytest.fixture
def app(own_app):
    return own_app


@pytest.fixture
def fails(app, client_for, cast):
    """A page that raises whatever it is told to."""
    raised: list[Exception] = []

    @app.route("/fails", methods=["GET", "POST"])
    @public
    def fails() -> str:
        raise raised[0]

    def ask(error, user=cast.lado, data=None):
        raised[:] = [error]
        client = client_for(user)
        if data is None:
            return client.get("/fails")
        form = client.form("/people/add")
        token = form.fields["csrf_token"]
        return client.post("/fails", {"csrf_token": token} | data)

    return ask


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (NotFound(), 404, "Page not found"),
        (Forbidden(), 403, "Your role does not allow this"),
        (Conflict("Somebody else changed this."), 409, "Somebody else changed this."),
        (Refused("Only a draft can be approved."), 409, "Only a draft can be approved."),
        (Invalid({"name": "Enter a name"}), 400, "Enter a name"),
        (OperationalError("SELECT 1", {}, Exception("database is locked")), 503, "busy"),
        (ValueError(SECRET), 500, "Sorry, something went wrong"),
    ],
)
def test_each_kind_of_failure_has_its_page(fails, error, status, words):
    response = fails(error)
    assert response.status_code == status
    assert words in response.get_data(as_text=True)


def test_a_failure_is_logged_without_what_was_typed(fails, caplog):
    with caplog.at_level(logging.DEBUG):
        response = fails(ValueError(SECRET))
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text
    assert SECRET not in response.get_data(as_text=True)


def test_the_last_pages_ask_nothing_of_the_database(fails, monkeypatch, caplog):
    def gone(*_, **__):
        raise OperationalError("SELECT 1", {}, Exception(SECRET))

    for error, status in ((ValueError("x"), 500), (OperationalError("x", {}, Exception()), 503)):
        monkeypatch.setattr(db.session, "rollback", gone)
        response = fails(error, user=None)
        assert response.status_code == status
    assert SECRET not in caplog.text


def test_a_page_without_its_template_still_answers(fails, monkeypatch):
    from lado.web import errors

    monkeypatch.setattr(errors, "failsafe", lambda name: errors.LAST_RESORT)
    assert fails(ValueError("x")).status_code == 500
    check_page(errors.LAST_RESORT, "/")


def test_what_was_typed_comes_back_when_it_cannot_be_saved(fails):
    typed = {"summary": "A long <b>story</b>", "password": SECRET, "version": "4"}
    page = fails(Conflict("Somebody else changed this."), data=typed).get_data(as_text=True)
    assert "A long &lt;b&gt;story&lt;/b&gt;" in page
    assert SECRET not in page


def test_a_stale_page_gives_back_what_was_typed(client_for, cast):
    response = client_for(cast.lado).post("/people/add", {"surname": "Typed", "csrf_token": "old"})
    assert response.status_code == 400
    assert "Typed" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "url", ["/account/password", "/account/authenticator", "/account/recovery-codes"]
)
def test_a_stale_page_never_gives_back_a_password_or_a_code(url, client_for, cast):
    client = client_for(cast.lado)
    typed = {
        field.get("name"): SECRET
        for field in client.form(url).xpath(
            ".//input[@type='password' or @autocomplete='one-time-code']"
        )
    }
    assert typed
    response = client.post(url, typed | {"csrf_token": "old"})
    assert response.status_code == 400
    assert SECRET not in response.get_data(as_text=True)


def test_an_unknown_page_and_a_wrong_verb(client_for, cast):
    client = client_for(cast.lado)
    assert client.get("/nowhere").status_code == 404
    assert client.get("/sign-out").status_code == 405


def test_what_is_too_large_is_said(app, client_for, cast):
    client = client_for(cast.lado)
    text = "x" * (app.config["MAX_FORM_MEMORY_SIZE"] + 1)
    response = client.post("/people/add", {"surname": text})
    assert response.status_code == 413
    assert "too large" in response.get_data(as_text=True)
