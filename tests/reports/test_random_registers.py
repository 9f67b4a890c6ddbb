"""What holds of the figures of any register."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from lado import clock, database
from lado.models import User
from lado.reports.figures import Figures, draw
from lado.reports.measure import Measure, Shape
from lado.reports.measures import BY_ID, MEASURES
from lado.reports.measures.quality import measure_of
from lado.reports.populations import POPULATIONS
from lado.reports.rows import load_vocabulary
from lado.reports.to_mend import List, Whose
from lado.reports.tracing import CONCLUDED, OUT_OF, UNTRACED, Part, Records, codes
from lado.rules.data_quality import Counted
from lado.rules.quarters import Period, quarter_of
from tests.reports.known_by import known_by
from tests.reports.random_register import FIRST_DAY, Register
from tests.reports.reference import Reference
from tests.reports.reference_quality import Quality


def nth_quarter(number: int) -> Period:
    found = quarter_of(FIRST_DAY)
    for _ in range(number):
        found = quarter_of(found.end + timedelta(days=1))
    return found


SEEDS = st.integers(0, 2**32)
QUARTER = st.integers(0, 5).map(nth_quarter)
PERIODS = st.one_of(
    QUARTER,
    st.just(Period.parse("2022-23")),
    st.tuples(st.integers(0, 300), st.integers(0, 500)).map(
        lambda days: Period(
            FIRST_DAY + timedelta(days=days[0]), FIRST_DAY + timedelta(days=sum(days))
        )
    ),
)
few = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a seed says nothing when it is smaller
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Events of one day each: those of the quarters are those of the year.
EVENTS = (
    "consultations.received", "cases.opened", "cases.concluded", "strategy.held",
    "strategy.first_held", "attendance.invited", "actions.raised", "actions.due",
    "referrals.considered", "referrals.sent", "referrals.acknowledged", "safety.considered",
    "dbs.referrals_made", "adults.named", "training.sessions", "training.people",
    "decisions.audited",
)  # fmt: skip


@pytest.fixture(scope="module")
def empty_engine(migrated_database: Callable[[], str]) -> Iterator[Engine]:
    engine = create_engine(migrated_database())
    database.prepare(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def empty(empty_engine: Engine) -> Iterator[Session]:
    with Session(empty_engine) as session:
        yield session


def filled(session: Session, seed: int) -> Register:
    """In place of what was there."""
    session.rollback()
    register = Register(seed, session)
    register.save(session)
    return register


@few
@given(seed=SEEDS, period=PERIODS)
def test_figures_are_those_of_an_independent_count(
    empty: Session, seed: int, period: Period
) -> None:
    register = filled(empty, seed)
    ours = draw(empty, period).as_json()
    reference = Reference(register, period)
    theirs = reference.figures() | Quality(reference).figures()
    assert {name: (ours[name], theirs[name]) for name in theirs if ours[name] != theirs[name]} == {}
    assert {*ours} - {*theirs} <= {"period", "as_at", "cases.multiple_roles"}


@few
@given(seed=SEEDS, period=PERIODS)
def test_every_count_is_the_length_of_its_list(empty: Session, seed: int, period: Period) -> None:
    filled(empty, seed)
    as_at = min(period.end + timedelta(days=40), clock.today())
    figures, terms = draw(empty, period, as_at), load_vocabulary(empty)

    def codes_of(name: str) -> dict[str, str]:
        return codes(BY_ID[name], period, terms)

    traced = [name for name in POPULATIONS if name not in UNTRACED]
    records = {name: Records(name, empty, period, as_at) for name in traced}
    for measure in MEASURES:
        if measure.population in UNTRACED:
            continue
        for part, number in numbers(measure, figures, codes_of):
            listed = records[measure.population].behind(measure, part)
            assert len(listed.homes) == number, (measure.id, part)


def numbers(
    measure: Measure, figures: Figures, codes_of: Callable[[str], dict[str, str]]
) -> Iterator[tuple[Part, int]]:
    """Some are enough of those that are none."""
    value: Any = figures[measure.id]
    match measure.shape:
        case Shape.COUNT:
            yield Part(), value
        case Shape.RATE:
            yield Part(), value.numerator
            yield Part(OUT_OF), value.denominator
        case Shape.RATIO:
            yield Part(), value.numerator
        case Shape.BREAKDOWN:
            labels = codes_of(measure.id)
            shown = [label for label, n in value.items() if n] or list(value)[:1]
            yield from ((Part(labels[label]), value[label]) for label in shown)
            yield Part(), sum(value.values())
        case Shape.CROSS:
            rows, columns = (codes_of(margin) for margin in measure.margins)
            yield from ((Part(rows[r], columns[c]), n) for (r, c), n in value.items())
        case Shape.COHORT:
            labels = codes_of(measure.id)
            yield Part(OUT_OF), value.concluded.denominator
            yield Part(CONCLUDED), value.concluded.numerator
            yield from ((Part(labels[label]), n) for label, n in value.outcomes.items() if n)


@few
@given(seed=SEEDS, period=PERIODS)
def test_the_records_to_mend_are_those_that_the_figures_count(
    empty: Session, seed: int, period: Period
) -> None:
    register = filled(empty, seed)
    figures, reader = draw(empty, period), empty.get_one(User, register.user)
    faults = Quality(Reference(register, period)).faults
    for counted in Counted:
        mending = List(reader, Whose(), counted, period)
        flags = [mending.holds(fault).label(fault.id) for fault in mending.faults]
        every = mending.known.with_only_columns(mending.thing.id.label("record"), *flags)
        rows = empty.execute(mending.of_period(every)).all()
        for fault in mending.faults:
            found = [row.record for row in rows if getattr(row, fault.id)]
            bad, _looked_at = faults[fault.id]
            assert sorted(found) == sorted(thing.record for thing in bad), fault.id
            assert len(found) == figures[measure_of(fault)].numerator, fault.id


@few
@given(seed=SEEDS, period=PERIODS)
def test_parts_sum_to_their_totals(empty: Session, seed: int, period: Period) -> None:
    filled(empty, seed)
    figures = draw(empty, period)
    assert figures.discrepancies == []
    assert Figures.from_record(figures.as_record()) == figures


@few
@given(seed=SEEDS)
def test_quarters_sum_to_the_year_and_hand_their_open_cases_on(empty: Session, seed: int) -> None:
    filled(empty, seed)
    quarters = [draw(empty, Period.parse(f"2022-23/Q{n}")) for n in (1, 2, 3, 4)]
    year = draw(empty, Period.parse("2022-23"))
    for name in EVENTS:
        assert sum(quarter[name] for quarter in quarters) == year[name], name
    for one, following in pairwise(quarters):
        assert one["cases.open_at_end"] == following["cases.brought_forward"]


@few
@given(seed=SEEDS, period=PERIODS)
def test_what_happens_later_does_not_move_a_period(
    empty: Session, seed: int, period: Period
) -> None:
    register = filled(empty, seed)
    with_all = draw(empty, period).as_json()
    empty.rollback()
    register.save(empty, known_by(register, period.end))
    without = draw(empty, period).as_json()
    assert {n: (with_all[n], without[n]) for n in with_all if with_all[n] != without[n]} == {}
