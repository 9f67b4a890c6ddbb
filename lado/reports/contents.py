"""What stands where: the report's sections, the tables in them and the chart beside a table."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lado.reports.measure import Shape
from lado.reports.measures import BY_ID
from lado.reports.measures.quality import OF_RECORDS, measure_of
from lado.reports.plan import Section, TablePlan, one, rows
from lado.reports.trends import TRENDED
from lado.rules.data_quality import CONTRADICTORY, MISSING

COHORT_WARNING = (
    "Read with care: cases that are still open tend to be the longer ones, which end as "
    "substantiated more often, so the shares of a recent period will change."
)


ON_RECORD = (
    "What is not on record may have happened all the same: a register that was loaded holds none."
)
# The figures that open the report, each beside its change.
HEADLINES = (
    "consultations.received",
    "consultations.conversion",
    "cases.overseen",
    "strategy.held",
    "cases.concluded",
    "cases.open_at_end",
)

# The section that begins with a paragraph.
QUALITY = "quality"
SECTIONS = (
    Section(
        "consultations",
        "Consultations",
        (
            rows(
                "consultations-totals",
                "Consultations",
                "consultations.received",
                "consultations.progressed",
                "consultations.conversion",
                "consultations.unnamed",
                "consultations.small_voluntary",
                "consultations.small_voluntary_advised",
                "consultations.repeat_settings",
            ),
            one("consultations.by_month", "Consultations by month", chart="months"),
            one("consultations.by_decision", "Consultations by decision"),
            one("consultations.by_sector", "Consultations by sector", chart="sectors"),
            one("consultations.sector_by_decision", "Sector and decision"),
            one("consultations.by_subsector", "Consultations by sub-sector"),
            one("consultations.by_school_phase", "Consultations by school phase"),
            one("consultations.by_school_type", "Consultations by school type"),
            one("consultations.by_role", "Consultations by role"),
            one("consultations.by_referrer", "Consultations by agency that made contact"),
            one("consultations.referrer_by_sector", "Agency that made contact, and sector"),
            one("consultations.by_category", "Consultations by category of concern"),
            one("consultations.sector_by_category", "Sector and category of concern"),
            one("consultations.by_limb", "Consultations by criterion of the threshold"),
            one("consultations.by_context", "Consultations by context"),
            one("consultations.sector_by_context", "Sector and context"),
            one("consultations.by_other_authority", "Consultations by another authority’s part"),
        ),
    ),
    Section(
        "people",
        "Adults and children",
        (
            rows(
                "people-totals",
                "Adults named in consultations",
                "adults.named",
                "adults.different",
                "adults.repeat",
            ),
            one("adults.by_sex", "Adults by sex"),
            one("adults.by_age", "Adults by age"),
            rows("children-described", "Children on cases", "children.described"),
            one("children.by_age", "Children by age"),
            one("children.by_sex", "Children by sex"),
            one("children.by_care", "Children looked after"),
            one("children.by_view", "Children’s views"),
        ),
    ),
    Section(
        "cases",
        "Cases",
        (
            rows(
                "cases-flow",
                "Flow of cases",
                "cases.brought_forward",
                "cases.opened",
                "cases.reopened",
                "cases.concluded",
                "cases.open_at_end",
                "cases.overseen",
                chart="flow",
            ),
            one("cases.by_category", "Cases by category of concern", chart="categories"),
            one("cases.by_sector", "Cases by sector"),
            one("cases.by_context", "Cases by context"),
            rows(
                "cases-complexity",
                "Complexity of cases",
                "cases.sexual_abuse_share",
                "cases.institutional",
                "cases.multiple_roles",
                "cases.historical",
                note="A case may be in more than one row.",
            ),
            one("cases.by_children", "Cases by number of children"),
            one("cases.by_other_authority", "Cases by another authority’s part"),
            rows("cases-matters", "Cases from one event", "cases.in_matters", "cases.matters"),
        ),
    ),
    Section(
        "strategy-discussions",
        "Strategy discussions",
        (
            rows(
                "strategy-discussions-held",
                "Strategy discussions",
                "strategy.held",
                "strategy.cases_discussed",
                "strategy.per_case_overseen",
                "strategy.most",
            ),
            one("strategy.by_purpose", "Strategy discussions by purpose"),
            one("strategy.by_number", "Cases by number of discussions"),
            rows("attendance-invited", "Invitations", "attendance.invited"),
            one("attendance.by_agency", "Invitations by agency"),
            one("attendance.by_attendance", "Invitations by attendance"),
            one("attendance.agency_by_attendance", "Attendance by agency"),
            rows(
                "actions-totals",
                "Actions",
                "actions.raised",
                "actions.due",
                "actions.overdue_at_end",
            ),
            one("actions.by_agency", "Actions due by agency"),
            one("actions.by_state", "Actions due by result"),
            one("actions.agency_by_state", "Actions by agency and result"),
            one("actions.overdue_by_agency", "Overdue actions by agency"),
        ),
    ),
    Section(
        "outcomes",
        "Outcomes",
        (
            one("outcomes.concluded_in_period", "Outcomes of cases concluded", chart="outcomes"),
            one(
                "outcomes.of_cases_opened",
                "Outcomes of the cases opened in the period",
                note=COHORT_WARNING,
            ),
            TablePlan(
                "outcomes-beside",
                "Outcomes of cases concluded and of cases opened",
                ("outcomes.concluded_in_period", "outcomes.of_cases_opened"),
                note=COHORT_WARNING,
                beside=True,
            ),
            one("outcomes.by_category", "Cases concluded by category of concern"),
            one("outcomes.category_by_outcome", "Category of concern and outcome"),
            one("outcomes.by_sector", "Cases concluded by sector"),
            one("outcomes.sector_by_outcome", "Sector and outcome"),
        ),
    ),
    Section(
        "timeliness",
        "Timeliness",
        (
            rows(
                "timeliness-response",
                "Telling the LADO, and the LADO's decision",
                "consultations.told_within_1_working_day",
                "consultations.answered_within_1_working_day",
                "consultations.decided_within_1_working_day",
            ),
            one("consultations.by_telling", "Consultations by when the LADO was told"),
            one("consultations.sector_by_telling", "Sector, and when the LADO was told"),
            rows(
                "timeliness-first-discussion",
                "First strategy discussions",
                "strategy.first_held",
                "strategy.first_within_5_working_days",
            ),
            one("strategy.by_wait", "Working days from contact to first discussion"),
            one("timeliness.concluded_in_period", "Time from contact to conclusion"),
            rows(
                "timeliness-yardsticks",
                "Conclusions beside the yardsticks",
                "timeliness.within_1_month",
                "timeliness.within_3_months",
                "timeliness.within_12_months",
            ),
            one("timeliness.open_at_end", "Age of cases open at the end"),
            rows(
                "timeliness-longest",
                "Cases that take long",
                "timeliness.open_over_1_month",
                "timeliness.longest_open",
            ),
            one("timeliness.delay_reasons", "Reasons for delay"),
        ),
    ),
    Section(
        "fairness",
        "Who is on record as told",
        (
            rows(
                "fairness-person",
                "The person concerned, on record as told by the conclusion",
                "fairness.told",
                "fairness.put",
                "fairness.heard",
                "fairness.told_outcome",
                note=ON_RECORD,
            ),
            rows(
                "fairness-others",
                "Others on record as told of the outcome by the conclusion",
                "fairness.family_told_outcome",
                "fairness.referrer_told_outcome",
                "fairness.employer_told_outcome",
                note=ON_RECORD,
            ),
        ),
    ),
    Section(
        "other-agencies",
        "Employers, police and social care",
        (
            one("employer.status", "How far employers' enquiries are"),
            one("employer.outcomes", "What the employer did"),
            one("police.status", "How far police enquiries are"),
            one("police.outcomes", "Result of police enquiries"),
            one("social_care.status", "How far social care enquiries are"),
            one("social_care.outcomes", "Result of social care enquiries"),
        ),
    ),
    Section(
        "safety",
        "Suspension and alternatives",
        (
            rows(
                "safety-totals",
                "Suspension and alternatives",
                "safety.suspended",
                "safety.alternative",
                "safety.considered",
                note=ON_RECORD,
            ),
            one("safety.by_measure", "Safety measures considered by kind"),
            one("safety.by_state", "Safety measures considered by decision"),
            one("safety.measure_by_state", "Safety measures by kind and decision"),
        ),
    ),
    Section(
        "referrals",
        "Barring and regulators",
        (
            rows("dbs-referrals", "Barring referrals", "dbs.referrals_made"),
            rows(
                "referrals-totals",
                "Referrals to the DBS and to regulators",
                "referrals.considered",
                "referrals.sent",
                "referrals.acknowledged",
            ),
            one("referrals.by_body", "Referrals considered by body"),
            one("referrals.by_state", "Referrals considered by result"),
            one("referrals.body_by_state", "Referrals considered by body and result"),
            one("referrals.sent_by_body", "Referrals sent by body"),
            one("referrals.sent_by_basis", "Referrals sent by basis"),
            one("referrals.sent_body_by_basis", "Referrals sent by body and basis"),
        ),
    ),
    Section(
        "learning",
        "Learning",
        (one("learning.themes", "Learning themes"),),
    ),
    Section(
        "service",
        "Training given, and decisions audited",
        (
            rows("training-given", "Training given", "training.sessions", "training.people"),
            one("training.by_kind", "Training by kind"),
            one("training.by_sector", "Training by sector"),
            rows("decisions-audited", "Decisions audited by a peer", "decisions.audited"),
            one("decisions.by_view", "Decisions audited, by the auditor’s view"),
        ),
    ),
    Section(
        QUALITY,
        "Quality of the data",
        (
            rows(
                "quality-missing",
                "Not recorded",
                *(measure_of(fault) for fault in MISSING),
                note="Each row says in how many records it is missing.",
            ),
            rows(
                "quality-contradictory",
                "Contradictory",
                *OF_RECORDS,
                *(measure_of(fault) for fault in CONTRADICTORY),
                note="Each row says in how many records two facts do not go together. A record may "
                "be in more than one row.",
            ),
        ),
    ),
)

TREND_NOTE = (
    "Each period is counted as the report's own is, and followed up as long after its last day. "
    "The last one ends with the report's period."
)
QUARTERS_PLAN = TablePlan("trends-quarters", "Quarters", TRENDED, "quarters", TREND_NOTE)
YEARS_PLAN = TablePlan("trends-years", "Years", TRENDED, note=TREND_NOTE)


def sections_with(values: Mapping[str, Any]) -> list[Section]:
    """What there is to show of figures that have these: an older report has fewer. A cross-table of
    nothing is left out."""
    sections = [replace(section, tables=_with(section, values)) for section in SECTIONS]
    return [section for section in sections if section.tables]


def _with(section: Section, values: Mapping[str, Any]) -> tuple[TablePlan, ...]:
    plans = (
        replace(plan, measures=tuple(name for name in plan.measures if _has(name, values)))
        for plan in section.tables
        if not plan.beside or set(plan.measures) <= set(values)
    )
    return tuple(plan for plan in plans if plan.measures)


def _has(name: str, values: Mapping[str, Any]) -> bool:
    return name in values and (BY_ID[name].shape is not Shape.CROSS or bool(values[name]))
