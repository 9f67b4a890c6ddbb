"""Every form of every page, sent with what nobody should send: never a failure, and what was
typed comes back."""

import re
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

from lado.models import Term
from lado.queries import advice_templates
from lado.rules.vocabulary import TermGroup
from tests import case_parts, factories
from tests.advice_parts import add_follow_up, enquiry_about, write_letter
from tests.case_parts import add_fair_parts, make_action
from tests.document_parts import (
    attach,
    make_authority,
    opened_transfer,
    receive_transfer,
    sent_records,
)
from tests.guards.routes import Route, routes
from tests.guards.source import sources
from tests.received import a_form
from tests.security.people_and_pages import ClientFor, address, somebody_who_may
from tests.service_parts import of_the_service
from tests.support.cast import Cast
from tests.support.client import Client, is_chrome

TEXTS = {
    "empty": "",
    # One text for what each of these breaks: formula, markup, quotes, placeholders, emoji.
    "printable": "=1+1 <script>alert(1)</script><img src=x onerror=alert(1)> <Smith> {{ 7*7 }} "
    "' OR '1'='1'; -- \" ` \\ %s %(x)s O’Testwell 👩‍👧 Zoë Ŵyn 한국어",
    "oversized": "x" * 60_000,
    "hidden": "a\x00b \u202eevil\u202c \u200b\x07\x1b[31m",
    "huge number": "9" * 5_000,
}
# What a database's driver may stumble over, and what is settled before anything is stored.
ON_BOTH = ("printable", "hidden")
SETTLED_BEFORE = ("empty", "oversized", "huge number", "forged choices")
# Cleaning takes hidden characters out and says so; a choice or password is never given back.
GIVEN_BACK = {"printable", "oversized"}
TYPED = ("text", "email", "search", "tel", None)
WRITTEN = ("text", "email", "search", "tel", None, "password")
FORGED = "-1'; --"
# What lets somebody in is never sent back.
SECRET = ("code", "password")
ASKED = re.compile(r'request\.args\.get\(\s*"(\w+)"')


# With a list that is not ours, so that it is asked for.
TOLD_ELSEWHERE = {
    "allegations": [{"category": "Sorcery", "description": TEXTS["printable"], "limbs": ["spell"]}],
    "child_records": [{"name": TEXTS["printable"], "age": 9}],
    "discussions": [
        {
            "held_on": "2026-03-03",
            "purpose": TEXTS["printable"],
            "minutes": [{"heading": TEXTS["printable"], "text": TEXTS["printable"]}],
        }
    ],
}


def places(app: Flask, cast: Cast) -> dict[str, str]:
    """An id to put into each area's addresses."""
    case = factories.make_case(received_on=factories.days_ago(60))
    add_fair_parts(case, cast.lado)
    make_action(case)
    person, consultation = case.person, case.subjects[0].consultation
    organisation = factories.make_organisation()
    assert person is not None
    write_letter(consultation, cast.lado)
    add_follow_up(consultation, cast.lado)
    for home in (case, consultation):
        attach(home, cast.lado)
    make_authority(case, cast.lado)
    received = a_form()
    case_parts.agreed_discussion(case, cast.lado)
    told = sent_records(**TOLD_ELSEWHERE)
    receive_transfer(consultation, told)
    return {
        "enquiries": enquiry_about(person, cast.lado).public_id,
        **of_the_service(cast),
        "advice-templates": advice_templates.offered()[0].public_id,
        "conflicts": factories.make_suspected_conflict(cast.support).public_id,
        "cover": cast.other_lado.public_id,
        "inbox": received.public_id,
        "people": person.public_id,
        "consultations": consultation.public_id,
        "cases": case.public_id,
        "organisations": organisation.public_id,
        "users": cast.support.public_id,
        "drafts": factories.make_draft(cast.manager).public_id,
        "transfers": opened_transfer(told, cast.manager),
    }


def url_of(route: Route, ids: dict[str, str], term: Term) -> str:
    rule = str(route.rule)
    if rule.startswith("/lists/terms/"):
        return address(route, term.public_id)
    if rule.startswith("/lists/"):
        return address(route, TermGroup.SECTOR.value)
    url = address(route, ids.get(rule.split("/")[1], "A" * 22))
    if rule.endswith("/confirmations/write"):
        return f"{url}?template={ids['advice-templates']}&to=caller"
    return url


def forms_of(page: str) -> Iterator[html.FormElement]:
    for form in html.fromstring(page).forms:
        if form.method == "POST" and not is_chrome(form):
            yield form


def filled(form: html.FormElement, text: str, *, forged: bool) -> dict[str, object]:
    """The form as it stands, with `text` in each field that is typed in; with `forged`, a value
    nobody was offered in each choice and hidden field too."""
    data: dict[str, object] = {}
    for name, value in form.form_values():
        data.setdefault(name, value)
    for field in form.inputs:
        if not field.name or field.name == "csrf_token" or field.get("readonly") is not None:
            continue
        kind = field.get("type") if field.tag == "input" else None
        if kind == "file":
            data[field.name] = (BytesIO(b"\x00\xff" + text.encode()), "a.csv")
        elif field.tag == "textarea" or (field.tag == "input" and kind in WRITTEN):
            data[field.name] = text
        elif forged and kind not in ("submit", "button"):
            data[field.name] = FORGED
    return data


