"""The consultations received."""

from lado.reports.judges import IN_TIME, LATE, OURS
from lado.reports.measure import Measure, Unit, breakdown, count, rate
from lado.reports.measures.totals import BY_SECTOR, BY_SUBSECTOR, RECEIVED
from lado.reports.rows import DECISIONS, LIMBS, MONTHS, fixed, terms
from lado.rules.transfer import AuthorityPart
from lado.rules.vocabulary import TermGroup

TOLD = fixed(
    {IN_TIME: "Within 1 working day", LATE: "Later or before"},
    not_recorded=True,
)
AUTHORITIES = fixed({OURS: "No other authority"} | {part: part.label for part in AuthorityPart})

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
        BY_SECTOR,
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
    rate(
        "consultations.answered_within_1_working_day",
        "Answered within 1 working day",
        Unit.CONSULTATION,
        "received",
        "answered_within_1_working_day",
        "Consultations first answered on the day of receipt or the next working day, out of those "
        "where an answer by the as-at date is recorded.",
    ),
    breakdown(
        "consultations.by_telling",
        "Consultations by when the LADO was told",
        Unit.CONSULTATION,
        "received",
        "told",
        TOLD,
        "Whether the consultation was received on the day the setting learned of the concern or "
        "on the next working day. Not recorded: one of the two dates is missing.",
        whole=RECEIVED,
    ),
    breakdown(
        BY_SUBSECTOR,
        "Consultations by sub-sector",
        Unit.CONSULTATION,
        "received",
        "subsector",
        terms(TermGroup.SUBSECTOR, long=True),
        "The sub-sector of the employer in the primary role of the first adult. The list is long, "
        "so only sub-sectors with a consultation have a row.",
        whole=RECEIVED,
    ),
    breakdown(
        "consultations.by_school_phase",
        "Consultations by school phase",
        Unit.CONSULTATION,
        "received",
        "school_phase",
        terms(TermGroup.SCHOOL_PHASE),
        "The phase of the school that employs the first adult. Not recorded: it is no school, or "
        "its phase is not recorded.",
        whole=RECEIVED,
    ),
    breakdown(
        "consultations.by_school_type",
        "Consultations by school type",
        Unit.CONSULTATION,
        "received",
        "school_type",
        terms(TermGroup.SCHOOL_TYPE),
        "The type of the school that employs the first adult. Not recorded: it is no school, or "
        "its type is not recorded.",
        whole=RECEIVED,
    ),
    breakdown(
        "consultations.by_role",
        "Consultations by role",
        Unit.CONSULTATION,
        "received",
        "role",
        terms(TermGroup.ROLE, long=True),
        "The primary role of the first adult. The list is long, so only roles with a consultation "
        "have a row.",
        whole=RECEIVED,
    ),
    breakdown(
        "consultations.by_limb",
        "Consultations by criterion of the threshold",
        Unit.CRITERION,
        "limbs",
        "limb",
        LIMBS,
        "The criteria that the concern about the first adult was judged to meet. A concern may "
        "meet several or none, so the rows need not sum to the consultations received.",
    ),
    breakdown(
        "consultations.by_other_authority",
        "Consultations by another authority’s part",
        Unit.CONSULTATION,
        "received",
        "authority",
        AUTHORITIES,
        "What another local authority has to do with the consultation. With several, the first "
        "of: transferred in, transferred out, joint, told. Without the other rows the figures are "
        "our own alone.",
        whole=RECEIVED,
    ),
    count(
        "consultations.small_voluntary",
        "About small voluntary bodies",
        Unit.CONSULTATION,
        "received",
        "Consultations in which the employer of the first adult is a small voluntary body.",
        key="small_voluntary",
    ),
    count(
        "consultations.small_voluntary_advised",
        "Advice given to small voluntary bodies",
        Unit.CONSULTATION,
        "received",
        "Consultations in which the employer of the first adult is a small voluntary body, and "
        "what was decided about that adult by the as-at date is advice only.",
        key="small_voluntary_advised",
    ),
    count(
        "consultations.repeat_settings",
        "Settings with more than one contact in a year",
        Unit.SETTING,
        "places",
        "Different settings with a consultation received in the period and at least one other in "
        "the 12 months up to the period's end.",
        key="again",
        distinct="place",
        public=False,
    ),
)
