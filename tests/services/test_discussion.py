from dataclasses import replace
from datetime import time, timedelta

import pytest

from lado import clock
from lado.errors import Conflict, Forbidden, Invalid, Refused
from lado.rules.minutes import HEADINGS
from lado.rules.vocabulary import (
    Attendance,
    DiscussionPurpose,
    DiscussionStatus,
    TermGroup,
)
from lado.services import discussion as discussions
from lado.services.action import finish_action, waive_action
from lado.services.case_closure import reopen
from tests.case_parts import (
    action_details,
    agree,
    arrangement,
    conclude_case,
    make_action,
    make_discussion,
    participant,
    proceedings,
    schedule_discussion,
)
from tests.factories import days_ago, term_id, the_case, with_case


@pytest.fixture
def new_database(prepared):
    return prepared(with_case(20))


@pytest.fixture
def case(cast):
    return the_case()


def refusal(action, *args, **kwargs):
    with pytest.raises(Invalid) as refused:
        action(*args, **kwargs)
    return set(refused.value.messages)


class TestScheduling:
    def test_is_numbered_in_its_case(self, cast, case):
        first = schedule_discussion(case, scheduled_at=time(14, 30), place="Room 1")
        second = schedule_discussion(case)
        assert (first.number, second.number) == (1, 2)
        assert first.status is DiscussionStatus.SCHEDULED
        assert (first.scheduled_at, first.place) == (time(14, 30), "Room 1")

    def test_those_invited_and_left_out_are_kept(self, cast, case):
        people = [
            participant(name="One", attendance=Attendance.INVITED),
            participant(
                name="Two", attendance=Attendance.LEFT_OUT, left_out_reason="May be involved"
            ),
        ]
        discussion = schedule_discussion(case, participants=people)
        assert [(p.number, p.name, p.left_out_reason) for p in discussion.participants] == [
            (1, "One", None),
            (2, "Two", "May be involved"),
        ]

    def test_nobody_came_yet(self, cast, case):
        assert refusal(schedule_discussion, case, participants=[participant()]) == {
            "participants-0-attendance"
        }

    def test_not_before_the_case_was_opened(self, cast, case):
        assert refusal(schedule_discussion, case, scheduled_on=days_ago(21)) == {"scheduled_on"}

    def test_not_on_a_concluded_case(self, cast, case):
        conclude_case(case, gate=False)
        with pytest.raises(Refused):
            schedule_discussion(case)

    def test_not_for_another_day_once_the_case_is_concluded(self, cast, case):
        discussion = schedule_discussion(case)
        conclude_case(case, gate=False)
        later = arrangement(case, scheduled_on=days_ago(-9))
        with pytest.raises(Refused, match="Reopen it"):
            discussions.rearrange(discussion, later, version=discussion.version, by=cast.lado)

    def test_is_arranged_for_another_day(self, cast, case):
        people = [participant(name=n, attendance=Attendance.INVITED) for n in ("One", "Two")]
        discussion = schedule_discussion(case, participants=people)
        later = arrangement(case, scheduled_on=days_ago(-9), participants=people[1:])
        discussions.rearrange(discussion, later, version=discussion.version, by=cast.support)
        assert discussion.scheduled_on == days_ago(-9)
        assert [p.name for p in discussion.participants] == ["Two"]

    def test_an_older_page_is_a_conflict(self, cast, case):
        discussion = schedule_discussion(case)
        version = discussion.version
        same = arrangement(case)
        discussions.rearrange(discussion, same, version=version, by=cast.lado)
        with pytest.raises(Conflict):
            discussions.rearrange(discussion, same, version=version, by=cast.support)

    def test_one_that_was_held_is_not_arranged_again(self, cast, case):
        discussion = make_discussion(case)
        with pytest.raises(Refused):
            discussions.rearrange(
                discussion, arrangement(case), version=discussion.version, by=cast.lado
            )


