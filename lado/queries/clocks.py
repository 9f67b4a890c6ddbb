"""The timescales of one case, from its records."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select

from lado.extensions import db
from lado.models import Case, ConsultationSubject, Decision, User
from lado.queries import settings
from lado.queries.case_standing import outcomes_on
from lado.queries.cases import seen_among
from lado.queries.delays import begun_on
from lado.rules.clocks import Clock, Facts, Meeting, clocks
from lado.rules.vocabulary import (
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
    police = next((each for each in case.strands if each.kind is StrandKind.POLICE), None)
    heard = [police.started_on, *(r.reported_on for r in police.results)] if police else []
    heard += [update.heard_on for update in police.updates] if police else []
    ended = police.ended_on if police else None
    return Facts(
        begun_on=begun_on(case, case.spell),
        opened_on=case.spells[0].opened_on,
        concluded_on=case.spell.concluded_on,
        contact=_contact(case, user),
        meetings=meetings,
        police_heard=sorted(day for day in heard if day and (ended is None or day <= ended)),
        police_ended_on=ended,
        referrals=[
            (each.considered_on, each.referred_on)
            for each in case.referrals
            if each.considered_on and each.decision is ReferralDecision.REFER
        ],
        plainly_unfounded=not meetings and _is_plainly_unfounded(case),
    )


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
                circulated_on=each.circulated_on,
                minutes_elsewhere=each.origin is Origin.REGISTER,
            )


def _is_plainly_unfounded(case: Case) -> bool:
    found = outcomes_on(case, case.spell.concluded_on or date.max)
    return len(found) == len(case.allegations) and PLAINLY.issuperset(found)
