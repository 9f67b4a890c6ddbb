"""A report ready to be shown: its figures, what the author wrote, and what it says of itself."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from lado.reports import wording
from lado.reports.blank import blank_words
from lado.reports.charts import Chart, make_chart, trend_chart
from lado.reports.comparison import Comparison, change
from lado.reports.contents import HEADLINES, QUALITY, QUARTERS_PLAN, YEARS_PLAN, sections_with
from lado.reports.disclosure import Disclosure, masked
from lado.reports.figures import Figures
from lado.reports.hidden import hidden_of
from lado.reports.measures import BY_ID, DEFINITIONS_VERSION
from lado.reports.plan import Section, TablePlan
from lado.reports.public_edition import (
    about_hiding,
    is_left_out,
    left_out_words,
    noted,
    public_chart,
    public_plan,
)
from lado.reports.quality_words import quality_words
from lado.reports.quoting import Quotes
from lado.reports.reconciliation import flow_sentence
from lado.reports.tables import Table, make_table, short_label, trend_table
from lado.reports.text import paragraphs
from lado.reports.values import Rate
from lado.rules.vocabulary import Labelled, ReportStatus

TITLE = "Allegations against people who work with children"
SUBTITLE = "Report of the local authority designated officer (LADO)"
DEMONSTRATION = "Demonstration: invented people and figures"
COVERAGE = (
    "The figures cover {covered}, both days included: what happened on these days, and what was "
    "open at the close of the last. Only what became of the consultations and cases that came in "
    "is followed up to {as_at}."
)
PART = (
    "The period has not ended, so the periods beside it are cut as well: to as many days, and a "
    "year to date to the same day of the year."
)
FOLLOWED_UP = (
    "Each period beside it is followed up as long after its own last day as this one: {others}."
)
AS_RECORDED = (
    "Some facts have no date of their own: agency, sector, category of concern, context, number "
    "of children, learning themes, and whether an adult is unnamed or a case institutional or "
    "historical. They are as they were recorded when the figures were drawn."
)
DATES = (
    "The dates of events are counted, never the dates on which they were typed. Working days are "
    "Monday to Friday without England's bank holidays."
)
CHANGES = (
    "A change is worked out against the period named beside it. Where the earlier number is "
    "under 20, the difference is given and no percentage; a rate on fewer than 20 is given as "
    "its counts. Percentages have one decimal and ratios two, and a half is rounded up; 0.0% is "
    "printed only for none and 100.0% of a whole only for all of it. The change of a rate or a "
    "ratio is the difference of the two numbers printed."
)
BEGUN = "The first contact on record came in on {day}, so {first} may not be whole."
NOT_KEPT = "Drawn from the records and not kept"
PROVISIONAL = "Provisional: drawn before the period had ended"


class Edition(Labelled):
    FULL = "full", "Full edition, for the sub-group"
    PUBLIC = "public", "Public edition"


@dataclass(frozen=True)
class Headline:
    title: str
    value: str
    detail: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class ShownTable:
    table: Table
    chart: Chart | None


@dataclass(frozen=True)
class ShownSection:
    """`words` come before the tables; `left_out` says of each table that is not in this edition
    why."""

    id: str
    title: str
    tables: tuple[ShownTable, ...]
    left_out: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Document:
    """With a `disclosure` it is the public edition, and `comparison` has the symbol in place of
    what is hidden: see `in_public`. `progress`: what the sub-group decided earlier, and how each
    stood."""

    comparison: Comparison
    council: str
    status: ReportStatus = ReportStatus.DRAFT
    version: int | None = None
    correction: str = ""
    commentary: str = ""
    progress: tuple[tuple[str, str], ...] = ()
    demonstration: bool = False
    disclosure: Disclosure | None = None
    definitions_version: str = DEFINITIONS_VERSION

    def in_public(self, disclosure: Disclosure, commentary: str) -> "Document":
        return replace(
            self,
            comparison=masked(self.comparison, disclosure),
            disclosure=disclosure,
            commentary=commentary,
            progress=(),
        )

    progress_title = "Progress on the sub-group’s actions"

    @property
    def edition(self) -> Edition:
        return Edition.PUBLIC if self.disclosure else Edition.FULL

    @property
    def figures(self) -> Figures:
        return self.comparison.this

    @property
    def version_words(self) -> str:
        version = f"Version {self.version}" if self.version else NOT_KEPT
        return f"{version}. {self.edition.label}"

    @property
    def title(self) -> str:
        return f"LADO report, {self.figures.period.label}"

    @property
    def period_words(self) -> str:
        end = self.figures.period.end
        rest = f", of a period that ends on {wording.day(end)}" if self.figures.is_part else ""
        return f"{self.covered_words}{rest}"

    @property
    def covered_words(self) -> str:
        return f"{wording.day(self.figures.period.start)} to {wording.day(self.figures.end)}"

    @property
    def as_at_words(self) -> str:
        return wording.day(self.figures.as_at)

    @property
    def marks(self) -> list[str]:
        """What a reader must know before anything else. That a later version supersedes it is not
        here: a published file stays what its fingerprint says."""
        found = [DEMONSTRATION] if self.demonstration else []
        if self.status in (ReportStatus.DRAFT, ReportStatus.APPROVED):
            found.append(f"{self.status.label}: not published")
        if self.figures.provisional:
            found.append(PROVISIONAL)
        return found

    @cached_property
    def headlines(self) -> list[Headline]:
        return [_headline(measure, self.comparison) for measure in HEADLINES]

    @cached_property
    def sections(self) -> list[ShownSection]:
        found = [self._section(section) for section in sections_with(self.figures.values)]
        return [one for one in found if one.tables or one.left_out] + self.trends

    def _section(self, section: Section) -> ShownSection:
        plans, left_out = section.tables, list[str]()
        if self.disclosure:
            gone = [plan for plan in plans if is_left_out(plan, self.disclosure)]
            left_out += (left_out_words(plan, self.disclosure.rule) for plan in gone)
            plans = tuple(public_plan(plan) for plan in plans if plan not in gone)
        blank = {plan: blank_words(plan, self.comparison) for plan in plans if plan.measures}
        left_out += filter(None, blank.values())
        tables = tuple(self._table(plan) for plan, words in blank.items() if not words)
        words = self._quality if section.id == QUALITY else ""
        return ShownSection(section.id, section.title, tables, tuple(left_out), words)

    def _table(self, plan: TablePlan) -> ShownTable:
        table = make_table(plan, self.comparison)
        if self.disclosure is None:
            chart = make_chart(plan.chart, self.comparison) if plan.chart else None
            return ShownTable(table, chart)
        chart = public_chart(plan, self.comparison) if plan.chart else None
        return ShownTable(noted(table, self.disclosure.rule), chart)

    @property
    def trends(self) -> list[ShownSection]:
        found = (
            (QUARTERS_PLAN, self.comparison.trends.quarters),
            (YEARS_PLAN, self.comparison.trends.years),
        )
        tables = tuple(
            ShownTable(
                trend_table(self._with_its_begin(plan, periods[0]), periods),
                trend_chart(periods) if plan.chart else None,
            )
            for plan, periods in found
            if len(periods) > 1 and self.edition is Edition.FULL
        )
        return [ShownSection("trends", "Trends", tables)] if tables else []

    def _with_its_begin(self, plan: TablePlan, first: Figures) -> TablePlan:
        begun = self.comparison.trends.begun
        if begun is None or begun <= first.covered.start:
            return plan
        words = BEGUN.format(day=wording.day(begun), first=short_label(first))
        return replace(plan, note=f"{plan.note} {words}")

    @property
    def commentary_paragraphs(self) -> list[str]:
        """With the figures that it quotes."""
        return paragraphs(Quotes(self.comparison).fill(self.commentary))

    @property
    def reconciliation(self) -> str:
        return flow_sentence(self.figures.values)

    @property
    def _quality(self) -> str:
        return "" if self.disclosure else quality_words(self.figures.values, self.version)

    @property
    def discrepancies(self) -> list[str]:
        """What is hidden cannot be summed: the full edition tells."""
        return [] if self.disclosure else self.comparison.discrepancies

    @property
    def _followed_up(self) -> list[str]:
        return [
            f"{short_label(other)} until {wording.day(other.as_at)}"
            for other in self.comparison.others
            if other.end != self.figures.end
        ]

    @property
    def about(self) -> list[str]:
        found = [COVERAGE.format(covered=self.covered_words, as_at=self.as_at_words)]
        if self.figures.is_part:
            found.append(PART)
        if self.figures.as_at > self.figures.end:
            found.append(FOLLOWED_UP.format(others="; ".join(self._followed_up)))
        hiding = [about_hiding(self.disclosure)] if self.disclosure else []
        return [*hiding, *found, AS_RECORDED, DATES, CHANGES]


def _headline(measure: str, comparison: Comparison) -> Headline:
    now = comparison.this[measure]
    others = [one for one in (comparison.previous, comparison.last_year) if one is not None]
    changes = tuple(
        f"{_change_words(now, other[measure])} {short_label(other)}" for other in others
    )
    if isinstance(now, Rate):
        value, *detail = wording.rate(now)
        none = [] if now.denominator else [f"No {BY_ID[measure].unit}"]
        return Headline(BY_ID[measure].title, value, "".join(detail + none), changes)
    return Headline(BY_ID[measure].title, wording.count(now), "", changes)


def _change_words(now: Any, base: Any) -> str:
    """To be followed by the name of the other period."""
    if isinstance(now, Rate):
        if now.percent is None or base.percent is None:
            return f"{wording.rate(base)[-1] if base.denominator else 'none'} in"
        return f"{wording.rate_change(now, base)} on"
    if hidden := hidden_of(now, base):
        return f"{hidden} on"
    moved = change(now, base)
    return "the same as in" if moved.difference == 0 else f"{wording.change(moved)} on"
