from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lado.rules.quarters import Period, PeriodKind, academic_year_of, quarter_of, year_of

ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(1960, 1, 1), date(2190, 12, 31))
PERIODS = st.one_of(
    st.builds(year_of, DAYS),
    st.builds(quarter_of, DAYS),
    st.builds(academic_year_of, DAYS),
    st.tuples(DAYS, DAYS).map(lambda days: Period(min(days), max(days))),
)


@pytest.mark.parametrize(
    ("text", "start", "end", "label", "slug"),
    [
        (
            "2012-13",
            date(2012, 4, 1),
            date(2013, 3, 31),
            "2012-13",
            "2012-13",
        ),
        (
            "2012-13/Q1",
            date(2012, 4, 1),
            date(2012, 6, 30),
            "2012-13 Q1",
            "2012-13-q1",
        ),
        (
            "2012-13/Q4",
            date(2013, 1, 1),
            date(2013, 3, 31),
            "2012-13 Q4",
            "2012-13-q4",
        ),
        (
            "1999-00/q2",
            date(1999, 7, 1),
            date(1999, 9, 30),
            "1999-00 Q2",
            "1999-00-q2",
        ),
        (
            "academic year 2012-13",
            date(2012, 9, 1),
            date(2013, 8, 31),
            "academic year 2012-13",
            "academic-2012-13",
        ),
        (
            "2012-04-01..2012-06-15",
            date(2012, 4, 1),
            date(2012, 6, 15),
            "1 April 2012 to 15 June 2012",
            "2012-04-01-to-2012-06-15",
        ),
    ],
)
def test_a_period_is_read_and_written(text, start, end, label, slug):
    period = Period.parse(text)
    assert (period.start, period.end) == (start, end)
    assert (period.label, period.slug) == (label, slug)


def test_a_range_that_is_a_quarter_or_a_year_is_known_as_one():
    assert Period.parse("2012-04-01..2012-06-30") == Period.parse("2012-13/Q1")
    assert Period.parse("2012-04-01..2013-03-31").kind is PeriodKind.YEAR
    assert Period.parse("2012-01-01..2012-12-31").kind is PeriodKind.CALENDAR_YEAR
    assert Period.parse("2012-02-01..2013-01-31").kind is PeriodKind.RANGE
    assert Period.parse("2012-05-01..2012-07-31").kind is PeriodKind.RANGE


@given(PERIODS)
def test_every_written_form_is_read_back(period):
    assert Period.parse(period.slug) == period
    assert "/" not in period.slug
    assert period.slug == period.slug.lower()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a period"),
        ("2012", "not a period"),
        ("last quarter", "Write a period as"),
        ("2012-13/Q5", "not a period"),
        ("2012-14", "Write 2012-13"),
        ("2012-13/Q4 ; drop", "not a period"),
        ("2012-04-01..2012-02-30", "2012-02-30 is not a date"),
        ("2012-06-30..2012-04-01", "earlier date first"),
        ("0001-02", "too far away"),
        ("9999-00/Q4", "too far away"),
        ("0000-01-01..2012-01-01", "0000-01-01 is not a date"),
        ("1900-01-01..2012-01-01", "too far away"),
        ("٢٠١٢-١٣", "not a period"),
    ],
)
def test_what_is_not_a_period_is_refused_in_plain_words(text, says):
    with pytest.raises(ValueError, match=says):
        Period.parse(text)


def refusal(text):
    try:
        Period.parse(text)
    except ValueError as error:
        return str(error)
    return None


@given(st.text())
def test_any_text_is_read_or_refused_with_a_sentence(text):
    assert (refusal(text) or "Read.").endswith(".")


@pytest.mark.parametrize(
    ("text", "previous"),
    [
        ("2012-13/Q1", "2011-12/Q4"),
        ("2012-13/Q4", "2012-13/Q3"),
        ("2012-13", "2011-12"),
        ("2012-04-01..2012-09-30", "2011-10-01..2012-03-31"),
        ("2012-04-11..2012-04-20", "2012-04-01..2012-04-10"),
    ],
)
def test_the_previous_period(text, previous):
    assert Period.parse(text).previous() == Period.parse(previous)


