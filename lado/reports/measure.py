"""What a figure is made of, and short ways to declare one."""

from dataclasses import dataclass
from enum import StrEnum

from lado.reports.rows import NO_ROWS, Rows


class Unit(StrEnum):
    CONSULTATION = "consultations"
    CASE = "cases"
    CONCLUSION = "conclusions"
    DISCUSSION = "strategy discussions"
    REFERRAL = "referrals"
    THEME = "themes"


class Shape(StrEnum):
    COUNT = "count"
    RATE = "rate"
    BREAKDOWN = "breakdown"
    RATIO = "ratio"
    COHORT = "cohort"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """`key` names an attribute of the population's records.

    Count: the records whose key is true (every record without one), or how many different
    values of `distinct` they have. Rate: true out of true and false; none stays out of both.
    Breakdown: records by key. Cohort: records by key, none being those still open.
    Ratio: `over` names the measure that divides this count.
    """

    id: str
    title: str
    unit: Unit
    shape: Shape
    rule: str
    population: str
    key: str = ""
    distinct: str = ""
    rows: Rows = NO_ROWS
    whole: str = ""
    over: str = ""
    only_if_any: bool = False


def count(
    ident: str,
    title: str,
    unit: Unit,
    population: str,
    rule: str,
    *,
    key: str = "",
    distinct: str = "",
    only_if_any: bool = False,
) -> Measure:
    return Measure(
        id=ident,
        title=title,
        unit=unit,
        shape=Shape.COUNT,
        rule=rule,
        population=population,
        key=key,
        distinct=distinct,
        only_if_any=only_if_any,
    )


def rate(ident: str, title: str, unit: Unit, population: str, key: str, rule: str) -> Measure:
    return Measure(
        id=ident,
        title=title,
        unit=unit,
        shape=Shape.RATE,
        rule=rule,
        population=population,
        key=key,
    )


def breakdown(
    ident: str,
    title: str,
    unit: Unit,
    population: str,
    key: str,
    rows: Rows,
    rule: str,
    *,
    whole: str = "",
) -> Measure:
    """`whole` is the total that the parts must sum to; none where a record may count twice."""
    return Measure(
        id=ident,
        title=title,
        unit=unit,
        shape=Shape.BREAKDOWN,
        rule=rule,
        population=population,
        key=key,
        rows=rows,
        whole=whole,
    )
