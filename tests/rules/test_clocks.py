"""The timescales of a case. Expected days are counted by hand on a calendar of 2026."""

from calendar import month_name
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from lado.rules.clocks import OF_EMPLOYER, Clock, Facts, Meeting, State, clocks
from lado.rules.delays import last_day, months_late, months_words
from lado.rules.strands import UNSETTLED, Employer
from lado.rules.timescales import TIMESCALES, Timescale, add_months
from lado.rules.vocabulary import EmployerWay

T = Timescale
# Monday 2 March 2026; Good Friday is 3 April, Easter Monday 6 April.
RECEIVED = date(2026, 3, 2)
AMOUNTS = {rule.name: rule.amount for rule in TIMESCALES.values()}
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


def found(facts: Facts, timescale: Timescale) -> list[Clock]:
    return [each for each in clocks(facts, AMOUNTS) if each.timescale is timescale]


def said(facts: Facts, timescale: Timescale, today: date) -> list[str]:
    return [each.words(today) for each in found(facts, timescale)]


def test_each_named_timescale_is_there_and_says_what_has_not_started() -> None:
    facts = Facts(received_on=RECEIVED, opened_on=RECEIVED)
    names = [each.timescale for each in clocks(facts, AMOUNTS)]
    assert names == [each for each in TIMESCALES if each is not T.PLAINLY_UNFOUNDED]
    assert said(facts, T.MINUTES, RECEIVED) == ["Not started"]
    assert said(facts, T.POLICE_REVIEW, RECEIVED) == ["Not started"]


def test_what_was_done_was_in_time_or_late_in_the_units_of_the_rule() -> None:
    contact = (date(2026, 2, 26), RECEIVED, date(2026, 3, 3))  # told on Thursday, by Friday
    facts = Facts(RECEIVED, RECEIVED, contact=contact)
    assert said(facts, T.TOLD_LADO, RECEIVED) == ["Late by 1 working day"]
    assert said(facts, T.DECISION, RECEIVED) == ["In time"]


def test_what_is_not_done_is_due_today_soon_or_overdue() -> None:
    facts = Facts(RECEIVED, RECEIVED)  # five working days on: Monday 9 March
    assert said(facts, T.FIRST_DISCUSSION, date(2026, 3, 5)) == ["Due in 2 working days"]
    assert said(facts, T.FIRST_DISCUSSION, date(2026, 3, 9)) == ["Due today"]
    assert said(facts, T.FIRST_DISCUSSION, date(2026, 3, 12)) == ["Overdue by 3 working days"]
    assert said(facts, T.CONCLUSION_MOST, date(2026, 4, 4)) == ["Overdue by 2 days"]
    # Received on a Friday, due on the next; no working day has passed on that Saturday.
    friday = Facts(date(2026, 3, 6), date(2026, 3, 6))
    late = said(friday, T.FIRST_DISCUSSION, date(2026, 3, 14))
    assert late == ["Overdue by less than 1 working day"]


def test_each_discussion_starts_the_clock_of_its_minutes_and_of_the_next_review() -> None:
    first = Meeting(1, date(2026, 3, 9), circulated_on=date(2026, 3, 20))
    second = Meeting(2, date(2026, 4, 9), next_review_on=date(2026, 4, 20))
    last = Meeting(3, date(2026, 4, 21), final=True, minutes_elsewhere=True)
    facts = Facts(RECEIVED, RECEIVED, meetings=[last, second, first])
    today = date(2026, 4, 22)
    assert said(facts, T.FIRST_DISCUSSION, today) == ["In time"]
    # 9 March and 28 days is 6 April; the review agreed for 20 April was held on the 21st.
    assert said(facts, T.REVIEW, today) == ["Late by 3 days", "Late by 1 day"]
    assert said(facts, T.MINUTES, today) == ["In time", "Due in 1 working day"]


