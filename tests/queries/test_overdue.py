"""What is overdue is said once in Python, for a case's page and the work list, and once in SQL, for
lists of cases. They agree on random cases, day after day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
import time_machine
from sqlalchemy import select

from lado import clock
from lado.extensions import db
from lado.models import (
    Action,
    Case,
    CaseSpell,
    Circulation,
    MinutesCopy,
    MinutesVersion,
    Notice,
    OnwardReferral,
    SafetyMeasure,
    StrandResult,
    StrandUpdate,
    StrategyDiscussion,
    User,
)
from lado.queries import cases
from lado.queries.case_list import Filters, whole_list
from lado.queries.next_steps import NEEDED, next_steps
from lado.queries.work import Asked, When, items
from lado.rules.notices import NoticeStep, NoticeTo
from lado.rules.vocabulary import (
    CaseStatus,
    DiscussionPurpose,
    DiscussionStatus,
    EmployerWay,
    MeasureDecision,
    Origin,
    ReferralDecision,
    StrandStatus,
    TermGroup,
)
from tests.case_parts import begin
from tests.factories import make_case, make_person, term_id

pytestmark = pytest.mark.sqlite_only
TODAY = date(2026, 5, 11)
S = DiscussionStatus
NOT_BEGUN = 5


class Chance(Random):
    """Days lie about a timescale's length before TODAY, so that many fall due soon."""

    def day(self, first: date = TODAY - timedelta(days=30)) -> date:
        return first + timedelta(days=self.randint(0, (TODAY - first).days))

    def ahead(self) -> date:
        return TODAY + timedelta(days=self.randint(-3, 9))

    def happens(self, share: float = 0.5) -> bool:
        return self.random() < share


def random_case(chance: Chance, kind: int, by: User, person) -> None:
    """At random in one respect; in the others nothing is left to do."""
    opened_on = chance.day()
    case = make_case(received_on=opened_on, person=person, by=by)
    if kind != NOT_BEGUN:
        begin(case, by)
    if chance.happens():  # opened again
        again = chance.day(opened_on)
        end(case.spell, by, again)
        review_on = max(again, chance.ahead()) if chance.happens() else None
        case.spells.append(
            CaseSpell(number=2, opened_on=again, reopened_reason="More", review_on=review_on)
        )
    match kind:
        case 0:
            for number in range(1, chance.randint(0, 3) + 1):
                status = chance.choice([S.CIRCULATED] * 4 + [S.SCHEDULED, S.CANCELLED])
                discussion(chance, case, number, status, chance.day(opened_on))
        case 1:
            status = chance.choice([S.HELD, S.MINUTES_AGREED])
            minutes(chance, discussion(chance, case, 1, status, chance.day(opened_on)))
            discussion(chance, case, 2, S.CIRCULATED, TODAY, final=True)
        case _:
            discussion(chance, case, 1, S.CIRCULATED, TODAY, final=True)
            if kind in (2, 3):
                strands(chance, case, opened_on, of_police=kind == 2)
            elif kind != NOT_BEGUN or chance.happens():
                others(chance, case, opened_on)
    if chance.happens(0.2):
        end(case.spell, by, TODAY)
        case.status = CaseStatus.CONCLUDED
    db.session.commit()


def end(spell: CaseSpell, by: User, day: date) -> None:
    reason = term_id(TermGroup.CLOSURE_REASON, "Subject died")
    spell.concluded_on, spell.concluded_by_id, spell.closure_reason_id = day, by.id, reason
    db.session.flush()


def discussion(
    chance: Chance,
    case: Case,
    number: int,
    status: DiscussionStatus,
    day: date,
    *,
    final: bool = False,
) -> StrategyDiscussion:
    held = status not in (S.SCHEDULED, S.CANCELLED)
    agreed = held and not final and chance.happens()
    made = StrategyDiscussion(
        number=number,
        status=status,
        purpose=DiscussionPurpose.FINAL if final else chance.choice(list(DiscussionPurpose)),
        scheduled_on=chance.ahead(),
        held_on=day if held else None,
        next_review_on=max(chance.ahead(), day) if agreed else None,
        circulated_on=TODAY if status is S.CIRCULATED else None,
        cancelled_reason="Nobody came" if status is S.CANCELLED else None,
    )
    case.discussions.append(made)
    return made


def minutes(chance: Chance, of: StrategyDiscussion) -> None:
    """Of one in ten they are elsewhere; of many they were found wrong."""
    held_on = of.held_on or TODAY
    of.origin = Origin.REGISTER if chance.happens(0.1) else Origin.ENTERED
    if chance.happens(0.7):
        copy = MinutesCopy(number=1)
        if chance.happens(0.7):
            copy.circulations.append(Circulation(recipient="All", sent_on=held_on))
        of.versions.append(
            MinutesVersion(
                number=1,
                content="{}",
                copies=[copy],
                corrected_on=chance.day(held_on),
                corrected_by_id=of.case.owner_id,
                correction_reason="A slip",
            )
        )


