"""The pages of consultations, as somebody at a keyboard meets them."""

from datetime import date, timedelta
from typing import Any

import pytest
from lxml import html
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from lado import clock
from lado.extensions import db
from lado.models import AuditEvent, Case, Child, Consultation, Note, Person, Position
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import CaseStatus, ConsultationStatus, DatePrecision, TermGroup
from lado.services import consultation as services
from lado.services import settings
from lado.services.consultation_child import ChildDetails
from tests.contacts import RECEIVED, adult, contact, decide, log, position, restrict_consultation
from tests.factories import make_organisation, make_person, term_id

ADD = "/consultations/add"
PROGRESS = "Progress to strategy discussion"
SINCE = "received_from-day=19&received_from-month=4&received_from-year=2026"
OVERLOOKED = (
    "Earlier records are listed above: say what weight they were given, or why none of them counts"
)
HOSTILE = [
    "<script>alert(1)</script>",
    "\"'><b>",
    "\u202eesrever",
    "🧸\u200d🧸",
    "nul\x00nul",
    "x" * 30_000,
    "¹²³",
    "=1+1",
    "{{ 7 * 7 }}",
]


def quick(**other: Any) -> dict[str, Any]:
    """What a call needs at least."""
    return {
        "received_on-day": "20",
        "received_on-month": "4",
        "received_on-year": "2026",
        "summary": "Held a child by the arm",
        "adults-0-sector_id": str(term_id(TermGroup.SECTOR, "Maintained school")),
        "adults-0-category_id": str(term_id(TermGroup.CATEGORY, "Physical abuse")),
    } | other


def decision(label: str = "Advice only", **other: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "earlier_records": "none_found",
        "term_id": str(term_id(TermGroup.DECISION, label)),
        "reasons": "The reasons",
        "decided_on-day": str(today.day),
        "decided_on-month": str(today.month),
        "decided_on-year": str(today.year),
    } | other


def count(thing: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(thing)) or 0


def page(response: TestResponse) -> Any:
    return html.document_fromstring(response.get_data(as_text=True))


def text(response: TestResponse) -> str:
    return " ".join(page(response).text_content().split())


def errors(response: TestResponse) -> list[str]:
    links = page(response).xpath("//*[contains(@class, 'govuk-error-summary__list')]//li")
    return [" ".join(link.text_content().split()) for link in links]


def value(response: TestResponse, name: str) -> str:
    field = page(response).xpath("//*[@name=$name][not(@type='radio')]", name=name)[-1]
    return field.value or ""


def url(consultation: Consultation, rest: str = "") -> str:
    return f"/consultations/{consultation.public_id}{rest}"


def newest() -> Consultation:
    return db.session.scalars(select(Consultation).order_by(Consultation.id.desc())).all()[0]


def test_the_quick_block_alone_logs_a_consultation(cast, client_for):
    client = client_for(cast.support)
    answer = client.post_form(ADD, quick())
    consultation = newest()
    assert answer.location == url(consultation)
    assert consultation.taken_by is cast.support
    shown = client.follow(answer)
    assert "Consultation logged: C-2026-00001" in text(shown)
    assert "Held a child by the arm" in text(shown)
    assert "Record decision" not in text(shown)


