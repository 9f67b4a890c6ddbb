from datetime import date, timedelta

import pytest
import time_machine

from lado.extensions import db
from lado.models import (
    Action,
    Case,
    CaseSpell,
    Consultation,
    ConsultationSubject,
    Person,
    PersonName,
    Position,
    StrategyDiscussion,
)
from lado.queries import case_list, work_list
from lado.queries.case_list import Filters, NextDiscussion
from lado.rules.timescales import Band
from lado.rules.vocabulary import (
    CaseStatus,
    ConsultationStatus,
    DiscussionPurpose,
    DiscussionStatus,
    TermGroup,
)
from lado.services import settings

TODAY = date(2026, 3, 11)  # a Wednesday


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def position(term):
    position = Position(sector=term(TermGroup.SECTOR, "Police"), role=None)
    db.session.add(position)
    db.session.commit()
    return position


@pytest.fixture
def consultation(cast, position, term):
    def make(reference, received_on, **other):
        subject = ConsultationSubject(
            number=1, position=position, category=term(TermGroup.CATEGORY, "Physical abuse")
        )
        record = Consultation(
            **{"reference": reference, "received_on": received_on, "summary": "x",
               "taken_by": cast.support, "owner": cast.lado, "subjects": [subject]} | other
        )  # fmt: skip
        db.session.add(record)
        db.session.commit()
        return record

    return make


@pytest.fixture
def case(cast, position):
    def make(reference, received_on=TODAY, **other):
        record = Case(
            **{"reference": reference, "received_on": received_on, "owner": cast.lado,
               "position": position,
               "spells": [CaseSpell(number=1, opened_on=received_on)]} | other
        )  # fmt: skip
        db.session.add(record)
        db.session.commit()
        return record

    return make


def discussion(case, number=1, status=DiscussionStatus.HELD, **other) -> StrategyDiscussion:
    record = StrategyDiscussion(
        case=case, number=number, status=status, purpose=DiscussionPurpose.INITIAL, **other
    )
    db.session.add(record)
    db.session.commit()
    return record


def listed(work) -> list[tuple[str, str, bool]]:
    return [(row.record.reference, row.reason, row.late) for row in work.rows]


def test_consultations_wait_the_oldest_first_in_working_days(cast, consultation):
    consultation("C-2", ago(1))
    consultation("C-1", ago(5))  # the Friday before
    consultation("C-3", TODAY, owner=cast.other_lado)
    consultation("C-4", ago(6), owner=cast.other_lado)
    consultation("C-5", ago(6), owner=None)
    consultation("C-0", ago(9), status=ConsultationStatus.DECIDED)
    own = [("C-1", "3 working days", True), ("C-2", "1 working day", False)]
    assert listed(work_list.own_consultations(cast.lado, TODAY)) == own
    others = work_list.overdue_with_others(cast.lado, TODAY)
    assert listed(others) == [("C-4", "4 working days", True)], "the unassigned have their own list"
    assert work_list.awaiting_decision(cast.lado, TODAY) == (5, 3)


def test_what_nobody_able_deals_with_is_unassigned(cast, consultation):
    gone = cast.other_lado
    consultation("C-1", ago(1), owner=None)
    consultation("C-2", ago(5), owner=gone)
    consultation("C-3", ago(5), owner=cast.support)
    consultation("C-4", ago(9), owner=None, status=ConsultationStatus.DECIDED)
    consultation("C-5", ago(9))
    gone.active = False
    db.session.commit()
    unassigned = work_list.unassigned_consultations(cast.manager, TODAY)
    assert listed(unassigned) == [
        ("C-2", "3 working days", True),
        ("C-3", "3 working days", True),
        ("C-1", "1 working day", False),
    ]


def test_the_councils_own_timescale_says_what_is_late(cast, consultation):
    consultation("C-1", ago(5))
    settings.change({"decision_working_days": "3"}, by=cast.administrator)
    (row,) = work_list.own_consultations(cast.lado, TODAY).rows
    assert not row.late
    assert not work_list.overdue_with_others(cast.manager, TODAY)


