"""Whether the totals of a report hold together. One that does not reconcile is not published."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from lado.errors import Refused
from lado.reports.measure import Measure, Shape
from lado.reports.measures import BY_ID, MEASURES

FLOW_IN = ("cases.brought_forward", "cases.opened", "cases.reopened")
FLOW_OUT = "cases.concluded"
FLOW_END = "cases.open_at_end"


class ReconciliationError(Refused):
    def __init__(self, discrepancies: list[str]) -> None:
        self.discrepancies = discrepancies
        super().__init__(
            "The totals in this report do not reconcile, so it cannot be published. "
            "Correct the records and draw it again. " + " ".join(discrepancies)
        )


def discrepancies(values: Mapping[str, Any]) -> list[str]:
    """In words, each total that does not hold."""
    found = list(_flow(values)) if {*FLOW_IN, FLOW_OUT, FLOW_END} <= set(values) else []
    for measure in MEASURES:
        if measure.whole and measure.id in values:
            found.extend(_parts(measure, measure.whole, values))
    return found


def flow_sentence(values: Mapping[str, Any]) -> str:
    """The flow of cases as a sum, to be printed."""
    brought, opened, reopened = (values[name] for name in FLOW_IN)
    return (
        f"{brought} brought forward + {opened} opened + {reopened} reopened "
        f"\N{MINUS SIGN} {values[FLOW_OUT]} concluded = {values[FLOW_END]} open at end"
    )


def _flow(values: Mapping[str, Any]) -> Iterator[str]:
    end = sum(values[name] for name in FLOW_IN) - values[FLOW_OUT]
    if end != values[FLOW_END]:
        yield f"The flow of cases does not hold: {flow_sentence(values)} should give {end}."


def _parts(measure: Measure, whole: str, values: Mapping[str, Any]) -> Iterator[str]:
    value = values[measure.id]
    if measure.shape is Shape.COHORT:
        concluded, base = value.concluded
        yield from _sum(f"{measure.title}, concluded,", sum(value.outcomes.values()), concluded)
        yield from _sum(f"{measure.title}, base,", base, values[whole])
    elif measure.shape is Shape.CROSS:
        yield from _margins(measure, values)
    else:
        total = BY_ID[whole].title.lower()
        yield from _sum(f"{measure.title} ({total})", sum(value.values()), values[whole])


def _margins(measure: Measure, values: Mapping[str, Any]) -> Iterator[str]:
    """Each row and each column sums to what its own breakdown says of it."""
    for place, margin in enumerate(measure.margins):
        sums = Counter[str]()
        for cell, n in values[measure.id].items():
            sums[cell[place]] += n
        for label in {**values[margin], **sums}:
            title = f"{measure.title}, {label},"
            yield from _sum(title, sums[label], values[margin].get(label, 0))


def _sum(title: str, parts: int, whole: int) -> Iterator[str]:
    if parts != whole:
        yield f"{title} sums to {parts:,} and not to {whole:,}."
