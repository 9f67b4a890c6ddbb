"""Reasons for delay month by month, asking again for what is late, and the work that waits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import Case
from lado.queries import cases, delays, hand_over
from lado.queries.case_list import Filters, whole_list
from lado.queries.clocks import clocks_of
from lado.queries.due import first_discussion_overdue, something_overdue
from lado.queries.next_steps import next_steps
from lado.queries.work import Asked, When, Work, items
from lado.rules.clocks import State
from lado.rules.delays import month_number
from lado.rules.steps import Step
from lado.rules.strands import Employer
from lado.rules.timescales import Timescale
from lado.rules.vocabulary import (
    ChasedHow,
    EmployerWay,
    Origin,
    ReferralBasis,
    ReferralDecision,
    StrandKind,
    StrandStatus,
    TermGroup,
)
from lado.services import chase as chases
from lado.services import delay as service
from lado.services.action import finish_action
from lado.services.case_closure import reopen
from lado.services.case_parts import StrandDetails, change_strand
from lado.services.delay import DelayDetails
from lado.services.minutes import correct_minutes
from lado.services.onward_referral import ReferralDetails, add_referral
from lado.services.restriction import restrict
from tests.advice_parts import add_follow_up
from tests.case_parts import (
    agree,
    begin,
    conclude_case,
    make_action,
    make_discussion,
    send_minutes,
    settle,
)
from tests.contacts import log
from tests.factories import make_case, term_id

POLICE = Timescale.POLICE_REVIEW
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def late(cast) -> Iterator[Case]:
    """Received on 2 February 2026, so late from 3 March; today is 10 May."""
    with time_machine.travel(datetime(2026, 2, 2, 9, tzinfo=UTC), tick=False) as traveller:
        case = make_case(received_on=date(2026, 2, 2))
        traveller.move_to(datetime(2026, 5, 10, 9, tzinfo=UTC))
        yield case


def reason(label: str = "Police investigation") -> int:
    return term_id(TermGroup.DELAY_REASON, label)


def explain(case: Case, by, *months: date, term: int | None = None, text="They wait for a phone"):
    return service.explain(case, DelayDetails(months, term or reason(), text), by=by)


def test_each_late_month_wants_a_reason_until_it_is_given(cast, late):
    assert delays.missing(late, clock.today()) == [MARCH, APRIL, MAY]
    explain(late, cast.lado, MARCH, MAY)
    assert delays.missing(late, clock.today()) == [APRIL]
    (step,) = [s for s in next_steps(cases.whole(late)) if s.step is Step.DELAY]
    assert step.words("meeting") == "Give the reason for delay in April 2026"
    assert step.due_on == date(2026, 4, 30)
    overdue = Filters(overdue=True, discussion_overdue=False)
    assert [case.id for case in whole_list(cast.lado, overdue)] == [late.id]


def test_any_month_that_is_over_and_lacks_a_reason_makes_the_case_overdue(cast, late):
    make_discussion(late, cast.lado)
    explain(late, cast.lado, APRIL, MAY)
    (step,) = [s for s in next_steps(cases.whole(late)) if s.step is Step.DELAY]
    assert step.words("meeting") == "Give the reason for delay in March 2026"
    assert delays.all_overdue(clock.today()) == {late.id}
    assert delays.overdue(late, clock.today()) == [MARCH]
    explain(late, cast.lado, MARCH)
    assert delays.all_overdue(clock.today()) == set()
    assert not delays.overdue(late, clock.today())


@pytest.mark.parametrize(
    ("settled", "owed", "due_on"),
    [(Employer(EmployerWay.WITHOUT_DISCIPLINE, date(2026, 3, 9)), "action", (2026, 3, 12)),
     (Employer(EmployerWay.HEARING, date(2026, 3, 9)), "the hearing", (2026, 3, 30)),
     (Employer(EmployerWay.INVESTIGATION, date(2026, 3, 9)), "the investigator", (2026, 3, 23)),
     (Employer(EmployerWay.INVESTIGATION, date(2026, 3, 9), report_on=date(2026, 3, 20)),
      "whether there is a hearing", (2026, 3, 24)),
     (Employer(EmployerWay.INVESTIGATION, date(2026, 3, 9), None, date(2026, 3, 20),
               date(2026, 3, 23), True), "the hearing", (2026, 4, 15))],
)  # fmt: skip
def test_what_an_employer_owes_is_on_the_work_list_overdue_and_chased(
    cast, late, settled, owed, due_on
):
    strand = begin(late, cast.lado).strands[-1]
    assert strand.kind is StrandKind.EMPLOYER
    ongoing = StrandDetails(StrandStatus.ONGOING, employer=settled)
    change_strand(strand, ongoing, version=strand.version, by=cast.lado)
    day = date(*due_on)

    def is_overdue(today: date) -> bool:
        query = select(Case.id).where(something_overdue(today))
        late_otherwise = first_discussion_overdue(today)
        assert not db.session.scalar(select(Case.id).where(late_otherwise))
        return db.session.scalar(query) is not None

    make_discussion(late, cast.lado, held_on=day, next_review_on=day + timedelta(days=9))
    assert not is_overdue(day)
    assert is_overdue(day + timedelta(days=1))
    for asked in (Asked(cast.lado), Asked(agency="employer")):
        found = items(cast.lado, asked, day)[When.WITH_OTHERS]
        assert [(i.work, i.agency, i.due_on) for i in found] == [(Work.EMPLOYER, "Employer", day)]
        assert f"Waiting for the employer: {owed}" in found[0].words
    made = chases.chase(late, strand, chased_on=day, how=ChasedHow.PHONE, by=cast.lado)
    assert (made.words, made.strand_id) == ("Employer", strand.id)
    ended = StrandDetails(StrandStatus.ENDED, ended_on=date(2026, 5, 1), employer=settled)
    change_strand(strand, ended, version=strand.version, by=cast.lado)
    assert not is_overdue(day + timedelta(days=1))
    with pytest.raises(Refused):
        chases.chase(late, strand, chased_on=day, how=ChasedHow.PHONE, by=cast.lado)


def test_a_correction_is_a_new_reason_for_the_same_month(cast, late):
    explain(late, cast.lado, MARCH)
    explain(late, cast.manager, MARCH, term=reason("Court proceedings"))
    (standing,) = delays.standing(late).values()
    assert standing.term.label == "Court proceedings"
    assert [each.given_by for each in late.delay_reasons] == [cast.lado, cast.manager]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"months": []}, "months"), ({"months": [date(2026, 2, 1)]}, "months"),
     ({"months": [date(2026, 6, 1)]}, "months"), ({"term_id": None}, "term_id"),
     ({"text": " "}, "text")],
)  # fmt: skip
def test_a_reason_is_for_a_late_month_and_says_what_is_waited_for(cast, late, change, field):
    details = {"months": [MARCH], "term_id": reason(), "text": "Waiting"} | change
    with pytest.raises(Invalid) as refused:
        service.explain(late, DelayDetails(**details), by=cast.lado)
    assert set(refused.value.messages) == {field}


def test_the_reason_at_a_day_is_that_of_the_latest_month_up_to_it(cast, late):
    explain(late, cast.lado, MARCH)
    explain(late, cast.lado, MAY, term=reason("Court proceedings"))

    def at(day: date) -> list[tuple[int, int]]:
        found = db.session.execute(delays.reasons_at(month_number(day), [late.id]))
        return [tuple(row) for row in found]

    assert at(date(2026, 2, 28)) == []
    assert at(date(2026, 4, 30)) == [(late.id, reason())]
    assert at(date(2026, 5, 1)) == [(late.id, reason("Court proceedings"))]


def test_a_concluded_case_is_asked_for_none_and_one_opened_again_starts_anew(cast, late):
    held = make_discussion(begin(late, cast.lado), cast.lado, next_review_on=date(2026, 3, 2))
    agree(held, cast.lado)
    send_minutes(held, "All who came", by=cast.lado)
    conclude_case(late, cast.lado)
    assert delays.missing(late, clock.today()) == []
    # On a Sunday: no old review, no old month.
    reopen(late, reopened_on=clock.today(), reason="More is known",
           review_on=date(2026, 5, 20), version=late.version, by=cast.lado)  # fmt: skip
    assert delays.missing(late, clock.today()) == []
    assert cases.overdue_among([late]) == set()
    (step,) = next_steps(cases.whole(late))
    assert (step.step, step.due_on) == (Step.REOPENED, date(2026, 5, 20))
    running = {c.title("meeting"): c.due_on for c in clocks_of(late, user=cast.lado) if c.due_on}
    assert running["First strategy discussion, since it was reopened"] == date(2026, 5, 15)
    assert running["Most cases concluded, since it was reopened"] == date(2026, 6, 10)
    assert not [each for each in running if each.startswith("Review")]
    with time_machine.travel(datetime(2026, 6, 10, 9, tzinfo=UTC), tick=False):
        assert delays.missing(late, clock.today()) == []  # a month from 10 May
        assert cases.overdue_among([late]) == {late.id}  # its discussion
    with time_machine.travel(datetime(2026, 6, 11, 9, tzinfo=UTC), tick=False):
        assert delays.missing(late, clock.today()) == [date(2026, 6, 1)]
        make_discussion(
            late, cast.lado, held_on=date(2026, 5, 20), next_review_on=date(2026, 6, 17)
        )
        steps = {each.step: each.due_on for each in next_steps(cases.whole(late))}
        assert steps[Step.REVIEW] == date(2026, 6, 17)


def test_a_month_is_that_of_london(cast, late):
    """Half past midnight of 1 April there is still March in Greenwich."""
    late.entered_at = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    assert delays.missing(late, clock.today()) == [APRIL, MAY]


def test_minutes_that_are_corrected_were_in_time_and_wait_anew(cast, late):
    held = make_discussion(late, cast.lado, held_on=date(2026, 4, 20))
    agree(held, cast.lado)
    send_minutes(held, "All who came", by=cast.lado, on=date(2026, 4, 24))
    correct_minutes(held, reason="A slip", version=held.version, by=cast.lado)
    case = cases.whole(late)
    (waits,) = [s for s in next_steps(case) if s.number == 1 and s.step is not Step.REVIEW]
    # Ten working days from Sunday 10 May.
    assert (waits.step, waits.due_on) == (Step.CORRECTION, date(2026, 5, 22))
    (said,) = [c for c in clocks_of(case, user=cast.lado) if c.timescale is Timescale.MINUTES]
    assert (said.done_on, said.state(clock.today())) == (date(2026, 4, 24), State.IN_TIME)


def test_the_police_are_asked_on_one_day_the_agreed_one_unless_they_were_heard_since(cast, late):
    police = late.strands[0]
    told = term_id(TermGroup.POLICE_OUTCOME, "Charged")

    def asked(**details) -> list[date]:
        ongoing = StrandDetails(StrandStatus.ONGOING, started_on=date(2026, 3, 2))
        change_strand(police, replace(ongoing, **details), version=police.version, by=cast.lado)
        case = cases.whole(late)
        steps = [s.due_on for s in next_steps(case) if s.step is Step.STRAND]
        found = [c for c in clocks_of(case, user=cast.lado) if c.timescale is POLICE]
        assert [c.due_on for c in found if c.due_on and not c.done_on] == steps
        return steps

    assert asked() == [date(2026, 3, 30)]  # four weeks on
    assert asked(review_on=date(2026, 5, 4)) == [date(2026, 5, 4)]
    heard = {"result_id": told, "reported_on": date(2026, 4, 27)}
    assert asked(review_on=date(2026, 5, 4), **heard) == [date(2026, 5, 4)]
    heard["reported_on"] = date(2026, 5, 5)
    assert asked(review_on=date(2026, 5, 4), **heard) == [date(2026, 6, 2)]
    assert asked(status=StrandStatus.NOT_APPLICABLE, not_applicable_reason="No crime") == []


def test_what_a_concluded_case_still_owes_stays_on_every_list(cast, late):
    settle(late, cast.lado)
    dbs = term_id(TermGroup.REFERRAL_BODY, "Disclosure and Barring Service")
    days = {"referred_on": date(2026, 4, 1), "chase_on": date(2026, 5, 4)}
    sent = ReferralDetails(
        dbs, APRIL, ReferralDecision.REFER, ReferralBasis.POWER, "The LADO", **days
    )
    add_referral(late, sent, by=cast.lado)
    conclude_case(late, cast.lado, gate=False)
    late_ones = Filters(overdue=True, discussion_overdue=False)
    assert [case.id for case in whole_list(cast.lado, late_ones)] == [late.id]
    (item,) = items(cast.lado, Asked(cast.lado), clock.today())[When.OVERDUE]
    assert (item.work, item.due_on) == (Work.REFERRAL, date(2026, 5, 4))
    (mine,) = hand_over.work_of(cast.lado, reader=cast.lado).cases
    assert mine.next_step is not None
    assert mine.next_step.step is Step.REFERRAL


def test_what_is_open_is_chased_and_what_is_done_is_not(cast, late):
    action = make_action(late, cast.lado, due_on=date(2026, 4, 1))
    by_phone = {"chased_on": clock.today(), "how": ChasedHow.PHONE, "by": cast.support}
    assert chases.chase(late, action, **by_phone).words == "Action 1"
    with pytest.raises(Invalid):
        chases.chase(late, action, **(by_phone | {"chased_on": date(2026, 2, 1)}))
    finish_action(action, done_on=clock.today(), result="", by=cast.lado)
    with pytest.raises(Refused):
        chases.chase(late, action, **by_phone)
    held = make_discussion(late, cast.lado)
    made = chases.chase(late, held, **by_phone)
    assert (made.words, made.chased_by) == ("Minutes 1", cast.support)
    assert [each.number for each in late.chases] == [1, 2]


def test_a_chaser_says_only_what_is_true(cast, late):
    """A review is not chased once the next discussion was held, nor minutes kept elsewhere."""
    by_phone = {"chased_on": clock.today(), "how": ChasedHow.PHONE, "by": cast.lado}
    first = make_discussion(late, cast.lado, next_review_on=MAY)
    first.origin = Origin.REGISTER
    db.session.commit()
    assert chases.chase(late, first, **by_phone).words == "Review 1"
    second = make_discussion(late, cast.lado, held_on=MAY, next_review_on=date(2026, 5, 29))
    with pytest.raises(Refused):
        chases.chase(late, first, **by_phone)
    assert chases.chase(late, second, **by_phone).words == "Minutes 2"


def test_the_police_and_those_a_referral_went_to_are_chased(cast, late):
    police = late.strands[0]
    by_phone = {"chased_on": clock.today(), "how": ChasedHow.PHONE, "by": cast.support}
    with pytest.raises(Refused):
        chases.chase(late, police, **by_phone)
    ongoing = StrandDetails(StrandStatus.ONGOING, started_on=APRIL)
    change_strand(police, ongoing, version=police.version, by=cast.lado)
    assert chases.chase(late, police, **by_phone).words == "Police"
    dbs = term_id(TermGroup.REFERRAL_BODY, "Disclosure and Barring Service")
    sent = ReferralDetails(dbs, APRIL, ReferralDecision.REFER, ReferralBasis.POWER, "The LADO",
                           referred_on=APRIL)  # fmt: skip
    referral = add_referral(late, sent, by=cast.lado)
    assert chases.chase(late, referral, **by_phone).words == "Referral 1"
    for agency, work in (("police", Work.STRAND), ("dbs", Work.REFERRAL)):
        found = items(cast.lado, Asked(agency=agency), clock.today())
        assert [item.work for rows in found.values() for item in rows] == [work]


def test_an_action_of_our_own_waits_for_nobody_else_and_is_on_the_list_of_whose_it_is(cast, late):
    ahead = {"due_on": clock.today() + timedelta(days=3)}
    service = term_id(TermGroup.AGENCY, "LADO service")
    make_action(late, cast.lado, agency_id=service, owner="The duty LADO", **ahead)
    make_action(late, cast.lado, owner=cast.other_lado.name.upper(), **ahead)
    own = items(cast.lado, Asked(cast.lado), clock.today())
    assert [i.number for i in own[When.THIS_WEEK] if i.work is Work.ACTION] == [1]
    assert [i.number for i in own[When.WITH_OTHERS] if i.work is Work.ACTION] == [2]
    theirs = items(cast.other_lado, Asked(cast.other_lado), clock.today())
    assert [(i.work, i.number) for i in theirs[When.THIS_WEEK]] == [(Work.ACTION, 2)]


def test_work_is_ones_own_or_everybodys_and_by_agency(cast, late):
    police = term_id(TermGroup.AGENCY, "Police")
    ahead = clock.today() + timedelta(days=3)
    begin(late, cast.lado)
    make_action(late, cast.lado, due_on=date(2026, 4, 1), agency_id=police)
    make_action(late, cast.lado, due_on=ahead)
    follow_up = add_follow_up(log(cast.lado), cast.lado)
    begin(make_case(received_on=clock.today(), by=cast.other_lado), cast.other_lado)

    def listed(asked: Asked, by=cast.lado) -> dict[When, list[tuple[Work, int]]]:
        found = items(by, asked, clock.today())
        return {when: [(each.work, each.number) for each in rows] for when, rows in found.items()}

    own = listed(Asked(cast.lado))
    overdue = [(Work.DISCUSSION, 0), (Work.DELAY, 0), (Work.ACTION, 1)]
    assert own[When.OVERDUE] == [*overdue, (Work.DECISION, 0)]
    assert own[When.WITH_OTHERS] == [(Work.ACTION, 2)]
    assert (Work.FOLLOW_UP, follow_up.number) in own[When.THIS_WEEK] + own[When.LATER]
    team = listed(Asked())
    assert sum(map(len, team.values())) == sum(map(len, own.values())) + 1  # the other's case
    owed = listed(Asked(agency="police"))
    assert [rows for rows in owed.values() if rows] == [[(Work.ACTION, 1)]]


def test_nobody_finds_work_on_what_they_may_not_know_of(cast, late):
    make_action(late, cast.lado, due_on=date(2026, 4, 1))
    restrict(late, to=[cast.lado, cast.manager], version=late.version, by=cast.lado)
    assert not any(items(cast.other_lado, Asked(), clock.today()).values())
    assert any(items(cast.manager, Asked(), clock.today()).values())
    assert db.session.scalars(select(Case.id)).all() == [late.id]
