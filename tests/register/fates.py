"""What becomes of each column in an export: a column of the register, a line in the list beside
it, or nothing, since it says nothing of the matter or follows from what is exported."""

from datetime import UTC, date, datetime, time
from typing import Any

# Not of the register: who works here, what they may see, how the system runs, what it published,
# and who else asked about a person without a concern. Copies of minutes hang on a version, and how
# an action stood before on the action, any of which is listed.
OTHER_TABLES = {
    "action_change", "audited_decision", "audited_limb", "peer_audit", "sub_group_action",
    "information_request", "sub_group_progress", "training_session", "advice_template",
    "alert_review",
    "alert_review_contact", "associate",
    "audit_event", "circulation", "minutes_copy", "withheld_part", "withdrawn_copy", "matter",
    "declaration", "disposal_permit", "draft", "duty_day", "enquiry", "enquiry_closed_to",
    "enquiry_record", "enquiry_search", "form_closed_to", "invitation", "named_access",
    "organisation_merge", "organisation_moved", "organisations_apart", "person_comparison",
    "person_key", "pseudonym", "rate_count", "received_form", "recovery_code", "reference_counter",
    "register_import", "reminder", "report", "search_entry", "second_factor", "setting",
    "suspected_conflict", "term", "user", "user_session",
}  # fmt: skip

# Keys, links, places in an order, and what an import makes anew or works out.
BOOKKEEPING = {"id", "public_id", "version", "origin", "entered_at", "folded"}
LINKS = {"allegation_id", "case_id", "consultation_id", "measure_id", "strand_id", "subject_id"}
DERIVED = {
    "organisation.merged_into_id": "what named it names the other",
    "organisation_word.word": "from the name",
    "organisation_word.organisation_id": "as above",
    "person_name.person_id": "the name stands beside the person's other cells",
    "position.person_id": "as above",
    "consultation.register_import_id": "the import that is made of it",
    "consultation.status": "from the decision",
    "consultation_subject.opened_case": "from the order of the rows",
    "case.received_on": "the earliest of its contacts",
    "decision.number": "any but the one in the row is listed as another decision",
    "allegation_child.child_id": "the child is listed",
    "allegation.is_primary": "further ones are listed",
    "outcome.number": "earlier ones are listed",
    "strand.kind": "says in which column the result is",
    "strand_result.number": "earlier ones are listed",
    "strategy_discussion.number": "from the order of the dates",
    "learning_point.number": "from the order of the themes",
    "safety_measure_review.number": "the safety measure is listed",
    "safety_measure_review.reviewed_on": "as above",
    "safety_measure_review.decided": "as above",
}

EXPORTED = {
    "person.date_of_birth": "Date of birth",
    "person.sex": "Sex",
    "person_name.surname": "Surname",
    "person_name.forename": "Forename",
    "position.role_id": "Role",
    "position.sector_id": "Sector",
    "position.organisation_id": "Setting",
    "organisation.name": "Setting",
    "consultation.reference": "Contact ref",
    "consultation.imported_reference": "Contact ref",
    "consultation.received_on": "Date received",
    "consultation.aware_on": "Date setting aware",
    "consultation.contact_method_id": "Contact method",
    "consultation.taken_by_id": "Taken by",
    "consultation.taken_by_text": "Taken by",
    "consultation.referrer_name": "Referrer name",
    "consultation.referrer_role": "Referrer role",
    "consultation.referrer_agency_id": "Referrer agency",
    "consultation.children": "Children",
    "consultation.summary": "Summary",
    "consultation_subject.person_id": "Surname",
    "consultation_subject.organisation_id": "Institutional",
    "consultation_subject.position_id": "Role",
    "consultation_subject.category_id": "Concern category",
    "consultation_subject.context_id": "Context",
    "consultation_subject.non_recent": "Historical",
    "consultation_subject.case_id": "Case ref",
    "consultation_subject_position.position_id": "Other roles",
    "decision.term_id": "Decision",
    "decision.advice": "Advice given",
    "decision.decided_on": "Decision date",
    "case.reference": "Case ref",
    "case.imported_reference": "Case ref",
    "case.status": "Date concluded",
    "case.organisation_id": "Institutional",
    "case.position_id": "Role",
    "case.children": "Children",
    "case.children_count": "Children",
    "case_spell.opened_on": "Decision date",
    "case_spell.concluded_on": "Date concluded",
    "case_spell.closure_reason_id": "Outcome",
    "allegation.category_id": "Concern category",
    "allegation.non_recent": "Historical",
    "outcome.outcome": "Outcome",
    "strand_result.term_id": "Employer outcome",
    "strategy_discussion.held_on": "Strategy discussion dates",
    "onward_referral.referred_on": "DBS referral date",
    "learning_point.theme_id": "Learning theme",
}