def strands(chance: Chance, case: Case, opened_on: date, *, of_police: bool) -> None:
    police, social_care, employer = case.strands
    strand = police if of_police else social_care
    over = StrandStatus.NOT_APPLICABLE
    strand.status = chance.choice([StrandStatus.ONGOING, StrandStatus.ONGOING, over])
    strand.not_applicable_reason = "No crime" if strand.status is over else None
    strand.started_on = chance.day(opened_on) if chance.happens() else None
    strand.review_on = chance.ahead() if chance.happens() else None
    if of_police and chance.happens():
        day = chance.choice([chance.day(opened_on), strand.review_on or TODAY])
        result = term_id(TermGroup.POLICE_OUTCOME, "Charged")
        if chance.happens():
            police.updates.append(StrandUpdate(number=1, heard_on=day, text="Nothing new"))
        else:
            police.results.append(StrandResult(number=1, term_id=result, reported_on=day))
    if not of_police and chance.happens():
        employer.way, employer.way_on = chance.choice(list(EmployerWay)), chance.day(opened_on)
        if employer.way is EmployerWay.INVESTIGATION and chance.happens():
            employer.report_on = chance.day(employer.way_on)


def others(chance: Chance, case: Case, opened_on: date) -> None:
    if chance.happens(0.3):
        done = {"done_on": TODAY} if chance.happens() else {}
        case.actions.append(Action(number=1, description="Ask", owner="A Fable",
                                   agency_id=term_id(TermGroup.AGENCY, "Police"),
                                   due_on=chance.ahead(), **done))  # fmt: skip
    if chance.happens(0.3):
        to_refer = {"decision": ReferralDecision.REFER, "decided_by": "The head"}
        sent = {"referred_on": opened_on, "chase_on": chance.ahead()}
        case.referrals.append(OnwardReferral(
            number=1, body_id=term_id(TermGroup.REFERRAL_BODY, "Disclosure and Barring Service"),
            considered_on=opened_on,
            **chance.choice([{}, to_refer, to_refer | sent])))  # fmt: skip
    if chance.happens(0.3):
        case.safety_measures.append(SafetyMeasure(
            number=len(case.safety_measures) + 1,
            term_id=term_id(TermGroup.SAFETY_MEASURE, "Suspension"),
            considered_on=opened_on, decision=MeasureDecision.IN_PLACE, decided_by="The head",
            reasons="The reasons", started_on=opened_on, review_on=chance.ahead()))  # fmt: skip
    for _ in range(chance.choice([0, 0, 1, 2])):
        again = chance.ahead() if chance.happens() else None
        case.notices.append(Notice(
            number=len(case.notices) + 1,
            notice_to=NoticeTo.SUBJECT, step=NoticeStep.ALLEGATION_TOLD,
            withheld_on=opened_on - timedelta(days=9), withheld_reason="Police asked",
            look_again_on=again))  # fmt: skip


@pytest.fixture
def traveller() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 5, 11, 9, tzinfo=UTC), tick=False) as travelling:
        yield travelling


def test_sql_and_python_agree_on_what_is_overdue(cast, traveller):
    chance, person = Chance(20260511), make_person()
    for number in range(40):
        random_case(chance, max(number % 9 - 3, 0), cast.lado, person)
    seen: set[int] = set()
    found: list[Case] = []
    for day in range(0, 15, 2):
        traveller.move_to(datetime.combine(TODAY + timedelta(days=day), time(9), UTC))
        today = clock.today()
        db.session.expire_all()
        found = list(db.session.scalars(select(Case).options(*NEEDED)).unique())
        late = {case.id for case in found if any(s.is_overdue(today) for s in next_steps(case))}
        assert cases.overdue_among(found) == late
        assert {each.id for each in whole_list(cast.lado, Filters(overdue=True))} == late
        work = items(cast.lado, Asked(), today)
        assert {item.record.id for item in work[When.OVERDUE]} == late
        left = {each.record.id for some in work.values() for each in some}
        assert left == {case.id for case in found if next_steps(case)}
        seen.add(len(late))
    assert len(found) == 40
    assert 5 < min(seen) < 35


def test_the_last_of_two_discussions_on_one_day_says_when_the_next_is(cast, traveller):
    """The first asked for a review that is past; the second agreed on a later day."""
    case = begin(make_case(received_on=TODAY - timedelta(days=30)))
    for number, review_on in ((1, TODAY - timedelta(days=1)), (2, TODAY + timedelta(days=9))):
        case.discussions.append(StrategyDiscussion(
            number=number, status=S.CIRCULATED, purpose=DiscussionPurpose.REVIEW,
            held_on=TODAY - timedelta(days=20), circulated_on=TODAY, next_review_on=review_on,
        ))  # fmt: skip
    db.session.commit()
    assert cases.overdue_among([case]) == set()
