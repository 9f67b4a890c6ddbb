"""By keyboard alone: a call is logged while it is told, and a setting sends its report."""

import pytest
from flask import Flask
from sqlalchemy import select

from lado.extensions import db
from lado.models import Consultation
from tests import factories
from tests.e2e.conftest import VisitorFor
from tests.received import switch_on
from tests.support.cast import Cast

pytestmark = pytest.mark.e2e

MOST_KEYS = 20


class Typist:
    """Counts the keys that are not text: what the page itself costs."""

    def __init__(self, page) -> None:
        self.page, self.keys = page, 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
            self.keys += 1

    def type(self, words: str) -> None:
        """Text, or the first letters of a choice in a list."""
        self.page.keyboard.type(words)

    def focused(self) -> str:
        return self.page.evaluate("document.activeElement.name || document.activeElement.type")


def test_a_call_is_logged_by_keyboard_alone(
    app: Flask, cast: Cast, visitor_for: VisitorFor
) -> None:
    factories.make_organisation("Testwell School", sector="Independent school")
    visitor = visitor_for(cast.lado)
    visitor.go("/")
    visitor.go("/consultations/add")
    typist = Typist(visitor.page)
    told = (
        ("referrer_name", "Hedy Sendwell"), ("referrer_role", "Headteacher"),
        ("referrer_agency_id", "School"), ("referrer_contact", "01234 567890"),
        ("adults-0-surname", "Testerby"), ("adults-0-forename", "Wren"),
        ("adults-0-date_of_birth-day", "27"), ("adults-0-date_of_birth-month", "3"),
        ("adults-0-date_of_birth-year", "1985"),
        ("adults-0-role_id", "Teacher"), ("adults-0-organisation", "Testwell School"),
        ("setting", ""), ("adults-0-category_id", "Physical"),
        ("summary", "Took a child by the arm"),
    )  # fmt: skip
    for name, words in told:
        assert typist.focused() == name
        typist.type(words)
        typist.press("Tab")
    assert typist.focused() == "submit"
    visitor.look()
    with visitor.page.expect_navigation():
        typist.press("Enter")
    visitor.look()
    assert visitor.heading() == "Consultation"
    print(f"\nQuick log: {typist.keys} keys besides text, no click")
    assert typist.keys <= MOST_KEYS
    made = db.session.scalars(select(Consultation)).one()
    (subject,) = made.subjects
    assert made.referrer_agency
    assert made.referrer_agency.label == "School"
    assert subject.position.sector.label == "Independent school"
    assert subject.category.label == "Physical abuse"
    assert made.owner
    assert made.owner.id == cast.lado.id


def test_parts_open_where_something_is_wrong_and_without_a_script(
    app: Flask, cast: Cast, visitor_for: VisitorFor
) -> None:
    visitor = visitor_for(cast.lado, scripted=False)
    visitor.go("/consultations/add")
    parts = visitor.page.locator("details")
    assert visitor.page.locator("details[open]").count() == 0
    parts.filter(has_text="Statutory duty").locator("summary").click()
    visitor.fill(summary="A concern", police_reference="CR/1")
    visitor.press("Log consultation")
    assert "Say that the police were told" in visitor.words()
    assert visitor.page.locator("details[open]").count() == 1
    visitor.page.locator("[name=police_told][value=yes]").check()
    visitor.press("Log consultation")
    assert visitor.heading() == "Consultation"
    assert "Yes, reference CR/1" in visitor.words()


def test_a_setting_sends_its_report_by_keyboard_and_without_a_script(
    app: Flask, visitor_for: VisitorFor
) -> None:
    switch_on()
    visitor = visitor_for(scripted=False)
    visitor.go("/refer")
    typist = Typist(visitor.page)
    typed = {
        "reporter_name": "Hedy Sendwell",
        "reporter_email": "hedy@example.test",
        "concern": "Shouted at a child",
    }
    met = []
    while (name := typist.focused()) != "submit":
        met.append(name)
        if name == "danger":
            typist.press("ArrowDown")
        typist.type(typed.get(name, ""))
        typist.press("Tab")
    assert "website" not in met
    with visitor.page.expect_navigation():
        typist.press("Enter")
    assert visitor.heading() == "Your report was sent"
    assert "R-" in visitor.words()
