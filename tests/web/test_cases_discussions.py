"""Strategy discussions and actions on screen."""

from datetime import time

import pytest

from lado.rules.minutes import EARLIER_CONCERNS
from lado.rules.vocabulary import Attendance, DiscussionStatus, TermGroup
from lado.rules.words import long_day
from lado.services import discussion as discussions
from lado.services.restriction import restrict
from tests.case_parts import (
    agree,
    conclude_case,
    make_action,
    make_discussion,
    participant,
    proceedings,
    schedule_discussion,
)
from tests.factories import (
    days_ago,
    make_case,
    make_consultation,
    make_organisation,
    make_person,
    term_id,
    the_case,
    with_case,
)
from tests.support.hostile import attack


@pytest.fixture
def new_database(prepared):
    return prepared(with_case(9))


@pytest.fixture
def case(cast):
    return the_case()


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.lado)


def text(response) -> str:
    return response.get_data(as_text=True)


def at(case, rest=""):
    return f"/cases/{case.public_id}{rest}"


def day(name, number):
    when = days_ago(number)
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def person(number, **other):
    row = {"name": "A Fable", "agency_id": str(term_id(TermGroup.AGENCY, "Police"))} | other
    return {f"participants-{number}-{name}": value for name, value in row.items()}


class TestScheduling:
    def test_with_those_to_be_asked(self, client, case):
        sent = day("scheduled_on", -3) | {"scheduled_at": "2.30pm", "place": "Room 1"}
        sent |= person(0, attendance="invited")
        page = text(client.follow(client.post_form(at(case, "/discussions/schedule"), sent)))
        assert "at 14:30" in page
        assert "A Fable" in page
        (discussion,) = case.discussions
        assert discussion.scheduled_at == time(14, 30)
        assert len(discussion.participants) == 1

    def test_another_row_keeps_all_that_was_typed(self, client, case):
        sent = {"place": "Room 1", "action": "participant"} | person(0)
        page = client.post_form(at(case, "/discussions/schedule"), sent)
        assert page.status_code == 200
        assert "Person 4" in text(page)
        assert "Room 1" in text(page)
        assert "A Fable" in text(page)
        assert "There is a problem" not in text(page)
        assert case.discussions == []

    @pytest.mark.parametrize("where", ["schedule", "record"])
    def test_sent_blank_it_comes_back_with_rows_to_fill_in(self, client, case, where):
        page = text(client.post_form(at(case, f"/discussions/{where}"), {}))
        assert "There is a problem" in page
        assert 'name="participants-0-name"' in page
        assert ('name="actions-0-description"' in page) is (where == "record")

    def test_what_is_wrong_in_a_row_is_said_there(self, client, case):
        sent = day("scheduled_on", -3) | person(1, attendance="left_out", agency_id="")
        page = text(client.post_form(at(case, "/discussions/schedule"), sent))
        assert 'href="#participants-0-left_out_reason"' in page
        assert "Enter why they were left out" in page
        assert "Choose an agency" in page

    @pytest.mark.parametrize("typed", ["25:00", "14:60", "noon", "13pm", "99999"])
    def test_a_time_is_a_time(self, client, case, typed):
        sent = day("scheduled_on", -3) | {"scheduled_at": typed}
        page = text(client.post_form(at(case, "/discussions/schedule"), sent))
        assert "The time must be like 14:30" in page
        assert typed in page

    def test_is_changed_and_people_are_taken_off(self, client, case):
        rows = [participant(name=n, attendance=Attendance.INVITED) for n in ("One", "Two")]
        schedule_discussion(case, participants=rows)
        sent = {"place": "Room 2", "participants-0-drop": "yes"}
        page = text(client.follow(client.post_form(at(case, "/discussions/1/rearrange"), sent)))
        assert "Room 2" in page
        assert [row.name for row in case.discussions[0].participants] == ["Two"]

    def test_takes_no_harm(self, client, case):
        attack(client, at(case, "/discussions/schedule"), {"purpose": "initial"} | person(0))

    def test_is_cancelled_with_a_reason(self, client, case):
        schedule_discussion(case)
        assert "Enter why" in text(client.post_form(at(case, "/discussions/1/cancel"), {}))
        page = client.post_form(at(case, "/discussions/1/cancel"), {"reason": "Not needed"})
        assert "Not needed" in text(client.follow(page))
        assert client.get(at(case, "/discussions/1/record")).status_code == 409


RECORD = {"minutes-decisions": "Carry on", "purpose": "initial"}


