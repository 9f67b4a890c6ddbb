"""The timescales of one case, from its records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from lado.extensions import db
from lado.models import Case, ConsultationSubject, Decision, Strand, User
from lado.queries import settings
from lado.queries.case_standing import outcomes_on
from lado.queries.cases import seen_among
from lado.rules.clocks import Amounts, Clock, Facts, Meeting, clocks, employers
from lado.rules.strands import UNSETTLED
from lado.rules.timescales import Timescale
from lado.rules.vocabulary import (
    CaseStatus,
    DiscussionPurpose,
    Origin,
    OutcomeCode,
    ReferralDecision,
    StrandKind,
)

PLAINLY = frozenset({OutcomeCode.UNFOUNDED, OutcomeCode.FALSE, OutcomeCode.MALICIOUS})


def clocks_of(case: Case, *, user: User) -> list[Clock]:
    """Of a case that `lado.queries.cases.whole` has loaded."""
    return clocks(facts_of(case, user=user), settings.amounts())


def facts_of(case: Case, *, user: User) -> Facts:
    meetings = list(_meetings(case))
    police, employer = _strand(case, StrandKind.POLICE), _strand(case, StrandKind.EMPLOYER)
    ended = police.ended_on if police else None
    return Facts(
        received_on=case.received_on,
        opened_on=case.spells[0].opened_on,
        reopened_on=case.spell.reopened_on,
        concluded_on=case.spell.concluded_on,
        contact=_contact(case, user),
        meetings=meetings,
        police_heard=[d for d in police.days_heard if d <= (ended or d)] if police else [],
        police_agreed_on=police.review_on if police else None,
        police_ended_on=ended,
        police_over=police is None or police.is_over,
        referrals=[
            (each.considered_on, each.referred_on)
            for each in case.referrals
            if each.considered_on and each.decision is ReferralDecision.REFER
        ],
        employer=employer.employer if employer else UNSETTLED,
        employer_over=employer is None or employer.is_over,
        plainly_unfounded=not meetings and _is_plainly_unfounded(case),
    )


def _strand(case: Case, kind: StrandKind) -> Strand | None:
    return next((each for each in case.strands if each.kind is kind), None)


@dataclass(frozen=True)
class Owed:
    strand: Strand
    timescale: Timescale
    since: date
    due_on: date


def owed_by_employer(case: Case, amounts: Amounts | None = None) -> Owed | None:
    """The clock of theirs that runs. `amounts` are the council's own numbers, if read already."""
    strand = _strand(case, StrandKind.EMPLOYER)
    if strand is None or case.status is CaseStatus.CONCLUDED:
        return None
    numbers = settings.amounts() if amounts is None else amounts
    for each in employers(strand.employer, numbers, over=strand.is_over):
        if each.started_on and each.due_on and each.done_on is None:
            return Owed(strand, each.timescale, each.started_on, each.due_on)
    return None


def _contact(case: Case, user: User) -> tuple[date | None, date, date | None] | None:
    """Of the contact that opened it, where the user may know of that."""
    opener = next((each for each in case.subjects if each.opened_case), None)
    if opener is None or not seen_among(user, [opener.consultation_id]):
        return None
    decided = select(func.min(Decision.decided_on)).join(ConsultationSubject)
    decided_on = db.session.scalar(decided.where(Decision.subject_id == opener.id))
    return opener.consultation.aware_on, opener.consultation.received_on, decided_on


def _meetings(case: Case) -> Iterator[Meeting]:
    for each in case.discussions:
        if each.held_on is not None:
            yield Meeting(
                each.number,
                each.held_on,
                each.next_review_on,
                final=each.purpose is DiscussionPurpose.FINAL,
                circulated_on=each.first_circulated_on or each.circulated_on,
                minutes_elsewhere=each.origin is Origin.REGISTER,
                before_reopening=case.spell.begins_after(each),
            )


def _is_plainly_unfounded(case: Case) -> bool:
    found = outcomes_on(case, case.spell.concluded_on or date.max)
    return len(found) == len(case.allegations) and PLAINLY.issuperset(found)
