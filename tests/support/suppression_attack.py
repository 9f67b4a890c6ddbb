"""A reader who has only the printed tables of public editions, and a linear programme.

Written apart from the engine: what is known is read back from the tables' cells, and what holds
between counts is said here anew, by the names that the tables print.
"""

import re
from calendar import month_name
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from lado.reports.tables import Table
from lado.rules.quarters import Period
from lado.rules.timescales import add_months

DAY = timedelta(days=1)
MANY = 10_000
FEW = 10
RECEIVED, OVERSEEN, CONCLUDED, OPEN = (
    "Consultations received", "Cases overseen", "Concluded", "Open at end"
)  # fmt: skip
NAMED, CHILDREN, SENT, HELD = (
    "Adults named", "Children described", "Referrals sent", "Strategy discussions held"
)  # fmt: skip
# What the last row of a table counts.
TOTALS = {
    "consultations-by-": RECEIVED, "cases-by-": OVERSEEN, "outcomes-concluded": CONCLUDED,
    "timeliness-concluded": CONCLUDED, "timeliness-open": OPEN, "employer-": CONCLUDED,
    "police-": CONCLUDED, "outcomes-by-": CONCLUDED, "adults-by-": NAMED,
    "children-by-": CHILDREN, "referrals-sent-by-": SENT, "strategy-by-number": "Cases discussed",
}  # fmt: skip
# The counts above and below the line of a row that prints both.
PARTS = {
    "Conversion rate": ("Progressed to a strategy discussion", RECEIVED),
    "LADO told within 1 working day": ("told", "told of"),
    "Decided within 1 working day": ("decided", RECEIVED),
    "Sexual abuse cases": ("cases-by-category Sexual abuse", OVERSEEN),
    "Concluded of these": ("concluded of these", "Opened"),
    "Discussions for each case overseen": (HELD, OVERSEEN),
    "Concluded within 1 month": ("within 1 month", CONCLUDED),
    "Concluded within 3 months": ("within 3 months", CONCLUDED),
}
# One count, and the row or the rows that it is the sum of.
ALIKE = {
    "Progressed to a strategy discussion":
        ["consultations-by-decision Progress to strategy discussion"],
    "told": ["consultations-by-telling Within 1 working day"],
    "told of": ["consultations-by-telling Within 1 working day",
                "consultations-by-telling Later or before"],
    "Referrals to the Disclosure and Barring Service":
        ["referrals-sent-by-body Disclosure and Barring Service"],
    "within 1 month": ["timeliness-concluded-in-period 1 month"],
    "within 3 months": ["timeliness-concluded-in-period 1 month",
                        "timeliness-concluded-in-period 3 months"],
}  # fmt: skip
BY_NUMBER = [*(f"strategy-by-number {n}" for n in range(1, 6)), "strategy-by-number 6 or more"]
# Each row of the one table is part of the same row of the other.
PART_OF_ROW = {
    "outcomes-by-category": "cases-by-category", "outcomes-by-sector": "cases-by-sector",
    "outcomes-of-cases-opened": "outcomes-concluded-in-period",
}  # fmt: skip
ALONE = ("Institutional", "Person has multiple roles", "Historical")
# Lists of which a column about few leaves out the rows that no other has.
LONG = ("consultations-by-role", "referrals-sent-by-body")
LASTING = (OVERSEEN, CHILDREN, "children-by-", "cases-by-")
EVENTS = (
    "consultations-",
    "outcomes-concluded",
    "timeliness-concluded",
    "employer-",
    "police-",
    "learning",
    "outcomes-by-",
    "adults-by-",
    "referrals-sent-",
)
EVENT_NAMES = {
    RECEIVED, CONCLUDED, "Opened", "Reopened", "Progressed to a strategy discussion", "told",
    "told of", "decided", "Person not named", HELD, NAMED, SENT, "within 1 month",
    "within 3 months", "Referrals to the Disclosure and Barring Service",
}  # fmt: skip
NOT_ABOVE = {
    "Progressed to a strategy discussion": RECEIVED, "Person not named": RECEIVED,
    "told": "told of", "told of": RECEIVED, "decided": RECEIVED, "concluded of these": "Opened",
    "Institutional": OVERSEEN, "Person has multiple roles": OVERSEEN, "Historical": OVERSEEN,
    "Cases discussed": HELD, "within 1 month": "within 3 months", OPEN: OVERSEEN,
    "Brought forward": OVERSEEN,
}  # fmt: skip
HEADING = re.compile(r"(?:Financial year |Quarter )?(\d{4})-\d\d(?: Q([1-4]))?(?: to (\d+ \w+))?")
OTHER_YEAR = re.compile(r"(Calendar|Academic) year (\d{4})(?:-\d\d)?")

Count = tuple[str, Period]


