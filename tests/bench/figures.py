"""A quarter's and a year's figures beside the fastest SQL that we could write by hand for the same
counts.

The yardstick knows what these figures need and nothing else: no vocabulary, no labels, no rows
for what did not occur. It uses what is true of a register (one adult a consultation, one spell and
one allegation a case), which the figures may not. Its counts are compared with theirs first.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from lado import clock, create_app
from lado.config import Config
from lado.database import CACHE_KB
from lado.demo.register import as_csv, rows
from lado.extensions import db
from lado.models import Term
from lado.register.loading import load
from lado.reports.figures import Figures, draw
from lado.rules.quarters import Period, quarter_of, year_of
from lado.rules.timescales import Band, band
from lado.rules.vocabulary import DecisionStage, OutcomeCode, StrandStatus, TermGroup
from lado.rules.working_days import within_working_days
from lado.services.audit import COMMAND_LINE
from tests.bench import quality
from tests.bench.many import multiply
from tests.bench.timing import Compared, compare, seconds
from tests.reports.reference import age_band, wait_band

Counts = dict[str, Any]
MOST_DISCUSSIONS = 5
# A register is of two years; that of a tenth of all is ten times longer.
STEPS, YEARS_OF_A_REGISTER = 10, 2
TELLING = ("Later or before", "Within 1 working day")
OUTCOMES = {code.value: code.label for code in OutcomeCode}

RECEIVED = """
SELECT c.received_on, c.aware_on, c.referrer_agency_id, s.person_id IS NULL, s.category_id,
       s.context_id, p.sector_id, d.term_id, d.decided_on, c.first_answered_on, p.role_id,
       o.subsector_id, o.school_phase_id, o.school_type_id, o.small_voluntary,
       c.contact_method_id, c.setting_id, c.happened_from, c.children
FROM consultation c
JOIN consultation_subject s ON s.consultation_id = c.id AND s.number = 1
JOIN position p ON p.id = s.position_id
LEFT JOIN organisation o ON o.id = p.organisation_id
LEFT JOIN decision d ON d.subject_id = s.id AND d.ended_on IS NULL AND d.decided_on <= :end
WHERE c.received_on BETWEEN :start AND :end
"""
ADULTS = """
SELECT p.id, p.sex, p.date_of_birth, c.received_on,
       EXISTS (SELECT 1 FROM consultation_subject o JOIN consultation k ON k.id = o.consultation_id
               WHERE o.person_id = p.id AND k.id <> c.id AND k.received_on <= :end)
FROM consultation c
JOIN consultation_subject s ON s.consultation_id = c.id
JOIN person p ON p.id = s.person_id
WHERE c.received_on BETWEEN :start AND :end
"""
PLACES = """
SELECT count(DISTINCT c.setting_id) FROM consultation c
WHERE c.received_on BETWEEN :start AND :end
AND EXISTS (SELECT 1 FROM consultation o WHERE o.setting_id = c.setting_id AND o.id <> c.id
            AND o.received_on > date(:end, '-12 months') AND o.received_on <= :end)
"""
CASES = """
SELECT s.opened_on, s.concluded_on, a.category_id, p.sector_id, k.organisation_id IS NOT NULL,
       a.non_recent, k.children, k.children_count, k.received_on, o.outcome, s.closure_reason_id,
       EXISTS (SELECT 1 FROM consultation_subject u
               JOIN consultation_subject_position f ON f.subject_id = u.id
               WHERE u.case_id = k.id AND f.position_id <> k.position_id),
       a.context_id, k.person_id IS NULL, e.status, q.status, w.status