@pytest.mark.parametrize(
    ("text", "last_year"),
    [
        ("2012-13/Q1", "2011-12/Q1"),
        ("2012-13", "2011-12"),
        ("2013-02-01..2013-02-28", "2012-02-01..2012-02-29"),
        ("2012-02-01..2012-02-28", "2011-02-01..2011-02-28"),
        ("2012-04-11..2012-04-20", "2011-04-11..2011-04-20"),
        ("2013-02-22..2013-02-28", "2012-02-22..2012-02-28"),
        ("2013-02-28..2013-02-28", "2012-02-28..2012-02-28"),
        ("2012-02-29..2012-02-29", "2011-02-28..2011-02-28"),
        ("2012-02-01..2012-02-29", "2011-02-01..2011-02-28"),
    ],
)
def test_the_same_period_last_year(text, last_year):
    assert Period.parse(text).same_last_year() == Period.parse(last_year)


@pytest.mark.parametrize(
    ("text", "to_date"),
    [
        ("2012-13/Q1", "2012-13/Q1"),
        ("2012-13/Q2", "2012-04-01..2012-09-30"),
        ("2012-13/Q4", "2012-13"),
        ("2012-13", "2012-13"),
        ("2012-02-01..2012-04-15", "2012-04-01..2012-04-15"),
    ],
)
def test_the_year_to_date_starts_on_1_april(text, to_date):
    assert Period.parse(text).year_to_date() == Period.parse(to_date)


@pytest.mark.parametrize(
    ("text", "over_a_year", "within_a_year"),
    [
        ("2012-13", False, True),
        ("2012-05-01..2013-04-30", False, False),
        ("2012-05-01..2013-05-01", True, False),
        ("2012-13/Q4", False, True),
        ("2012-03-31..2012-04-01", False, False),
    ],
)
def test_a_period_knows_whether_it_is_longer_than_a_year_and_within_a_financial_one(
    text, over_a_year, within_a_year
):
    period = Period.parse(text)
    assert (period.is_over_a_year, period.is_within_a_year) == (over_a_year, within_a_year)


@given(DAYS)
def test_a_day_lies_in_its_quarter_and_its_year(day):
    quarter, year = quarter_of(day), year_of(day)
    assert quarter.start <= day <= quarter.end
    assert year.start <= quarter.start
    assert quarter.end <= year.end
    assert (quarter.kind, year.kind) == (PeriodKind.QUARTER, PeriodKind.YEAR)
    assert quarter.label.startswith(year.label)


@given(PERIODS)
def test_the_previous_period_ends_the_day_before_and_is_of_the_same_kind(period):
    previous = period.previous()
    assert previous.end + ONE_DAY == period.start
    if period.kind is not PeriodKind.RANGE:
        assert previous.kind is period.kind


@given(DAYS)
def test_four_quarters_make_a_year(day):
    year = year_of(day)
    fourth = quarter_of(year.end)
    quarters = [fourth, fourth.previous()]
    quarters += [quarters[-1].previous(), quarters[-1].previous().previous()]
    assert quarters[-1].start == year.start
    assert [quarter.label[-2:] for quarter in quarters] == ["Q4", "Q3", "Q2", "Q1"]


def test_months_are_named_by_their_first_day():
    assert Period.parse("2012-13/Q4").months == [
        date(2013, 1, 1),
        date(2013, 2, 1),
        date(2013, 3, 1),
    ]
    assert Period.parse("2012-04-11..2012-05-02").months == [date(2012, 4, 1), date(2012, 5, 1)]
    assert len(Period.parse("2012-13").months) == 12


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="earlier date first"):
        Period(date(2013, 1, 2), date(2013, 1, 1))
