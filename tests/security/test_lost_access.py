"""Somebody who could open a record, and no longer may: nothing they still hold leads to it."""

import csv
import io
from collections.abc import Callable

import pytest
from lxml import html
from sqlalchemy import update

from lado.extensions import db
from lado.models import Case, Consultation, Person, User
from lado.rules.permissions import Role
from tests.factories import make_case, make_person
from tests.security.people_and_pages import ClientFor
from tests.support.cast import Cast

SURNAME = "Openwell"
Lose = Callable[[Case, User], None]


def restricted(case: Case, _user: User) -> None:
    for thing, record in ((Case, case.id), (Consultation, case.subjects[0].consultation_id)):
        db.session.execute(update(thing).where(thing.id == record).values(restricted=True))
    db.session.execute(update(Person).where(Person.id == case.person_id).values(restricted=True))


def themselves(case: Case, user: User) -> None:
    db.session.execute(update(User).where(User.id == user.id).values(person_id=case.person_id))


def another_role(_case: Case, user: User) -> None:
    db.session.execute(update(User).where(User.id == user.id).values(role=Role.AUDITOR))


@pytest.mark.parametrize("lose", [restricted, themselves, another_role])
def test_a_tab_a_draft_a_list_and_an_export_lead_nowhere(
    cast: Cast, client_for: ClientFor, lose: Lose
) -> None:
    case = make_case(by=cast.lado, person=make_person(surname=SURNAME))
    records = {"consultations": case.subjects[0].consultation, "cases": case}
    browser = client_for(cast.other_lado)
    tabs, drafts = {}, []
    for area, record in records.items():
        tab = f"/{area}/{record.public_id}/notes/add"
        form = browser.form(tab, "draft-id")
        tabs[tab] = dict(form.form_values()) | {"text": "Typed before"}
        drafts.append(browser.post("/drafts", tabs[tab] | {"draft-quietly": "1"}).json["draft"])
        # The list is remembered with its filter, and the record's page leads back to it.
        assert SURNAME in browser.get(f"/{area}?sort=received").text
        assert record.reference in browser.get(f"/{area}/save-list?as=csv&sort=received").text
        assert record.reference in browser.get(f"/{area}/{record.public_id}").text
    assert SURNAME in browser.post_form("/search", {"words": SURNAME}).text

    lose(case, cast.other_lado)
    db.session.commit()
    gone = 403 if lose is another_role else 404
    for tab, typed in tabs.items():
        assert browser.get(tab).status_code == gone
        assert browser.post(tab, typed).status_code == gone
    for draft in drafts:
        assert browser.get(f"/drafts/{draft}").status_code == 404
    for area, record in records.items():
        assert browser.get(f"/{area}/{record.public_id}").status_code == gone
        for way in (f"/{area}?sort=received", f"/{area}/save-list?as=csv&sort=received"):
            answer = browser.get(way)
            assert answer.status_code == (403 if gone == 403 else 200), way
            assert record.reference not in answer.text, way
            assert SURNAME not in answer.text, way
    if gone == 404:
        found = html.fromstring(browser.post_form("/search", {"words": SURNAME}).text)
        assert not found.xpath(f"//main//a[contains(., '{SURNAME}')]")
        assert "Nothing that you have access to" in found.text_content()
        rows = csv.reader(io.StringIO(browser.get("/consultations/save-list?as=csv").text))
        assert len(list(rows)) == 1, "the head alone"
    else:
        assert browser.get("/search").status_code == 403
