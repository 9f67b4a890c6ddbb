from datetime import date, timedelta

import pytest
from sqlalchemy import event

from lado import clock
from lado.errors import NotFound
from lado.extensions import db
from lado.models import Associate, Case
from lado.queries import cases, positions
from lado.queries.case_list import Filters, page_of_list
from lado.queries.case_standing import overall
from lado.queries.chronology import chronology
from lado.queries.happened import Kind
from lado.queries.next_steps import next_steps
from lado.rules.steps import Step
from lado.rules.timescales import BAND_MONTHS, Band, add_months, band
from lado.rules.vocabulary import (
    Attendance,
    CaseStatus,
    DatePrecision,
    DiscussionPurpose,
    OutcomeCode,
    TermGroup,
    VoiceSought,
)
from lado.rules.words import long_day
from lado.services import case as case_service
from lado.services import case_closure, matter
from lado.services import discussion as discussions
from lado.services.action import finish_action, waive_action
from lado.services.case_allegations import add_allegation
from lado.services.case_closure import reopen
from lado.services.case_parts import ChildDetails, add_child
from lado.services.restriction import restrict
from tests.case_parts import (
    action_details,
    agree,
    allegation_details,
    begin,
    conclude_case,
    ending,
    join_case,
    make_action,
    make_discussion,
    make_outcome,
    open_case,
    participant,
    schedule_discussion,
    send_minutes,
    without_gate,
)
from tests.contacts import adult, position
from tests.document_parts import make_authority
from tests.factories import days_ago, make_case, make_person, term_id


class Statements:
    """Counts what is sent to the database while it is entered."""

    def __enter__(self):
        self.count = 0
        event.listen(db.engine, "before_cursor_execute", self._add)
        return self

    def __exit__(self, *_):
        event.remove(db.engine, "before_cursor_execute", self._add)

    def _add(self, *_):
        self.count += 1


def shown(user, **filters):
    return set(page_of_list(user, Filters(**filters)).items)


class TestList:
    def test_shows_what_the_filters_ask_for(self, cast):
        mine = make_case(by=cast.lado, category="Neglect")
        theirs = make_case(by=cast.other_lado, sector="Police")
        done = make_case(by=cast.lado, received_on=days_ago(50))
        conclude_case(done)
        assert shown(cast.lado) == {mine, theirs, done}
        assert shown(cast.lado, mine=True) == {mine, done}
        assert shown(cast.lado, status=CaseStatus.CONCLUDED) == {done}
        assert shown(cast.lado, category_id=term_id(TermGroup.CATEGORY, "Neglect")) == {mine}
        assert shown(cast.lado, sector_id=term_id(TermGroup.SECTOR, "Police")) == {theirs}
        assert shown(cast.lado, band=Band.ONE_MONTH) == {mine, theirs}
        assert shown(cast.lado, mine=True, band=Band.THREE_MONTHS) == set()

    def test_the_newest_first_or_as_asked(self, cast):
        older, newer = make_case(received_on=days_ago(9)), make_case(received_on=days_ago(3))
        assert list(page_of_list(cast.lado, Filters()).items) == [newer, older]
        assert list(page_of_list(cast.lado, Filters(), sort="received").items) == [older, newer]
        assert list(page_of_list(cast.lado, Filters(), sort="reference").items) == [older, newer]

    def test_never_a_restricted_case_nor_one_about_oneself_or_an_associate(self, cast):
        restricted, own, of_associate, open_to_all = (make_case() for _ in range(4))
        named = [cast.lado, cast.manager]
        restrict(restricted, to=named, version=restricted.version, by=cast.lado)
        cast.other_lado.person_id = own.person_id
        db.session.add(
            Associate(
                user_id=cast.other_lado.id, person_id=of_associate.person_id, connection="A cousin"
            )
        )
        db.session.commit()
        page = page_of_list(cast.other_lado, Filters())
        assert set(page.items) == {open_to_all}
        assert page.total == 1

    def test_asks_the_same_number_of_questions_however_many_rows(self, cast):
        counts = []
        for _ in range(2):
            for _ in range(3):
                make_case()
            db.session.expire_all()
            with Statements() as statements:
                page = page_of_list(cast.lado, Filters(overdue=True))
                page = page_of_list(cast.lado, Filters())
                cases.overdue_among(page.items)
                for case in page.items:
                    assert case.person.name.surname
                    assert case.position.sector.label
                    assert case.spell.opened_on
                    assert case.owner.name
            counts.append(statements.count)
        assert counts[0] == counts[1]


