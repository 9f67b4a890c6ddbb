"""What stands next on one case, the most pressing first."""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy.orm import joinedload, selectinload

from lado import clock
from lado.models import (
    Action,
    Allegation,
    Case,
    ConsultationSubject,
    Notice,
    OnwardReferral,
    Position,
    SafetyMeasure,
    Strand,
    StrandResult,
    StrategyDiscussion,
)
from lado.queries import delays, first_steps, settings
from lado.queries.case_fairness import standing_notices
from lado.queries.clocks import owed_by_employer
from lado.queries.due import minutes_due_on, review_on
from lado.queries.first_steps import bodies_of_council
from lado.rules.clocks import ask_police_on
from lado.rules.closure import WITHOUT_MINUTES
from lado.rules.delays import last_day, months_words
from lado.rules.steps import OWED, NextStep, Step, in_order
from lado.rules.timescales import Timescale, due
from lado.rules.vocabulary import (
    CaseStatus,
    DiscussionStatus,
    Origin,
    ReferralDecision,
    StrandKind,
)

# What it reads of a case that is not loaded whole.
NEEDED = (
    joinedload(Case.position).joinedload(Position.role),
    joinedload(Case.position).joinedload(Position.sector),
    selectinload(Case.spells),
    selectinload(Case.subjects).options(
        *(
            each.options(joinedload(Position.role), joinedload(Position.sector))
            for each in (
                joinedload(ConsultationSubject.position),
                selectinload(ConsultationSubject.other_positions),
            )
        )
    ),
    selectinload(Case.allegations).options(
        selectinload(Allegation.limbs), selectinload(Allegation.outcomes)
    ),
    selectinload(Case.child_records),
    selectinload(Case.discussions),
    selectinload(Case.actions).joinedload(Action.agency),
    delays.WITH_MONTHS,
    selectinload(Case.strands).options(
        selectinload(Strand.results).joinedload(StrandResult.term), selectinload(Strand.updates)
    ),
    selectinload(Case.referrals).joinedload(OnwardReferral.body),
    selectinload(Case.safety_measures).joinedload(SafetyMeasure.term),
    selectinload(Case.notices).joinedload(Notice.child),
)


def next_steps(case: Case) -> list[NextStep]:
    """Of a concluded case only what was left to finish: its actions, its minutes, what others
    still owe an answer to, and who is still to be told."""
    return steps_of(case, settings.amounts(), bodies_of_council())


def steps_of(
    case: Case, asked: Mapping[Timescale, int], bodies: Mapping[str, str]
) -> list[NextStep]:
    ours = to_do_ourselves(case, asked, bodies)
    return in_order([*_actions(case), *owed_by_employers(case, asked), *ours])


def to_do_ourselves(
    case: Case, asked: Mapping[Timescale, int], bodies: Mapping[str, str]
) -> list[NextStep]:
    """All but what an employer owes, and the actions, which are often somebody else's. `bodies` are
    those that referrals go to, by code."""
    steps = [
        *of_discussions(case, asked),
        *_strands(case, asked),
        *_referrals(case, asked),
        *_measures(case),
        *_notices(case),
    ]
    if case.status is not CaseStatus.CONCLUDED:
        steps += delay_to_explain(case)
        steps += first_steps.steps(case, asked, bodies)
    return steps


def of_discussions(case: Case, asked: Mapping[Timescale, int]) -> list[NextStep]:
    steps = list(_minutes(case, asked))
    if case.status is not CaseStatus.CONCLUDED:
        steps += [*_discussions(case), *discussions_to_arrange(case, asked)]
    return steps


def owed_by_employers(case: Case, asked: Mapping[Timescale, int]) -> list[NextStep]:
    owed = owed_by_employer(case, asked)
    return (
        [
            NextStep(
                Step.EMPLOYER, owed.due_on, detail=OWED[owed.timescale], code=StrandKind.EMPLOYER
            )
        ]
        if owed
        else []
    )


def discussions_to_arrange(case: Case, asked: Mapping[Timescale, int]) -> list[NextStep]:
    """The first discussion of an open case, the review that follows the last one, or the one agreed
    when the case was opened again."""
    if case.spell.review_on and not _held_since_reopened(case):
        again = NextStep(Step.REOPENED, case.spell.review_on)
        return [] if _scheduled(case) else [again]
    return [*_first_discussion(case, asked), *_review(case, asked)]


def _held_since_reopened(case: Case) -> bool:
    return any(each.held_on is not None for each in case.discussions_since_opened)


