"""Made-up consultations and cases, and the figures of any period counted from them by hand, so
that a year is its quarters and a breakdown its total."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from lado.reports.comparison import Comparison
from lado.reports.figures import Figures
from lado.reports.values import Cohort, Rate, Ratio
from lado.rules.quarters import Period

FIRST = date(2010, 4, 1)
DAYS = 3 * 365
SECTORS = ("School", "Nursery", "Foster care", "Faith", "Police", "Sport", "Health")
AGENCIES = ("School", "Police", "Health", "Parent", "Ofsted")
CATEGORIES = ("Physical abuse", "Sexual abuse", "Neglect", "Emotional abuse", "Conduct")
CONTEXTS = ("At work", "Personal life", "Online")
PROGRESS = "Progress to strategy discussion"
DECISIONS = ("Advice only", "Threshold not met", PROGRESS, "Awaiting decision")
ROLES = ("Teacher", "Coach", "Nurse", "Imam", "Foster carer", "Taxi driver")
SEXES = ("Female", "Male", "Not recorded")
CARE = ("Looked after", "Not looked after", "Not recorded")
DBS = "Disclosure and Barring Service"
# Where the employer did this, the case went to that body.
BODIES = {"Dismissed": DBS, "Training": "Teaching Regulation Agency"}
OUTCOMES = ("Substantiated", "Unsubstantiated", "Unfounded", "False")
BANDS = ("1 month", "3 months", "12 months", "Over 12 months")
EMPLOYERS = ("No action", "Dismissed", "Training", "Not recorded")
THEMES = ("Recruitment", "Supervision", "Touch")


@dataclass
class Case:
    opened: date
    concluded: date
    kinds: dict[str, Any]
    discussions: list[date] = field(default_factory=list)

    def is_open_on(self, day: date) -> bool:
        return self.opened <= day < self.concluded

    def is_overseen_in(self, period: Period) -> bool:
        return self.opened <= period.end and self.concluded >= period.start


class Register:
    """`a_year` contacts a year, of which a quarter become cases."""

    def __init__(self, seed: int, a_year: int) -> None:
        self.chance = random.Random(seed)
        self.weights = {
            words: [self.chance.choice((1, 1, 2, 6, 15)) for _ in words]
            for words in (SECTORS, AGENCIES, CATEGORIES, CONTEXTS, DECISIONS, OUTCOMES, BANDS,
                          EMPLOYERS, THEMES)
        }  # fmt: skip
        days = [FIRST + timedelta(self.chance.randrange(DAYS)) for _ in range(3 * a_year)]
        self.consultations = [(day, self._contact()) for day in sorted(days)]
        self.cases = [self._case(day) for day in days[::4]]
        self._describe(random.Random(seed))

    def _describe(self, chance: random.Random) -> None:
        """The people, each group with few of some kind."""
        roles, sexes, care = (
            [chance.choice((1, 1, 2, 6, 15)) for _ in words] for words in (ROLES, SEXES, CARE)
        )
        for _, contact in self.consultations:
            several = chance.choice((1, 1, 1, 2))
            contact["role"] = chance.choices(ROLES, roles)[0]
            contact["adults"] = [{"sex": sex} for sex in chance.choices(SEXES, sexes, k=several)]
        for case in self.cases:
            children = chance.choice((0, 1, 2))
            case.kinds["described"] = [
                {"care": each} for each in chance.choices(CARE, care, k=children)
            ]

    def _one(self, words: tuple[str, ...]) -> str:
        return self.chance.choices(words, self.weights[words])[0]

    def _contact(self) -> dict[str, Any]:
        return {
            "sector": self._one(SECTORS), "referrer": self._one(AGENCIES),
            "category": self._one(CATEGORIES), "context": self._one(CONTEXTS),
            "decision": self._one(DECISIONS), "unnamed": self.chance.random() < 0.1,
            "told": self.chance.choice((True, True, False, None)),
            "decided": self.chance.random() < 0.9,
        }  # fmt: skip

    def _case(self, day: date) -> Case:
        lasts = timedelta(self.chance.randrange(5, 500))
        kinds = {
            "category": self._one(CATEGORIES), "sector": self._one(SECTORS),
            "outcome": self._one(OUTCOMES), "employer": self._one(EMPLOYERS),
            "band": self._one(BANDS), "theme": self._one(THEMES),
            "children": self.chance.choice(("None identified", "One", "One", "Multiple")),
            "institutional": self.chance.random() < 0.2, "multiple": self.chance.random() < 0.1,
            "historical": self.chance.random() < 0.2,
        }  # fmt: skip
        held = [day + timedelta(self.chance.randrange(5)) for _ in range(self.chance.randrange(4))]
        return Case(day, day + lasts, kinds, held)

    def figures(self, period: Period) -> Figures:
        return Figures(period, period.end, False, self._values(period))

    def comparison(self, period: Period) -> Comparison:
        to_date = period.year_to_date()
        previous, last_year = period.previous(), period.same_last_year()
        return Comparison(
            self.figures(period),
            self.figures(previous) if previous != last_year else None,
            self.figures(last_year),
            self.figures(to_date) if to_date != period else None,
            self.figures(to_date.same_last_year()) if to_date != period else None,
        )

    def _values(self, period: Period) -> dict[str, Any]:
        got = [(day, one) for day, one in self.consultations if period.start <= day <= period.end]
        received = [one for _, one in got]
        seen = [case for case in self.cases if case.is_overseen_in(period)]
        opened = [case for case in seen if period.start <= case.opened]
        ended = [case for case in seen if case.concluded <= period.end]
        left = [case for case in seen if case.is_open_on(period.end)]
        cohort = [case for case in opened if case.concluded <= period.end]
        held = [d for c in self.cases for d in c.discussions if period.start <= d <= period.end]
        numbers = Counter(
            sum(period.start <= d <= period.end for d in case.discussions) for case in self.cases
        )
        named = [adult for one in received if not one["unnamed"] for adult in one["adults"]]
        children = [child for case in seen for child in case.kinds["described"]]
        bodies = Counter(BODIES.get(case.kinds["employer"]) for case in ended)
        bands = [sum(c.kinds["band"] in BANDS[:n] for c in ended) for n in range(4)]
        told = [one["told"] for one in received if one["told"] is not None]
        went = sum(one["decision"] == PROGRESS for one in received)
        months = Counter(f"{day:%Y-%m}" for day, _ in got)
        return {
            "consultations.received": len(received),
            "consultations.by_month": {
                f"{month:%Y-%m}": months[f"{month:%Y-%m}"] for month in period.months
            },
            "consultations.progressed": went,
            "consultations.conversion": Rate(went, len(received)),
            "consultations.by_decision": _by(received, "decision", DECISIONS),
            "consultations.by_sector": _by(received, "sector", SECTORS),
            "consultations.by_referrer": _by(received, "referrer", AGENCIES),
            "consultations.by_category": _by(received, "category", CATEGORIES),
            "consultations.by_context": _by(received, "context", CONTEXTS),
            "consultations.unnamed": sum(one["unnamed"] for one in received),
            "consultations.told_within_1_working_day": Rate(sum(told), len(told)),
            "consultations.decided_within_1_working_day": Rate(
                sum(one["decided"] for one in received), len(received)
            ),
            "consultations.by_telling": {
                "Within 1 working day": sum(told),
                "Later or before": len(told) - sum(told),
                "Not recorded": len(received) - len(told),
            },
            "consultations.by_role": {
                role: n for role, n in _by(received, "role", ROLES).items() if n
            },
            "adults.named": len(named),
            "adults.by_sex": _by(named, "sex", SEXES),
            "children.described": len(children),
            "children.by_care": _by(children, "care", CARE),
            "cases.brought_forward": len(seen) - len(opened),
            "cases.opened": len(opened),
            "cases.reopened": 0,
            "cases.overseen": len(seen),
            "cases.concluded": len(ended),
            "cases.open_at_end": len(left),
            "cases.by_category": _by(_kinds(seen), "category", CATEGORIES),
            "cases.by_sector": _by(_kinds(seen), "sector", SECTORS),
            "cases.sexual_abuse_share": Rate(
                sum(case.kinds["category"] == "Sexual abuse" for case in seen), len(seen)
            ),
            "cases.institutional": sum(case.kinds["institutional"] for case in seen),
            "cases.multiple_roles": sum(case.kinds["multiple"] for case in seen),
            "cases.historical": sum(case.kinds["historical"] for case in seen),
            "cases.by_children": _by(
                _kinds(seen), "children", ("None identified", "One", "Multiple")
            ),
            "strategy.held": len(held),
            "strategy.cases_discussed": sum(numbers.values()) - numbers[0],
            "strategy.by_number": {
                "6 or more" if n == 6 else str(n): numbers[n] for n in range(1, 7)
            },
            "strategy.per_case_overseen": Ratio(len(held), len(seen)),
            "outcomes.concluded_in_period": _by(_kinds(ended), "outcome", OUTCOMES),
            "outcomes.of_cases_opened": Cohort(
                Rate(len(cohort), len(opened)), _by(_kinds(cohort), "outcome", OUTCOMES)
            ),
            "outcomes.by_category": _by(_kinds(ended), "category", CATEGORIES),
            "outcomes.by_sector": _by(_kinds(ended), "sector", SECTORS),
            "timeliness.within_1_month": Rate(bands[1], len(ended)),
            "timeliness.within_3_months": Rate(bands[2], len(ended)),
            "timeliness.concluded_in_period": _by(_kinds(ended), "band", BANDS),
            "timeliness.open_at_end": _by(_kinds(left), "band", BANDS),
            "employer.outcomes": _by(_kinds(ended), "employer", EMPLOYERS),
            "police.outcomes": _by(_kinds(ended), "employer", EMPLOYERS),
            "dbs.referrals_made": bodies[DBS],
            "referrals.sent": sum(bodies[body] for body in BODIES.values()),
            "referrals.sent_by_body": {body: n for body, n in bodies.items() if body},
            "learning.themes": _by(_kinds(ended), "theme", THEMES),
        }


def _kinds(cases: Iterable[Case]) -> list[dict[str, Any]]:
    return [case.kinds for case in cases]


def _by(records: list[dict[str, Any]], key: str, words: tuple[str, ...]) -> dict[str, int]:
    counted = Counter(record[key] for record in records)
    return {word: counted[word] for word in words}