def send(browser: Client, page_url: str, form: html.FormElement, data: dict[str, object]):
    target = form.get("action") or page_url
    kind = form.get("enctype") or "application/x-www-form-urlencoded"
    if kind != "multipart/form-data":
        data = {name: value for name, value in data.items() if not isinstance(value, tuple)}
    return target, browser.http.post(target, data=data, content_type=kind, buffered=True)


def given_back(page: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for field in html.fromstring(page).iter("input", "textarea"):
        text = (field.text if field.tag == "textarea" else field.get("value")) or ""
        found.setdefault(field.get("name"), set()).add(text.strip())
    return found


def pages(app: Flask, cast: Cast, client_for: ClientFor) -> Iterator[tuple[Client, str, str]]:
    """Every page that opens, with a browser of somebody who may open it."""
    ids = places(app, cast)
    term = factories.db.session.query(Term).filter_by(group=TermGroup.SECTOR).first()
    assert term is not None
    for route in routes(app):
        if "GET" not in route.methods:
            continue
        who = None if route.access == "public" else somebody_who_may(cast, route.access)
        browser = client_for(who)
        url = url_of(route, ids, term)
        response = browser.http.get(url, buffered=True)
        if response.status_code == 200 and response.mimetype == "text/html":
            yield browser, url, response.text


def test_no_form_fails_and_none_loses_what_was_typed(
    app: Flask, cast: Cast, client_for: ClientFor, engine: str
) -> None:
    settled_before = () if engine == "postgresql" else SETTLED_BEFORE
    # What is taken changes the page, or takes it away: what is refused comes first.
    send_to_every_form(app, cast, client_for, (*settled_before, *ON_BOTH))


def send_to_every_form(
    app: Flask, cast: Cast, client_for: ClientFor, kinds: tuple[str, ...]
) -> None:
    sent = dict.fromkeys(kinds, 0)
    for browser, url, page in pages(app, cast, client_for):
        for place in range(len(list(forms_of(page)))):
            now: str | None = page
            for kind in kinds:
                if now is not None:
                    response = send_one(browser, url, list(forms_of(now))[place], kind)
                    sent[kind] += 1
                    # What was taken changes the page, and a form that is out of date is refused.
                    now = now if response.status_code == 200 else again(browser, url, page)
    assert min(sent.values()) > 20


def again(browser: Client, url: str, page: str) -> str | None:
    """The page as it is now, unless it is gone or has other forms."""
    response = browser.http.get(url, buffered=True)
    same = response.status_code == 200 and len(list(forms_of(response.text))) == len(
        list(forms_of(page))
    )
    return response.text if same else None


def send_one(browser: Client, url: str, form: html.FormElement, kind: str) -> TestResponse:
    text = TEXTS.get(kind, "1")
    data = filled(form, text, forged=kind == "forged choices")
    target, response = send(browser, url, form, data)
    said = f"{kind} in {urlsplit(target).path}: {response.status}"
    assert response.status_code < 500, said
    assert "<script>alert" not in response.text, said
    if response.status_code == 200 and response.mimetype == "text/html":
        browser._checked(response, target)
        asks = "There is a problem" in response.text
        if kind in GIVEN_BACK and asks:
            check_typed_text(form, response.text, text, said)
    return response


def typed_names(form: html.FormElement) -> set[str]:
    return {
        field.name
        for field in form.inputs
        if field.name and not field.name.endswith(SECRET) and field.get("readonly") is None
    }


def check_typed_text(form: html.FormElement, page: str, text: str, said: str) -> None:
    back, names = given_back(page), typed_names(form)
    for field in form.inputs:
        typed = field.tag == "textarea" or (field.tag == "input" and field.get("type") in TYPED)
        if typed and field.name in names:
            assert text in back.get(field.name, ()), f"{said} lost {field.name}"


ADDRESSES = {"nul": "a%00b", "not UTF-8": "%ED%A0%80%FF", "a line more": "A" * 22 + "%0A"}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("text", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_no_text_in_an_address_makes_a_page_fail(
    app: Flask, cast: Cast, client_for: ClientFor, text: str
) -> None:
    for browser, route in readable(app, cast, client_for):
        response = browser.http.get(address(route, text), buffered=True)
        assert response.status_code < 500, route.rule
        if "public_id" in route.rule.arguments:
            assert response.status_code == 404, route.rule


@pytest.mark.parametrize("text", [ADDRESSES["nul"], ADDRESSES["not UTF-8"]])
def test_no_text_asked_for_in_an_address_makes_a_page_fail(
    app: Flask, cast: Cast, client_for: ClientFor, text: str
) -> None:
    asked = {name for source in sources() for name in ASKED.findall(source.text)}
    assert {"person", "page", "token"} <= asked
    for browser, route in readable(app, cast, client_for):
        url = f"{address(route)}?{'&'.join(f'{name}={text}' for name in sorted(asked))}"
        response = browser.http.get(url, buffered=True)
        assert response.status_code < 500, route.rule


def readable(app: Flask, cast: Cast, client_for: ClientFor) -> Iterator[tuple[Client, Route]]:
    """Every address that is read, with a browser of somebody who may."""
    for route in routes(app):
        if "GET" in route.methods:
            who = None if route.access == "public" else somebody_who_may(cast, route.access)
            yield client_for(who), route


@pytest.mark.parametrize("url", ["/people/add", "/organisations/add", "/users/invite"])
def test_nothing_sent_comes_back_with_what_is_missing(
    cast: Cast, client_for: ClientFor, url: str
) -> None:
    who = cast.administrator if url.startswith("/users") else cast.lado
    page = client_for(who).post_form(url)
    assert "There is a problem" in page.text
    assert "<title>Error: " in page.text
