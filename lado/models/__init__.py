"""Tables, constraints and tiny properties. Importing this package maps them all."""

from lado.models.audit import AuditEvent, DisposalPermit
from lado.models.base import Base
from lado.models.case import (
    Allegation,
    AllegationLimb,
    Case,
    CaseSpell,
    Child,
    LearningPoint,
    OnwardReferral,
    Outcome,
    Strand,
    StrandResult,
    allegation_child,
)
from lado.models.consultation import (
    Consultation,
    ConsultationSubject,
    Decision,
    RegisterImport,
    SubjectLimb,
    subject_other_position,
)
from lado.models.note import Note
from lado.models.organisation import Organisation
from lado.models.person import Associate, Person, PersonName, Position
from lado.models.report import Report
from lado.models.search import SearchEntry
from lado.models.setting import ReferenceCounter, Setting
from lado.models.strategy_discussion import Action, Minute, Participant, StrategyDiscussion
from lado.models.term import Term
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
    "Allegation",
    "AllegationLimb",
    "Associate",
    "AuditEvent",
    "Base",
    "Case",
    "CaseSpell",
    "Child",
    "Consultation",
    "ConsultationSubject",
    "Decision",
    "DisposalPermit",
    "Invitation",
    "LearningPoint",
    "Minute",
    "NamedAccess",
    "Note",
    "OnwardReferral",
    "Organisation",
    "Outcome",
    "Participant",
    "Person",
    "PersonName",
    "Position",
    "RateCount",
    "RecoveryCode",
    "ReferenceCounter",
    "RegisterImport",
    "Report",
    "SearchEntry",
    "SecondFactor",
    "Setting",
    "Strand",
    "StrandResult",
    "StrategyDiscussion",
    "SubjectLimb",
    "Term",
    "User",
    "UserSession",
    "allegation_child",
    "subject_other_position",
]
