"""Which texts a record is found by, and the words shown for where each stands.

A text column that no source names must stand in the test of them with its reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lado.models import (
    Action,
    Allegation,
    Case,
    CaseSpell,
    Child,
    Circulation,
    Confirmation,
    Consultation,
    ConsultationSubject,
    Decision,
    DelayReason,
    Document,
    Enquiry,
    FollowUp,
    GivenName,
    LearningPoint,
    Matter,
    MatterCase,
    Minute,
    MinutesCopy,
    MinutesVersion,
    Note,
    Notice,
    OnwardReferral,
    Organisation,
    OrganisationName,
    OtherAuthority,
    Outcome,
    Participant,
    Person,
    PersonName,
    Position,
    SafetyMeasure,
    SafetyMeasureReview,
    Strand,
    StrandResult,
    StrandUpdate,
    StrategyDiscussion,
    subject_other_position,
)
from lado.rules.search import SearchKind

Column = InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Source:
    """Texts of one table, each a column or several, with its words. `record` is the id of the
    record they belong to, reached through `via`."""

    record: ColumnElement[Any] | Column
    texts: Mapping[Any, str]
    via: tuple[Any, ...] = ()

    def columns(self) -> list[tuple[Column, ...]]:
        return [each if isinstance(each, tuple) else (each,) for each in self.texts]

    @property
    def width(self) -> int:
        return sum(len(columns) for columns in self.columns())


_SUBJECT = ConsultationSubject
_NAME = {(PersonName.forename, PersonName.surname): "Name"}
_ABOUT = {(PersonName.forename, PersonName.surname): "About"}
_PLACE = {Organisation.name: "Organisation"}
_NOTE = {(Note.other_party, Note.text): "Note"}
_DOCUMENT = {Document.title: "Document", Document.withdrawn_reason: "Why it was withdrawn"}
_AUTHORITY = {
    (OtherAuthority.authority, OtherAuthority.contact, OtherAuthority.told): "Other authority"
}
_of_decision = (_SUBJECT, _SUBJECT.id == Decision.subject_id)
_of_discussion = StrategyDiscussion.id
_OF_VERSION = (
    (MinutesVersion, MinutesVersion.id == MinutesCopy.version_id),
    (StrategyDiscussion, _of_discussion == MinutesVersion.discussion_id),
)
_other = aliased(Position)

SOURCES: dict[SearchKind, tuple[Source, ...]] = {
    SearchKind.PERSON: (Source(PersonName.person_id, _NAME),),
    SearchKind.ORGANISATION: (
        Source(
            Organisation.id,
            {
                Organisation.name: "Organisation",
                (
                    Organisation.address,
                    Organisation.town,
                    Organisation.postcode,
                    Organisation.authority,
                ): "Where",
                Organisation.urn: "URN",
            },
        ),
        Source(OrganisationName.organisation_id, {OrganisationName.name: "Other name"}),
    ),
    SearchKind.CONSULTATION: (
        Source(
            Consultation.id,
            {
                Consultation.reference: "Reference",
                Consultation.imported_reference: "Reference in the register",
                Consultation.summary: "What was said",
                Consultation.interim_advice: "Interim advice",
                (
                    Consultation.referrer_name,
                    Consultation.referrer_role,
                    Consultation.referrer_contact,
                    Consultation.referrer_relation,
                ): "Caller",
                Consultation.raised_first_by: "Raised first by",
                Consultation.police_reference: "Police reference",
                Consultation.taken_by_text: "Taken by",
                Consultation.late_report_reason: "Why it was reported late",
            },
        ),
        Source(
            _SUBJECT.consultation_id,
            _ABOUT,
            ((_SUBJECT, _SUBJECT.person_id == PersonName.person_id),),
        ),
        Source(
            _SUBJECT.consultation_id,
            {(GivenName.forename, GivenName.surname): "About, as the caller gave it"},
            ((_SUBJECT, _SUBJECT.id == GivenName.subject_id),),
        ),
        Source(
            Consultation.id, _PLACE, ((Consultation, Consultation.setting_id == Organisation.id),)
        ),
        Source(
            _SUBJECT.consultation_id,
            _PLACE,
            (
                (Position, Position.organisation_id == Organisation.id),
                (_SUBJECT, _SUBJECT.position_id == Position.id),
            ),
        ),
        Source(
            _SUBJECT.consultation_id,
            _PLACE,
            ((_SUBJECT, _SUBJECT.organisation_id == Organisation.id),),
        ),
        Source(
            _SUBJECT.consultation_id,
            _PLACE,
            (
                (_other, _other.organisation_id == Organisation.id),
                (subject_other_position, subject_other_position.c.position_id == _other.id),
                (_SUBJECT, _SUBJECT.id == subject_other_position.c.subject_id),
            ),
        ),
        Source(_SUBJECT.consultation_id, {_SUBJECT.earlier_weight: "Weight of earlier records"}),
        Source(
            _SUBJECT.consultation_id,
            {
                Decision.reasons: "Reasons for the decision",
                Decision.ended_grounds: "Grounds of an earlier decision",
                Decision.advice: "Advice",
                Decision.ended_reason: "Why it was decided again",
            },
            (_of_decision,),
        ),
        Source(
            Child.consultation_id,
            {(Child.name, Child.social_care_reference): "Child"},
        ),
        Source(Note.consultation_id, _NOTE),
        Source(Document.consultation_id, _DOCUMENT),
        Source(OtherAuthority.consultation_id, _AUTHORITY),
        Source(
            FollowUp.consultation_id,
            {
                FollowUp.what: "Follow-up",
                FollowUp.result: "Result of a follow-up",
                FollowUp.dropped_reason: "Why a follow-up was dropped",
            },
        ),
        Source(
            Confirmation.consultation_id,
            {
                (Confirmation.recipient_name, Confirmation.recipient_role): "Letter to",
                Confirmation.text: "Letter",
            },
        ),
    ),
    SearchKind.CASE: (
        Source(
            Case.id,
            {
                Case.reference: "Reference",
                Case.imported_reference: "Reference in the register",
                Case.reporting_restriction_lift_reason: "Why the reporting restriction was lifted",
                Case.not_reporting_restricted_reason: "Why there is no reporting restriction",
                Case.proposed_note: "Closure asked for",
                Case.learning_none_reason: "Why there is no learning",
            },
        ),
        Source(Case.id, _ABOUT, ((Case, Case.person_id == PersonName.person_id),)),
        Source(Case.id, _PLACE, ((Case, Case.organisation_id == Organisation.id),)),
        Source(
            Case.id,
            _PLACE,
            (
                (Position, Position.organisation_id == Organisation.id),
                (Case, Case.position_id == Position.id),
            ),
        ),
        Source(
            Allegation.case_id,
            {Allegation.description: "Allegation", Allegation.place: "Place of an allegation"},
        ),
        Source(
            Allegation.case_id,
            {
                Outcome.reasons: "Reasons for an outcome",
                Outcome.evidence: "Evidence for an outcome",
                Outcome.ended_reason: "Why an outcome was changed",
                (Outcome.child_help_by, Outcome.child_help_reasons): "Help for a child",
            },
            ((Allegation, Allegation.id == Outcome.allegation_id),),
        ),
        Source(
            Child.case_id,
            {
                (Child.name, Child.social_care_reference): "Child",
                Child.view: "View of a child",
                Child.voice_reason: "Why a child’s view was not sought",
            },
        ),
        Source(
            Strand.case_id,
            {
                Strand.lead: "Lead of a strand",
                Strand.consulted_with: "Consulted with",
                Strand.reference: "Reference of a strand",
                Strand.not_applicable_reason: "Why a strand is not applicable",
            },
        ),
        *(
            Source(Strand.case_id, {text: words}, ((Strand, Strand.id == part),))
            for part, text, words in (
                (StrandResult.strand_id, StrandResult.detail, "Result of a strand"),
                (StrandUpdate.strand_id, StrandUpdate.text, "What an agency said"),
            )
        ),
        Source(
            StrategyDiscussion.case_id,
            {
                StrategyDiscussion.place: "Place of a discussion",
                StrategyDiscussion.cancelled_reason: "Why a discussion was cancelled",
            },
        ),
        Source(
            StrategyDiscussion.case_id,
            {Minute.text: "Minutes"},
            ((StrategyDiscussion, _of_discussion == Minute.discussion_id),),
        ),
        Source(
            StrategyDiscussion.case_id,
            {
                (Participant.name, Participant.role): "Took part in a discussion",
                Participant.left_out_reason: "Why somebody was left out",
                (
                    Participant.conflict_of_interest,
                    Participant.conflict_handled,
                ): "Conflict of interest",
            },
            ((StrategyDiscussion, _of_discussion == Participant.discussion_id),),
        ),
        Source(
            StrategyDiscussion.case_id,
            {Circulation.recipient: "Minutes sent to"},
            ((MinutesCopy, MinutesCopy.id == Circulation.copy_id), *_OF_VERSION),
        ),
        Source(
            StrategyDiscussion.case_id,
            {MinutesCopy.made_for: "Copy of minutes for"},
            _OF_VERSION,
        ),
        Source(
            StrategyDiscussion.case_id,
            {MinutesVersion.correction_reason: "Why minutes were corrected"},
            ((StrategyDiscussion, _of_discussion == MinutesVersion.discussion_id),),
        ),
        Source(
            Action.case_id,
            {
                Action.description: "Action",
                Action.owner: "Action for",
                Action.result: "Result of an action",
                Action.waived_reason: "Why an action was waived",
            },
        ),
        Source(
            OnwardReferral.case_id,
            {
                OnwardReferral.reasons: "Reasons for a referral",
                OnwardReferral.decided_by: "Referral decided by",
                OnwardReferral.reference: "Reference of a referral",
                OnwardReferral.result: "Result of a referral",
            },
        ),
        Source(
            SafetyMeasure.case_id,
            {
                (SafetyMeasure.reasons, SafetyMeasure.alternatives): "Safety measure",
                (
                    SafetyMeasure.decided_by,
                    SafetyMeasure.support_contact,
                    SafetyMeasure.passed_on_to,
                ): "Safety measure, by whom",
                SafetyMeasure.ended_reason: "Why a safety measure ended",
            },
        ),
        Source(
            SafetyMeasure.case_id,
            {SafetyMeasureReview.decided: "Review of a safety measure"},
            ((SafetyMeasure, SafetyMeasure.id == SafetyMeasureReview.measure_id),),
        ),
        Source(
            Notice.case_id,
            {
                (Notice.told_by, Notice.detail): "Who was told",
                Notice.withheld_reason: "Why somebody was not told",
            },
        ),
        Source(DelayReason.case_id, {DelayReason.text: "Reason for delay"}),
        Source(LearningPoint.case_id, {LearningPoint.description: "Learning"}),
        Source(
            CaseSpell.case_id,
            {
                CaseSpell.closure_note: "How it ended",
                CaseSpell.reopened_reason: "Why it was reopened",
            },
        ),
        Source(Note.case_id, _NOTE),
        Source(Document.case_id, _DOCUMENT),
        Source(OtherAuthority.case_id, _AUTHORITY),
        Source(
            MatterCase.case_id,
            {
                MatterCase.reason: "What the matter has in common",
                MatterCase.left_reason: "Why it left a matter",
            },
        ),
        Source(
            MatterCase.case_id,
            {Matter.reference: "Matter"},
            ((MatterCase, MatterCase.matter_id == Matter.id),),
        ),
    ),
    SearchKind.ENQUIRY: (
        Source(
            Enquiry.id,
            {
                Enquiry.reference: "Reference",
                (Enquiry.forename, Enquiry.surname): "About",
                Enquiry.former_names: "Former names",
                (Enquiry.asker_name, Enquiry.asker_role, Enquiry.asker_contact): "Who asks",
                Enquiry.purpose: "What it is for",
                Enquiry.answer_text: "Answer",
                Enquiry.answer_reasons: "Reasons for the answer",
            },
        ),
    ),
}
RECORDS: dict[SearchKind, Any] = {
    SearchKind.PERSON: Person,
    SearchKind.ORGANISATION: Organisation,
    SearchKind.CONSULTATION: Consultation,
    SearchKind.CASE: Case,
    SearchKind.ENQUIRY: Enquiry,
}
