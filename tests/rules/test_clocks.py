"""The timescales of a case. Expected days are counted by hand on a calendar of 2026."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lado.rules.clocks import Clock, Facts, Meeting, State, clocks
from lado.rules.delays import last_day, months_late
from lado.rules.timescales import TIMESCALES, Timescale

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
    facts = Facts(begun_on=RECEIVED, opened_on=RECEIVED)
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
