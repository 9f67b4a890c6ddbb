"""What a reader knows beside the sums of a table gives nothing away. Each story is figures made by
hand, and what would be hidden by whoever did not know it: that is found out, and what is chosen is
not."""

import csv
import io
from dataclasses import replace
from typing import Any

import pytest

from lado.reports.answer import Answer
from lado.reports.cells import Cell
from lado.reports.comparison import Comparison
from lado.reports.dataset import build_dataset
from lado.reports.disclosure import Disclosing, Disclosure, PublicRule, Published
from lado.reports.document import Document
from lado.reports.figures import Figures
from lado.reports.measures import MEASURES
from lado.reports.populations import POPULATIONS
from lado.reports.spans import EVENTS, LASTING, OF_ONE_PERIOD, ON_LAST_DAY
from lado.reports.values import Cohort, Rate
from lado.rules.quarters import Period

pytestmark = pytest.mark.sqlite_only

QUARTER = Period.parse("2012-13/Q4")
RULE = PublicRule()


def figures(period: Period | str, values: dict[str, Any]) -> Figures:
    known = Period.parse(period) if isinstance(period, str) else period
    return Figures(known, known.end, False, values)


def hides(*slots: tuple[str, ...], rule: PublicRule = RULE) -> Disclosure:
    cells = (Cell(QUARTER, measure, tuple(label)) for measure, *label in slots)
    return Disclosure(rule, frozenset(cells), frozenset())


def numbers(measure: str, **rows: int) -> dict[str, Any]:
    return {measure: {word.replace("_", " "): n for word, n in rows.items()}}


