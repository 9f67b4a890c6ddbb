"""What users declare, and records that may be about a user or somebody they declared."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

STATES = ("pending", "confirmed", "dismissed")


def upgrade() -> None:
    op.add_column("user", sa.Column("nobody_close_on", sa.Date(), nullable=True))
    op.create_table(
        "declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("surname", sa.String(length=100), nullable=False),
        sa.Column("forename", sa.String(length=100), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("connection", sa.String(length=200), nullable=True),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "trim(connection) <> ''", name=op.f("ck_declaration_connection_not_blank")
        ),
        sa.CheckConstraint(
            "ended_at >= declared_at", name=op.f("ck_declaration_ended_not_before_declared")
        ),
        sa.CheckConstraint("trim(surname) <> ''", name=op.f("ck_declaration_surname_not_blank")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_declaration_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
        sa.UniqueConstraint("public_id", name=op.f("uq_declaration_public_id")),
    )
    op.create_index("ix_declaration_user_id", "declaration", ["user_id"])
    op.create_table(
        "suspected_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *STATES, name="conflict_state", native_enum=False, create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "score BETWEEN 1 AND 100", name=op.f("ck_suspected_conflict_score_possible")
        ),
        sa.CheckConstraint(
            "(state = 'pending') = (settled_at IS NULL)",
            name=op.f("ck_suspected_conflict_settled_says_when"),
        ),
        sa.CheckConstraint(
            "(state = 'pending') = (settled_by_id IS NULL)",
            name=op.f("ck_suspected_conflict_settled_says_who"),
        ),
        sa.CheckConstraint(
            "settled_at >= found_at", name=op.f("ck_suspected_conflict_settled_not_before_found")
        ),
        sa.CheckConstraint(
            "state <> 'dismissed' OR (note IS NOT NULL AND trim(note) <> '')",
            name=op.f("ck_suspected_conflict_dismissed_has_note"),
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name=op.f("fk_suspected_conflict_declaration_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_suspected_conflict_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["user.id"], name=op.f("fk_suspected_conflict_settled_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_suspected_conflict_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspected_conflict")),
        sa.UniqueConstraint("public_id", name=op.f("uq_suspected_conflict_public_id")),
    )  # fmt: skip
    op.create_index("ix_suspected_conflict_person_id", "suspected_conflict", ["person_id"])
    op.create_index(
        "uq_suspected_conflict_pending",
        "suspected_conflict",
        ["user_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "form_closed_to",
        sa.Column("received_form_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["received_form_id"],
            ["received_form.id"],
            name=op.f("fk_form_closed_to_received_form_id"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_form_closed_to_user_id")),
        sa.PrimaryKeyConstraint("received_form_id", "user_id", name=op.f("pk_form_closed_to")),
    )
    op.create_index("ix_form_closed_to_user_id", "form_closed_to", ["user_id"])


def downgrade() -> None:
    op.drop_table("form_closed_to")
    op.drop_table("suspected_conflict")
    op.drop_table("declaration")
    op.drop_column("user", "nobody_close_on")
