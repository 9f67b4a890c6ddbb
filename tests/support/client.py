"""A test client that behaves like a careful browser: CSRF on, each page checked as HTML."""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

from lado.models import User
from tests.support.html import check_page
from tests.support.sign_in import sign_in

Data = dict[str, Any]


class Client:
    def __init__(self, app: Flask, user: User | None = None) -> None:
        self.http = app.test_client()
        if user is not None:
            sign_in(self.http, user)

    def get(self, url: str, **kwargs: Any) -> TestResponse:
        return self._checked(self.http.get(url, buffered=True, **kwargs), url)

    def post(self, url: str, data: Data | None = None, **kwargs: Any) -> TestResponse:
        """As a forger would: without a token unless `data` has one."""
        return self._checked(self.http.post(url, data=data or {}, buffered=True, **kwargs), url)

    def form(self, url: str, containing: str | None = None) -> html.FormElement:
        """The page's form, or the one that has a field or button named `containing`."""
        page: Any = html.document_fromstring(self.get(url).get_data(as_text=True))
        forms = [form for form in page.forms if form.method == "POST" and not is_chrome(form)]
        if containing:
            forms = [form for form in forms if form.xpath(".//*[@name=$name]", name=containing)]
        assert forms, f"{url} has no form to post"
        return forms[0]

    def post_form(
        self, url: str, data: Data | None = None, *, containing: str | None = None
    ) -> TestResponse:
        """Fetch the page, fill in its form as it stands with `data` on top, and send it."""
        form = self.form(url, containing)
        filled: Data = {}
        for name, value in form.form_values():
            filled.setdefault(name, []).append(value)
        filled |= data or {}
        target = form.get("action") or url
        kind = form.get("enctype")
        response = self.http.post(target, data=filled, content_type=kind, buffered=True)
        return self._checked(response, urlsplit(target).path)

    def follow(self, response: TestResponse) -> TestResponse:
        assert response.status_code in (302, 303), response.get_data(as_text=True)[:2000]
        return self.get(response.location)

    def _checked(self, response: TestResponse, url: str) -> TestResponse:
        is_page = "Content-Disposition" not in response.headers  # and no file to be saved
        if (
            is_page
            and response.mimetype == "text/html"
            and response.status_code not in (301, 302, 303)
        ):
            check_page(response.get_data(as_text=True), url)
        return response


def is_chrome(form: html.FormElement) -> bool:
    """The sign-out button's form stands on every page."""
    return bool(form.xpath("ancestor::header"))
