"""Where a case stands that `lado.queries.cases.whole` has loaded: strands, referrals, measures, who
was told, help for a child and learning. What a case is not closed without is asked here (R-59)."""

from collections.abc import Iterable, Sequence

from lado.models import (
    Allegation,
    Case,
    LearningPoint,
    Notice,
    OnwardReferral,
    Position,
    SafetyMeasure,
    Strand,
    Term,
    User,
)
from lado.queries import vocabulary
from lado.queries.records_of import cases_about
from lado.rules import notices, regulators
from lado.rules.case_outcome import DISPROVED
from lado.rules.closure import SETTLED
from lado.rules.notices import NoticeRow, NoticeTo
from lado.rules.vocabulary import (
    DBS,
    Children,
    OutcomeCode,
    ReferralBasis,
    ReferralDecision,
    StrandKind,
    TermGroup,
)


def strands_to_end(case: Case) -> list[StrandKind]:
    return [strand.kind for strand in case.strands if strand.status not in SETTLED]


def police_to_consult(case: Case) -> Strand | None:
    """The police strand, where nobody recorded that they were consulted."""
    police = next((s for s in case.strands if s.kind is StrandKind.POLICE), None)
    return police if police and police.consulted_on is None else None


def bodies_offered_first(case: Case) -> list[str]:
    """Codes of the bodies that fit the person's positions, with the DBS before them."""
    return [DBS, *regulators.offered_first(*_roles_and_sectors(case))]


def bodies_to_consider(case: Case) -> list[Term]:
    """Those of which nobody has decided yet whether they are told: the DBS by the
    employer's duty, and who regulates the person's profession or setting (R-14)."""
    terms = {term.code: term for term in vocabulary.terms(TermGroup.REFERRAL_BODY)}
    return [terms[code] for code in codes_to_consider(case) if code in terms]


def codes_to_consider(case: Case) -> list[str]:
    decided = {referral.body.code for referral in case.referrals if _is_decided(referral)}
    needed = [DBS, *regulators.to_consider(*_roles_and_sectors(case))]
    return [code for code in needed if code not in decided]


def bodies_undecided(case: Case) -> list[str]:
    """These, and whoever else a referral to is still being considered."""
    bodies = bodies_to_consider(case)
    pending = [each for each in case.referrals if each.decision is ReferralDecision.PENDING]
    further = (each.to_whom for each in pending if each.body not in bodies or _by_power(each))
    return [*(body.label for body in bodies), *further]


def referrals_to_send(case: Case) -> list[OnwardReferral]:
    return [referral for referral in case.referrals if referral.is_to_send]


def _is_decided(referral: OnwardReferral) -> bool:
    """The council's own power is another matter than the employer's duty (R-28)."""
    return referral.decision is not ReferralDecision.PENDING and not _by_power(referral)


def _by_power(referral: OnwardReferral) -> bool:
    return referral.body.code == DBS and referral.basis is ReferralBasis.POWER


def _roles_and_sectors(case: Case) -> tuple[list[str], list[str]]:
    positions = list(_positions_of(case))
    roles = [position.role.code for position in positions if position.role]
    return roles, [position.sector.code for position in positions]


def _positions_of(case: Case) -> Iterable[Position]:
    """All that were stated of whom the case is about, the primary one first."""
    stated = [case.position]
    for subject in case.subjects:
        if subject.person_id == case.person_id:
            stated += [subject.position, *subject.other_positions]
    return dict.fromkeys(stated)


def measures_to_settle(case: Case) -> list[SafetyMeasure]:
    """Still considered, or in place and not passed on to anybody."""
    return [measure for measure in case.safety_measures if not measure.is_settled]


def standing_notices(case: Case) -> dict[NoticeRow, Notice]:
    """The newest of each row."""
    return {notice.row: notice for notice in case.notices}


def notice_rows(case: Case) -> list[NoticeRow]:
    numbers = [child.number for child in case.child_records]
    about = case.children is not Children.NONE_IDENTIFIED
    offered = notices.rows(numbers, is_about_a_child=about)
    return [*offered, *(row for row in standing_notices(case) if row not in offered)]


def rows_to_tell(case: Case) -> list[NoticeRow]:
    """Who is neither told nor is it said that they will not be and why: what is put off to a later
    day is still to be done."""
    settled = standing_notices(case).keys() - rows_put_off(case)
    is_named = case.person_id is not None
    return notices.still_to_tell(notice_rows(case), settled, is_named=is_named)


def rows_put_off(case: Case) -> set[NoticeRow]:
    return {row for row, notice in standing_notices(case).items() if notice.look_again_on}


def rows_not_yet_told(case: Case) -> list[NoticeRow]:
    """Of whom nothing is recorded about the allegation, not even why not yet."""
    rows = notices.not_yet_told(notice_rows(case), standing_notices(case))
    named = case.person_id is not None
    return [row for row in rows if named or row.to is not NoticeTo.SUBJECT]


def help_to_consider(case: Case) -> Sequence[int]:
    """Numbers of allegations that are not true, where nobody considered whether the child needs
    help (R-26)."""
    return [
        allegation.number
        for allegation in case.allegations
        if (outcome := allegation.outcome)
        and outcome.outcome in DISPROVED
        and outcome.child_help is None
    ]


def learning_is_settled(case: Case) -> bool:
    """Recorded, or somebody said that there is none, since the case was opened again if it was."""
    return bool(learned_since_opened(case)) or case.learning_none_on is not None


def learned_since_opened(case: Case) -> list[LearningPoint]:
    points, since = case.learning_points, case.spell.entered_at
    return [each for each in points if case.spell.number == 1 or each.entered_at >= since]


def earlier_substantiated(case: Case, user: User) -> list[Allegation]:
    """Of other cases about the same person that `user` may know of."""
    if case.person is None:
        return []
    return [
        allegation
        for other in cases_about(user, case.person)
        if other.id != case.id
        for allegation in other.allegations
        if allegation.outcome and allegation.outcome.outcome is OutcomeCode.SUBSTANTIATED
    ]
