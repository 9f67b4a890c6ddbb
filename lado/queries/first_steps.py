"""What an open case needs from its first day on, before anybody has put a day to it (R-14, R-15,
R-44, R-45). Not asked of what came from a register, which cannot know of it."""

from collections.abc import Iterator, Mapping
from datetime import date

from lado.models import Case
from lado.queries import vocabulary
from lado.queries.case_fairness import codes_to_consider, police_to_consult, rows_not_yet_told
from lado.rules.notices import NoticeTo
from lado.rules.steps import FROM_OPENING, NOT_TO_BE_NAMED, REMOVED, NextStep, Step
from lado.rules.threshold import Limb
from lado.rules.timescales import Timescale, due
from lado.rules.vocabulary import (
    Children,
    Origin,
    OutcomeCode,
    ReferralDecision,
    StrandKind,
    StrandStatus,
    TermGroup,
)


def bodies_of_council() -> dict[str, str]:
    """Labels of those that referrals go to, by code."""
    terms = vocabulary.terms(TermGroup.REFERRAL_BODY)
    return {term.code: term.label for term in terms if term.code}


def steps(
    case: Case, asked: Mapping[Timescale, int], bodies: Mapping[str, str]
) -> Iterator[NextStep]:
    if case.origin is Origin.REGISTER:
        return
    for step, detail in _from_opening(case):
        timescale, opened = FROM_OPENING[step], case.spell.opened_on
        day = due(timescale, opened, asked[timescale]) if timescale else opened
        yield NextStep(step, day, detail=detail)
    yield from _bodies(case, asked, bodies)


def _from_opening(case: Case) -> Iterator[tuple[Step, str]]:
    if needs_police(case):
        yield Step.POLICE, ""
    if needs_reporting_restriction(case):
        yield Step.REPORTING, ""
    if not case.safety_measures:
        yield Step.SAFETY, ""
    waiting = [row.to for row in rows_not_yet_told(case)]
    if NoticeTo.SUBJECT in waiting:
        yield Step.TELL_PERSON, ""
    children = waiting.count(NoticeTo.CHILD)
    if children:
        several = f"{children} children or their parents"
        yield Step.TELL_CHILDREN, "the child or the parents" if children == 1 else several


def is_criminal(case: Case) -> bool:
    """Whether an offence is in issue."""
    limbs = (row.limb for allegation in case.allegations for row in allegation.limbs)
    return bool(case.legal_position_of_trust) or Limb.OFFENCE in limbs


def needs_police(case: Case) -> bool:
    strand = police_to_consult(case)
    begun = strand is None or strand.status is not StrandStatus.NOT_STARTED
    return not begun and is_criminal(case)


def needs_reporting_restriction(case: Case) -> bool:
    """Nobody decided yet, and it is a teacher accused of an offence where there are children."""
    decided = case.reporting_restriction or case.not_reporting_restricted_on is not None
    role = case.position.role
    teaches = role is not None and role.code in NOT_TO_BE_NAMED
    of_a_child = case.children is not Children.NONE_IDENTIFIED
    return not decided and teaches and of_a_child and is_criminal(case)


def _bodies(
    case: Case, asked: Mapping[Timescale, int], bodies: Mapping[str, str]
) -> Iterator[NextStep]:
    """Once it is substantiated, or the person was removed or left."""
    days = [*_substantiated(case), *_removed(case)]
    if not days:
        return
    pending = {r.body.code for r in case.referrals if r.decision is ReferralDecision.PENDING}
    left = [bodies[c] for c in codes_to_consider(case) if c in bodies and c not in pending]
    if left:
        day = due(Timescale.REFERRAL_SENT, min(days), asked[Timescale.REFERRAL_SENT])
        yield NextStep(Step.BODIES, day, detail=", ".join(left))


def _substantiated(case: Case) -> Iterator[date]:
    for allegation in case.allegations:
        outcome = allegation.outcome
        if outcome is not None and outcome.outcome is OutcomeCode.SUBSTANTIATED:
            yield outcome.decided_on


def _removed(case: Case) -> Iterator[date]:
    for strand in case.strands:
        if strand.kind is StrandKind.EMPLOYER:
            for result in strand.results:
                if result.term.code in REMOVED and result.reported_on is not None:
                    yield result.reported_on
