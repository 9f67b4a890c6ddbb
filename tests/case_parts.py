"""What is typed into a case, piece by piece; `tests.factories` makes the case itself."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from lado import clock
from lado.models import (
    Action,
    Allegation,
    Case,
    Consultation,
    Notice,
    Outcome,
    SafetyMeasure,
    StrategyDiscussion,
    User,
)
from lado.queries import case_fairness
from lado.rules import closure
from lado.rules.closure import SETTLED, Missing, Stops
from lado.rules.minutes import HEADINGS
from lado.rules.notices import NoticeHow, NoticeRow, NoticeStep, NoticeTo
from lado.rules.strands import Employer
from lado.rules.threshold import Limb
from lado.rules.vocabulary import (
    DBS,
    Attendance,
    ChildHelp,
    DiscussionPurpose,
    DiscussionStatus,
    EmployerWay,
    LearningKind,
    MeasureDecision,
    OutcomeCode,
    ReferralBasis,
    ReferralDecision,
    StrandStatus,
    TermGroup,
)
from lado.services import action as actions
from lado.services import case as case_service
from lado.services import case_allegations, case_closure
from lado.services import discussion as discussions
from lado.services.action import ActionDetails
from lado.services.case_allegations import AllegationDetails, ChildHelpDetails
from lado.services.case_closure import Closure
from lado.services.case_parts import (
    ChildDetails,
    StrandDetails,
    add_child,
    add_learning,
    change_strand,
    record_no_learning,
)
from lado.services.discussion import Arrangement, Proceedings
from lado.services.minutes import Sent, agree_minutes, circulate, circulate_further
from lado.services.notice import NoticeDetails, record_notice
from lado.services.onward_referral import ReferralDetails, add_referral
from lado.services.participant import ParticipantDetails
from lado.services.safety_measure import MeasureDetails, add_measure, review_measure
from lado.services.subject import AdultDetails
from tests.contacts import decide, log
from tests.factories import a_user, days_ago, term_id

PROGRESS = "Progress to strategy discussion"


def open_case(by: User, about: AdultDetails, **facts: Any) -> Case:
    """By a decision on the day of the contact, unless `opened_on` says otherwise."""
    opened_on = facts.pop("opened_on", None)
    consultation = log(by, about, **facts)
    decide(
        consultation.subjects[0],
        by,
        PROGRESS,
        decided_on=opened_on or consultation.received_on,
    )
    case = consultation.subjects[0].case
    assert case is not None
    return case


def join_case(case: Case, by: User, about: AdultDetails, **facts: Any) -> Consultation:
    consultation = log(by, about, **facts)
    decide(consultation.subjects[0], by, PROGRESS, case=case, decided_on=consultation.received_on)
    return consultation


def allegation_details(**other: Any) -> AllegationDetails:
    details = AllegationDetails(
        category_id=term_id(TermGroup.CATEGORY, "Neglect"),
        description="Left alone",
        limbs=[Limb.HARM],
    )
    return replace(details, **other)


def participant(**other: Any) -> ParticipantDetails:
    details = ParticipantDetails(
        "A Fable", term_id(TermGroup.AGENCY, "Police"), Attendance.ATTENDED, role="Detective"
    )
    return replace(details, **other)


def action_details(**other: Any) -> ActionDetails:
    details = ActionDetails(
        "Ask the school", "The head", term_id(TermGroup.AGENCY, "School"), days_ago(-7)
    )
    return replace(details, **other)


def proceedings(case: Case, **other: Any) -> Proceedings:
    """Held on the day the case was opened, its review four weeks on."""
    held_on = other.get("held_on", case.spell.opened_on)
    details = Proceedings(
        held_on=held_on,
        purpose=DiscussionPurpose.INITIAL,
        chair_id=case.owner_id or 0,
        next_review_on=held_on + timedelta(days=28),
        participants=[participant()],
        minutes={"decisions": "What was decided"},
    )
    return replace(details, **other)


def make_discussion(case: Case, by: User | None = None, **other: Any) -> StrategyDiscussion:
    """One that was held."""
    return discussions.record(case, proceedings(case, **other), by=by or a_user())


def agree(discussion: StrategyDiscussion, by: User | None = None) -> None:
    agree_minutes(discussion, version=discussion.version, by=by or a_user())


def send_minutes(
    discussion: StrategyDiscussion,
    *to: str,
    by: User | None = None,
    on: date | None = None,
    copy: int = 1,
) -> None:
    sent = [Sent(each, on or clock.today(), copy) for each in to]
    further = discussion.status is DiscussionStatus.CIRCULATED
    act = circulate_further if further else circulate
    act(discussion, sent=sent, version=discussion.version, by=by or a_user())


def arrangement(case: Case, **other: Any) -> Arrangement:
    details = Arrangement(
        purpose=DiscussionPurpose.INITIAL, scheduled_on=days_ago(-3), chair_id=case.owner_id or 0
    )
    return replace(details, **other)


def schedule_discussion(case: Case, by: User | None = None, **other: Any) -> StrategyDiscussion:
    return discussions.schedule(case, arrangement(case, **other), by=by or a_user())


def agreed_discussion(case: Case, by: User) -> StrategyDiscussion:
    """Arranged, held, and its minutes agreed."""
    made = schedule_discussion(case, by, participants=[participant(attendance=Attendance.INVITED)])
    held = proceedings(case)
    discussions.record(case, held, discussion=made, version=made.version, by=by)
    agree(made, by)
    return made


def make_action(case: Case, by: User | None = None, **other: Any) -> Action:
    return actions.add_action(case, action_details(**other), by=by or a_user())


def make_outcome(
    allegation: Allegation,
    by: User | None = None,
    outcome: OutcomeCode = OutcomeCode.UNFOUNDED,
    **other: Any,
) -> Outcome:
    details: dict[str, Any] = {
        "reasons": "The reasons",
        "evidence": "The evidence",
        "decided_on": clock.today(),
        "change_reason": "More is known" if allegation.outcome else "",
        "version": allegation.version,
    }
    return case_allegations.record_outcome(
        allegation, outcome=outcome, by=by or a_user(), **(details | other)
    )


def ending(label: str = "Subject died", **other: Any) -> Closure:
    """By a reason that needs no outcome."""
    reason = term_id(TermGroup.CLOSURE_REASON, label)
    return replace(Closure(clock.today(), reason), **other)


def settle(case: Case, by: User | None = None) -> Case:
    """All that stops a closure (R-59) but outcomes, open actions and discussions."""
    by = by or a_user()
    for strand in case.strands:
        if strand.status not in SETTLED:
            details = StrandDetails(
                status=StrandStatus.NOT_APPLICABLE, not_applicable_reason="Not concerned"
            )
            change_strand(strand, details, version=strand.version, by=by)
    for body in case_fairness.bodies_to_consider(case):
        basis = ReferralBasis.DUTY if body.code == DBS else None
        considered = ReferralDetails(
            body.id,
            clock.today(),
            ReferralDecision.NO_REFERRAL,
            basis,
            "The head",
            reasons="Not in regulated activity",
        )
        add_referral(case, considered, by=by)
    for row in case_fairness.rows_to_tell(case):
        make_withheld(case, by, row=row)
    for number in case_fairness.help_to_consider(case):
        allegation = next(each for each in case.allegations if each.number == number)
        help_ = ChildHelpDetails(ChildHelp.NOT_NEEDED, clock.today(), "Social care", "Seen at home")
        case_allegations.record_child_help(allegation, help_, version=allegation.version, by=by)
    if not case_fairness.learning_is_settled(case):
        record_no_learning(case, said_on=clock.today(), reason="Nothing new", by=by)
    return case


@contextmanager
def without_gate() -> Iterator[None]:
    """As cases were concluded before there was one, whatever is left open."""
    with patch.dict(closure.GATE, dict.fromkeys(Missing, Stops.NEVER)):
        yield


def conclude_case(case: Case, by: User | None = None, *, gate: bool = True, **other: Any) -> None:
    """Once all is settled that would stop it, or without the gate."""
    if gate:
        settle(case, by)
    with nullcontext() if gate else without_gate():
        case_closure.conclude(case, ending(**other), version=case.version, by=by or a_user())


AWKWARD = "<b>“O’Neil” & Söhne</b> {{ 7 * 7 }} שלום"


def measure_details(**other: Any) -> MeasureDetails:
    details = MeasureDetails(
        term_id(TermGroup.SAFETY_MEASURE, "Suspension"),
        days_ago(3),
        MeasureDecision.IN_PLACE,
        decided_by="The head",
        reasons="The reasons",
        alternatives="None possible: the school is small",
        started_on=days_ago(3),
        review_on=days_ago(-4),
    )
    return replace(details, **other)


def make_measure(case: Case, by: User | None = None, **other: Any) -> SafetyMeasure:
    return add_measure(case, measure_details(**other), by=by or a_user())


def make_notice(case: Case, by: User | None = None, **other: Any) -> Notice:
    """That the person was told of the allegation."""
    details = NoticeDetails(
        NoticeRow(NoticeTo.SUBJECT, NoticeStep.ALLEGATION_TOLD),
        told_on=days_ago(1),
        told_by="The head",
        told_how=NoticeHow.IN_PERSON,
    )
    return record_notice(case, replace(details, **other), by=by or a_user())


def make_withheld(case: Case, by: User | None = None, **other: Any) -> Notice:
    """That the person is not told yet."""
    not_told = {"told_on": None, "told_by": None, "told_how": None, "withheld_on": days_ago(2)}
    return make_notice(case, by, **(not_told | {"withheld_reason": "Police asked"} | other))


def sent_to_ofsted(on: date) -> ReferralDetails:
    body = term_id(TermGroup.REFERRAL_BODY, "Ofsted")
    return ReferralDetails(body, days_ago(9), ReferralDecision.REFER, decided_by="We",
                           referred_on=on, reference="R-1")  # fmt: skip


def begin(case: Case, by: User | None = None) -> Case:
    """What a case needs from its first day, so that nothing else of it is left out."""
    make_measure(case, by, decision=MeasureDecision.NOT_USED, started_on=None, review_on=None)
    for row in case_fairness.rows_not_yet_told(case):
        make_notice(case, by, row=row)
    return case


def add_fair_parts(case: Case, by: User) -> None:
    """A measure that was reviewed, somebody not told yet, a referral to the DBS that was sent."""
    texts = dict.fromkeys(("decided_by", "reasons", "alternatives", "support_contact"), AWKWARD)
    measure = make_measure(case, by, **texts)
    review_measure(
        measure,
        reviewed_on=days_ago(1),
        decided=AWKWARD,
        next_review_on=days_ago(-9),
        version=measure.version,
        by=by,
    )
    make_withheld(case, by, withheld_reason=AWKWARD, look_again_on=days_ago(-3))
    body = term_id(TermGroup.REFERRAL_BODY, "Disclosure and Barring Service")
    referral = ReferralDetails(body, clock.today(), ReferralDecision.REFER, decided_by=AWKWARD,
                               basis=ReferralBasis.DUTY, referred_on=clock.today(),
                               reference=AWKWARD[:60])  # fmt: skip
    add_referral(case, referral, by=by)


def fill_case(case: Case, by: User) -> None:
    """Something of everything that a case can hold, in text that must stay text."""
    add_child(case, ChildDetails(name=AWKWARD, age=9, view=AWKWARD), by=by)
    details = allegation_details(description=AWKWARD, place=AWKWARD, children=[1])
    second = case_allegations.add_allegation(case, details, by=by)
    make_outcome(second, by, reasons=AWKWARD)
    make_outcome(second, by, OutcomeCode.MALICIOUS, evidence=AWKWARD, change_reason=AWKWARD)
    held = make_discussion(
        case,
        by,
        participants=[
            participant(name=AWKWARD, role=AWKWARD),
            participant(attendance=Attendance.LEFT_OUT, left_out_reason=AWKWARD),
        ],
        minutes={heading.code: AWKWARD for heading in HEADINGS},
        actions=[action_details(description=AWKWARD, owner=AWKWARD), action_details()],
    )
    agree(held, by)
    schedule_discussion(case, by, place=AWKWARD)
    cancelled = schedule_discussion(case, by)
    discussions.cancel(cancelled, reason=AWKWARD, version=cancelled.version, by=by)
    moved = action_details(description=AWKWARD, due_on=days_ago(-9))
    actions.change_action(case.actions[0], moved, reason=AWKWARD, by=by)
    actions.finish_action(case.actions[1], done_on=clock.today(), result=AWKWARD, by=by)
    actions.waive_action(make_action(case, by), waived_on=clock.today(), reason=AWKWARD, by=by)
    strand = case.strands[0]
    result = StrandDetails(
        status=StrandStatus.ENDED,
        lead=AWKWARD,
        ended_on=clock.today(),
        result_id=term_id(TermGroup.POLICE_OUTCOME, "Convicted"),
        reported_on=clock.today(),
        detail=AWKWARD,
        heard_on=clock.today(),
        said=AWKWARD,
    )
    change_strand(strand, result, version=strand.version, by=by)
    at_once = Employer(EmployerWay.HEARING, clock.today())
    strand = case.strands[-1]
    heard = StrandDetails(StrandStatus.ONGOING, employer=at_once)
    change_strand(strand, heard, version=strand.version, by=by)
    add_fair_parts(case, by)
    theme = term_id(TermGroup.LEARNING_THEME, "Induction")
    add_learning(case, theme_id=theme, kind=LearningKind.IMPROVEMENT, description=AWKWARD, by=by)
    case_service.add_note(case, happened_on=clock.today(), text=AWKWARD, by=by)
