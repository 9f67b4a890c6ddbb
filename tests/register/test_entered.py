"""What was entered here leaves as a register that can be loaded again."""

from dataclasses import replace
from datetime import date

import pytest

from lado import clock
from lado.extensions import db
from lado.models import Position
from lado.register.export import left_out
from lado.register.loading import load
from lado.reports.figures import draw
from lado.rules.quarters import Period
from lado.rules.vocabulary import Children, TermGroup
from lado.services import case as case_service
from lado.services import case_allegations, case_closure, decision
from lado.services import consultation as consultations
from lado.services.audit import COMMAND_LINE
from lado.services.person import PersonDetails
from tests.case_parts import (
    PROGRESS,
    allegation_details,
    conclude_case,
    join_case,
    make_discussion,
    open_case,
)
from tests.contacts import adult, contact, decide, log, position, restrict_consultation
from tests.factories import make_person, term_id
from tests.register.exports import exported, loads_and_comes_out_the_same, rows

pytestmark = pytest.mark.sqlite_only

RECEIVED, DISCUSSED, LATER, LAST = (
    date(2026, 4, 20), date(2026, 4, 27), date(2026, 5, 18), date(2026, 6, 15),
)  # fmt: skip
ABOUT_WREN = PersonDetails("Madeup", "Wren", date(1980, 4, 3))
OTHER_DECISIONS = "Other decisions, and that the consultation was opened again"
FURTHER_ADULT = "All of it, or what does not fit where somebody joined it: a further adult's case"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Moves on as the test says."""
    days = [RECEIVED]
    monkeypatch.setattr(clock, "today", lambda: days[-1])
    return days.append


def reopen(consultation, by):
    decision.reopen(consultation, reason="More is known", version=consultation.version, by=by)


def left_out_of(reference):
    return {what for ref, what in left_out(COMMAND_LINE) if ref == reference}


def opened_again(case, by):
    reopen(case.subjects[0].consultation, by)


def decided_again(case, by):
    opened_again(case, by)
    decide(case.subjects[0], by, PROGRESS, decided_on=LATER)


def concluded_then_decided_otherwise(case, by):
    conclude_case(case, by, gate=False, concluded_on=DISCUSSED)
    opened_again(case, by)
    decide(case.subjects[0], by, "Advice only", decided_on=LATER)


@pytest.mark.parametrize("history", [opened_again, decided_again, concluded_then_decided_otherwise])
def test_a_case_is_told_with_the_decision_that_opened_it(cast, today, in_another, history):
    case = open_case(cast.lado, adult(ABOUT_WREN))
    consultation = case.subjects[0].consultation
    today(DISCUSSED)
    make_discussion(case, cast.lado, held_on=DISCUSSED)
    today(LATER)
    history(case, cast.lado)
    out = exported()
    (row,) = rows(out)
    assert row["Decision"] == PROGRESS
    assert row["Decision date"] == "20/04/2026"
    assert row["Case ref"] == case.reference
    assert row["Strategy discussion dates"] == "27/04/2026"
    assert OTHER_DECISIONS in left_out_of(consultation.reference)
    assert in_another(lambda: loads_and_comes_out_the_same(out))


def test_a_decision_before_the_one_that_opened_the_case_is_listed(cast, today, in_another):
    consultation = log(cast.lado, adult(ABOUT_WREN))
    (subject,) = consultation.subjects
    decide(subject, cast.lado, "Threshold not met", advice="Keep an eye on it")
    today(DISCUSSED)
    reopen(consultation, cast.lado)
    decide(subject, cast.lado, PROGRESS, decided_on=DISCUSSED, advice="Suspend")
    out = exported()
    (row,) = rows(out)
    assert (row["Decision date"], row["Advice given"]) == ("27/04/2026", "Suspend")
    assert OTHER_DECISIONS in left_out_of(consultation.reference)
    assert in_another(lambda: loads_and_comes_out_the_same(out))


def test_a_contact_that_waits_again_has_no_decision(cast, today, in_another):
    consultation = log(cast.lado)
    decide(consultation.subjects[0], cast.lado)
    today(LATER)
    reopen(consultation, cast.lado)
    out = exported()
    assert not {"Decision", "Decision date", "Case ref"} & rows(out)[0].keys()
    assert left_out_of(consultation.reference) >= {OTHER_DECISIONS}
    assert in_another(lambda: loads_and_comes_out_the_same(out))


def test_a_reopened_case_is_told_as_one_time_open(cast, today, in_another):
    case = open_case(cast.lado, adult(ABOUT_WREN))
    today(LATER)
    conclude_case(case, cast.lado, gate=False, concluded_on=DISCUSSED)
    case_closure.reopen(
        case,
        reopened_on=LATER,
        reason="New facts",
        review_on=LATER,
        version=case.version,
        by=cast.lado,
    )
    make_discussion(case, cast.lado, held_on=LATER)
    still_open = rows(exported())
    assert "Date concluded" not in still_open[0]
    today(LAST)
    conclude_case(case, cast.lado, gate=False)
    out = exported()
    (row,) = rows(out)
    assert (row["Decision date"], row["Date concluded"]) == ("20/04/2026", "15/06/2026")
    assert (row["Strategy discussion dates"], row["Outcome"]) == ("18/05/2026", "Subject died")
    assert "Earlier conclusions and reopenings" in left_out_of(case.reference)
    assert in_another(lambda: loads_and_comes_out_the_same(out))


def test_an_earlier_contact_joins_a_case(cast, today, in_another):
    first = log(cast.lado, adult(wren := make_person(by=cast.lado)))
    today(DISCUSSED)
    case = open_case(cast.lado, adult(wren), received_on=DISCUSSED)
    decide(first.subjects[0], cast.lado, PROGRESS, case=case, decided_on=DISCUSSED)
    opener = case.subjects[-1].consultation
    out = exported()
    assert [row["Contact ref"] for row in rows(out)] == [opener.reference, first.reference]
    assert [row["Case ref"] for row in rows(out)] == [case.reference] * 2
    assert [row["Decision date"] for row in rows(out)] == ["27/04/2026"] * 2
    assert in_another(lambda: loads_and_comes_out_the_same(out))


def case_of_a_further_adult(by):
    consultation = log(by, adult(PersonDetails("Elsewhere", "Finn")), adult(ABOUT_WREN))
    first, further = consultation.subjects
    decide(first, by)
    decide(further, by, PROGRESS)
    assert further.case
    return further.case


def test_the_case_of_a_further_adult_is_listed(cast, in_another):
    case = case_of_a_further_adult(cast.lado)
    out = exported()
    assert "Case ref" not in rows(out)[0]
    assert FURTHER_ADULT in left_out_of(case.reference)
    assert in_another(lambda: loads_and_comes_out_the_same(out))


def test_the_case_of_a_further_adult_is_told_where_a_first_one_joined_it(cast, today, in_another):
    case = case_of_a_further_adult(cast.lado)
    today(LATER)
    make_discussion(case, cast.lado, held_on=DISCUSSED)
    join_case(case, cast.lado, adult(case.person), received_on=LATER)
    make_discussion(case, cast.lado, held_on=LATER)
    out = exported()
    _, row = rows(out)
    assert row["Case ref"] == case.reference
    assert row["Decision date"] == row["Strategy discussion dates"] == "18/05/2026"
    assert FURTHER_ADULT in left_out_of(case.reference)
    assert in_another(lambda: loads_and_comes_out_the_same(out))


def test_a_case_is_told_to_whoever_may_not_see_the_contact_that_opened_it(cast, today, in_another):
    case = open_case(cast.lado, adult(ABOUT_WREN))
    today(LATER)
    join_case(case, cast.lado, adult(case.person), received_on=LATER)
    make_discussion(case, cast.lado, held_on=LATER)
    restrict_consultation(case.subjects[0].consultation)
    out = exported(by=cast.other_lado)
    (row,) = rows(out)
    assert (row["Case ref"], row["Decision"]) == (case.reference, PROGRESS)
    assert row["Strategy discussion dates"] == "18/05/2026"
    assert in_another(lambda: loads_and_comes_out_the_same(out))


def other_category(case, by):
    (allegation,) = case.allegations
    case_allegations.change_allegation(
        allegation, allegation_details(non_recent=False), version=allegation.version, by=by
    )


def non_recent_allegation(case, by):
    details = allegation_details(non_recent=True)
    case_allegations.add_allegation(case, details, by=by)


def other_children(case, by):
    case_service.change_facts(
        case, children=Children.COUNTED, children_count=1, legal_position_of_trust=None,
        version=case.version, by=by,
    )  # fmt: skip


def institutional_contact(case, by):
    """Corrected on the consultation when the case was open already."""
    consultation = case.subjects[0].consultation
    consultations.change(
        consultation,
        contact=contact(children=Children.MULTIPLE),
        adults=[adult(case.person, organisation_itself=True, non_recent=False)],
        version=consultation.version,
        by=by,
    )


def other_position(case, _by):
    case.position = Position(
        person=case.person, sector_id=term_id(TermGroup.SECTOR, "Special school")
    )
    db.session.commit()


DIFFERENT = {
    "Concern category": (other_category, "Neglect", "Category", "cases.by_category"),
    "Historical": (non_recent_allegation, "Yes", "Whether it is non-recent", "cases.historical"),
    "Children": (other_children, "1", "Children", "cases.by_children"),
    "Institutional": (institutional_contact, "No", "Role, setting, sector", "cases.institutional"),
    "Sector": (other_position, "Special school", "Role, setting, sector", "cases.by_sector"),
}


@pytest.mark.parametrize("heading", DIFFERENT)
def test_where_case_and_contact_differ_the_row_says_what_the_figures_of_cases_count(
    cast, today, in_another, heading
):
    change, cell, listed, figure = DIFFERENT[heading]
    about = adult(ABOUT_WREN, non_recent=False)
    case = open_case(cast.lado, about, children=Children.MULTIPLE)
    reference = case.subjects[0].consultation.reference
    assert differing(reference) == []
    today(LAST)
    change(case, cast.lado)
    out, here = exported(), counted(figure)
    assert rows(out)[0][heading] == cell
    (what,) = differing(reference)
    assert what.startswith(listed)
    assert in_another(lambda: loads_and_comes_out_the_same(out) and counted(figure) == here)


def differing(reference):
    return [what for what in left_out_of(reference) if "the row has the case's" in what]


def counted(figure):
    return draw(db.session(), Period(RECEIVED, LAST))[figure]


REFUSED = {
    "Surname": ({"surname": "Unknown", "forename": "Wren"}, "A name that is none"),
    "Forename": ({"surname": "Madeup", "forename": "N/K"}, "A name that is none"),
    "Date of birth": (
        {"surname": "Madeup", "date_of_birth": date(2015, 1, 1)}, "A date of birth after",
    ),
}  # fmt: skip


@pytest.mark.parametrize("heading", REFUSED)
def test_what_an_import_would_refuse_stays_behind(cast, in_another, heading):
    details, listed = REFUSED[heading]
    received_on = date(2014, 4, 20)
    consultation = log(cast.lado, adult(PersonDetails(**details)), received_on=received_on)
    out = exported()
    assert heading not in rows(out)[0]
    assert any(what.startswith(listed) for what in left_out_of(consultation.reference))
    assert in_another(lambda: loads_and_comes_out_the_same(out))


def test_more_children_than_a_register_counts_are_multiple(cast, in_another):
    consultation = log(cast.lado, children=Children.COUNTED, children_count=501)
    out = exported()
    assert rows(out)[0]["Children"] == "Multiple"
    assert "Number of children, above 500" in left_out_of(consultation.reference)
    assert in_another(lambda: loads_and_comes_out_the_same(out))


def test_a_tab_in_a_text_leaves_as_a_blank(cast, in_another):
    log(cast.lado, summary="One\ttwo\u2028three")
    out = exported()
    assert rows(out)[0]["Summary"] == "One two\nthree"
    assert in_another(lambda: loads_and_comes_out_the_same(out))
    assert not load(out, by=COMMAND_LINE).problems


def test_a_further_position_of_which_the_sector_alone_is_known_is_listed(cast, in_another):
    bare = replace(position(organisation=None), role_id=None)
    about = adult(further_positions=[bare, position("Sports coach")])
    consultation = log(cast.lado, about)
    out = exported()
    assert rows(out)[0]["Other roles"] == "Sports coach @ Testwell School [Maintained school]"
    assert "Further position of which the sector alone is known" in left_out_of(
        consultation.reference
    )
    assert in_another(lambda: loads_and_comes_out_the_same(out))
