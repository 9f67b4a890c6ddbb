"""Keys by which people are found, what was judged of two of them, and which are the same."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    with op.batch_alter_table("consultation_subject") as batch_op:
        batch_op.drop_index("ix_consultation_subject_match_hash")
        batch_op.drop_column("match_hash")
    op.create_table(
        "pseudonym",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("with_birth", sa.Boolean(), nullable=False),
        sa.Column("key_number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["consultation_subject.id"], name="fk_pseudonym_subject_id"
        ),
        sa.PrimaryKeyConstraint("subject_id", "with_birth", name="pk_pseudonym"),
    )
    op.create_index("ix_pseudonym_hash", "pseudonym", ["hash"])
    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("same_as_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_person_same_as_id", "person", ["same_as_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_person_same_as_another"), "same_as_id <> id"
        )
        batch_op.create_index("ix_person_same_as_id", ["same_as_id"])
    op.create_table(
        "person_key",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_key_person_id"),
        sa.PrimaryKeyConstraint("key", "person_id", name="pk_person_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_person_key_person_id", "person_key", ["person_id"])
    op.create_table(
        "person_comparison",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column(
            "sameness",
            sa.Enum(
                "same",
                "different",
                "unsure",
                name="sameness",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judged_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_person_comparison_in_order")),
        sa.CheckConstraint(
            "sameness <> 'same' OR trim(reason) <> ''",
            name=op.f("ck_person_comparison_same_has_reason"),
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= judged_at",
            name=op.f("ck_person_comparison_ended_not_before_judged"),
        ),
        sa.ForeignKeyConstraint(["one_id"], ["person.id"], name="fk_person_comparison_one_id"),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name="fk_person_comparison_other_id"),
        sa.ForeignKeyConstraint(
            ["judged_by_id"], ["user.id"], name="fk_person_comparison_judged_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_person_comparison"),
    )
    op.create_index("ix_person_comparison_other_id", "person_comparison", ["other_id"])
    op.create_index(
        "uq_person_comparison_standing",
        "person_comparison",
        ["one_id", "other_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("pseudonym")
    with op.batch_alter_table("consultation_subject") as batch_op:
        batch_op.add_column(sa.Column("match_hash", sa.String(length=64), nullable=True))
        batch_op.create_index("ix_consultation_subject_match_hash", ["match_hash"])
    op.drop_table("person_comparison")
    op.drop_table("person_key")
    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_index("ix_person_same_as_id")
        batch_op.drop_constraint(batch_op.f("ck_person_same_as_another"), type_="check")
        batch_op.drop_constraint("fk_person_same_as_id", type_="foreignkey")
        batch_op.drop_column("same_as_id")