def test_the_police_are_asked_every_four_weeks_until_their_strand_ends() -> None:
    heard = [date(2026, 3, 3), date(2026, 4, 7)]
    facts = Facts(RECEIVED, RECEIVED, police_heard=heard)
    assert said(facts, T.POLICE_REVIEW, date(2026, 5, 6)) == ["Late by 7 days", "Overdue by 1 day"]
    ended = Facts(RECEIVED, RECEIVED, police_heard=heard, police_ended_on=date(2026, 4, 30))
    assert said(ended, T.POLICE_REVIEW, date(2026, 9, 1)) == ["Late by 7 days", "In time"]


def owed(employer: Employer, **other) -> dict[Timescale, str]:
    """How each timescale of the employer stands on Tuesday 31 March 2026."""
    facts = Facts(RECEIVED, RECEIVED, employer=employer, **other)
    today = date(2026, 3, 31)
    return {c.timescale: c.words(today) for c in clocks(facts, AMOUNTS)
            if c.timescale in OF_EMPLOYER}  # fmt: skip


def test_an_employer_owes_what_its_way_asks_for_one_step_after_the_other() -> None:
    settled, needed = date(2026, 3, 9), {"hearing_decided_on": date(2026, 3, 24)}
    without = Employer(EmployerWay.WITHOUT_DISCIPLINE, settled)
    assert owed(without) == {T.EMPLOYER_ACTION: "Overdue by 13 working days"}  # due on the 12th
    assert owed(replace(without, acted_on=date(2026, 3, 12))) == {T.EMPLOYER_ACTION: "In time"}
    at_once = Employer(EmployerWay.HEARING, settled)  # 15 working days: Monday 30 March
    assert owed(at_once) == {T.HEARING: "Overdue by 1 working day"}
    first = Employer(EmployerWay.INVESTIGATION, settled)  # 10 working days: Monday 23 March
    waiting = {T.HEARING_DECISION: "Not started", T.HEARING: "Not started"}
    assert owed(first) == {T.INVESTIGATION_REPORT: "Overdue by 6 working days", **waiting}
    reported = replace(first, report_on=date(2026, 3, 20))
    in_time = {T.INVESTIGATION_REPORT: "In time"}
    late = {T.HEARING_DECISION: "Overdue by 5 working days", T.HEARING: "Not started"}
    assert owed(reported) == in_time | late
    # Two working days after the 20th is the 24th; 15 more, with Easter between, is 16 April.
    heard = replace(reported, hearing_needed=True, **needed)
    in_time[T.HEARING_DECISION] = "In time"
    assert owed(heard) == in_time | {T.HEARING: "Due in 10 working days"}
    assert owed(replace(reported, hearing_needed=False, **needed)) == in_time


def test_what_an_employer_did_not_do_before_the_end_is_no_longer_owed() -> None:
    at_once = Employer(EmployerWay.HEARING, date(2026, 3, 9))
    assert owed(at_once, employer_over=True) == {}
    assert owed(at_once, concluded_on=date(2026, 3, 20)) == {}
    assert owed(UNSETTLED, employer_over=True) == {}
    held = replace(at_once, hearing_on=date(2026, 3, 31))
    for ended in ({"employer_over": True}, {"concluded_on": date(2026, 4, 1)}):
        assert owed(held, **ended) == {T.HEARING: "Late by 1 working day"}


@st.composite
def employers(draw: st.DrawFn) -> Employer:
    """Any that the database takes: days one after the other, up to some step of the way."""
    way, day = draw(st.sampled_from(EmployerWay)), draw(DAYS)
    gaps = [timedelta(days=draw(st.integers(0, 60))) for _ in range(3)]
    after = list(accumulate(gaps, initial=day))
    steps = draw(st.integers(0, 3))
    if way is not EmployerWay.INVESTIGATION:
        last = "hearing_on" if way is EmployerWay.HEARING else "acted_on"
        return Employer(way, day, **({last: after[1]} if steps else {}))
    needed = draw(st.booleans())
    said = {"report_on": after[1], "hearing_decided_on": after[2], "hearing_on": after[3]}
    said = dict(list(said.items())[: min(steps, 3 if needed else 2)])
    return Employer(way, day, hearing_needed=needed if steps > 1 else None, **said)