TELLING, DECISION = "consultations.by_telling", "consultations.by_decision"
BODY, NUMBER = "referrals.sent_by_body", "strategy.by_number"
OUTCOME, OF_OPENED = "outcomes.concluded_in_period", "outcomes.of_cases_opened"
AGENCY, DBS = "actions.overdue_by_agency", "Disclosure and Barring Service"
STORIES: dict[str, tuple[dict[str, Any], list[tuple[str, ...]]]] = {
    "told in time are one row, and two are all that it is out of": (
        {"consultations.received": 40, "consultations.told_within_1_working_day": Rate(34, 36)}
        | {TELLING: {"Within 1 working day": 34, "Later or before": 2, "Not recorded": 4}},
        [(TELLING, "Later or before"), (TELLING, "Not recorded")],
    ),
    "discussions are those of the cases by number": (
        {"strategy.held": 30, "strategy.cases_discussed": 20}
        | {NUMBER: {"1": 12, "2": 6, "3": 2, "4": 0, "5": 0, "6 or more": 0}},
        [(NUMBER, "2"), (NUMBER, "3")],
    ),
    "those that progressed are a row of the decisions": (
        {"consultations.received": 59, "consultations.progressed": 12}
        | {DECISION: {"Progress to strategy discussion": 12, "Advice": 44, "Low-level": 3}},
        [(DECISION, "Progress to strategy discussion"), (DECISION, "Low-level")],
    ),
    "so they are beside a row of the council's own": (
        {"consultations.received": 61, "consultations.conversion": Rate(14, 61)}
        | {DECISION: {"Progress to strategy discussion": 12, "Ours": 2, "Advice": 40, "Low": 7}},
        [(DECISION, "Ours"), (DECISION, "Low")],
    ),
    "barring referrals are a row of those sent": (
        {"dbs.referrals_made": 9, "referrals.sent": 12, BODY: {DBS: 9, "Teaching": 3}},
        [(BODY, DBS), (BODY, "Teaching")],
    ),
    "the flow of cases, without those that were reopened": (
        {"cases.brought_forward": 20, "cases.opened": 1, "cases.concluded": 8}
        | {"cases.open_at_end": 13, "cases.overseen": 21},
        [("cases.opened",)],
    ),
    "what became of the cases opened is part of all conclusions": (
        {"cases.opened": 20, "cases.concluded": 27}
        | {OUTCOME: {"Substantiated": 6, "Unfounded": 20, "Malicious": 1}}
        | {OF_OPENED: Cohort(Rate(16, 20), {"Substantiated": 6, "Unfounded": 10, "Malicious": 0})},
        [(OUTCOME, "Substantiated"), (OUTCOME, "Malicious")],
    ),
    "the cases concluded of a category are part of those overseen": (
        {"cases.overseen": 27, "cases.concluded": 16}
        | numbers("cases.by_category", Physical=20, Neglect=6, Emotional=1)
        | numbers("outcomes.by_category", Physical=10, Neglect=6, Emotional=0),
        [("cases.by_category", "Neglect"), ("cases.by_category", "Emotional")],
    ),
    "actions due and overdue are part of an agency's overdue ones": (
        {"actions.due": 30, "actions.overdue_at_end": 19}
        | numbers("actions.by_agency", Police=14, Health=16)
        | numbers("actions.by_state", Done_on_time=18, Done_late=0, Waived=0, Overdue=12)
        | {"actions.agency_by_state": {("Police", "Done on time"): 8, ("Police", "Overdue"): 6,
                                       ("Health", "Done on time"): 10, ("Health", "Overdue"): 6}}
        | numbers(AGENCY, Police=6, Health=12, Schools=1),
        [(AGENCY, "Police"), (AGENCY, "Schools")],
    ),
    "a consultation without an unnamed adult names at least one": (
        {"consultations.received": 40, "consultations.unnamed": 4, "adults.named": 36},
        [("consultations.unnamed",)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_what_is_known_beside_the_table_is_reckoned_with(story: str) -> None:
    values, naive = STORIES[story]
    judged = Disclosing(Comparison(figures(QUARTER, values)), RULE)
    assert judged.exposed(hides(*naive))
    assert not judged.exposed(judged.choose())


def test_what_stands_in_no_sum_is_known_to_be_hidden_for_being_small() -> None:
    """Below three it is one or two, so of it nothing at all is told."""
    rule = PublicRule(threshold=3)
    alone = ("referrals.acknowledged",)
    judged = Disclosing(Comparison(figures(QUARTER, {alone[0]: 2})), rule)
    assert judged.exposed(hides(alone, rule=rule))
    assert judged.choose().withheld == hides(alone).hidden


def test_two_answers_about_one_period_are_read_together() -> None:
    rows = "timeliness.concluded_in_period"
    values = {
        "cases.concluded": 22,
        rows: {"1 month": 9, "3 months": 3, "12 months": 4, "over 12 months": 6},
        "timeliness.within_1_month": Rate(9, 22), "timeliness.within_3_months": Rate(12, 22),
    }  # fmt: skip
    year = figures("calendar-2012", values)
    first = Answer((rows,), (year,))
    before = Published(first, Disclosing(first, RULE).choose())
    then = Disclosing(
        Answer(("timeliness.within_1_month", "timeliness.within_3_months"), (year,)),
        RULE,
        [before],
    )
    assert then.exposed(hides())
    assert then.choose().hidden


def test_each_population_goes_from_period_to_period_in_one_known_way() -> None:
    ways = (EVENTS, LASTING, ON_LAST_DAY, OF_ONE_PERIOD)
    assert set().union(*ways) == set(POPULATIONS)
    assert sum(map(len, ways)) == len(POPULATIONS)


def test_the_children_on_a_case_last_as_long_as_it() -> None:
    """Those of two quarters are not those of the year: some are in both."""
    rows = "children.by_care"

    def of(period: str, *counts: int) -> Figures:
        words = ("Looked after", "Not looked after", "Not recorded")
        return figures(
            period, {"children.described": sum(counts), rows: dict(zip(words, counts, strict=True))}
        )

    # Fourteen in one quarter are fourteen at least in the year, so one is left.
    published = Comparison(
        of("2012-13/Q4", 0, 9, 10), of("2012-13/Q3", 0, 9, 14), to_date=of("2012-13", 1, 10, 14)
    )
    judged = Disclosing(published, RULE)
    year = Period.parse("2012-13")
    naive = frozenset({Cell(year, rows, ("Looked after",)), Cell(year, rows, ("Not recorded",))})
    assert judged.exposed(Disclosure(RULE, naive, frozenset()))
    assert not judged.exposed(judged.choose())


def test_the_sub_sectors_of_a_sector_are_part_of_it() -> None:
    sectors, parts = "consultations.by_sector", "consultations.by_subsector"
    values = {
        "consultations.received": 47,
        sectors: {"Health": 9, "Faith": 8, "Education": 30},
        parts: {"Hospital": 6, "Practice": 3, "Church": 5, "Mosque": 3, "School": 30},
    }
    parents = {"Hospital": "Health", "Practice": "Health", "Church": "Faith", "Mosque": "Faith"}
    drawn = replace(figures(QUARTER, values), parents=parents | {"School": "Education"})
    judged = Disclosing(Comparison(Figures.from_record(drawn.as_record())), RULE)
    assert judged.exposed(hides((parts, "Practice"), (parts, "Mosque")))
    assert not judged.exposed(judged.choose())


ROLES = "consultations.by_role"


def by_role(period: str, **roles: int) -> Figures:
    received = {"consultations.received": sum(roles.values())}
    return figures(period, received | numbers(ROLES, **roles))


@pytest.mark.parametrize("few", [{"Imam": 7}, {"Nurse": 1, "Coach": 1, "Taxi_driver": 3}])
def test_which_rows_a_column_about_few_has_tells_nothing(few: dict[str, int]) -> None:
    """Of a list of which only those with records have a row: in no table, and in no file."""
    published = Comparison(by_role("2012-13/Q4", Teacher=34, Coach=6), by_role("2012-13/Q3", **few))
    document = Document(published, "Any Council")
    public = document.in_public(Disclosing(published, RULE).choose(), "")
    (table,) = (
        shown.table for section in public.sections for shown in section.tables
        if shown.table.id == "consultations-by-role"
    )  # fmt: skip
    assert {row.label: str(row.cells[1]) for row in table.rows if not row.is_total} == {
        "Teacher": "[c]", "Coach": "[c]",
    }  # fmt: skip
    lines = csv.DictReader(io.StringIO(build_dataset(public).decode("utf-8-sig")))
    told = [(each["row"], each["value"], each["note"]) for each in lines
            if each["measure_id"] == ROLES and each["period"] == "2012-13 Q3"]  # fmt: skip
    assert sorted(told) == [("Coach", "", "[c]"), ("Teacher", "", "[c]")]


def test_where_noughts_are_hidden_a_row_that_is_absent_is_one() -> None:
    rule = PublicRule(threshold=3, hides_nought=True)
    published = Comparison(
        by_role("2012-13/Q4", Teacher=34, Coach=6),
        by_role("2012-13/Q3", Teacher=36, Nurse=1, Coach=3),
    )
    judged = Disclosing(published, rule)
    nurse = ROLES, "Nurse"
    assert hides(nurse).hidden <= judged.choose().hidden
    # Alone in its sum, the nought is found out.
    assert judged.exposed(hides(nurse, rule=rule)) >= hides(nurse).hidden


def test_the_greatest_of_something_is_in_the_full_edition_only() -> None:
    assert [each.id for each in MEASURES if each.shape == "most" and each.public] == []
