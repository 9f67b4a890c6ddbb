"""A question from outside, from the post to the answer, in one register."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from lado.extensions import db
from lado.models import InformationRequest
from lado.rules.quarters import year_of
from tests import factories
from tests.reports.test_pages import text_of
from tests.service_parts import make_information_request
from tests.support.cast import Cast
from tests.support.client import Client

pytestmark = pytest.mark.sqlite_only

QUESTION = "=cmd <script>alert(1)</script> {{ 7*7 }} How many about Zebedee Unmentioned?"
CHOSEN = {"kind": "year", "first_year": "2026-27", "breakdowns": "consultations-by-sector"}


def test_a_question_is_answered(app: Flask, cast: Cast) -> None:
    today = factories.days_ago(0)
    last = year_of(today).same_last_year()
    for _ in range(12):
        factories.make_consultation(received_on=last.end)
    browser = Client(app, cast.lado)
    day = {"received_on-day": today.day, "received_on-month": today.month,
           "received_on-year": today.year}  # fmt: skip
    asked = {"number": "FOI/7", "question": QUESTION, **day}
    url = browser.post_form("/information-requests/new", asked).location
    assert browser.post_form(f"{url}/give", {"looked": "yes"}).status_code == 200
    assert not found().answered_at

    assert "What is given" not in browser.get(f"{url}/answer").text
    nothing = browser.get(f"{url}/answer?counted=").text
    assert "govuk-error-message" in nothing
    assert "What is given" not in nothing
    choosing = f"{url}/answer?counted=consultations-received"
    assert "a calendar year as 2021" in browser.get(choosing).text
    wrong = browser.post_form(choosing, CHOSEN | {"first_year": "2026", "breakdowns": []}).text
    assert 'value="2026"' in wrong
    assert "Write a year of this type as 2021-22" in wrong
    going_on = CHOSEN | {"first_year": year_of(today).label}
    assert "No period of this year is over" in browser.post_form(choosing, going_on).text
    year = last.label
    assert browser.post_form(choosing, CHOSEN | {"first_year": year}).location == url
    text = browser.get(url).text
    assert f"Consultations by sector, financial year {year}" in text
    assert "20 working days after" in text
    again = browser.get(f"{url}/answer").text
    assert re.search(r'value="consultations-by-sector"[^>]*checked', again)
    assert f'value="{year}"' in again

    files = [browser.get(f"{url}/files/{each}").data for each in ("csv", "pdf", "docx")]
    assert all("Zebedee" not in file.decode("latin-1") for file in files)
    assert "Zebedee" not in str(found().figures)
    assert browser.get(f"{url}/files/exe").status_code == 404

    assert browser.post_form(f"{url}/give", {}).status_code == 200
    assert browser.post_form(f"{url}/give", {"looked": "yes"}).location == url
    factories.make_consultation(received_on=last.end)
    given = [browser.get(f"{url}/files/{each}").data for each in ("csv", "pdf")]
    assert given[0] == files[0]
    assert "Draft: this answer" in text_of(files[1])[0]
    assert "Draft: this answer" not in text_of(given[1])[0]
    assert [browser.get(f"{url}/files/{each}").data for each in ("csv", "pdf")] == given
    for gone in ("edit", "answer", "give"):
        assert browser.get(f"{url}/{gone}").status_code == 404
    assert "Answered" in browser.get("/information-requests").text


def found() -> InformationRequest:
    return db.session.scalars(select(InformationRequest)).one()


def test_why_there_is_no_answer_is_said(app: Flask, cast: Cast) -> None:
    request = make_information_request(cast.lado)
    assert request.figures
    request.figures = dict(request.figures) | {"refused": "It cannot be made safe."}
    db.session.commit()
    browser = Client(app, cast.lado)
    page = browser.get(f"/information-requests/{request.public_id}").text
    assert "It cannot be made safe." in page
    assert "Give this answer" not in page
    assert browser.get(f"/information-requests/{request.public_id}/files/csv").status_code >= 400
