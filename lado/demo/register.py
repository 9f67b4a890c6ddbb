"""The demonstration's register: two financial years, what was open before them, and the current
year until today. The same seed and day give the same rows."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from lado.demo import adults, weights, wording
from lado.demo.adults import Adult, Cells, written
from lado.demo.calendar import Calendar
from lado.demo.course import case_cells
from lado.register.columns import COLUMNS, HEADINGS
from lado.rules.quarters import Period, year_of
from lado.rules.timescales import add_months

SEED = "storyshire"
KEYS = [column.key for column in COLUMNS]
YEARS_BACK = 3
# Contacts of these working days may still wait for a decision.
RECENT = 8


@dataclass(frozen=True)
class Intake:
    """A financial year's contacts and how many of them become cases, to the size of an annual
    report. `carried_in`: only what was still open when the first full year began."""

    period: Period
    contacts: int
    cases: int
    carried_in: bool = False


def intakes(today: date) -> list[Intake]:
    now = year_of(today)
    last, before, carried = (
        Period(add_months(now.start, -12 * n), year_of(add_months(now.start, -12 * n)).end)
        for n in range(1, YEARS_BACK + 1)
    )
    passed = ((today - now.start).days + 1) / ((now.end - now.start).days + 1)
    return [
        Intake(carried, contacts=20, cases=20, carried_in=True),
        Intake(before, contacts=191, cases=59),
        Intake(last, contacts=369, cases=86),
        Intake(Period(now.start, today), round(400 * passed), round(96 * passed)),
    ]


def rows(today: date, *, times: int = 1, seed: str = SEED) -> Iterator[Cells]:
    """Cells by the keys of the register's columns; `times` as many, each reference once."""
    years = intakes(today)
    calendar = Calendar(add_months(years[0].period.start, -12), today)
    for copy in range(times):
        yield from _Copy(copy, f"{seed} {copy}", calendar).rows(years)


def as_csv(cells: Iterator[Cells]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(HEADINGS)
    csv.DictWriter(text, KEYS, restval="").writerows(cells)
    return text.getvalue().encode()


class _Copy:
    def __init__(self, number: int, seed: str, calendar: Calendar) -> None:
        self.chance = Random(seed)  # noqa: S311 - chance in a demonstration is no secret
        self.calendar = calendar
        self.mark = f"-{number + 1}" if number else ""
        self.known: list[Adult] = []
        self.open_cases: list[tuple[str, Adult]] = []

    def rows(self, years: list[Intake]) -> Iterator[Cells]:
        for year, following in zip(years, [*years[1:], None], strict=True):
            days = self._days(year)
            cases = set(self.chance.sample(range(len(days)), year.cases))
            open_until = following.period.start if following and year.carried_in else None
            for place, received in enumerate(days):
                reference = f"{year_of(year.period.start).label}/{place + 1:04}{self.mark}"
                if place in cases:
                    yield self._case(received, reference, open_until)
                else:
                    yield self._contact(received, reference)

    def _days(self, year: Intake) -> list[date]:
        days = self.calendar.between(year.period.start, year.period.end)
        shares = [weights.MONTHS[day.month] for day in days]
        return sorted(self.chance.choices(days, shares, k=year.contacts))

    def _contact(self, received: date, reference: str) -> Cells:
        category = weights.CATEGORY.pick(self.chance)
        cells = self._call(received, reference, self._adult(received), category)
        decision = weights.DECISION.pick(self.chance)
        decided = self.calendar.after(received, weights.DECIDED_AFTER.pick(self.chance))
        if decided is None or self._waits(received):
            return cells | {"advice": wording.ADVICE_SO_FAR}
        return cells | {
            "decision": decision,
            "decided_on": written(decided),
            "advice": wording.advice(decision),
        }

    def _waits(self, received: date) -> bool:
        recent = self.calendar.age(received) <= RECENT
        return recent and self.chance.random() < weights.STILL_UNDECIDED

    def _case(self, received: date, reference: str, open_until: date | None) -> Cells:
        category = weights.CATEGORY_OF_CASES.pick(self.chance)
        decided = self.calendar.after(received, weights.DECIDED_AFTER.pick(self.chance))
        if self.open_cases and decided and self.chance.random() < weights.JOINS:
            return self._joining(received, reference, category, decided)
        adult = self._adult(received)
        cells = self._call(received, reference, adult, category)
        if decided is None:
            return cells | {"advice": wording.ADVICE_SO_FAR}
        institutional = self.chance.random() < weights.INSTITUTIONS
        if institutional:
            cells["institutional"] = "Yes"
        cells |= {
            "decision": weights.INSTITUTIONAL if institutional
            else weights.PROGRESS.pick(self.chance),
            "decided_on": written(decided),
            "advice": wording.ADVICE_ON_CASES,
            "case_ref": f"PT-{reference.replace('/', '-')}",
        }  # fmt: skip
        course = case_cells(self.chance, self.calendar, decided, open_until)
        if "concluded_on" not in course and "date_of_birth" in adult.cells:
            self.open_cases.append((cells["case_ref"], adult))
        return cells | course

    def _joining(self, received: date, reference: str, category: str, decided: date) -> Cells:
        case_ref, adult = self.chance.choice(self.open_cases)
        return self._call(received, reference, adult, category) | {
            "decision": weights.LINKED,
            "decided_on": written(decided),
            "advice": wording.ADVICE_ON_CASES,
            "case_ref": case_ref,
        }

    def _adult(self, received: date) -> Adult:
        """Now and then somebody about whom there was a contact before."""
        if self.known and self.chance.random() < weights.KNOWN_BEFORE:
            return self.chance.choice(self.known)
        adult = adults.somebody(self.chance, received)
        if "date_of_birth" in adult.cells:
            self.known.append(adult)
        return adult

    def _call(self, received: date, reference: str, adult: Adult, category: str) -> Cells:
        chance = self.chance
        cells = {
            "contact_ref": reference,
            "received_on": written(received),
            "contact_method": weights.METHOD.pick(chance),
            "taken_by": weights.TAKEN_BY.pick(chance),
            "category": category,
            "context": weights.CONTEXTS.get(category, weights.CONTEXT).pick(chance),
            "historical": "Yes" if chance.random() < weights.NON_RECENT else "No",
            "institutional": "No",
            "children": weights.CHILDREN.pick(chance),
            "summary": wording.summary(chance, category),
        }
        if chance.random() >= weights.NOT_AWARE_DATED:
            aware = self.calendar.before(received, weights.AWARE_BEFORE.pick(chance))
            cells["aware_on"] = written(aware)
        return adult.cells | self._caller(adult) | cells

    def _caller(self, adult: Adult) -> Cells:
        agency = adult.sector.agencies.pick(self.chance)
        if agency in weights.WITHOUT_NAME:
            return {"referrer_agency": agency}
        cells = {"referrer_agency": agency, "referrer_name": adults.full_name(self.chance)}
        role = weights.REFERRER_ROLES.get(agency)
        return cells | {"referrer_role": role} if role else cells
