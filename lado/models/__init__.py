"""Tables, constraints and tiny properties. Importing this package maps them all."""

from lado.models.alert import AlertReview, AlertReviewContact
from lado.models.allegation import Allegation, AllegationLimb, Outcome, allegation_child
from lado.models.audit import AuditEvent, DisposalPermit
from lado.models.base import Base
from lado.models.case import Case, CaseSpell, FormerOwner
from lado.models.child import Child
from lado.models.confirmation import AdviceTemplate, Confirmation
from lado.models.conflict import Declaration, SuspectedConflict
from lado.models.consultation import (
    Consultation,
    ConsultationSubject,
    Decision,
    GivenName,
    Pseudonym,
    RegisterImport,
    SubjectLimb,
    subject_other_position,
)
from lado.models.document import Document
from lado.models.draft import Draft
from lado.models.duty import DutyDay
from lado.models.enquiry import Enquiry, EnquiryClosedTo, EnquiryRecord, EnquirySearch
from lado.models.follow_up import FollowUp
from lado.models.information_request import InformationRequest
from lado.models.matter import Matter, MatterCase
from lado.models.minutes import (
    Circulation,
    MinutesCopy,
    MinutesVersion,
    WithdrawnCopy,
    WithheldPart,
)
from lado.models.note import Note
from lado.models.notice import Notice
from lado.models.onward_referral import LearningPoint, OnwardReferral
from lado.models.organisation import (
    Organisation,
    OrganisationMerge,
    OrganisationMoved,
    OrganisationName,
    OrganisationsApart,
    OrganisationWord,
)
from lado.models.other_authority import OtherAuthority
from lado.models.peer_audit import AuditedDecision, AuditedLimb, PeerAudit
from lado.models.person import (
    Associate,
    Person,
    PersonComparison,
    PersonKey,
    PersonName,
    Position,
)
from lado.models.received_form import FormClosedTo, ReceivedForm
from lado.models.received_transfer import ReceivedTransfer
from lado.models.report import Report
from lado.models.safety_measure import SafetyMeasure, SafetyMeasureReview
from lado.models.search import SearchEntry
from lado.models.setting import ReferenceCounter, Setting
from lado.models.strand import Strand, StrandResult, StrandUpdate
from lado.models.strategy_discussion import (
    Action,
    ActionChange,
    Minute,
    Participant,
    ReceivedInformation,
    StrategyDiscussion,
)
from lado.models.sub_group import SubGroupAction, SubGroupProgress
from lado.models.term import Term
from lado.models.timekeeping import Chase, DelayReason, Reminder
from lado.models.training import TrainingSession
from lado.models.user import (
    Invitation,
    NamedAccess,
    RateCount,
    RecoveryCode,
    SecondFactor,
    User,
    UserSession,
)

__all__ = [
    "Action",
    "ActionChange",
    "AdviceTemplate",
    "AlertReview",
    "AlertReviewContact",
    "Allegation",
    "AllegationLimb",
    "Associate",
    "AuditEvent",
    "AuditedDecision",
    "AuditedLimb",
    "Base",
    "Case",
    "CaseSpell",
    "Chase",
    "Child",
    "Circulation",
    "Confirmation",
    "Consultation",
    "ConsultationSubject",
    "Decision",
    "Declaration",
    "DelayReason",
    "DisposalPermit",
    "Document",
    "Draft",
    "DutyDay",
    "Enquiry",
    "EnquiryClosedTo",
    "EnquiryRecord",
    "EnquirySearch",
    "FollowUp",
    "FormClosedTo",
    "FormerOwner",
    "GivenName",
    "InformationRequest",
    "Invitation",
    "LearningPoint",
    "Matter",
    "MatterCase",
    "Minute",
    "MinutesCopy",
    "MinutesVersion",
    "NamedAccess",
    "Note",
    "Notice",
    "OnwardReferral",
    "Organisation",
    "OrganisationMerge",
    "OrganisationMoved",
    "OrganisationName",
    "OrganisationWord",
    "OrganisationsApart",
    "OtherAuthority",
    "Outcome",
    "Participant",
    "PeerAudit",
    "Person",
    "PersonComparison",
    "PersonKey",
    "PersonName",
    "Position",
    "Pseudonym",
    "RateCount",
    "ReceivedForm",
    "ReceivedInformation",
    "ReceivedTransfer",
    "RecoveryCode",
    "ReferenceCounter",
    "RegisterImport",
    "Reminder",
    "Report",
    "SafetyMeasure",
    "SafetyMeasureReview",
    "SearchEntry",
    "SecondFactor",
    "Setting",
    "Strand",
    "StrandResult",
    "StrandUpdate",
    "StrategyDiscussion",
    "SubGroupAction",
    "SubGroupProgress",
    "SubjectLimb",
    "SuspectedConflict",
    "Term",
    "TrainingSession",
    "User",
    "UserSession",
    "WithdrawnCopy",
    "WithheldPart",
    "allegation_child",
    "subject_other_position",
]
