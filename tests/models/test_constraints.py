"""Impossible records are refused by the database itself: each constraint is broken on purpose."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import (
    CheckConstraint,
    Enum,
    Table,
    UniqueConstraint,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from lado import create_app
from lado.extensions import db
from lado.models import Base
from tests.conftest import Databases, in_use, make_config
from tests.models.valid_rows import CONCLUDED, DECIDED, HELD, NOW, RECEIVED, insert_all

DAY = timedelta(days=1)

REFERRED = {"decision": "refer", "decided_by": "Kim", "referred_on": HELD}
AT_ONCE = {"kind": "employer", "way": "hearing", "way_on": HELD}
INVESTIGATED = AT_ONCE | {
    "way": "investigation", "report_on": CONCLUDED, "hearing_decided_on": CONCLUDED,
    "hearing_needed": True,
}  # fmt: skip
HELPED = {
    "outcome": "false", "evidence": "Text", "child_help": "referred", "child_help_on": CONCLUDED,
    "child_help_by": "Kim", "child_help_reasons": "Text",
}  # fmt: skip

# Constraint: what a valid row is changed to. Enumerations are broken below, by rule.
UNDRAWN = dict.fromkeys(("figures", "definitions_version", "drawn_at", "drawn_by_id"))
BROKEN: dict[str, dict[str, Any]] = {
    "ck_action_description_not_blank": {"description": "  "},
    "ck_action_done_or_waived": {"done_on": HELD, "waived_on": HELD, "waived_reason": "Moved"},
    "ck_action_waived_has_reason": {"waived_on": HELD},
    "ck_action_change_reason_not_blank": {"reason": " "},
    "ck_advice_template_text_not_blank": {"text": " "},
    "ck_advice_template_title_not_blank": {"title": " "},
    "ck_circulation_recipient_not_blank": {"recipient": " "},
    "ck_chase_chased_a_discussion": {"what": "minutes", "action_id": None},
    "ck_chase_chased_a_referral": {"what": "referral", "action_id": None},
    "ck_chase_chased_a_strand": {"what": "strand", "action_id": None},
    "ck_chase_chased_an_action": {"what": "minutes", "discussion_id": 1},
    "ck_confirmation_recipient_not_blank": {"recipient_name": " "},
    "ck_confirmation_sent_not_before_written": {
        "sent_on": DECIDED - DAY, "sent_how": "post", "sent_by_id": 1,
    },
    "ck_confirmation_sent_says_how_and_by_whom": {"sent_on": DECIDED},
    "ck_confirmation_text_not_blank": {"text": " "},
    "ck_delay_reason_month_of_a_year": {"month": 13},
    "ck_delay_reason_text_not_blank": {"text": " "},
    "ck_declaration_connection_not_blank": {"connection": " "},
    "ck_declaration_ended_not_before_declared": {"ended_at": NOW - DAY},
    "ck_declaration_surname_not_blank": {"surname": " "},
    "ck_audited_decision_view_has_day": {"audited_on": None},
    "ck_audited_decision_view_has_reasons": {"reasons": None},
    "ck_information_request_answer_is_drawn": {
        **UNDRAWN, "answered_at": NOW, "answered_by_id": 1,
        "figures_sha256": "0" * 64,
    },
    "ck_information_request_answering_is_whole": {"answered_at": NOW},
    "ck_information_request_drawing_is_whole": {"definitions_version": None},
    "ck_information_request_number_not_blank": {"number": " "},
    "ck_information_request_question_not_blank": {"question": " "},
    "ck_peer_audit_period_in_order": {"period_end": RECEIVED - DAY},
    "ck_peer_audit_size_fits": {"drawn_from": 0},
    "ck_sub_group_action_done_not_before_decided": {
        "done_on": DECIDED - DAY,
        "ended_by_id": 1,
    },
    "ck_sub_group_action_done_or_dropped": {
        "done_on": HELD,
        "dropped_on": HELD,
        "dropped_reason": "Text",
        "ended_by_id": 1,
    },
    "ck_sub_group_action_dropped_has_reason": {"dropped_on": HELD, "ended_by_id": 1},
    "ck_sub_group_action_due_not_before_decided": {"due_on": DECIDED - DAY},
    "ck_sub_group_action_end_says_by_whom": {"done_on": HELD},
    "ck_sub_group_action_owner_not_blank": {"owner": " "},
    "ck_sub_group_action_what_not_blank": {"what": " "},
    "ck_sub_group_progress_text_not_blank": {"text": " "},
    "ck_training_session_somebody_came": {"people": 0},
    "ck_training_session_title_not_blank": {"title": " "},
    "ck_suspected_conflict_dismissed_has_note": {
        "state": "dismissed", "settled_at": NOW, "settled_by_id": 1,
    },
    "ck_suspected_conflict_score_possible": {"score": 0},
    "ck_suspected_conflict_settled_not_before_found": {
        "state": "confirmed", "settled_at": NOW - DAY, "settled_by_id": 1,
    },
    "ck_suspected_conflict_settled_says_when": {"state": "confirmed", "settled_by_id": 1},
    "ck_suspected_conflict_settled_says_who": {"state": "confirmed", "settled_at": NOW},
    "ck_given_name_surname_not_blank": {"surname": " "},
    "ck_enquiry_answer_fits_text": {"answer_text": "Text"},
    "ck_enquiry_answer_says_why_and_who": {"answer_reasons": None},
    "ck_enquiry_answered_not_before_received": {"answered_on": RECEIVED - DAY},
    "ck_enquiry_asker_not_blank": {"asker_name": " "},
    "ck_enquiry_record_one_record": {"case_id": 1},
    "ck_enquiry_sent_has_answer": {
        "answer": None, "answer_reasons": None, "answered_on": None, "answered_by_id": None,
        "sent_on": HELD, "sent_how": "post", "sent_by_id": 1,
    },
    "ck_enquiry_sent_says_how_and_by_whom": {"sent_on": HELD},
    "ck_enquiry_sent_was_answered": {
        "sent_on": DECIDED - DAY, "sent_how": "post", "sent_by_id": 1,
    },
    "ck_enquiry_surname_not_blank": {"surname": " "},
    "ck_follow_up_done_or_dropped": {
        "done_on": HELD, "dropped_on": HELD, "dropped_reason": "Moved", "ended_by_id": 1,
    },
    "ck_follow_up_dropped_has_reason": {"dropped_on": HELD, "ended_by_id": 1},
    "ck_follow_up_end_says_by_whom": {"done_on": HELD},
    "ck_follow_up_result_of_what_was_done": {"result": "Text"},
    "ck_follow_up_what_not_blank": {"what": " "},
    "ck_note_contact_has_kind": {"other_party": "Kim"},
    "ck_alert_review_about_one": {"person_id": 1},
    "ck_alert_review_note_not_blank": {"note": " "},
    "ck_allegation_description_stated": {"description": None},
    "ck_allegation_happened_fits_precision": {"happened_from": RECEIVED},
    "ck_case_children_fit_count": {"children": "counted"},
    "ck_case_owner_stated": {"owner_id": None},
    "ck_case_register_has_reference": {"origin": "register", "imported_reference": None},
    "ck_case_request_fits_status": {"status": "closure_requested"},
    "ck_case_request_says_how": {"proposed_note": "Text"},
    "ck_case_restriction_lift_stated": {"reporting_restriction_lifted_on": HELD},
    "ck_case_no_learning_says_why_and_who": {"learning_none_on": HELD},
    "ck_case_spell_closure_fits_conclusion": {"concluded_on": CONCLUDED},
    "ck_case_spell_concluded_not_before_opened": {
        "concluded_on": DECIDED - DAY, "origin": "register",
    },
    "ck_case_not_reporting_restricted_says_why": {"not_reporting_restricted_on": HELD},
    "ck_case_spell_review_after_reopening": {"review_on": CONCLUDED},
    "ck_case_spell_reopening_has_reason": {"number": 2, "reopened_reason": None},
    "ck_child_age_possible": {"age": 26},
    "ck_child_one_home": {"case_id": None},
    "ck_child_reason_when_not_sought": {"voice": "not_sought"},
    "ck_consultation_answered_not_before_received": {"first_answered_on": RECEIVED - DAY},
    "ck_consultation_known_not_after_received": {
        "statutory_duty": True, "reporter_aware_on": RECEIVED + DAY,
    },
    "ck_consultation_known_time_has_day": {"reporter_aware_at": time(9, 30)},
    "ck_consultation_known_under_the_duty": {"reporter_aware_on": RECEIVED},
    "ck_consultation_police_facts_when_told": {"police_reference": "CR/1"},
    "ck_consultation_anonymous_has_no_name": {"anonymous": True, "referrer_name": "Kim"},
    "ck_consultation_aware_not_after_received": {"aware_on": RECEIVED + DAY},
    "ck_consultation_children_fit_count": {"children_count": 0},
    "ck_consultation_happened_fits_precision": {"happened_precision": "between"},
    "ck_consultation_happened_not_after_received": {"happened_from": RECEIVED + DAY},
    "ck_consultation_register_has_reference": {"origin": "register"},
    "ck_consultation_subject_case_link": {"case_id": None},
    "ck_consultation_subject_weight_needs_looking": {
        "earlier_records": None, "earlier_weight": "Much",
    },
    "ck_consultation_summary_stated": {"summary": None},
    "ck_consultation_taker_stated": {"taken_by_id": None},
    "ck_decision_decided_stated": {"decided_on": None},
    "ck_decision_decider_stated": {"decided_by_id": None},
    "ck_decision_end_has_reason": {"ended_on": HELD},
    "ck_decision_ended_not_before_decided": {"ended_on": DECIDED - DAY, "ended_reason": "New"},
    "ck_decision_reasons_stated": {"reasons": None},
    "ck_draft_finished_is_empty": {"finished_at": NOW, "typed": '[["text", "x"]]'},
    "ck_draft_log_has_no_record": {"record": None},
    "ck_draft_part_of_record": {"form": "consultation_log", "record": None, "part": 1},
    "ck_draft_saved_after_created": {"saved_at": NOW - DAY},
    "ck_draft_typed_not_too_long": {"typed": "x" * 1_000_001},
    "ck_invitation_used_before_expiry": {"used_at": NOW + DAY},
    "ck_learning_point_description_stated": {"description": None},
    "ck_named_access_one_record": {"case_id": 1},
    "ck_document_deleted_after_withdrawal": {
        "withdrawn_at": NOW, "withdrawn_by_id": 2, "withdrawn_reason": "Text",
        "deleted_at": NOW - DAY, "deleted_by_id": 1,
    },
    "ck_document_deleted_by_another": {
        "withdrawn_at": NOW, "withdrawn_by_id": 1, "withdrawn_reason": "Text",
        "deleted_at": NOW, "deleted_by_id": 1,
    },
    "ck_document_deletion_stated": {
        "withdrawn_at": NOW, "withdrawn_by_id": 1, "withdrawn_reason": "Text", "deleted_at": NOW,
    },
    "ck_document_has_content": {"size": 0},
    "ck_document_one_home": {"consultation_id": 1},
    "ck_document_title_not_blank": {"title": " "},
    "ck_document_withdrawal_stated": {"withdrawn_at": NOW, "withdrawn_by_id": 1},
    "ck_matter_case_leaving_stated": {"left_at": NOW},
    "ck_matter_case_left_not_before_joined": {
        "left_at": NOW - DAY, "left_by_id": 1, "left_reason": "Text",
    },
    "ck_matter_case_reason_not_blank": {"reason": " "},
    "ck_other_authority_authority_not_blank": {"authority": " "},
    "ck_other_authority_one_home": {"consultation_id": 1},
    "ck_other_authority_pack_says_when_and_by_whom": {"pack_made_at": None},
    "ck_other_authority_told_says_when": {"told": "Kim"},
    "ck_note_one_home": {"consultation_id": 1},
    "ck_note_text_not_blank": {"text": " "},
    "ck_notice_child_of_child_or_parents": {"child_id": 1},
    "ck_notice_told_is_not_looked_at_again": {"look_again_on": HELD + DAY},
    "ck_notice_told_or_withheld": {"withheld_on": HELD, "withheld_reason": "Police asked"},
    "ck_notice_told_says_how_and_by_whom": {"told_by": None},
    "ck_notice_withheld_has_reason": {"withheld_reason": "Police asked"},
    "ck_onward_referral_acknowledged_was_referred": {"acknowledged_on": HELD},
    "ck_onward_referral_closed_has_result": REFERRED | {"closed_on": HELD},
    "ck_onward_referral_closed_is_not_chased": REFERRED | {
        "closed_on": HELD, "result": "Text", "chase_on": HELD,
    },
    "ck_onward_referral_closed_was_referred": {"closed_on": HELD, "result": "Text"},
    "ck_onward_referral_considered_stated": {"considered_on": None},
    "ck_onward_referral_decision_has_decider": {"decision": "refer"},
    "ck_onward_referral_no_referral_has_reasons": {
        "decision": "no_referral", "decided_by": "Kim",
    },
    "ck_onward_referral_referred_not_before_considered": {
        "decision": "refer", "decided_by": "Kim", "referred_on": HELD - DAY,
    },
    "ck_onward_referral_referred_was_decided": {"referred_on": HELD},
    "ck_organisation_name_not_blank": {"name": ""},
    "ck_outcome_decider_stated": {"decided_by_id": None},
    "ck_organisation_closed_on_is_closed": {"closed_on": HELD},
    "ck_organisation_merged_into_another": {"merged_into_id": 1},
    "ck_organisation_urn_has_source": {"source": None},
    "ck_organisation_merge_reason_not_blank": {"reason": " "},
    "ck_organisation_merge_two_organisations": {"merged_id": 1},
    "ck_organisation_merge_undoing_stated": {"undone_reason": "Text"},
    "ck_organisation_name_name_not_blank": {"name": " "},
    "ck_organisations_apart_lower_first": {"first_id": 2},
    "ck_outcome_disproof_has_evidence": {"outcome": "malicious"},
    "ck_outcome_help_after_disproof": HELPED | {"outcome": "unfounded"},
    "ck_outcome_help_says_when_and_who": HELPED | {"child_help_by": None},
    "ck_outcome_help_says_why": HELPED | {"child_help_reasons": None},
    "ck_outcome_end_has_reason": {"ended_reason": "New"},
    "ck_outcome_ended_not_before_decided": {"ended_on": HELD, "ended_reason": "New"},
    "ck_outcome_reasons_stated": {"reasons": None},
    "ck_minutes_copy_made_for_not_blank": {"made_for": " "},
    "ck_minutes_copy_whole_is_for_nobody": {"made_for": None},
    "ck_minutes_copy_whole_is_its_version": {"number": 1, "made_for": None},
    "ck_minutes_copy_whole_names_all": {
        "number": 1, "made_for": None, "content": None, "names_withheld": True,
    },
    "ck_minutes_copy_whole_withholds_nothing": {
        "number": 1, "made_for": None, "content": None, "passages_withheld": True,
    },
    "ck_minutes_version_agreed_says_by_whom": {"agreed_by_id": None},
    "ck_minutes_version_corrected_not_before_agreed": {
        "corrected_on": HELD - DAY, "corrected_by_id": 1, "correction_reason": "Text",
    },
    "ck_minutes_version_correction_says_why_and_by_whom": {"correction_reason": "Text"},
    "ck_received_transfer_authority_not_blank": {"authority": " "},
    "ck_received_transfer_reference_not_blank": {"reference": " "},
    "ck_withdrawn_copy_reason_not_blank": {"reason": " "},
    "ck_participant_conflict_says_what_was_done": {"conflict_of_interest": "Text"},
    "ck_participant_left_out_has_reason": {"attendance": "left_out"},
    "ck_participant_name_not_blank": {"name": " "},
    "ck_person_age_known_one_way": {"stated_age": 40, "age_stated_on": RECEIVED},
    "ck_person_age_possible": {
        "stated_age": 9, "age_stated_on": RECEIVED, "date_of_birth": None,
    },
    "ck_person_comparison_ended_not_before_judged": {"ended_at": NOW - DAY},
    "ck_person_comparison_in_order": {"one_id": 2, "other_id": 1},
    "ck_person_comparison_same_has_reason": {"sameness": "same"},
    "ck_person_name_surname_not_blank": {"surname": " "},
    "ck_person_same_as_another": {"same_as_id": 1},
    "ck_position_dates_in_order": {"held_from": HELD, "held_to": RECEIVED},
    "ck_received_form_children_count_possible": {"children_count": 0},
    "ck_received_form_concern_not_blank": {"concern": " "},
    "ck_received_form_handled_says_when": {"handled_at": NOW},
    "ck_received_form_handled_says_who": {"handled_by_id": 1},
    "ck_received_form_happened_in_order": {"happened_to": RECEIVED - DAY},
    "ck_received_form_last_day_has_first": {"happened_from": None},
    "ck_received_form_logged_has_consultation": {"consultation_id": 1},
    "ck_received_form_logged_keeps_nothing": {
        "status": "logged", "consultation_id": 1, "handled_at": NOW, "handled_by_id": 1,
    },
    "ck_received_form_put_aside_has_reason": {"put_aside_reason": "Text"},
    "ck_received_form_reporter_can_be_reached": {"reporter_phone": None},
    "ck_received_form_reporter_not_blank": {"reporter_name": " "},
    "ck_report_approval_fits_status": {"status": "approved"},
    "ck_report_correction_says_why": {"edition_number": 2},
    "ck_report_period_in_order": {"period_end": date(2026, 3, 31)},
    "ck_report_public_file_is_published": {"public_pdf_sha256": "c" * 64},
    "ck_report_sent_back_is_draft": {
        "sent_back_reason": "Text", "status": "approved", "approved_at": NOW, "approved_by_id": 1,
    },
    "ck_report_publication_fits_status": {"figures_sha256": "c" * 64},
    "ck_safety_measure_decided_says_who_and_why": {"reasons": None},
    "ck_safety_measure_ended_fits_decision": {"ended_on": CONCLUDED, "ended_reason": "Text"},
    "ck_safety_measure_ended_has_reason": {
        "decision": "ended", "ended_on": CONCLUDED, "review_on": None,
    },
    "ck_safety_measure_ended_not_before_started": {
        "decision": "ended", "ended_on": HELD - DAY, "ended_reason": "Text", "review_on": None,
    },
    "ck_safety_measure_passed_on_while_in_place": {
        "decision": "not_used", "started_on": None, "review_on": None, "passed_on_to": "Kim",
    },
    "ck_safety_measure_review_decided_not_blank": {"decided": " "},
    "ck_safety_measure_reviewed_while_in_place": {"review_on": None},
    "ck_safety_measure_started_fits_decision": {"started_on": None},
    "ck_strand_acted_without_discipline": AT_ONCE | {"acted_on": HELD},
    "ck_strand_consulted_has_day": {"consulted_with": "Kim"},
    "ck_strand_employer_before_end": AT_ONCE | {
        "hearing_on": CONCLUDED, "status": "ended", "ended_on": CONCLUDED - DAY,
    },
    "ck_strand_hearing_decided_after_report": INVESTIGATED | {"report_on": CONCLUDED + DAY},
    "ck_strand_hearing_decision_says_which": INVESTIGATED | {"hearing_needed": None},
    "ck_strand_hearing_was_decided": INVESTIGATED | {
        "hearing_needed": False, "hearing_on": CONCLUDED,
    },
    "ck_strand_report_of_investigation": AT_ONCE | {"report_on": HELD},
    "ck_strand_way_has_day": AT_ONCE | {"way_on": None},
    "ck_strand_way_of_employer": AT_ONCE | {"kind": "police"},
    "ck_strand_ended_is_not_reviewed": {
        "status": "ended", "ended_on": HELD, "review_on": CONCLUDED,
    },
    "ck_strand_not_applicable_has_reason": {"status": "not_applicable"},
    "ck_strand_update_text_not_blank": {"text": " "},
    "ck_strand_dates_in_order": {"status": "ended", "ended_on": DECIDED - DAY},
    "ck_strand_ended_has_date": {"status": "ended"},
    "ck_strand_result_ended_not_before_reported": {"ended_on": HELD - DAY},
    "ck_strand_result_reported_stated": {"reported_on": None},
    "ck_strategy_discussion_cancelled_has_reason": {"cancelled_reason": "Ill"},
    "ck_strategy_discussion_circulated_says_when": {"circulated_on": HELD},
    "ck_strategy_discussion_circulated_not_before_held": {
        "status": "circulated", "circulated_on": HELD - DAY,
    },
    "ck_strategy_discussion_held_fits_status": {"held_on": None},
    "ck_strategy_discussion_purpose_stated": {"purpose": None},
    "ck_strategy_discussion_review_not_before_held": {"next_review_on": HELD - DAY},
    "ck_strategy_discussion_scheduled_has_date": {
        "status": "scheduled", "scheduled_on": None, "held_on": None,
    },
    "ck_term_closure_reason_says": {"needs_outcome": True},
    "ck_term_dates_in_order": {"valid_from": HELD, "valid_to": RECEIVED},
    "ck_term_decision_has_stage": {"stage": "advice"},
    "ck_term_label_not_blank": {"label": " "},
    "ck_user_email_lower": {"email": "Ada@example.test"},
}  # fmt: skip


def table_of(constraint: str) -> Table:
    """The table whose name the constraint's continues; the longest, as names share starts."""
    names = [t for t in Base.metadata.tables if constraint.startswith(f"ck_{t}_")]
    return next(
        Base.metadata.tables[name]
        for name in sorted(names, key=len, reverse=True)
        if constraint in {str(c.name) for c in Base.metadata.tables[name].constraints}
    )


