"""What can happen, as the audit trail names it: `thing.done`."""

from lado.rules.vocabulary import Labelled


class AuditAction(Labelled):
    CONSULTATION_LOGGED = "consultation.logged", "Consultation logged"
    CONSULTATION_VIEWED = "consultation.viewed", "Consultation opened to read"
    CONSULTATION_CHANGED = "consultation.changed", "Consultation changed"
    CONSULTATION_DECIDED = "consultation.decided", "Consultation decided"
    CONSULTATION_REOPENED = "consultation.reopened", "Consultation reopened"
    CONSULTATION_RESTRICTED = "consultation.restricted", "Consultation restricted to named people"
    CONSULTATION_UNRESTRICTED = (
        "consultation.unrestricted",
        "Restriction of a consultation lifted",
    )
    CONSULTATION_ASSIGNED = "consultation.assigned", "Consultation given to somebody to deal with"
    CONSULTATION_NOTED = "consultation.noted", "Note added to a consultation"
    CONFIRMATION_WRITTEN = "confirmation.written", "Confirmation of advice written"
    CONFIRMATION_CHANGED = "confirmation.changed", "Confirmation of advice changed"
    CONFIRMATION_SENT = "confirmation.sent", "Confirmation of advice sent"
    CONFIRMATION_DOWNLOADED = "confirmation.downloaded", "Confirmation of advice downloaded"
    FOLLOW_UP_ADDED = "follow_up.added", "Follow-up added"
    FOLLOW_UP_CHANGED = "follow_up.changed", "Follow-up given to somebody else"
    FOLLOW_UP_DONE = "follow_up.done", "Follow-up done"
    FOLLOW_UP_DROPPED = "follow_up.dropped", "Follow-up dropped"

    ENQUIRY_LOGGED = "enquiry.logged", "Enquiry about a person logged"
    ENQUIRY_VIEWED = "enquiry.viewed", "Enquiry opened to read"
    ENQUIRY_CHANGED = "enquiry.changed", "Enquiry changed"
    ENQUIRY_SEARCHED = "enquiry.searched", "Records searched for an enquiry"
    ENQUIRY_CONSIDERED = "enquiry.considered", "Records considered for an enquiry set"
    ENQUIRY_ANSWERED = "enquiry.answered", "Answer to an enquiry decided"
    ENQUIRY_SENT = "enquiry.sent", "Answer to an enquiry sent"

    FORM_RECEIVED = "received_form.received", "Referral form received"
    FORM_VIEWED = "received_form.viewed", "Referral form opened to read"
    FORM_LOGGED = "received_form.logged", "Referral form logged as a consultation"
    FORM_PUT_ASIDE = "received_form.put_aside", "Referral form put aside"
    DUTY_SET = "duty_day.set", "Days on duty set"
    DUTY_TAKEN_OFF = "duty_day.taken_off", "Days on duty taken off the rota"

    CASE_OPENED = "case.opened", "Case opened"
    CASE_JOINED = "case.joined", "Consultation joined to a case"
    CASE_VIEWED = "case.viewed", "Case opened to read"
    CASE_CHANGED = "case.changed", "Case changed"
    CASE_NOTED = "case.noted", "Note added to a case"
    CASE_RESTRICTED = "case.restricted", "Case restricted to named people"
    CASE_UNRESTRICTED = "case.unrestricted", "Restriction of a case lifted"
    CASE_CLOSURE_REQUESTED = "case.closure_requested", "Closure of a case requested"
    CASE_CLOSURE_WITHDRAWN = "case.closure_withdrawn", "Request to close a case withdrawn"
    CASE_CLOSURE_DECLINED = "case.closure_declined", "Closure of a case declined"
    CASE_CONCLUDED = "case.concluded", "Case concluded"
    CASE_REOPENED = "case.reopened", "Case reopened"
    ALLEGATION_ADDED = "allegation.added", "Allegation added"
    ALLEGATION_CHANGED = "allegation.changed", "Allegation changed"
    OUTCOME_RECORDED = "outcome.recorded", "Outcome recorded"
    CHILD_ADDED = "child.added", "Child added"
    CHILD_CHANGED = "child.changed", "Child changed"
    STRAND_CHANGED = "strand.changed", "Strand changed"
    REFERRAL_ADDED = "referral.added", "Onward referral added"
    REFERRAL_CHANGED = "referral.changed", "Onward referral changed"
    REFERRAL_DOWNLOADED = "referral.downloaded", "Pack for an onward referral downloaded"
    LEARNING_ADDED = "learning.added", "Learning point added"
    LEARNING_NONE = "learning.none", "Case said to have no learning"
    CHILD_HELP_CONSIDERED = "child_help.considered", "Help for a child considered after an outcome"
    MEASURE_ADDED = "safety_measure.added", "Safety measure added"
    MEASURE_CHANGED = "safety_measure.changed", "Safety measure changed"
    MEASURE_REVIEWED = "safety_measure.reviewed", "Safety measure reviewed"
    MEASURE_ENDED = "safety_measure.ended", "Safety measure ended"
    NOTICE_RECORDED = "notice.recorded", "Recorded that somebody was told, or is not yet"

    DOCUMENT_ADDED = "document.added", "Document attached"
    DOCUMENT_CHANGED = "document.changed", "What is told of a document changed"
    DOCUMENT_DISCLOSURE_CHANGED = (
        "document.disclosure_changed",
        "What may be disclosed of a document changed",
    )
    DOCUMENT_DOWNLOADED = "document.downloaded", "Document downloaded"
    DOCUMENT_UNREADABLE = "document.unreadable", "Document could not be read"
    DOCUMENT_WITHDRAWN = "document.withdrawn", "Document withdrawn"
    DOCUMENT_DELETED = "document.deleted", "Content of a withdrawn document deleted"
    DOCUMENT_KEY_CHANGED = "document.key_changed", "Key of documents changed"
    DOCUMENT_KEYS_FORGOTTEN = "document.keys_forgotten", "Earlier keys of documents deleted"
    DOCUMENTS_CHECKED = "document.checked", "Stored documents checked"
    MATTER_JOINED = "matter.joined", "Cases joined into a matter"
    MATTER_LEFT = "matter.left", "Case taken out of a matter"
    AUTHORITY_ADDED = "other_authority.added", "Other authority recorded"
    AUTHORITY_CHANGED = "other_authority.changed", "Other authority changed"
    TRANSFER_MADE = "transfer.made", "Transfer file made for another authority"
    TRANSFER_DOWNLOADED = "transfer.downloaded", "Transfer file downloaded"
    TRANSFER_OPENED = "transfer.opened", "Transfer file from another authority opened"
    TRANSFER_VIEWED = "transfer.viewed", "Transfer file from another authority read"
    TRANSFER_DISCARDED = "transfer.discarded", "Transfer file from another authority thrown away"
    TRANSFER_REFUSED = "transfer.refused", "Transfer file could not be opened"
    TRANSFER_TAKEN_IN = "transfer.taken_in", "Records of another authority taken in"
    TRANSFER_TAKEN_OVER = (
        "transfer.taken_over",
        "Records of another authority taken over into a case",
    )

    DISCUSSION_SCHEDULED = "discussion.scheduled", "Strategy discussion scheduled"
    DISCUSSION_HELD = "discussion.held", "Strategy discussion recorded"
    DISCUSSION_CHANGED = "discussion.changed", "Strategy discussion changed"
    DISCUSSION_CANCELLED = "discussion.cancelled", "Strategy discussion cancelled"
    MINUTES_AGREED = "minutes.agreed", "Minutes agreed"
    MINUTES_REOPENED = "minutes.reopened", "Agreed minutes opened to correct them"
    MINUTES_COPIED = "minutes.copied", "Redacted copy of minutes made"
    MINUTES_COPY_WITHDRAWN = "minutes.copy_withdrawn", "Redacted copy of minutes withdrawn"
    MINUTES_CIRCULATED = "minutes.circulated", "Minutes circulated"
    DISCUSSION_ASKED = "discussion.asked", "Information for a strategy discussion ticked off"
    DISCUSSION_DOWNLOADED = "discussion.downloaded", "Paper of a strategy discussion downloaded"
    ACTION_ADDED = "action.added", "Action added"
    ACTION_CHANGED = "action.changed", "Action changed"
    ACTION_DONE = "action.done", "Action done"
    ACTION_WAIVED = "action.waived", "Action waived"
    DELAY_EXPLAINED = "delay.explained", "Reason for delay given"
    CHASED = "chase.recorded", "Chaser recorded"
    CASE_PRINTED = "case.printed", "Summary or chronology of a case downloaded"

    PERSON_ADDED = "person.added", "Person added"
    PERSON_VIEWED = "person.viewed", "Person opened to read"
    PERSON_SHOWN = "person.shown", "Person shown as somebody who may be meant"
    PERSON_CHANGED = "person.changed", "Person changed"
    PERSON_RESTRICTED = "person.restricted", "Person restricted to named people"
    PERSON_UNRESTRICTED = "person.unrestricted", "Restriction of a person lifted"
    CONFLICT_DECLARED = "conflict.declared", "Conflict of interest declared"
    CONFLICT_WITHDRAWN = "conflict.withdrawn", "Conflict of interest withdrawn"
    CONFLICT_SUSPECTED = "conflict.suspected", "Conflict of interest suspected"
    CONFLICT_DISMISSED = "conflict.dismissed", "Suspected conflict of interest dismissed"
    DECLARATION_MADE = "declaration.made", "User declared somebody close to them, or a name"
    DECLARATION_TAKEN_OFF = "declaration.taken_off", "User took somebody off their declaration"
    DECLARATION_NOBODY = "declaration.nobody", "User declared that nobody is close to them"
    PERSON_COMPARED = "person.compared", "Two people judged the same, different or not sure"
    MATCH_KEY_CHANGED = "match_key.changed", "Key for names that are not kept changed"
    MATCH_KEYS_FORGOTTEN = "match_key.forgotten", "Earlier keys for names that are not kept deleted"
    PERSON_SEARCHED = "person.searched", "People searched"
    SEARCHED = "search.done", "Records searched"
    SEARCH_REBUILT = "search.rebuilt", "Search index made anew"
    ORGANISATION_ADDED = "organisation.added", "Organisation added"
    ORGANISATION_CHANGED = "organisation.changed", "Organisation changed"
    ORGANISATION_MERGED = "organisation.merged", "Organisation merged with another"
    ORGANISATION_SPLIT = "organisation.split", "Merged organisations split again"
    ORGANISATION_TOLD_APART = "organisation.told_apart", "Organisations told apart"
    ORGANISATIONS_IMPORTED = "organisation.imported", "Organisations loaded from a list"
    ALERT_REVIEWED = "alert.reviewed", "Alert looked at"

    REGISTER_CHECKED = "register.checked", "Register checked without loading it"
    REGISTER_IMPORTED = "register.imported", "Register imported"
    REGISTER_EXPORTED = "register.exported", "Register exported"
    CONSULTATIONS_SAVED = "consultation.list_saved", "List of consultations saved as a spreadsheet"
    CASES_SAVED = "case.list_saved", "List of cases saved as a spreadsheet"
    WORK_SAVED = "work.list_saved", "Work list saved as a spreadsheet"
    REMINDERS_SENT = "reminder.sent", "Reminders to users sent"
    REMINDERS_FAILED = "reminder.failed", "Reminders to users that could not be sent"

    REPORT_DRAWN = "report.drawn", "Report drawn"
    REPORT_CHANGED = "report.changed", "Report's commentary changed"
    REPORT_APPROVED = "report.approved", "Report approved"
    REPORT_SENT_BACK = "report.sent_back", "Report sent back"
    REPORT_PUBLISHED = "report.published", "Report published"
    REPORT_DOWNLOADED = "report.downloaded", "Report downloaded"

    INFORMATION_REQUEST_LOGGED = "information_request.logged", "Information request logged"
    INFORMATION_REQUEST_CHANGED = "information_request.changed", "Information request changed"
    INFORMATION_REQUEST_DRAWN = (
        "information_request.drawn",
        "Answer to an information request drawn",
    )
    INFORMATION_REQUEST_ANSWERED = (
        "information_request.answered",
        "Answer to an information request given",
    )
    INFORMATION_REQUEST_DOWNLOADED = (
        "information_request.downloaded",
        "Answer to an information request downloaded",
    )

    SUB_GROUP_ACTION_ADDED = "sub_group_action.added", "Action of the sub-group added"
    SUB_GROUP_ACTION_CHANGED = "sub_group_action.changed", "Action of the sub-group changed"
    SUB_GROUP_ACTION_NOTED = "sub_group_action.noted", "Progress of a sub-group's action noted"
    SUB_GROUP_ACTION_DONE = "sub_group_action.done", "Action of the sub-group done"
    SUB_GROUP_ACTION_DROPPED = "sub_group_action.dropped", "Action of the sub-group dropped"
    TRAINING_LOGGED = "training_session.logged", "Training or briefing logged"
    TRAINING_CHANGED = "training_session.changed", "Training or briefing changed"
    PEER_AUDIT_DRAWN = "peer_audit.drawn", "Decisions drawn for peer audit"
    AUDITED_DECISION_VIEWED = "audited_decision.viewed", "Decision opened to audit"
    AUDITED_DECISION_JUDGED = "audited_decision.judged", "Decision audited by a peer"

    DRAFT_DISCARDED = "draft.discarded", "Draft thrown away by its author"
    DRAFTS_EXPIRED = "draft.expired", "Drafts deleted that nobody went on with"

    USER_INVITED = "user.invited", "User invited"
    USER_JOINED = "user.joined", "User took up an invitation"
    USER_CHANGED = "user.changed", "User changed"
    USER_HANDED_OVER = "user.handed_over", "What a user alone could see was opened to another"
    USER_WORK_GIVEN = "user.work_given", "A user's work given to another"
    USER_SIGNED_IN = "user.signed_in", "User signed in"
    USER_SIGN_IN_FAILED = "user.sign_in_failed", "Sign-in failed"
    USER_SIGNED_OUT = "user.signed_out", "User signed out"
    USER_SESSIONS_ENDED = "user.sessions_ended", "User's sessions ended"
    USER_PASSWORD_CHANGED = "user.password_changed", "User changed their password"
    USER_SECOND_FACTOR_CHANGED = "user.second_factor_changed", "User's second factor changed"

    TERM_ADDED = "term.added", "Vocabulary term added"
    TERM_CHANGED = "term.changed", "Vocabulary term changed"
    ADVICE_TEMPLATE_ADDED = "advice_template.added", "Template of advice added"
    ADVICE_TEMPLATE_CHANGED = "advice_template.changed", "Template of advice changed"
    SETTING_CHANGED = "setting.changed", "Setting changed"
    DEMONSTRATION_BEGUN = "demonstration.begun", "Loading of the demonstration begun"
    DEMONSTRATION_LOADED = "demonstration.loaded", "Demonstration loaded"