def test_only_the_first_are_shown_and_all_are_counted(cast, consultation):
    for number in range(work_list.SHOWN + 2):
        consultation(f"C-{number}", ago(number))
    work = work_list.own_consultations(cast.lado, TODAY)
    assert (len(work.rows), work.total) == (work_list.SHOWN, work_list.SHOWN + 2)


def test_scheduled_discussions_come_next_first(cast, case):
    discussion(case("PT-1"), status=DiscussionStatus.SCHEDULED, scheduled_on=ago(-2))
    discussion(case("PT-2"), status=DiscussionStatus.SCHEDULED, scheduled_on=ago(1))
    discussion(case("PT-3"), held_on=ago(1))
    work = work_list.discussions_scheduled(cast.lado, TODAY)
    assert [(row.record.case.reference, row.late) for row in work.rows] == [
        ("PT-2", True),
        ("PT-1", False),
    ]


def test_a_first_discussion_is_due_from_the_decision_that_opened_the_case(cast, case):
    late, soon, later = (
        case(f"PT-{number}", ago(30), spells=[CaseSpell(number=1, opened_on=opened_on)])
        for number, opened_on in enumerate((ago(20), ago(2), TODAY), start=1)
    )
    due = work_list.discussions_due(cast.lado, TODAY)
    assert listed(due) == [
        ("PT-1", "First discussion", True),
        ("PT-2", "First discussion", False),
        ("PT-3", "First discussion", False),
    ]
    discussion(late, status=DiscussionStatus.SCHEDULED, scheduled_on=TODAY)
    discussion(soon, status=DiscussionStatus.CANCELLED, cancelled_reason="x")
    assert [row.record for row in work_list.discussions_due(cast.lado, TODAY).rows] == [soon, later]


def test_a_review_is_due_by_the_newest_discussion(cast, case):
    ruled, stated, planned, far = (case(f"PT-{n}", ago(90)) for n in range(4))
    discussion(ruled, held_on=ago(80))
    discussion(ruled, 2, held_on=ago(30))
    discussion(stated, held_on=ago(30), next_review_on=ago(-5))
    discussion(planned, held_on=ago(60))
    discussion(planned, 2, status=DiscussionStatus.SCHEDULED, scheduled_on=ago(-1))
    discussion(far, held_on=ago(1))
    due = work_list.discussions_due(cast.lado, TODAY)
    assert listed(due) == [("PT-0", "Review", True), ("PT-1", "Review", False)]
    assert due.rows[0].day == ago(2)


def test_minutes_wait_to_be_agreed_and_circulated(cast, case):
    discussion(case("PT-1"), held_on=ago(20))
    discussion(case("PT-2"), status=DiscussionStatus.MINUTES_AGREED, held_on=ago(2))
    discussion(
        case("PT-3"),
        status=DiscussionStatus.CIRCULATED,
        held_on=ago(2),
        circulated_on=ago(1),
    )
    work = work_list.minutes_waiting(cast.lado, TODAY)
    assert [(row.record.case.reference, row.reason, row.late) for row in work.rows] == [
        ("PT-1", "To agree", True),
        ("PT-2", "To circulate", False),
    ]


def test_actions_are_overdue_from_the_day_after_of_concluded_cases_too(cast, case, term):
    open_case = case("PT-1")
    shut = case("PT-2", status=CaseStatus.CONCLUDED)
    agency = term(TermGroup.AGENCY, "Police")
    for owner, number, other in (
        (open_case, 1, {"due_on": ago(1)}),
        (open_case, 2, {"due_on": TODAY}),
        (open_case, 3, {"due_on": ago(9), "done_on": ago(8)}),
        (open_case, 4, {"due_on": ago(9), "waived_on": ago(8), "waived_reason": "x"}),
        (shut, 1, {"due_on": ago(9)}),
    ):
        db.session.add(
            Action(
                case=owner, number=number, description="Do it", owner="Head", agency=agency, **other
            )
        )
    db.session.commit()
    work = work_list.actions_overdue(cast.lado, TODAY)
    assert [(row.record.case.reference, row.record.number, row.reason) for row in work.rows] == [
        ("PT-2", 1, "7 working days overdue"),
        ("PT-1", 1, "1 working day overdue"),
    ]


