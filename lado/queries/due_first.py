"""What is overdue of a case as `lado.queries.first_steps` and `next_steps.referral_step` have it,
as SQL for lists. Of the bodies to consider only the DBS, which is one of them on every case."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from lado.models import (
    Allegation,
    AllegationLimb,
    Case,
    CaseSpell,
    Child,
    Notice,
    OnwardReferral,
    Outcome,
    Position,
    SafetyMeasure,
    Strand,
    StrandResult,
    Term,
)
from lado.queries.due_since import latest_overdue_start
from lado.rules.notices import OF_A_CHILD, NoticeStep, NoticeTo
from lado.rules.steps import FROM_OPENING, NOT_TO_BE_NAMED, REMOVED, Step
from lado.rules.threshold import Limb
from lado.rules.timescales import Timescale
from lado.rules.vocabulary import (
    DBS,
    Children,
    Origin,
    OutcomeCode,
    ReferralBasis,
    ReferralDecision,
    StrandKind,
    StrandStatus,
)

TOLD = NoticeStep.ALLEGATION_TOLD


def referral_overdue(today: date) -> ColumnElement[bool]:
    """To be sent, or to be decided on."""
    referral = aliased(OnwardReferral)
    last = latest_overdue_start(Timescale.REFERRAL_SENT, today)
    return exists().where(
        referral.case_id == Case.id,
        referral.considered_on <= last,
        unsettled(referral),
    )


def unsettled(referral: type[OnwardReferral]) -> ColumnElement[bool]:
    """To be sent, or to be decided on, and not to be asked after."""
    return and_(
        referral.considered_on.is_not(None),
        referral.chase_on.is_(None),
        or_(to_send(referral), referral.decision == ReferralDecision.PENDING),
    )


def to_send(referral: type[OnwardReferral]) -> ColumnElement[bool]:
    return and_(referral.decision == ReferralDecision.REFER, referral.referred_on.is_(None))


def first_steps_overdue(today: date) -> ColumnElement[bool]:
    ways = {
        Step.POLICE: _needs_police(),
        Step.REPORTING: _needs_reporting_restriction(),
        Step.SAFETY: ~exists().where(SafetyMeasure.case_id == Case.id),
        Step.TELL_PERSON: and_(Case.person_id.is_not(None), ~_noted((NoticeTo.SUBJECT,))),
        Step.TELL_CHILDREN: _child_to_tell(),
    }
    waits = (and_(_opened_by(_last_day(step, today)), way) for step, way in ways.items())
    return and_(Case.origin != Origin.REGISTER, or_(*waits, _dbs_overdue(today)))


def _last_day(step: Step, today: date) -> date:
    timescale = FROM_OPENING[step]
    return latest_overdue_start(timescale, today) if timescale else today - timedelta(days=1)


def _opened_by(day: date) -> ColumnElement[bool]:
    spell = aliased(CaseSpell)
    return exists().where(
        spell.case_id == Case.id, spell.concluded_on.is_(None), spell.opened_on <= day
    )


def _is_criminal() -> ColumnElement[bool]:
    offence = exists().where(
        Allegation.case_id == Case.id,
        AllegationLimb.allegation_id == Allegation.id,
        AllegationLimb.limb == Limb.OFFENCE,
    )
    return or_(Case.legal_position_of_trust.is_(True), offence)


def _needs_police() -> ColumnElement[bool]:
    strand = aliased(Strand)
    not_asked = exists().where(
        strand.case_id == Case.id,
        strand.kind == StrandKind.POLICE,
        strand.status == StrandStatus.NOT_STARTED,
        strand.consulted_on.is_(None),
    )
    return and_(not_asked, _is_criminal())


def _needs_reporting_restriction() -> ColumnElement[bool]:
    teaches = exists().where(
        Position.id == Case.position_id,
        Term.id == Position.role_id,
        Term.code.in_(NOT_TO_BE_NAMED),
    )
    return and_(
        ~Case.reporting_restriction,
        Case.not_reporting_restricted_on.is_(None),
        teaches,
        Case.children.is_distinct_from(Children.NONE_IDENTIFIED),
        _is_criminal(),
    )


def _noted(to: Collection[NoticeTo], *of: ColumnElement[bool]) -> ColumnElement[bool]:
    """Told of the allegation, or not yet and it is said why."""
    return exists().where(
        Notice.case_id == Case.id, Notice.notice_to.in_(to), Notice.step == TOLD, *of
    )


def _child_to_tell() -> ColumnElement[bool]:
    """Of each that is described; where none is, of the child as such."""
    described = exists().where(Child.case_id == Case.id)
    one_left = exists().where(
        Child.case_id == Case.id, ~_noted(OF_A_CHILD, Notice.child_id == Child.id)
    )
    about = Case.children.is_distinct_from(Children.NONE_IDENTIFIED)
    as_such = _noted(OF_A_CHILD, Notice.child_id.is_(None))
    return or_(one_left, and_(~described, about, ~as_such))


def _dbs_overdue(today: date) -> ColumnElement[bool]:
    last = latest_overdue_start(Timescale.REFERRAL_SENT, today)
    referral = aliased(OnwardReferral)
    by_duty = exists().where(
        referral.case_id == Case.id,
        Term.id == referral.body_id,
        Term.code == DBS,
        referral.basis.is_distinct_from(ReferralBasis.POWER),
    )
    substantiated = exists().where(
        Allegation.case_id == Case.id,
        Outcome.allegation_id == Allegation.id,
        Outcome.ended_on.is_(None),
        Outcome.outcome == OutcomeCode.SUBSTANTIATED,
        Outcome.decided_on <= last,
    )
    removed = exists().where(
        Strand.case_id == Case.id,
        Strand.kind == StrandKind.EMPLOYER,
        StrandResult.strand_id == Strand.id,
        StrandResult.reported_on <= last,
        Term.id == StrandResult.term_id,
        Term.code.in_(REMOVED),
    )
    return and_(or_(substantiated, removed), ~by_duty)
