"""Two save at the same moment: one is done, the other is told in words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import String, func, select
from sqlalchemy import cast as cast_as

from lado.errors import Conflict, LadoError, Refused
from lado.extensions import db
from lado.models import (
    Allegation,
    Case,
    Consultation,
    Minute,
    Organisation,
    Person,
    Report,
    Strand,
    Term,
    User,
)
from lado.rules.permissions import Role
from lado.rules.quarters import Period
from lado.rules.vocabulary import TermGroup
from lado.services import consultation, organisation, person, report, user, vocabulary
from lado.services.consultation_contact import ContactDetails
from lado.services.organisation import OrganisationDetails
from lado.services.person import PersonDetails
from lado.services.report import DrawnFigures
from lado.services.transaction import SAME
from lado.services.vocabulary import TermDetails
from tests import factories
from tests.case_parts import make_discussion, schedule_discussion
from tests.reports.example import quarter
from tests.support.cast import Cast
from tests.support.client import Client
from tests.support.race import let_both_check, race

Change = Callable[[Any, str, User], None]


def change_person(record: Person, typed: str, by: User) -> None:
    details = PersonDetails(typed, date_of_birth=date(1980, 1, 1))
    person.change(record, details=details, version=1, by=by)


def change_organisation(record: Organisation, typed: str, by: User) -> None:
    details = OrganisationDetails(typed, record.sector_id)
    organisation.change(record, details=details, is_another=True, version=1, by=by)


def change_user(record: User, typed: str, by: User) -> None:
    user.change(record, name=typed, role=record.role, version=1, by=by)


def change_term(record: Term, typed: str, by: User) -> None:
    vocabulary.change(record, details=TermDetails(typed), version=1, by=by)


def a_sector() -> Term:
    return vocabulary.add(TermGroup.SECTOR, details=TermDetails("Chess"), by=factories.a_user())


CHANGES: dict[str, tuple[Callable[[], Any], Change]] = {
    "person": (factories.make_person, change_person),
    "organisation": (factories.make_organisation, change_organisation),
    "term": (a_sector, change_term),
    "user": (lambda: factories.a_user(Role.AUDITOR), change_user),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_the_second_to_change_a_record_is_told_of_the_first(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    make, change = CHANGES[kind]
    record = make()
    thing, number, by = type(record), record.id, cast.administrator.id
    let_both_check(monkeypatch)

    def act(typed: str) -> None:
        change(db.session.get_one(thing, number), typed, db.session.get_one(User, by))

    done, refused = race(app, lambda: act("Testwell One"), lambda: act("Testwell Two"))
    assert len(done) == 1
    assert [type(error) for error in refused] == [Conflict]


def test_of_two_who_add_the_same_term_one_is_told_to_look(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = cast.administrator.id
    let_both_check(monkeypatch)

    def add() -> Term:
        details = TermDetails("Chess")
        return vocabulary.add(TermGroup.SECTOR, details=details, by=db.session.get_one(User, by))

    done, refused = race(app, add, add)
    assert len(done) == 1
    assert [isinstance(error, LadoError) for error in refused] == [True]


def test_of_two_who_record_a_discussion_at_once_the_second_saves_on_top(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Theirs is seen first, then chosen heading by heading."""
    case = factories.make_case()
    schedule_discussion(case)
    url = f"/cases/{case.public_id}/discussions/1/record"
    browsers = [Client(app, who) for who in (cast.lado, cast.manager)]
    review = factories.days_ago(-20)
    typed = {f"next_review_on-{part}": getattr(review, part) for part in ("day", "month", "year")}
    sent = [
        dict(browser.form(url).form_values()) | typed
        | {"minutes-decisions": f"{word} decided", f"minutes-{own}": f"{word} wrote this"}
        for browser, word, own in zip(browsers, ("Ladder", "Kettle"), ("safety", "support"),
                                      strict=True)
    ]  # fmt: skip
    with monkeypatch.context() as patched:
        let_both_check(patched)
        answers, errors = race(
            app,
            lambda: browsers[0].http.post(url, data=sent[0], buffered=True),
            lambda: browsers[1].http.post(url, data=sent[1], buffered=True),
        )
    assert not errors
    back_again, saved = sorted(answers, key=lambda answer: answer.status_code)
    assert (back_again.status_code, saved.status_code) == (200, 302)
    shown = html.fromstring(back_again.text)
    said = " ".join(shown.text_content().split())
    assert "Somebody else saved this" in said
    assert "Only a discussion that is scheduled" not in said
    (form,) = (each for each in shown.forms if "minutes-decisions" in each.fields)
    back, words = dict(form.form_values()), ("Ladder", "Kettle")
    second = words.index(back["minutes-decisions"].split()[0])
    chosen = {name: "mine" for name in back if name.startswith("theirs-")}
    others = "support" if second == 0 else "safety"
    chosen |= {"theirs-minutes-decisions": "mine", f"theirs-minutes-{others}": "theirs"}
    (again,), _ = race(app, lambda: browsers[second].http.post(url, data=back | chosen))
    assert again.status_code == 302, again.text
    kept = {each.heading: each.text for each in db.session.scalars(select(Minute))}
    assert kept["decisions"] == f"{words[second]} decided"
    assert (kept["safety"], kept["support"]) == ("Ladder wrote this", "Kettle wrote this")


