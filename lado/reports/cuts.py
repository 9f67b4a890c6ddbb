"""A population as fetched for one period: the ids of its records and, beside each, its attributes.

Some attributes come from the SELECT as they are. The others are judged here: dates once for each
different pair of them, not once for each record.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from lado.reports.populations import POPULATIONS, Scope, further_adults
from lado.reports.rows import NO_OUTCOME, Vocabulary
from lado.rules.timescales import band
from lado.rules.vocabulary import DecisionStage, OutcomeCode, TermGroup
from lado.rules.working_days import within_working_days

SEXUAL_ABUSE = "sexual_abuse"
ONE_WORKING_DAY = 1
YEAR_AND_MONTH = len("2012-04")


class Cut:
    """`cut["sector"]` is the sector of each record, in the order of `cut["id"]`."""

    def __init__(
        self, population: str, session: Session, scope: Scope, vocabulary: Vocabulary
    ) -> None:
        self.session, self.scope, self.vocabulary = session, scope, vocabulary
        result = session.connection().execute(POPULATIONS[population](scope))
        names = tuple(result.keys())
        rows = result.all()
        columns = zip(*rows, strict=True) if rows else ((),) * len(names)
        self._columns: dict[str, Sequence[Any]] = dict(zip(names, columns, strict=True))
        self._judge = JUDGES.get(population, {})

    def __len__(self) -> int:
        return len(self._columns["id"])

    def __getitem__(self, name: str) -> Sequence[Any]:
        if name not in self._columns:
            self._columns[name] = self._judge[name](self)
        return self._columns[name]

    @cached_property
    def further_adults(self) -> list[tuple[int, Row[Any]]]:
        """The second and later adults with the place of their consultation. Few have any."""
        adults = self.session.connection().execute(further_adults(self.scope)).all()
        if not adults:
            return []
        places = {number: place for place, number in enumerate(self["id"])}
        return [(places[adult.id], adult) for adult in adults]


def _each_pair(cut: Cut, start: str, end: str, judge: Callable[[date, date], Any]) -> list[Any]:
    """None where either date is missing."""
    pairs = list(zip(cut[start], cut[end], strict=True))
    judged = {
        pair: None if None in pair else judge(*map(date.fromisoformat, pair)) for pair in set(pairs)
    }
    return [judged[pair] for pair in pairs]


def _within_a_working_day(start: date, end: date) -> bool:
    return within_working_days(start, end, ONE_WORKING_DAY)


def _month(cut: Cut) -> list[str]:
    return [day[:YEAR_AND_MONTH] for day in cut["received_on"]]


def _progressed(cut: Cut) -> list[bool]:
    decisions = cut.vocabulary[TermGroup.DECISION]
    progress = {term.id for term in decisions if term.stage is DecisionStage.PROGRESS}
    progressed = [decision in progress for decision in cut["decision"]]
    for place, adult in cut.further_adults:
        progressed[place] |= adult.decision in progress
    return progressed


def _unnamed(cut: Cut) -> list[bool]:
    unnamed = [person is None for person in cut["person"]]
    for place, adult in cut.further_adults:
        unnamed[place] &= adult.person is None
    return unnamed


def _told_in_time(cut: Cut) -> list[bool | None]:
    return _each_pair(cut, "aware_on", "received_on", _within_a_working_day)


def _decided_in_time(cut: Cut) -> list[bool]:
    in_time = _each_pair(cut, "received_on", "decided_on", _within_a_working_day)
    decided = [bool(one) for one in in_time]
    for place, adult in cut.further_adults:
        decided[place] &= adult.decided_on is not None and _within_a_working_day(
            date.fromisoformat(cut["received_on"][place]), date.fromisoformat(adult.decided_on)
        )
    return decided


def _band(cut: Cut) -> list[Any]:
    return _each_pair(cut, "received_on", "judged_on", band)


def _outcome(cut: Cut) -> list[str | None]:
    """A closure that needs no outcome has a reason in its place."""
    codes = list(OutcomeCode)
    return [
        codes[rank] if rank is not None else NO_OUTCOME if reason is not None else None
        for rank, reason in zip(cut["rank"], cut["closure_reason_id"], strict=True)
    ]


def _sexual_abuse(cut: Cut) -> list[bool]:
    categories = cut.vocabulary[TermGroup.CATEGORY]
    sexual = {term.id for term in categories if term.code == SEXUAL_ABUSE}
    return [category in sexual for category in cut["category"]]


JUDGES: dict[str, dict[str, Callable[[Cut], Sequence[Any]]]] = {
    "received": {
        "month": _month,
        "progressed": _progressed,
        "unnamed": _unnamed,
        "told_within_1_working_day": _told_in_time,
        "decided_within_1_working_day": _decided_in_time,
    },
    "overseen": {"sexual_abuse": _sexual_abuse},
    "concluded": {"band": _band, "outcome": _outcome},
    "opened": {"outcome": _outcome},
    "open": {"band": _band},
}
