"""What a figure is made of, and short ways to declare one."""

from dataclasses import dataclass
from enum import StrEnum

from lado.reports.rows import NO_ROWS, Rows


class Unit(StrEnum):
    ACTION = "actions"
    ADULT = "adults"
    CASE = "cases"
    CHILD = "children"
    CONCLUSION = "conclusions"
    CONSULTATION = "consultations"
    CRITERION = "criteria"
    DAY = "days"
    DECISION = "decisions"
    DISCUSSION = "strategy discussions"
    INVITATION = "invitations"
    MATTER = "matters"
    MEASURE = "safety measures"
    PERSON = "people"
    REFERRAL = "referrals"
    SESSION = "sessions"
    SETTING = "settings"
    THEME = "themes"


class Shape(StrEnum):
    COUNT = "count"
    RATE = "rate"
    BREAKDOWN = "breakdown"
    CROSS = "cross"
    RATIO = "ratio"
    COHORT = "cohort"
    MOST = "most"
    SUM = "sum"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """`key` names an attribute of the population's records.

    Count: the records whose key is true (every record without one), or how many different
    values of `distinct` they have. Rate: true out of true and false; none stays out of both.
    Breakdown: records by key. Cohort: records by key, none being those still open.
    Ratio: `over` names the measure that divides this count. Most: the greatest key. Sum: the
    keys added up. Cross: `margins` names the breakdowns whose keys are its rows and its columns.

    `where` names an attribute that must be true of a record to be counted. Without `public` it is
    in the full edition only.
    """

    id: str
    title: str
    unit: Unit
    shape: Shape
    rule: str
    population: str
    key: str = ""
    where: str = ""
    distinct: str = ""
    rows: Rows = NO_ROWS
    whole: str = ""
    over: str = ""
    margins: tuple[str, str] = ("", "")
    only_if_any: bool = False
    public: bool = True


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
    public: bool = True,
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
        public=public,
    )


def rate(
    ident: str,
    title: str,
    unit: Unit,
    population: str,
    key: str,
    rule: str,
    *,
    public: bool = True,
) -> Measure:
    return Measure(
        id=ident,
        title=title,
        unit=unit,
        shape=Shape.RATE,
        rule=rule,
        population=population,
        key=key,
        public=public,
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
    where: str = "",
    whole: str = "",
    public: bool = True,
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
        where=where,
        rows=rows,
        whole=whole,
        public=public,
    )


def cross(ident: str, title: str, rows: Measure, columns: Measure, rule: str) -> Measure:
    """The records of two breakdowns of one whole, by both at once."""
    return Measure(
        id=ident,
        title=title,
        unit=rows.unit,
        shape=Shape.CROSS,
        rule=rule,
        population=rows.population,
        whole=rows.whole,
        margins=(rows.id, columns.id),
    )
