"""The attributes of records that are worked out here: what the database does not judge alike on
both engines (working days, calendar months), or by codes of a list."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from lado.reports.populations.consultations import PARTS
from lado.reports.rows import NO_OUTCOME, Vocabulary
from lado.rules.data_quality import Found, columns_of, contradicts_itself, looked_for_in
from lado.rules.timescales import Band, band
from lado.rules.vocabulary import DecisionStage, OutcomeCode, TermGroup
from lado.rules.working_days import within_working_days, working_days_between

SEXUAL_ABUSE = "sexual_abuse"
YEAR_AND_MONTH = len("2012-04")
OUTCOMES = list(OutcomeCode)
IN_TIME, LATE = "in_time", "late"
OURS = "ours"
# The last day, or the greatest number, that belongs to a row; `over` what is more.
WORKING_DAYS = {"5": 5, "10": 10, "20": 20}
AGES_OF_CHILDREN = {"0_4": 4, "5_9": 9, "10_15": 15, "16_17": 17}
AGES_OF_ADULTS = {"under_18": 17, "18_24": 24, "25_34": 34, "35_44": 44, "45_54": 54, "55_64": 64}
DISCUSSIONS = {str(n): n for n in range(1, 6)}
OVER = "over"
CONTRADICTORY = "contradictory"
OF_THE_PERSON = ("told", "put", "heard", "told_outcome")

Group: TypeAlias = tuple[str, ...]
Fold: TypeAlias = Callable[[Iterable[Any]], Hashable]


@dataclass(frozen=True)
class Judge:
    """An attribute worked out from columns. `fold` makes one value of those of several adults in
    a consultation; without it the first adult's is the consultation's."""

    columns: Group
    value: Callable[..., Any]
    fold: Fold | None = None


def _within(days: int) -> Callable[[str | None, str | None], bool | None]:
    """None where either date is missing."""

    def judge(start: str | None, end: str | None) -> bool | None:
        if start is None or end is None:
            return None
        return within_working_days(date.fromisoformat(start), date.fromisoformat(end), days)

    return judge


_within_1 = _within(1)


def _told(aware: str | None, received: str) -> str | None:
    within = _within_1(aware, received)
    return None if within is None else (IN_TIME if within else LATE)


def _working_days(start: str, end: str) -> str:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    return _up_to(WORKING_DAYS)(working_days_between(min(first, last), last)) or OVER


def _band(start: str, end: str) -> Band:
    return band(date.fromisoformat(start), date.fromisoformat(end))


def _within_band(*bands: Band) -> Judge:
    return Judge(("received_on", "judged_on"), lambda start, end: _band(start, end) in bands)


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def _outcome(rank: int | None, closure_reason: int | None) -> str | None:
    """A closure that needs no outcome has a reason in its place."""
    if rank is not None:
        return OUTCOMES[rank]
    return None if closure_reason is None else NO_OUTCOME


def _up_to(most: Mapping[str, int]) -> Callable[[int | None], str | None]:
    def judge(number: int | None) -> str | None:
        if number is None:
            return None
        return next((code for code, last in most.items() if number <= last), OVER)

    return judge


def _of_named(unnamed: bool, told: bool) -> bool | None:
    return None if unnamed else bool(told)


def _authority(rank: int | None) -> str:
    return OURS if rank is None else PARTS[rank]


def _of_received(vocabulary: Vocabulary) -> dict[str, Judge]:
    progress = {
        term.id for term in vocabulary[TermGroup.DECISION] if term.stage is DecisionStage.PROGRESS
    }
    advice = {
        term.id for term in vocabulary[TermGroup.DECISION] if term.stage is DecisionStage.ADVICE
    }
    return {
        "month": Judge(("received_on",), lambda day: day[:YEAR_AND_MONTH]),
        "progressed": Judge(("decision",), progress.__contains__, any),
        "unnamed": Judge(("unnamed",), bool, all),
        "told": Judge(("aware_on", "received_on"), _told),
        "told_within_1_working_day": Judge(("aware_on", "received_on"), _within_1),
        "answered_within_1_working_day": Judge(("received_on", "answered_on"), _within_1),
        "decided_within_1_working_day": Judge(
            ("received_on", "decided_on"),
            lambda received, decided: bool(_within_1(received, decided)),
            all,
        ),
        "small_voluntary_advised": Judge(
            ("small_voluntary", "decision"),
            lambda small, decision: bool(small) and decision in advice,
        ),
        "authority": AUTHORITY,
    }


def _of_overseen(vocabulary: Vocabulary) -> dict[str, Judge]:
    sexual = {term.id for term in vocabulary[TermGroup.CATEGORY] if term.code == SEXUAL_ABUSE}
    return {
        "sexual_abuse": Judge(("category",), sexual.__contains__),
        "authority": AUTHORITY,
    }


AUTHORITY = Judge(("authority",), _authority)
OUTCOME = Judge(("rank", "closure_reason"), _outcome)
AGE = Judge(("received_on", "judged_on"), _band)
# What no list decides, by population and the attribute's name.
JUDGES: dict[str, dict[str, Judge]] = {
    "adults": {
        "age": Judge(("age",), _up_to(AGES_OF_ADULTS)),
    },
    "concluded": {
        "band": AGE,
        "outcome": OUTCOME,
        "within_1_month": _within_band(Band.ONE_MONTH),
        "within_3_months": _within_band(Band.ONE_MONTH, Band.THREE_MONTHS),
        "within_12_months": _within_band(Band.ONE_MONTH, Band.THREE_MONTHS, Band.TWELVE_MONTHS),
        **{name: Judge(("unnamed", name), _of_named) for name in OF_THE_PERSON},
    },
    "opened": {"outcome": OUTCOME},
    "open": {
        "band": AGE,
        "days": Judge(AGE.columns, _days),
        "over_1_month": Judge(AGE.columns, lambda *days: _band(*days) is not Band.ONE_MONTH),
    },
    "discussed": {"discussions": Judge(("held",), _up_to(DISCUSSIONS))},
    "first_held": {
        "working_days": Judge(("received_on", "held_on"), _working_days),
        "within_5_working_days": Judge(("opened_on", "held_on"), _within(5)),
    },
    "children": {
        "age": Judge(("age",), _up_to(AGES_OF_CHILDREN)),
        "care": Judge(("looked_after",), {True: "yes", False: "no"}.get),
    },
}


def _of_faults(population: str) -> dict[str, Judge]:
    contradictory = looked_for_in(population, Found.CONTRADICTORY)
    return {
        CONTRADICTORY: Judge(columns_of(contradictory), contradicts_itself),
        **{fault.id: Judge(fault.columns, fault.holds) for fault in looked_for_in(population)},
    }


def judges(population: str, vocabulary: Vocabulary) -> dict[str, Judge]:
    """By the attribute's name."""
    match population:
        case "received":
            own = _of_received(vocabulary)
        case "overseen":
            own = _of_overseen(vocabulary)
        case _:
            own = JUDGES.get(population, {})
    return own | _of_faults(population)


def judge_of(known: dict[str, Judge], attribute: str) -> Judge:
    """A column that nobody has to judge is the attribute itself."""
    return known.get(attribute) or Judge((attribute,), lambda value: value)