def enum_columns() -> list[tuple[str, str]]:
    return [
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Enum)
    ]


def checks() -> set[str]:
    """Every CHECK there is but those of enumerations."""
    return {
        str(constraint.name)
        for table in Base.metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint) and not constraint._type_bound
    }


def unique_keys() -> list[tuple[str, tuple[str, ...]]]:
    """Unique constraints and unique indexes, by table and columns."""
    keys: list[tuple[str, tuple[str, ...]]] = []
    for table in Base.metadata.sorted_tables:
        if table.name == "term":
            continue
        found = [c.columns for c in table.constraints if isinstance(c, UniqueConstraint)]
        found += [i.columns for i in table.indexes if i.unique]
        keys += [(table.name, tuple(column.name for column in columns)) for columns in found]
    return keys


def change(table: Table, row: dict[str, Any], changes: dict[str, Any]) -> None:
    """Change the valid row; where rows cannot change, add one like it."""
    if table.name == "note":
        db.session.execute(insert(table).values(row | changes | {"id": 2}))
        return
    key = [column == row[column.name] for column in table.primary_key if column.name in row]
    db.session.execute(update(table).where(*key).values(**changes))


def test_every_check_of_the_schema_is_broken_here() -> None:
    assert set(BROKEN) == checks()


@pytest.fixture(scope="module")
def filled(
    databases: Databases,
    migrated_database: Callable[[], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, dict[str, Any]]]:
    """A valid row of each table, for all tests of this module: none of them keeps a change."""
    url = migrated_database()
    with in_use(create_app(make_config(url, tmp_path_factory.mktemp("filled")))):
        yield insert_all()
    databases.drop(url)


