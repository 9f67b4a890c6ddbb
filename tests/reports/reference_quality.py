"""What a random register lacks and where it contradicts itself, found in plain Python, one record
after another: of each fault the things looked at, and those in which it is."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from lado.models import (
    Allegation,
    CaseSpell,
    Child,
    Consultation,
    ConsultationSubject,
    Decision,
    Notice,
    OnwardReferral,
    Outcome,
    Person,
    Position,
    Strand,
    StrandResult,
    StrategyDiscussion,
)
from lado.rules.vocabulary import Children, StrandStatus
from tests.reports.reference import Reference, Row, age_on

NOT_BEGUN = (StrandStatus.NOT_STARTED, StrandStatus.NOT_APPLICABLE)


class Thing(NamedTuple):
    """`record` is the id of the consultation or case that it is in."""

    record: int
    row: Row


class Quality:
    def __init__(self, reference: Reference) -> None:
        self.of, self.tables, self.rows = reference.of, reference.tables, reference.rows
        self.by_end, self.reference = reference.by_end, reference

    def figures(self) -> dict[str, Any]:
        found = {name: [len(bad), len(all_)] for name, (bad, all_) in self.faults.items()}
        received, cases = self._consultations(), self._cases()
        for name, of in (("consultations", received), ("cases", cases)):
            wrong = {
                thing.record
                for fault in (CONTACTS if name == "consultations" else CASES)
                for thing in self.faults[fault][0]
            }
            found[f"contradictory_{name}"] = [len(wrong), len(of)]
        return {f"quality.{name}": value for name, value in found.items()}

    @cached_property
    def faults(self) -> dict[str, tuple[list[Thing], list[Thing]]]:
        """Of each fault the things in which it is, and all that it is looked for in."""

        def each(things: list[Thing], **rules: Callable[[Row], Any]) -> dict[str, Any]:
            return {
                name: ([t for t in things if holds(t.row)], things) for name, holds in rules.items()
            }

        substantiated = [t for t in self._concluded() if self._outcome(t.row) == "Substantiated"]
        return (
            each(self._consultations(), **self._of_contacts())
            | each(self._adults(), **self._of_adults())
            | each(self._cases(), **self._of_cases())
            | each(self._concluded(), no_outcome=lambda row: self._outcome(row) is None)
            | each(substantiated, no_dbs=lambda row: not self._considered(row["case_id"]))
            | each(self._of(StrategyDiscussion, "held_on"), no_purpose=lacks("purpose"))
            | each(self._of(OnwardReferral, "referred_on"), no_basis=lacks("basis"))
            | each(
                self._children(),
                no_child_age=lacks("age"),
                no_child_sex=lacks("sex"),
                no_care=lacks("looked_after"),
            )
        )

    # What is looked at

    def _consultations(self) -> list[Thing]:
        return [Thing(row["id"], row) for row in self.reference._received()]

    def _adults(self) -> list[Thing]:
        return [
            Thing(row["id"], row | {"adult": self.tables[Person][subject["person_id"]]})
            for row in self.reference._received()
            for subject in self.reference._subjects(row)
            if subject["person_id"]
        ]

    def _cases(self) -> list[Thing]:
        return [Thing(row["id"], row) for row in self.reference._cases()]

    def _concluded(self) -> list[Thing]:
        return [Thing(row["case_id"], row) for row in self.reference._ended()]

    def _of(self, table: type[Any], day: str) -> list[Thing]:
        return [
            Thing(row["case_id"], row)
            for row in self.rows[table]
            if self.reference.within(row[day])
        ]

    def _children(self) -> list[Thing]:
        cases = {thing.record for thing in self._cases()}
        return [Thing(row["case_id"], row) for row in self.rows[Child] if row["case_id"] in cases]

    # Consultations and adults

    def _of_contacts(self) -> dict[str, Callable[[Row], Any]]:
        def first(row: Row) -> Row:
            return self.reference._subjects(row)[0]

        def role(row: Row) -> Any:
            return self.tables[Position][first(row)["position_id"]]["role_id"]

        return {
            "no_aware_on": lacks("aware_on"),
            "no_answered_on": lambda row: not self.by_end(row["first_answered_on"]),
            "no_event_day": lacks("happened_from"),
            "no_method": lacks("contact_method_id"),
            "no_agency": lacks("referrer_agency_id"),
            "no_setting": lacks("setting_id"),
            "no_role": lambda row: role(row) is None,
            "no_context": lambda row: first(row)["context_id"] is None,
            "no_children": lacks("children"),
            "learned_before_event": lambda row: later(row["happened_from"], row["aware_on"]),
            "event_after_contact": lambda row: later(row["happened_to"], row["received_on"]),
            "decided_before_contact": lambda row: any(
                later(row["received_on"], decision["decided_on"])
                for subject in self.of(ConsultationSubject, consultation_id=row["id"])
                for decision in self.of(Decision, subject_id=subject["id"])
            ),
            "children_differ": lambda row: too_many(row, self.of(Child, consultation_id=row["id"])),
        }

    def _of_adults(self) -> dict[str, Callable[[Row], Any]]:
        def age(row: Row) -> int | None:
            return age_on(row["received_on"], row["adult"])

        return {
            "no_age": lambda row: age(row) is None,
            "no_sex": lambda row: row["adult"]["sex"] is None,
            "age_unlikely": lambda row: age(row) not in (None, *range(16, 101)),
        }

    # Cases

    def _of_cases(self) -> dict[str, Callable[[Row], Any]]:
        return {
            "no_case_context": lambda row: self.reference._primary(row["id"])["context_id"] is None,
            "no_case_children": lacks("children"),
            "no_result": lambda row: any(
                self.reference._status(strand) is StrandStatus.ENDED
                and not self.reference.standing(
                    self._results(strand), "reported_on", self.reference.end
                )
                for strand in self.of(Strand, case_id=row["id"])
            ),
            "opened_before_contact": lambda row: (
                self.by_end(row["received_on"])
                and later(row["received_on"], self._spells(row)[0]["opened_on"])
            ),
            "discussed_after_conclusion": lambda row: any(
                self._was_over(row, discussion["held_on"])
                for discussion in self.of(StrategyDiscussion, case_id=row["id"])
            ),
            "case_children_differ": lambda row: too_many(row, self.of(Child, case_id=row["id"])),
            "result_not_begun": lambda row: any(
                self.reference._status(strand) in NOT_BEGUN
                and any(self._is_by_end(result) for result in self._results(strand))
                for strand in self.of(Strand, case_id=row["id"])
            ),
            "result_before_start": lambda row: any(
                self.by_end(strand["started_on"])
                and later(strand["started_on"], result["reported_on"])
                for strand in self.of(Strand, case_id=row["id"])
                for result in self._results(strand)
            ),
            "allegation_after_contact": lambda row: any(
                later(allegation["happened_from"], day) and self.by_end(day)
                for allegation in self.of(Allegation, case_id=row["id"])
                if (day := self._brought_on(allegation))
            ),
            "told_before_outcome": lambda row: any(
                later(self._first_outcome(row), notice["told_on"])
                for notice in self.of(Notice, case_id=row["id"], step="outcome_told")
            ),
        }

    def _results(self, strand: Row) -> list[Row]:
        return self.of(StrandResult, strand_id=strand["id"])

    def _is_by_end(self, result: Row) -> bool:
        return result["reported_on"] is None or self.by_end(result["reported_on"])

    def _spells(self, case: Row) -> list[Row]:
        return sorted(self.of(CaseSpell, case_id=case["id"]), key=lambda row: row["number"])

    def _was_over(self, case: Row, day: date | None) -> bool:
        """It had ended before that day, and was not opened again by then."""
        begun = [row for row in self._spells(case) if day and row["opened_on"] <= day]
        before = self._spells(case)[: len(begun)] if begun else []
        return self.by_end(day) and bool(before) and later(day, before[-1]["concluded_on"])

    def _brought_on(self, allegation: Row) -> date | None:
        subject = self.tables[ConsultationSubject].get(allegation["subject_id"])
        if subject is None:
            return None
        day: date = self.tables[Consultation][subject["consultation_id"]]["received_on"]
        return day

    def _first_outcome(self, case: Row) -> date | None:
        days = [
            outcome["decided_on"]
            for allegation in self.of(Allegation, case_id=case["id"])
            for outcome in self.of(Outcome, allegation_id=allegation["id"])
            if self.by_end(outcome["decided_on"])
        ]
        return min(days, default=None)

    def _outcome(self, spell: Row) -> str | None:
        return self.reference._outcome_of(spell)

    def _considered(self, case: int) -> bool:
        return any(
            self.reference.terms[row["body_id"]].code == "dbs"
            and (row["considered_on"] is None or self.by_end(row["considered_on"]))
            for row in self.of(OnwardReferral, case_id=case)
        )


CONTACTS = (
    "learned_before_event", "event_after_contact", "decided_before_contact", "children_differ",
)  # fmt: skip
CASES = (
    "opened_before_contact", "discussed_after_conclusion", "case_children_differ",
    "result_not_begun", "result_before_start", "allegation_after_contact", "told_before_outcome",
)  # fmt: skip


def lacks(name: str) -> Callable[[Row], bool]:
    return lambda row: row[name] is None


def later(one: date | None, other: date | None) -> bool:
    return bool(one and other and one > other)


def too_many(record: Row, children: Iterable[Row]) -> bool:
    number = len(list(children))
    if record["children"] is Children.NONE_IDENTIFIED:
        return number > 0
    return record["children"] is Children.COUNTED and number > record["children_count"]