def test_open_cases_are_counted_by_age(cast, case):
    case("PT-1", ago(28))
    case("PT-2", ago(29), owner=cast.other_lado)
    case("PT-3", ago(364))
    case("PT-4", ago(366))
    case("PT-5", ago(1), status=CaseStatus.CONCLUDED)
    ages = work_list.open_cases_by_age(cast.lado, TODAY)
    assert list(ages.values()) == [1, 1, 1, 1]
    mine = work_list.open_cases_by_age(cast.lado, TODAY, mine=True)
    assert mine[Band.THREE_MONTHS] == 0


def test_closures_say_who_asked(cast, case, term):
    reason = term(TermGroup.CLOSURE_REASON, "Subject died").id
    asked = {
        "status": CaseStatus.CLOSURE_REQUESTED, "proposed_reason_id": reason,
        "proposed_concluded_on": TODAY,
    }  # fmt: skip
    case("PT-1", ago(9), closure_requested_by=cast.lado, **asked)
    case("PT-2", ago(1), closure_requested_by=cast.manager, **asked)
    assert [row.reason for row in work_list.closures_to_sign_off(cast.manager).rows] == [
        "Requested by Lada Testwell",
        "You requested it",
    ]


def test_nothing_restricted_is_on_any_list(cast, case, consultation, term):
    person = Person(names=[PersonName(surname="Hidden", forename="", folded="hidden")])
    person.restricted = True
    hidden = case("PT-1", ago(90), person=person)
    discussion(hidden, held_on=ago(60))
    discussion(hidden, 2, status=DiscussionStatus.SCHEDULED, scheduled_on=TODAY)
    consultation("C-1", ago(9), restricted=True)
    db.session.add(
        Action(
            case=hidden,
            number=1,
            description="x",
            owner="x",
            due_on=ago(5),
            agency=term(TermGroup.AGENCY, "Police"),
        )
    )
    db.session.commit()
    for work in (
        work_list.own_consultations(cast.lado, TODAY),
        work_list.overdue_with_others(cast.manager, TODAY),
        work_list.discussions_due(cast.lado, TODAY),
        work_list.discussions_scheduled(cast.lado, TODAY),
        work_list.minutes_waiting(cast.lado, TODAY),
        work_list.actions_overdue(cast.lado, TODAY),
    ):
        assert not work
    assert sum(work_list.open_cases_by_age(cast.lado, TODAY).values()) == 0
    assert work_list.awaiting_decision(cast.lado, TODAY) == (0, 0)


@time_machine.travel(TODAY, tick=False)
def test_each_list_of_discussions_leads_to_the_cases_of_all_of_them(cast, case):
    planned, without, arranged = (case(f"PT-{n}", ago(90)) for n in (1, 2, 3))
    discussion(planned, status=DiscussionStatus.SCHEDULED, scheduled_on=ago(-2))
    discussion(without, held_on=ago(1))
    discussion(arranged, status=DiscussionStatus.CIRCULATED, held_on=ago(60),
               circulated_on=ago(50))  # fmt: skip
    discussion(case("PT-4", ago(90), owner=cast.other_lado), held_on=ago(60))
    for waits, work in (
        (NextDiscussion.SCHEDULED, work_list.discussions_scheduled),
        (NextDiscussion.MINUTES, work_list.minutes_waiting),
        (NextDiscussion.TO_ARRANGE, work_list.discussions_due),
    ):
        for mine, number in ((True, 1), (False, 1 if waits is NextDiscussion.SCHEDULED else 2)):
            page = case_list.page_of_list(cast.lado, Filters(discussion=waits, mine=mine))
            rows = [getattr(row.record, "case", row.record) for row in
                    work(cast.lado, TODAY, mine=mine).rows]  # fmt: skip
            assert {each.reference for each in rows} == {each.reference for each in page.items}
            assert len(rows) == number, (waits, mine)
