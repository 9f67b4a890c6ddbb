"""A year's figures beside the fastest SQL that we could write by hand for the same counts.

The yardstick knows what these figures need and nothing else: no vocabulary, no labels, no rows
for what did not occur. It uses what is true of a register (one adult a consultation, one spell and
one allegation a case), which the figures may not. Its counts are compared with theirs first.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from lado.extensions import db
from lado.models import Term
from lado.reports.figures import Figures, draw
from lado.rules.quarters import Period
from lado.rules.timescales import band
from lado.rules.vocabulary import DecisionStage, OutcomeCode, TermGroup
from lado.rules.working_days import within_working_days
from tests.bench.timing import Compared, compare, seconds

Counts = dict[str, Any]
OUTCOMES = {code.value: code.label for code in OutcomeCode}

RECEIVED = """
SELECT c.received_on, c.aware_on, c.referrer_agency_id, s.person_id IS NULL, s.category_id,
       s.context_id, p.sector_id, d.term_id, d.decided_on
FROM consultation c
JOIN consultation_subject s ON s.consultation_id = c.id AND s.number = 1
JOIN position p ON p.id = s.position_id
LEFT JOIN decision d ON d.subject_id = s.id AND d.ended_on IS NULL AND d.decided_on <= :end
WHERE c.received_on BETWEEN :start AND :end
"""
CASES = """
SELECT s.opened_on, s.concluded_on, a.category_id, p.sector_id, k.organisation_id IS NOT NULL,
       a.non_recent, k.children, k.children_count, k.received_on, o.outcome, s.closure_reason_id,
       EXISTS (SELECT 1 FROM consultation_subject u
               JOIN consultation_subject_position f ON f.subject_id = u.id
               WHERE u.case_id = k.id AND f.position_id <> k.position_id)