KEPT = "How long it is kept, and a legal hold"
DISCLOSURE = "Disclosure class of a text, and the agency it came from"
AGE = "Age in place of a date of birth"
REFERRER = "How to reach the referrer, if they may be named, why it came late"
ANSWERED = "Time it was received, and when it was first answered"
TOLD = "Relation of the referrer, whistle-blower, child's own report, who raised it first"
DUTY = "Report under the statutory duty, and what the police were told"
HAPPENED = "When it happened"
POSITION = "Whether a position is paid, and from when to when it is held"
SETTING = "Sub-sector, school phase, school type, size and own sector of a setting"
PLACE = "Address of a setting, its number in a public list, whether it is closed"
GROUNDS = "Reasons and tier of the decision, and who decided"
OTHER_DECISIONS = "Other decisions, and that the consultation was opened again"
RECORDS = "Earlier records considered"
LIMBS = "Limbs of the threshold"
RESTRICTION = "Restriction to named users, or on reporting"
REQUEST = "Request to close it"
REOPENED = "Earlier conclusions and reopenings"
CLOSURE = "Note on the closure, who concluded the case, and its reason beside an outcome"
ALLEGATION = "Sub-category, place and dates of an allegation"
DESCRIPTION = "Context and description of an allegation, other than the contact's"
OUTCOME = "Day, reasons and evidence of an outcome, and who decided it"
ENQUIRY = "Lead, dates and state of an agency's own enquiry"
RESULT = "Earlier results, and the day and detail of results"
REFERRAL = "Further referrals, and what is known of a referral but its day"
NOT_SENT = "Referrals to other bodies than the DBS, and such as were not sent"
LEARNED = "What was learned, in words, and whether it is good practice"
DISCUSSION = "Purpose, arrangement and minutes of strategy discussions"
NOT_HELD = "Strategy discussions that were not held"
CONSULTED = "When an agency was consulted, its reference, what it said, and when it is asked again"

# Whatever these hold, any row of them is listed. What the row needs besides the other tables' keys.
FITTING = "any row of the other table"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
EARLY, DAY, LATE = date(2012, 6, 1), date(2012, 8, 1), date(2026, 1, 1)
LISTED_TABLES: dict[str, tuple[str, dict[str, Any]]] = {
    "organisation_name": ("Other names of a setting", {"name": "Text", "folded": "text"}),
    "consultation_subject_limb": (LIMBS, {"limb": "harm", "is_primary": True}),
    "allegation_limb": (LIMBS, {"limb": "harm", "is_primary": True}),
    "child": ("Details of children", {"number": 1, "consultation_id": None, "voice": "not_yet"}),
    "note": ("Notes", {"happened_on": DAY, "text": "Text", "consultation_id": None}),
    "document": (
        "Documents",
        {
            "version": 1,
            "number": 1,
            "consultation_id": None,
            "title": "Letter",
            "kind": "letter",
            "file_name": "a.pdf",
            "file_type": "pdf",
            "size": 1,
            "sha256": "a" * 64,
            "stored_as": "a" * 22,
        },
    ),
    "other_authority": (
        "Other authorities",
        {"number": 1, "consultation_id": None, "part": "out", "authority": "Elsewhere"},
    ),
    "received_transfer": (
        "What another authority sent",
        {"authority": "Elsewhere", "reference": "PT-1", "sha256": "a" * 64, "content": "{}"},
    ),
    "matter_case": ("Matter that it belongs to", {"joined_at": NOW, "reason": "One trip"}),
    "confirmation": (
        "Letters that confirm advice",
        {
            "number": 1,
            "to_caller": True,
            "recipient_name": "Kim",
            "text": "Text",
            "written_on": DAY,
        },
    ),
    "follow_up": ("Follow-ups", {"number": 1, "what": "Ask", "due_on": DAY}),
    "given_name": ("Names as the caller gave them", {"surname": "Text"}),
    "minutes_version": (DISCUSSION, {"number": 1, "content": "{}"}),
    "received_information": (DISCUSSION, {"code": "dbs", "received_on": DAY}),
    "minute": (DISCUSSION, {"heading": "allegation", "text": "Text"}),
    "participant": (
        "Participants of strategy discussions",
        {"number": 1, "name": "Kim", "attendance": "attended"},
    ),
    "safety_measure": (
        "Safety measures",
        {"number": 1, "considered_on": DAY, "decision": "pending"},
    ),
    "notice": (
        "Who was told, or why not yet",
        {
            "number": 1,
            "notice_to": "subject",
            "step": "allegation_told",
            "withheld_on": DAY,
            "withheld_reason": "Text",
            "child_id": None,
        },
    ),
    "delay_reason": (
        "Reasons for delay",
        {"number": 1, "year": 2012, "month": 8, "text": "Text"},
    ),
    "former_owner": ("Owner", {}),
    "strand_update": (CONSULTED, {"number": 1, "heard_on": DAY, "text": "Text"}),
    "chase": (
        "What was chased",
        {"number": 1, "what": "minutes", "chased_on": DAY, "how": "email"},
    ),
    "action": ("Actions", {"number": 1, "description": "Text", "owner": "Kim", "due_on": DAY}),
}