class TestRecording:
    def test_one_that_was_scheduled(self, client, case):
        schedule_discussion(case)
        sent = RECORD | day("held_on", 1) | day("next_review_on", -27)
        sent |= person(0, attendance="attended")
        sent |= {
            "actions-0-description": "Ring the school",
            "actions-0-owner": "The LADO",
            "actions-0-agency_id": str(term_id(TermGroup.AGENCY, "School")),
        } | day("actions-0-due_on", -5)
        add_a_row = client.post_form(at(case, "/discussions/1/record"), {"action": "action"})
        assert "Action 1" in text(add_a_row)
        page = text(client.follow(client.post_form(at(case, "/discussions/1/record"), sent)))
        assert "Carry on" in page
        assert "Ring the school" in page
        assert case.discussions[0].status is DiscussionStatus.HELD

    def test_one_that_nobody_scheduled(self, client, case):
        sent = RECORD | day("held_on", 1) | day("next_review_on", -27)
        client.follow(client.post_form(at(case, "/discussions/record"), sent))
        assert case.discussions[0].number == 1

    def test_the_next_review_is_asked_for_and_all_that_was_typed_stays(self, client, case):
        sent = RECORD | day("held_on", 1) | {"minutes-safety": "All safe now"}
        sent |= person(0, attendance="attended")
        page = text(client.post_form(at(case, "/discussions/record"), sent))
        assert "Enter when the case is reviewed next" in page
        assert "All safe now" in page
        assert "A Fable" in page

    def test_the_same_people_are_offered_the_next_time(self, client, case):
        make_discussion(case)
        values = dict(client.form(at(case, "/discussions/record")).form_values())
        assert values["participants-0-name"] == "A Fable"
        assert values["purpose"] == "review"
        assert not values.get("participants-0-attendance")

    def test_two_at_once_see_what_the_other_wrote(self, client, cast, case):
        discussion = make_discussion(case)
        url = at(case, "/discussions/1/edit")
        sent = dict(client.form(url).form_values()) | {"minutes-decisions": "What I wrote"}
        theirs = proceedings(
            case, minutes={"decisions": "What they wrote"}, participants=[participant(name="Ot")]
        )
        discussions.change(discussion, theirs, version=discussion.version, by=cast.manager)
        page = text(client.http.post(url, data=sent))
        assert "Somebody else saved this" in page
        assert "What <mark>they </mark>wrote" in page
        assert "What <mark>I </mark>wrote" in page
        assert "<mark>Ot, </mark>Detective" in page
        saved = dict(sent) | {"version": str(discussion.version)}
        client.follow(client.http.post(url, data=saved))
        assert discussion.minutes[0].text == "What I wrote"

    def test_takes_no_harm(self, client, case):
        make_discussion(case)
        attack(client, at(case, "/discussions/1/edit"), RECORD)
        attack(client, at(case, "/discussions/record"), RECORD | day("held_on", 1))

    def test_a_number_of_rows_that_no_page_has_is_no_harm(self, client, case):
        rows = {f"participants-{n}-name": "x" for n in (61, 500, 999, "x", "-1", 10**12)}
        assert client.post_form(at(case, "/discussions/record"), RECORD | rows).status_code == 200


