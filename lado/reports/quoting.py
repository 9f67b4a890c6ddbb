"""Figures that an author quotes in a text: each a marker, which stays true when the report is drawn
again. `{consultations.received}`, `{consultations.received: change on last year}`,
`{consultations.by_sector / Police: share}`: a figure, its row, and what of it.

There is no grammar to break: a marker is one of those that the figures offer, or it is unknown.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from lado.reports import wording
from lado.reports.comparison import Comparison, change
from lado.reports.figures import Figures
from lado.reports.hidden import hidden_of
from lado.reports.measure import Measure, Shape
from lado.reports.measures import BY_ID
from lado.reports.rows import MONTHS
from lado.reports.tables import short_label, to_date_label
from lado.reports.values import Cohort, Rate, Ratio

MARKER = re.compile(r"\{(\s*[A-Za-z][^{}\n]*)\}")
PERIODS = {
    "this": "",
    "previous": "previous period",
    "last_year": "last year",
    "to_date": "year to date",
    "last_to_date": "last year to date",
}
CHANGES = {
    "change on the previous period": ("this", "previous"),
    "change on last year": ("this", "last_year"),
    "change of the year to date": ("to_date", "last_to_date"),
}
SHARE = "share"
SHARE_OF_CHANGE = "share of the {}"
CONCLUDED = "concluded"
EXAMPLE = "consultations.by_sector"


class Quote(NamedTuple):
    """`row` is the label as it stands in the figures, a pair in a cross-table."""

    measure: str
    row: Any
    what: str
    words: str

    @property
    def marker(self) -> str:
        return marker(self.measure, self.row, self.what)


def marker(measure: str, row: Any = "", what: str = "") -> str:
    label = " x ".join(row) if isinstance(row, tuple) else row
    return f"{{{measure}{label and f' / {label}'}{what and f': {what}'}}}"


class Quotes:
    """What may be inserted of one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self._of = lru_cache(maxsize=None)(self._offered)

    def find(self, written: str) -> Quote | None:
        """By what stands between the brackets, or with them. Case and spaces do not count."""
        key = _folded(written.strip("{}"))
        name = re.split(r"[ /:]", key, maxsplit=1)[0]
        return self._of(name).get(key) if name in self.comparison.this.values else None

    def fill(self, text: str) -> str:
        """The text with values. What is unknown stays as it was typed."""

        def value(found: re.Match[str]) -> str:
            quote = self.find(found[1])
            return quote.words if quote else found[0]

        return MARKER.sub(value, text)

    def unknown(self, text: str) -> list[str]:
        written = (found[0] for found in MARKER.finditer(text))
        return [each for each in dict.fromkeys(written) if self.find(each) is None]

    def offered(self, measure: str) -> list[Quote]:
        return list(self._of(measure).values())

    def _offered(self, measure: str) -> dict[str, Quote]:
        quotes = _quotes(BY_ID[measure], self.comparison)
        return {_folded(quote.marker.strip("{}")): quote for quote in quotes}


def listing(comparison: Comparison) -> list[tuple[str, list[Quote]]]:
    """By the titles of the figures, each row's number of this period; of a cross-table those that
    are not nought."""
    quotes = Quotes(comparison)
    found = []
    for ident in comparison.this.values:
        offered = [each for each in quotes.offered(ident) if not each.what]
        if BY_ID[ident].shape is Shape.CROSS:
            offered = [each for each in offered if each.words != wording.count(0)]
        if offered:
            found.append((BY_ID[ident].title, offered))
    return found


def endings(comparison: Comparison) -> list[Quote]:
    """What may be said of a row, by example."""
    offered = Quotes(comparison).offered(EXAMPLE)
    return [each for each in offered if each.row == offered[0].row and each.what]


def _folded(words: str) -> str:
    return re.sub(r"\s*([/:])\s*", r"\1", " ".join(words.split())).casefold()


Pick = Callable[[Figures], Any]


def _quotes(measure: Measure, comparison: Comparison) -> Iterator[Quote]:
    this = comparison.this[measure.id]
    match measure.shape:
        case Shape.CROSS:
            for pair in _pairs(measure, comparison.this):
                yield Quote(measure.id, pair, "", wording.count(this.get(pair, 0)))
        case Shape.BREAKDOWN if measure.rows is MONTHS:
            for code, number in this.items():
                yield Quote(measure.id, wording.month(code), "", wording.count(number))
        case Shape.BREAKDOWN | Shape.COHORT:
            yield from _of_rows(measure, comparison)
        case _:
            yield from _plain(measure.id, "", comparison, lambda figures: figures[measure.id])


def _pairs(measure: Measure, figures: Figures) -> Iterator[tuple[str, str]]:
    rows, columns = (figures[margin] for margin in measure.margins)
    yield from ((row, column) for row in rows for column in columns)