# A column of the record, and what must be changed with it for the database to take it.
PROPOSED = {
    "status": "closure_requested", "closure_requested_by_id": FITTING,
    "proposed_reason_id": FITTING, "proposed_concluded_on": DAY,
}  # fmt: skip
LIFTED = {
    "reporting_restriction": True, "reporting_restriction_lifted_on": DAY,
    "reporting_restriction_lift_reason": "Text",
}  # fmt: skip
NOT_RESTRICTED = {
    "not_reporting_restricted_on": DAY, "not_reporting_restricted_reason": "Text",
}  # fmt: skip
ABOUT = {"happened_precision": "about", "happened_from": EARLY}
BETWEEN = {"happened_precision": "between", "happened_from": EARLY, "happened_to": EARLY}
HELP = "Help for a child considered"
HELPED = {
    "outcome": "false", "child_help": "referred", "child_help_on": DAY, "child_help_by": "Kim",
    "child_help_reasons": "Text",
}  # fmt: skip
NO_LEARNING = "That there is no learning"
NOTHING_LEARNED = {
    "learning_none_on": DAY, "learning_none_by_id": FITTING, "learning_none_reason": "Text",
}  # fmt: skip
EMPLOYER = "How an employer deals with it, and the days of that"
AT_ONCE = {"kind": "employer", "way": "hearing", "way_on": DAY}
INVESTIGATED = AT_ONCE | {
    "way": "investigation", "report_on": DAY, "hearing_decided_on": DAY, "hearing_needed": True,
}  # fmt: skip
CLOSED = {"closed_on": LATE, "result": "Text"}
LISTED: dict[str, tuple[str, dict[str, Any]]] = {
    "person.same_as_id": ("Link to another record of the same person", {}),
    "person.stated_age": (AGE, {"stated_age": 40, "age_stated_on": DAY, "date_of_birth": None}),
    "person.age_stated_on": (AGE, {"stated_age": 40, "date_of_birth": None}),
    "person.restricted": ("Restriction of a person to named users", {}),
    "person_name.kind": ("Other names", {"kind": "former"}),
    "position.paid": (POSITION, {}),
    "position.held_from": (POSITION, {}),
    "position.held_to": (POSITION, {}),
    "organisation.sector_id": (SETTING, {}),
    "organisation.subsector_id": (SETTING, {}),
    "organisation.school_phase_id": (SETTING, {}),
    "organisation.school_type_id": (SETTING, {}),
    "organisation.small_voluntary": (SETTING, {}),
    "organisation.source": (PLACE, {"source": "schools", "urn": "900001"}),
    "organisation.urn": (PLACE, {"source": "schools"}),
    "organisation.address": (PLACE, {}),
    "organisation.town": (PLACE, {}),
    "organisation.postcode": (PLACE, {}),
    "organisation.authority": (PLACE, {}),
    "organisation.closed": (PLACE, {"closed": True}),
    "organisation.closed_on": (PLACE, {"closed": True, "closed_on": DAY}),
    "consultation.happened_precision": (HAPPENED, ABOUT),
    "consultation.happened_from": (HAPPENED, ABOUT),
    "consultation.happened_to": (HAPPENED, BETWEEN),
    "consultation.late_report_reason": (REFERRER, {}),
    "consultation.anonymous": (REFERRER, {"referrer_name": None}),
    "consultation.referrer_contact": (REFERRER, {}),
    "consultation.referrer_may_be_named": (REFERRER, {}),
    "consultation.received_at": (ANSWERED, {"received_at": time(9, 30)}),
    "consultation.first_answered_on": (ANSWERED, {"first_answered_on": LATE}),
    "consultation.owner_id": ("Who deals with it", {}),
    "consultation.referrer_relation": (TOLD, {}),
    "consultation.whistle_blower": (TOLD, {"whistle_blower": True}),
    "consultation.child_reported": (TOLD, {"child_reported": True}),
    "consultation.raised_first_by": (TOLD, {}),
    "consultation.statutory_duty": (DUTY, {"statutory_duty": True}),
    "consultation.reporter_aware_on": (
        DUTY, {"statutory_duty": True, "reporter_aware_on": EARLY},
    ),
    "consultation.reporter_aware_at": (
        DUTY,
        {"statutory_duty": True, "reporter_aware_on": EARLY, "reporter_aware_at": time(9, 30)},
    ),
    "consultation.police_told": (DUTY, {"police_told": True}),
    "consultation.police_told_on": (DUTY, {"police_told": True}),
    "consultation.police_reference": (DUTY, {"police_told": True}),
    "consultation.setting_id": (
        "Where it happened, other than at the employer, or that it is not known", {}
    ),
    "consultation.children_count": (
        "Number of children, above 500", {"children": "counted", "children_count": 501},
    ),
    "consultation.interim_advice": ("Advice given before the decision", {}),
    "consultation.restricted": ("Restriction to named users", {}),
    "consultation_subject.number": ("Further adults", {"number": 2}),
    "consultation_subject.earlier_records": (RECORDS, {"earlier_records": "none_found"}),
    "consultation_subject.earlier_weight": (RECORDS, {"earlier_records": "decisive"}),
    "decision.tier_id": (GROUNDS, {}),
    "decision.ended_grounds": (OTHER_DECISIONS, {"ended_on": DAY, "ended_reason": "New"}),
    "decision.reasons": (GROUNDS, {}),
    "decision.decided_by_id": (GROUNDS, {}),
    "decision.recorded_by_id": (GROUNDS, {}),
    "decision.ended_on": (OTHER_DECISIONS, {"ended_reason": "Text"}),
    "decision.ended_reason": (OTHER_DECISIONS, {"ended_on": DAY}),
    "case.owner_id": ("Owner", {}),
    "case.person_id": ("Person who was not named when it was opened", {"person_id": None}),
    "case.legal_position_of_trust": ("Legal position of trust", {}),
    "case.restricted": (RESTRICTION, {}),
    "case.reporting_restriction": (RESTRICTION, {}),
    "case.reporting_restriction_lifted_on": (RESTRICTION, LIFTED),
    "case.reporting_restriction_lift_reason": (RESTRICTION, LIFTED),
    "case.closure_requested_by_id": (REQUEST, PROPOSED),
    "case.proposed_reason_id": (REQUEST, PROPOSED),
    "case.proposed_concluded_on": (REQUEST, PROPOSED),
    "case.proposed_note": (REQUEST, PROPOSED),
    **{f"case.{column}": (NO_LEARNING, NOTHING_LEARNED) for column in NOTHING_LEARNED},
    "case_spell.number": (REOPENED, {"number": 2, "reopened_reason": "Text"}),
    "case_spell.reopened_reason": (REOPENED, {"number": 2}),
    "case_spell.review_on": (REOPENED, {"number": 2, "reopened_reason": "x", "review_on": LATE}),
    "case.not_reporting_restricted_on": (RESTRICTION, NOT_RESTRICTED),
    "case.not_reporting_restricted_reason": (RESTRICTION, NOT_RESTRICTED),
    "case_spell.closure_note": (CLOSURE, {}),
    "case_spell.concluded_by_id": (CLOSURE, {}),
    "allegation.number": ("Further allegations", {"number": 2}),
    "allegation.subcategory_id": (ALLEGATION, {}),
    "allegation.place": (ALLEGATION, {}),
    "allegation.happened_precision": (ALLEGATION, ABOUT),
    "allegation.happened_from": (ALLEGATION, ABOUT),
    "allegation.happened_to": (ALLEGATION, BETWEEN),
    "allegation.context_id": (DESCRIPTION, {"context_id": None}),
    "allegation.description": (DESCRIPTION, {}),
    "outcome.reasons": (OUTCOME, {}),
    "outcome.evidence": (OUTCOME, {}),
    "outcome.decided_on": (OUTCOME, {}),
    "outcome.decided_by_id": (OUTCOME, {}),
    "outcome.ended_on": ("Earlier outcomes", {"ended_on": DAY, "ended_reason": "x"}),
    "outcome.ended_reason": ("Earlier outcomes", {"ended_on": DAY}),
    **{f"outcome.{column}": (HELP, HELPED) for column in HELPED if column != "outcome"},
    "strand.status": (ENQUIRY, {"status": "ongoing"}),
    "strand.lead": (ENQUIRY, {}),
    "strand.started_on": (ENQUIRY, {}),
    "strand.ended_on": (ENQUIRY, {}),
    "strand.review_on": (CONSULTED, {}),
    "strand.consulted_on": (CONSULTED, {}),
    "strand.consulted_with": (CONSULTED, {"consulted_on": DAY}),
    "strand.reference": (CONSULTED, {}),
    "strand.not_applicable_reason": (
        ENQUIRY, {"status": "not_applicable", "not_applicable_reason": "Text"},
    ),
    "strand.way": (EMPLOYER, AT_ONCE),
    "strand.way_on": (EMPLOYER, AT_ONCE),
    "strand.hearing_on": (EMPLOYER, AT_ONCE),
    "strand.acted_on": (EMPLOYER, AT_ONCE | {"way": "without_discipline"}),
    "strand.report_on": (EMPLOYER, INVESTIGATED),
    "strand.hearing_decided_on": (EMPLOYER, INVESTIGATED),
    "strand.hearing_needed": (EMPLOYER, INVESTIGATED),
    "strand_result.reported_on": (RESULT, {}),
    "strand_result.ended_on": (RESULT, {}),
    "strand_result.detail": (RESULT, {}),
    "onward_referral.number": (REFERRAL, {"number": 2}),
    "onward_referral.body_id": (NOT_SENT, {}),
    "onward_referral.basis": (REFERRAL, {"basis": "duty"}),
    "onward_referral.considered_on": (REFERRAL, {"considered_on": EARLY}),
    "onward_referral.decision": (
        NOT_SENT, {"decision": "no_referral", "reasons": "x", "referred_on": None},
    ),
    "onward_referral.decided_by": (REFERRAL, {}),
    "onward_referral.reasons": (REFERRAL, {}),
    "onward_referral.reference": (REFERRAL, {}),
    "onward_referral.chase_on": (REFERRAL, {}),
    "onward_referral.acknowledged_on": (REFERRAL, {"acknowledged_on": LATE}),
    "onward_referral.closed_on": (REFERRAL, CLOSED),
    "onward_referral.result": (REFERRAL, CLOSED),
    "learning_point.kind": (LEARNED, {"kind": "good_practice"}),
    "learning_point.description": (LEARNED, {}),
    "strategy_discussion.status": (DISCUSSION, {"status": "minutes_agreed"}),
    "strategy_discussion.purpose": (DISCUSSION, {"purpose": "initial"}),
    "strategy_discussion.scheduled_on": (DISCUSSION, {}),
    "strategy_discussion.scheduled_at": (DISCUSSION, {"scheduled_at": time(9, 30)}),
    "strategy_discussion.place": (DISCUSSION, {}),
    "strategy_discussion.chair_id": (DISCUSSION, {}),
    "strategy_discussion.next_review_on": (DISCUSSION, {"next_review_on": DAY}),
    "strategy_discussion.joint": (DISCUSSION, {"joint": True}),
    "strategy_discussion.circulated_on": (
        DISCUSSION, {"status": "circulated", "circulated_on": DAY},
    ),
    "strategy_discussion.cancelled_reason": (NOT_HELD, {"status": "cancelled", "held_on": None}),
    **{
        f"{table}.{column}": (KEPT, {column: value})
        for table in ("person", "consultation", "case")
        for column, value in (
            ("retention_class", "long"), ("retention_review_on", DAY), ("legal_hold", True),
        )
    },
    **{
        f"{table}.{column}": (DISCLOSURE, {column: value})
        for table in (
            "consultation", "decision", "allegation", "outcome", "strand_result",
            "onward_referral", "learning_point", "strategy_discussion",
        )
        for column, value in (("disclosure", "open"), ("text_agency_id", FITTING))
    },
}  # fmt: skip
