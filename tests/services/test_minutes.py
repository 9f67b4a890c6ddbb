"""Minutes are agreed, corrected as a new version, copied in part and circulated."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from lado.errors import Conflict, Forbidden, Invalid, Refused
from lado.extensions import db
from lado.models import AuditEvent
from lado.papers.minutes import agreed as agreed_paper
from lado.papers.paper import as_text
from lado.queries import minutes as queries
from lado.queries.cases import notes_on, whole
from lado.queries.chronology import chronology
from lado.rules.folding import fold
from lado.rules.minutes import BY_CODE
from lado.rules.protection import WITHHELD
from lado.rules.redaction import PARTS
from lado.rules.transitions import Condition
from lado.rules.vocabulary import Attendance, DiscussionStatus
from lado.services import discussion as discussions
from lado.services import minutes
from lado.services.action import finish_action
from lado.services.minutes import Sent
from tests.case_parts import (
    action_details,
    agree,
    make_discussion,
    participant,
    proceedings,
    send_minutes,
)
from tests.factories import days_ago, make_case, make_person, the_case, with_case


@pytest.fixture
def new_database(prepared):
    return prepared(with_case(20))


@pytest.fixture
def case(cast):
    return the_case()


@pytest.fixture
def agreed(cast, case):
    discussion = make_discussion(
        case, held_on=days_ago(4), minutes={"decisions": "Go on [[as told by the police]]"}
    )
    agree(discussion, cast.lado)
    return discussion


def correct(discussion, by, reason="A wrong name"):
    minutes.correct_minutes(discussion, reason=reason, version=discussion.version, by=by)


def make_copy(
    discussion, by, made_for="The employer", withheld=("decisions",), passages=False, names=False
):
    return minutes.make_copy(
        discussion, made_for=made_for, withheld=withheld, passages=passages, names=names, by=by
    )


class TestAgreeing:
    def test_keeps_all_of_them_as_they_are_whatever_changes_later(self, cast, case):
        left_out = participant(
            name="B Fable", attendance=Attendance.LEFT_OUT, left_out_reason="May be involved"
        )
        discussion = make_discussion(
            case, participants=[participant(), left_out], actions=[action_details()]
        )
        agree(discussion, cast.lado)
        before = queries.written(discussion)
        finish_action(discussion.actions[0], done_on=days_ago(0), result="Done", by=cast.lado)
        correct(discussion, cast.lado)
        discussions.change(
            discussion,
            replace(proceedings(case), participants=[], minutes={"decisions": "Otherwise"}),
            version=discussion.version,
            by=cast.lado,
        )
        (version,) = queries.versions(discussion)
        assert version.minutes == before
        assert (version.agreed_on, version.agreed_by) == (days_ago(0), cast.lado)
        assert [row.attendance for row in before.attendance] == [
            "Attended",
            "Left out: May be involved",
        ]
        assert {code: said for code, said in before.said.items() if said} == {
            "decisions": "What was decided"
        }
        assert before.actions[0].description == "Ask the school"

    def test_only_what_is_written_by_those_who_work_on_the_case_as_it_was_read(self, cast, case):
        empty = make_discussion(case, minutes={})
        with pytest.raises(Refused) as refused:
            agree(empty, cast.lado)
        assert refused.value.message == Condition.MINUTES_WRITTEN.label
        discussion = make_discussion(case)
        with pytest.raises(Forbidden):
            agree(discussion, cast.support)
        version = discussion.version
        discussions.change(discussion, proceedings(case), version=version, by=cast.support)
        with pytest.raises(Conflict):
            minutes.agree_minutes(discussion, version=version, by=cast.lado)


class TestCorrecting:
    def test_gives_a_new_version_and_the_reason_stays(self, cast, agreed):
        send_minutes(agreed, "The head, School", by=cast.support, on=days_ago(1))
        with pytest.raises(Invalid, match="what is to be corrected"):
            correct(agreed, cast.lado, " ")
        with pytest.raises(Forbidden):
            correct(agreed, cast.support)
        correct(agreed, cast.lado)
        assert (agreed.status, agreed.circulated_on) == (DiscussionStatus.HELD, None)
        assert "A wrong name" in notes_on(agreed.case)[0].text
        with pytest.raises(Refused, match="Agree the minutes first"):
            make_copy(agreed, cast.lado)
        discussions.change(
            agreed,
            proceedings(agreed.case, minutes={"decisions": "Stop"}),
            version=agreed.version,
            by=cast.lado,
        )
        agree(agreed, cast.lado)
        second, first = queries.versions(agreed)
        assert (second.number, second.minutes.said["decisions"]) == (2, "Stop")
        assert first.correction_reason == "A wrong name"
        assert first.corrected_by == cast.lado
        assert [each.recipient for each in first.circulations] == ["The head, School"]
        assert not second.circulations
        send_minutes(agreed, "The head, School", by=cast.support)
        out = [(n, [v for v, _ in days]) for n, days in queries.circulated(agreed.case).items()]
        assert out == [(1, [2, 1])]
        titles = [each.title for each in chronology(whole(agreed.case), user=cast.lado)]
        assert [title for title in titles if "circulated" in title] == [
            "Strategy discussion 1: minutes circulated, version 2",
            "Strategy discussion 1: minutes circulated",
        ]


class TestCirculating:
    def test_each_recipient_has_a_day_and_a_copy_and_further_ones_follow(self, cast, agreed):
        copy = make_copy(agreed, cast.lado)
        send_minutes(agreed, "Police", by=cast.support, on=days_ago(2))
        assert (agreed.status, agreed.circulated_on) == (DiscussionStatus.CIRCULATED, days_ago(2))
        send_minutes(agreed, "The head, School", by=cast.support, on=days_ago(1), copy=copy.number)
        (version,) = queries.versions(agreed)
        assert [
            (each.recipient, each.sent_on, each.copy.name) for each in version.circulations
        ] == [
            ("Police", days_ago(2), "Whole minutes"),
            ("The head, School", days_ago(1), "Copy for The employer"),
        ]
        assert agreed.circulated_on == days_ago(2)

    def test_only_when_agreed_and_each_row_is_whole(self, cast, case, agreed):
        draft = make_discussion(case)
        with pytest.raises(Refused):
            send_minutes(draft, "All")
        rows = [
            Sent("", days_ago(0)),
            Sent("Early", days_ago(5)),
            Sent("Late", days_ago(-1)),
            Sent("Unsaid", None, None),
            Sent("No such", days_ago(0), 9),
        ]
        with pytest.raises(Invalid) as wrong:
            minutes.circulate(agreed, sent=rows, version=agreed.version, by=cast.lado)
        assert set(wrong.value.messages) == {
            "sent-0-recipient",
            "sent-1-sent_on",
            "sent-2-sent_on",
            "sent-3-sent_on",
            "sent-3-copy",
            "sent-4-copy",
        }
        with pytest.raises(Invalid, match="to whom"):
            minutes.circulate(agreed, sent=[], version=agreed.version, by=cast.lado)

    def test_an_older_page_is_a_conflict_the_second_time_too(self, cast, agreed):
        version = agreed.version
        sent = [Sent("Police", days_ago(0))]
        with pytest.raises(Refused):
            minutes.circulate_further(agreed, sent=sent, version=version, by=cast.lado)
        send_minutes(agreed, "Police")
        send_minutes(agreed, "School")
        with pytest.raises(Conflict):
            minutes.circulate_further(agreed, sent=sent, version=version + 1, by=cast.lado)


class TestCopies:
    def test_leave_something_out_for_somebody(self, cast, agreed):
        for made_for, withheld, passages, field in (
            (" ", ["decisions"], False, "made_for"),
            ("The employer", [], False, "withheld"),
        ):
            with pytest.raises(Invalid) as wrong:
                make_copy(agreed, cast.lado, made_for, withheld, passages)
            assert set(wrong.value.messages) == {field}
        assert make_copy(agreed, cast.lado, withheld=[], passages=True).passages_withheld
        with pytest.raises(ValueError, match="part of minutes"):
            make_copy(agreed, cast.lado, withheld=["weather"])

    def test_where_no_passage_is_marked_none_can_be_left_out(self, cast, case):
        discussion = make_discussion(case)
        agree(discussion, cast.lado)
        with pytest.raises(Invalid, match="leaves out"):
            make_copy(discussion, cast.lado, withheld=[], passages=True)

    def test_one_made_by_mistake_is_withdrawn_unless_somebody_got_it(self, cast, agreed):
        mistaken, sent = (make_copy(agreed, cast.lado, f"Copy {n}") for n in (1, 2))
        send_minutes(agreed, "The head", by=cast.lado, copy=sent.number)

        def withdraw(copy, reason="The wrong part"):
            minutes.withdraw_copy(copy, reason=reason, by=cast.lado)

        whole = sent.version.copies[0]
        for copy, why in ((sent, "was sent"), (whole, "whole minutes")):
            with pytest.raises(Refused, match=why):
                withdraw(copy)
        with pytest.raises(Invalid, match="why this copy"):
            withdraw(mistaken, " ")
        withdraw(mistaken)
        assert mistaken.withdrawal.reason == "The wrong part"
        with pytest.raises(Refused, match="already"):
            withdraw(mistaken)
        with pytest.raises(Invalid, match="which copy"):
            send_minutes(agreed, "The police", by=cast.lado, copy=mistaken.number)
        event = db.session.scalars(
            select(AuditEvent).where(AuditEvent.action == "minutes.copy_withdrawn")
        ).one()
        assert event.detail == {"discussion": 1}


CALLER = "Quill Testerly"


def named_everywhere(cast, **facts):
    """Agreed minutes that name the caller in each of their parts."""
    case = make_case(referrer_name=CALLER, **facts)
    discussion = make_discussion(
        case,
        minutes={"allegation": "Ms TESTERLY’s son told us", "support": "[[Ask Quill]]"},
        participants=[
            participant(name=CALLER, role="Testerly’s own"),
            participant(conflict_of_interest="Knows Quill", conflict_handled="Testerly left"),
        ],
        actions=[action_details(description="Ring Quill", owner="Mrs Testerly")],
    )
    agree(discussion, cast.lado)
    return discussion


@pytest.mark.parametrize("asked", [False, None])
def test_a_copy_that_names_a_caller_goes_to_nobody_and_one_without_the_name_does(cast, asked):
    discussion = named_everywhere(cast, referrer_may_be_named=asked)
    assert queries.names_caller(discussion.case, discussion.standing.minutes)
    make_copy(discussion, cast.lado, withheld=["allegation"])
    without = make_copy(discussion, cast.lado, withheld=[], names=True)
    all_but_marked = PARTS.keys() - {"support"}
    only_marked = make_copy(discussion, cast.lado, withheld=all_but_marked, passages=True)
    for number in (1, 2):
        with pytest.raises(Refused, match="may not go out"):
            send_minutes(discussion, "The head", copy=number)
    assert discussion.status is DiscussionStatus.MINUTES_AGREED
    for copy in (without, only_marked):
        send_minutes(discussion, "The head", copy=copy.number)
    said = "\n".join(without.minutes.texts())
    assert not {"quill", "testerly", "testerlys"} & set(fold(said).split())
    assert said.count(WITHHELD) == 8


def test_a_copy_stays_as_it_was_sent_whoever_may_be_named_later(cast):
    discussion = named_everywhere(cast, referrer_may_be_named=False)
    copy = make_copy(discussion, cast.lado, withheld=[], names=True)
    before = list(copy.minutes.texts())
    discussion.case.subjects[0].consultation.referrer_may_be_named = True
    assert list(copy.minutes.texts()) == before
    assert not queries.names_caller(discussion.case, discussion.standing.minutes)


def test_a_passage_is_withheld_wherever_it_stands(cast):
    discussion = make_discussion(
        make_case(),
        participants=[
            participant(name="A [[one]]", role="[[two]]", conflict_of_interest="[[three]]",
                        conflict_handled="[[four]]"),
            participant(attendance=Attendance.LEFT_OUT, left_out_reason="[[five]]"),
        ],
        actions=[action_details(description="[[six]]", owner="[[seven]]")],
    )  # fmt: skip
    agree(discussion, cast.lado)
    copy = make_copy(discussion, cast.lado, withheld=[], passages=True)
    assert not re.search("one|two|three|four|five|six|seven", "\n".join(copy.minutes.texts()))
    whole = "\n".join(discussion.standing.copies[0].minutes.texts())
    assert all(word in whole for word in ("one", "four", "five", "seven"))
    assert "[[" not in whole


def test_minutes_say_whom_they_are_about_as_it_was_and_what_was_not_discussed(cast):
    case = make_case(person=make_person(surname="Madeupson", forename="Quentin"))
    discussion = make_discussion(case, minutes={"decisions": "Go on"})
    agree(discussion, cast.lado)
    kept = discussion.standing.minutes
    assert dict(kept.about)["Name"] == "Quentin Madeupson"
    assert dict(kept.about)["Our reference"] == case.reference
    assert {code for code, said in kept.said.items() if not said} == BY_CODE.keys() - {"decisions"}
    without = make_copy(discussion, cast.lado, withheld=["about"])
    text = as_text(agreed_paper(without, council="C", meeting="m"))
    assert "Who it is about\n\n[Withheld]" in text
    assert "Support\n\nNot discussed" in text
    assert "Madeupson" not in text
