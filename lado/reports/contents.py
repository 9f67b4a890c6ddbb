"""What stands where: the report's sections, the tables in them and the chart beside a table."""

from dataclasses import dataclass

COHORT_WARNING = (
    "Read with care: cases that are still open tend to be the longer ones, which end as "
    "substantiated more often, so the shares of a recent period will change."
)


@dataclass(frozen=True)
class TablePlan:
    """One breakdown or cohort alone, or several counts, rates and ratios as rows."""

    id: str
    caption: str
    measures: tuple[str, ...]
    chart: str = ""
    note: str = ""


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    tables: tuple[TablePlan, ...]


def _one(measure: str, caption: str, chart: str = "", note: str = "") -> TablePlan:
    return TablePlan(measure.replace(".", "-").replace("_", "-"), caption, (measure,), chart, note)


# The figures that open the report, each beside its change.
HEADLINES = (
    "consultations.received",
    "consultations.conversion",
    "cases.overseen",
    "strategy.held",
    "cases.concluded",
    "cases.open_at_end",
)

SECTIONS = (
    Section(
        "consultations",
        "Consultations",
        (
            TablePlan(
                "consultations-totals",
                "Consultations",
                (
                    "consultations.received",
                    "consultations.progressed",
                    "consultations.conversion",
                    "consultations.unnamed",
                ),
            ),
            _one("consultations.by_month", "Consultations by month", chart="months"),
            _one("consultations.by_decision", "Consultations by decision"),
            _one("consultations.by_sector", "Consultations by sector", chart="sectors"),
            _one("consultations.by_referrer", "Consultations by agency that made contact"),
            _one("consultations.by_category", "Consultations by category of concern"),
            _one("consultations.by_context", "Consultations by context"),
        ),
    ),
    Section(
        "cases",
        "Cases",
        (
            TablePlan(
                "cases-flow",
                "Flow of cases",
                (
                    "cases.brought_forward",
                    "cases.opened",
                    "cases.reopened",
                    "cases.concluded",
                    "cases.open_at_end",
                    "cases.overseen",
                ),
                chart="flow",
            ),
            _one("cases.by_category", "Cases by category of concern", chart="categories"),
            _one("cases.by_sector", "Cases by sector"),
            TablePlan(
                "cases-complexity",
                "Complexity of cases",
                (
                    "cases.sexual_abuse_share",
                    "cases.institutional",
                    "cases.multiple_roles",
                    "cases.historical",
                ),
                note="A case may be in more than one row.",
            ),
            _one("cases.by_children", "Cases by number of children"),
        ),
    ),
    Section(
        "strategy-discussions",
        "Strategy discussions",
        (
            TablePlan(
                "strategy-discussions-held",
                "Strategy discussions",
                ("strategy.held", "strategy.cases_discussed", "strategy.per_case_overseen"),
            ),
        ),
    ),
    Section(
        "outcomes",
        "Outcomes",
        (
            _one("outcomes.concluded_in_period", "Outcomes of cases concluded", chart="outcomes"),
            _one(
                "outcomes.of_cases_opened",
                "Outcomes of the cases opened in the period",
                note=COHORT_WARNING,
            ),
        ),
    ),
    Section(
        "timeliness",
        "Timeliness",
        (
            TablePlan(
                "timeliness-response",
                "Telling the LADO, and the LADO's decision",
                (
                    "consultations.told_within_1_working_day",
                    "consultations.decided_within_1_working_day",
                ),
            ),
            _one("timeliness.concluded_in_period", "Time from contact to conclusion"),
            _one("timeliness.open_at_end", "Age of cases open at the end"),
        ),
    ),
    Section(
        "other-agencies",
        "Employers, police and barring referrals",
        (
            _one("employer.outcomes", "What the employer did"),
            _one("police.outcomes", "Result of police enquiries"),
            TablePlan("dbs-referrals", "Barring referrals", ("dbs.referrals_made",)),
        ),
    ),
    Section(
        "learning",
        "Learning",
        (_one("learning.themes", "Learning themes"),),
    ),
)
