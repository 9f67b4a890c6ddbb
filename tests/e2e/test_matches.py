"""While a name is typed, those on record who may be meant appear beside it."""

from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from lado.extensions import db
from lado.models import Consultation
from tests.e2e.conftest import VisitorFor
from tests.factories import make_person
from tests.support.cast import Cast

pytestmark = pytest.mark.e2e


def test_who_may_be_meant_appears_while_the_name_is_typed(
    app: Flask, cast: Cast, visitor_for: VisitorFor
) -> None:
    ann = make_person(surname="Testerby", forename="Annabel", date_of_birth=date(1980, 5, 3))
    visitor = visitor_for(cast.lado)
    visitor.go("/consultations/add")
    page = visitor.page
    page.fill("[name='adults-0-surname']", "Testerbie")
    page.fill("[name='adults-0-forename']", "Annabel")
    known = page.get_by_label("Annabel Testerby")
    expect(known).to_be_visible()
    known.check()
    with page.expect_response("**/consultations/matches"):
        page.fill("[name='adults-0-forename']", "Anabel")
    expect(known).to_be_checked()
    visitor.look()
    page.fill("[name='summary']", "Took a child by the arm")
    page.get_by_role("button", name="Log consultation").first.click()
    expect(page.locator("h1")).to_have_text("Consultation", timeout=30_000)
    made = db.session.scalars(select(Consultation)).one()
    assert made.subjects[0].person_id == ann.id