def begun(**facts):
    return begin(make_case(**facts))


class TestOverdue:
    def overdue(self, cast):
        found = shown(cast.lado, overdue=True)
        assert cases.overdue_among(list(shown(cast.lado))) == {case.id for case in found}
        return found

    def test_an_action_past_its_day(self, cast):
        late, fine, done = (begun(received_on=days_ago(3)) for _ in range(3))
        make_action(late, due_on=days_ago(1))
        make_action(fine, due_on=clock.today())
        finish_action(
            make_action(done, due_on=days_ago(1)), done_on=clock.today(), result="", by=cast.lado
        )
        assert self.overdue(cast) == {late}

    def test_a_meeting_whose_day_has_passed(self, cast):
        late, fine = begun(received_on=days_ago(3)), begun(received_on=days_ago(3))
        schedule_discussion(late, scheduled_on=days_ago(1))
        schedule_discussion(fine, scheduled_on=clock.today())
        assert self.overdue(cast) == {late}

    def test_no_first_meeting_in_five_working_days(self, cast):
        late = begun(received_on=days_ago(15))
        begun(received_on=days_ago(2))
        assert self.overdue(cast) == {late}
        schedule_discussion(late, scheduled_on=days_ago(-2))
        assert self.overdue(cast) == set()

    def test_a_review_that_was_not_held(self, cast):
        late, followed, arranged = (begun(received_on=days_ago(9)) for _ in range(3))
        for case in (late, followed, arranged):
            make_discussion(case, held_on=days_ago(8), next_review_on=days_ago(1))
        make_discussion(followed, held_on=days_ago(1))
        schedule_discussion(arranged)
        assert self.overdue(cast) == {late}

    def test_minutes_not_circulated_in_ten_working_days(self, cast):
        late, fine = begun(received_on=days_ago(30)), begun(received_on=days_ago(30))
        for case in (late, fine):
            make_discussion(case, held_on=days_ago(20), next_review_on=days_ago(-9))
        (meeting,) = fine.discussions
        agree(meeting)
        send_minutes(meeting, "All", on=days_ago(2))
        assert self.overdue(cast) == {late}

    def test_of_a_concluded_case_only_what_was_left_to_finish(self, cast):
        without, left = (begun(received_on=days_ago(20)) for _ in range(2))
        make_action(left, due_on=days_ago(1))
        assert self.overdue(cast) == {without, left}  # no discussion was held
        for case in (without, left):
            conclude_case(case, gate=False)
        assert self.overdue(cast) == {left}


@pytest.mark.parametrize("today", [date(2026, 2, 28), date(2026, 3, 31), date(2028, 2, 29)])
def test_the_bands_of_the_list_are_those_of_the_rules(today):
    for months in BAND_MONTHS.values():
        first = cases.first_day_within(months, today)
        assert add_months(first, months) >= today
        assert add_months(first - timedelta(days=1), months) < today


def test_an_open_case_is_in_one_band(cast):
    ages = [0, 27, 45, 100, 380, 2000]
    for age in ages:
        make_case(received_on=days_ago(age))
    for each in Band:
        expected = [age for age in ages if band(days_ago(age), clock.today()) is each]
        assert len(shown(cast.lado, band=each)) == len(expected)


