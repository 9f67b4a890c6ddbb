"""The register's figures, and the rules that the register does not reach."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from lado.models import (
    Allegation,
    Case,
    CaseSpell,
    Consultation,
    ConsultationSubject,
    Decision,
    Outcome,
    Position,
    Term,
    subject_other_position,
)
from lado.reports.comparison import Comparison, compare
from lado.reports.document import Document
from lado.reports.figures import draw
from lado.reports.measures import BY_ID, MEASURES
from lado.reports.reconciliation import ReconciliationError
from lado.rules.quarters import Period
from lado.rules.vocabulary import Origin, OutcomeCode, TermGroup
from tests.reports.example import EXPECTED, counted_there

YEAR = Period.parse("2012-13")
Q4 = Period.parse("2012-13/Q4")


@pytest.mark.parametrize("period", EXPECTED)
def test_the_registers_figures(register: Session, period: str) -> None:
    assert counted_there(draw(register, Period.parse(period)).as_json()) == EXPECTED[period]


@pytest.mark.parametrize("period", EXPECTED)
def test_figures_hold_together_and_come_in_the_order_of_their_declaration(
    register: Session, period: str
) -> None:
    figures = draw(register, Period.parse(period))
    figures.check()
    assert list(counted_there(figures.as_json())) == list(EXPECTED[period])


def test_labels_come_in_the_vocabularys_order(register: Session) -> None:
    labels = list(draw(register, YEAR)["consultations.by_sector"])
    terms = register.scalars(
        select(Term.label).where(Term.group == TermGroup.SECTOR).order_by(Term.position)
    ).all()
    assert labels == [label for label in terms if label in labels] + ["Not recorded"]
    assert list(draw(register, YEAR).as_json()["timeliness.concluded_in_period"]) == [
        "1 month",
        "3 months",
        "12 months",
        "over 12 months",
    ]


def test_zero_rows_and_not_recorded_are_kept_for_the_page_and_left_out_of_the_json(
    register: Session,
) -> None:
    figures = draw(register, Q4)
    assert figures["consultations.by_sector"]["Police"] == 0
    assert "Police" not in figures.as_json()["consultations.by_sector"]
    assert figures["police.outcomes"]["Not recorded"] == 33 - 13
    assert "Not recorded" not in figures.as_json()["police.outcomes"]


def test_a_term_called_like_a_row_of_the_report_loses_no_count(register: Session) -> None:
    """Such a word is refused; one may have been there before."""
    before = draw(register, YEAR)["police.outcomes"]
    register.execute(
        update(Term)
        .where(Term.group == TermGroup.POLICE_OUTCOME, Term.label == "No further action")
        .values(label="Not recorded")
    )
    after = draw(register, YEAR)["police.outcomes"]
    assert after["Not recorded"] == before["Not recorded"] + before["No further action"]
    draw(register, YEAR).check()


def test_a_year_is_the_sum_of_its_quarters_where_events_are_counted(register: Session) -> None:
    quarters = [draw(register, Period.parse(f"2012-13/Q{n}")) for n in (1, 2, 3, 4)]
    year = draw(register, YEAR)
    for measure in (
        "consultations.received",
        "cases.opened",
        "cases.concluded",
        "strategy.held",
        "dbs.referrals_made",
    ):
        assert sum(quarter[measure] for quarter in quarters) == year[measure]


def test_what_came_later_does_not_move_the_figures_but_completes_those_who_came_in(
    register: Session,
) -> None:
    later = counted_there(draw(register, YEAR, as_at=date(2013, 6, 30)).as_json())
    moved = {name for name, value in later.items() if value != EXPECTED["2012-13"][name]}
    assert moved <= {
        "as_at",
        "consultations.by_decision",
        "consultations.progressed",
        "consultations.conversion",
        "consultations.decided_within_1_working_day",
        "outcomes.of_cases_opened",
    }
    assert "outcomes.of_cases_opened" in moved
    assert later["consultations.received"] == 369


def test_comparisons_are_the_periods_that_the_report_names(register: Session) -> None:
    comparison = compare(register, Q4)
    assert comparison.previous is not None
    assert comparison.to_date is not None
    assert comparison.last_to_date is not None
    assert counted_there(comparison.previous.as_json()) == EXPECTED["2012-13/Q3"]
    assert counted_there(comparison.to_date.as_json()) == EXPECTED["2012-13"]
    assert counted_there(comparison.last_to_date.as_json()) == EXPECTED["2011-12"]
    assert comparison.last_year
    assert comparison.last_year.period == Period.parse("2011-12/Q4")


def test_trends_are_the_quarters_and_years_up_to_the_report(register: Session) -> None:
    trends = compare(register, Q4).trends
    quarters = [f"2012-13/Q{n}" for n in (1, 2, 3, 4)]
    for shown, periods in ((trends.quarters, quarters), (trends.years, ["2011-12", "2012-13"])):
        for figures, period in zip(shown[-len(periods) :], periods, strict=True):
            assert figures.as_json() == {name: EXPECTED[period][name] for name in figures.as_json()}
    assert (len(trends.quarters), len(trends.years)) == (8, 3)


def test_a_trend_says_that_records_begin_within_its_first_period(register: Session) -> None:
    comparison = compare(register, Q4)
    first = register.scalars(select(func.min(Consultation.received_on))).one()
    year, quarter = comparison.trends.years[0].period, comparison.trends.quarters[0].period
    assert year.start < first < quarter.start
    quarters, years = Document(comparison, "Any council").trends[0].tables
    begun = f"The first contact on record came in on {first.day} {first:%B %Y}, so {year.label}"
    assert begun in years.table.note
    assert "The first contact" not in quarters.table.note
    assert Comparison.from_record(comparison.as_record()) == comparison


def test_the_last_of_a_trend_ends_with_the_report(
    register: Session, time_machine_at_q4: None
) -> None:
    trends = compare(register, Q4).trends
    assert [shown[-1].label for shown in (trends.quarters, trends.years)] == [
        "2012-13 Q4 to 28 Feb",
        "2012-13 to 28 Feb",
    ]
    assert trends.quarters[-1]["consultations.received"] == 33 + 38


def test_a_year_is_compared_with_the_year_before_only(register: Session) -> None:
    comparison = compare(register, YEAR)
    assert (comparison.previous, comparison.to_date, comparison.last_to_date) == (None, None, None)
    assert comparison.last_year
    assert counted_there(comparison.last_year.as_json()) == EXPECTED["2011-12"]


@pytest.mark.parametrize(
    ("period", "roles"),
    [
        ("2012-13/Q1", {"previous", "last_year"}),
        ("2012-13/Q2", {"previous", "last_year", "to_date", "last_to_date"}),
        ("2012-05-01..2013-04-30", {"last_year"}),
        ("2012-01-01..2012-12-31", {"last_year"}),
        ("2012-05-01..2013-05-01", {"previous"}),
        ("2011-04-01..2013-03-31", {"previous"}),
        ("2012-02-01..2012-06-30", {"previous", "last_year"}),
    ],
)
def test_no_comparison_overlaps_its_period_repeats_it_or_crosses_a_year(
    register: Session, period: str, roles: set[str]
) -> None:
    record = compare(register, Period.parse(period)).as_record()
    assert {role for role, figures in record.items() if figures} == {"this", "trends"} | roles


def test_beside_a_period_under_way_stand_as_many_days_of_the_others(
    register: Session, time_machine_at_q4: None
) -> None:
    """59 days of the quarter have passed on 28 February."""
    comparison = compare(register, Q4)
    others = [comparison.previous, comparison.last_year, comparison.to_date]
    assert [other and (other.period.label, other.label, other.end) for other in others] == [
        ("2012-13 Q3", "2012-13 Q3 to 28 Nov", date(2012, 11, 28)),
        ("2011-12 Q4", "2011-12 Q4 to 28 Feb", date(2012, 2, 28)),
        ("2012-13", "2012-13 to 28 Feb", date(2013, 2, 28)),
    ]
    last_to_date = comparison.last_to_date
    assert last_to_date
    assert last_to_date.end == date(2012, 2, 29), "the month is whole on either side"
    for figures in (comparison.this, *comparison.others):
        days = draw(register, Period(figures.period.start, figures.end))
        shown = {**figures.as_json(), "period": None, "as_at": None}
        shown["consultations.by_month"] = days.as_json()["consultations.by_month"]
        assert shown == {**days.as_json(), "period": None, "as_at": None}


def test_a_year_under_way_is_compared_to_the_same_day_of_the_year_before(
    register: Session, time_machine_at_q4: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lado.clock.today", lambda: date(2012, 11, 25))
    last_year = compare(register, YEAR).last_year
    assert last_year
    assert last_year.label == "2011-12 to 25 Nov"
    received = last_year["consultations.received"]
    assert (
        received
        == draw(register, Period(date(2011, 4, 1), date(2011, 11, 25)))["consultations.received"]
    )


def test_a_period_on_its_last_day_is_compared_with_whole_ones(
    register: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lado.clock.today", lambda: Q4.end)
    comparison = compare(register, Q4)
    assert comparison.this.provisional
    assert comparison.previous
    assert counted_there(comparison.previous.as_json()) == EXPECTED["2012-13/Q3"]


def test_other_periods_are_followed_up_as_long_after_their_end(register: Session) -> None:
    comparison = compare(register, Q4, as_at=date(2013, 4, 10))
    assert comparison.previous is not None
    assert comparison.previous.as_at == date(2013, 1, 10)


def test_an_as_at_date_before_the_periods_end_is_refused(register: Session) -> None:
    with pytest.raises(ValueError, match="as-at date"):
        draw(register, YEAR, as_at=date(2013, 3, 30))


def test_a_period_that_has_not_begun_is_refused(register: Session) -> None:
    with pytest.raises(ValueError, match="has not begun"):
        draw(register, Period.parse("2198-99"))


def test_a_period_under_way_is_provisional(register: Session, time_machine_at_q4: None) -> None:
    figures = draw(register, Q4)
    assert figures.provisional
    assert figures.as_at == date(2013, 2, 28)
    assert figures["consultations.by_month"]["2013-03"] == 0
    assert figures["consultations.received"] == 33 + 38


@pytest.fixture
def time_machine_at_q4(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lado.clock.today", lambda: date(2013, 2, 28))


def _reopen(session: Session, reference: str, on: date, number: int = 2) -> None:
    case = session.scalars(select(Case.id).where(Case.imported_reference == reference)).one()
    session.execute(
        insert(CaseSpell).values(
            case_id=case,
            number=number,
            opened_on=on,
            reopened_reason="New information",
            origin=Origin.ENTERED,
        )
    )


def _concluded_in(session: Session, period: Period) -> tuple[int, str]:
    found = session.execute(
        select(Case.id, Case.imported_reference)
        .join(CaseSpell)
        .where(CaseSpell.concluded_on.between(period.start, period.end))
        .order_by(Case.id)
    ).first()
    assert found is not None
    return found.id, found.imported_reference


def _change_outcome(session: Session, case: int, outcome: OutcomeCode, on: date) -> None:
    allegation = session.scalars(select(Allegation.id).where(Allegation.case_id == case)).one()
    session.execute(
        update(Outcome)
        .where(Outcome.allegation_id == allegation)
        .values(ended_on=on, ended_reason="Reviewed")
    )
    session.execute(
        insert(Outcome).values(
            allegation_id=allegation,
            number=2,
            outcome=outcome,
            decided_on=on,
            origin=Origin.REGISTER,
        )
    )


def test_a_reopened_case_is_one_case_overseen_and_the_flow_still_holds(register: Session) -> None:
    _case, reference = _concluded_in(register, Period.parse("2012-13/Q3"))
    _reopen(register, reference, date(2013, 2, 4))
    figures = draw(register, Q4)
    figures.check()
    expected = EXPECTED["2012-13/Q4"]
    assert figures.as_json()["cases.reopened"] == 1
    assert figures["cases.opened"] == expected["cases.opened"]
    assert figures["cases.overseen"] == expected["cases.overseen"] + 1
    assert figures["cases.open_at_end"] == expected["cases.open_at_end"] + 1
    year = draw(register, YEAR)
    year.check()
    assert year["cases.overseen"] == 110


def test_the_outcome_of_a_case_is_the_first_of_its_allegations_outcomes(register: Session) -> None:
    case, _ = _concluded_in(register, Q4)
    before = draw(register, Q4)["outcomes.concluded_in_period"]
    primary = register.scalars(select(Allegation).where(Allegation.case_id == case)).one()
    old = register.scalars(select(Outcome.outcome).where(Outcome.allegation_id == primary.id)).one()
    second = register.execute(
        insert(Allegation)
        .values(
            case_id=case,
            number=2,
            is_primary=False,
            category_id=primary.category_id,
            origin=Origin.REGISTER,
        )
        .returning(Allegation.id)
    ).scalar_one()
    register.execute(
        insert(Outcome).values(
            allegation_id=second,
            number=1,
            outcome=OutcomeCode.SUBSTANTIATED,
            decided_on=Q4.start,
            origin=Origin.REGISTER,
        )
    )
    after = draw(register, Q4)["outcomes.concluded_in_period"]
    assert after["Substantiated"] == before["Substantiated"] + (old != OutcomeCode.SUBSTANTIATED)
    assert sum(after.values()) == sum(before.values())


def test_an_outcome_changed_after_the_period_does_not_move_it(register: Session) -> None:
    before = draw(register, Q4).as_json()["outcomes.concluded_in_period"]
    case, _ = _concluded_in(register, Q4)
    _change_outcome(register, case, OutcomeCode.MALICIOUS, date(2013, 4, 2))
    assert draw(register, Q4).as_json()["outcomes.concluded_in_period"] == before


OUTCOMES = "outcomes.concluded_in_period"
HALF_YEAR = Period(date(2012, 10, 1), date(2013, 3, 31))


def test_a_conclusion_keeps_its_outcome_when_the_case_is_opened_again(register: Session) -> None:
    before = draw(register, HALF_YEAR)[OUTCOMES]
    case, reference = _concluded_in(register, Period.parse("2012-13/Q3"))
    _reopen(register, reference, date(2013, 2, 4))
    _change_outcome(register, case, OutcomeCode.MALICIOUS, date(2013, 2, 10))
    assert draw(register, HALF_YEAR)[OUTCOMES] == before
    second = CaseSpell.case_id == case, CaseSpell.number == 2
    ended = {"concluded_on": date(2013, 3, 1), "origin": Origin.REGISTER}
    register.execute(update(CaseSpell).where(*second).values(ended))
    assert draw(register, HALF_YEAR)[OUTCOMES] == {**before, "Malicious": before["Malicious"] + 1}


def test_each_reopening_counts_and_a_case_open_again_is_not_concluded_in_its_cohort(
    register: Session,
) -> None:
    """As the definitions of the two figures say."""
    before = draw(register, YEAR)
    case, reference, ended = register.execute(
        select(Case.id, Case.imported_reference, CaseSpell.concluded_on)
        .join(CaseSpell)
        .where(CaseSpell.opened_on >= YEAR.start, CaseSpell.concluded_on <= YEAR.end)
    ).first() or pytest.fail("no case was opened and concluded in the year")
    _reopen(register, reference, ended)
    newest = CaseSpell.case_id == case, CaseSpell.concluded_on.is_(None)
    closed = {"concluded_on": ended, "origin": Origin.REGISTER}
    register.execute(update(CaseSpell).where(*newest).values(closed))
    _reopen(register, reference, ended, number=3)
    after = draw(register, YEAR)
    assert after["cases.reopened"] == before["cases.reopened"] + 2
    assert "Each counts" in BY_ID["cases.reopened"].rule
    cohort = "outcomes.of_cases_opened"
    concluded, opened = before[cohort].concluded
    assert after[cohort].concluded == (concluded - 1, opened)
    assert "open again by then is not concluded" in BY_ID[cohort].rule


def test_a_closure_that_needed_no_outcome_stays_so_when_the_case_is_opened_again(
    register: Session,
) -> None:
    case, reference = _concluded_in(register, Period.parse("2012-13/Q3"))
    reason = register.scalars(
        select(Term.id).where(Term.group == TermGroup.CLOSURE_REASON, Term.needs_outcome.is_(False))
    ).first()
    register.execute(
        update(CaseSpell).where(CaseSpell.case_id == case).values(closure_reason_id=reason)
    )
    allegations = select(Allegation.id).where(Allegation.case_id == case)
    register.execute(delete(Outcome).where(Outcome.allegation_id.in_(allegations)))
    before = draw(register, HALF_YEAR)[OUTCOMES]
    assert before["No outcome needed"] >= 1
    _reopen(register, reference, date(2013, 2, 4))
    _change_outcome(register, case, OutcomeCode.SUBSTANTIATED, date(2013, 2, 10))
    assert draw(register, HALF_YEAR)[OUTCOMES] == before


def _case_of_one_role(session: Session) -> Case:
    """Of a named person, open in the last quarter, without a further role."""
    several = select(ConsultationSubject.case_id).join(
        subject_other_position, subject_other_position.c.subject_id == ConsultationSubject.id
    )
    return session.scalars(
        select(Case)
        .join(CaseSpell)
        .where(Case.person_id.is_not(None), Case.id.not_in(several))
        .where(CaseSpell.opened_on.between(Q4.start, Q4.end))
    ).first() or pytest.fail("every case has several roles")


def _join(
    session: Session, case: Case, received_on: date, *, category: int, **role: int | None
) -> None:
    """A further contact on the case, about the case's person in that role."""
    named = {"person_id": case.person_id}
    position = _inserted(session, Position, origin=Origin.REGISTER, **named, **role)
    consultation = _inserted(
        session,
        Consultation,
        reference="C-further",
        imported_reference="x",
        public_id="x",
        origin=Origin.REGISTER,
        received_on=received_on,
    )
    _inserted(
        session,
        ConsultationSubject,
        consultation_id=consultation,
        number=1,
        position_id=position,
        category_id=category,
        case_id=case.id,
        **named,
    )


