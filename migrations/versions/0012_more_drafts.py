"""Letters, enquiries and every other form with a long text keep a draft."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

BEFORE = (
    "consultation_log", "consultation_change", "consultation_note", "decision", "case_note",
    "note_correction", "allegation", "allegation_change", "outcome", "discussion_unplanned",
    "discussion", "discussion_change", "commentary",
)  # fmt: skip
NOW = (
    "consultation_log", "consultation_change", "consultation_note", "decision",
    "consultation_reopening", "follow_up_end", "letter", "letter_change", "enquiry_log",
    "enquiry_change", "enquiry_answer", "case_note", "note_correction", "allegation",
    "allegation_change", "outcome", "discussion_unplanned", "discussion", "discussion_change",
    "circulation", "child", "child_change", "strand", "referral", "referral_change",
    "learning_point", "action_end", "closure", "closure_declined", "closure_withdrawn",
    "case_reopening", "commentary", "template", "template_change",
)  # fmt: skip
WITHOUT_RECORD = ("consultation_log", "enquiry_log", "template")


def upgrade() -> None:
    change(NOW, f"(form IN ({listed(WITHOUT_RECORD)})) = (record IS NULL)")


def downgrade() -> None:
    draft = sa.table("draft", sa.column("form"))
    op.execute(sa.delete(draft).where(draft.c.form.not_in(BEFORE)))
    change(BEFORE, "(form = 'consultation_log') = (record IS NULL)")


def change(forms: tuple[str, ...], without_record: str) -> None:
    with op.batch_alter_table("draft") as batch:
        batch.drop_constraint(op.f("ck_draft_draft_form"), type_="check")
        batch.drop_constraint(op.f("ck_draft_log_has_no_record"), type_="check")
        batch.create_check_constraint(op.f("ck_draft_draft_form"), f"form IN ({listed(forms)})")
        batch.create_check_constraint(op.f("ck_draft_log_has_no_record"), without_record)


def listed(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{code}'" for code in codes)
