"""How long each step may take, and the bands in which the time to conclude is reported."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from lado.rules.vocabulary import Labelled
from lado.rules.working_days import add_working_days


def add_months(day: date, n: int) -> date:
    """The same day `n` months on, or that month's last day: 31 January + 1 is the last of February.

    `n` may be negative.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


class Event(Labelled):
    """What starts or stops a clock. No clock starts from a record being typed (R-16)."""

    SETTING_AWARE = "setting_aware", "The setting learned of the concern"
    RECEIVED = "received", "The LADO received the consultation"
    DECIDED = "decided", "The LADO decided what to do"
    DISCUSSION_HELD = "discussion_held", "A strategy discussion was held"
    POLICE_HEARD = "police_heard", "The police began, or last reported"
    REFERRAL_DECIDED = "referral_decided", "It was considered whether to refer to a body"
    REFERRAL_SENT = "referral_sent", "The referral was sent"
    MINUTES_CIRCULATED = "minutes_circulated", "The minutes were circulated"
    WAY_SETTLED = "way_settled", "It was settled how the employer deals with it"
    EMPLOYER_ACTED = "employer_acted", "The employer acted"
    INVESTIGATOR_REPORTED = "investigator_reported", "The employer had the investigator's report"
    HEARING_DECIDED = "hearing_decided", "A hearing was decided on"
    HEARING_HELD = "hearing_held", "The hearing was held"
    CONCLUDED = "concluded", "The case was concluded"


class Unit(Labelled):
    WORKING_DAYS = "working_days", "working days"
    CALENDAR_DAYS = "calendar_days", "days"
    MONTHS = "months", "months"


class Timescale(Labelled):
    TOLD_LADO = "told_lado", "Setting tells the LADO"
    DECISION = "decision", "Decision on a consultation"
    FIRST_DISCUSSION = "first_discussion", "First strategy discussion"
    REVIEW = "review", "Review of a case"
    MINUTES = "minutes", "Minutes circulated"
    POLICE_REVIEW = "police_review", "Police asked how far they are"
    EMPLOYER_ACTION = "employer_action", "Employer acts without formal discipline"
    INVESTIGATION_REPORT = "investigation_report", "Investigator's report to the employer"
    HEARING_DECISION = "hearing_decision", "Employer decides on a hearing"
    HEARING = "hearing", "Disciplinary hearing"
    REFERRAL_SENT = "referral_sent", "Referral to the DBS or a regulator sent"
    PLAINLY_UNFOUNDED = "plainly_unfounded", "Plainly unfounded or malicious: concluded"
    CONCLUSION_MOST = "conclusion_most", "Most cases concluded"
    CONCLUSION_NEARLY_ALL = "conclusion_nearly_all", "Nearly all cases concluded"
    CONCLUSION_ALL = "conclusion_all", "All but exceptional cases concluded"


@dataclass(frozen=True)
class TimescaleRule:
    """`amount` is what a new installation starts with: the council sets it by `setting`."""

    name: Timescale
    who: str
    start: Event
    end: Event
    amount: int
    unit: Unit
    source: str

    @property
    def setting(self) -> str:
        return f"{self.name}_{self.unit}"


_NETWORK = "National LADO Network minimum standards"
_APPENDIX_5 = "Working Together 2010, Appendix 5"
_KCSIE_175 = "Keeping Children Safe in Education 2015, paragraph 175"
_WT_2010 = f"{_APPENDIX_5}; Keeping Children Safe in Education 2015"