@pytest.fixture
def rows(filled: dict[str, dict[str, Any]]) -> Iterator[dict[str, dict[str, Any]]]:
    yield filled
    db.session.rollback()


@pytest.mark.parametrize("constraint", sorted(BROKEN))
def test_the_database_refuses(constraint: str, rows: dict[str, dict[str, Any]]) -> None:
    table = table_of(constraint)
    row = rows.get(table.name, {"id": 1})
    with pytest.raises(IntegrityError, match=constraint):
        change(table, row, BROKEN[constraint])


@pytest.mark.parametrize(("table", "column"), enum_columns())
def test_an_unknown_code_is_refused(
    table: str, column: str, rows: dict[str, dict[str, Any]]
) -> None:
    stored = Base.metadata.tables[table]
    row = rows.get(table, {"id": 1})
    unchecked: dict[str, Any] = {column: literal_column("'unheard of'")}
    with pytest.raises(IntegrityError, match="ck_"):
        change(stored, row, unchecked)


@pytest.mark.parametrize(("table", "columns"), unique_keys())
def test_a_double_is_refused(
    table: str, columns: tuple[str, ...], rows: dict[str, dict[str, Any]]
) -> None:
    stored = Base.metadata.tables[table]
    if any(rows[table].get(column) is None for column in columns):
        filled = {c: rows[table].get(c) or filling(table, c) for c in columns}
        change(stored, rows[table], filled | companions(table))
    row = dict(db.session.execute(select(stored)).mappings().first() or {})
    others = {
        column.name: 2 if isinstance(row[column.name], int) else f"other {column.name}"[:22]
        for column in stored.columns
        if column.unique and column.name not in columns and row[column.name] is not None
    }
    others |= distinct(stored, columns)
    with pytest.raises(IntegrityError, match=r"(?i)unique|append-only"):
        db.session.execute(insert(stored).values({**row, **others}))


def filling(table: str, column: str) -> Any:
    return "imported" if column == "imported_reference" else 1


def companions(table: str) -> dict[str, Any]:
    """What must change with a filled column for the row to stay valid."""
    needed: dict[str, dict[str, Any]] = {
        "child": {"case_id": None},
        "document": {"case_id": None},
        "other_authority": {"case_id": None},
        "named_access": {"person_id": None},
        "enquiry_record": {"person_id": None},
        "received_form": {
            "status": "logged",
            "handled_at": NOW,
            "handled_by_id": 1,
            "reporter_name": None,
            "reporter_phone": None,
            "happened_from": None,
            "happened_to": None,
            "children_count": None,
            "concern": None,
        },
    }
    return needed.get(table, {})


def distinct(table: Table, columns: tuple[str, ...]) -> dict[str, Any]:
    """Another id and number, so that only the key under test is doubled."""
    spare = {"id": 99, "number": 99}
    return {name: value for name, value in spare.items()
            if name in table.columns and name not in columns}  # fmt: skip
