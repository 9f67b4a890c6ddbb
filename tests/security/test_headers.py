"""What every kind of answer tells the browser."""

import pytest
from flask import Flask

from tests.security.people_and_pages import ClientFor
from tests.support.cast import Cast

PAGES = {
    "a page": ("/account", 200),
    "a list": ("/people", 200),
    "plain text": ("/health", 200),
    "a redirect": ("/sign-in", 302),
    "not for this role": ("/users", 403),
    "not there": ("/nowhere", 404),
    "a wrong verb": ("/sign-out", 405),
    "a style sheet": ("/static/lado.css", 200),
}


@pytest.mark.parametrize("kind", PAGES)
def test_every_answer_carries_the_whole_set(
    app: Flask, cast: Cast, client_for: ClientFor, kind: str
) -> None:
    url, status = PAGES[kind]
    response = client_for(cast.lado).http.get(url)
    assert response.status_code == status
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    if not url.startswith("/static/"):
        assert response.headers["Cache-Control"] == "no-store"


def test_a_failure_carries_them_too(app: Flask, cast: Cast, client_for: ClientFor) -> None:
    browser = client_for(cast.lado)
    token = browser.http.post("/people/add", data={})
    assert token.status_code == 400
    assert "default-src 'none'" in token.headers["Content-Security-Policy"]
    assert token.headers["Cache-Control"] == "no-store"
