"""How cases ended, how long they took, and whether the people concerned were told."""

from lado.reports.measure import Measure, Shape, Unit, breakdown, count, rate
from lado.reports.measures.totals import CONCLUDED, OPEN_AT_END
from lado.reports.rows import BANDS, CONCLUSIONS, terms
from lado.rules.vocabulary import TermGroup


def _within(months: int, words: str, yardstick: str) -> Measure:
    return rate(
        f"timeliness.within_{months}_month{'s' if months > 1 else ''}",
        f"Concluded within {words}",
        Unit.CONCLUSION,
        "concluded",
        f"within_{months}_month{'s' if months > 1 else ''}",
        f"Cases concluded in the period that took no longer than {words} from the received date "
        f"of the first consultation, out of all concluded in it. The yardstick of the guidance "
        f"is {yardstick}.",
    )


def _told(name: str, title: str, rule: str) -> Measure:
    return rate(f"fairness.{name}", title, Unit.CONCLUSION, "concluded", name, rule)


OF_NAMED = (
    " out of the cases concluded in the period that are about a named person. On record by the "
    "day of the conclusion."
)
OF_ALL = " out of the cases concluded in the period. On record by the day of the conclusion."

MEASURES: tuple[Measure, ...] = (
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
        where="concluded",
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
        "outcomes.by_category",
        "Cases concluded by category of concern",
        Unit.CONCLUSION,
        "concluded",
        "category",
        terms(TermGroup.CATEGORY),
        "Cases concluded in the period, by the category of the primary allegation.",
        whole=CONCLUDED,
    ),
    breakdown(
        "outcomes.by_sector",
        "Cases concluded by sector",
        Unit.CONCLUSION,
        "concluded",
        "sector",
        terms(TermGroup.SECTOR),
        "Cases concluded in the period, by the sector of the primary role.",
        whole=CONCLUDED,
    ),
    _within(1, "1 month", "80%"),
    _within(3, "3 months", "90%"),
    _within(12, "12 months", "all but exceptional cases"),
    Measure(
        id="timeliness.longest_open",
        title="Days the longest open case has taken",
        unit=Unit.DAY,
        shape=Shape.MOST,
        rule="Days from the received date of the first consultation to the period's end, of the "
        "case open then that has taken the longest.",
        population="open",
        key="days",
        public=False,
    ),
    count(
        "timeliness.open_over_1_month",
        "Open for over 1 month",
        Unit.CASE,
        "open",
        "Cases open at the period's end that had taken longer than 1 month by then.",
        key="over_1_month",
    ),
    breakdown(
        "timeliness.delay_reasons",
        "Reasons for delay",
        Unit.CASE,
        "open",
        "reason",
        terms(TermGroup.DELAY_REASON),
        "Cases open at the period's end for longer than 1 month, by the latest reason recorded "
        "for a month up to that of the period's end.",
        where="over_1_month",
        whole="timeliness.open_over_1_month",
    ),
    _told(
        "told",
        "Person told of the allegation",
        f"Cases in which the person was told of the allegation,{OF_NAMED}",
    ),
    _told(
        "put",
        "Allegation put to the person",
        f"Cases in which the allegation was put to the person,{OF_NAMED}",
    ),
    _told(
        "heard",
        "Person’s response received",
        f"Cases in which the person's response was received,{OF_NAMED}",
    ),
    _told(
        "told_outcome",
        "Person told of the outcome",
        f"Cases in which the person was told of the outcome,{OF_NAMED}",
    ),
    _told(
        "family_told_outcome",
        "Child or parents told of the outcome",
        f"Cases in which a child or its parents were told of the outcome,{OF_ALL}",
    ),
    _told(
        "referrer_told_outcome",
        "Whoever reported it told of the outcome",
        f"Cases in which whoever reported it was told of the outcome,{OF_ALL}",
    ),
    _told(
        "employer_told_outcome",
        "Employer told of the outcome",
        f"Cases in which the employer was told of the outcome,{OF_ALL}",
    ),
)