FROM case_spell s
JOIN "case" k ON k.id = s.case_id
JOIN position p ON p.id = k.position_id
JOIN allegation a ON a.case_id = k.id AND a.is_primary
LEFT JOIN outcome o ON o.allegation_id = a.id AND o.ended_on IS NULL
LEFT JOIN strand e ON e.case_id = k.id AND e.kind = 'employer'
LEFT JOIN strand q ON q.case_id = k.id AND q.kind = 'police'
LEFT JOIN strand w ON w.case_id = k.id AND w.kind = 'social_care'
WHERE s.opened_on <= :end AND (s.concluded_on IS NULL OR s.concluded_on >= :start)
"""
HELD = """
SELECT count(*), purpose FROM strategy_discussion
WHERE held_on BETWEEN :start AND :end GROUP BY purpose
"""
DISCUSSED = """
SELECT number, count(*) FROM (
  SELECT count(*) AS number FROM strategy_discussion
  WHERE held_on BETWEEN :start AND :end GROUP BY case_id
) GROUP BY 1
"""
FIRST_HELD = """
SELECT k.received_on, s.opened_on, min(d.held_on)
FROM strategy_discussion d
JOIN "case" k ON k.id = d.case_id
JOIN case_spell s ON s.case_id = k.id AND s.number = 1
WHERE d.held_on BETWEEN :start AND :end
AND NOT EXISTS (SELECT 1 FROM strategy_discussion e
                WHERE e.case_id = d.case_id AND e.held_on < :start)