class TestBeforehand:
    def test_the_invitation_the_lists_and_the_agenda(self, client, case):
        invited = [participant(attendance=Attendance.INVITED)]
        schedule_discussion(case, participants=invited, place="Madeup House, Testwell")
        page = text(client.get(at(case, "/discussions/1/invitation")))
        assert f"Strategy discussion 1, {case.reference}" in page
        answer = client.get(at(case, "/discussions/1/invitation/calendar"))
        assert answer.content_type.startswith("text/calendar")
        assert f"{case.reference}-1.ics" in answer.headers["Content-Disposition"]
        assert "A Fable" in text(client.get(at(case, "/discussions/1/agenda")))
        for file_format in ("pdf", "docx"):
            answer = client.get(at(case, f"/discussions/1/agenda/{file_format}"))
            assert answer.status_code == 200
        url = at(case, "/discussions/1/requests")
        agency = f"agency_{term_id(TermGroup.AGENCY, 'Police')}"
        page = text(client.follow(client.post_form(url, {agency: "crime_number"})))
        assert "1 of 3 received" in page
        assert "Received on" in text(client.get(url))
        answer = client.post_form(url, {agency: "no such thing"})
        assert "not one of the choices" in text(answer) or answer.status_code == 200
        assert [each.code for each in case.discussions[0].received] == ["crime_number"]
        client.follow(client.post_form(url, {agency: []}))
        assert not case.discussions[0].received

    def test_one_that_nobody_arranged_has_no_invitation(self, client, case):
        make_discussion(case)
        assert client.get(at(case, "/discussions/1/invitation")).status_code == 404

    def test_the_record_begins_with_what_is_known_of_the_person_and_the_setting(self, client, cast):
        place, person = make_organisation("Oakfield School"), make_person()
        earlier = make_consultation(person=person, organisation="Elsewhere")
        at_place = make_consultation(organisation=place)
        caller = make_case(person=person, organisation=place, referrer_name="Quill Testerly")
        hidden = make_consultation(person=person, by=cast.manager)
        restrict(hidden, to=[cast.lado], version=hidden.version, by=cast.manager)
        later = make_consultation(person=person, received_on=days_ago(0))
        url = at(caller, "/discussions/record")
        begun = dict(client.form(url).form_values())["minutes-earlier_concerns"]
        person_part, setting_part = begun.split("\n\n")
        assert earlier.reference in person_part
        assert at_place.reference in setting_part
        assert setting_part.startswith("Oakfield School, from the record")
        own = caller.subjects[0].consultation.reference
        for each in (own, hidden.reference, "Quill", caller.reference):
            assert each not in begun
        assert later.reference in begun
        sent = RECORD | day("held_on", 1) | day("next_review_on", -27)
        client.follow(client.post_form(url, sent))
        (begun,) = (m.text for m in caller.discussions[0].minutes if m.heading == EARLIER_CONCERNS)
        assert earlier.reference in begun
        assert later.reference not in begun, "it was received after the meeting"
        sent = RECORD | day("held_on", 1) | day("next_review_on", -27)
        sent |= {"minutes-earlier_concerns": "Put in our own words"}
        client.follow(client.post_form(url, sent))
        written = {minute.heading: minute.text for minute in caller.discussions[1].minutes}
        assert written["earlier_concerns"] == "Put in our own words"


class TestMinutes:
    def test_are_agreed_then_circulated(self, client, client_for, cast, case):
        make_discussion(case)
        url = at(case, "/discussions/1")
        assert "Agree minutes" not in text(client_for(cast.support).get(url))
        page = client.follow(client.post_form(url, {}))
        assert "Minutes agreed" in text(page)
        assert client.get(at(case, "/discussions/1/edit")).status_code == 409
        support = client_for(cast.support)
        sent = {"sent-1-recipient": "The head, School"} | day("sent-1-sent_on", 0)
        answer = support.post_form(at(case, "/discussions/1/circulate"), sent)
        page = text(support.follow(answer))
        assert "Minutes circulated from" in page
        assert "A Fable, Police" in page
        assert "The head, School" in page
        values = dict(support.form(at(case, "/discussions/1/circulate")).form_values())
        assert not values.get("sent-0-recipient")

    def test_a_redacted_copy_is_made_and_each_recipient_has_theirs(self, client, case):
        said = {"decisions": "Go on [[he said]]", "support": "A friend at work"}
        make_discussion(case, minutes=said)
        assert client.get(at(case, "/discussions/1/copies/add")).status_code == 409
        client.follow(client.post_form(at(case, "/discussions/1"), {}))
        assert "[[" not in text(client.get(at(case, "/discussions/1")))
        url = at(case, "/discussions/1/copies/add")
        assert "Choose what this copy leaves out" in text(
            client.post_form(url, {"made_for": "The employer"})
        )
        sent = {"made_for": "The employer", "withheld": "support", "passages": "yes"}
        page = text(client.follow(client.post_form(url, sent)))
        assert "Copy for The employer" in page
        assert "A friend at work" not in page
        assert "he said" not in page
        url = at(case, "/discussions/1/circulate")
        assert "Choose which copy they got" in text(client.post_form(url, {}))
        page = client.follow(client.post_form(url, {"sent-0-copy": "2"}))
        (version,) = case.discussions[0].versions
        assert [each.copy.number for each in version.circulations] == [2]
        for file_format in ("pdf", "docx"):
            answer = client.get(at(case, f"/discussions/1/versions/1/copies/2/{file_format}"))
            name = f"{case.reference}-1-minutes-1-copy-2.{file_format}"
            assert name in answer.headers["Content-Disposition"]
        assert client.get(at(case, "/discussions/1/versions/1/copies/3")).status_code == 404
        assert client.get(at(case, "/discussions/1/versions/1/copies/2/exe")).status_code == 404

    def test_a_copy_made_by_mistake_is_withdrawn_and_stays_on_the_list(self, client, case):
        make_discussion(case, minutes={"decisions": "Go on", "support": "A friend at work"})
        client.follow(client.post_form(at(case, "/discussions/1"), {}))
        url = at(case, "/discussions/1/copies/add")
        sent = {"made_for": "The employer", "withheld": "support"}
        assert "Withdraw it" in text(client.follow(client.post_form(url, sent)))
        copy = at(case, "/discussions/1/versions/1/copies/2")
        assert "Enter why this copy" in text(client.post_form(f"{copy}/withdraw"))
        page = text(client.follow(client.post_form(f"{copy}/withdraw", {"reason": "Too little"})))
        assert "Copy for The employer" in page
        assert "Withdrawn" in page
        assert "Too little" in text(client.get(copy))
        assert client.get(f"{copy}/pdf").status_code == 409
        assert "Copy for The employer" not in text(client.get(at(case, "/discussions/1/circulate")))

    def test_are_corrected_as_a_new_version_and_the_first_stays_readable(self, client, case):
        make_discussion(case, minutes={"decisions": "The first text"})
        client.follow(client.post_form(at(case, "/discussions/1"), {}))
        client.follow(client.post_form(at(case, "/discussions/1/circulate"), {}))
        page = client.post_form(at(case, "/discussions/1/correct"), {"reason": "A wrong word"})
        client.follow(page)
        sent = {"minutes-decisions": "The second text"}
        page = text(client.follow(client.post_form(at(case, "/discussions/1/edit"), sent)))
        assert "The second text" in page
        page = text(client.get(at(case, "/discussions/1/versions/1/copies/1")))
        assert "The first text" in page
        assert "A wrong word" in page
        assert "no longer stand" in page
        assert client.get(at(case, "/discussions/1/minutes/pdf")).status_code == 200

    def test_an_older_page_does_not_agree_what_was_changed_since(self, client, cast, case):
        discussion = make_discussion(case)
        sent = dict(client.form(at(case, "/discussions/1")).form_values())
        discussions.change(
            discussion, proceedings(case), version=discussion.version, by=cast.manager
        )
        answer = client.http.post(at(case, "/discussions/1/agree"), data=sent)
        assert answer.status_code == 409
        assert discussion.status is DiscussionStatus.HELD

    def test_circulation_takes_no_harm(self, client, cast, case):
        discussion = make_discussion(case)
        agree(discussion)
        attack(client, at(case, "/discussions/1/circulate"), {"sent-0-sent_on-day": "1"})


