"""Letters, follow-ups, later calls and enquiries, as somebody at a keyboard meets them."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from lado import clock
from lado.extensions import db
from lado.models import AdviceTemplate, AuditEvent, Confirmation, Consultation, Enquiry, Note
from lado.queries import advice_templates
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import Direction, NoteKind
from lado.services import settings
from lado.services.person import PersonDetails
from tests.advice_parts import add_follow_up, write_letter
from tests.contacts import adult, decide, log
from tests.factories import make_case, make_person
from tests.web.test_consultations import OVERLOOKED, decision, errors, page, text

CALLER = {"referrer_name": "Kim Fablewood", "referrer_role": "Head", "interim_advice": "Write it."}


def day(name, when=None):
    when = when or clock.today()
    return {f"{name}-{part}": str(getattr(when, part)) for part in ("day", "month", "year")}


def url(record, rest=""):
    return f"/consultations/{record.public_id}{rest}"


def events(action):
    query = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == action)
    return db.session.scalar(query)


def test_from_the_call_to_a_letter_that_was_sent(cast, client_for):
    told = log(cast.lado, **CALLER)
    client = client_for(cast.lado)
    template = next(t for t in advice_templates.offered() if t.code == "information_needed")
    chosen = {"template": template.public_id, "to": "caller"}
    write = client.post_form(url(told, "/confirmations/add"), chosen).location
    assert "Fablewood" not in write
    asked = client.post_form(write)
    assert errors(asked) == ["Fill these in, or take them out: {follow_up_date}"]
    (typed,) = page(asked).xpath("//textarea[@name='text']")
    assert typed.text.strip().startswith("Dear Kim Fablewood")
    assert "Write it." in typed.text

    neutral = typed.text.replace("{follow_up_date}", "Friday") + "\n\nSuspension is a neutral act."
    warned = client.post_form(write, {"text": neutral})
    assert errors(warned) == ["Change the text, or confirm that it is meant so"]
    assert "authorities differ on" in text(warned)
    client.post_form(write, {"text": typed.text.replace("{follow_up_date}", "Friday")})
    letter = db.session.scalars(select(Confirmation)).one()
    place = url(told, "/confirmations/1")
    assert "Friday" in text(client.get(place))
    sent = {"sent_how": "post", "follow_up_what": "Has it come?", **day("follow_up_due_on")}
    client.post_form(f"{place}/sent", sent)
    db.session.refresh(letter)
    assert letter.sent_on == clock.today()
    shown = text(client.get(url(told)))
    assert "Has it come?" in shown
    assert "Advice confirmed in writing, letter 1: Post" in shown
    assert client.get(f"{place}/edit").status_code == 409


def test_the_template_is_chosen_before_by_what_was_decided_and_another_can_be(cast, client_for):
    told, client = log(cast.lado, **CALLER), client_for(cast.lado)
    chosen = "//input[@name='template'][@checked]/@value"
    assert page(client.get(url(told, "/confirmations/add"))).xpath(chosen) == []
    decide(told.subjects[0], cast.lado, "Low-level concern")
    asked = page(client.get(url(told, "/confirmations/add")))
    low, other = (next(t for t in advice_templates.offered() if t.code == code)
                  for code in ("low_level", "advice_only"))  # fmt: skip
    assert asked.xpath(chosen) == [low.public_id]
    sent = {"template": other.public_id, "to": "caller"}
    assert other.public_id in client.post_form(url(told, "/confirmations/add"), sent).location


def test_a_letter_is_taken_away_as_a_file_that_names_nobody(cast, client_for):
    told = log(cast.lado, **CALLER)
    write_letter(told, cast.lado, "Dear <Kim> & co\n\n- one\n- two\x0b")
    client = client_for(cast.support)
    place = url(told, "/confirmations/1")
    pdf, docx = (client.get(f"{place}/{each}") for each in ("pdf", "docx"))
    for answer, ending, begins in ((pdf, "pdf", b"%PDF"), (docx, "docx", b"PK")):
        name = f"{told.reference}-advice-1.{ending}"
        assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
        assert answer.data.startswith(begins)
    with ZipFile(BytesIO(docx.data)) as parts:
        words = parts.read("word/document.xml").decode()
    assert "Dear &lt;Kim&gt; &amp; co" in words
    assert events(AuditAction.CONFIRMATION_DOWNLOADED) == 2
    assert client.get(f"{place}/exe").status_code == 404
    assert client.get(url(told, "/confirmations/2/pdf")).status_code == 404


def test_somebody_else_and_anonymous_callers(cast, client_for):
    told = log(cast.lado, anonymous=True)
    client = client_for(cast.lado)
    asked = client.get(url(told, "/confirmations/add"))
    assert [each.get("value") for each in page(asked).xpath("//input[@name='to']")] == ["other"]
    template = advice_templates.offered()[0].public_id
    forged = url(told, f"/confirmations/write?template={template}&to=caller")
    data = {"text": "Dear you", "recipient_name": "Kim"}
    assert errors(client.post_form(forged, data)) == [
        "The caller is anonymous, so there is nobody to confirm the advice to."
    ]
    assert client.get(url(told, "/confirmations/write")).status_code == 302


def test_a_retired_template_stays_on_its_letters(cast, client_for):
    told = log(cast.lado, **CALLER)
    template = advice_templates.offered()[0]
    write_letter(told, cast.lado, template=template)
    admin = client_for(cast.administrator)
    admin.post_form("/advice-templates", containing=None)
    db.session.expire_all()
    assert db.session.get_one(AdviceTemplate, template.id).retired_on == clock.today()
    shown = text(client_for(cast.lado).get(url(told, "/confirmations/add")))
    assert "Advice only" not in shown
    assert "Advice only" in text(client_for(cast.lado).get(url(told)))
    bad = {"title": "New", "text": "About {surname}. Suspension is a neutral act."}
    assert errors(admin.post_form("/advice-templates/add", bad)) == [
        "Not in the list of what can be filled in: {surname}"
    ]
    assert errors(admin.post_form("/advice-templates/add", bad | {"text": "It is a neutral act"}))
    admin.post_form("/advice-templates/add", bad | {"text": "About {reference}"})
    assert "New" in text(admin.get("/advice-templates"))


def test_a_later_call_is_a_note_with_who_rang_and_when(cast, client_for):
    told = log(cast.lado)
    client = client_for(cast.support)
    call = {"text": "She rang again", "kind": "phone", "direction": "in", "happened_at": "2.05pm",
            "other_party": "Kim Fablewood, head"}  # fmt: skip
    wrong = client.post_form(url(told, "/notes/add"), call | {"kind": "", "happened_at": "late"})
    assert errors(wrong) == ["The time must be like 14:30 or 2:30pm"]
    wrong = client.post_form(url(told, "/notes/add"), call | {"kind": ""})
    assert errors(wrong) == ["Say what kind of call or message it was"]
    client.post_form(url(told, "/notes/add"), call)
    note = db.session.scalars(select(Note)).one()
    assert (note.kind, note.direction) == (NoteKind.PHONE, Direction.IN)
    shown = text(client.get(url(told)))
    assert "Phone call from Kim Fablewood, head" in shown
    assert "At 14:05" in shown


def test_follow_ups_wait_on_the_home_page_until_they_end(cast, client_for):
    told = log(cast.lado)
    add_follow_up(told, cast.lado, owner=cast.support)
    client = client_for(cast.support)
    assert "Ask how it went" in text(client.get("/"))
    end = url(told, "/follow-ups/1/end")
    assert errors(client.post_form(end, {"end": "dropped"})) == ["Enter why it is dropped"]
    client.post_form(end, {"end": "done", "result": "All is well"})
    assert "Ask how it went" not in text(client.get("/"))
    assert "All is well" in text(client.get(url(told)))
    assert client.get(end).status_code == 409


def test_the_decision_page_shows_what_was_decided_in_like_matters(cast, client_for):
    for _ in range(2):
        client_for(cast.lado).post_form(
            url(log(cast.lado), "/adults/1/decide"),
            decision("Low-level concern", earlier_weight="Not about this", reasons="One voice"),
        )
    told = log(cast.lado)
    client = client_for(cast.lado)
    place = url(told, "/adults/1/decide")
    shown = text(client.get(place))
    assert "Low-level concern: 2 of these 2" in shown
    assert "One voice" in shown
    typed = decision(decided_by=cast.manager.public_id, follow_up_what="Ring the school")
    assert errors(client.post_form(place, typed)) == [
        OVERLOOKED,
        "Enter by when it is to be followed up",
    ]
    client.post_form(place, typed | {"earlier_weight": "None"} | day("follow_up_due_on"))
    shown = text(client.get(url(told)))
    assert "Mabel Testwell, recorded by Lada Testwell" in shown
    assert "Ring the school" in shown


def test_an_enquiry_from_the_question_to_the_answer(cast, client_for):
    case = make_case(person=make_person(surname="Mockridge", forename="Wren"))
    log(cast.lado, adult(make_person(surname="Mockridge")))
    client = client_for(cast.lado)
    asked = {"kind": "employer", "asker_name": "Gwen Fablewood", "basis": "consent",
             "surname": "Mockridge", "forename": "Wren"}  # fmt: skip
    assert "There is a problem" in text(client.post_form("/enquiries/add", {"surname": "x"}))
    settings.change({"naming_policy": "pseudonymous"}, by=cast.administrator)
    unnamed = log(cast.lado, adult(PersonDetails("Mockridge", "Wren")))
    place = client.post_form("/enquiries/add", asked).location
    made = db.session.scalars(select(Enquiry)).one()
    assert client.get(f"{place}/answer").status_code == 409
    records = client.post_form(place).location
    assert text(client.get(records)).count("This is the person meant") == 2
    assert "Adults who were not named" in text(client.get(records))
    ticked = [case.person.public_id, case.public_id, unnamed.public_id]
    client.post_form(records, {"records": ticked})
    shown = text(client.get(place))
    assert case.reference in shown
    assert unnamed.reference in shown
    assert events(AuditAction.PERSON_SHOWN) == 2
    assert "must leave out every allegation that was found false, malicious" in shown
    told = {"answer": "disclose", "text": "One was unfounded", "reasons": "Asked"}
    assert errors(client.post_form(f"{place}/answer", told)) == [
        "A reference or vetting answer must not tell of such an outcome. Take out: “unfounded”"
    ]
    client.post_form(f"{place}/answer", told | {"answer": "decline", "text": ""})
    support = client_for(cast.support)
    assert support.get(f"{place}/answer").status_code == 403
    found = "Mockridge Wren {}".format
    assert found(2) in text(client.get(place))
    assert found("Shown to them alone") in text(support.get(place)), "who may know of fewer"
    client.post_form(f"{place}/sent", {"sent_how": "secure_email"})
    assert made.reference in text(client.get("/enquiries?state=sent"))
    assert made.reference not in text(client.get("/enquiries?state=to_answer&kind=employer"))
    assert client.get(f"{place}/edit").status_code == 409
    assert db.session.scalar(select(func.count()).select_from(Consultation)) == 3
    assert events(AuditAction.ENQUIRY_SEARCHED) == 1


@pytest.mark.parametrize("rest", ["/confirmations/1", "/confirmations/1/pdf"])
def test_a_letter_on_a_consultation_one_may_not_know_of_is_not_found(cast, client_for, rest):
    told = log(cast.lado)
    write_letter(told, cast.lado)
    told.restricted = True
    db.session.commit()
    assert client_for(cast.support).get(url(told, rest)).status_code == 404