def labels_of(measure: Measure, comparison: Comparison) -> list[str]:
    """Of every period shown: a row may be nought in this one."""
    found: dict[str, None] = {}
    for figures in (comparison.this, *comparison.others):
        value = figures.values.get(measure.id, {})
        found |= dict.fromkeys(value.outcomes if isinstance(value, Cohort) else value)  # type: ignore[arg-type]
    return list(found)


def part_of(measure: Measure, label: str) -> Pick:
    def pick(figures: Figures) -> Any:
        value = figures[measure.id]
        return (value.outcomes if isinstance(value, Cohort) else value).get(label, 0)

    return pick


def whole_of(measure: Measure) -> Pick | None:
    """What its parts are parts of: of a cohort those that are concluded."""
    if measure.shape is Shape.COHORT:
        return lambda figures: figures[measure.id].concluded.numerator
    if measure.whole:
        return lambda figures: figures[measure.whole]
    return None


def _of_rows(measure: Measure, comparison: Comparison) -> Iterator[Quote]:
    if measure.shape is Shape.COHORT:
        yield from _plain(measure.id, CONCLUDED, comparison, lambda f: f[measure.id].concluded)
    whole = whole_of(measure)
    for label in labels_of(measure, comparison):
        pick = part_of(measure, label)
        yield from _plain(measure.id, label, comparison, pick)
        if whole:
            yield from _shares(measure.id, label, comparison, pick, whole)


def _plain(measure: str, row: str, comparison: Comparison, pick: Pick) -> Iterator[Quote]:
    for role, name in PERIODS.items():
        figures = getattr(comparison, role)
        if figures and measure in figures.values:
            yield Quote(measure, row, name, value_words(pick(figures)))
    for what, now, base in changes(measure, comparison):
        yield Quote(
            measure, row, what, change_words(pick(now), pick(base), _label(base, comparison))
        )


def _label(base: Figures, comparison: Comparison) -> str:
    return to_date_label(base) if base is comparison.last_to_date else short_label(base)


def changes(measure: str, comparison: Comparison) -> Iterator[tuple[str, Figures, Figures]]:
    for what, roles in CHANGES.items():
        now, base = (getattr(comparison, role) for role in roles)
        if now and base and measure in now.values and measure in base.values:
            yield what, now, base


def _shares(
    measure: str, row: str, comparison: Comparison, pick: Pick, whole: Pick
) -> Iterator[Quote]:
    for role, name in PERIODS.items():
        figures = getattr(comparison, role)
        if figures and measure in figures.values:
            rate = Rate(pick(figures), whole(figures))
            yield Quote(measure, row, f"{SHARE} {name}".strip(), value_words(rate))
    for what, now, base in changes(measure, comparison):
        numbers = pick(now), pick(base), whole(now), whole(base)
        yield Quote(measure, row, SHARE_OF_CHANGE.format(what), _share_of_change(*numbers))


def value_words(value: Any) -> str:
    match value:
        case None:
            return "none"
        case Rate(_, 0):
            return "0 of 0"
        case Rate():
            first, *rest = wording.rate(value)
            return f"{first} ({rest[0]})" if rest else first
        case Ratio():
            return wording.ratio(value)[0]
        case _:
            return wording.count(value)


def change_words(now: Any, base: Any, label: str) -> str:
    """Always with what it is a change from."""
    if isinstance(now, Rate):
        return _rate_change(now, base, label)
    if isinstance(now, Ratio):
        return f"{value_words(now)} beside {value_words(base)} in {label}"
    if now is None or base is None:
        return f"{value_words(now)} beside {value_words(base)} in {label}"
    if hidden := hidden_of(now, base):
        return hidden
    moved = change(now, base)
    if moved.difference == 0:
        return f"unchanged from {label}"
    percent = "" if moved.percent is None else f" ({abs(moved.percent):.1f}%)"
    return f"{_way(moved.difference)} {abs(moved.difference):,}{percent} from {base:,} in {label}"


def _rate_change(now: Rate, base: Rate, label: str) -> str:
    if hidden := hidden_of(*now, *base):
        return hidden
    if now.percent is None or base.percent is None:
        return f"beside {value_words(base)} in {label}"
    points = round(now.percent - base.percent, 1)
    if points == 0:
        return f"unchanged from {value_words(base)} in {label}"
    return f"{_way(points)} {abs(points):.1f} points from {value_words(base)} in {label}"


def _share_of_change(now: Any, base: Any, whole_now: Any, whole_base: Any) -> str:
    if hidden := hidden_of(now, base, whole_now, whole_base):
        return hidden
    part, whole = now - base, whole_now - whole_base
    if 0 < abs(part) <= abs(whole) and (part > 0) == (whole > 0):
        return value_words(Rate(abs(part), abs(whole)))
    return f"{wording.signed(part)}, beside {wording.signed(whole)} in all"


def _way(difference: float) -> str:
    return "up" if difference > 0 else "down"
