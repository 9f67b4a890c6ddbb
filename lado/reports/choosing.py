"""What an answer to an information request may count: the public measures, and how each can be
broken down."""

from collections.abc import Iterable, Iterator

from lado.reports.cells import total_of
from lado.reports.contents import SECTIONS
from lado.reports.measure import Measure, Shape
from lado.reports.measures import BY_ID, MEASURES
from lado.reports.rows import MONTHS

TABLES = (Shape.BREAKDOWN, Shape.COHORT, Shape.CROSS)


def counted() -> Iterator[tuple[str, Measure]]:
    """Each count with the section of the report that prints it, and each breakdown that is of no
    total."""
    seen = set[str]()
    for section in SECTIONS:
        for measure in (BY_ID[name] for plan in section.tables for name in plan.measures):
            alone = measure.shape is Shape.BREAKDOWN and not _total(measure)
            if may_choose(measure) and measure.id not in seen and _counts(measure, alone):
                seen.add(measure.id)
                yield section.title, measure


def _counts(measure: Measure, alone: bool) -> bool:
    return measure.shape is Shape.COUNT or alone


def heading(measure: Measure) -> str:
    """Its title where it stands alone: `Cases: concluded`."""
    section = next((title for title, each in counted() if each is measure), "")
    said = set(section.lower().split()) & set(measure.title.lower().split()) - {"and"}
    if said or not section:
        return measure.title
    return f"{section}: {measure.title[0].lower()}{measure.title[1:]}"


def caption(measure: Measure) -> str:
    """Of a table, as the report has it."""
    alone = (plan for section in SECTIONS for plan in section.tables)
    found = (plan.caption for plan in alone if plan.measures == (measure.id,))
    return next(found, measure.title) if measure.shape in TABLES else measure.title


def breakdowns(subject: Measure) -> list[Measure]:
    """All that can be said of the records that `subject` counts."""
    return [
        each
        for each in MEASURES
        if may_choose(each) and each is not subject and _total(each) == subject.id
    ]


def may_choose(measure: Measure) -> bool:
    """A month is no part of a year that stands beside other years."""
    return measure.public and measure.rows is not MONTHS


def _total(measure: Measure) -> str:
    return measure.whole or total_of(measure.population)


def beside(measures: Iterable[Measure]) -> list[Measure]:
    """These and the totals that stand in their tables."""
    names = set[str]()
    for measure in measures:
        names |= {measure.id, *measure.margins}
        names |= {measure.whole} if measure.shape in TABLES else set()
    return [each for each in MEASURES if each.id in names]


def needed(measures: Iterable[Measure]) -> list[Measure]:
    """These and all that must be counted to judge what they would give away."""
    names = set[str]()
    for measure in beside(measures):
        names |= {measure.id, measure.whole, measure.over, total_of(measure.population)}
    return [each for each in MEASURES if each.id in names]
