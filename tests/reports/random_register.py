"""A register made at random, small enough that everything meets: plain rows by table, and the
same rows in a database."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

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
    Matter,
    MatterCase,
    Notice,
    OnwardReferral,
    Organisation,
    OtherAuthority,
    Outcome,
    Participant,
    PeerAudit,
    Person,
    Position,
    SafetyMeasure,
    Strand,
    StrandResult,
    StrategyDiscussion,
    SubjectLimb,
    TrainingSession,
    User,
)
from lado.models.base import new_public_id
from lado.reports.rows import TermRow, load_vocabulary
from lado.rules.notices import STEPS, NoticeHow
from lado.rules.peer_audit import PeerView
from lado.rules.permissions import Role
from lado.rules.threshold import Limb
from lado.rules.transfer import AuthorityPart
from lado.rules.vocabulary import (
    Attendance,
    Children,
    DatePrecision,
    DiscussionPurpose,
    DiscussionStatus,
    MeasureDecision,
    Origin,
    OutcomeCode,
    ReferralBasis,
    ReferralDecision,
    Sex,
    StrandKind,
    StrandStatus,
    TermGroup,
    TrainingKind,
    VoiceSought,
)

FIRST_DAY, LAST_DAY = date(2021, 10, 1), date(2023, 6, 30)
DAYS = (LAST_DAY - FIRST_DAY).days
# In the order in which they refer to each other.
TABLES = (
    User, Organisation, Person, Position, Consultation, Case, ConsultationSubject, SubjectLimb,
    Decision, CaseSpell, Allegation, Outcome, Strand, StrandResult, StrategyDiscussion,
    Participant, Action, SafetyMeasure, OnwardReferral, Notice, Child, DelayReason,
    LearningPoint, OtherAuthority, Matter, MatterCase, TrainingSession, PeerAudit,
    AuditedDecision,
)  # fmt: skip

Rows = dict[type[Any], list[dict[str, Any]]]


class Register:
    """`rows` are what `save` writes, by table."""

    def __init__(self, seed: int, session: Session) -> None:
        self.random = Random(seed)
        self.terms = load_vocabulary(session)
        self.rows: Rows = defaultdict(list)
        self.ids = count(1_000_000)
        self.chosen: dict[TermGroup, list[TermRow]] = {}
        self._world()

    def save(self, session: Session, rows: Rows | None = None) -> None:
        """Its own rows, or others of it."""
        for table in TABLES:
            if found := (rows or self.rows)[table]:
                session.execute(insert(table), found)

    def add(self, table: type[Any], **values: Any) -> int:
        if "id" in table.__table__.c:
            values = {"id": next(self.ids)} | values
        if "origin" in table.__table__.c:
            values.setdefault("origin", Origin.REGISTER)
        self.rows[table].append(values)
        return values.get("id", 0)

    def day(self, after: date = FIRST_DAY, most: int = DAYS) -> date:
        return after + timedelta(days=self.random.randint(0, most))

    def a_little_before(self, day: date) -> date:
        """Now and then, as a slip."""
        return day - timedelta(days=self.maybe(self.random.randint(1, 30), 0.2) or 0)

    def maybe(self, value: Any, chance: float = 0.6) -> Any:
        return value if self.random.random() < chance else None

    def one(self, *values: Any) -> Any:
        return self.random.choice(values)

    def term(self, group: TermGroup) -> int:
        """One of a few, so that they meet."""
        if group not in self.chosen:
            found = self.terms[group]
            first = [term for term in found if term.code in ("progress", "sexual_abuse", "dbs",
                                                             "suspension")]  # fmt: skip
            self.chosen[group] = [*first, *self.random.sample(found, 2)]
        return self.random.choice(self.chosen[group]).id

    def _world(self) -> None:
        self.user = self.add(
            User,
            public_id=new_public_id(),
            email="r@example.test",
            name="Random",
            role=Role.LADO,
            fs_uniquifier=new_public_id(),
            created_at=datetime(2021, 1, 1, tzinfo=UTC),
        )
        self.places = [
            self.add(
                Organisation,
                public_id=new_public_id(),
                name=f"Place {n}",
                folded=f"place {n}",
                sector_id=self.term(TermGroup.SECTOR),
                subsector_id=self.maybe(self.term(TermGroup.SUBSECTOR)),
                school_phase_id=self.maybe(self.term(TermGroup.SCHOOL_PHASE)),
                school_type_id=self.maybe(self.term(TermGroup.SCHOOL_TYPE)),
                small_voluntary=self.one(True, False, None),
            )
            for n in range(3)
        ]
        self.people = [self._person(None) for _ in range(4)]
        self.people.append(self._person(self.people[0]))
        for number in range(self.random.randint(1, 14)):
            self._consultation(number)
        if len(cases := self.rows[Case]) > 1:
            self._matter(cases)
        self._service()

    def _person(self, same_as: int | None) -> int:
        born = self.maybe(
            date(
                self.one(1915, 1990, 1990, 2008),
                self.random.randint(1, 12),
                self.random.randint(1, 28),
            )
        )
        age = None if born else self.maybe(self.random.randint(16, 70))
        return self.add(
            Person,
            public_id=new_public_id(),
            date_of_birth=born,
            stated_age=age,
            age_stated_on=self.day() if age else None,
            sex=self.one(*Sex, None),
            same_as_id=same_as,
        )

    def _service(self) -> None:
        for _ in range(self.one(0, 3)):
            self.add(
                TrainingSession, public_id=new_public_id(), held_on=self.day(),
                kind=self.one(*TrainingKind), title="Training", people=self.random.randint(1, 40),
                sector_id=self.maybe(self.term(TermGroup.SECTOR)), logged_by_id=self.user,
            )  # fmt: skip
        audit = self.add(
            PeerAudit, public_id=new_public_id(), period_start=FIRST_DAY, period_end=LAST_DAY,
            asked_for=20, drawn_from=20, drawn_from_sha256="", seed="",
            drawn_at=datetime.combine(LAST_DAY, time(), UTC), drawn_by_id=self.user,
        )  # fmt: skip
        for number, decision in enumerate(self.rows[Decision][::2]):
            view = self.one(*PeerView, None)
            self.add(
                AuditedDecision, public_id=new_public_id(), peer_audit_id=audit, number=number,
                decision_id=decision["id"], auditor_id=self.user, view=view,
                reasons="Reasons" if view else None,
                audited_on=self._audited(decision) if view else None,
            )  # fmt: skip

    def _children(self) -> dict[str, Any]:
        kind = self.one(*Children, None)
        number = self.random.randint(1, 3) if kind is Children.COUNTED else None
        return {"children": kind, "children_count": number}

    def _consultation(self, number: int) -> None:
        received = self.day()
        happened = self.maybe(received - timedelta(days=self.random.randint(0, self.one(4, 900))))
        until = self.maybe(self.day(happened, 9), 0.3) if happened else None
        ident = self.add(
            Consultation,
            public_id=new_public_id(),
            reference=f"C-R-{number}",
            imported_reference=f"R{number}",
            received_on=received,
            first_answered_on=self.maybe(self.day(received, 4)),
            aware_on=self.maybe(received - timedelta(days=self.random.randint(0, 4))),
            contact_method_id=self.maybe(self.term(TermGroup.CONTACT_METHOD)),
            referrer_agency_id=self.maybe(self.term(TermGroup.AGENCY)),
            setting_id=self.maybe(self.one(*self.places)),
            owner_id=self.maybe(self.user),
            happened_precision=PRECISION[bool(happened), bool(until)],
            happened_from=happened,
            happened_to=until,
            **self._children(),
        )
        for place in range(self.one(0, 1, 2)):
            self._child(place + 1, case_id=None, consultation_id=ident)
        if self.maybe(True, 0.2):
            self._authority(consultation_id=ident, case_id=None)
        for place in range(self.one(1, 1, 1, 2)):
            self._subject(ident, place + 1, received)

    def _child(self, number: int, **home: int | None) -> None:
        self.add(
            Child, number=number, age=self.maybe(self.random.randint(0, 19)),
            sex=self.one(*Sex, None), looked_after=self.one(True, False, None),
            voice=self.one(*NOT_REFUSED), **home,
        )  # fmt: skip

    def _audited(self, decision: dict[str, Any]) -> date:
        """Not before it was made; one without a day was made some time."""
        return self.day(decision["decided_on"] or LAST_DAY, 100)

    def _authority(self, **home: Any) -> None:
        for number in range(self.one(1, 2)):
            self.add(
                OtherAuthority,
                number=number + 1,
                part=self.one(*AuthorityPart),
                authority="Elsewhere",
                added_by_id=self.user,
                **home,
            )

    def _subject(self, consultation: int, number: int, received: date) -> None:
        person = self.maybe(self.one(*self.people), 0.8)
        position = self.add(
            Position,
            person_id=person,
            role_id=self.maybe(self.term(TermGroup.ROLE)),
            organisation_id=self.maybe(self.one(*self.places)),
            sector_id=self.term(TermGroup.SECTOR),
        )
        case, subject = None, next(self.ids)
        if number == 1 and self.maybe(True, 0.7):
            case = self._case(person, position, received, subject)
        self.add(
            ConsultationSubject,
            id=subject,
            consultation_id=consultation,
            number=number,
            person_id=person,
            position_id=position,
            category_id=self.term(TermGroup.CATEGORY),
            context_id=self.maybe(self.term(TermGroup.CONTEXT)),
            case_id=case,
        )
        for limb in self.random.sample(list(Limb), self.one(0, 1, 2)):
            self.add(SubjectLimb, subject_id=subject, limb=limb)
        self._standing(
            Decision, self.a_little_before(received), subject_id=subject,
            what=lambda: {"term_id": self.term(TermGroup.DECISION)}, day="decided_on",
        )  # fmt: skip

    def _standing(self, table: type[Any], since: date, *, what: Any, day: str, **home: Any) -> None:
        """None, one, or one after another."""
        days = sorted(self.day(since, self.one(5, 200)) for _ in range(self.one(0, 1, 1, 2)))
        reasons = {"ended_reason"} & set(table.__table__.c.keys())
        for number, begun in enumerate(days):
            ended = days[number + 1] if number + 1 < len(days) else None
            undated = number == 0 and table is not Outcome and self.maybe(True, 0.2)
            self.add(
                table,
                number=number + 1,
                ended_on=ended,
                **{day: None if undated else begun},
                **dict.fromkeys(reasons, "Another" if ended else None),
                **what(),
                **home,
            )

    def _case(self, person: int | None, position: int, received: date, subject: int) -> int:
        number = len(self.rows[Case])
        case = self.add(
            Case,
            public_id=new_public_id(),
            reference=f"PT-R-{number}",
            imported_reference=f"P{number}",
            person_id=person,
            organisation_id=self.maybe(self.one(*self.places), 0.2),
            position_id=position,
            owner_id=self.maybe(self.user),
            received_on=received,
            **self._children(),
        )
        opened = self.a_little_before(self.day(received, 20))
        self._spells(case, opened)
        for place in range(self.one(1, 1, 2)):
            allegation = self.add(
                Allegation,
                case_id=case,
                number=place + 1,
                is_primary=place == 0,
                category_id=self.term(TermGroup.CATEGORY),
                context_id=self.maybe(self.term(TermGroup.CONTEXT)),
                non_recent=self.one(True, False, None),
                happened_precision=DatePrecision.ABOUT,
                happened_from=self.day(received - timedelta(days=9), 12),
                # One that was opened before may be on record while the contact is not.
                subject_id=subject if opened >= received else None,
            )
            self._standing(
                Outcome, opened, allegation_id=allegation, day="decided_on",
                what=lambda: {"outcome": self.one(*OutcomeCode)},
            )  # fmt: skip
        self._course(case, opened)
        return case

    def _spells(self, case: int, opened: date) -> None:
        for number in (1, 2):
            ended = self.maybe(self.day(opened, 500), 0.7)
            self.add(
                CaseSpell,
                case_id=case,
                number=number,
                opened_on=opened,
                reopened_reason="News" if number > 1 else None,
                concluded_on=ended,
                closure_reason_id=self.maybe(self.term(TermGroup.CLOSURE_REASON))
                if ended
                else None,
            )
            if ended is None or number == 2 or self.maybe(True, 0.6):
                return
            opened = self.day(ended, 60)

    def _course(self, case: int, opened: date) -> None:
        for kind in StrandKind:
            if self.maybe(True, 0.5):
                self._strand(case, kind, opened)
        for number in range(self.random.randint(0, 4)):
            self._discussion(case, number + 1, opened)
        self._actions(case, opened)
        for number in range(self.one(0, 1, 2)):
            self._referral(case, number + 1, opened)
            self._measure(case, number + 1, opened)
            self._child(number + 1, case_id=case, consultation_id=None)
            self.add(
                LearningPoint, case_id=case, number=number + 1,
                theme_id=self.term(TermGroup.LEARNING_THEME),
            )  # fmt: skip
            month = self.day(opened, 200)
            self.add(
                DelayReason, case_id=case, number=number + 1, year=month.year, month=month.month,
                term_id=self.term(TermGroup.DELAY_REASON), text="Waits", given_by_id=self.user,
            )  # fmt: skip
        for number in range(self.random.randint(0, 4)):
            whom = self.one(*STEPS)
            told = self.maybe(self.day(opened, 200), 0.8)
            self.add(
                Notice, case_id=case, number=number + 1, notice_to=whom,
                step=self.one(*STEPS[whom]), told_on=told, told_by="Us" if told else None,
                told_how=NoticeHow.PHONE if told else None,
                withheld_on=None if told else opened,
                withheld_reason=None if told else "Not yet",
            )  # fmt: skip
        if self.maybe(True, 0.2):
            self._authority(case_id=case, consultation_id=None)

    def _strand(self, case: int, kind: StrandKind, opened: date) -> None:
        status = self.one(*StrandStatus)
        started = self.maybe(self.day(opened, 60)) if status in BEGUN else None
        ended = None
        if status is StrandStatus.ENDED:
            ended = self.maybe(self.day(started or opened, 200), 0.8)
        strand = self.add(
            Strand, case_id=case, kind=kind, status=status, started_on=started, ended_on=ended
        )
        group = TermGroup(f"{kind}_outcome")
        self._standing(
            StrandResult, self.a_little_before(opened), strand_id=strand, day="reported_on",
            what=lambda: {"term_id": self.term(group)},
        )  # fmt: skip

    def _discussion(self, case: int, number: int, opened: date) -> None:
        held = self.maybe(self.day(opened, 150), 0.8)
        ident = self.add(
            StrategyDiscussion, case_id=case, number=number, held_on=held,
            status=DiscussionStatus.HELD if held else DiscussionStatus.SCHEDULED,
            scheduled_on=None if held else self.day(opened, 150),
            purpose=self.one(*DiscussionPurpose, None),
        )  # fmt: skip
        for place in range(self.one(0, 1, 3)):
            attendance = self.one(*Attendance)
            self.add(
                Participant, discussion_id=ident, number=place + 1, name="Somebody",
                agency_id=self.term(TermGroup.AGENCY), attendance=attendance,
                left_out_reason="Conflict" if attendance is Attendance.LEFT_OUT else None,
            )  # fmt: skip

    def _actions(self, case: int, opened: date) -> None:
        discussions = [d["id"] for d in self.rows[StrategyDiscussion] if d["case_id"] == case]
        for number in range(self.one(0, 1, 3)):
            due, way = self.day(opened, 100), self.one("done", "waived", "open")
            self.add(
                Action, case_id=case, number=number + 1, description="Do it", owner="Them",
                discussion_id=self.one(*discussions, None),
                agency_id=self.term(TermGroup.AGENCY), due_on=due,
                done_on=self.day(opened, 150) if way == "done" else None,
                waived_on=self.day(opened, 150) if way == "waived" else None,
                waived_reason="Needless" if way == "waived" else None,
            )  # fmt: skip

    def _referral(self, case: int, number: int, opened: date) -> None:
        decision = self.one(*ReferralDecision)
        considered = self.day(opened, 100)
        sent = self.maybe(self.day(considered, 50)) if decision is ReferralDecision.REFER else None
        self.add(
            OnwardReferral, case_id=case, number=number,
            body_id=self.term(TermGroup.REFERRAL_BODY),
            basis=self.one(*ReferralBasis, None), considered_on=considered, decision=decision,
            reasons="None needed" if decision is ReferralDecision.NO_REFERRAL else None,
            referred_on=sent, acknowledged_on=self.maybe(self.day(sent, 50)) if sent else None,
        )  # fmt: skip

    def _measure(self, case: int, number: int, opened: date) -> None:
        decision, considered = self.one(*MeasureDecision), self.day(opened, 50)
        is_used = decision in (MeasureDecision.IN_PLACE, MeasureDecision.ENDED)
        started = self.day(considered, 40) if is_used else None
        ended = self.day(started, 200) if started and decision is MeasureDecision.ENDED else None
        decided = None if decision is MeasureDecision.PENDING else "They"
        self.add(
            SafetyMeasure, case_id=case, number=number,
            term_id=self.term(TermGroup.SAFETY_MEASURE),
            considered_on=considered, decision=decision, decided_by=decided, reasons=decided,
            started_on=started, ended_on=ended, ended_reason="Over" if ended else None,
            review_on=LAST_DAY if decision is MeasureDecision.IN_PLACE else None,
        )  # fmt: skip

    def _matter(self, cases: list[dict[str, Any]]) -> None:
        for number in range(self.one(0, 1, 2)):
            matter = self.add(Matter, reference=f"M-R-{number}", origin=Origin.ENTERED)
            for case in cases[number::3]:
                joined = datetime.combine(self.day(), time(12), UTC)
                left = self.maybe(joined + timedelta(days=self.random.randint(1, 200)), 0.4)
                self.add(
                    MatterCase, matter_id=matter, case_id=case["id"], joined_at=joined,
                    joined_by_id=self.user, reason="One event", left_at=left,
                    left_by_id=self.user if left else None,
                    left_reason="Another event" if left else None,
                )  # fmt: skip


# Whether there is a day, and a last one.
PRECISION = {
    (False, False): DatePrecision.NOT_KNOWN,
    (True, False): DatePrecision.EXACT,
    (True, True): DatePrecision.BETWEEN,
}
BEGUN = (StrandStatus.ONGOING, StrandStatus.ENDED)
NOT_REFUSED = (VoiceSought.SOUGHT, VoiceSought.NOT_YET)
