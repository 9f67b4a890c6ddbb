"""The public referral form, and the inbox that it fills."""

from lxml import html
from sqlalchemy import func, select

from lado import clock
from lado.extensions import db
from lado.models import Consultation, RateCount, ReceivedForm
from lado.rules.accounts import FORM_FROM_HERE
from lado.rules.vocabulary import FormStatus, Origin
from tests.factories import make_organisation
from tests.received import a_form, switch_on

TOLD = {
    "danger": "no",
    "reporter_name": "Hedy Sendwell",
    "reporter_role": "Headteacher",
    "reporter_organisation": "Testwell School",
    "reporter_phone": "01234 567890",
    "reporter_may_be_named": "no",
    "adult_surname": "Testerby",
    "adult_forename": "Wren",
    "adult_role": "Teacher",
    "adult_employer": "Testwell School",
    "place": "On the bus",
    "children_count": "3",
    "concern": "Shouted at a child",
    "done_so_far": "Spoke to them",
}


def text(response):
    return " ".join(
        html.document_fromstring(response.get_data(as_text=True)).text_content().split()
    )


def sent():
    return db.session.scalars(select(ReceivedForm).order_by(ReceivedForm.id)).all()


def test_there_is_no_form_until_the_council_wants_one(cast, client_for):
    stranger = client_for()
    assert stranger.get("/refer").status_code == stranger.get("/refer/sent").status_code == 404
    client_for(cast.administrator).post_form("/settings", {"referral_form": "yes"})
    assert "not for emergencies" in text(stranger.get("/refer"))


def test_what_is_sent_waits_and_cannot_be_read_from_outside(cast, client_for):
    switch_on()
    stranger = client_for()
    answer = stranger.post_form("/refer", TOLD)
    (form,) = sent()
    assert form.reference == f"R-{clock.today().year}-00001"
    assert form.reference in text(stranger.follow(answer))
    assert form.reference not in answer.location
    assert stranger.get("/refer/sent").location == "/refer"
    page = text(stranger.get("/refer"))
    assert "Testerby" not in page
    assert stranger.get(f"/inbox/{form.public_id}").status_code == 302
    assert (form.reporter_may_be_named, form.children_count) == (False, 3)
    assert stranger.post("/refer", TOLD).status_code == 400, "without the token of its page"


def test_what_is_missing_or_too_much_is_said_and_nothing_is_lost(client_for):
    switch_on()
    stranger = client_for()
    for wrong, message in (
        ({"danger": ""}, "Say whether a child is in danger now"),
        ({"reporter_phone": ""}, "Enter a phone number or an email address"),
        ({"concern": "x" * 20_001}, "The concern must be 20,000 characters or fewer"),
        ({"website": "http://example.test"}, "Leave this empty"),
    ):
        answer = stranger.post_form("/refer", TOLD | wrong)
        assert message in text(answer)
        assert 'value="Hedy Sendwell"' in answer.get_data(as_text=True)
    assert sent() == []


def test_one_place_cannot_fill_the_inbox(client_for):
    switch_on()
    stranger = client_for()
    for _ in range(FORM_FROM_HERE.tries):
        stranger.post_form("/refer", TOLD | {"reporter_phone": ""})  # not taken, so not counted
    for _ in range(FORM_FROM_HERE.tries):
        assert stranger.post_form("/refer", TOLD).status_code == 302
    answer = stranger.post_form("/refer", TOLD)
    assert answer.status_code == 429
    assert "What you typed is still here" in text(answer)
    assert 'value="Hedy Sendwell"' in answer.get_data(as_text=True)
    assert len(sent()) == FORM_FROM_HERE.tries
    assert all("127.0.0.1" not in key for key in db.session.scalars(select(RateCount.key)))


def test_a_form_becomes_a_consultation_with_what_was_sent(cast, client_for):
    school = make_organisation("Testwell School", sector="Independent school")
    typed = {"danger", "reporter_may_be_named", "children_count"}
    told = {name: value for name, value in TOLD.items() if name not in typed}
    form = a_form(**told, reporter_may_be_named=False, children_count=3)
    client = client_for(cast.support)
    assert "1 referral form waits in the inbox" in text(client.get("/"))
    assert form.reference in text(client.get("/inbox"))
    assert "Shouted at a child" in text(client.get(f"/inbox/{form.public_id}"))
    page = f"/consultations/add?form={form.public_id}"
    open_elsewhere = dict(client.form(page).fields)
    shown = client.follow(client.post_form(page))
    made = db.session.scalars(select(Consultation)).one()
    (subject,) = made.subjects
    assert made.origin is Origin.FORM
    assert made.received_on == form.sent_at.astimezone(clock.LONDON).date()
    assert made.contact_method
    assert made.contact_method.label == "Referral form"
    assert made.referrer_role == "Headteacher, Testwell School"
    assert made.referrer_may_be_named is False
    assert made.children_count == 3
    assert subject.position.organisation is school
    assert subject.position.sector is school.sector
    assert subject.position.role
    assert subject.position.role.label == "Teacher"
    assert subject.category.label == "Not yet clear"
    assert made.summary
    assert "Done so far: Spoke to them" in made.summary
    assert "Where: On the bus" in made.summary
    assert "asked to remain confidential" in text(shown)
    assert form.reference in text(shown)
    assert made.reference in text(client.get(f"/inbox/{form.public_id}"))
    for said in ("Shouted at a child", "Testerby", "Hedy Sendwell"):
        assert said not in text(client.get(f"/inbox/{form.public_id}"))
    assert client.get(page).status_code == 409
    again = client.post(page, open_elsewhere | {"adults-0-known": "new testerby wren"})
    assert "Somebody else has logged this form" in text(again)
    assert db.session.scalar(select(func.count()).select_from(Consultation)) == 1


def test_a_form_is_put_aside(cast, client_for):
    form = a_form()
    client = client_for(cast.lado)
    there = f"/inbox/{form.public_id}/put-aside"
    assert "Enter why it is put aside" in text(client.post_form(there, {"reason": ""}))
    assert "Put aside: R-" in text(client.follow(client.post_form(there, {"reason": "Twice"})))
    assert form.status is FormStatus.PUT_ASIDE
    assert "Twice" in text(client.get(f"/inbox/{form.public_id}"))


def test_a_form_about_a_user_is_not_there_for_them(cast, client_for):
    form = a_form(adult_surname="Testwell", adult_forename="Lada")
    client = client_for(cast.lado)
    for rest in ("", "/put-aside"):
        assert client.get(f"/inbox/{form.public_id}{rest}").status_code == 404
    assert client.get(f"/consultations/add?form={form.public_id}").status_code == 404
    assert "referral form" not in text(client.get("/"))
    assert form.reference not in text(client.get("/inbox"))
