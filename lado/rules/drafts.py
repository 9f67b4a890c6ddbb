"""Which forms keep a draft, who may go on with it, and when an untouched one is deleted."""

from dataclasses import dataclass
from datetime import date, timedelta

from lado.rules.permissions import Permission
from lado.rules.vocabulary import Labelled

# Of what was typed, as JSON. The longest form, minutes under each heading, holds a third of it.
LONGEST_DRAFT = 1_000_000
MOST_DRAFTS = 50
WARNED_DAYS = 7


class DraftForm(Labelled):
    CONSULTATION_LOG = "consultation_log", "Log a consultation"
    CONSULTATION_CHANGE = "consultation_change", "Change a consultation"
    CONSULTATION_NOTE = "consultation_note", "Add a note to a consultation"
    DECISION = "decision", "Record a decision"
    CASE_NOTE = "case_note", "Add a note to a case"
    NOTE_CORRECTION = "note_correction", "Correct a note on a case"
    ALLEGATION = "allegation", "Add an allegation"
    ALLEGATION_CHANGE = "allegation_change", "Change an allegation"
    OUTCOME = "outcome", "Record an outcome"
    DISCUSSION_UNPLANNED = "discussion_unplanned", "Record a discussion that was not scheduled"
    DISCUSSION = "discussion", "Record a discussion"
    DISCUSSION_CHANGE = "discussion_change", "Change the record of a discussion"
    COMMENTARY = "commentary", "Write a report’s commentary"


@dataclass(frozen=True)
class FormRule:
    """`about` is the table of the record that the form is about, if there is one yet."""

    permission: Permission
    about: str = ""


P, F = Permission, DraftForm

FORMS: dict[DraftForm, FormRule] = {
    F.CONSULTATION_LOG: FormRule(P.CONSULTATION_LOG),
    F.CONSULTATION_CHANGE: FormRule(P.CONSULTATION_LOG, "consultation"),
    F.CONSULTATION_NOTE: FormRule(P.CONSULTATION_LOG, "consultation"),
    F.DECISION: FormRule(P.CONSULTATION_DECIDE, "consultation"),
    F.CASE_NOTE: FormRule(P.DISCUSSION_RECORD, "case"),
    F.NOTE_CORRECTION: FormRule(P.DISCUSSION_RECORD, "case"),
    F.ALLEGATION: FormRule(P.CASE_EDIT, "case"),
    F.ALLEGATION_CHANGE: FormRule(P.CASE_EDIT, "case"),
    F.OUTCOME: FormRule(P.CASE_EDIT, "case"),
    F.DISCUSSION_UNPLANNED: FormRule(P.DISCUSSION_RECORD, "case"),
    F.DISCUSSION: FormRule(P.DISCUSSION_RECORD, "case"),
    F.DISCUSSION_CHANGE: FormRule(P.DISCUSSION_RECORD, "case"),
    F.COMMENTARY: FormRule(P.REPORT_DRAW, "report"),
}


def deleted_on(saved_on: date, days: int) -> date:
    """The day from which an untouched draft is deleted; `days` is the council's setting."""
    return saved_on + timedelta(days=days)


def is_warned_of(saved_on: date, days: int, today: date) -> bool:
    return today >= deleted_on(saved_on, days) - timedelta(days=WARNED_DAYS)