FROM case_spell s
JOIN "case" k ON k.id = s.case_id
JOIN position p ON p.id = k.position_id
JOIN allegation a ON a.case_id = k.id AND a.is_primary
LEFT JOIN outcome o ON o.allegation_id = a.id AND o.ended_on IS NULL
WHERE s.opened_on <= :end AND (s.concluded_on IS NULL OR s.concluded_on >= :start)
"""
HELD = """
SELECT count(*), count(DISTINCT case_id) FROM strategy_discussion
WHERE held_on BETWEEN :start AND :end
"""
RESULTS = """
SELECT t.kind, r.term_id, count(*)
FROM case_spell s
JOIN strand t ON t.case_id = s.case_id AND t.kind IN ('employer', 'police')
JOIN strand_result r ON r.strand_id = t.id AND r.ended_on IS NULL
WHERE s.concluded_on BETWEEN :start AND :end GROUP BY 1, 2
"""
DBS = """
SELECT count(*) FROM onward_referral
WHERE referred_on BETWEEN :start AND :end AND body_id = :dbs
"""
THEMES = """
SELECT l.theme_id, count(DISTINCT l.case_id) FROM learning_point l
JOIN case_spell s ON s.case_id = l.case_id
WHERE s.concluded_on BETWEEN :start AND :end GROUP BY 1
"""


class Yardstick:
    def __init__(self, database: Path, period: Period) -> None:
        self.connection = sqlite3.connect(database)
        terms = db.session.query(Term).all()
        self.terms = {term.id: term.label for term in terms}
        self.progress = {term.id for term in terms if term.stage is DecisionStage.PROGRESS}
        body = TermGroup.REFERRAL_BODY
        dbs = next(term.id for term in terms if term.group is body and term.code == "dbs")
        self.start, self.end = period.start.isoformat(), period.end.isoformat()
        self.days = {"start": self.start, "end": self.end, "dbs": dbs}

    def _all(self, statement: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(statement, self.days).fetchall()

    def count(self) -> Counts:
        return self._received() | self._cases() | self._course()

    def _received(self) -> Counts:
        rows = self._all(RECEIVED)
        received, aware, agency, unnamed, category, context, sector, decision, decided = zip(
            *rows, strict=True
        )
        told = [pair for pair in zip(aware, received, strict=True) if pair[0]]
        decisions = Counter(decision)
        progressed = sum(decisions[one] for one in self.progress)
        return {
            "consultations.received": len(rows),
            "consultations.by_month": Counter(day[:7] for day in received),
            "consultations.progressed": progressed,
            "consultations.conversion": [progressed, len(rows)],
            "consultations.by_decision": self._labelled(decisions, "Awaiting decision"),
            "consultations.by_sector": self._labelled(Counter(sector)),
            "consultations.by_referrer": self._labelled(Counter(agency)),
            "consultations.by_category": self._labelled(Counter(category)),
            "consultations.by_context": self._labelled(Counter(context)),
            "consultations.unnamed": sum(unnamed),
            "consultations.told_within_1_working_day": [_in_time(told), len(told)],
            "consultations.decided_within_1_working_day": [
                _in_time(zip(received, decided, strict=True)),
                len(rows),
            ],
        }

    def _cases(self) -> Counts:
        rows = self._all(CASES)
        start, end = self.start, self.end
        opened = [row for row in rows if row[0] >= start]
        concluded = [row for row in rows if row[1] and row[1] <= end]
        still = [row for row in rows if not row[1] or row[1] > end]
        category = self._labelled(Counter(row[2] for row in rows))
        ended = [row for row in opened if row[1] and row[1] <= end]
        return {
            "cases.brought_forward": len(rows) - len(opened),
            "cases.opened": len(opened),
            "cases.overseen": len(rows),
            "cases.concluded": len(concluded),
            "cases.open_at_end": len(still),
            "cases.by_category": category,
            "cases.by_sector": self._labelled(Counter(row[3] for row in rows)),
            "cases.sexual_abuse_share": [category["Sexual abuse"], len(rows)],
            "cases.institutional": sum(row[4] for row in rows),
            "cases.multiple_roles": sum(row[11] for row in rows),
            "cases.historical": sum(bool(row[5]) for row in rows),
            "cases.by_children": Counter(map(_children, rows)),
            "outcomes.concluded_in_period": Counter(map(_outcome, concluded)),
            "outcomes.of_cases_opened": {"concluded": [len(ended), len(opened)]}
            | Counter(map(_outcome, ended)),
            "timeliness.concluded_in_period": _bands((row[8], row[1]) for row in concluded),
            "timeliness.open_at_end": _bands((row[8], end) for row in still),
        }

    def _course(self) -> Counts:
        held, discussed = self._all(HELD)[0]
        results: dict[str, Counts] = {"employer": {}, "police": {}}
        for strand, term, number in self._all(RESULTS):
            results[strand][self.terms[term]] = number
        return {
            "strategy.held": held,
            "strategy.cases_discussed": discussed,
            "employer.outcomes": results["employer"],
            "police.outcomes": results["police"],
            "dbs.referrals_made": self._all(DBS)[0][0],
            "learning.themes": {self.terms[term]: n for term, n in self._all(THEMES)},
        }

    def _labelled(self, counts: Counter[Any], without: str = "") -> Counter[str]:
        found = {self.terms[term]: n for term, n in counts.items() if term is not None}
        return Counter(found | ({without: counts[None]} if without and counts[None] else {}))


def _in_time(pairs: Iterable[tuple[str, str | None]]) -> int:
    """Few pairs of days are different, so each is judged once."""
    return sum(
        number
        for (first, second), number in Counter(pairs).items()
        if second and within_working_days(date.fromisoformat(first), date.fromisoformat(second), 1)
    )


def _bands(pairs: Iterable[tuple[str, str]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (first, second), number in Counter(pairs).items():
        found[band(date.fromisoformat(first), date.fromisoformat(second)).label] += number
    return found


def _children(row: tuple[Any, ...]) -> str:
    if row[6] == "none_identified":
        return "None identified"
    return "One" if row[7] == 1 else "Multiple"


def _outcome(row: tuple[Any, ...]) -> str:
    return OUTCOMES.get(row[9], "No outcome needed")


def measure(database: Path, period: Period, *, rounds: int) -> Compared:
    yardstick = Yardstick(database, period)
    _agree(yardstick.count(), draw(db.session(), period))
    db.session.remove()

    def ours() -> None:
        draw(db.session(), period)
        db.session.remove()

    return compare(lambda: seconds(ours), lambda: seconds(yardstick.count), rounds=rounds)


def _agree(bare: Counts, figures: Figures) -> None:
    ours = figures.as_json()
    for key in ("period", "as_at", "strategy.per_case_overseen"):
        ours.pop(key)
    differing = {key: (ours[key], bare.get(key)) for key in ours if ours[key] != bare.get(key)}
    assert not differing, differing