@dataclass
class Reader:
    """`hidden` are the counts that are, each with the least that it may be. `noughts_too`: a
    nought is hidden like a small count."""

    noughts_too: bool = False
    threshold: int = 5
    known: dict[Count, int] = field(default_factory=dict)
    hidden: dict[Count, int] = field(default_factory=dict)
    sums: list[dict[Count, int]] = field(default_factory=list)
    limits: list[dict[Count, int]] = field(default_factory=list)

    def read(self, tables: Iterable[Table]) -> None:
        for table in tables:
            for place, heading in enumerate(table.headings):
                words = heading.replace("\N{NO-BREAK SPACE}", " ")
                if HEADING.fullmatch(words) or OTHER_YEAR.fullmatch(words):
                    self._column(table, place, _period(words))

    def _column(self, table: Table, place: int, period: Period) -> None:
        total = next((name for begins, name in TOTALS.items() if table.id.startswith(begins)), "")
        rows: list[Count] = []
        base = ""
        for row in table.rows:
            text = str(row.cells[place])
            if row.is_total:
                base = text
            elif row.label in PARTS:
                self._pair(row.label, text, period)
            else:
                rows.append(_count(table, row.label, period))
                self._note(rows[-1], text)
        if total and total != table.rows[0].label:
            self._note((total, period), base)
            few = not base.isdigit() or int(base) < FEW
            self._parts((total, period), rows, or_more=few and table.id in LONG)
            if few:
                self._may_be_none(rows)
        if table.id.startswith("learning"):
            self._may_be_none(rows)  # it prints no total that would tell how many it is about
        if table.id == "outcomes-of-cases-opened":
            self.sums.append(dict.fromkeys(rows[1:], 1) | {("concluded of these", period): -1})
            self._may_be_none(rows[1:])

    def _parts(self, total: Count, rows: list[Count], *, or_more: bool) -> None:
        if or_more:
            self.limits.append(dict.fromkeys(rows, -1) | {total: 1})
        else:
            self.sums.append(dict.fromkeys(rows, 1) | {total: -1})

    def _may_be_none(self, rows: Iterable[Count]) -> None:
        for row in rows:
            if row in self.hidden:
                self.hidden[row] = 0

    def _pair(self, label: str, text: str, period: Period) -> None:
        numbers = [int(n.replace(",", "")) for n in re.findall(r"([\d,]+)(?= of| /|\)|$)", text)]
        if text.startswith("[") or text == "\N{EN DASH}":
            numbers = []
        for name, number in zip(PARTS[label], numbers[-2:], strict=False):
            self.known[name, period] = number

    def _note(self, count: Count, text: str) -> None:
        if re.fullmatch(r"[\d,]+", text):
            self.known[count] = int(text.replace(",", ""))
        elif text == "[u]":
            self.hidden.setdefault(count, 0)
        elif text == "[c]":
            self.hidden[count] = 0 if self.noughts_too else 1

    def bounds(self) -> dict[Count, tuple[int, int]]:
        """The least and the most that each hidden count may be; less of it where that is three
        numbers already."""
        rows = [*self.sums, *self._flow(), *self._time(), *self._alike()]
        more = [*self._limits()]
        free = {count for row in [*rows, *more] for count in row} | set(self.hidden)
        order = {count: n for n, count in enumerate(sorted(free - set(self.known), key=str))}
        equal, upper = self._matrix(rows, order), self._matrix(more, order)
        limits = [(self.hidden.get(c, 0), self._most(c, rows)) for c in order]
        ends = np.full(len(order), np.inf), np.full(len(order), -np.inf)

        def span(count: Count) -> tuple[int, int]:
            low, high = (end[order[count]] for end in ends)
            return ceil(low - 1e-6), floor(high + 1e-6)

        for count in self.hidden.keys() - self.known.keys():
            for sign in (1, -1):
                if np.isfinite(ends[0]).all() and _is_wide(*span(count)):
                    break
                aim = np.zeros(len(order))
                aim[order[count]] = sign
                done = linprog(aim, *_negative(upper), *equal, limits, method="highs")
                assert done.status == 0, done.message
                np.minimum(ends[0], done.x, out=ends[0])
                np.maximum(ends[1], done.x, out=ends[1])
        told = {count: (self.known[count],) * 2 for count in self.hidden if count in self.known}
        return told | {count: span(count) for count in self.hidden if count not in told}

    def _most(self, count: Count, rows: Iterable[dict[Count, int]]) -> int:
        """What is part of nothing printed but a total is hidden for being small."""
        alone = count[0] in ALONE and count in self.hidden
        return MANY if not alone or any(count in row for row in rows) else self.threshold - 1

    def _matrix(self, rows: list[dict[Count, int]], order: dict[Count, int]):
        cells, right = list[tuple[int, int, int]](), list[int]()
        for row in rows:
            unknown = [(order[count], n) for count, n in row.items() if count in order]
            if unknown:
                cells += [(len(right), column, n) for column, n in unknown]
                right.append(-sum(n * self.known[c] for c, n in row.items() if c in self.known))
        if not right:
            return None, None
        where, column, number = zip(*cells, strict=True)
        return coo_array((number, (where, column)), shape=(len(right), len(order))), right

    def _counts(self) -> set[Count]:
        return set(self.known) | set(self.hidden)

    def _periods(self) -> set[Period]:
        return {period for _, period in self._counts()}

    def _flow(self) -> Iterator[dict[Count, int]]:
        counts = self._counts()
        for period in self._periods():
            flow = {"Brought forward": 1, "Opened": 1, "Reopened": 1, CONCLUDED: -1, OPEN: -1}
            if all((name, period) in counts for name in flow):
                yield {(name, period): n for name, n in flow.items()}
            for after in self._periods():
                if after.start == period.end + DAY and ("Brought forward", after) in counts:
                    yield {(OPEN, period): 1, ("Brought forward", after): -1}

    def _limits(self) -> Iterator[dict[Count, int]]:
        """Each row is nought or more."""
        yield from self.limits
        counts = self._counts()
        for part, whole in NOT_ABOVE.items():
            for period in self._periods():
                if {(part, period), (whole, period)} <= counts:
                    yield {(part, period): -1, (whole, period): 1}
        for period in self._periods():
            if (OVERSEEN, period) in counts:
                came = {("Brought forward", period): 1, ("Opened", period): 1}
                yield {(OVERSEEN, period): 1} | dict.fromkeys(came, -1)
                yield came | {("Reopened", period): 1, (OVERSEEN, period): -1}

        yield from self._of_one_period()
        yield from self._lasting()

    def _alike(self) -> Iterator[dict[Count, int]]:
        counts = self._counts()
        for period in self._periods():
            for total, parts in ALIKE.items():
                if all((name, period) in counts for name in (total, *parts)):
                    yield {(part, period): 1 for part in parts} | {(total, period): -1}
            if self.known.get((BY_NUMBER[-1], period)) == 0 and (HELD, period) in counts:
                yield self._discussions(period)

    def _discussions(self, period: Period) -> dict[Count, int]:
        times = {(name, period): -n for n, name in enumerate(BY_NUMBER, start=1)}
        return {c: n for c, n in times.items() if c in self._counts()} | {(HELD, period): 1}

    def _of_one_period(self) -> Iterator[dict[Count, int]]:
        counts = self._counts()
        for period in self._periods():
            if (HELD, period) in counts:
                yield self._discussions(period)
            if {(NAMED, period), (RECEIVED, period)} <= counts:
                yield {(NAMED, period): 1, ("Person not named", period): 1, (RECEIVED, period): -1}
            if {(CONCLUDED, period), (OPEN, period), (OVERSEEN, period)} <= counts:
                yield {(CONCLUDED, period): 1, (OPEN, period): 1, (OVERSEEN, period): -1}
        for name, period in counts:
            table, _, row = name.partition(" ")
            whole = f"{PART_OF_ROW.get(table)} {row}", period
            if whole in counts:
                yield {whole: 1, (name, period): -1}

    def _lasting(self) -> Iterator[dict[Count, int]]:
        """What lasts in a part of a period lasts in the period."""
        lasting = [count for count in self._counts() if count[0].startswith(LASTING)]
        for name, part in lasting:
            for other, period in lasting:
                inside = period.start <= part.start and part.end <= period.end and part != period
                if name == other and inside:
                    yield {(name, period): 1, (name, part): -1}

    def _time(self) -> Iterator[dict[Count, int]]:
        """A count of events is the sum of those of the days it covers."""
        series: dict[str, list[Period]] = {}
        for name, period in self._counts():
            if name in EVENT_NAMES or name.startswith(EVENTS):
                series.setdefault(name, []).append(period)
        for name, periods in series.items():
            days = sorted({d for p in periods for d in (p.start, p.end + DAY)})
            for period in periods:
                parts = [
                    Period(first, after - DAY)
                    for first, after in pairwise(days)
                    if period.start <= first and after - DAY <= period.end
                ]
                if parts != [period]:
                    yield {(name, part): 1 for part in parts} | {(name, period): -1}


