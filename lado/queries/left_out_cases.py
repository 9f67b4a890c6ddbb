"""What the columns of a register cannot hold of a case."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lado.models import (
    Action,
    Allegation,
    AllegationLimb,
    Case,
    CaseSpell,
    Chase,
    Child,
    Consultation,
    ConsultationSubject,
    DelayReason,
    Document,
    FormerOwner,
    LearningPoint,
    MatterCase,
    Minute,
    MinutesVersion,
    Note,
    Notice,
    OnwardReferral,
    OtherAuthority,
    Outcome,
    Participant,
    ReceivedInformation,
    SafetyMeasure,
    Strand,
    StrandResult,
    StrandUpdate,
    StrategyDiscussion,
    Term,
)
from lado.queries.register import FIRST
from lado.rules.vocabulary import (
    DBS,
    CaseStatus,
    DatePrecision,
    DisclosureClass,
    DiscussionStatus,
    LearningKind,
    RetentionClass,
    StrandKind,
    StrandStatus,
)

Ids = Any
Kinds = tuple[tuple[str, Ids], ...]


def filled(*columns: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Any of them."""
    return or_(*(column.is_not(None) for column in columns))


def filed(record: type[Any]) -> ColumnElement[bool]:
    return or_(
        record.retention_class != RetentionClass.UNDETERMINED,
        record.retention_review_on.is_not(None),
        record.legal_hold,
    )


def classed(text: Any) -> Any:
    return text.disclosure != DisclosureClass.UNDETERMINED


subject = ConsultationSubject
discussion, referral = StrategyDiscussion, OnwardReferral
_opener = aliased(subject)
opened_by_first = select(_opener.case_id).where(_opener.opened_case, _opener.number == FIRST)
# The subject is the first adult of a contact in whose row a case is told.
told_here = and_(
    subject.number == FIRST,
    or_(subject.opened_case, subject.case_id.not_in(opened_by_first)),
)

of_case = select(Case.id)
told = (
    of_case.join(subject, and_(subject.case_id == Case.id, told_here))
    .join(Consultation, Consultation.id == subject.consultation_id)
    .join(Allegation, and_(Allegation.case_id == Case.id, Allegation.is_primary))
)
of_allegation = select(Allegation.case_id)
judged = of_allegation.join(Outcome, Outcome.allegation_id == Allegation.id)
of_spell = select(CaseSpell.case_id)
of_discussion = select(discussion.case_id)
of_strand = select(Strand.case_id)
results = of_strand.join(StrandResult, StrandResult.strand_id == Strand.id)
of_referral = select(referral.case_id)


def _has_result() -> ColumnElement[bool]:
    return exists().where(StrandResult.strand_id == Strand.id, StrandResult.ended_on.is_(None))


def _known_otherwise() -> ColumnElement[bool]:
    """An import takes a strand with a result for ended, and one without for not started."""
    return or_(
        and_(_has_result(), Strand.status != StrandStatus.ENDED),
        and_(~_has_result(), Strand.status != StrandStatus.NOT_STARTED),
    )