def test_everything_on_the_page_is_kept(cast, client_for):
    make_organisation("Testwell School")
    client = client_for(cast.lado)
    typed = quick(
        **{
            "referrer_name": "Sam Caller",
            "referrer_role": "Headteacher",
            "referrer_agency_id": str(term_id(TermGroup.AGENCY, "School")),
            "referrer_contact": "01234 567890",
            "referrer_may_be_named": "yes",
            "contact_method_id": str(term_id(TermGroup.CONTACT_METHOD, "Phone")),
            "taken_by": cast.manager.public_id,
            "happened_precision": "between",
            "happened_from-day": "1", "happened_from-month": "January",
            "happened_from-year": "2026",
            "happened_to-day": "1", "happened_to-month": "feb", "happened_to-year": "2026",
            "non_recent": "no",
            "aware_on-day": "19", "aware_on-month": "4", "aware_on-year": "2026",
            "late_report_reason": "Half-term",
            "setting": "testwell school",
            "children": "counted", "children_count": "3",
            "adults-0-surname": "Webtest", "adults-0-forename": "Wim",
            "adults-0-date_of_birth-day": "2", "adults-0-date_of_birth-month": "3",
            "adults-0-date_of_birth-year": "1980",
            "adults-0-sex": "male", "adults-0-paid": "yes",
            "adults-0-organisation": "Testwell School",
            "adults-0-role_id": str(term_id(TermGroup.ROLE, "Teacher")),
            "adults-0-context_id": str(term_id(TermGroup.CONTEXT, "At work")),
            "adults-0-further_positions-0-role_id": str(term_id(TermGroup.ROLE, "Sports coach")),
            "adults-0-further_positions-0-sector_id":
                str(term_id(TermGroup.SECTOR, "Independent school")),
            "adults-1-sector_id": str(term_id(TermGroup.SECTOR, "Maintained school")),
            "adults-1-category_id": str(term_id(TermGroup.CATEGORY, "Neglect")),
            "adults-1-organisation_itself": "yes",
            "adults-1-organisation": "Testwell School",
            "described_children-0-name": "Kit", "described_children-0-age": "9",
            "described_children-0-looked_after": "yes",
            "described_children-1-age": "7",
        }
    )  # fmt: skip
    shown = text(client.follow(client.post_form(ADD, typed)))
    for words in (
        "Wim Webtest", "Sam Caller", "01234 567890", "Mabel Testwell", "Testwell School itself",
        "Between 1 January 2026 and 1 February 2026", "19 April 2026", "Half-term", "Kit, aged 9",
        "Not named, aged 7", "Further position", "Sports coach", "At work", "Phone",
    ):  # fmt: skip
        assert words in shown, words
    consultation = newest()
    assert consultation.happened_precision is DatePrecision.BETWEEN
    assert consultation.children_count == 3
    assert [subject.non_recent for subject in consultation.subjects] == [False, False]
    assert consultation.setting is consultation.subjects[0].position.organisation