TIMESCALES: dict[Timescale, TimescaleRule] = {
    rule.name: rule
    for rule in (
        TimescaleRule(
            Timescale.TOLD_LADO,
            "The setting's senior manager",
            Event.SETTING_AWARE,
            Event.RECEIVED,
            1,
            Unit.WORKING_DAYS,
            _NETWORK,
        ),
        TimescaleRule(
            Timescale.DECISION,
            "The LADO",
            Event.RECEIVED,
            Event.DECIDED,
            1,
            Unit.WORKING_DAYS,
            _NETWORK,
        ),
        # From the decision, not from receipt: until then there is no discussion to arrange, and
        # the decision has its own clock.
        TimescaleRule(
            Timescale.FIRST_DISCUSSION,
            "The LADO",
            Event.DECIDED,
            Event.DISCUSSION_HELD,
            5,
            Unit.WORKING_DAYS,
            _NETWORK,
        ),
        TimescaleRule(
            Timescale.REVIEW,
            "The LADO",
            Event.DISCUSSION_HELD,
            Event.DISCUSSION_HELD,
            28,
            Unit.CALENDAR_DAYS,
            "Keeping Children Safe in Education: first review within 4 weeks",
        ),
        TimescaleRule(
            Timescale.MINUTES,
            "The LADO's business support",
            Event.DISCUSSION_HELD,
            Event.MINUTES_CIRCULATED,
            10,
            Unit.WORKING_DAYS,
            "Local practice",
        ),
        TimescaleRule(
            Timescale.POLICE_REVIEW,
            "The LADO",
            Event.POLICE_HEARD,
            Event.POLICE_HEARD,
            28,
            Unit.CALENDAR_DAYS,
            f"{_APPENDIX_5}: no more than 4 weeks on",
        ),
        TimescaleRule(
            Timescale.EMPLOYER_ACTION,
            "The employer",
            Event.WAY_SETTLED,
            Event.EMPLOYER_ACTED,
            3,
            Unit.WORKING_DAYS,
            _KCSIE_175,
        ),
        TimescaleRule(
            Timescale.INVESTIGATION_REPORT,
            "The employer's investigator",
            Event.WAY_SETTLED,
            Event.INVESTIGATOR_REPORTED,
            10,
            Unit.WORKING_DAYS,
            _APPENDIX_5,
        ),
        TimescaleRule(
            Timescale.HEARING_DECISION,
            "The employer",
            Event.INVESTIGATOR_REPORTED,
            Event.HEARING_DECIDED,
            2,
            Unit.WORKING_DAYS,
            _APPENDIX_5,
        ),
        # Without more investigation the day it was settled is the day the hearing was decided on.
        TimescaleRule(
            Timescale.HEARING,
            "The employer",
            Event.HEARING_DECIDED,
            Event.HEARING_HELD,
            15,
            Unit.WORKING_DAYS,
            f"{_KCSIE_175}; {_APPENDIX_5}",
        ),
        TimescaleRule(
            Timescale.REFERRAL_SENT,
            "The employer, or the LADO",
            Event.REFERRAL_DECIDED,
            Event.REFERRAL_SENT,
            5,
            Unit.WORKING_DAYS,
            "Local practice: the guidance says promptly",
        ),
        TimescaleRule(
            Timescale.PLAINLY_UNFOUNDED,
            "Everyone",
            Event.RECEIVED,
            Event.CONCLUDED,
            7,
            Unit.CALENDAR_DAYS,
            f"{_KCSIE_175}: within 1 week",
        ),
        TimescaleRule(
            Timescale.CONCLUSION_MOST,
            "Everyone",
            Event.RECEIVED,
            Event.CONCLUDED,
            1,
            Unit.MONTHS,
            f"80% of cases. {_WT_2010}",
        ),
        TimescaleRule(
            Timescale.CONCLUSION_NEARLY_ALL,
            "Everyone",
            Event.RECEIVED,
            Event.CONCLUDED,
            3,
            Unit.MONTHS,
            f"90% of cases. {_WT_2010}",
        ),
        TimescaleRule(
            Timescale.CONCLUSION_ALL,
            "Everyone",
            Event.RECEIVED,
            Event.CONCLUDED,
            12,
            Unit.MONTHS,
            f"All but exceptional cases. {_WT_2010}",
        ),
    )
}


def due(timescale: Timescale, start: date, amount: int | None = None) -> date:
    """The last day that is in time. `amount` is the council's own number, if it has one."""
    rule = TIMESCALES[timescale]
    n = rule.amount if amount is None else amount
    match rule.unit:
        case Unit.WORKING_DAYS:
            return add_working_days(start, n)
        case Unit.CALENDAR_DAYS:
            return start + timedelta(days=n)
        case _:
            return add_months(start, n)


class Band(Labelled):
    """How long a case took, or has been open. Fixed, so that reports stay comparable."""

    ONE_MONTH = "one_month", "1 month"
    THREE_MONTHS = "three_months", "3 months"
    TWELVE_MONTHS = "twelve_months", "12 months"
    OVER_TWELVE_MONTHS = "over_twelve_months", "over 12 months"


BAND_MONTHS = {Band.ONE_MONTH: 1, Band.THREE_MONTHS: 3, Band.TWELVE_MONTHS: 12}


def band(start: date, end: date) -> Band:
    """The first band that `end` falls in; a band includes its last day."""
    for name, months in BAND_MONTHS.items():
        if end <= add_months(start, months):
            return name
    return Band.OVER_TWELVE_MONTHS
