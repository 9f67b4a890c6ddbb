"""What may be asked for again on a case: what its next steps wait for others to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lado.errors import Refused
from lado.models import Action, Case, OnwardReferral, Strand, StrategyDiscussion
from lado.queries import settings
from lado.queries.next_steps import next_steps, of_discussions
from lado.rules.chasing import NOTHING
from lado.rules.steps import NextStep, Step
from lado.rules.vocabulary import Chased

WHAT = {
    Step.ACTION: Chased.ACTION,
    Step.MINUTES: Chased.MINUTES,
    Step.CORRECTION: Chased.MINUTES,
    Step.REVIEW: Chased.REVIEW,
    Step.EMPLOYER: Chased.EMPLOYER,
    Step.STRAND: Chased.STRAND,
    Step.REFERRAL: Chased.REFERRAL,
}


@dataclass(frozen=True)
class Owed:
    """`part` is the action, the discussion, the strand or the referral; it is not chased before
    `since`. `again`: the minutes went out before, and are corrected."""

    what: Chased
    part: Action | StrategyDiscussion | Strand | OnwardReferral
    due_on: date
    since: date
    again: bool = False

    @property
    def number(self) -> int:
        return 0 if isinstance(self.part, Strand) else self.part.number


def owed(case: Case, part: object) -> Owed:
    """Of this part of the case. Raises Refused where nothing is waited for."""
    for each in _all_owed(case):
        if each.part is part:
            return each
    raise Refused(NOTHING)


def discussion_may_be_chased(case: Case, number: int) -> bool:
    """Whether its minutes, or the review after it, are waited for."""
    steps = of_discussions(case, settings.amounts())
    return any(step.number == number and step.step in WHAT for step in steps)


def strands_to_chase(case: Case) -> set[str]:
    """By their kind."""
    return {step.code for step in next_steps(case) if step.step in (Step.EMPLOYER, Step.STRAND)}


def _all_owed(case: Case) -> Iterator[Owed]:
    """What an employer's days ask for comes before the day agreed to ask after their strand, and
    minutes before the review."""
    steps = sorted(
        (step for step in next_steps(case) if step.step in WHAT),
        key=lambda step: list(WHAT).index(step.step),
    )
    for step in steps:
        part = _part(case, step)
        since = _since(part) or case.spells[0].opened_on
        yield Owed(WHAT[step.step], part, step.due_on, since, step.step is Step.CORRECTION)


def _part(case: Case, step: NextStep) -> Action | StrategyDiscussion | Strand | OnwardReferral:
    match WHAT[step.step]:
        case Chased.ACTION:
            return next(each for each in case.actions if each.number == step.number)
        case Chased.REFERRAL:
            return next(each for each in case.referrals if each.number == step.number)
        case Chased.STRAND | Chased.EMPLOYER:
            return next(each for each in case.strands if each.kind == step.code)
        case _:
            return next(each for each in case.discussions if each.number == step.number)


def _since(part: Action | StrategyDiscussion | Strand | OnwardReferral) -> date | None:
    match part:
        case StrategyDiscussion():
            return part.held_on
        case Strand():
            return part.way_on or part.consulted_on or part.started_on
        case OnwardReferral():
            return part.referred_on or part.considered_on
        case _:
            return None