def delay_to_explain(case: Case) -> list[NextStep]:
    """One step for all months without a reason, due by the end of the first (R-12)."""
    months = delays.missing(case, clock.today())
    if not months:
        return []
    return [NextStep(Step.DELAY, last_day(months[0]), detail=months_words(months))]


def _actions(case: Case) -> Iterator[NextStep]:
    for action in case.actions:
        if action.is_open:
            detail = f"{action.description} ({action.owner})"
            yield NextStep(Step.ACTION, action.due_on, action.number, detail)


def _strands(case: Case, asked: Mapping[Timescale, int]) -> Iterator[NextStep]:
    for strand in case.strands:
        day = ask_on(strand, asked)
        if day is not None:
            yield NextStep(Step.STRAND, day, detail=strand.kind.label, code=strand.kind)


def ask_on(strand: Strand, asked: Mapping[Timescale, int]) -> date | None:
    """When to ask how it stands. Of a concluded case only what was agreed is still asked."""
    if strand.is_over:
        return None
    if strand.kind is not StrandKind.POLICE:
        return strand.review_on
    day = ask_police_on(strand.days_heard, strand.review_on, asked)
    by_rule = day != strand.review_on
    return None if by_rule and strand.case.status is CaseStatus.CONCLUDED else day


def _referrals(case: Case, asked: Mapping[Timescale, int]) -> Iterator[NextStep]:
    for referral in case.referrals:
        step = referral_step(referral, asked)
        if step is not None:
            yield step


def referral_step(referral: OnwardReferral, asked: Mapping[Timescale, int]) -> NextStep | None:
    """To be decided on, to be sent, or asked after until it is closed (R-58)."""
    if referral.chase_on is not None:
        return _of(referral, Step.REFERRAL, referral.chase_on)
    if referral.considered_on is None:
        return None
    day = due(Timescale.REFERRAL_SENT, referral.considered_on, asked[Timescale.REFERRAL_SENT])
    if referral.is_to_send:
        return _of(referral, Step.SEND, day)
    if referral.decision is ReferralDecision.PENDING:
        return _of(referral, Step.DECIDE, day)
    return None


def _of(referral: OnwardReferral, step: Step, day: date) -> NextStep:
    code = referral.body.code
    return NextStep(step, day, referral.number, referral.to_whom, code=code)


def _measures(case: Case) -> Iterator[NextStep]:
    for measure in case.safety_measures:
        if measure.review_on is not None:
            label = measure.term.label
            yield NextStep(Step.MEASURE, measure.review_on, measure.number, label)


def _notices(case: Case) -> Iterator[NextStep]:
    for row, notice in standing_notices(case).items():
        if notice.look_again_on is not None:
            yield NextStep(Step.NOTICE, notice.look_again_on, detail=row.words)


def _minutes(case: Case, asked: Mapping[Timescale, int]) -> Iterator[NextStep]:
    for discussion in case.discussions:
        if discussion.status in WITHOUT_MINUTES and discussion.origin is not Origin.REGISTER:
            day = minutes_due_on(discussion, asked[Timescale.MINUTES])
            if day is not None:
                step = Step.CORRECTION if discussion.first_circulated_on else Step.MINUTES
                yield NextStep(step, day, discussion.number)


def _discussions(case: Case) -> Iterator[NextStep]:
    for discussion in _scheduled(case):
        if discussion.scheduled_on is not None:
            yield NextStep(Step.DISCUSSION, discussion.scheduled_on, discussion.number)


def _scheduled(case: Case) -> list[StrategyDiscussion]:
    return [each for each in case.discussions if each.status is DiscussionStatus.SCHEDULED]


def _first_discussion(case: Case, asked: Mapping[Timescale, int]) -> Iterator[NextStep]:
    kept = case.discussions_since_opened
    if all(each.status is DiscussionStatus.CANCELLED for each in kept):
        amount = asked[Timescale.FIRST_DISCUSSION]
        day = due(Timescale.FIRST_DISCUSSION, case.spell.opened_on, amount)
        yield NextStep(Step.FIRST_DISCUSSION, day)


def _review(case: Case, asked: Mapping[Timescale, int]) -> Iterator[NextStep]:
    held = [each for each in case.discussions_since_opened if each.held_on is not None]
    last = max(held, key=lambda each: (each.held_on, each.number), default=None)
    day = review_on(last, asked[Timescale.REVIEW]) if last is not None else None
    if last is not None and day is not None and not _scheduled(case):
        yield NextStep(Step.REVIEW, day, last.number)
