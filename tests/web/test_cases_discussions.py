"""Strategy discussions and actions on screen."""

from datetime import time

import pytest

from lado.rules.vocabulary import Attendance, DiscussionStatus, TermGroup
from lado.services import discussion as discussions
from tests.case_parts import (
    conclude_case,
    make_action,
    make_discussion,
    participant,
    proceedings,
    schedule_discussion,
)
from tests.factories import days_ago, make_case, term_id
from tests.support.hostile import attack


@pytest.fixture
def case(cast):
    return make_case(received_on=days_ago(9))


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


class TestMinutes:
    def test_are_agreed_then_circulated(self, client, client_for, cast, case):
        make_discussion(case)
        url = at(case, "/discussions/1")
        assert "Agree minutes" not in text(client_for(cast.support).get(url))
        page = client.follow(client.post_form(url, {}))
        assert "Minutes agreed" in text(page)
        assert client.get(at(case, "/discussions/1/edit")).status_code == 409
        support = client_for(cast.support)
        answer = support.post_form(at(case, "/discussions/1/circulate"), day("circulated_on", 0))
        assert "Minutes circulated on" in text(support.follow(answer))

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
        discussions.agree_minutes(discussion, version=discussion.version, by=cast.lado)
        attack(client, at(case, "/discussions/1/circulate"), {"circulated_on-day": "1"})


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

    def test_take_no_harm(self, client, case):
        attack(client, at(case, "/actions/add"), {"owner": "x"})


def test_the_record_of_a_concluded_case_offers_no_new_action(client, case):
    make_discussion(case)
    conclude_case(case)
    page = text(client.get(at(case, "/discussions/1/edit")))
    assert "no action can be added" in page
    assert 'name="actions-0-description"' not in page