class TestRecording:
    def test_one_that_was_scheduled(self, cast, case):
        discussion = schedule_discussion(case)
        held = proceedings(
            case,
            held_on=days_ago(2),
            joint=True,
            participants=[
                participant(
                    name="One", conflict_of_interest="A cousin", conflict_handled="Left the room"
                ),
                participant(name="Two"),
            ],
            minutes={"safety": "Safe", "decisions": "Go on", "support": " "},
            actions=[action_details(description="First"), action_details(description="Second")],
        )
        discussions.record(
            case, held, discussion=discussion, version=discussion.version, by=cast.support
        )
        assert discussion.status is DiscussionStatus.HELD
        assert discussion.joint
        assert [(p.name, p.conflict_handled) for p in discussion.participants] == [
            ("One", "Left the room"),
            ("Two", None),
        ]
        assert {m.heading: m.text for m in discussion.minutes} == {
            "safety": "Safe",
            "decisions": "Go on",
        }
        assert [(a.number, a.description) for a in discussion.actions] == [
            (1, "First"),
            (2, "Second"),
        ]

    def test_one_that_nobody_scheduled(self, cast, case):
        discussion = make_discussion(case, held_on=days_ago(1))
        assert (discussion.number, discussion.held_on) == (1, days_ago(1))

    def test_the_next_review_is_needed_except_after_a_final_one(self, cast, case):
        assert refusal(make_discussion, case, next_review_on=None) == {"next_review_on"}
        make_discussion(case, next_review_on=None, purpose=DiscussionPurpose.FINAL)

    def test_the_next_review_is_not_before_it(self, cast, case):
        held = days_ago(3)
        early = held - timedelta(days=1)
        assert refusal(make_discussion, case, held_on=held, next_review_on=early) == {
            "next_review_on"
        }

    @pytest.mark.parametrize("days", [-1, 21])
    def test_on_a_day_when_the_case_was_open(self, cast, case, days):
        assert "held_on" in refusal(make_discussion, case, held_on=days_ago(days))

    def test_not_between_two_spells(self, cast, case):
        conclude_case(case, gate=False, concluded_on=days_ago(10))
        reopen(
            case,
            reopened_on=days_ago(5),
            reason="More",
            review_on=clock.today(),
            version=case.version,
            by=cast.lado,
        )
        assert refusal(make_discussion, case, held_on=days_ago(7)) == {"held_on"}
        make_discussion(case, held_on=days_ago(12))

    def test_one_held_before_the_conclusion_may_be_recorded_after_it(self, cast, case):
        discussion = schedule_discussion(case)
        conclude_case(case, gate=False, concluded_on=days_ago(3))
        held = proceedings(case, held_on=days_ago(4), next_review_on=None)
        discussions.record(
            case, held, discussion=discussion, version=discussion.version, by=cast.lado
        )
        assert discussion.status is DiscussionStatus.HELD

    def test_a_concluded_case_has_its_record_corrected_and_gains_no_action(self, cast, case):
        discussion = make_discussion(case, held_on=days_ago(4))
        conclude_case(case, gate=False, concluded_on=days_ago(3))
        corrected = proceedings(case, held_on=days_ago(5), next_review_on=None)
        with pytest.raises(Invalid, match="only while the case is open") as invalid:
            discussions.change(
                discussion,
                replace(corrected, actions=[action_details()]),
                version=discussion.version,
                by=cast.lado,
            )
        assert set(invalid.value.messages) == {"actions-0-description"}
        discussions.change(discussion, corrected, version=discussion.version, by=cast.lado)
        assert discussion.held_on == days_ago(5)
        assert case.actions == []

    def test_each_participant_and_action_is_whole(self, cast, case):
        messages = refusal(
            make_discussion,
            case,
            participants=[
                participant(name=" ", agency_id=None, attendance=None),
                participant(attendance=Attendance.LEFT_OUT),
                participant(agency_id=term_id(TermGroup.ROLE, "Teacher")),
                participant(conflict_of_interest="A cousin"),
                participant(conflict_handled="Left the room"),
            ],
            minutes={"safety": "Safe [[for now"},
            actions=[
                action_details(description="", owner=" ", agency_id=None, due_on=None),
                action_details(due_on=days_ago(30)),
            ],
        )
        assert messages == {
            "participants-0-name",
            "participants-0-agency_id",
            "participants-0-attendance",
            "participants-1-left_out_reason",
            "participants-2-agency_id",
            "participants-3-conflict_handled",
            "participants-4-conflict_of_interest",
            "minutes-safety",
            "actions-0-description",
            "actions-0-owner",
            "actions-0-agency_id",
            "actions-0-due_on",
            "actions-1-due_on",
        }

    def test_once(self, cast, case):
        discussion = make_discussion(case)
        with pytest.raises(Refused):
            discussions.record(
                case,
                proceedings(case),
                discussion=discussion,
                version=discussion.version,
                by=cast.lado,
            )

    def test_not_by_somebody_who_may_not(self, cast, case):
        with pytest.raises(Forbidden):
            make_discussion(case, cast.member)

    def test_a_heading_that_does_not_exist_is_a_mistake_of_ours(self, cast, case):
        with pytest.raises(ValueError, match="heading"):
            make_discussion(case, minutes={"weather": "Fine"})