CASES: Kinds = (
    (
        "All of it, or what does not fit where somebody joined it: a further adult's case",
        of_case.where(Case.id.not_in(opened_by_first)),
    ),
    ("Earlier conclusions and reopenings", of_spell.where(CaseSpell.number > FIRST)),
    (
        "Person who was not named when it was opened",
        told.where(Case.person_id.is_distinct_from(subject.person_id)),
    ),
    (
        "Owner",
        union_all(
            of_case.where(Case.owner_id.is_not(None)),
            of_spell.join(FormerOwner, FormerOwner.spell_id == CaseSpell.id),
        ),
    ),
    ("Legal position of trust", of_case.where(Case.legal_position_of_trust.is_not(None))),
    (
        "Restriction to named users, or on reporting",
        of_case.where(
            or_(
                Case.restricted,
                Case.reporting_restriction,
                Case.not_reporting_restricted_on.is_not(None),
            )
        ),
    ),
    ("Request to close it", of_case.where(Case.closure_requested_by_id.is_not(None))),
    ("Notes", select(Note.case_id)),
    ("Safety measures", select(SafetyMeasure.case_id)),
    ("Who was told, or why not yet", select(Notice.case_id)),
    ("That there is no learning", of_case.where(Case.learning_none_on.is_not(None))),
    ("Help for a child considered", judged.where(Outcome.child_help.is_not(None))),
    ("Documents", select(Document.case_id)),
    ("Other authorities", select(OtherAuthority.case_id)),
    ("Matter that it belongs to", select(MatterCase.case_id)),
    ("Actions", select(Action.case_id)),
    ("Reasons for delay", select(DelayReason.case_id)),
    ("What was chased", select(Chase.case_id)),
    ("Details of children", select(Child.case_id)),
    ("Further allegations", of_allegation.where(Allegation.number > FIRST)),
    (
        "Sub-category, place and dates of an allegation",
        of_allegation.where(
            or_(
                filled(Allegation.subcategory_id, Allegation.place),
                Allegation.happened_precision != DatePrecision.NOT_KNOWN,
            )
        ),
    ),
    (
        "Context and description of an allegation, other than the contact's",
        told.where(
            or_(
                Allegation.context_id.is_distinct_from(subject.context_id),
                Allegation.description.is_distinct_from(Consultation.summary),
            )
        ),
    ),
    (
        "Limbs of the threshold",
        of_allegation.join(AllegationLimb, AllegationLimb.allegation_id == Allegation.id),
    ),
    (
        "Outcome of a case that is not concluded",
        judged.join(Case, Case.id == Allegation.case_id).where(
            Case.status != CaseStatus.CONCLUDED, Outcome.ended_on.is_(None)
        ),
    ),
    (
        "Day, reasons and evidence of an outcome, and who decided it",
        union_all(
            judged.where(filled(Outcome.reasons, Outcome.evidence, Outcome.decided_by_id)),
            judged.join(CaseSpell, CaseSpell.case_id == Allegation.case_id).where(
                CaseSpell.concluded_on != Outcome.decided_on
            ),
        ),
    ),
    ("Earlier outcomes", judged.where(Outcome.ended_on.is_not(None))),
    (
        "Note on the closure, who concluded the case, and its reason beside an outcome",
        union_all(
            of_spell.where(filled(CaseSpell.closure_note, CaseSpell.concluded_by_id)),
            judged.join(CaseSpell, CaseSpell.case_id == Allegation.case_id).where(
                CaseSpell.closure_reason_id.is_not(None)
            ),
        ),
    ),
    (
        "Strategy discussions that were not held",
        of_discussion.where(
            discussion.status.in_([DiscussionStatus.SCHEDULED, DiscussionStatus.CANCELLED])
        ),
    ),
    (
        "Purpose, arrangement and minutes of strategy discussions",
        union_all(
            of_discussion.where(
                or_(
                    filled(
                        discussion.purpose,
                        discussion.scheduled_on,
                        discussion.scheduled_at,
                        discussion.place,
                        discussion.chair_id,
                        discussion.next_review_on,
                    ),
                    discussion.status.in_(
                        [DiscussionStatus.MINUTES_AGREED, DiscussionStatus.CIRCULATED]
                    ),
                    discussion.joint,
                )
            ),
            of_discussion.join(Minute, Minute.discussion_id == discussion.id),
            of_discussion.join(MinutesVersion, MinutesVersion.discussion_id == discussion.id),
            of_discussion.join(
                ReceivedInformation, ReceivedInformation.discussion_id == discussion.id
            ),
        ),
    ),
    (
        "Participants of strategy discussions",
        of_discussion.join(Participant, Participant.discussion_id == discussion.id),
    ),
    (
        "Result of children's social care",
        results.where(Strand.kind == StrandKind.SOCIAL_CARE),
    ),
    (
        "Earlier results, and the day and detail of results",
        results.where(filled(StrandResult.ended_on, StrandResult.reported_on, StrandResult.detail)),
    ),
    (
        "Lead, dates and state of an agency's own enquiry",
        of_strand.where(
            or_(
                filled(
                    Strand.lead, Strand.started_on, Strand.ended_on, Strand.not_applicable_reason
                ),
                _known_otherwise(),
            )
        ),
    ),
    (
        "When an agency was consulted, its reference, what it said, and when it is asked again",
        union_all(
            of_strand.where(
                filled(
                    Strand.review_on,
                    Strand.consulted_on,
                    Strand.consulted_with,
                    Strand.reference,
                )
            ),
            of_strand.join(StrandUpdate, StrandUpdate.strand_id == Strand.id),
        ),
    ),
    (
        "How an employer deals with it, and the days of that",
        of_strand.where(filled(Strand.way)),
    ),
    (
        "Referrals to other bodies than the DBS, and such as were not sent",
        of_referral.join(Term, Term.id == referral.body_id).where(
            or_(Term.code != DBS, referral.referred_on.is_(None))
        ),
    ),
    (
        "Further referrals, and what is known of a referral but its day",
        of_referral.where(
            or_(
                referral.number > FIRST,
                filled(
                    referral.basis,
                    referral.considered_on,
                    referral.decided_by,
                    referral.reasons,
                    referral.reference,
                    referral.chase_on,
                    referral.acknowledged_on,
                    referral.closed_on,
                    referral.result,
                ),
            )
        ),
    ),
    (
        "What was learned, in words, and whether it is good practice",
        select(LearningPoint.case_id).where(
            or_(
                LearningPoint.description.is_not(None),
                LearningPoint.kind != LearningKind.IMPROVEMENT,
            )
        ),
    ),
    ("How long it is kept, and a legal hold", of_case.where(filed(Case))),
    (
        "Disclosure class of a text, and the agency it came from",
        union_all(
            told.where(
                or_(
                    classed(Allegation),
                    and_(
                        Allegation.text_agency_id.is_not(None),
                        Allegation.text_agency_id.is_distinct_from(Consultation.referrer_agency_id),
                    ),
                )
            ),
            *(
                texts.where(or_(classed(text), text.text_agency_id.is_not(None)))
                for texts, text in (
                    (judged, Outcome),
                    (results, StrandResult),
                    (of_discussion, discussion),
                    (of_referral, referral),
                    (select(LearningPoint.case_id), LearningPoint),
                )
            ),
        ),
    ),
)