def test_an_empty_page_says_what_is_needed_and_where(cast, client_for):
    client = client_for(cast.lado)
    answer = client.post_form(ADD, {f"received_on-{part}": "" for part in ("day", "month", "year")})
    assert sorted(errors(answer)) == [
        "Enter the date it was received",
        "Enter what the concern is",
    ]
    links = page(answer).xpath("//*[contains(@class, 'govuk-error-summary__list')]//a/@href")
    ids = set(page(answer).xpath("//@id"))
    assert all(link.removeprefix("#") in ids for link in links)
    assert count(Consultation) == 0


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"received_on-month": "13"}, "received must be a real date. Check the month"),
        ({"received_on-year": ""}, "The date it was received must include a year"),
        ({"received_on-year": "2999"}, "must have a year from 1900 to 2200"),
        ({"received_on-year": "2100"}, "must be today or in the past"),
        ({"aware_on-day": "21", "aware_on-month": "4", "aware_on-year": "2026"},
         "must not be after the date it was received"),
        ({"happened_precision": "exact"}, "Enter when it happened"),
        ({"anonymous": "yes", "referrer_name": "Sam"}, "Leave the name empty"),
        ({"children": "counted"}, "Enter how many, 1 or more"),
        ({"children_count": "0"}, "must be a whole number from 1"),
        ({"setting": "Testwell Pool", "setting-choice": "new", "setting-asked": "testwell pool"},
         "Choose a sector"),
        ({"adults-0-forename": "Wim"}, "Enter the surname too"),
        ({"adults-0-surname": "?!"}, "Enter a surname that has letters in it"),
        ({"adults-0-organisation_itself": "yes"}, "Enter the organisation"),
        ({"taken_by": "nobody"}, "must be one of the choices on the page"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_is_there(cast, client_for, typed, message):
    answer = client_for(cast.lado).post_form(ADD, quick(**typed))
    assert answer.status_code == 200
    assert any(message in error for error in errors(answer)), errors(answer)
    assert value(answer, "summary").strip() == "Held a child by the arm"
    assert count(Consultation) == 0


def test_the_link_of_a_wrong_date_goes_to_the_wrong_input(cast, client_for):
    answer = client_for(cast.lado).post_form(ADD, quick(**{"received_on-month": "13"}))
    assert page(answer).xpath("//a[@href='#received_on-month']")


# All fields together, below what a form may have.
MOST_SENT = 1_000_000


@pytest.mark.parametrize("text_", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_in_every_field_of_the_call_is_never_a_failure(cast, client_for, text_):
    client = client_for(cast.lado)
    form = client.form(ADD)
    names = {name for name in form.fields if name not in ("csrf_token", "version")}
    names |= {f"adults-0-further_positions-0-{name}" for name in ("role_id", "sector_id", "paid")}
    names |= {"adults-²-surname", "adults-0-further_positions-٣-paid", "described_children-0-name"}
    answer = client.post_form(ADD, dict.fromkeys(names, text_[: MOST_SENT // len(names)]))
    assert answer.status_code == 200
    assert errors(answer)
    assert "<script>alert" not in answer.get_data(as_text=True)
    assert count(Consultation) == 0


@pytest.mark.parametrize("text_", HOSTILE[:4] + HOSTILE[7:])
def test_hostile_text_where_text_belongs_is_kept_as_text(cast, client_for, text_):
    client = client_for(cast.lado)
    answer = client.post_form(ADD, quick(summary=text_, referrer_role=text_))
    if answer.status_code == 200:
        assert "hidden characters" in errors(answer)[0]
        return
    shown = client.follow(answer)
    assert "<script>alert" not in shown.get_data(as_text=True)
    assert text_ in page(shown).text_content()


def test_a_name_that_is_on_record_is_asked_about(cast, client_for):
    known = make_person(surname="Webtest", forename="Wim")
    client = client_for(cast.lado)
    typed = quick(**{"adults-0-surname": "WEBTEST", "adults-0-forename": "wim"})
    asked = client.post_form(ADD, typed)
    assert errors(asked) == [
        "Somebody on record may be meant. Choose whether it is the same person"
    ]
    assert "4 March 1980" in text(asked)
    values = page(asked).xpath("//input[@name='adults-0-known']/@value")
    assert values == [known.public_id, "new webtest wim", "unsure webtest wim"]

    client.post_form(ADD, typed | {"adults-0-known": known.public_id})
    assert newest().subjects[0].person is known
    client.post_form(ADD, typed | {"adults-0-known": "new webtest wim"})
    assert newest().subjects[0].person is not known
    assert count(Person) == 2
    again = client.post_form(ADD, typed | {"adults-0-known": "new webtest else"})
    assert len(errors(again)) == 1


def test_nobody_is_offered_whom_the_reader_may_not_know_of(cast, client_for):
    known = make_person(surname="Webtest", forename="Wim")
    known.restricted = True
    db.session.commit()
    client = client_for(cast.lado)
    answer = client.post_form(
        ADD, quick(**{"adults-0-surname": "Webtest", "adults-0-forename": "Wim"})
    )
    assert answer.status_code == 302
    assert newest().subjects[0].person is not known


def test_who_types_a_name_that_is_not_kept_is_told(cast, client_for):
    client = client_for(cast.lado)
    assert "are not kept before there is a case" not in text(client.get("/consultations/add"))
    settings.change({"naming_policy": "pseudonymous"}, by=cast.administrator)
    consultation = log(cast.lado)
    for place in ("/consultations/add", url(consultation, "/edit")):
        assert "are not kept before there is a case" in text(client.get(place))


def test_a_consultation_begins_from_a_persons_page(cast, client_for):
    known = make_person(surname="Webtest", forename="Wim")
    log(cast.lado, adult(known))
    client = client_for(cast.lado)
    there = f"{ADD}?person={known.public_id}"
    assert value(client.get(there), "adults-0-surname") == "Webtest"
    assert value(client.get(there), "adults-0-organisation") == "Testwell School"
    client.post_form(
        there, {"summary": "Again", "adults-0-category_id": quick()["adults-0-category_id"]}
    )
    assert count(Consultation) == 2
    assert newest().subjects[0].person is known
    assert count(Position) == 1
    assert client.get(f"{ADD}?person=nobody").status_code == 404


@pytest.mark.parametrize(
    ("action", "name"),
    [("adult", "adults-1-surname"), ("child", "described_children-0-name"),
     ("position-0", "adults-0-further_positions-0-sector_id")],
)  # fmt: skip
def test_another_block_is_added_and_nothing_typed_is_lost(cast, client_for, action, name):
    client = client_for(cast.lado)
    answer = client.post_form(ADD, {"summary": "Half a sent", "action": action})
    assert answer.status_code == 200
    assert errors(answer) == []
    assert value(answer, "summary").strip() == "Half a sent"
    assert value(answer, name) == ""
    assert count(Consultation) == 0


def test_blocks_have_an_end(cast, client_for):
    client = client_for(cast.lado)
    many = {f"adults-{n}-surname": "Webtest" for n in range(400)}
    answer = client.post_form(ADD, many | {"action": "adult"})
    assert len(page(answer).xpath("//input[contains(@name, '-surname')]")) == 20
    assert client.post_form(ADD, {"action": "position-77"}).status_code == 200


def test_blocks_in_which_nothing_was_typed_are_not_asked_for(cast, client_for):
    client = client_for(cast.lado)
    client.post_form(
        ADD,
        quick(**{"adults-1-surname": "", "adults-1-paid": "not_known",
                 "adults-0-further_positions-0-paid": "not_known",
                 "described_children-0-name": " "}),
    )  # fmt: skip
    assert len(newest().subjects) == 1
    assert count(Child) == 0


def test_opening_a_consultation_is_noted(cast, client_for):
    consultation = log(cast.lado)
    client_for(cast.other_lado).get(url(consultation))
    (event,) = db.session.scalars(
        select(AuditEvent).where(AuditEvent.action == AuditAction.CONSULTATION_VIEWED)
    )
    assert (event.actor, event.record) == (cast.other_lado.public_id, consultation.public_id)


PLACES = ["", "/edit", "/notes/add", "/reopen", "/adults/1/decide"]


@pytest.mark.parametrize("place", PLACES)
def test_what_a_user_may_not_know_of_is_not_there(cast, client_for, place):
    restricted, own = log(cast.lado), log(cast.lado, adult(person := make_person()))
    if place == "/reopen":
        for each in (restricted, own):
            decide(each.subjects[0], cast.lado)
    restrict_consultation(restricted)
    cast.other_lado.person_id = person.id
    db.session.commit()
    client = client_for(cast.other_lado)
    for consultation in (restricted, own):
        assert client.get(url(consultation, place)).status_code == 404
        assert client.http.post(url(consultation, place)).status_code in (400, 404, 405)
    assert "C-2026" not in text(client.get("/consultations"))
    assert client_for(cast.lado).get(url(own, place)).status_code == 200


@pytest.mark.parametrize("place", ["/edit", "/notes/add", "/adults/1/decide"])
def test_access_lost_while_typing(cast, client_for, place):
    consultation = log(cast.lado)
    client = client_for(cast.other_lado)
    token = value(client.get(url(consultation, place)), "csrf_token")
    restrict_consultation(consultation)
    answer = client.post(url(consultation, place), {"csrf_token": token, "text": "Words"})
    assert answer.status_code == 404


@pytest.mark.parametrize("role", ["member", "auditor", "administrator"])
def test_roles_that_never_see_a_consultation(cast, client_for, role):
    consultation = log(cast.lado)
    client = client_for(getattr(cast, role))
    places = ["/consultations", ADD, *(url(consultation, place) for place in PLACES)]
    assert {client.get(place).status_code for place in places} == {403}


def test_business_support_logs_and_does_not_decide(cast, client_for):
    consultation = log(cast.lado)
    client = client_for(cast.support)
    assert client.get(url(consultation, "/edit")).status_code == 200
    assert client.get(url(consultation, "/adults/1/decide")).status_code == 403
    decide(consultation.subjects[0], cast.lado)
    assert client.get(url(consultation, "/reopen")).status_code == 403
    assert "Open again" not in text(client.get(url(consultation)))


def test_strangers_are_sent_to_sign_in(cast, client_for):
    consultation = log(cast.lado)
    for place in ("/consultations", ADD, *(url(consultation, place) for place in PLACES)):
        assert client_for().get(place).status_code in (302, 401)


def test_the_edit_page_saves_what_it_shows_unchanged(cast, client_for):
    consultation = services.log(
        contact=contact(setting="Testwell Pool",
                        setting_sector_id=term_id(TermGroup.SECTOR, "Independent school"),
                        happened_precision=DatePrecision.ABOUT, happened_from=RECEIVED),
        adults=[adult(make_person(), further_positions=[position("Tutor")]), adult()],
        children=[ChildDetails(name="Kit")],
        by=cast.lado,
    )  # fmt: skip
    client = client_for(cast.other_lado)
    answer = client.post_form(url(consultation, "/edit"), {})
    assert answer.status_code == 302
    (event,) = db.session.scalars(
        select(AuditEvent).where(AuditEvent.action == AuditAction.CONSULTATION_CHANGED)
    )
    assert event.detail == {}


def test_a_correction_an_addition_and_a_removal(cast, client_for):
    consultation = services.log(
        contact=contact(), adults=[adult()], children=[ChildDetails(name="Kit")], by=cast.lado
    )
    client = client_for(cast.lado)
    typed = {
        "summary": "Other words",
        "adults-0-surname": "Webtest",
        "described_children-0-name": "",
        "adults-1-sector_id": quick()["adults-0-sector_id"],
        "adults-1-category_id": quick()["adults-0-category_id"],
    }
    shown = text(client.follow(client.post_form(url(consultation, "/edit"), typed)))
    assert "Changes saved" in shown
    assert "Other words" in shown
    assert str(consultation.subjects[0].person.name) == "Webtest"
    assert len(consultation.subjects) == 2
    assert count(Child) == 0


def test_two_editors_neither_loses_a_word(cast, client_for):
    consultation = log(cast.lado)
    first, second = client_for(cast.lado), client_for(cast.other_lado)
    form = dict(second.form(url(consultation, "/edit")).form_values())
    first.post_form(url(consultation, "/edit"), {
        "summary": "Theirs", "adults-0-category_id": str(term_id(TermGroup.CATEGORY, "Neglect")),
    })  # fmt: skip
    answer = second.post(url(consultation, "/edit"), form | {"summary": "Mine"})
    assert "Somebody else saved this while you were writing" in errors(answer)[0]
    assert value(answer, "summary").strip() == "Mine"
    assert "Theirs" in text(answer)
    assert "Adult 1: Category of concern" in text(answer)
    again = dict(page(answer).forms[-1].form_values())
    assert second.post(url(consultation, "/edit"), again).status_code == 302
    db.session.expire_all()
    assert consultation.summary == "Mine"


def test_an_adult_added_by_somebody_else_meanwhile_stays(cast, client_for):
    consultation = log(cast.lado)
    client = client_for(cast.lado)
    form = dict(client.form(url(consultation, "/edit")).form_values())
    sector = {"adults-1-sector_id": form["adults-0-sector_id"]}
    neglect, own = (
        sector | {"adults-1-category_id": str(term_id(TermGroup.CATEGORY, label))}
        for label in ("Neglect", "Sexual abuse")
    )
    other = client_for(cast.manager)
    theirs = dict(other.form(url(consultation, "/edit")).form_values())
    assert other.post(url(consultation, "/edit"), theirs | neglect).status_code == 302
    answer = client.post(url(consultation, "/edit"), form | own)
    again = dict(page(answer).forms[-1].form_values())
    assert client.post(url(consultation, "/edit"), again).status_code == 302
    db.session.expire_all()
    assert [subject.category.label for subject in consultation.subjects] == [
        "Physical abuse",
        "Neglect",
        "Sexual abuse",
    ]


def test_an_edit_page_without_its_adults_takes_nobody_off(cast, client_for):
    consultation = log(cast.lado, adult(), adult())
    client = client_for(cast.lado)
    form = client.form(url(consultation, "/edit")).form_values()
    sent = {name: value for name, value in form if not name.startswith("adults-")}
    assert client.post(url(consultation, "/edit"), sent).status_code == 302
    db.session.expire_all()
    assert len(consultation.subjects) == 2


def test_nobody_is_added_to_what_is_decided(cast, client_for):
    consultation = log(cast.lado)
    decide(consultation.subjects[0], cast.lado)
    client = client_for(cast.lado)
    place = url(consultation, "/edit")
    assert "Add another adult" not in text(client.get(place))
    answer = client.post_form(place, {
        "adults-1-sector_id": quick()["adults-0-sector_id"],
        "adults-1-category_id": quick()["adults-0-category_id"],
    })  # fmt: skip
    assert "Open it again to add somebody to it" in errors(answer)[0]


def test_a_decision_is_recorded(cast, client_for):
    consultation = log(cast.lado)
    client = client_for(cast.lado)
    answer = client.post_form(
        url(consultation, "/adults/1/decide"),
        decision(
            "Low-level concern",
            advice="Speak to them",
            limbs=["harm", "risk"],
            primary_limb="risk",
            tier_id=str(term_id(TermGroup.TIER, "Tier 2")),
        ),
    )
    shown = text(client.follow(answer))
    for words in ("Decision recorded", "Low-level concern", "Speak to them", "Tier 2",
                  "(the main one)", "The reasons", "Looked; nothing found"):  # fmt: skip
        assert words in shown, words
    db.session.expire_all()
    assert consultation.status is ConsultationStatus.DECIDED


def test_to_progress_opens_a_case(cast, client_for):
    consultation = log(cast.lado)
    client = client_for(cast.lado)
    answer = client.post_form(
        url(consultation, "/adults/1/decide"), decision(PROGRESS, limbs=["harm"])
    )
    assert "PT-2026-0001" in text(client.follow(answer))
    assert count(Case) == 1


def test_to_progress_asks_which_case_where_one_is_open(cast, client_for):
    person = make_person()
    (first,) = log(cast.lado, adult(person)).subjects
    decide(first, cast.lado, PROGRESS)
    consultation = log(cast.lado, adult(person))
    place = url(consultation, "/adults/1/decide")
    client = client_for(cast.lado)
    asked = client.post_form(place, decision(PROGRESS, limbs=["harm"]))
    assert errors(asked) == [
        OVERLOOKED,
        "Choose whether to open a new case or to join one",
    ]
    assert "Join PT-2026-0001" in text(asked)
    typed = decision(PROGRESS, limbs=["harm"]) | {"earlier_records": "no_weight"}
    joins = typed | {"case": first.case.public_id}
    assert errors(client.post_form(place, joins)) == [
        "Say whether it tells of a further allegation"
    ]
    client.post_form(place, joins | {"further_allegation": "yes"})
    db.session.expire_all()
    assert consultation.subjects[0].case is first.case
    assert len(first.case.allegations) == 2
    other = log(cast.lado, adult(person))
    client.post_form(url(other, "/adults/1/decide"), typed | {"case": "new"})
    assert count(Case) == 2


def test_a_case_that_the_reader_may_not_know_of_is_not_offered(cast, client_for):
    (first,) = log(cast.lado, adult()).subjects
    decide(first, cast.lado, PROGRESS)
    first.case.restricted = True
    db.session.commit()
    consultation = log(cast.lado, adult())
    place = url(consultation, "/adults/1/decide")
    client = client_for(cast.other_lado)
    assert "PT-2026" not in text(client.get(place))
    answer = client.post_form(place, decision(PROGRESS, limbs=["harm"], case=first.case.public_id))
    assert "must be one of the choices" in errors(answer)[0]


def test_each_adult_is_decided_by_themselves(cast, client_for):
    consultation = log(cast.lado, adult(), adult())
    client = client_for(cast.lado)
    assert "Decide about adult 2" in text(client.get(url(consultation)))
    answer = client.post_form(url(consultation, "/adults/1/decide"), decision())
    assert answer.location == url(consultation, "/adults/2/decide")
    assert client.get(url(consultation, "/adults/3/decide")).status_code == 404


def test_what_is_known_is_seen_before_the_decision(cast, client_for):
    person = make_person()
    about_them = log(cast.lado, adult(person, position=position(organisation="Testwell Nursery")))
    at_school = log(cast.lado)
    consultation = log(cast.lado, adult(person))
    hidden = log(cast.lado, adult(person))
    restrict_consultation(hidden)
    shown = text(client_for(cast.lado).get(url(consultation, "/adults/1/decide")))
    assert about_them.reference in shown
    assert at_school.reference in shown
    assert hidden.reference not in shown


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"term_id": ""}, "Choose what is decided"),
        ({"reasons": " "}, "Enter the reasons for the decision"),
        ({"earlier_records": "decisive"}, "Say which earlier records had weight"),
        ({"decided_on-day": "19", "decided_on-month": "4", "decided_on-year": "2026"},
         "must be on or after 20 April 2026"),
        ({"limbs": ["harm", "risk"]}, "Choose which of the criteria is the main one"),
        ({"limbs": ["unsuitable"]}, "must be one of the choices"),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be(cast, client_for, typed, message):
    consultation = log(cast.lado)
    answer = client_for(cast.lado).post_form(
        url(consultation, "/adults/1/decide"), decision(**{"advice": "Kept"} | typed)
    )
    assert any(message in error for error in errors(answer)), errors(answer)
    assert value(answer, "advice").strip() == "Kept"
    db.session.expire_all()
    assert consultation.status is ConsultationStatus.OPEN


@pytest.mark.parametrize("text_", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("place", ["/adults/1/decide", "/notes/add", "/reopen", "/edit"])
def test_hostile_text_elsewhere(cast, client_for, place, text_):
    consultation = log(cast.lado)
    if place == "/reopen":
        decide(consultation.subjects[0], cast.lado)
    client = client_for(cast.lado)
    form = client.form(url(consultation, place))
    names = {name for name in form.fields if name not in ("csrf_token", "version")}
    answer = client.post_form(url(consultation, place), dict.fromkeys(names, text_))
    if answer.status_code == 302:
        assert place == "/reopen"
        answer = client.follow(answer)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.get_data(as_text=True)


def test_criteria_of_the_day_of_receipt_are_offered(cast, client_for):
    old = log(cast.lado, received_on=date(2012, 5, 1))
    shown = text(client_for(cast.lado).get(url(old, "/adults/1/decide")))
    assert "unsuitable to work with children" in shown
    assert "may not be suitable" not in shown


def test_a_decision_that_somebody_else_made_meanwhile(cast, client_for):
    consultation = log(cast.lado)
    client = client_for(cast.other_lado)
    place = url(consultation, "/adults/1/decide")
    form = dict(client.form(place).form_values())
    decide(consultation.subjects[0], cast.lado)
    answer = client.post(place, form | decision(reasons="My own words"))
    assert "already decided" in errors(answer)[0]
    assert value(answer, "reasons").strip() == "My own words"
    assert consultation.subjects[0].decision.reasons in text(answer)
    assert client.get(place).status_code == 409


def test_facts_that_changed_meanwhile_are_read_before_deciding(cast, client_for):
    consultation = log(cast.lado)
    client = client_for(cast.lado)
    place = url(consultation, "/adults/1/decide")
    form = dict(client.form(place).form_values())
    client_for(cast.manager).post_form(url(consultation, "/edit"), {"summary": "Worse"})
    answer = client.post(place, form | decision(reasons="My own words"))
    assert "Somebody else saved this" in errors(answer)[0]
    assert value(answer, "reasons").strip() == "My own words"
    assert "Worse" in text(answer)


def test_opened_again_with_a_reason_the_earlier_decision_stays_to_be_read(cast, client_for):
    consultation = log(cast.lado)
    decide(consultation.subjects[0], cast.lado)
    client = client_for(cast.manager)
    place = url(consultation, "/reopen")
    assert errors(client.post_form(place, {"reason": ""})) == [
        "Enter why this consultation is opened again"
    ]
    shown = text(client.follow(client.post_form(place, {"reason": "A second call"})))
    assert "Consultation opened again" in shown
    assert "A second call" in shown
    assert "The reasons" in shown
    assert "Awaiting decision. An earlier decision no longer stands:" in shown
    assert shown.index("An earlier decision") < shown.index("Earlier records")
    assert client.get(place).status_code == 409


def test_a_note_is_added(cast, client_for):
    consultation = log(cast.lado)
    client = client_for(cast.support)
    place = url(consultation, "/notes/add")
    assert errors(client.post_form(place, {"text": ""})) == ["Enter the note"]
    shown = text(client.follow(client.post_form(place, {"text": "They rang back"})))
    assert "They rang back" in shown
    assert "by Sufi Testwell" in shown
    assert count(Note) == 1


def test_a_concluded_case_refuses_in_words(cast, client_for):
    consultation = log(cast.lado)
    (subject,) = consultation.subjects
    decide(subject, cast.lado, PROGRESS)
    subject.case.status = CaseStatus.CONCLUDED
    db.session.commit()
    client = client_for(cast.lado)
    client.post_form(url(consultation, "/reopen"), {"reason": "More"})
    place = url(consultation, "/adults/1/decide")
    answer = client.post_form(place, decision(PROGRESS, limbs=["harm"]))
    assert "Open that case again first" in errors(answer)[0]


def test_the_list_is_empty_then_full_and_narrowed(cast, client_for):
    client = client_for(cast.lado)
    assert "No consultation is recorded yet" in text(client.get("/consultations"))
    for day in range(27):
        log(cast.lado, received_on=RECEIVED - timedelta(days=day))
    decide(db.session.scalars(select(Consultation)).all()[0].subjects[0], cast.lado)
    first = client.get("/consultations")
    (following,) = page(first).xpath("//a[@rel='next']/@href")
    second = client.get(following)
    assert len(page(first).xpath("//tbody/tr")) == 25
    assert len(page(second).xpath("//tbody/tr")) == 2
    assert "Showing 26 to 27 of 27" in text(second)
    assert len(page(client.get("/consultations?status=decided")).xpath("//tbody/tr")) == 1
    assert len(page(client.get("/consultations?stage=advice")).xpath("//tbody/tr")) == 1
    assert "No consultation fits this" in text(client.get("/consultations?stage=progress"))
    assert len(page(client.get(f"/consultations?{SINCE}")).xpath("//tbody/tr")) == 2
    oldest = page(client.get("/consultations?sort=received")).xpath("//tbody/tr[1]//a/text()")
    assert oldest == ["C-2026-00027"]


@pytest.mark.parametrize(
    "query",
    [
        "after=x", "before=%00", "after=&before=", "after=" + "9" * 99, "status=nonsense",
        "organisation=x", "taken_by=x",
        "sector=999999", "sector=x", "received_from-day=32", "mine=no", "sort=nonsense",
        "received_from-day=%00", "category=%F0%9F%A7%B8", "status=open&status=decided",
        f"received_to-day=1&received_to-month=1&received_to-year=1999&{SINCE}",
    ],
)  # fmt: skip
def test_a_list_asked_for_strangely(cast, client_for, query):
    log(cast.lado)
    assert client_for(cast.lado).get(f"/consultations?{query}").status_code == 200


def test_what_was_told_late_is_marked(cast, client_for):
    client = client_for(cast.lado)
    for days, late in ((0, False), (1, False), (5, True)):
        told = log(
            cast.lado,
            aware_on=RECEIVED - timedelta(days=days),
            late_report_reason="Half-term" if late else None,
        )
        assert ("It told the LADO late" in text(client.get(url(told)))) is late


def test_a_consultation_is_restricted_to_those_named_and_opened_again(cast, client_for):
    consultation = log(cast.lado)
    client, other = client_for(cast.lado), client_for(cast.other_lado)
    refused = client.post_form(url(consultation, "/restrict"))
    assert errors(refused)[0].startswith("Name a manager too")
    sent = {"named": [cast.manager.public_id]}
    assert "Only those named" in text(
        client.follow(client.post_form(url(consultation, "/restrict"), sent))
    )
    assert other.get(url(consultation)).status_code == 404
    client.follow(client.post_form(url(consultation, "/lift-restriction")))
    assert other.get(url(consultation)).status_code == 200


def test_a_person_named_in_error_is_replaced_on_the_page(cast, client_for):
    consultation = log(cast.lado, adult(make_person()))
    client = client_for(cast.lado)
    sent = {"adults-0-somebody_else": "yes", "adults-0-surname": "Meantwell"}
    client.follow(client.post_form(url(consultation, "/edit"), sent))
    db.session.expire_all()
    assert str(consultation.subjects[0].person.name) == "Meantwell"


def test_the_sector_is_asked_for_only_where_neither_employer_nor_role_tells_it(cast, client_for):
    client = client_for(cast.lado)
    new = {"adults-0-organisation": "Testwell Baths", "adults-0-sector_id": ""}
    for role, asked in (("Sports coach", False), ("Foster carer", True)):
        role_id = str(term_id(TermGroup.ROLE, role))
        answer = client.post_form(ADD, quick(**new, **{"adults-0-role_id": role_id}))
        (message,) = errors(answer)
        assert message.endswith("A new one needs its sector too") is asked
        (link,) = page(answer).xpath("//*[contains(@class, 'error-summary')]//a/@href")
        assert page(answer).get_element_by_id(link.removeprefix("#")).get("type") == "radio"
        (more,) = page(answer).get_element_by_id("adults-0-sector_id").iterancestors("details")
        assert ("open" in more.attrib) is asked
    add = {"adults-0-organisation-choice": "new", "adults-0-organisation-asked": "testwell baths"}
    carer = {"adults-0-role_id": str(term_id(TermGroup.ROLE, "Foster carer"))}
    answer = client.post_form(ADD, quick(**new, **add, **carer))
    (message,) = errors(answer)
    assert "new here" in message