class TestParts:
    def test_are_found_by_their_number_in_their_own_case_only(self, cast):
        one, other = make_case(), make_case()
        add_child(one, ChildDetails(name="A. Sample"), by=cast.lado)
        assert cases.child(one, 1).name == "A. Sample"
        for get, number in (
            (cases.child, 1),
            (cases.allegation, 2),
            (cases.discussion, 1),
            (cases.action, 1),
            (cases.referral, 1),
            (cases.strand, "press"),
        ):
            with pytest.raises(NotFound):
                get(other, number)

    def test_a_whole_case_is_loaded_in_the_same_number_of_statements(self, cast):
        case = make_case()
        counts = []
        for _ in range(2):
            for _ in range(3):
                allegation = add_allegation(case, allegation_details(), by=cast.lado)
                make_outcome(allegation)
                add_child(case, ChildDetails(age=5), by=cast.lado)
                make_discussion(
                    case,
                    participants=[participant(), participant(attendance=Attendance.APOLOGIES)],
                    actions=[action_details()],
                )
                case_service.add_note(case, happened_on=days_ago(1), text="x", by=cast.lado)
            db.session.expunge_all()
            case = db.session.get_one(Case, case.id)
            with Statements() as statements:
                loaded = cases.whole(case)
                chronology(loaded, user=cast.lado)
                next_steps(loaded)
            counts.append(statements.count)
        assert counts[0] == counts[1]


class TestChronology:
    def test_what_happened_on_one_day_stands_in_the_order_in_which_it_was_recorded(self, cast):
        case = make_case(received_on=clock.today(), opened_on=clock.today())
        conclude_case(case, gate=False)
        reopen(
            case,
            reopened_on=clock.today(),
            reason="More",
            review_on=clock.today(),
            version=case.version,
            by=cast.manager,
        )
        titles = [entry.title for entry in chronology(cases.whole(case), user=cast.lado)]
        assert titles[:3] == ["Case reopened", "Case concluded: Subject died", "Case opened"]

    def test_tells_all_of_it_backwards(self, cast):
        case = make_case(received_on=days_ago(9), opened_on=days_ago(8))
        make_discussion(case, held_on=days_ago(5), purpose=DiscussionPurpose.FINAL)
        make_outcome(case.primary_allegation, decided_on=days_ago(4))
        case_service.add_note(case, happened_on=days_ago(3), text="Rang", by=cast.support)
        conclude_case(case, gate=False, concluded_on=days_ago(2))
        titles = [entry.title for entry in chronology(cases.whole(case), user=cast.lado)]
        reference = case.subjects[0].consultation.reference
        assert titles == [
            "Case concluded: Subject died",
            "Note",
            "Allegation 1: Unfounded",
            "Strategy discussion 1 held (final)",
            "Case opened",
            "Decided: Progress to strategy discussion",
            f"Consultation {reference} received",
        ]

    def test_says_who_set_agreed_joined_restricted_and_asked_for_what(self, cast):
        case = make_case(
            happened_from=days_ago(30), happened_precision=DatePrecision.ABOUT, by=cast.lado
        )
        set_here = make_action(case, cast.lado)
        waive_action(set_here, waived_on=days_ago(0), reason="No need", by=cast.support)
        held = make_discussion(case, cast.lado, chair_id=cast.other_lado.id,
                               actions=[action_details()])  # fmt: skip
        agree(held, cast.manager)
        add_child(case, ChildDetails(voice=VoiceSought.SOUGHT, view="Sad"), by=cast.support)
        matter.join(case, reference=make_case().reference, reason="One trip", by=cast.lado)
        matter.leave(case, reason="Another trip", by=cast.manager)
        make_authority(case, cast.lado)
        case_service.impose_reporting_restriction(case, version=case.version, by=cast.lado)
        case_service.lift_reporting_restriction(
            case, lifted_on=days_ago(0), reason="Charged", version=case.version, by=cast.manager
        )

        def ask(by):
            case_closure.request_closure(case, ending(), version=case.version, by=by)

        with without_gate():
            for answer, by in ((case_closure.withdraw_closure, cast.lado),
                               (case_closure.decline_closure, cast.manager)):  # fmt: skip
                ask(by=cast.lado)
                answer(case, note="Not yet", version=case.version, by=by)
            ask(by=cast.lado)
            case_closure.sign_off(case, version=case.version, by=cast.manager)
        told = {each.title: each for each in chronology(cases.whole(case), user=cast.lado)}
        lado, manager = cast.lado.name, cast.manager.name
        reference = told[next(title for title in told if title.startswith("Joined to matter"))]
        by = {
            "Action 1 set": lado,
            "Action 1 waived": cast.support.name,
            "Action 2 set": cast.other_lado.name,
            "Strategy discussion 1: minutes agreed": manager,
            "Child 1, their view: sought": cast.support.name,
            reference.title: lado,
            reference.title.replace("Joined to", "Taken out of"): manager,
            "Reporting restriction recorded": lado,
            "Reporting restriction lifted": manager,
            "Closure requested": lado,
            "Request for closure withdrawn": lado,
            "Closure declined": manager,
            "Case concluded: Subject died": f"{manager}, as {lado} asked",
        }
        assert {title: told[title].by for title in by} == by
        happened = told["Allegation 1 is said to have happened"]
        assert (happened.day, happened.text) == (days_ago(30), f"About {long_day(days_ago(30))}")
        assert told["Child 1, their view: sought"].text == "Sad"
        assert any(title.startswith("Other authority recorded") for title in told)

    def test_is_narrowed_to_one_kind(self, cast):
        case = make_case()
        (entry,) = chronology(cases.whole(case), user=cast.lado, only=[Kind.CASE])
        assert entry.title == "Case opened"

    def test_leaves_out_a_consultation_the_reader_may_not_know_of(self, cast):
        case = make_case()
        consultation = case.subjects[0].consultation
        consultation.restricted = True
        db.session.commit()
        kinds = {entry.kind for entry in chronology(cases.whole(case), user=cast.lado)}
        assert Kind.CONSULTATION not in kinds