def _inserted(session: Session, model: Any, **values: Any) -> int:
    found: int = session.execute(insert(model).values(**values).returning(model.id)).scalar_one()
    return found


@pytest.mark.parametrize(
    ("received_on", "another_role", "named", "more"),
    [
        (Q4.end, True, True, 1),
        (Q4.end, False, True, 0),
        (date(2013, 4, 1), True, True, 0),
        (Q4.end, False, False, 0),
        (Q4.end, True, False, 0),
    ],
)
def test_a_further_role_is_another_one_of_the_same_person_stated_by_the_periods_end(
    register: Session, received_on: date, another_role: bool, named: bool, more: int
) -> None:
    case = _case_of_one_role(register)
    if not named:
        register.execute(update(Case).where(Case.id == case.id).values(person_id=None))
        register.refresh(case)
    before = draw(register, Q4)["cases.multiple_roles"]
    there = case.position
    roles = register.scalars(select(Term.id).where(Term.group == TermGroup.ROLE)).all()
    _join(
        register,
        case,
        received_on,
        category=case.primary_allegation.category_id,
        role_id=roles[0] if another_role else there.role_id,
        organisation_id=there.organisation_id,
        sector_id=there.sector_id,
    )
    assert draw(register, Q4)["cases.multiple_roles"] == before + more


