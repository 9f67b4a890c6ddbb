"""What the columns of a register cannot hold, and on which records it stands."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, or_, select

from lado.extensions import db
from lado.models import (
    Action,
    Allegation,
    AllegationLimb,
    Case,
    CaseSpell,
    Child,
    Consultation,
    ConsultationSubject,
    Decision,
    LearningPoint,
    Note,
    OnwardReferral,
    Outcome,
    Participant,
    PersonName,
    Position,
    Strand,
    StrandResult,
    StrategyDiscussion,
    SubjectLimb,
    Term,
)
from lado.queries.register import DBS, FIRST
from lado.rules.vocabulary import (
    CaseStatus,
    DatePrecision,
    DiscussionStatus,
    NameKind,
    StrandKind,
    StrandStatus,
)

Ids = Select[*tuple[Any, ...]]


def on_consultations() -> Iterator[tuple[str, list[int]]]:
    """In words, and the ids of the consultations."""
    for what, query in _consultation_queries():
        yield what, _ids(query)


def on_cases() -> Iterator[tuple[str, list[int]]]:
    for what, query in _case_queries():
        yield what, _ids(query)


def _ids(query: Ids) -> list[int]:
    return sorted({id_ for id_ in db.session.scalars(query) if id_})


def _consultation_queries() -> Iterator[tuple[str, Ids]]:
    subject, decision = ConsultationSubject, Decision
    yield "Further adults", select(subject.consultation_id).where(subject.number > FIRST)
    yield "Notes", select(Note.consultation_id)
    yield "Details of children", select(Child.consultation_id)
    yield (
        "When it happened",
        select(Consultation.id).where(Consultation.happened_precision != DatePrecision.NOT_KNOWN),
    )
    yield (
        "How to reach the referrer, if they may be named, why it came late",
        select(Consultation.id).where(
            or_(
                Consultation.anonymous,
                Consultation.referrer_contact.is_not(None),
                Consultation.referrer_may_be_named.is_not(None),
                Consultation.late_report_reason.is_not(None),
            )
        ),
    )
    yield "Restriction to named users", select(Consultation.id).where(Consultation.restricted)
    yield (
        "Limbs of the threshold",
        select(subject.consultation_id).join(SubjectLimb, SubjectLimb.subject_id == subject.id),
    )
    yield (
        "Earlier records considered",
        select(subject.consultation_id).where(subject.earlier_records.is_not(None)),
    )
    decided = select(subject.consultation_id).join(decision, decision.subject_id == subject.id)
    yield (
        "Reasons and tier of the decision, and who decided",
        decided.where(
            or_(
                decision.reasons.is_not(None),
                decision.tier_id.is_not(None),
                decision.decided_by_id.is_not(None),
            )
        ),
    )
    yield "Earlier decisions", decided.where(decision.ended_on.is_not(None))
    yield (
        "Other names, and an age in place of a date of birth",
        select(subject.consultation_id)
        .join(PersonName, PersonName.person_id == subject.person_id)
        .where(PersonName.kind != NameKind.CURRENT),
    )
    yield (
        "Whether a position is paid, and from when to when it is held",
        select(subject.consultation_id)
        .join(Position, Position.id == subject.position_id)
        .where(
            or_(
                Position.paid.is_not(None),
                Position.held_from.is_not(None),
                Position.held_to.is_not(None),
            )
        ),
    )


def _case_queries() -> Iterator[tuple[str, Ids]]:
    yield "Reopening", select(CaseSpell.case_id).where(CaseSpell.number > FIRST)
    yield "Owner", select(Case.id).where(Case.owner_id.is_not(None))
    yield (
        "Restriction to named users, or on reporting",
        select(Case.id).where(or_(Case.restricted, Case.reporting_restriction)),
    )
    yield "Notes", select(Note.case_id)
    yield "Actions", select(Action.case_id)
    yield "Details of children", select(Child.case_id)
    yield from _allegation_queries()
    yield from _discussion_queries()
    yield from _strand_queries()
    yield (
        "What was learned, in words",
        select(LearningPoint.case_id).where(LearningPoint.description.is_not(None)),
    )


def _allegation_queries() -> Iterator[tuple[str, Ids]]:
    yield "Further allegations", select(Allegation.case_id).where(Allegation.number > FIRST)
    yield (
        "Sub-category, place and dates of an allegation",
        select(Allegation.case_id).where(
            or_(
                Allegation.subcategory_id.is_not(None),
                Allegation.place.is_not(None),
                Allegation.happened_precision != DatePrecision.NOT_KNOWN,
            )
        ),
    )
    yield (
        "Limbs of the threshold",
        select(Allegation.case_id).join(
            AllegationLimb, AllegationLimb.allegation_id == Allegation.id
        ),
    )
    judged = select(Allegation.case_id).join(Outcome, Outcome.allegation_id == Allegation.id)
    yield (
        "Outcome of a case that is not concluded",
        judged.join(Case, Case.id == Allegation.case_id).where(
            Case.status != CaseStatus.CONCLUDED, Outcome.ended_on.is_(None)
        ),
    )
    yield (
        "Reasons and evidence of an outcome, and who decided it",
        judged.where(
            or_(
                Outcome.reasons.is_not(None),
                Outcome.evidence.is_not(None),
                Outcome.decided_by_id.is_not(None),
            )
        ),
    )
    yield "Earlier outcomes", judged.where(Outcome.ended_on.is_not(None))
    yield (
        "Note on the closure, and who concluded the case",
        select(CaseSpell.case_id).where(
            or_(CaseSpell.closure_note.is_not(None), CaseSpell.concluded_by_id.is_not(None))
        ),
    )


def _discussion_queries() -> Iterator[tuple[str, Ids]]:
    discussion = StrategyDiscussion
    yield (
        "Strategy discussions that were not held",
        select(discussion.case_id).where(
            discussion.status.in_([DiscussionStatus.SCHEDULED, DiscussionStatus.CANCELLED])
        ),
    )
    yield (
        "Purpose and minutes of strategy discussions",
        select(discussion.case_id).where(discussion.purpose.is_not(None)),
    )
    yield (
        "Participants of strategy discussions",
        select(discussion.case_id).join(Participant, Participant.discussion_id == discussion.id),
    )


def _strand_queries() -> Iterator[tuple[str, Ids]]:
    results = select(Strand.case_id).join(StrandResult, StrandResult.strand_id == Strand.id)
    yield (
        "Result of children's social care",
        results.where(Strand.kind == StrandKind.SOCIAL_CARE),
    )
    yield (
        "Earlier results, and the day and detail of results",
        results.where(
            or_(
                StrandResult.ended_on.is_not(None),
                StrandResult.reported_on.is_not(None),
                StrandResult.detail.is_not(None),
            )
        ),
    )
    yield (
        "Lead and dates of an agency's own enquiry",
        select(Strand.case_id).where(
            or_(
                Strand.lead.is_not(None),
                Strand.started_on.is_not(None),
                Strand.ended_on.is_not(None),
                Strand.status == StrandStatus.ONGOING,
            )
        ),
    )
    yield (
        "Referrals to other bodies than the DBS, and such as were not sent",
        select(OnwardReferral.case_id)
        .join(Term, Term.id == OnwardReferral.body_id)
        .where(or_(Term.code != DBS, OnwardReferral.referred_on.is_(None))),
    )
    yield (
        "Further referrals, and what is known of a referral but its day",
        select(OnwardReferral.case_id).where(
            or_(
                OnwardReferral.number > FIRST,
                OnwardReferral.considered_on.is_not(None),
                OnwardReferral.reference.is_not(None),
            )
        ),
    )