CHOSEN = {"facts": {"children": "counted"}}
# What of a case two may write at once: its address, the field, and what is on record then.
WRITTEN: dict[str, tuple[str, str, tuple[str, str], Any]] = {
    "minutes": (
        "discussions/1/edit", "minutes-decisions", ("Ladder words", "Kettle words"), Minute.text,
    ),
    "facts": ("facts", "children_count", ("1234", "4321"), cast_as(Case.children_count, String)),
    "strand": ("strands/1", "lead", ("Ladder words", "Kettle words"), Strand.lead),
    "allegation": (
        "allegations/1/edit", "description", ("Ladder words", "Kettle words"),
        Allegation.description,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRITTEN)
def test_of_two_who_write_the_same_of_a_case_at_once_both_texts_are_kept(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """One is saved; the other comes back, beside what was saved."""
    path, field, texts, column = WRITTEN[kind]
    case = factories.make_case()
    make_discussion(case, minutes={"decisions": "Before"})
    url = f"/cases/{case.public_id}/{path}"
    browsers = [Client(app, who) for who in (cast.lado, cast.manager)]
    sent = [
        dict(browser.form(url).form_values()) | CHOSEN.get(kind, {}) | {field: words}
        for browser, words in zip(browsers, texts, strict=True)
    ]
    let_both_check(monkeypatch)
    answers, errors = race(
        app,
        lambda: browsers[0].http.post(url, data=sent[0], buffered=True),
        lambda: browsers[1].http.post(url, data=sent[1], buffered=True),
    )
    assert not errors
    back, saved = sorted(answers, key=lambda answer: answer.status_code)
    assert (back.status_code, saved.status_code) == (200, 302)
    shown = html.fromstring(back.text)
    typed = " ".join(shown.xpath("//input/@value")) + shown.text_content()
    assert "Somebody else saved this" in " ".join(shown.text_content().split())
    assert all(words in typed for words in texts)
    kept = set(db.session.scalars(select(column))) & set(texts)
    assert len(kept) == 1


def test_of_two_who_draw_the_same_report_one_is_told_to_look(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = quarter()
    period = Period.parse("2012-13/Q4")
    drawn = DrawnFigures(period, date(2013, 3, 31), "1", "Sample Council", figures.as_record(), [])
    by = cast.lado.id
    let_both_check(monkeypatch)

    def draw() -> Report:
        return report.draw(drawn, by=db.session.get_one(User, by))

    done, refused = race(app, draw, draw)
    assert len(done) == 1
    assert [type(error) for error in refused] == [Refused]


def test_the_first_consultations_of_a_year_come_at_the_same_moment(app: Flask, cast: Cast) -> None:
    adult, by = factories.make_adult(), cast.lado.id

    def log() -> Consultation:
        contact = ContactDetails(received_on=date(2021, 2, 3), summary="An invented concern.")
        by_whom = db.session.get_one(User, by)
        return consultation.log(contact=contact, adults=[replace(adult)], by=by_whom)

    done, failed = race(app, *[log] * 5)
    assert failed == []
    assert sorted(one.reference for one in done) == [f"C-2021-{n:05}" for n in range(1, 6)]
    assert db.session.scalar(select(func.count()).select_from(Consultation)) == 5


def test_what_a_check_did_not_see_comes_back_in_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "_check", lambda *_: None)
    with pytest.raises(Refused, match=SAME):
        vocabulary.add(TermGroup.SECTOR, details=TermDetails("Police"), by=cast.administrator)