@given(employer=employers(), over=st.booleans(), concluded=st.booleans())
def test_an_employer_owes_at_most_one_thing_and_none_once_it_is_over(
    employer: Employer, over: bool, concluded: bool
) -> None:
    said = [day for name, day in vars(employer).items() if name.endswith("_on") and day]
    facts = Facts(
        RECEIVED, RECEIVED, date(2035, 1, 1) if concluded else None,
        employer=employer, employer_over=over,
    )  # fmt: skip
    found = [c for c in clocks(facts, AMOUNTS) if c.timescale in OF_EMPLOYER]
    runs = [c for c in found if c.due_on and c.done_on is None]
    done = [c for c in found if c.done_on]
    assert len(runs) <= (0 if over or concluded else 1)
    if over or concluded:
        assert found == done
    # Each day but the first ended one clock, and the next one runs from the last.
    assert [c.done_on for c in done] == sorted(said)[1:]
    assert all(c.started_on == max(said) for c in runs)


def test_a_concluded_case_owes_its_minutes_and_nothing_else() -> None:
    meeting = Meeting(1, date(2026, 3, 9))
    facts = Facts(RECEIVED, RECEIVED, date(2026, 3, 10), meetings=[meeting], plainly_unfounded=True)
    waiting = [c.timescale for c in clocks(facts, AMOUNTS) if c.done_on is None]
    assert waiting == [T.MINUTES]
    assert said(facts, T.PLAINLY_UNFOUNDED, date(2026, 5, 1)) == ["Late by 1 day"]


@given(start=DAYS, taken=st.integers(0, 500), waited=st.integers(0, 500))
def test_in_time_means_by_the_last_day_and_never_depends_on_today(
    start: date, taken: int, waited: int
) -> None:
    ended = start + timedelta(days=taken)
    facts = Facts(start, start, ended)
    for clock in clocks(facts, AMOUNTS):
        assert clock.due_on is not None
        expected = State.IN_TIME if ended <= clock.due_on else State.LATE
        assert clock.state(ended + timedelta(days=waited)) is expected


def test_each_month_with_a_late_day_needs_a_reason() -> None:
    # Received on 31 January: due by 28 February, late from 1 March.
    spell = (date(2026, 1, 31), date(2026, 4, 1))
    assert months_late([spell], known_from=spell[0]) == [date(2026, 3, 1), date(2026, 4, 1)]
    until_due = (date(2026, 1, 31), date(2026, 2, 28))
    assert months_late([until_due], known_from=until_due[0]) == []


def test_nobody_is_asked_about_a_month_before_the_case_was_known_here() -> None:
    spell = (date(2020, 1, 1), date(2026, 4, 1))
    assert months_late([spell], known_from=date(2026, 3, 31)) == [
        date(2026, 3, 1),
        date(2026, 4, 1),
    ]


def as_month(words: str) -> date:
    name, year = words.split()
    return date(int(year), list(month_name).index(name), 1)


@given(start=DAYS, gaps=st.lists(st.integers(1, 3), max_size=9))
def test_months_are_said_in_runs_that_tell_each_of_them(start: date, gaps: list[int]) -> None:
    months = [start.replace(day=1)]
    for gap in gaps:
        months.append(add_months(months[-1], gap))
    told = []
    for run in months_words(months).replace(" and ", ", ").split(", "):
        first, *last = map(as_month, run.split(" to "))
        until = last[0] if last else first
        while first <= until:
            told.append(first)
            first = add_months(first, 1)
    assert told == months


@given(begun=DAYS, lasted=st.integers(0, 900), entered=st.integers(0, 400))
def test_the_months_are_those_of_the_late_days_counted_one_by_one(
    begun: date, lasted: int, entered: int
) -> None:
    known, until = begun + timedelta(days=entered), begun + timedelta(days=lasted)
    due = next(c for c in clocks(Facts(begun, begun), AMOUNTS) if c.timescale is T.CONCLUSION_MOST)
    assert due.due_on is not None
    days = (begun + timedelta(days=n) for n in range(lasted + 1))
    late = {day.replace(day=1) for day in days if day > due.due_on}
    expected = sorted(month for month in late if last_day(month) >= known)
    assert months_late([(begun, until)], known_from=known) == expected