GROUP BY d.case_id
"""
RESULTS = """
SELECT t.kind, r.term_id, count(*)
FROM case_spell s
JOIN strand t ON t.case_id = s.case_id
JOIN strand_result r ON r.strand_id = t.id AND r.ended_on IS NULL
WHERE s.concluded_on BETWEEN :start AND :end GROUP BY 1, 2
"""
SENT = """
SELECT body_id, basis, count(*) FROM onward_referral
WHERE referred_on BETWEEN :start AND :end GROUP BY 1, 2
"""
THEMES = """
SELECT l.theme_id, count(DISTINCT l.case_id) FROM learning_point l
JOIN case_spell s ON s.case_id = l.case_id
WHERE s.concluded_on BETWEEN :start AND :end GROUP BY 1
"""
# What a register knows nothing of: looked for, and not found.
ABSENT = (
    (
        "SELECT 1 FROM consultation_subject_limb l"
        " JOIN consultation_subject s ON s.id = l.subject_id"
        " JOIN consultation c ON c.id = s.consultation_id"
        " WHERE c.received_on BETWEEN :start AND :end"
    ),
    (
        "SELECT 1 FROM participant p JOIN strategy_discussion d ON d.id = p.discussion_id"
        " WHERE d.held_on BETWEEN :start AND :end"
    ),
    (
        "SELECT 1 FROM action a JOIN strategy_discussion d ON d.id = a.discussion_id"
        " WHERE d.held_on BETWEEN :start AND :end"
    ),
    "SELECT 1 FROM action WHERE due_on BETWEEN :start AND :end",
    "SELECT 1 FROM safety_measure WHERE considered_on BETWEEN :start AND :end",
    "SELECT 1 FROM onward_referral WHERE considered_on BETWEEN :start AND :end",
    "SELECT 1 FROM onward_referral WHERE acknowledged_on BETWEEN :start AND :end",
)


class Yardstick:
    def __init__(self, database: Path, period: Period) -> None:
        self.connection = sqlite3.connect(database)
        self.connection.execute(f"PRAGMA cache_size=-{CACHE_KB}")
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
        found = self._received() | self._adults() | self._cases() | self._course()
        return found | quality.count(self._all)

    def _received(self) -> Counts:
        rows = self._all(RECEIVED)
        (received, aware, agency, unnamed, category, context, sector, decision, decided, answered,
         role, subsector, phase, kind, small, method, setting, happened, children,
         ) = zip(*rows, strict=True)  # fmt: skip
        told = [pair for pair in zip(aware, received, strict=True) if pair[0]]
        replied = [pair for pair in zip(received, answered, strict=True) if pair[1]]
        decisions = Counter(decision)
        progressed = sum(decisions[one] for one in self.progress)
        n, label = len(rows), self._labelled
        in_time = {pair: _in_time([pair]) for pair in set(told)}
        telling = [
            TELLING[in_time[pair]] if pair[0] else None
            for pair in zip(aware, received, strict=True)
        ]
        missing = {
            "aware_on": aware, "answered_on": answered, "event_day": happened, "method": method,
            "agency": agency, "setting": setting, "role": role, "context": context,
            "children": children,
        }  # fmt: skip
        return {
            "consultations.received": n,
            "consultations.by_month": Counter(day[:7] for day in received),
            "consultations.progressed": progressed,
            "consultations.conversion": [progressed, n],
            "consultations.by_decision": label(decisions, "Awaiting decision"),
            "consultations.by_sector": label(Counter(sector)),
            "consultations.by_referrer": label(Counter(agency)),
            "consultations.by_category": label(Counter(category)),
            "consultations.by_context": label(Counter(context)),
            "consultations.by_role": label(Counter(role)),
            "consultations.by_subsector": label(Counter(subsector)),
            "consultations.by_school_phase": label(Counter(phase)),
            "consultations.by_school_type": label(Counter(kind)),
            "consultations.small_voluntary": sum(map(bool, small)),
            "consultations.unnamed": sum(unnamed),
            "consultations.told_within_1_working_day": [_in_time(told), len(told)],
            "consultations.answered_within_1_working_day": [_in_time(replied), len(replied)],
            "consultations.decided_within_1_working_day": [
                _in_time(zip(received, decided, strict=True)),
                n,
            ],
            "consultations.by_telling": Counter(filter(None, telling)),
            "consultations.by_other_authority": {"No other authority": n},
            "consultations.sector_by_decision": self._crossed(
                sector, decision, "Awaiting decision"
            ),
            "consultations.sector_by_category": self._crossed(sector, category),
            "consultations.sector_by_context": self._crossed(sector, context),
            "consultations.sector_by_telling": self._crossed(sector, telling),
            "consultations.referrer_by_sector": self._crossed(agency, sector),
            "consultations.repeat_settings": self._all(PLACES)[0][0],
        } | {
            f"quality.no_{name}": [sum(value is None for value in values), n]
            for name, values in missing.items()
        }

    def _adults(self) -> Counts:
        rows = self._all(ADULTS)
        ages = Counter(row[2] and _age(row[2], row[3]) for row in rows)
        bands = Counter[Any]()
        for age, number in ages.items():
            bands[age_band(age)] += number
        sexes = Counter(row[1] for row in rows)
        return {
            "adults.named": len(rows),
            "adults.different": len({row[0] for row in rows}),
            "adults.repeat": len({row[0] for row in rows if row[4]}),
            "adults.by_sex": {sex.capitalize(): n for sex, n in sexes.items() if sex},
            "adults.by_age": {band: n for band, n in bands.items() if band},
            "quality.no_age": [ages[None], len(rows)],
            "quality.no_sex": [sexes[None], len(rows)],
            "quality.age_unlikely": [
                sum(n for age, n in ages.items() if age and not 16 <= age <= 100),
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
        bands = _bands((row[8], row[1]) for row in concluded)
        waiting = _bands((row[8], end) for row in still)
        outcomes = [_outcome(row) for row in concluded]
        done = list(accumulate(bands[band.label] for band in Band))
        of = len(concluded)
        named = sum(not row[13] for row in concluded)
        longest = min((row[8] for row in still), default=None)
        late = len(still) - waiting[Band.ONE_MONTH.label]
        return {
            "cases.brought_forward": len(rows) - len(opened),
            "cases.opened": len(opened),
            "cases.overseen": len(rows),
            "cases.concluded": of,
            "cases.open_at_end": len(still),
            "cases.by_category": category,
            "cases.by_sector": self._labelled(Counter(row[3] for row in rows)),
            "cases.by_context": self._labelled(Counter(row[12] for row in rows)),
            "cases.by_other_authority": {"No other authority": len(rows)},
            "cases.sexual_abuse_share": [category["Sexual abuse"], len(rows)],
            "cases.institutional": sum(row[4] for row in rows),
            "cases.multiple_roles": sum(row[11] for row in rows),
            "cases.historical": sum(bool(row[5]) for row in rows),
            "cases.by_children": Counter(map(_children, rows)),
            "outcomes.concluded_in_period": Counter(outcomes),
            "outcomes.of_cases_opened": {"concluded": [len(ended), len(opened)]}
            | Counter(map(_outcome, ended)),
            "outcomes.by_category": self._labelled(Counter(row[2] for row in concluded)),
            "outcomes.by_sector": self._labelled(Counter(row[3] for row in concluded)),
            "outcomes.category_by_outcome": self._crossed([r[2] for r in concluded], outcomes),
            "outcomes.sector_by_outcome": self._crossed([r[3] for r in concluded], outcomes),
            "timeliness.concluded_in_period": bands,
            "timeliness.open_at_end": waiting,
            "timeliness.within_1_month": [done[0], of],
            "timeliness.within_3_months": [done[1], of],
            "timeliness.within_12_months": [done[2], of],
            "timeliness.open_over_1_month": late,
            "timeliness.longest_open": longest and _days(longest, end),
            "quality.no_outcome": [0, of],
        } | {
            f"fairness.{name}": [0, named] for name in ("told", "put", "heard", "told_outcome")
        } | {
            f"fairness.{who}_told_outcome": [0, of] for who in ("family", "referrer", "employer")
        } | {
            f"{kind}.status": _statuses(row[place] for row in rows)
            for place, kind in enumerate(("employer", "police", "social_care"), start=14)
        } | {
            f"safety.{name}": [0, len(rows)] for name in ("suspended", "alternative")
        }  # fmt: skip

    def _course(self) -> Counts:
        purposes = {purpose: number for number, purpose in self._all(HELD)}
        numbers = dict(self._all(DISCUSSED))
        firsts = self._all(FIRST_HELD)
        results: dict[str, Counts] = {"employer": {}, "police": {}, "social_care": {}}
        for strand, term, number in self._all(RESULTS):
            results[strand][self.terms[term]] = number
        sent = self._all(SENT)
        for statement in ABSENT:
            assert not self._all(statement)
        waits = Counter[str]()
        for (received, first), number in Counter((row[0], row[2]) for row in firsts).items():
            waits[wait_band(date.fromisoformat(received), date.fromisoformat(first))] += number
        return {
            "strategy.held": sum(purposes.values()),
            "strategy.by_purpose": {p.capitalize(): n for p, n in purposes.items() if p},
            "strategy.cases_discussed": sum(numbers.values()),
            "strategy.by_number": Counter(
                {str(n): of for n, of in numbers.items() if n <= MOST_DISCUSSIONS}
            )
            + Counter({"6 or more": sum(of for n, of in numbers.items() if n > MOST_DISCUSSIONS)}),
            "strategy.most": max(numbers, default=None),
            "strategy.first_held": len(firsts),
            "strategy.by_wait": waits,
            "strategy.first_within_5_working_days": [
                _in_time(((row[1], row[2]) for row in firsts), 5),
                len(firsts),
            ],
            "employer.outcomes": results["employer"],
            "police.outcomes": results["police"],
            "social_care.outcomes": results["social_care"],
            "dbs.referrals_made": sum(n for body, _, n in sent if body == self.days["dbs"]),
            "referrals.sent": sum(n for _, _, n in sent),
            "referrals.sent_by_body": _summed((self.terms[body], n) for body, _, n in sent),
            "quality.no_purpose": [purposes.get(None, 0), sum(purposes.values())],
            "quality.no_basis": [
                sum(n for _, basis, n in sent if not basis),
                sum(n for _, _, n in sent),
            ],
            "referrals.sent_by_basis": _summed((basis, n) for _, basis, n in sent if basis),
            "learning.themes": {self.terms[term]: n for term, n in self._all(THEMES)},
        }

    def _crossed(
        self, rows: Iterable[Any], columns: Iterable[Any], without: str = ""
    ) -> dict[str, Counts]:
        found: dict[str, Counts] = {}
        for (row, column), number in Counter(zip(rows, columns, strict=True)).items():
            if row is not None:
                across = self.terms.get(column, column or without)
                if across:
                    found.setdefault(self.terms[row], {})[across] = number
        return found

    def _labelled(self, counts: Counter[Any], without: str = "") -> Counter[str]:
        found = {self.terms[term]: n for term, n in counts.items() if term is not None}
        return Counter(found | ({without: counts[None]} if without and counts[None] else {}))


def _in_time(pairs: Iterable[tuple[str, str | None]], days: int = 1) -> int:
    """Few pairs of days are different, so each is judged once."""
    return sum(
        number
        for (first, second), number in Counter(pairs).items()
        if second
        and within_working_days(date.fromisoformat(first), date.fromisoformat(second), days)
    )


def _age(born: str, day: str) -> int:
    return int(day[:4]) - int(born[:4]) - (day[5:] < born[5:])


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _summed(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for label, number in pairs:
        found[label] += number
    return found


def _statuses(codes: Iterable[str | None]) -> dict[str, int]:
    return {StrandStatus(code).label: n for code, n in Counter(codes).items() if code}


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


def measure(
    database: Path, consultations: int, *, rounds: int
) -> Iterator[tuple[str, str, Compared]]:
    """What, its aim, and the times: of the figures of a quarter and a year among so many, and of
    the quarter's beside the same among a tenth, the others being of earlier years."""
    result = load(as_csv(rows(clock.today())), by=COMMAND_LINE)
    year = year_of(clock.today()).same_last_year()
    quarter = quarter_of(year.end)
    bare = sqlite3.connect(database)
    copies = max(consultations // STEPS // result.row_count, 1)
    multiply(bare, copies - 1, years_back=0)
    few = database.with_name("few.sqlite")
    with closing(sqlite3.connect(few)) as tenth:
        bare.backup(tenth)
    for step in range(1, STEPS):
        multiply(bare, copies, years_back=step * YEARS_OF_A_REGISTER)
    bare.close()
    yield "Figures of a quarter", "figures", _beside_hand_written(database, quarter, rounds)
    yield "Figures of a year", "figures", _beside_hand_written(database, year, rounds)
    yield "Quarter, ten times more", "history", _beside_fewer(few, quarter, rounds)


def _beside_fewer(few: Path, period: Period, rounds: int) -> Compared:
    tenth = create_app(
        Config(instance=few.parent, database_url=f"sqlite:///{few}", secret_key="bench " * 8)
    )

    def drawn(app: Flask) -> float:
        with app.app_context():
            return seconds(lambda: draw(db.session(), period))

    return compare(
        partial(drawn, current_app._get_current_object()), partial(drawn, tenth), rounds=rounds
    )


def _beside_hand_written(database: Path, period: Period, rounds: int) -> Compared:
    yardstick = Yardstick(database, period)
    _agree(yardstick.count(), draw(db.session(), period))
    db.session.remove()

    def ours() -> None:
        draw(db.session(), period)
        db.session.remove()

    return compare(lambda: seconds(ours), lambda: seconds(yardstick.count), rounds=rounds)


def _agree(bare: Counts, figures: Figures) -> None:
    """What is nothing in either need not be said in the other."""
    ours = figures.as_json()
    for key in ("period", "as_at", "strategy.per_case_overseen"):
        ours.pop(key)
    differing = {
        key: (value, bare.get(key)) for key, value in ours.items() if value != bare.get(key) and
        (value or bare.get(key))
    }  # fmt: skip
    assert not differing, differing
