"""Drafts, as somebody at a keyboard meets them; the script's part is in tests/e2e."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from lado import clock
from lado.extensions import db
from lado.models import Confirmation, Consultation, Draft, FormClosedTo, User, UserSession
from lado.queries import advice_templates, drafts
from lado.rules.drafts import FORMS
from lado.rules.permissions import Role
from lado.rules.vocabulary import SentHow
from lado.services import consultation as consultations
from lado.services import report as reports
from lado.web.drafting import KEPT
from tests.advice_parts import log_enquiry
from tests.case_parts import agree, make_discussion, schedule_discussion
from tests.contacts import adult, contact, decide, log, restrict_consultation
from tests.factories import make_case, make_person
from tests.guards.routes import routes
from tests.received import a_form
from tests.services.test_report import drawn
from tests.web.test_consultations import ADD, count, decision, errors, page, quick, text, url, value

QUIETLY = {"draft-quietly": "1"}


def typing(client, address, **typed):
    """The form as it stands with `typed` in it, as the script or the button sends it."""
    return dict(client.form(address, "draft-id").form_values()) | typed


def keep(client, address, **typed):
    answer = client.post("/drafts", typing(client, address, **typed) | QUIETLY)
    assert answer.status_code == 200, answer.text
    return answer.json["draft"]


def test_every_form_that_keeps_a_draft_is_for_whom_its_rule_says(app):
    access = {route.endpoint: route.access for route in routes(app)}
    assert {view: access[view] for view in KEPT} == {
        view: FORMS[form].permission for view, form in KEPT.items()
    }


def test_a_call_is_gone_on_with_as_it_was_typed_and_logged_once(cast, client_for):
    client = client_for(cast.lado)
    typed = quick(**{
        "summary": "<b>Half a sentence", "adults-0-surname": "Webtest", "children_count": "seven",
        "adults-1-surname": "Second", "adults-1-sector_id": quick()["adults-0-sector_id"],
        "adults-1-category_id": quick()["adults-0-category_id"],
        "described_children-0-name": "Kim",
        "received_on-month": "Febtober", "csrf_token": "",
    })  # fmt: skip
    del typed["csrf_token"]
    draft = keep(client, ADD, **typed)
    assert "Drafts you have not finished: 1" in text(client.get("/"))
    listed = text(client.get("/drafts"))
    assert "Log a consultation" in listed
    assert "Begun on" in listed
    assert "<b>Half a sentence" in listed
    assert "Webtest" not in listed
    opened = client.follow(client.get(f"/drafts/{draft}"))
    assert errors(opened) == []
    assert "You go on with a draft that was saved on" in text(opened)
    for name, written in typed.items():
        assert value(opened, name).strip() == written, name

    address = f"{ADD}?draft={draft}"
    nameless = {"adults-0-surname": "", "adults-1-surname": ""}
    form = typing(client, address, **quick(children_count="7", summary="Whole") | nameless)
    assert client.post(address, form | {"received_on-month": "Febtober"}).status_code == 200
    assert drafts.how_many(cast.lado) == 1
    done = client.post(address, form)
    assert "Consultation logged" in text(client.follow(done))
    again = client.post(address, form)
    assert "This form was saved before" in errors(again)[0]
    assert value(again, "summary").strip() == "Whole"
    assert count(Consultation) == 1
    assert drafts.how_many(cast.lado) == 0
    late = client.post("/drafts", form | QUIETLY)
    assert late.json == {"finished": True}
    assert value(client.get(address), "summary").strip() == ""


def test_a_draft_of_a_call_from_a_referral_form_stays_with_that_form(cast, client_for):
    client, received = client_for(cast.lado), a_form(adult_surname="Testerby")
    draft = keep(client, f"{ADD}?form={received.public_id}")
    address = f"{ADD}?draft={draft}"
    assert received.reference in text(client.get(address))
    db.session.add(FormClosedTo(received_form_id=received.id, user_id=cast.lado.id))
    db.session.commit()
    assert client.get(address).status_code == 404, "the form is closed to its author by now"
    db.session.execute(delete(FormClosedTo))
    db.session.commit()
    assert "Consultation logged" in text(client.follow(client.post_form(address)))
    assert received.consultation.summary == "Shouted at a child"


def test_a_letter_is_gone_on_with_after_it_was_closed_even_if_its_template_is_retired(
    cast, client_for
):
    client, told = client_for(cast.lado), log(cast.lado, referrer_name="Kim Fablewood")
    template = advice_templates.offered()[0]
    write = url(told, f"/confirmations/write?template={template.public_id}&to=caller")
    draft = keep(client, write, text="Dear Kim")
    assert f"{told.reference} Kim Fablewood" in text(client.get("/drafts"))
    template.retired_on = clock.today()
    db.session.commit()
    opened = client.get(f"/drafts/{draft}").location
    assert value(client.get(opened), "text").strip() == "Dear Kim"
    assert client.post_form(opened).status_code == 302
    letter = db.session.scalars(select(Confirmation)).one()
    assert (letter.text, letter.to_caller, letter.template_id) == ("Dear Kim", True, template.id)
    assert drafts.how_many(cast.lado) == 0
    draft = keep(client, url(told, "/confirmations/1/edit"), text="Dear Kim, once more")
    letter.sent_on, letter.sent_how = clock.today(), SentHow.POST
    letter.sent_by_id = cast.lado.id
    db.session.commit()
    answer = client.follow(client.get(f"/drafts/{draft}"))
    assert value(answer, "text").strip() == "Dear Kim, once more", "which can only be copied now"


def test_a_form_that_is_begun_anew_offers_what_was_left_of_it(cast, client_for):
    client, told = client_for(cast.lado), log(cast.lado)
    address = url(told, "/notes/add")
    assert "You left" not in text(client.get(address))
    draft = keep(client, address, text="Half a note")
    assert "You left a draft of this form, saved on" in text(client.get(address))
    assert f'href="/drafts/{draft}"' in client.get(address).text
    assert "You left" not in text(client.follow(client.get(f"/drafts/{draft}")))
    assert "You left" not in text(client.get(url(log(cast.lado), "/notes/add")))
    assert "You left" not in text(client_for(cast.other_lado).get(address))
    keep(client, address, text="Another")
    assert "You left 2 drafts of this form" in text(client.get(address))


def test_a_draft_about_a_report_is_told_by_its_period(cast, client_for):
    client = client_for(cast.lado)
    report = reports.draw(drawn(), by=cast.lado)
    keep(client, f"/reports/{report.public_id}/commentary", commentary="Half a sentence")
    assert "2012-13 Q4, version 1" in text(client.get("/drafts"))


def test_an_enquiry_is_told_by_who_asks_and_its_answer_is_kept_too(cast, client_for):
    client = client_for(cast.lado)
    draft = keep(client, "/enquiries/add", asker_name="Gwen Fablewood", asker_role="Head",
                 surname="Mockridge")  # fmt: skip
    listed = text(client.get("/drafts"))
    assert "Gwen Fablewood, Head" in listed
    assert "Mockridge" not in listed
    assert value(client.follow(client.get(f"/drafts/{draft}")), "surname") == "Mockridge"
    enquiry = log_enquiry(cast.lado)
    address = f"/enquiries/{enquiry.public_id}/answer"
    answer = keep(client, address, reasons="Nothing is held")
    assert f"{enquiry.reference} Nothing is held" in text(client.get("/drafts"))
    assert client.get(f"/enquiries/{enquiry.public_id}/edit?draft={answer}").status_code == 404
    client.post_form(f"{address}?draft={answer}", {"answer": "nothing_held", "text": "No"})
    assert enquiry.answer_reasons == "Nothing is held"
    assert drafts.how_many(cast.lado) == 1


def test_a_template_of_a_letter_keeps_a_draft_for_its_role_alone(cast, client_for):
    admin = client_for(cast.administrator)
    place = f"/advice-templates/{advice_templates.offered()[0].public_id}"
    draft = keep(admin, place, title="New words")
    assert "New words" in text(admin.get("/drafts"))
    assert value(admin.follow(admin.get(f"/drafts/{draft}")), "title") == "New words"
    another_role(None, cast.administrator)
    assert admin.get(f"/drafts/{draft}").status_code == 404


def test_the_forms_of_a_discussion_and_its_minutes_are_gone_on_with_as_they_were_typed(
    cast, client_for
):
    client, case = client_for(cast.lado), make_case()
    schedule_discussion(case, cast.lado)
    make_discussion(case, minutes={"decisions": "Go on", "support": "A friend"})
    agree(case.discussions[1], cast.lado)
    for path, typed in (
        ("schedule", {"place": "Room 1", "participants-0-name": "A Fable"}),
        ("1/rearrange", {"place": "Room 2", "scheduled_on-day": "soon"}),
        ("1/cancel", {"reason": "Half a sen"}),
        ("2/correct", {"reason": "A wrong"}),
        ("2/copies/add", {"made_for": "The employer", "withheld": "support", "passages": "yes"}),
    ):
        address = f"/cases/{case.public_id}/discussions/{path}"
        kept = keep(client, address, **typed)
        shown = dict(client.form(f"{address}?draft={kept}", "draft-id").form_values())
        assert {name: shown.get(name) for name in typed} == typed, path


def test_nothing_but_what_was_typed_is_kept(cast, client_for):
    client = client_for(cast.lado)
    keep(client, ADD, summary="Words", password="quiet lantern", action="adult")
    names = {name for name, _ in json.loads(db.session.scalars(select(Draft.typed)).one())}
    assert "summary" in names
    assert not names & {"csrf_token", "password", "action"}
    assert not [name for name in names if name.startswith("draft-")]


def test_without_a_script_a_button_keeps_it_as_it_is(cast, client_for):
    client = client_for(cast.lado)
    saved = client.post("/drafts", typing(client, ADD, **{"received_on-day": "x", "summary": ""}))
    shown = client.follow(saved)
    assert "Draft saved" in text(shown)
    assert value(shown, "received_on-day") == "x"


def test_it_is_thrown_away_by_its_author_alone(cast, client_for):
    client, other = client_for(cast.lado), client_for(cast.other_lado)
    draft = keep(client, ADD, summary="Words")
    for address in (f"/drafts/{draft}", f"/drafts/{draft}/throw-away", f"{ADD}?draft={draft}"):
        assert other.get(address).status_code == 404
    assert "Drafts you have not finished" not in text(other.get("/"))
    asked = client.get(f"/drafts/{draft}/throw-away")
    assert "cannot be brought back" in text(asked)
    shown = client.follow(client.post_form(f"/drafts/{draft}/throw-away"))
    assert "You have no drafts" in text(shown)
    assert client.get(f"/drafts/{draft}").status_code == 404


def restricted(consultation, user):
    restrict_consultation(consultation)


def themselves(consultation, user):
    person = consultation.subjects[0].person_id
    db.session.execute(update(User).where(User.id == user.id).values(person_id=person))
    db.session.commit()


def another_role(consultation, user):
    db.session.execute(update(User).where(User.id == user.id).values(role=Role.AUDITOR))
    db.session.commit()


@pytest.mark.parametrize("lose", [restricted, themselves, another_role])
def test_who_loses_access_loses_the_draft(cast, client_for, lose):
    consultation = log(cast.lado, adult(make_person()))
    client = client_for(cast.lado)
    form = typing(client, url(consultation, "/notes/add"), text="A note")
    draft = client.post("/drafts", form | QUIETLY).json["draft"]
    assert consultation.reference in text(client.get("/drafts"))
    lose(consultation, cast.lado)
    refused = 403 if lose is another_role else 404
    assert client.post("/drafts", form | QUIETLY).status_code == refused
    assert client.get(f"/drafts/{draft}").status_code == 404
    assert client.get(f"/drafts/{draft}/throw-away").status_code == 404
    assert "Add a note" not in text(client.get("/drafts"))
    assert "Drafts you have not finished" not in text(client.get("/"))


def test_a_draft_of_one_record_opens_on_no_other(cast, client_for):
    first, second = log(cast.lado), log(cast.lado)
    client = client_for(cast.lado)
    draft = keep(client, url(first, "/notes/add"), text="A note")
    assert client.get(url(second, f"/notes/add?draft={draft}")).status_code == 404
    assert client.get(url(first, f"/edit?draft={draft}")).status_code == 404
    assert client.get(url(first, f"/notes/add?draft={'A' * 22}")).status_code == 404


@pytest.mark.parametrize("path", ["", "/drafts", "//elsewhere.test/", "/consultations", "\x00"])
def test_only_a_form_that_keeps_drafts_can_be_kept(cast, client_for, path):
    client = client_for(cast.lado)
    form = typing(client, ADD) | {"draft-form": path}
    assert client.post("/drafts", form).status_code == 404
    assert client.post("/drafts", typing(client, ADD) | {"draft-id": "x"}).status_code == 404


def test_too_long_is_said_and_what_was_typed_comes_back(cast, client_for):
    client = client_for(cast.lado)
    form = typing(client, ADD, summary="x" * 1_000_001)
    assert "too long" in client.post("/drafts", form | QUIETLY).json["message"]
    shown = client.post("/drafts", form)
    assert shown.status_code == 409
    assert "x" * 20_000 in shown.text


def test_one_who_was_signed_out_is_told_of_the_draft_and_led_back_to_it(cast, client_for):
    client = client_for(cast.lado)
    draft = keep(client, ADD, summary="Before")
    form = typing(client, f"{ADD}?draft={draft}", summary="After")
    long_ago = clock.now() - timedelta(hours=2)
    db.session.execute(update(UserSession).values(started_at=long_ago, last_seen_at=long_ago))
    db.session.commit()
    for address in (ADD, "/drafts"):
        shown = client.post(address, form)
        assert shown.status_code == 401
        assert "is kept as a draft. Sign in, and the form is shown with it" in text(shown)
        assert "After" in text(shown)
        link = page(shown).xpath("//main//a[contains(@href, '/sign-in')]/@href")[0]
        assert f"next=%2Fconsultations%2Fadd%3Fdraft%3D{draft}" in link
    assert client.post("/drafts", form | QUIETLY).status_code == 401


def test_a_page_can_ask_how_long_the_session_lasts_without_prolonging_it(cast, client_for):
    client = client_for(cast.lado)

    def ago(minutes):
        moment = clock.now() - timedelta(minutes=minutes)
        db.session.execute(update(UserSession).values(last_seen_at=moment))
        db.session.commit()

    ago(20)
    for _ in range(2):
        assert 590 < client.http.get("/account/session").json["idle"] <= 600
    token = client.http.get("/account/session").json["token"]
    prolonged = client.http.post("/account/session", data={"csrf_token": token})
    assert prolonged.json["idle"] > 1790
    assert prolonged.json["user"] == cast.lado.public_id
    ago(31)
    assert client.http.get("/account/session").status_code == 302


def test_what_was_decided_meanwhile_is_seen_beside_the_draft(cast, client_for):
    consultation = log(cast.lado)
    address = url(consultation, "/adults/1/decide")
    client = client_for(cast.lado)
    draft = keep(client, address, **decision(reasons="Mine"))
    decide(consultation.subjects[0], cast.other_lado)
    opened = client.follow(client.get(f"/drafts/{draft}"))
    assert value(opened, "reasons").strip() == "Mine"
    answer = client.post(address, typing(client, f"{address}?draft={draft}"))
    standing = consultation.subjects[0].decision.reasons
    assert "Somebody else saved this while you were writing" in " ".join(errors(answer))
    assert standing in text(answer)
    assert drafts.how_many(cast.lado) == 1


class TestTwoEditors:
    """Each chooses, field by field, and neither text goes without being seen."""

    def conflict(self, cast, client_for, **mine):
        consultation = log(cast.lado, contact_method_id=None)
        client = client_for(cast.lado)
        address = url(consultation, "/edit")
        form = typing(client, address, **mine)
        facts = contact(summary="He saw it on Monday", referrer_name="Their caller")
        consultations.change(
            consultation, contact=facts, adults=[adult()], version=1, by=cast.manager
        )
        return consultation, client, address, client.post(address, form)

    def again(self, answer, **chosen):
        return dict(page(answer).forms[-1].form_values()) | chosen

    def test_theirs_is_taken_where_it_is_chosen_and_mine_kept_elsewhere(self, cast, client_for):
        consultation, client, address, answer = self.conflict(
            cast, client_for, summary="He saw it on Tuesday", referrer_role="My role"
        )
        assert [mark.text for mark in page(answer).iter("mark")] == ["Tuesday", "Monday"]
        assert value(answer, "summary").strip() == "He saw it on Tuesday"
        sent = self.again(answer, **{"theirs-summary": "theirs"})
        assert client.post(address, sent).status_code == 302
        db.session.expire_all()
        assert consultation.summary == "He saw it on Monday"
        assert (consultation.referrer_name, consultation.referrer_role) == (None, "My role")

    def test_both_are_still_there_when_something_else_is_wrong(self, cast, client_for):
        _, client, address, answer = self.conflict(cast, client_for, summary="Mine")
        wrong = {"theirs-summary": "theirs", "received_on-day": "32"}
        answer = client.post(address, self.again(answer, **wrong))
        assert errors(answer) == ["The date it was received must be a real date. Check the day"]
        assert value(answer, "summary").strip() == "Mine"
        assert "He saw it on Monday" in text(answer)
        chosen = self.again(answer)["theirs-summary"]
        assert chosen == "theirs"

    def test_a_draft_that_is_opened_again_asks_again(self, cast, client_for):
        _, client, address, answer = self.conflict(cast, client_for, summary="Mine")
        draft = client.post("/drafts", self.again(answer) | QUIETLY).json["draft"]
        opened = f"{address}?draft={draft}"
        answer = client.post(opened, typing(client, opened))
        assert "Somebody else saved this while you were writing" in errors(answer)[0]
        assert "He saw it on Monday" in text(answer)
        assert value(answer, "summary").strip() == "Mine"

    def test_a_third_editor_s_change_is_not_taken_unseen(self, cast, client_for):
        consultation, client, address, answer = self.conflict(cast, client_for, summary="Mine")
        consultations.change(
            consultation, contact=contact(summary="A third text"), adults=[adult()],
            version=consultation.version, by=cast.manager,
        )  # fmt: skip
        answer = client.post(address, self.again(answer, **{"theirs-summary": "theirs"}))
        assert "A third text" in text(answer)
        assert consultation.summary == "A third text"
        assert value(answer, "summary").strip() == "Mine"
