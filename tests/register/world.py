"""A LADO's work made up at random, through the services, day after day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from sqlalchemy import select

from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import Case, Consultation, Person, Term
from lado.queries.joinable import joinable_cases
from lado.rules.vocabulary import (
    Children,
    DiscussionPurpose,
    LearningKind,
    OutcomeCode,
    ReferralDecision,
    StrandStatus,
    TermGroup,
)
from lado.services import case as case_service
from lado.services import case_allegations, case_closure, case_parts, decision, discussion
from lado.services import consultation as consultations
from lado.services.case_closure import Closure
from lado.services.case_parts import StrandDetails
from lado.services.onward_referral import ReferralDetails, add_referral
from lado.services.person import PersonDetails
from lado.services.position import PositionDetails
from lado.services.subject import AdultDetails
from tests.case_parts import allegation_details, proceedings, without_gate
from tests.contacts import contact, decide
from tests.factories import term_id
from tests.support.cast import Cast

Thing = TypeVar("Thing")

FIRST_DAY = date(2024, 4, 3)
DECISIONS = ("Progress to strategy discussion",) * 3 + ("Advice only", "Threshold not met")
SETTINGS = ("Storybrook School", "Nowhere Nursery", "Madeup Minis FC", None)
BORN = (date(1970, 1, 2), date(1985, 6, 7), None)


class World:
    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.by = cast, cast.lado
        self.random = Random(seed)
        self.today = FIRST_DAY
        self.deeds: list[Callable[[], object]] = [
            *[self.log] * 4, *[self.decide] * 6, *[self.hold] * 3, *[self.judge] * 2,
            *[self.conclude] * 3, self.reopen, self.correct, self.learn_facts, self.allege,
            self.reopen_case, self.hear_from_an_agency, self.refer, self.learn,
        ]  # fmt: skip

    def live(self, deeds: int) -> None:
        """What cannot be done is not done."""
        for _ in range(deeds):
            self.today += timedelta(days=self.random.randrange(8))
            try:
                self.random.choice(self.deeds)()
            except (Invalid, Refused, IndexError):
                db.session.rollback()

    def one_of(self, model: type[Thing]) -> Thing:
        """IndexError while there is none."""
        return self.random.choice(list(db.session.scalars(select(model))))

    def term(self, group: TermGroup) -> int:
        ids = db.session.scalars(select(Term.id).where(Term.group == group).order_by(Term.id))
        return self.random.choice(list(ids)[:4])

    def chance(self, of: float) -> bool:
        return self.random.random() < of

    def some_day(self) -> date:
        """A short while ago, or today."""
        return self.today - timedelta(days=self.random.choice([0, 0, 0, 1, 2, 9]))

    def log(self) -> None:
        received = self.some_day()
        adults = [self.adult(self.person()) for _ in range(2 if self.chance(0.15) else 1)]
        aware = received - timedelta(days=1) if self.chance(0.5) else None
        consultations.log(
            contact=contact(received_on=received, aware_on=aware, **self.children()),
            adults=adults,
            by=self.by,
        )

    def children(self) -> dict[str, Any]:
        children = self.random.choice([None, *Children])
        count = self.random.choice([1, 2, 900]) if children is Children.COUNTED else None
        return {"children": children, "children_count": count}

    def person(self) -> Person | PersonDetails | None:
        if self.chance(0.2):
            return None
        if self.chance(0.4):
            return self.one_of(Person)
        surname = self.random.choice(["Madeup", "Invented", "Unknown"])
        return PersonDetails(surname, self.random.choice(["Wren", ""]), self.random.choice(BORN))

    def adult(self, person: Person | PersonDetails | None) -> AdultDetails:
        position = self.position()
        return AdultDetails(
            person=person,
            position=position,
            category_id=self.term(TermGroup.CATEGORY),
            context_id=self.term(TermGroup.CONTEXT) if self.chance(0.5) else None,
            organisation_itself=position.organisation is not None and self.chance(0.2),
            further_positions=[self.position()] if self.chance(0.2) else [],
            non_recent=self.random.choice([None, True, False]),
        )

    def position(self) -> PositionDetails:
        return PositionDetails(
            sector_id=self.term(TermGroup.SECTOR),
            role_id=self.term(TermGroup.ROLE) if self.chance(0.7) else None,
            organisation=self.random.choice(SETTINGS),
        )

    def decide(self) -> None:
        consultation = self.one_of(Consultation)
        subject = self.random.choice(consultation.subjects)
        label = self.random.choice(DECISIONS)
        cases = joinable_cases(self.by, subject) if "Progress" in label else []
        joined = self.random.choice(cases) if cases and self.chance(0.7) else None
        decide(subject, self.by, label, decided_on=self.some_day(), case=joined)

    def reopen(self) -> None:
        found = self.one_of(Consultation)
        decision.reopen(found, reason="More is known", version=found.version, by=self.by)

    def correct(self) -> None:
        found = self.one_of(Consultation)
        consultations.change(
            found,
            contact=contact(received_on=found.received_on, **self.children()),
            adults=[self.adult(subject.person) for subject in found.subjects],
            version=found.version,
            by=self.by,
        )

    def learn_facts(self) -> None:
        case = self.one_of(Case)
        case_service.change_facts(
            case, legal_position_of_trust=None, version=case.version, by=self.by, **self.children()
        )

    def allege(self) -> None:
        case = self.one_of(Case)
        details = allegation_details(
            category_id=self.term(TermGroup.CATEGORY), non_recent=self.chance(0.3)
        )
        if self.chance(0.5):
            added = case_allegations.add_allegation(case, details, by=self.by)
            case_allegations.make_primary(added, by=self.by)
        else:
            first = case.primary_allegation
            case_allegations.change_allegation(first, details, version=first.version, by=self.by)

    def hold(self) -> None:
        case = self.one_of(Case)
        said = replace(proceedings(case, held_on=self.some_day()), purpose=DiscussionPurpose.REVIEW)
        discussion.record(case, said, by=self.by)

    def judge(self) -> None:
        allegation = self.random.choice(self.one_of(Case).allegations)
        case_allegations.record_outcome(
            allegation,
            outcome=self.random.choice(list(OutcomeCode)),
            reasons="The reasons",
            evidence="The evidence",
            decided_on=self.some_day(),
            change_reason="More is known",
            version=allegation.version,
            by=self.by,
        )

    def conclude(self) -> None:
        case = self.one_of(Case)
        judged = all(allegation.outcome for allegation in case.allegations)
        reason = "Concluded with an outcome" if judged else "Subject died"
        ending = Closure(self.some_day(), term_id(TermGroup.CLOSURE_REASON, reason))
        with without_gate():
            case_closure.request_closure(case, ending, version=case.version, by=self.by)
            if self.chance(0.9):
                case_closure.sign_off(case, version=case.version, by=self.cast.manager)

    def reopen_case(self) -> None:
        case = self.one_of(Case)
        case_closure.reopen(
            case,
            reopened_on=self.some_day(),
            reason="New facts",
            review_on=self.today,
            version=case.version,
            by=self.by,
        )

    def hear_from_an_agency(self) -> None:
        strand = self.random.choice(self.one_of(Case).strands)
        details = StrandDetails(
            StrandStatus.ENDED,
            ended_on=self.today,
            result_id=self.term(case_parts.RESULTS_OF[strand.kind]),
            reported_on=self.today,
        )
        case_parts.change_strand(strand, details, version=strand.version, by=self.by)

    def refer(self) -> None:
        details = ReferralDetails(
            self.term(TermGroup.REFERRAL_BODY),
            self.today,
            ReferralDecision.REFER,
            decided_by="The employer",
            referred_on=self.today,
        )
        add_referral(self.one_of(Case), details, by=self.by)

    def learn(self) -> None:
        case_parts.add_learning(
            self.one_of(Case),
            theme_id=self.term(TermGroup.LEARNING_THEME),
            kind=LearningKind.IMPROVEMENT,
            description="What was learned",
            by=self.by,
        )
