"""Names as callers gave them; enquiries closed to whom they may concern; a form that was logged
keeps nothing of what its consultation took over."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

BEFORE = {
    "reporter_can_be_reached": "reporter_phone IS NOT NULL OR reporter_email IS NOT NULL",
    "reporter_not_blank": "length(trim(reporter_name)) > 0",
    "concern_not_blank": "length(trim(concern)) > 0",
}
AFTER = {
    "reporter_can_be_reached": f"status = 'logged' OR {BEFORE['reporter_can_be_reached']}",
    "reporter_not_blank": "status = 'logged' OR (reporter_name IS NOT NULL AND"
    f" {BEFORE['reporter_not_blank']})",
    "concern_not_blank": "status = 'logged' OR (concern IS NOT NULL AND"
    f" {BEFORE['concern_not_blank']})",
}
TAKEN_OVER = (
    "reporter_name", "reporter_role", "reporter_organisation", "reporter_phone", "reporter_email",
    "reporter_may_be_named", "adult_surname", "adult_forename", "adult_date_of_birth",
    "adult_role", "adult_employer", "place", "happened_from", "happened_to", "aware_on",
    "children_count", "concern", "done_so_far", "police_told",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "given_name",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("surname", sa.String(length=100), nullable=False),
        sa.Column("forename", sa.String(length=100), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.CheckConstraint("trim(surname) <> ''", name=op.f("ck_given_name_surname_not_blank")),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["consultation_subject.id"], name=op.f("fk_given_name_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_given_name")),
    )
    op.create_table(
        "enquiry_closed_to",
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enquiry_id"], ["enquiry.id"], name=op.f("fk_enquiry_closed_to_enquiry_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_enquiry_closed_to_user_id")
        ),
        sa.PrimaryKeyConstraint("enquiry_id", "user_id", name=op.f("pk_enquiry_closed_to")),
    )
    op.create_index("ix_enquiry_closed_to_user_id", "enquiry_closed_to", ["user_id"])
    _form_checks(BEFORE, AFTER, nullable=True)
    blanked = ", ".join(f"{name} = NULL" for name in TAKEN_OVER)
    op.execute(
        f"UPDATE received_form SET {blanked}, adult_folded = '' WHERE status = 'logged'"  # noqa: S608 - our own words
    )
    kept_nothing = " AND ".join(f"{name} IS NULL" for name in TAKEN_OVER)
    with op.batch_alter_table("received_form") as batch:
        batch.create_check_constraint(
            op.f("ck_received_form_logged_keeps_nothing"),
            f"status <> 'logged' OR (adult_folded = '' AND {kept_nothing})",
        )


def downgrade() -> None:
    with op.batch_alter_table("received_form") as batch:
        batch.drop_constraint(op.f("ck_received_form_logged_keeps_nothing"), type_="check")
    op.execute(
        "UPDATE received_form SET reporter_name = 'See the consultation', reporter_phone = '-',"
        " concern = 'See the consultation' WHERE status = 'logged'"
    )
    _form_checks(AFTER, BEFORE, nullable=False)
    op.drop_table("enquiry_closed_to")
    op.drop_table("given_name")


def _form_checks(old: dict[str, str], new: dict[str, str], *, nullable: bool) -> None:
    with op.batch_alter_table("received_form") as batch:
        for name in old:
            batch.drop_constraint(op.f(f"ck_received_form_{name}"), type_="check")
        for name, sql in new.items():
            batch.create_check_constraint(op.f(f"ck_received_form_{name}"), sql)
        batch.alter_column("reporter_name", existing_type=sa.String(length=200), nullable=nullable)
        batch.alter_column("concern", existing_type=sa.Text(), nullable=nullable)
