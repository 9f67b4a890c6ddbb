"""Which forms keep a draft, who may go on with it, and when an untouched one is deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import shorten

from lado.rules.permissions import Permission
from lado.rules.vocabulary import Labelled

# Of what was typed, as JSON. The longest form, minutes under each heading, holds a third of it.
LONGEST_DRAFT = 1_000_000
MOST_DRAFTS = 50
WARNED_DAYS = 7
SHOWN_OF_WORDS = 60


class DraftForm(Labelled):
    CONSULTATION_LOG = "consultation_log", "Log a consultation"
    CONSULTATION_CHANGE = "consultation_change", "Change a consultation"
    CONSULTATION_NOTE = "consultation_note", "Add a note to a consultation"
    DECISION = "decision", "Record a decision"
    CONSULTATION_REOPENING = "consultation_reopening", "Reopen a consultation"
    FOLLOW_UP_END = "follow_up_end", "End a follow-up"
    LETTER = "letter", "Confirm advice in writing"
    LETTER_CHANGE = "letter_change", "Change a letter"
    ENQUIRY_LOG = "enquiry_log", "Log an enquiry"
    ENQUIRY_CHANGE = "enquiry_change", "Change an enquiry"
    ENQUIRY_ANSWER = "enquiry_answer", "Decide the answer to an enquiry"
    CASE_NOTE = "case_note", "Add a note to a case"
    NOTE_CORRECTION = "note_correction", "Correct a note on a case"
    ALLEGATION = "allegation", "Add an allegation"
    ALLEGATION_CHANGE = "allegation_change", "Change an allegation"
    OUTCOME = "outcome", "Record an outcome"
    DISCUSSION_UNPLANNED = "discussion_unplanned", "Record a discussion that was not scheduled"
    DISCUSSION = "discussion", "Record a discussion"
    DISCUSSION_CHANGE = "discussion_change", "Change the record of a discussion"
    CIRCULATION = "circulation", "Circulate minutes"
    CHILD = "child", "Add a child to a case"
    CHILD_CHANGE = "child_change", "Change a child of a case"
    STRAND = "strand", "Change a strand of a case"
    REFERRAL = "referral", "Add an onward referral"
    REFERRAL_CHANGE = "referral_change", "Change an onward referral"
    LEARNING_POINT = "learning_point", "Add a learning point"
    ACTION_END = "action_end", "Record that an action is done"
    CLOSURE = "closure", "Close a case"
    CLOSURE_DECLINED = "closure_declined", "Decline a closure"
    CLOSURE_WITHDRAWN = "closure_withdrawn", "Withdraw a closure"
    CASE_REOPENING = "case_reopening", "Reopen a case"
    COMMENTARY = "commentary", "Write a report’s commentary"
    TEMPLATE = "template", "Add a template of a letter"
    TEMPLATE_CHANGE = "template_change", "Change a template of a letter"
    MEASURE = "safety_measure", "Add a safety measure"
    MEASURE_CHANGE = "safety_measure_change", "Change a safety measure"
    MEASURE_REVIEW = "safety_measure_review", "Review a safety measure"
    MEASURE_END = "safety_measure_end", "End a safety measure"
    NOTICE = "notice", "Record who has been told"
    CHILD_HELP = "child_help", "Record whether a child was referred for help"
    NO_LEARNING = "no_learning", "Record that there is no learning"
    ARRANGEMENT = "arrangement", "Schedule a discussion"
    ARRANGEMENT_CHANGE = "arrangement_change", "Change the arrangements of a discussion"
    CANCELLATION = "cancellation", "Cancel a discussion"
    CORRECTION = "correction", "Correct minutes"
    COPY = "copy", "Make a redacted copy of minutes"
    PUBLIC_COMMENTARY = "public_commentary", "Change the commentary of a report’s public edition"


@dataclass(frozen=True)
class FormRule:
    """`about` is the table of the record that the form is about, if there is one yet. `told_by`
    names the texts by whose first words its author tells one draft from another: a place or a post
    rather than the name of whoever is accused."""

    permission: Permission
    about: str = ""
    told_by: tuple[str, ...] = ()


P, F = Permission, DraftForm

FORMS: dict[DraftForm, FormRule] = {
    F.CONSULTATION_LOG: FormRule(
        P.CONSULTATION_LOG,
        told_by=(
            "adults-0-role_id",
            "adults-0-organisation",
            "setting",
            "summary",
            "referrer_role",
            "referrer_name",
        ),
    ),
    F.CONSULTATION_CHANGE: FormRule(P.CONSULTATION_LOG, "consultation"),
    F.CONSULTATION_NOTE: FormRule(P.CONSULTATION_LOG, "consultation", told_by=("text",)),
    F.DECISION: FormRule(P.CONSULTATION_DECIDE, "consultation", told_by=("reasons",)),
    F.CONSULTATION_REOPENING: FormRule(P.CONSULTATION_DECIDE, "consultation", told_by=("reason",)),
    F.FOLLOW_UP_END: FormRule(P.CONSULTATION_LOG, "consultation", told_by=("result", "reason")),
    F.LETTER: FormRule(P.CONSULTATION_LOG, "consultation", told_by=("recipient_name",)),
    F.LETTER_CHANGE: FormRule(P.CONSULTATION_LOG, "consultation", told_by=("recipient_name",)),
    F.ENQUIRY_LOG: FormRule(P.CONSULTATION_LOG, told_by=("asker_name", "asker_role")),
    F.ENQUIRY_CHANGE: FormRule(P.CONSULTATION_LOG, "enquiry"),
    F.ENQUIRY_ANSWER: FormRule(P.CONSULTATION_DECIDE, "enquiry", told_by=("reasons",)),
    F.CASE_NOTE: FormRule(P.DISCUSSION_RECORD, "case", told_by=("text",)),
    F.NOTE_CORRECTION: FormRule(P.DISCUSSION_RECORD, "case", told_by=("text",)),
    F.ALLEGATION: FormRule(P.CASE_EDIT, "case", told_by=("description",)),
    F.ALLEGATION_CHANGE: FormRule(P.CASE_EDIT, "case"),
    F.OUTCOME: FormRule(P.CASE_EDIT, "case", told_by=("reasons",)),
    F.DISCUSSION_UNPLANNED: FormRule(P.DISCUSSION_RECORD, "case"),
    F.DISCUSSION: FormRule(P.DISCUSSION_RECORD, "case"),
    F.DISCUSSION_CHANGE: FormRule(P.DISCUSSION_RECORD, "case"),
    F.CIRCULATION: FormRule(P.DISCUSSION_RECORD, "case"),
    F.CHILD: FormRule(P.CASE_EDIT, "case", told_by=("view",)),
    F.CHILD_CHANGE: FormRule(P.CASE_EDIT, "case", told_by=("view",)),
    F.STRAND: FormRule(P.DISCUSSION_RECORD, "case", told_by=("detail",)),
    F.REFERRAL: FormRule(P.DISCUSSION_RECORD, "case", told_by=("reasons",)),
    F.REFERRAL_CHANGE: FormRule(P.DISCUSSION_RECORD, "case"),
    F.LEARNING_POINT: FormRule(P.CASE_EDIT, "case", told_by=("description",)),
    F.ACTION_END: FormRule(P.DISCUSSION_RECORD, "case", told_by=("result",)),
    F.CLOSURE: FormRule(P.CASE_EDIT, "case", told_by=("note",)),
    F.CLOSURE_DECLINED: FormRule(P.CASE_SIGN_OFF, "case", told_by=("note",)),
    F.CLOSURE_WITHDRAWN: FormRule(P.CASE_EDIT, "case", told_by=("note",)),
    F.CASE_REOPENING: FormRule(P.CASE_EDIT, "case", told_by=("reason",)),
    F.COMMENTARY: FormRule(P.REPORT_DRAW, "report"),
    F.PUBLIC_COMMENTARY: FormRule(P.REPORT_DRAW, "report"),
    F.TEMPLATE: FormRule(P.VOCABULARY_EDIT, told_by=("title",)),
    F.TEMPLATE_CHANGE: FormRule(P.VOCABULARY_EDIT, "template", told_by=("title",)),
    F.MEASURE: FormRule(P.DISCUSSION_RECORD, "case", told_by=("reasons",)),
    F.MEASURE_CHANGE: FormRule(P.DISCUSSION_RECORD, "case"),
    F.MEASURE_REVIEW: FormRule(P.DISCUSSION_RECORD, "case", told_by=("decided",)),
    F.MEASURE_END: FormRule(P.DISCUSSION_RECORD, "case", told_by=("reason",)),
    F.NOTICE: FormRule(P.DISCUSSION_RECORD, "case", told_by=("detail", "withheld_reason")),
    F.CHILD_HELP: FormRule(P.CASE_EDIT, "case", told_by=("reasons",)),
    F.NO_LEARNING: FormRule(P.CASE_EDIT, "case", told_by=("reason",)),
    F.ARRANGEMENT: FormRule(P.DISCUSSION_RECORD, "case", told_by=("place",)),
    F.ARRANGEMENT_CHANGE: FormRule(P.DISCUSSION_RECORD, "case", told_by=("place",)),
    F.CANCELLATION: FormRule(P.DISCUSSION_RECORD, "case", told_by=("reason",)),
    F.CORRECTION: FormRule(P.CASE_EDIT, "case", told_by=("reason",)),
    F.COPY: FormRule(P.CASE_EDIT, "case", told_by=("made_for",)),
}
WITHOUT_RECORD = tuple(form for form, rule in FORMS.items() if not rule.about)


def first_words(form: DraftForm, typed: Mapping[str, str]) -> str:
    """Of the first two of the texts by which it is told that hold anything."""
    texts = (" ".join(typed.get(name, "").split()) for name in FORMS[form].told_by)
    return shorten(", ".join(list(filter(None, texts))[:2]), SHOWN_OF_WORDS, placeholder="…")


def deleted_on(saved_on: date, days: int) -> date:
    """The day from which an untouched draft is deleted; `days` is the council's setting."""
    return saved_on + timedelta(days=days)


def is_warned_of(saved_on: date, days: int, today: date) -> bool:
    return today >= deleted_on(saved_on, days) - timedelta(days=WARNED_DAYS)
