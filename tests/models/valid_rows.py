"""One valid row of each table, written by hand from the definitions."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert, select

from lado.extensions import db
from lado.models import Base, Term
from lado.rules.vocabulary import TermGroup

NOW = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
RECEIVED = date(2026, 4, 20)
DECIDED = date(2026, 4, 21)
HELD = date(2026, 4, 28)
CONCLUDED = date(2026, 6, 1)

ENTERED = {"origin": "entered", "entered_at": NOW}
TEXT = {"disclosure": "undetermined"}
KEPT = {"retention_class": "undetermined", "legal_hold": False}


def insert_all() -> dict[str, dict[str, Any]]:
    """Insert the rows in an order the foreign keys allow; gives them by table."""
    rows = _rows()
    for table in Base.metadata.sorted_tables:
        if table.name in rows:
            db.session.execute(insert(table).values(**rows[table.name]))
        if table.name == "organisation":
            db.session.execute(insert(table).values(**_another_organisation(rows)))
        if table.name == "person":
            another = rows["person"] | {"id": 2, "public_id": "p2"}
            db.session.execute(insert(table).values(**another))
    db.session.commit()
    return rows


def _another_organisation(rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """For what is about two of them."""
    return rows["organisation"] | {"id": 2, "public_id": "o2", "urn": "900002"}


def _term(group: TermGroup) -> int:
    return db.session.scalars(select(Term.id).where(Term.group == group).limit(1)).one()


def _rows() -> dict[str, dict[str, Any]]:
    sector, category = _term(TermGroup.SECTOR), _term(TermGroup.CATEGORY)
    people, about = _people(sector), _consultation(category) | _case(category)
    return people | about | _discussion() | _advice() | _of_the_service() | _rest()


def _people(sector: int) -> dict[str, dict[str, Any]]:
    return {
        "user": {
            "id": 1, "public_id": "u1", "version": 1, "email": "ada@example.test", "name": "Ada",
            "role": "lado", "active": True, "fs_uniquifier": "f1", "created_at": NOW,
            "failed_sign_ins": 0,
        },
        "invitation": {
            "id": 1, "token_sha256": "a" * 64, "user_id": 1, "purpose": "both",
            "created_at": NOW, "expires_at": NOW, "used_at": None,
        },
        "recovery_code": {"id": 1, "user_id": 1, "code_sha256": "a" * 64},
        "user_session": {
            "id": 1, "token_sha256": "a" * 64, "user_id": 1, "started_at": NOW,
            "last_seen_at": NOW,
        },
        "draft": {
            "id": 1, "public_id": "d1", "author_id": 1, "form": "case_note", "record": "case1",
            "typed": "[]", "page": "d1", "created_at": NOW, "saved_at": NOW,
        },
        "person": {
            "id": 1, "public_id": "p1", "version": 1, "restricted": False,
            "date_of_birth": date(1980, 1, 2), **ENTERED, **KEPT,
        },
        "person_name": {
            "id": 1, "person_id": 1, "kind": "current", "surname": "Testwell", "forename": "Pat",
            "folded": "testwell pat",
        },
        "person_key": {"key": 1, "person_id": 1},
        "person_comparison": {
            "id": 1, "one_id": 1, "other_id": 2, "sameness": "different", "reason": "",
            "judged_at": NOW, "judged_by_id": 1,
        },
        "associate": {"id": 1, "user_id": 1, "person_id": 1, "connection": "Cousin"},
        "declaration": {
            "id": 1, "public_id": "l1", "user_id": 1, "surname": "Testwell", "forename": "Pat",
            "connection": "Cousin", "declared_at": NOW,
        },
        "suspected_conflict": {
            "id": 1, "public_id": "s1", "user_id": 1, "person_id": 1, "declaration_id": 1,
            "score": 80, "state": "pending", "found_at": NOW,
        },
        "named_access": {"id": 1, "user_id": 1, "person_id": 1},
        "organisation": {
            "id": 1, "public_id": "o1", "version": 1, "name": "Example School",
            "folded": "example school", "sector_id": sector, "closed": False,
            "source": "schools", "urn": "900001", **ENTERED,
        },
        "organisation_name": {
            "id": 1, "organisation_id": 1, "name": "Old School", "folded": "old school",
        },
        "organisation_word": {"organisation_id": 1, "word": "example"},
        "organisation_merge": {
            "id": 1, "public_id": "g1", "merged_id": 2, "into_id": 1, "reason": "The same",
            "merged_at": NOW, "merged_by_id": 1,
        },
        "organisation_moved": {"merge_id": 1, "part": "position", "record_id": 1},
        "organisations_apart": {"first_id": 1, "second_id": 2, "told_by_id": 1, "told_at": NOW},
        "alert_review": {
            "id": 1, "organisation_id": 1, "note": "Text", "reviewed_at": NOW, "reviewed_by_id": 1,
        },
        "position": {
            "id": 1, "person_id": 1, "organisation_id": 1, "sector_id": sector, **ENTERED,
        },
    }  # fmt: skip


def _consultation(category: int) -> dict[str, dict[str, Any]]:
    return {
        "register_import": {
            "id": 1, "sha256": "b" * 64, "loaded_at": NOW, "loaded_by_id": 1, "row_count": 1,
        },
        "consultation": {
            "id": 1, "public_id": "c1", "version": 1, "reference": "C-2026-00001",
            "status": "decided", "received_on": RECEIVED, "aware_on": RECEIVED,
            "happened_precision": "exact", "happened_from": RECEIVED, "taken_by_id": 1,
            "anonymous": False, "children": "counted", "children_count": 1, "summary": "Text",
            "restricted": False, "whistle_blower": False, "child_reported": False,
            "statutory_duty": False, **ENTERED, **TEXT, **KEPT,
        },
        "alert_review_contact": {"review_id": 1, "consultation_id": 1},
        "consultation_subject": {
            "id": 1, "consultation_id": 1, "number": 1, "person_id": 1, "position_id": 1,
            "category_id": category, "opened_case": True, "case_id": 1,
            "earlier_records": "none_found",
        },
        "pseudonym": {"subject_id": 1, "with_birth": True, "key_number": 1, "hash": "c" * 64},
        "given_name": {"subject_id": 1, "surname": "Smith", "forename": ""},
        "consultation_subject_limb": {"subject_id": 1, "limb": "harm", "is_primary": True},
        "decision": {
            "id": 1, "subject_id": 1, "number": 1, "term_id": _term(TermGroup.DECISION),
            "reasons": "Reasons", "decided_on": DECIDED, "decided_by_id": 1, **ENTERED, **TEXT,
        },
    }  # fmt: skip


def _case(category: int) -> dict[str, dict[str, Any]]:
    body = _term(TermGroup.REFERRAL_BODY)
    return {
        "case": {
            "id": 1, "public_id": "k1", "version": 1, "reference": "PT-2026-0001",
            "status": "open", "owner_id": 1, "person_id": 1, "position_id": 1,
            "received_on": RECEIVED, "children": "none_identified", "restricted": False,
            "reporting_restriction": False, **ENTERED, **KEPT,
        },
        "case_spell": {"id": 1, "case_id": 1, "number": 1, "opened_on": DECIDED,
                       "reopened_reason": "Reason", **ENTERED},
        "former_owner": {"id": 1, "spell_id": 1, "user_id": 1, **ENTERED},
        "allegation": {
            "id": 1, "case_id": 1, "number": 1, "is_primary": True, "category_id": category,
            "description": "Text", "happened_precision": "not_known", **ENTERED, **TEXT,
        },
        "allegation_limb": {"allegation_id": 1, "limb": "harm", "is_primary": True},
        "outcome": {
            "id": 1, "allegation_id": 1, "number": 1, "outcome": "unfounded",
            "reasons": "Reasons", "decided_on": CONCLUDED, "decided_by_id": 1, **ENTERED, **TEXT,
        },
        "child": {
            "id": 1, "case_id": 1, "consultation_id": None, "number": 1, "age": 9,
            "voice": "not_yet", **ENTERED, **TEXT,
        },
        "strand": {"id": 1, "case_id": 1, "kind": "police", "status": "ongoing",
                   "started_on": DECIDED, **ENTERED},
        "strand_update": {
            "id": 1, "strand_id": 1, "number": 1, "heard_on": HELD, "text": "Text",
            **ENTERED, **TEXT,
        },
        "strand_result": {
            "id": 1, "strand_id": 1, "number": 1, "term_id": _term(TermGroup.POLICE_OUTCOME),
            "reported_on": HELD, **ENTERED, **TEXT,
        },
        "onward_referral": {
            "id": 1, "case_id": 1, "number": 1, "body_id": body, "considered_on": HELD,
            "decision": "pending", **ENTERED, **TEXT,
        },
        "safety_measure": {
            "id": 1, "version": 1, "case_id": 1, "number": 1,
            "term_id": _term(TermGroup.SAFETY_MEASURE), "considered_on": HELD,
            "decision": "in_place", "decided_by": "Kim", "reasons": "Reasons", "started_on": HELD,
            "review_on": CONCLUDED, **ENTERED, **TEXT,
        },
        "safety_measure_review": {
            "id": 1, "measure_id": 1, "number": 1, "reviewed_on": HELD, "decided": "Goes on",
            **ENTERED,
        },
        "notice": {
            "id": 1, "case_id": 1, "number": 1, "notice_to": "subject", "step": "outcome_told",
            "told_on": HELD, "told_by": "Kim", "told_how": "letter", **ENTERED, **TEXT,
        },
        "learning_point": {
            "id": 1, "case_id": 1, "number": 1, "theme_id": _term(TermGroup.LEARNING_THEME),
            "kind": "improvement", "description": "Text", **ENTERED, **TEXT,
        },
    }  # fmt: skip


def _discussion() -> dict[str, dict[str, Any]]:
    agency = _term(TermGroup.AGENCY)
    return {
        "strategy_discussion": {
            "id": 1, "version": 1, "case_id": 1, "number": 1, "status": "held",
            "purpose": "initial", "joint": False, "scheduled_on": HELD, "held_on": HELD,
            **ENTERED, **TEXT,
        },
        "minutes_version": {
            "id": 1, "discussion_id": 1, "number": 1, "content": "{}", "agreed_on": HELD,
            "agreed_by_id": 1,
        },
        "minutes_copy": {
            "id": 1, "version_id": 1, "number": 2, "made_for": "Kim", "passages_withheld": False,
            "names_withheld": False, "content": "{}",
        },
        "withheld_part": {"copy_id": 1, "part": "support"},
        "withdrawn_copy": {
            "copy_id": 1, "withdrawn_on": HELD, "withdrawn_by_id": 1, "reason": "By mistake",
        },
        "circulation": {"id": 1, "copy_id": 1, "recipient": "Kim", "sent_on": HELD},
        "received_information": {
            "discussion_id": 1, "agency_id": agency, "code": "dbs", "received_on": HELD,
        },
        "minute": {"discussion_id": 1, "heading": "allegation", "text": "Text"},
        "participant": {
            "id": 1, "discussion_id": 1, "number": 1, "name": "Kim", "agency_id": agency,
            "attendance": "attended",
        },
        "action": {
            "id": 1, "case_id": 1, "discussion_id": 1, "number": 1, "description": "Text",
            "owner": "Kim", "agency_id": agency, "due_on": CONCLUDED, **ENTERED, **TEXT,
        },
        "action_change": {
            "id": 1, "action_id": 1, "number": 1, "description": "Text", "owner": "Kim",
            "agency_id": agency, "due_on": CONCLUDED, "reason": "Leave", "changed_by_id": 1,
            **ENTERED,
        },
        "delay_reason": {
            "id": 1, "case_id": 1, "number": 1, "year": 2026, "month": 6,
            "term_id": _term(TermGroup.DELAY_REASON), "text": "Text", "given_by_id": 1,
            **ENTERED, **TEXT,
        },
        "chase": {
            "id": 1, "case_id": 1, "number": 1, "what": "action", "action_id": 1,
            "discussion_id": None, "chased_on": CONCLUDED, "how": "phone", "chased_by_id": 1,
            **ENTERED,
        },
    }  # fmt: skip


def _advice() -> dict[str, dict[str, Any]]:
    return {
        "advice_template": {
            "id": 100, "public_id": "t1", "version": 1, "code": "spare", "title": "Spare",
            "text": "Text",
        },
        "confirmation": {
            "id": 1, "version": 1, "consultation_id": 1, "number": 1, "template_id": 100,
            "to_caller": True, "recipient_name": "Kim", "text": "Text", "written_on": DECIDED,
            "written_by_id": 1, "sent_on": None, **ENTERED, **TEXT,
        },
        "follow_up": {
            "id": 1, "consultation_id": 1, "number": 1, "what": "Ask", "due_on": HELD,
            "owner_id": 1, "added_by_id": 1, **ENTERED, **TEXT,
        },
        "enquiry": {
            "id": 1, "public_id": "e1", "version": 1, "reference": "E-2026-00001",
            "received_on": RECEIVED, "taken_by_id": 1, "kind": "employer", "asker_name": "Kim",
            "basis": "consent", "surname": "Testwell", "answer": "decline",
            "answer_reasons": "Reasons", "answered_on": DECIDED, "answered_by_id": 1,
            **ENTERED, **TEXT, **KEPT,
        },
        "enquiry_search": {
            "id": 1, "enquiry_id": 1, "number": 1, "searched_at": NOW, "searched_by_id": 1,
            "names": "Testwell", "found": 0,
        },
        "enquiry_record": {"id": 1, "enquiry_id": 1, "person_id": 1},
        "enquiry_closed_to": {"enquiry_id": 1, "user_id": 1},
    }  # fmt: skip


def _of_the_service() -> dict[str, dict[str, Any]]:
    return {
        "sub_group_action": {
            "id": 1, "public_id": "g1", "version": 1, "report_id": 1, "what": "Train",
            "owner": "Kim", "decided_on": DECIDED, "due_on": HELD, "added_by_id": 1, **ENTERED,
        },
        "sub_group_progress": {
            "id": 1, "action_id": 1, "number": 1, "noted_on": HELD, "text": "Booked",
            "noted_by_id": 1,
        },
        "training_session": {
            "id": 1, "public_id": "i1", "version": 1, "held_on": HELD, "kind": "briefing",
            "title": "Low-level concerns", "people": 12, "logged_by_id": 1, **ENTERED,
        },
        "information_request": {
            "id": 1, "public_id": "r2", "version": 1, "number": "FOI 17", "received_on": RECEIVED,
            "question": "How many?", "logged_by_id": 1, "figures": {},
            "definitions_version": "1", "drawn_at": NOW, "drawn_by_id": 1, **ENTERED,
        },
        "peer_audit": {
            "id": 1, "public_id": "q1", "period_start": RECEIVED, "period_end": HELD,
            "asked_for": 1, "drawn_from": 1, "drawn_from_sha256": "0" * 64, "seed": "seed",
            "drawn_at": NOW, "drawn_by_id": 1,
        },
        "audited_decision": {
            "id": 1, "public_id": "v1", "version": 1, "peer_audit_id": 1, "number": 1,
            "decision_id": 1, "auditor_id": 1, "view": "agrees", "reasons": "Reasons",
            "audited_on": HELD,
        },
        "audited_limb": {"audited_decision_id": 1, "limb": "harm"},
    }  # fmt: skip


def _rest() -> dict[str, dict[str, Any]]:
    return {
        "note": {
            "id": 1, "case_id": 1, "consultation_id": None, "happened_on": HELD, "text": "Text",
            "author_id": 1, **ENTERED, **TEXT,
        },
        "reminder": {"user_id": 1, "sent_on": HELD},
        "document": {
            "id": 1, "version": 1, "case_id": 1, "consultation_id": None, "number": 1,
            "title": "Letter", "kind": "letter", "file_name": "letter.pdf", "file_type": "pdf",
            "size": 1, "sha256": "a" * 64, "stored_as": "a" * 22, "added_by_id": 1,
            **ENTERED, **TEXT,
        },
        "matter": {"id": 1, "reference": "M-2026-0001", **ENTERED},
        "matter_case": {
            "id": 1, "matter_id": 1, "case_id": 1, "joined_at": NOW, "joined_by_id": 1,
            "reason": "One trip",
        },
        "other_authority": {
            "id": 1, "version": 1, "case_id": 1, "consultation_id": None, "number": 1,
            "part": "out", "authority": "Elsewhere", "added_by_id": 1, "pack_stored_as": "b" * 22,
            "pack_sha256": "a" * 64, "pack_made_at": NOW, "pack_made_by_id": 1, **ENTERED,
        },
        "received_transfer": {
            "id": 1, "consultation_id": 1, "authority": "Elsewhere", "reference": "PT-1",
            "sha256": "a" * 64, "content": "{}", **ENTERED,
        },
        "duty_day": {"day": HELD, "user_id": 1},
        "received_form": {
            "id": 1, "public_id": "f1", "version": 1, "reference": "R-2026-00001",
            "status": "waiting", "sent_at": NOW, "reporter_name": "Kim", "reporter_phone": "1234",
            "statutory_duty": False, "adult_folded": "", "happened_from": RECEIVED,
            "happened_to": RECEIVED, "children_count": 1, "concern": "Text",
            "immediate_danger": False,
        },
        "form_closed_to": {"received_form_id": 1, "user_id": 1},
        "report": {
            "id": 1, "public_id": "r1", "version": 1, "period_start": date(2026, 4, 1),
            "period_end": date(2026, 6, 30), "as_at": date(2026, 6, 30), "edition_number": 1,
            "status": "draft", "figures": {}, "definitions_version": "1", "commentary": "",
            "drawn_at": NOW,
        },
        "search_entry": {"kind": "person", "record_id": 99, "stale": False},
        "audit_event": {
            "id": 1, "at": NOW, "actor": "u1", "action": "case.opened", "thing": "case",
            "record": "k1", "detail": {}, "previous_hash": "0" * 64, "hash": "1" * 64,
        },
    }  # fmt: skip