class TestActions:
    def test_are_added_done_and_waived(self, client, case):
        sent = {
            "description": "Ring the school",
            "owner": "The LADO",
            "agency_id": str(term_id(TermGroup.AGENCY, "School")),
        } | day("due_on", -3)
        page = client.follow(client.post_form(at(case, "/actions/add"), sent))
        assert "Ring the school" in text(page)
        page = client.follow(client.post_form(at(case, "/actions/1/finish"), {"result": "Rang"}))
        assert "Rang" in text(page)
        assert client.get(at(case, "/actions/1/waive")).status_code == 409
        make_action(case)
        assert "no longer needed" in text(client.post_form(at(case, "/actions/2/waive"), {}))
        client.follow(client.post_form(at(case, "/actions/2/waive"), {"reason": "Moved away"}))
        assert [action.is_open for action in case.actions] == [False, False]

    def test_are_changed_with_a_reason_where_the_day_is_moved(self, client, cast, case):
        before = make_action(case)
        was = before.due_on
        edit = at(case, "/actions/1/edit")
        client.follow(client.post_form(edit, {"owner": "Her deputy"}))
        moved = {"description": "Ask the school twice"} | day("due_on", -30)
        page = text(client.post_form(edit, moved))
        assert "Enter why the day is moved" in page
        assert "Ask the school twice" in page
        page = text(client.follow(client.post_form(edit, moved | {"reason": "School holidays"})))
        assert f"was {was.day} {was:%b}" in page
        page = text(client.get(at(case, "/chronology")))
        for words in (
            "School holidays", "Before: Ask the school (Her deputy)",
            "Before: Ask the school (The head)",
            f"due {long_day(days_ago(-30))} instead of {long_day(was)}",
        ):  # fmt: skip
            assert words in page, words
        assert client.get(at(case, "/chronology?kind=action")).status_code == 200

    def test_take_no_harm(self, client, case):
        attack(client, at(case, "/actions/add"), {"owner": "x"})
        make_action(case)
        attack(client, at(case, "/actions/1/edit"), {"owner": "x"})


def test_the_record_of_a_concluded_case_offers_no_new_action(client, case):
    make_discussion(case)
    conclude_case(case, gate=False)
    page = text(client.get(at(case, "/discussions/1/edit")))
    assert "no action can be added" in page
    assert 'name="actions-0-description"' not in page
