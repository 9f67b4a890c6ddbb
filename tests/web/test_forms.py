"""The kit: what each field takes, refuses and gives back."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
import time_machine
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField

from lado.errors import Conflict, Invalid, Refused
from lado.rules.vocabulary import Sex, StrandKind, TermGroup
from lado.services import organisation as organisations
from lado.services.organisation import OrganisationDetails
from lado.web.forms import (
    CheckboxesField,
    ConfirmField,
    DateField,
    EmailField,
    EnumField,
    Form,
    IntegerField,
    OrganisationField,
    Row,
    TermField,
    TextAreaField,
    TextField,
    UploadField,
    VersionedForm,
    YesNoField,
)
from lado.web.forms.dates import PARTS
from tests.support.hostile import HOSTILE
from tests.support.html import check_page

PAGE = """{% extends "base.html" %}
{% from "macros/forms.html" import form_tag, field, buttons %}
{% block page_title %}Try{% endblock %}
{% block content %}<h1>Try</h1>
{% call form_tag(form, upload=true) %}
{% for item in form if item.kind is defined and item.kind != "hidden" %}
{{ field(item) }}{% endfor %}
{{ buttons("Save") }}{% endcall %}{% endblock %}"""


class AdultRow(Row):
    surname = TextField("Surname", required="Enter the surname")


class Everything(VersionedForm):
    name = TextField("Name", required="Enter the name", longest=20)
    email = EmailField("Email address")
    story = TextAreaField("Story", longest=50)
    received_on = DateField("Date received", required="Enter the date received", past=True)
    sex = EnumField("Sex", enum=Sex)
    named = YesNoField("May they be named?", called="Whether they may be named")
    count = IntegerField("Children", least=1, most=500)
    sector = TermField("Sector", group=TermGroup.SECTOR)
    strands = CheckboxesField("Strands", enum=StrandKind)
    checked = ConfirmField("I have checked this", required="Tick to confirm")
    register = UploadField("Register")


VALID = {
    "name": "Ann",
    "received_on-day": "2",
    "received_on-month": "1",
    "received_on-year": "2026",
    "checked": "yes",
}


@pytest.fixture(autouse=True)
def no_token(app: Flask) -> Iterator[None]:
    app.config["WTF_CSRF_ENABLED"] = False
    with time_machine.travel(date(2026, 3, 1), tick=False):
        yield


def sent(app: Flask, data: object = None, form: type[Form] = Everything, **changes: object) -> Form:
    with app.test_request_context("/", method="POST", data=MultiDict(VALID | changes)):
        made = form()
        made.validate()
        return made


def error(form: Form, name: str) -> str:
    return str(form[name].error)


def test_what_is_valid_passes(app):
    form = sent(app, sex="female", named="no", count="1,2", strands=["police", "employer"])
    assert form.errors == {}
    assert form.received_on.data == date(2026, 1, 2)
    assert form.sex.data is Sex.FEMALE
    assert form.named.data is False
    assert form.count.data == 12
    assert form.strands.data == [StrandKind.POLICE, StrandKind.EMPLOYER]
    assert form.checked.data is True


def test_nothing_sent_says_what_is_missing(app):
    with app.test_request_context("/", method="POST"):
        form = Everything(data={"name": "Saved before"})
        assert not form.validate()
    assert error(form, "name") == "Enter the name"
    assert error(form, "received_on") == "Enter the date received"
    assert error(form, "checked") == "Tick to confirm"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ann \t Lee ", "Ann Lee"),
        ("one\r\ntwo", "one two"),
        ("e\u0301", "é"),
        ("\u200b \u200b", ""),
        ("👩🏽‍🏫", "👩🏽‍🏫"),
    ],
)
def test_a_line_is_cleaned_once(app, typed, kept):
    assert sent(app, name=typed).name.data == kept


def test_lines_are_kept_in_a_long_text(app):
    assert sent(app, story=" one\r\n\r\n  two \r").story.data == "one\n\n  two"


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "a\u202eb"])
def test_hidden_characters_are_taken_out_and_said(app, text):
    form = sent(app, name=text)
    assert form.name.data == "ab"
    assert "hidden characters" in error(form, "name")


def test_the_longest_text_is_the_longest(app):
    assert not sent(app, name="x" * 20).name.errors
    assert error(sent(app, name="x" * 21), "name") == "Name must be 20 characters or fewer"


def test_a_field_sent_twice_or_as_a_file_is_refused(app):
    assert "more than once" in error(sent(app, name=["a", "b"]), "name")
    with app.test_request_context(
        "/", method="POST", data=VALID | {"name": (BytesIO(b"x"), "x.txt")}
    ):
        form = Everything()
        assert not form.validate()
    assert "not sent as text" in error(form, "name")


def test_a_body_that_is_no_form_is_an_empty_form(app):
    with app.test_request_context("/", method="POST", json=["x"]):
        form = Everything(data={"name": "Saved before"})
        assert not form.validate()
    assert form.name.data == ""


@pytest.mark.parametrize(
    ("typed", "message", "focus"),
    [
        (("", "1", "2026"), "Date received must include a day", "day"),
        (("2", "", "2026"), "Date received must include a month", "month"),
        (("2", "", ""), "Date received must include a month and year", "month"),
        (("2", "1", "26"), "Date received must have a year of 4 numbers, like 2026", "year"),
        (("2", "1", "1899"), "Date received must have a year from 1900 to 2200", "year"),
        (("2", "13", "2026"), "Date received must be a real date. Check the month", "month"),
        (("31", "2", "2026"), "Date received must be a real date. Check the day", "day"),
        (("x", "2", "2026"), "Date received must be a real date. Check the day", "day"),
        (("١", "2", "2026"), "Date received must be a real date. Check the day", "day"),
        (("2", "3", "2026"), "Date received must be today or in the past", "day"),
    ],
)
def test_a_date_says_which_part_is_wrong(app, typed, message, focus):
    parts = {f"received_on-{part}": text for part, text in zip(PARTS, typed, strict=True)}
    form = sent(app, **parts)
    assert error(form, "received_on") == message
    assert (f"received_on-{focus}", message) in form.error_links
    assert [form.received_on.typed[part] for part in ("day", "month", "year")] == list(typed)


def test_only_the_wrong_part_is_red(app):
    field = sent(app, **{"received_on-month": "13"}).received_on
    assert [part for part in ("day", "month", "year") if field.is_wrong(part)] == ["month"]


@pytest.mark.parametrize("month", ["jan", "January", "JAN", "01"])
def test_a_month_may_be_a_word(app, month):
    assert sent(app, **{"received_on-month": month}).received_on.data == date(2026, 1, 2)


@pytest.mark.parametrize("typed", ["x", "0", "501", "1.5", "9" * 5000, "١"])
def test_a_number_says_its_range(app, typed):
    form = sent(app, count=typed)
    assert error(form, "count") == "Children must be a whole number from 1 to 500"
    assert form.count.typed == typed


@pytest.mark.parametrize("typed", ["x", "a@b", "a b@example.test", "@example.test", "a@b@c.test"])
def test_an_address_must_look_like_one(app, typed):
    assert error(sent(app, email=typed), "email") == ("Email address must be like name@example.com")


@pytest.mark.parametrize(
    ("name", "value"),
    [("sex", "robot"), ("sex", ["female", "male"]), ("strands", ["police", "x"]),
     ("sector", "999999"), ("named", "maybe")],
)  # fmt: skip
def test_a_choice_must_be_one_that_was_offered(app, name, value):
    form = sent(app, **{name: value})
    assert "must be one of the choices" in error(form, name)


def test_the_same_box_twice_is_one(app):
    assert sent(app, strands=["police", "police"]).strands.data == [StrandKind.POLICE]


def test_not_known_is_an_answer(app):
    class Asks(Form):
        named = YesNoField("May they be named?", required="Say whether they may be named")

    assert error(sent(app, form=Asks), "named") == "Say whether they may be named"
    answered = sent(app, form=Asks, named="not_known")
    assert not answered.errors
    assert answered.named.data is None


def test_a_retired_term_stays_on_its_own_record(app, term):
    retired = term(TermGroup.SECTOR, "Police")
    retired.valid_to = date(2025, 12, 31)
    with app.test_request_context("/"):
        offered = [choice.data for choice in Everything().sector.choices]
        kept = [choice.data for choice in Everything(data={"sector": retired.id}).sector.choices]
    assert retired.id not in offered
    assert retired.id in kept


def test_services_messages_land_on_their_fields(app):
    class Rows(Form):
        adults = FieldList(FormField(AdultRow), min_entries=2)

    form = sent(app, form=Rows, **{"adults-0-surname": "A", "adults-1-surname": "B"})
    assert not form.has_errors
    form.apply(Invalid({"adults-1-surname": "Not B", "nothing": "All wrong"}))
    assert form.error_links == [("", "All wrong"), ("adults-1-surname", "Not B")]


def test_run_maps_refusals_and_gives_results(app):
    def refuses() -> None:
        raise Refused("Not now.")

    form = sent(app)
    with app.test_request_context("/", method="POST"):
        assert form.run(lambda: 7)
        assert form.result == 7
        assert not form.run(refuses)
    assert form.error_links == [("", "Not now.")]


def test_a_second_editor_sees_what_the_first_saved(app, cast, monkeypatch):
    def conflicts() -> None:
        raise Conflict("changed")

    cast.lado.name = "Theirs"
    monkeypatch.setattr("lado.web.forms.form.db.session.refresh", lambda record: None)
    form = sent(app, version="7")
    with app.test_request_context("/", method="POST"):
        assert not form.run_on(cast.lado, conflicts)
    shown = {each.label: (each.mine[0].text, each.theirs[0].text) for each in form.differences}
    assert shown["Name"] == ("Ann", "Theirs")
    assert form.compared == cast.lado.version
    assert form.name.data == "Ann"


@pytest.mark.parametrize(
    "name",
    ["name", "email", "story", "received_on-day", "received_on-year", "sex", "named", "count",
     "sector", "strands", "checked", "register", "version"],
)  # fmt: skip
def test_hostile_text_comes_back_as_text(app, name):
    for text in HOSTILE.values():
        with app.test_request_context("/try", method="POST", data=VALID | {name: text}):
            form = Everything()
            form.validate()
            page = render_template_string(PAGE, form=form)
        check_page(page, "/try")
        assert "<script>alert" not in page
        assert form.has_errors == ("<title>Error: " in page)


class TestOrganisationField:
    """A name is enough; radios ask only when the name is not clear."""

    class Asks(Form):
        employer = OrganisationField("Employer", required="Enter the employer")

    @pytest.fixture
    def school(self, cast, term):
        return self.added(cast, term, "St Example's School")

    def added(self, cast, term, name):
        sector = term(TermGroup.SECTOR, "Police")
        details = OrganisationDetails(name, sector.id)
        return organisations.add(details=details, is_another=True, by=cast.lado)

    def sent(self, app, name, **other):
        answers = {f"employer-{key}": value for key, value in other.items()}
        data = MultiDict({"employer": name} | answers)
        with app.test_request_context("/try", method="POST", data=data):
            form = self.Asks()
            form.validate()
            check_page(render_template_string(PAGE, form=form), "/try")
            return form.employer

    def test_a_known_name_is_that_organisation(self, app, school):
        field = self.sent(app, "ST EXAMPLES  school")
        assert not field.errors
        assert field.data.organisation is school

    def test_an_unknown_name_asks_and_may_be_added(self, app, school):
        field = self.sent(app, "St Exampel School")
        assert "No organisation has exactly this name" in field.error
        assert field.near == [school]
        assert field.focus_id == "employer-choice"
        added = self.sent(app, "St Exampel School", choice="new", asked=field.folded)
        assert (added.data.name, added.data.organisation) == ("St Exampel School", None)
        chosen = self.sent(app, "St Exampel School", choice=school.public_id, asked=field.folded)
        assert chosen.data.organisation is school

    def test_an_answer_stands_for_its_own_name_only(self, app, school):
        field = self.sent(app, "Another", choice="new", asked="st exampel school")
        assert field.asks
        assert field.data is None

    def test_a_choice_that_was_not_offered_asks_again(self, app, school):
        assert self.sent(app, "Another", choice="nonsense", asked="another").asks

    def test_two_of_one_name_are_told_apart(self, app, cast, term, school):
        twin = self.added(cast, term, "St Examples School")
        field = self.sent(app, "St Example's School")
        assert "More than one organisation has this name" in field.error
        chosen = self.sent(app, "St Example's School", choice=twin.public_id, asked=field.folded)
        assert chosen.data.organisation is twin

    def test_nothing_or_too_much(self, app):
        assert self.sent(app, " ").error == "Enter the employer"
        assert "200 characters" in self.sent(app, "x" * 201).error

    def test_what_was_saved_is_shown(self, app, school):
        with app.test_request_context("/"):
            field = self.Asks(data={"employer": school}).employer
        assert (field.typed, field.data.organisation) == (school.name, school)

    def test_hostile_names(self, app):
        for text in HOSTILE.values():
            self.sent(app, text)
            self.sent(app, text, choice=text, asked=text)