class TestChanging:
    def test_until_the_minutes_are_agreed(self, cast, case):
        discussion = make_discussion(case, actions=[action_details()])
        more = proceedings(
            case,
            participants=[participant(name="Other")],
            minutes={"decisions": "Otherwise", "safety": "Safe"},
            actions=[action_details(description="Another")],
        )
        discussions.change(discussion, more, version=discussion.version, by=cast.lado)
        assert [p.name for p in discussion.participants] == ["Other"]
        assert {m.heading: m.text for m in discussion.minutes} == dict(more.minutes)
        assert [a.number for a in discussion.actions] == [1, 2]
        agree(discussion)
        with pytest.raises(Refused, match="agreed"):
            discussions.change(discussion, more, version=discussion.version, by=cast.lado)

    def test_two_at_once_is_a_conflict_though_only_the_minutes_changed(self, cast, case):
        discussion = make_discussion(case)
        version = discussion.version
        mine = proceedings(case, minutes={"decisions": "Mine"})
        discussions.change(discussion, mine, version=version, by=cast.lado)
        theirs = proceedings(case, minutes={"decisions": "Theirs"})
        with pytest.raises(Conflict):
            discussions.change(discussion, theirs, version=version, by=cast.support)
        assert discussion.minutes[0].text == "Mine"


class TestCancelling:
    def test_with_a_reason(self, cast, case):
        discussion = schedule_discussion(case)
        assert refusal(
            discussions.cancel, discussion, reason=" ", version=discussion.version, by=cast.lado
        ) == {"reason"}
        discussions.cancel(
            discussion, reason="Joined another", version=discussion.version, by=cast.support
        )
        assert discussion.status is DiscussionStatus.CANCELLED

    def test_not_one_that_was_held(self, cast, case):
        discussion = make_discussion(case)
        with pytest.raises(Refused):
            discussions.cancel(discussion, reason="x", version=discussion.version, by=cast.lado)


class TestActions:
    def test_are_done_once(self, cast, case):
        action = make_action(case)
        finish_action(action, done_on=days_ago(1), result="Asked", by=cast.support)
        assert (action.done_on, action.result, action.is_open) == (days_ago(1), "Asked", False)
        with pytest.raises(Refused):
            finish_action(action, done_on=days_ago(1), result="", by=cast.lado)
        with pytest.raises(Refused):
            waive_action(action, waived_on=days_ago(1), reason="x", by=cast.lado)

    def test_are_waived_with_a_reason(self, cast, case):
        action = make_action(case)
        assert refusal(waive_action, action, waived_on=days_ago(-1), reason=" ", by=cast.lado) == {
            "waived_on",
            "reason",
        }
        waive_action(action, waived_on=days_ago(1), reason="No longer needed", by=cast.lado)
        assert not action.is_open

    def test_are_not_done_in_the_future_nor_before_the_case(self, cast, case):
        action = make_action(case)
        for days in (-1, 21):
            assert refusal(
                finish_action, action, done_on=days_ago(days), result="", by=cast.lado
            ) == {"done_on"}

    def test_are_numbered_through_the_case(self, cast, case):
        make_discussion(case, actions=[action_details(), action_details()])
        assert make_action(case).number == 3

    def test_are_whole(self, cast, case):
        assert refusal(
            make_action, case, description=" ", owner="", agency_id=None, due_on=None
        ) == {"description", "owner", "agency_id", "due_on"}

    def test_are_not_added_to_a_concluded_case_but_finished_there(self, cast, case):
        action = make_action(case)
        conclude_case(case, gate=False)
        finish_action(action, done_on=clock.today(), result="", by=cast.lado)
        with pytest.raises(Refused):
            make_action(case)


def test_the_headings_of_minutes_have_their_own_codes_that_fit_the_table():
    codes = [heading.code for heading in HEADINGS]
    assert len(set(codes)) == len(codes)
    assert all(len(code) <= 40 for code in codes)