class TestNextSteps:
    def steps(self, case):
        return [(step.step, step.number) for step in next_steps(cases.whole(case))]

    def test_the_first_meeting_then_its_minutes_actions_and_review(self, cast):
        case = begun(received_on=days_ago(3))
        assert self.steps(case) == [(Step.FIRST_DISCUSSION, 0)]
        scheduled = schedule_discussion(case)
        assert self.steps(case) == [(Step.DISCUSSION, 1)]
        discussions.cancel(scheduled, reason="x", version=scheduled.version, by=cast.lado)
        make_discussion(case, held_on=days_ago(1), actions=[action_details(due_on=clock.today())])
        assert self.steps(case) == [(Step.ACTION, 1), (Step.MINUTES, 2), (Step.REVIEW, 2)]

    def test_of_a_concluded_case_what_is_left_to_finish(self, cast):
        case = make_case(received_on=days_ago(3))
        make_discussion(case, held_on=days_ago(1), actions=[action_details()])
        conclude_case(case, gate=False)
        assert {step for step, _ in self.steps(case)} == {Step.ACTION, Step.MINUTES}


def test_owners_are_those_who_may_know_of_the_case(cast):
    person = make_person()
    cast.other_lado.person_id = person.id
    db.session.commit()
    case = make_case(person=person)
    assert set(cases.possible_owners(case)) == {cast.lado, cast.manager}


def test_several_positions_and_outcomes_are_derived(cast):
    case = open_case(cast.lado, adult(make_person()), received_on=days_ago(9))
    other = position("Sports coach", "Sport and leisure", "Sample Swifts")
    join_case(case, cast.lado, adult(case.person, position=other), received_on=days_ago(3))
    make_outcome(case.primary_allegation, outcome=OutcomeCode.UNFOUNDED)
    loaded = cases.whole(case)
    assert positions.several(positions.of_case(cast.lado, loaded), loaded.received_on)
    assert overall(loaded, on=clock.today()) is OutcomeCode.UNFOUNDED