def _is_wide(low: int, high: int) -> bool:
    return high - low > 1


def _negative(upper):
    rows, right = upper
    return (None, None) if rows is None else (-rows, [-n for n in right])


def _count(table: Table, label: str, period: Period) -> Count:
    if table.id == "consultations-by-month":
        number = list(month_name).index(label.split(maxsplit=1)[0])
        first = date(period.start.year + (number < period.start.month), number, 1)
        return RECEIVED, Period(first, add_months(first, 1) - DAY)
    alone = not any(table.id.startswith(begins) for begins in (*TOTALS, "outcomes-", "learning"))
    return (label if alone or label == "Opened" else f"{table.id} {label}"), period


def _period(heading: str) -> Period:
    if other := OTHER_YEAR.fullmatch(heading):
        first = date(int(other[2]), {"Calendar": 1, "Academic": 9}[other[1]], 1)
        return Period(first, add_months(first, 12) - DAY)
    year, quarter, until = HEADING.fullmatch(heading).groups()
    first = date(int(year), 4, 1)
    if quarter:
        return Period.parse(f"{year}-{(int(year) + 1) % 100:02}/Q{quarter}")
    if not until:
        return Period(first, add_months(first, 12) - DAY)
    ends = (add_months(first, n) - DAY for n in range(1, 13))
    return Period(first, next(end for end in ends if f"{end.day} {end:%b}" == until))
