"""Full-text search: which records the index holds, and the index itself, which is empty until the
next save or `flask search rebuild`."""

import sqlalchemy as sa
from alembic import op

from lado import fulltext

revision = "0008"
down_revision = "0007"

KINDS = ("person", "organisation", "case", "consultation", "enquiry")


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column(
            "kind",
            sa.Enum(
                *KINDS,
                name="search_kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=True),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "record_id", name=op.f("pk_search_entry")),
    )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_search_entry_stale",
            ["kind", "record_id"],
            unique=False,
            sqlite_where=sa.text("stale"),
            postgresql_where=sa.text("stale"),
        )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_received_on"), ["received_on"], unique=False)
    fulltext.create(op.get_bind())
    for kind in KINDS:
        op.execute(
            "INSERT INTO search_entry (kind, record_id, stale)"  # noqa: S608 - our own words
            f" SELECT '{kind}', id, true FROM \"{kind}\""
        )


def downgrade() -> None:
    fulltext.drop(op.get_bind())
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_received_on"))
    op.drop_table("search_entry")
