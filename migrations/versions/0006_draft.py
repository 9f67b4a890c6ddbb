"""Drafts: what somebody typed into a form and has not saved yet."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

FORMS = (
    "consultation_log", "consultation_change", "consultation_note", "decision", "case_note",
    "note_correction", "allegation", "allegation_change", "outcome", "discussion_unplanned",
    "discussion", "discussion_change", "commentary",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                *FORMS, name="draft_form", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("record", sa.String(length=22), nullable=True),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("page", sa.String(length=22), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "finished_at IS NULL OR typed = '[]'", name=op.f("ck_draft_finished_is_empty")
        ),
        sa.CheckConstraint(
            "(form = 'consultation_log') = (record IS NULL)",
            name=op.f("ck_draft_log_has_no_record"),
        ),
        sa.CheckConstraint(
            "part IS NULL OR record IS NOT NULL", name=op.f("ck_draft_part_of_record")
        ),
        sa.CheckConstraint("saved_at >= created_at", name=op.f("ck_draft_saved_after_created")),
        sa.CheckConstraint("length(typed) <= 1000000", name=op.f("ck_draft_typed_not_too_long")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_draft_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("public_id", name=op.f("uq_draft_public_id")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_saved_at"), ["saved_at"], unique=False)


def downgrade() -> None:
    op.drop_table("draft")