def _undecided(session: Session) -> int:
    return session.scalars(
        select(Consultation.id)
        .join(ConsultationSubject)
        .outerjoin(Decision)
        .where(Decision.id.is_(None))
    ).first() or pytest.fail("every consultation is decided")


def _second_adult(session: Session, consultation: int) -> int:
    first = session.scalars(
        select(ConsultationSubject).where(ConsultationSubject.consultation_id == consultation)
    ).one()
    return session.execute(
        insert(ConsultationSubject)
        .values(
            consultation_id=consultation,
            number=2,
            person_id=None,
            position_id=first.position_id,
            category_id=first.category_id,
        )
        .returning(ConsultationSubject.id)
    ).scalar_one()


def test_a_consultation_about_two_adults_counts_once_and_progressed_if_either_did(
    register: Session,
) -> None:
    consultation = _undecided(register)
    received = register.get_one(Consultation, consultation).received_on
    period = Period(received, received)
    before = draw(register, period)
    second = _second_adult(register, consultation)
    progress = register.scalars(
        select(Term.id).where(Term.label == "Progress to strategy discussion")
    ).one()
    register.execute(
        insert(Decision).values(
            subject_id=second,
            number=1,
            term_id=progress,
            decided_on=received,
            origin=Origin.REGISTER,
        )
    )
    after = draw(register, period)
    assert after["consultations.received"] == before["consultations.received"]
    assert after["consultations.progressed"] == before["consultations.progressed"] + 1
    assert after["consultations.by_decision"] == before["consultations.by_decision"]
    assert after["consultations.unnamed"] == before["consultations.unnamed"]
    in_time = "consultations.decided_within_1_working_day"
    assert after[in_time] == before[in_time], "the first adult still waits"


def test_spells_of_a_case_that_overlap_do_not_reconcile(register: Session) -> None:
    case, reference = _concluded_in(register, Q4)
    spell = register.scalars(select(CaseSpell).where(CaseSpell.case_id == case)).one()
    _reopen(register, reference, spell.opened_on)
    figures = draw(register, Period(Q4.start, date(2013, 6, 30)))
    with pytest.raises(ReconciliationError, match="flow of cases"):
        figures.check()


def test_every_figure_is_declared_once() -> None:
    ids = [measure.id for measure in MEASURES]
    assert len(ids) == len(set(ids))
    assert set(ids) >= set(EXPECTED["2012-13"]) - {"period", "as_at"}
    assert all(measure.rule.endswith(".") and measure.title for measure in MEASURES)
