"""Every figure of the report, declared once: what it counts, in words and in the records.

The words are printed under the table that shows the figure. How a figure is counted is a
population (the records it looks at, `populations.py`) and a key (the attribute of each record
that decides whether, or under which label, it counts). Nothing else counts anything.
"""

from lado.reports.measure import Measure, Shape, Unit, breakdown, count, rate
from lado.reports.rows import (
    BANDS,
    CHILDREN,
    CONCLUSIONS,
    DECISIONS,
    MONTHS,
    terms,
)
from lado.rules.vocabulary import TermGroup

RECEIVED = "consultations.received"
OVERSEEN = "cases.overseen"
CONCLUDED = "cases.concluded"
OPEN_AT_END = "cases.open_at_end"

MEASURES: tuple[Measure, ...] = (
    count(
        RECEIVED,
        "Consultations received",
        Unit.CONSULTATION,
        "received",
        "Contacts whose received date is in the period. A consultation counts once, whatever "
        "the number of adults in it.",
    ),
    breakdown(
        "consultations.by_month",
        "Consultations by month",
        Unit.CONSULTATION,
        "received",
        "month",
        MONTHS,
        "Consultations received, by the calendar month of the received date.",
        whole=RECEIVED,
    ),
    count(
        "consultations.progressed",
        "Progressed to a strategy discussion",
        Unit.CONSULTATION,
        "received",
        "Of the consultations received in the period, those decided by the as-at date to "
        "progress to a strategy discussion. A consultation progressed if any adult in it did. A "
        "register's decision without a date stands from the start.",
        key="progressed",
    ),
    rate(
        "consultations.conversion",
        "Conversion rate",
        Unit.CONSULTATION,
        "received",
        "progressed",
        "Consultations progressed divided by consultations received: the same consultations "
        "above and below the line. Cases overseen are never divided by consultations, because "
        "they include cases from earlier periods.",
    ),
    breakdown(
        "consultations.by_decision",
        "Consultations by decision",
        Unit.CONSULTATION,
        "received",
        "decision",
        DECISIONS,
        "The decision that stood at the as-at date on the consultations received in the "
        "period. Where a consultation is about several adults, the decision on the first. "
        "Without a decision by then it is awaiting decision. A register's decision without a "
        "date stands from the start.",
        whole=RECEIVED,
    ),
    breakdown(
        "consultations.by_sector",
        "Consultations by sector",
        Unit.CONSULTATION,
        "received",
        "sector",
        terms(TermGroup.SECTOR),
        "The sector of the primary role of the first adult the consultation is about.",
        whole=RECEIVED,
    ),
    breakdown(
        "consultations.by_referrer",
        "Consultations by agency that made contact",
        Unit.CONSULTATION,
        "received",
        "agency",
        terms(TermGroup.AGENCY),
        "The agency of the person who contacted the LADO. This is not the sector in which the "
        "person of concern works.",
        whole=RECEIVED,
    ),
    breakdown(
        "consultations.by_category",
        "Consultations by category of concern",
        Unit.CONSULTATION,
        "received",
        "category",
        terms(TermGroup.CATEGORY),
        "The primary category of concern about the first adult the consultation is about.",
        whole=RECEIVED,
    ),
    breakdown(
        "consultations.by_context",
        "Consultations by context",
        Unit.CONSULTATION,
        "received",
        "context",
        terms(TermGroup.CONTEXT),
        "Whether the concern arose at work, in personal life or online, for the first adult "
        "the consultation is about.",
        whole=RECEIVED,
    ),
    count(
        "consultations.unnamed",
        "Person not named",
        Unit.CONSULTATION,
        "received",
        "Consultations received in which no adult is named.",
        key="unnamed",
    ),
    rate(
        "consultations.told_within_1_working_day",
        "LADO told within 1 working day",
        Unit.CONSULTATION,
        "received",
        "told_within_1_working_day",
        "Consultations received on the day the setting learned of the concern or on the next "
        "working day, out of those where both dates are recorded. Saturdays, Sundays and "
        "England's bank holidays are not working days.",
    ),
    rate(
        "consultations.decided_within_1_working_day",
        "Decided within 1 working day",
        Unit.CONSULTATION,
        "received",
        "decided_within_1_working_day",
        "Consultations decided by the as-at date, and on the day of receipt or the next working "
        "day, out of all consultations received. Where a consultation is about several adults, "
        "all of them were decided within that time.",
    ),
    count(
        "cases.brought_forward",
        "Brought forward",
        Unit.CASE,
        "spells",
        "Cases open at the close of the day before the period starts.",
        key="brought_forward",
        distinct="case",
    ),
    count(
        "cases.opened",
        "Opened",
        Unit.CASE,
        "spells",
        "New cases: the decision that opened the case was made in the period.",
        key="opened",
    ),
    count(
        "cases.reopened",
        "Reopened",
        Unit.CASE,
        "spells",
        "Times that a case concluded earlier was opened again in the period. Each counts, also "
        "of the same case.",
        key="reopened",
        only_if_any=True,
    ),
    count(
        OVERSEEN,
        "Cases overseen",
        Unit.CASE,
        "spells",
        "Different cases that were open on any day of the period. A case that was reopened "
        "counts once.",
        distinct="case",
    ),
    count(
        CONCLUDED,
        "Concluded",
        Unit.CONCLUSION,
        "spells",
        "Conclusions dated in the period. A case that was concluded, reopened and concluded "
        "again in the period counts twice.",
        key="concluded",
    ),
    count(
        OPEN_AT_END,
        "Open at end",
        Unit.CASE,
        "spells",
        "Cases open at the close of the last day of the period.",
        key="open_at_end",
        distinct="case",
    ),
    breakdown(
        "cases.by_category",
        "Cases by category of concern",
        Unit.CASE,
        "overseen",
        "category",
        terms(TermGroup.CATEGORY),
        "Cases overseen in the period, by the category of the primary allegation.",
        whole=OVERSEEN,
    ),
    breakdown(
        "cases.by_sector",
        "Cases by sector",
        Unit.CASE,
        "overseen",
        "sector",
        terms(TermGroup.SECTOR),
        "Cases overseen in the period, by the sector of the primary role.",
        whole=OVERSEEN,
    ),
    rate(
        "cases.sexual_abuse_share",
        "Sexual abuse cases",
        Unit.CASE,
        "overseen",
        "sexual_abuse",
        "Cases whose primary category is sexual abuse, out of cases overseen in the period.",
    ),
    count(
        "cases.institutional",
        "Institutional",
        Unit.CASE,
        "overseen",
        "Cases overseen in which an organisation is the subject, with or without a person.",
        key="institutional",
    ),
    count(
        "cases.multiple_roles",
        "Person has multiple roles",
        Unit.CASE,
        "overseen",
        "Cases overseen for which contacts received by the period's end state more than one "
        "current role with children. The same role at the same place and in the same sector is "
        "one role.",
        key="multiple_roles",
    ),
    count(
        "cases.historical",
        "Historical",
        Unit.CASE,
        "overseen",
        "Cases overseen with a non-recent allegation, worked out from its dates by the "
        "council's rule, or as stated where there are none.",
        key="historical",
    ),
    breakdown(
        "cases.by_children",
        "Cases by number of children",
        Unit.CASE,
        "overseen",
        "children",
        CHILDREN,
        "Cases overseen, by the number of children concerned. Several children whose number is "
        "not known are Multiple.",
        whole=OVERSEEN,
    ),
    count(
        "strategy.held",
        "Strategy discussions held",
        Unit.DISCUSSION,
        "held",
        "Strategy discussions whose held date is in the period, whatever became of the case.",
    ),
    count(
        "strategy.cases_discussed",
        "Cases discussed",
        Unit.CASE,
        "held",
        "Different cases with at least one strategy discussion held in the period.",
        distinct="case",
    ),
    Measure(
        id="strategy.per_case_overseen",
        title="Discussions for each case overseen",
        unit=Unit.DISCUSSION,
        shape=Shape.RATIO,
        rule="Strategy discussions held in the period divided by cases overseen in it.",
        population="held",
        over=OVERSEEN,
    ),
    breakdown(
        "outcomes.concluded_in_period",
        "Outcomes of cases concluded",
        Unit.CONCLUSION,
        "concluded",
        "outcome",
        CONCLUSIONS,
        "The outcome of the cases concluded in the period, as it stood at the period's end. Of a "
        "case that was open again by then, as it stood on the day of that conclusion. A "
        "case with several allegations takes the first of substantiated, unsubstantiated, "
        "unfounded, false, malicious that any of them has.",
        whole=CONCLUDED,
    ),
    Measure(
        id="outcomes.of_cases_opened",
        title="Outcomes of cases opened in the period",
        unit=Unit.CASE,
        shape=Shape.COHORT,
        rule="Of the cases opened in the period, how many stood concluded at the as-at date, and "
        "their outcomes as they stood then. A case that was open again by then is not concluded.",
        population="opened",
        key="outcome",
        rows=CONCLUSIONS,
        whole="cases.opened",
    ),
    breakdown(
        "timeliness.concluded_in_period",
        "Time from contact to conclusion",
        Unit.CONCLUSION,
        "concluded",
        "band",
        BANDS,
        "Calendar months from the received date of the case's first consultation to its "
        "conclusion, for cases concluded in the period. Each is counted in the shortest band "
        "that it fits, and a band includes its last day. A case that was opened again counts from "
        "its first consultation too.",
        whole=CONCLUDED,
    ),
    breakdown(
        "timeliness.open_at_end",
        "Age of open cases",
        Unit.CASE,
        "open",
        "band",
        BANDS,
        "Calendar months from the received date of the case's first consultation to the "
        "period's end, for cases open then, in the same bands.",
        whole=OPEN_AT_END,
    ),
    breakdown(
        "employer.outcomes",
        "What the employer did",
        Unit.CONCLUSION,
        "concluded",
        "employer",
        terms(TermGroup.EMPLOYER_OUTCOME),
        "The employer's outcome in the cases concluded in the period, as known at the period's "
        "end. A register's outcome without a date is known from the start.",
        whole=CONCLUDED,
    ),
    breakdown(
        "police.outcomes",
        "Result of police enquiries",
        Unit.CONCLUSION,
        "concluded",
        "police",
        terms(TermGroup.POLICE_OUTCOME),
        "The police outcome in the cases concluded in the period, as known at the period's end. "
        "A register's outcome without a date is known from the start. Many cases never involve "
        "the police: these are in Not recorded.",
        whole=CONCLUDED,
    ),
    count(
        "dbs.referrals_made",
        "Referrals to the Disclosure and Barring Service",
        Unit.REFERRAL,
        "dbs",
        "Barring referrals whose referral date is in the period.",
    ),
    breakdown(
        "learning.themes",
        "Learning themes",
        Unit.THEME,
        "learning",
        "theme",
        terms(TermGroup.LEARNING_THEME, not_recorded=False),
        "Learning themes of the cases concluded in the period. A case may have several or none, "
        "so the rows need not sum to the cases concluded.",
    ),
)

# Stored with each report: raised when a rule above changes what is counted.
DEFINITIONS_VERSION = "2"

BY_ID = {measure.id: measure for measure in MEASURES}
