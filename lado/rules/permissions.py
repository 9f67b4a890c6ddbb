"""Who may do what. A role is a set of permissions with a description that the users page shows.

A user holds only what their roles add up to; nothing is implied.
"""

from dataclasses import dataclass

from lado.rules.vocabulary import Labelled


class Permission(Labelled):
    CONSULTATION_VIEW = "consultation_view", "Read consultations"
    CONSULTATION_LOG = "consultation_log", "Log a consultation and add to it"
    CONSULTATION_DECIDE = "consultation_decide", "Decide a consultation, or open it again"
    COVER_MANAGE = "cover_manage", "See what is anybody's to do, and give it to somebody else"
    CASE_VIEW = "case_view", "Read cases"
    CASE_EDIT = "case_edit", "Work on a case: allegations, outcomes, closure"
    CASE_SIGN_OFF = "case_sign_off", "Sign off the closure of a case"
    DISCUSSION_RECORD = "discussion_record", "Arrange and record strategy discussions"
    PERSON_VIEW = "person_view", "Read and find people"
    PERSON_EDIT = "person_edit", "Add people and correct their details"
    ORGANISATION_VIEW = "organisation_view", "Read and find organisations"
    ORGANISATION_EDIT = "organisation_edit", "Add organisations and correct their details"
    RESTRICT = "restrict", "Restrict who may see a record"
    REGISTER_IMPORT = "register_import", "Load a register"
    REGISTER_EXPORT = "register_export", "Write the register to a file"
    TRANSFER = "transfer", "Send a case to another authority, and take one in"
    FIGURES_VIEW = "figures_view", "See the figures of any period"
    FIGURES_TRACE = "figures_trace", "Open the records behind a figure"
    REPORT_VIEW = "report_view", "Read published reports"
    REPORT_DRAFT_VIEW = "report_draft_view", "Read reports before they are published"
    REPORT_DRAW = "report_draw", "Draw a report, or an answer to an information request"
    REPORT_APPROVE = "report_approve", "Approve a report, or send it back"
    REPORT_PUBLISH = "report_publish", "Publish an approved report, or give an answer"
    SUB_GROUP_RECORD = "sub_group_record", "Record what the sub-group decided and how that goes"
    TRAINING_LOG = "training_log", "Log training and briefings given"
    PEER_AUDIT = "peer_audit", "Audit decisions that were drawn at random"
    PEER_AUDIT_DRAW = "peer_audit_draw", "Draw decisions for peer audit"
    AUDIT_VIEW = "audit_view", "Read the audit trail"
    USER_MANAGE = "user_manage", "Invite users and set their roles"
    VOCABULARY_EDIT = "vocabulary_edit", "Keep the local lists and the templates of letters"
    SETTINGS_EDIT = "settings_edit", "Change the settings"


class Role(Labelled):
    LADO = "lado", "LADO"
    MANAGER = "manager", "Manager"
    BUSINESS_SUPPORT = "business_support", "Business support"
    SUB_GROUP = "sub_group", "Sub-group member"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


@dataclass(frozen=True)
class RoleRule:
    description: str
    permissions: frozenset[Permission]


_P = Permission

_RECORD_KEEPING = {
    _P.CONSULTATION_VIEW,
    _P.CONSULTATION_LOG,
    _P.CASE_VIEW,
    _P.DISCUSSION_RECORD,
    _P.PERSON_VIEW,
    _P.PERSON_EDIT,
    _P.ORGANISATION_VIEW,
    _P.ORGANISATION_EDIT,
    _P.REPORT_VIEW,
    _P.TRAINING_LOG,
}

_CASE_WORK = _RECORD_KEEPING | {
    _P.CONSULTATION_DECIDE,
    _P.CASE_EDIT,
    _P.RESTRICT,
    _P.REGISTER_IMPORT,
    _P.REGISTER_EXPORT,
    _P.TRANSFER,
    _P.FIGURES_VIEW,
    _P.FIGURES_TRACE,
    _P.REPORT_DRAFT_VIEW,
    _P.REPORT_DRAW,
    _P.REPORT_PUBLISH,
    _P.SUB_GROUP_RECORD,
}

ROLES: dict[Role, RoleRule] = {
    Role.LADO: RoleRule(
        "Decides consultations, works on cases, chairs strategy discussions, loads the register, "
        "draws and publishes reports and answers information requests. A manager signs off "
        "closures that need it and approves reports.",
        frozenset(_CASE_WORK),
    ),
    Role.MANAGER: RoleRule(
        "Does all that a LADO does, arranges cover for anybody, signs off the closure of cases, "
        "approves reports, draws decisions for peer audit and reads the audit trail.",
        frozenset(
            _CASE_WORK
            | {_P.COVER_MANAGE, _P.CASE_SIGN_OFF, _P.REPORT_APPROVE, _P.AUDIT_VIEW}
            | {_P.PEER_AUDIT, _P.PEER_AUDIT_DRAW}
        ),
    ),
    Role.BUSINESS_SUPPORT: RoleRule(
        "Logs consultations, records strategy discussions, and keeps people and organisations up "
        "to date. Does not decide, sign off or export.",
        frozenset(_RECORD_KEEPING),
    ),
    Role.SUB_GROUP: RoleRule(
        "Reads published reports and the sub-group's actions. Never sees a consultation, a case or "
        "a person.",
        frozenset({_P.REPORT_VIEW}),
    ),
    Role.AUDITOR: RoleRule(
        "Reads the audit trail, the figures and the reports. Never sees a consultation, a case or "
        "a person, and changes nothing, but says what they think of decisions that were drawn for "
        "them to audit, which they read without the names on record.",
        frozenset(
            {
                _P.AUDIT_VIEW,
                _P.FIGURES_VIEW,
                _P.REPORT_VIEW,
                _P.REPORT_DRAFT_VIEW,
                _P.PEER_AUDIT,
            }
        ),
    ),
    Role.ADMINISTRATOR: RoleRule(
        "Invites users, and keeps the local lists and the settings. Never sees a consultation, a "
        "case or a person.",
        frozenset({_P.USER_MANAGE, _P.VOCABULARY_EDIT, _P.SETTINGS_EDIT}),
    ),
}
