"""What another authority sent is kept as it came; a redacted copy can be withdrawn; forms of
discussions and their minutes keep drafts."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

DRAFTS = ("arrangement", "arrangement_change", "cancellation", "correction", "copy")
ORIGINS = ("entered", "register", "form", "transfer")


def upgrade() -> None:
    op.create_table(
        "received_transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(*ORIGINS, name="origin", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "trim(authority) <> ''", name=op.f("ck_received_transfer_authority_not_blank")
        ),
        sa.CheckConstraint(
            "trim(reference) <> ''", name=op.f("ck_received_transfer_reference_not_blank")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_received_transfer_consultation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_transfer")),
        sa.UniqueConstraint("consultation_id", name=op.f("uq_received_transfer_consultation_id")),
        sa.UniqueConstraint("sha256", name=op.f("uq_received_transfer_sha256")),
    )
    op.create_table(
        "withdrawn_copy",
        sa.Column("copy_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_withdrawn_copy_reason_not_blank")),
        sa.ForeignKeyConstraint(
            ["copy_id"], ["minutes_copy.id"], name=op.f("fk_withdrawn_copy_copy_id")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["user.id"], name=op.f("fk_withdrawn_copy_withdrawn_by_id")
        ),
        sa.PrimaryKeyConstraint("copy_id", name=op.f("pk_withdrawn_copy")),
    )
    _set_codes([*_codes_now(), *DRAFTS])


def downgrade() -> None:
    draft = sa.table("draft", sa.column("form"))
    op.execute(sa.delete(draft).where(draft.c.form.in_(DRAFTS)))
    _set_codes([code for code in _codes_now() if code not in DRAFTS])
    op.drop_table("withdrawn_copy")
    op.drop_table("received_transfer")


def _codes_now() -> list[str]:
    """Whichever revisions came before."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("draft")
    found = next(each for each in checks if each["name"] == "ck_draft_draft_form")
    return re.findall(r"'(\w+)'", found["sqltext"])


def _set_codes(codes: list[str]) -> None:
    listed = ", ".join(f"'{code}'" for code in codes)
    with op.batch_alter_table("draft") as batch:
        batch.drop_constraint(op.f("ck_draft_draft_form"), type_="check")
        batch.create_check_constraint(op.f("ck_draft_draft_form"), f"form IN ({listed})")
