"""The figures once more, counted in plain Python over the rows of a random register: slowly, one
record after another, from the words of the definitions."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from lado import clock
from lado.models import (
    Action,
    Allegation,
    AuditedDecision,
    Case,
    CaseSpell,
    Child,
    Consultation,
    ConsultationSubject,
    Decision,
    DelayReason,
    LearningPoint,
    MatterCase,
    Notice,
    OnwardReferral,
    Organisation,
    OtherAuthority,
    Outcome,
    Participant,
    Person,
    Position,
    SafetyMeasure,
    Strand,
    StrandResult,
    StrategyDiscussion,
    SubjectLimb,
    TrainingSession,
)
from lado.rules.quarters import Period
from lado.rules.timescales import Band, add_months, band
from lado.rules.transfer import AuthorityPart
from lado.rules.vocabulary import (
    Children,
    DecisionStage,
    MeasureDecision,
    OutcomeCode,
    ReferralDecision,
    StrandKind,
    StrandStatus,
)
from lado.rules.working_days import within_working_days, working_days_between
from tests.reports.random_register import Register

Row = dict[str, Any]
PARTS = (AuthorityPart.IN, AuthorityPart.OUT, AuthorityPart.JOINT, AuthorityPart.INFORMATION)
SAID = {
    "employer": "employer.outcomes",
    "police": "police.outcomes",
    "social_care": "social_care.outcomes",
}


class Reference:
    def __init__(self, register: Register, period: Period) -> None:
        self.rows, self.start, self.end = register.rows, period.start, period.end
        self.terms = {term.id: term for group in register.terms.values() for term in group}
        self.tables = {
            table: {row["id"]: row for row in rows if "id" in row}
            for table, rows in register.rows.items()
        }

    def figures(self) -> dict[str, Any]:
        return (
            self._consultations()
            | self._adults()
            | self._flow()
            | self._overseen()
            | self._discussions()
            | self._concluded()
            | self._open()
            | self._course()
            | self._service()
        )

    # What several need

    def within(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end

    def by_end(self, day: date | None) -> bool:
        return day is not None and day <= self.end

    def of(self, table: type[Any], **values: Any) -> list[Row]:
        return [
            row for row in self.rows[table] if all(row[name] == value for name, value in
                                                   values.items())
        ]  # fmt: skip

    def label(self, term: int | None) -> str | None:
        return None if term is None else self.terms[term].label

    def standing(self, rows: Iterable[Row], since: str, day: date) -> Row | None:
        for row in rows:
            begun, ended = row[since], row["ended_on"]
            if (begun is None or begun <= day) and (ended is None or ended > day):
                return row
        return None

    def authority(self, **home: Any) -> str:
        parts = [row["part"] for row in self.of(OtherAuthority, **home)]
        return next((part.label for part in PARTS if part in parts), "No other authority")

    # Consultations

    def _received(self) -> list[Row]:
        return [row for row in self.rows[Consultation] if self.within(row["received_on"])]

    def _subjects(self, consultation: Row) -> list[Row]:
        found = self.of(ConsultationSubject, consultation_id=consultation["id"])
        return sorted(found, key=lambda row: row["number"])

    def _decided(self, subject: Row) -> Row | None:
        return self.standing(self.of(Decision, subject_id=subject["id"]), "decided_on", self.end)

    def _progressed(self, subject: Row) -> bool:
        decision = self._decided(subject)
        return bool(decision) and self.terms[decision["term_id"]].stage is DecisionStage.PROGRESS

    def _in_time(self, consultation: Row, subject: Row) -> bool:
        first = [d for d in self.of(Decision, subject_id=subject["id"]) if d["number"] == 1]
        day = first[0]["decided_on"] if first else None
        return self.by_end(day) and within_working_days(consultation["received_on"], day, 1)

    def _consultations(self) -> dict[str, Any]:
        received = self._received()
        first = {row["id"]: self._subjects(row)[0] for row in received}
        position = {key: self.tables[Position][s["position_id"]] for key, s in first.items()}
        place = {
            key: self.tables[Organisation].get(p["organisation_id"], {})
            for key, p in position.items()
        }

        def by(find: Callable[[Row], Any]) -> Counter[Any]:
            return counted(find(row) for row in received)

        def sector(row: Row) -> Any:
            return self.label(position[row["id"]]["sector_id"])

        def category(row: Row) -> Any:
            return self.label(first[row["id"]]["category_id"])

        def context(row: Row) -> Any:
            return self.label(first[row["id"]]["context_id"])

        def agency(row: Row) -> Any:
            return self.label(row["referrer_agency_id"])

        def decision(row: Row) -> Any:
            found = self._decided(first[row["id"]])
            return self.label(found["term_id"]) if found else "Awaiting decision"

        def told(row: Row) -> Any:
            if row["aware_on"] is None:
                return None
            in_time = within_working_days(row["aware_on"], row["received_on"], 1)
            return "Within 1 working day" if in_time else "Later or before"

        def pairs(one: Callable[[Row], Any], other: Callable[[Row], Any]) -> dict[str, Any]:
            return crossed((one(row), other(row)) for row in received)

        n = len(received)
        progressed = sum(any(map(self._progressed, self._subjects(row))) for row in received)
        said = [row for row in received if row["aware_on"]]
        answered = [row for row in received if self.by_end(row["first_answered_on"])]
        year_back = add_months(self.end, -12)
        recent = [row for row in self.rows[Consultation]
                  if year_back < row["received_on"] <= self.end]  # fmt: skip
        here = {row["setting_id"] for row in received if row["setting_id"]}
        return {
            "consultations.received": n,
            "consultations.by_month": by(lambda row: f"{row['received_on']:%Y-%m}"),
            "consultations.progressed": progressed,
            "consultations.conversion": [progressed, n],
            "consultations.by_decision": by(decision),
            "consultations.by_sector": by(sector),
            "consultations.by_referrer": by(agency),
            "consultations.by_category": by(category),
            "consultations.by_context": by(context),
            "consultations.unnamed": sum(
                all(s["person_id"] is None for s in self._subjects(row)) for row in received
            ),
            "consultations.told_within_1_working_day": [
                sum(told(row) == "Within 1 working day" for row in said), len(said),
            ],
            "consultations.answered_within_1_working_day": [
                sum(within_working_days(row["received_on"], row["first_answered_on"], 1)
                    for row in answered), len(answered),
            ],
            "consultations.decided_within_1_working_day": [
                sum(all(self._in_time(row, s) for s in self._subjects(row)) for row in received),
                n,
            ],
            "consultations.by_telling": by(told),
            "consultations.by_role": by(lambda row: self.label(position[row["id"]]["role_id"])),
            "consultations.by_subsector": by(
                lambda row: self.label(place[row["id"]].get("subsector_id"))
            ),
            "consultations.by_school_phase": by(
                lambda row: self.label(place[row["id"]].get("school_phase_id"))
            ),
            "consultations.by_school_type": by(
                lambda row: self.label(place[row["id"]].get("school_type_id"))
            ),
            "consultations.small_voluntary": sum(
                bool(place[row["id"]].get("small_voluntary")) for row in received
            ),
            "consultations.small_voluntary_advised": sum(
                bool(place[row["id"]].get("small_voluntary")) and self._is_advice(first[row["id"]])
                for row in received
            ),
            "consultations.by_limb": counted(
                limb["limb"].short
                for row in received
                for limb in self.of(SubjectLimb, subject_id=first[row["id"]]["id"])
            ),
            "consultations.by_other_authority": by(
                lambda row: self.authority(consultation_id=row["id"])
            ),
            "consultations.repeat_settings": sum(
                any(row["setting_id"] == setting == other["setting_id"] and row is not other
                    for row in received for other in recent)
                for setting in here
            ),
            "consultations.sector_by_decision": pairs(sector, decision),
            "consultations.sector_by_category": pairs(sector, category),
            "consultations.sector_by_context": pairs(sector, context),
            "consultations.sector_by_telling": pairs(sector, told),
            "consultations.referrer_by_sector": pairs(agency, sector),
        }  # fmt: skip

    def _is_advice(self, subject: Row) -> bool:
        decided = self._decided(subject)
        return decided is not None and (
            self.terms[decided["term_id"]].stage is DecisionStage.ADVICE
        )

    # Adults

    def _adults(self) -> dict[str, Any]:
        named = [
            (row, self.tables[Person][s["person_id"]])
            for row in self._received()
            for s in self._subjects(row)
            if s["person_id"]
        ]
        who = {self._lead(person["id"]) for _row, person in named}
        ages = [age_on(row["received_on"], person) for row, person in named]
        n = len(named)
        return {
            "adults.named": n,
            "adults.by_sex": counted(p["sex"] and p["sex"].label for _row, p in named),
            "adults.by_age": counted(map(age_band, ages)),
            "adults.different": len(who),
            "adults.repeat": sum(len(self._contacts(person)) > 1 for person in who),
        }

    def _lead(self, person: int) -> int:
        return self.tables[Person][person]["same_as_id"] or person

    def _contacts(self, person: int) -> set[int]:
        """By the end, about any record of them."""
        return {
            s["consultation_id"]
            for s in self.rows[ConsultationSubject]
            if s["person_id"] and self._lead(s["person_id"]) == person
            and self.by_end(self.tables[Consultation][s["consultation_id"]]["received_on"])
        }  # fmt: skip

    # Cases

    def _open_on(self, spell: Row, day: date) -> bool:
        ended = spell["concluded_on"]
        return bool(spell["opened_on"] <= day and (ended is None or ended > day))

    def _touching(self) -> list[Row]:
        return [
            s for s in self.rows[CaseSpell]
            if s["opened_on"] <= self.end and (s["concluded_on"] or self.end) >= self.start
        ]  # fmt: skip

    def _cases(self) -> list[Row]:
        ids = {spell["case_id"] for spell in self._touching()}
        return [row for row in self.rows[Case] if row["id"] in ids]

    def _flow(self) -> dict[str, Any]:
        spells = self.rows[CaseSpell]
        before = self.start - timedelta(days=1)
        began = [s for s in spells if self.within(s["opened_on"])]
        reopened = sum(s["number"] > 1 for s in began)
        brought = {s["case_id"] for s in spells if self._open_on(s, before)}
        left = {s["case_id"] for s in spells if self._open_on(s, self.end)}
        return {
            "cases.brought_forward": len(brought),
            "cases.opened": sum(s["number"] == 1 for s in began),
            "cases.overseen": len(self._cases()),
            "cases.concluded": sum(self.within(s["concluded_on"]) for s in spells),
            "cases.open_at_end": len(left),
        } | ({"cases.reopened": reopened} if reopened else {})

    def _primary(self, case: int) -> Row:
        return self.of(Allegation, case_id=case, is_primary=True)[0]

    def _overseen(self) -> dict[str, Any]:
        cases = self._cases()

        def by(find: Callable[[Row], Any]) -> Counter[Any]:
            return counted(find(row) for row in cases)

        def category(row: Row) -> Any:
            return self.terms[self._primary(row["id"])["category_id"]]

        matters = {row["id"]: self._matter(row["id"]) for row in cases}
        suspended = sum(self._measured(row["id"], suspension=True) for row in cases)
        other = sum(self._measured(row["id"], suspension=False) for row in cases)
        return {
            "cases.by_category": by(lambda row: category(row).label),
            "cases.by_sector": by(
                lambda row: self.label(self.tables[Position][row["position_id"]]["sector_id"])
            ),
            "cases.by_context": by(
                lambda row: self.label(self._primary(row["id"])["context_id"])
            ),
            "cases.sexual_abuse_share": [
                sum(category(row).code == "sexual_abuse" for row in cases), len(cases),
            ],
            "cases.institutional": sum(row["organisation_id"] is not None for row in cases),
            "cases.historical": sum(
                any(a["non_recent"] for a in self.of(Allegation, case_id=row["id"]))
                for row in cases
            ),
            "cases.by_children": by(how_many),
            "cases.by_other_authority": by(lambda row: self.authority(case_id=row["id"])),
            "cases.in_matters": sum(matter is not None for matter in matters.values()),
            "cases.matters": len(set(matters.values()) - {None}),
            "safety.suspended": [suspended, len(cases)],
            "safety.alternative": [other, len(cases)],
        } | {
            f"{kind}.status": counted(self._strand(row["id"], kind) for row in cases)
            for kind in StrandKind
        }  # fmt: skip

    def _matter(self, case: int) -> int | None:
        for row in self.of(MatterCase, case_id=case):
            left = row["left_at"]
            if self.by_end(clock.day_of(row["joined_at"])) and not (
                left and self.by_end(clock.day_of(left))
            ):
                return int(row["matter_id"])
        return None

    def _measured(self, case: int, *, suspension: bool) -> bool:
        return any(
            (self.terms[row["term_id"]].code == "suspension") is suspension
            and self.by_end(row["started_on"])
            and (row["ended_on"] is None or row["ended_on"] >= self.start)
            for row in self.of(SafetyMeasure, case_id=case)
        )

    def _strand(self, case: int, kind: StrandKind) -> str | None:
        for row in self.of(Strand, case_id=case, kind=kind):
            return self._status(row).label
        return None

    def _status(self, row: Row) -> StrandStatus:
        status: StrandStatus = row["status"]
        if status is StrandStatus.NOT_APPLICABLE:
            return status
        if self.by_end(row["ended_on"]) or (
            status is StrandStatus.ENDED and row["ended_on"] is None
        ):
            return StrandStatus.ENDED
        if self.by_end(row["started_on"]) or (
            status is StrandStatus.ONGOING and row["started_on"] is None
        ):
            return StrandStatus.ONGOING
        return StrandStatus.NOT_STARTED

    # Discussions

    def _discussions(self) -> dict[str, Any]:
        held = [row for row in self.rows[StrategyDiscussion] if self.within(row["held_on"])]
        of_case = Counter(row["case_id"] for row in held)
        waits = list(self._first_held())
        overseen = len(self._cases())
        ids = {row["id"] for row in held}
        invited = [row for row in self.rows[Participant] if row["discussion_id"] in ids]

        def agency(row: Row) -> Any:
            return self.label(row["agency_id"])

        return {
            "strategy.held": len(held),
            "strategy.cases_discussed": len(of_case),
            "strategy.per_case_overseen":
                int(100 * len(held) / overseen + 0.5) / 100 if overseen else None,
            "strategy.by_purpose": counted(r["purpose"] and r["purpose"].label for r in held),
            "strategy.by_number": counted(
                "6 or more" if n > 5 else str(n) for n in of_case.values()
            ),
            "strategy.most": max(of_case.values(), default=None),
            "strategy.first_held": len(waits),
            "strategy.by_wait": counted(wait_band(*days) for *days, _opened in waits),
            "strategy.first_within_5_working_days": [
                sum(within_working_days(opened, day, 5) for _received, day, opened in waits),
                len(waits),
            ],
            "attendance.invited": len(invited),
            "attendance.by_agency": counted(map(agency, invited)),
            "attendance.by_attendance": counted(row["attendance"].label for row in invited),
            "attendance.agency_by_attendance": crossed(
                (agency(row), row["attendance"].label) for row in invited
            ),
            "actions.raised": sum(row["discussion_id"] in ids for row in self.rows[Action]),
        }  # fmt: skip

    def _first_held(self) -> Iterable[tuple[date, date, date]]:
        for case in self.rows[Case]:
            days = [r["held_on"] for r in self.of(StrategyDiscussion, case_id=case["id"])]
            first = min((day for day in days if day), default=None)
            if first and self.within(first):
                spell = self.of(CaseSpell, case_id=case["id"], number=1)[0]
                yield case["received_on"], first, spell["opened_on"]

    # Conclusions

    def _ended(self) -> list[Row]:
        return [row for row in self.rows[CaseSpell] if self.within(row["concluded_on"])]

    def _outcome(self, spell: Row, day: date) -> str | None:
        found = [
            self.standing(self.of(Outcome, allegation_id=a["id"]), "decided_on", day)
            for a in self.of(Allegation, case_id=spell["case_id"])
        ]
        codes = [row["outcome"] for row in found if row]
        for code in OutcomeCode:
            if code in codes:
                return code.label
        return "No outcome needed" if spell["closure_reason_id"] else None

    def _outcome_of(self, spell: Row) -> str | None:
        later = [
            s for s in self.of(CaseSpell, case_id=spell["case_id"])
            if s["number"] > spell["number"] and self.by_end(s["opened_on"])
        ]  # fmt: skip
        return self._outcome(spell, spell["concluded_on"] if later else self.end)

    def _concluded(self) -> dict[str, Any]:
        ended = self._ended()
        case = {row["id"]: self.tables[Case][row["case_id"]] for row in ended}

        def category(row: Row) -> Any:
            return self.label(self._primary(row["case_id"])["category_id"])

        def sector(row: Row) -> Any:
            return self.label(self.tables[Position][case[row["id"]]["position_id"]]["sector_id"])

        def took(row: Row) -> Band:
            return band(case[row["id"]]["received_on"], row["concluded_on"])

        def told(row: Row, whom: set[str], step: str) -> bool:
            return any(
                n["notice_to"] in whom and n["step"] == step and n["told_on"]
                and n["told_on"] <= row["concluded_on"]
                for n in self.of(Notice, case_id=row["case_id"])
            )  # fmt: skip

        def told_of(whom: set[str], step: str, rows: list[Row]) -> list[int]:
            return [sum(told(row, whom, step) for row in rows), len(rows)]

        def within(*bands: Band) -> list[int]:
            return [sum(took(row) in bands for row in ended), len(ended)]

        def result(row: Row, kind: str) -> Any:
            strands = self.of(Strand, case_id=row["case_id"], kind=kind)
            rows = self.of(StrandResult, strand_id=strands[0]["id"]) if strands else []
            found = self.standing(rows, "reported_on", self.end)
            return self.label(found["term_id"]) if found else None

        outcomes = {row["id"]: self._outcome_of(row) for row in ended}
        named = [row for row in ended if case[row["id"]]["person_id"]]
        themes = {(row["case_id"]) for row in ended}
        learned = {
            (p["case_id"], p["theme_id"]) for p in self.rows[LearningPoint]
            if p["case_id"] in themes
        }  # fmt: skip
        return {
            "outcomes.concluded_in_period": counted(outcomes.values()),
            "outcomes.of_cases_opened": self._cohort(),
            "outcomes.by_category": counted(map(category, ended)),
            "outcomes.by_sector": counted(map(sector, ended)),
            "outcomes.category_by_outcome": crossed(
                (category(row), outcomes[row["id"]]) for row in ended
            ),
            "outcomes.sector_by_outcome": crossed(
                (sector(row), outcomes[row["id"]]) for row in ended
            ),
            "timeliness.concluded_in_period": counted(took(row).label for row in ended),
            "timeliness.within_1_month": within(Band.ONE_MONTH),
            "timeliness.within_3_months": within(Band.ONE_MONTH, Band.THREE_MONTHS),
            "timeliness.within_12_months": within(*list(Band)[:3]),
            "fairness.told": told_of({"subject"}, "allegation_told", named),
            "fairness.put": told_of({"subject"}, "allegation_put", named),
            "fairness.heard": told_of({"subject"}, "response_received", named),
            "fairness.told_outcome": told_of({"subject"}, "outcome_told", named),
            "fairness.family_told_outcome": told_of({"child", "parents"}, "outcome_told", ended),
            "fairness.referrer_told_outcome": told_of({"referrer"}, "outcome_told", ended),
            "fairness.employer_told_outcome": told_of({"employer"}, "outcome_told", ended),
            "learning.themes": counted(self.label(theme) for _case, theme in learned),
        } | {name: counted(result(row, kind) for row in ended) for kind, name in SAID.items()}

    def _cohort(self) -> dict[str, Any]:
        opened = [
            s for s in self.rows[CaseSpell] if s["number"] == 1 and self.within(s["opened_on"])
        ]
        found = []
        for spell in opened:
            spells = self.of(CaseSpell, case_id=spell["case_id"])
            last = max((s for s in spells if self.by_end(s["opened_on"])), key=number_of)
            if self.by_end(last["concluded_on"]):
                found.append(self._outcome(last, self.end))
        return {"concluded": [len(found), len(opened)]} | counted(found)

    def _open(self) -> dict[str, Any]:
        spells = [s for s in self.rows[CaseSpell] if self._open_on(s, self.end)]
        begun = {s["case_id"]: self.tables[Case][s["case_id"]]["received_on"] for s in spells}
        late = [case for case, day in begun.items() if band(day, self.end) is not Band.ONE_MONTH]
        overdue = [
            row for row in self.rows[Action]
            if row["case_id"] in begun and self.by_end(row["due_on"])
            and not self.by_end(row["done_on"]) and not self.by_end(row["waived_on"])
        ]  # fmt: skip
        return {
            "timeliness.open_at_end": counted(band(d, self.end).label for d in begun.values()),
            "timeliness.longest_open":
                max(((self.end - day).days for day in begun.values()), default=None),
            "timeliness.open_over_1_month": len(late),
            "timeliness.delay_reasons": counted(self._delay(case) for case in late),
            "actions.overdue_at_end": len(overdue),
            "actions.overdue_by_agency": counted(self.label(r["agency_id"]) for r in overdue),
        }  # fmt: skip

    def _delay(self, case: int) -> str | None:
        month = (self.end.year, self.end.month)
        found = [r for r in self.of(DelayReason, case_id=case) if (r["year"], r["month"]) <= month]
        last = max(found, key=lambda r: (r["year"], r["month"], r["number"]), default=None)
        return self.label(last["term_id"]) if last else None

    # Actions, safety measures, referrals, children

    def _course(self) -> dict[str, Any]:
        due = [row for row in self.rows[Action] if self.within(row["due_on"])]
        considered = [r for r in self.rows[OnwardReferral] if self.within(r["considered_on"])]
        sent = [r for r in self.rows[OnwardReferral] if self.within(r["referred_on"])]
        measures = [r for r in self.rows[SafetyMeasure] if self.within(r["considered_on"])]
        cases = {row["id"] for row in self._cases()}
        children = [row for row in self.rows[Child] if row["case_id"] in cases]

        def agency(row: Row) -> Any:
            return self.label(row["agency_id"])

        def body(row: Row) -> Any:
            return self.label(row["body_id"])

        def basis(row: Row) -> Any:
            return row["basis"] and row["basis"].label

        def measure(row: Row) -> Any:
            return self.label(row["term_id"])

        return {
            "actions.due": len(due),
            "actions.by_agency": counted(map(agency, due)),
            "actions.by_state": counted(map(self._action, due)),
            "actions.agency_by_state": crossed((agency(r), self._action(r)) for r in due),
            "dbs.referrals_made": sum(self.terms[r["body_id"]].code == "dbs" for r in sent),
            "referrals.considered": len(considered),
            "referrals.by_body": counted(map(body, considered)),
            "referrals.by_state": counted(map(self._referral, considered)),
            "referrals.body_by_state": crossed((body(r), self._referral(r)) for r in considered),
            "referrals.sent": len(sent),
            "referrals.sent_by_body": counted(map(body, sent)),
            "referrals.sent_by_basis": counted(map(basis, sent)),
            "referrals.sent_body_by_basis": crossed((body(r), basis(r)) for r in sent),
            "referrals.acknowledged": sum(
                self.within(r["acknowledged_on"]) for r in self.rows[OnwardReferral]
            ),
            "safety.considered": len(measures),
            "safety.by_measure": counted(map(measure, measures)),
            "safety.by_state": counted(map(self._measure, measures)),
            "safety.measure_by_state": crossed((measure(r), self._measure(r)) for r in measures),
            "children.described": len(children),
            "children.by_age": counted(child_band(row["age"]) for row in children),
            "children.by_sex": counted(row["sex"] and row["sex"].label for row in children),
            "children.by_care": counted(
                {True: "Looked after", False: "Not looked after", None: None}[row["looked_after"]]
                for row in children
            ),
            "children.by_view": counted(row["voice"].label for row in children),
        }

    def _service(self) -> dict[str, Any]:
        given = [row for row in self.rows[TrainingSession] if self.within(row["held_on"])]
        audited = [row for row in self.rows[AuditedDecision] if self.within(row["audited_on"])]
        sectors = (self.label(row["sector_id"]) or "Several sectors" for row in given)
        return {
            "training.sessions": len(given),
            "training.people": sum(row["people"] for row in given),
            "training.by_kind": counted(row["kind"].label for row in given),
            "training.by_sector": counted(sectors),
            "decisions.audited": len(audited),
            "decisions.by_view": counted(row["view"].label for row in audited),
        }

    def _action(self, row: Row) -> str:
        if self.by_end(row["done_on"]):
            return "Done on time" if row["done_on"] <= row["due_on"] else "Done late"
        return "Waived" if self.by_end(row["waived_on"]) else "Overdue"

    def _referral(self, row: Row) -> str:
        if self.by_end(row["acknowledged_on"]):
            return "Acknowledged"
        if self.by_end(row["referred_on"]):
            return "Sent"
        is_none = row["decision"] is ReferralDecision.NO_REFERRAL
        return "No referral needed" if is_none else "Being considered, or to be sent"

    def _measure(self, row: Row) -> str:
        if self.by_end(row["started_on"]):
            return "Used"
        return "Not used" if row["decision"] is MeasureDecision.NOT_USED else "Being considered"


def number_of(row: Row) -> int:
    return int(row["number"])


def counted(values: Iterable[Any]) -> Counter[Any]:
    """As the JSON has it: without what is not recorded."""
    return Counter(value for value in values if value is not None)


def crossed(pairs: Iterable[tuple[Any, Any]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row, column in pairs:
        if row is not None and column is not None:
            line = found.setdefault(row, {})
            line[column] = line.get(column, 0) + 1
    return found


def how_many(case: Row) -> str | None:
    kind, number = case["children"], case["children_count"]
    if kind is Children.NONE_IDENTIFIED:
        return "None identified"
    return kind and ("One" if number == 1 else "Multiple")


def age_on(day: date, person: Row) -> int | None:
    if born := person["date_of_birth"]:
        return whole_years(born, day)
    if person["stated_age"] is None:
        return None
    since: date = person["age_stated_on"]
    years = whole_years(since, day) if since <= day else -whole_years(day, since)
    return int(person["stated_age"]) + years


def whole_years(first: date, last: date) -> int:
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def age_band(age: int | None) -> str | None:
    if age is None:
        return None
    bands = ((18, "Under 18"), (25, "18 to 24"), (35, "25 to 34"), (45, "35 to 44"),
             (55, "45 to 54"), (65, "55 to 64"))  # fmt: skip
    return next((label for below, label in bands if age < below), "65 or over")


def child_band(age: int | None) -> str | None:
    if age is None:
        return None
    bands = ((5, "0 to 4"), (10, "5 to 9"), (16, "10 to 15"), (18, "16 to 17"))
    return next((label for below, label in bands if age < below), "18 or over")


def wait_band(received: date, held: date) -> str:
    days = working_days_between(received, held) if held > received else 0
    bands = ((5, "Up to 5"), (10, "6 to 10"), (20, "11 to 20"))
    return next((label for most, label in bands if days <= most), "Over 20")
