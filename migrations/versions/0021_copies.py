"""A copy of minutes keeps what it says, and may withhold the name of a caller throughout."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

CHECKS = {
    "whole_names_all": "number > 1 OR NOT names_withheld",
    "whole_is_its_version": "number > 1 OR content IS NULL",
}


def upgrade() -> None:
    with op.batch_alter_table("minutes_copy") as batch:
        batch.add_column(
            sa.Column("names_withheld", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(sa.Column("content", sa.Text(), nullable=True))
    with op.batch_alter_table("minutes_copy") as batch:
        batch.alter_column("names_withheld", server_default=None)
        for name, sql in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_minutes_copy_{name}"), sql)


def downgrade() -> None:
    """A copy that withheld a name withholds it no longer: what it said goes with the column."""
    with op.batch_alter_table("minutes_copy") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_minutes_copy_{name}"), type_="check")
        batch.drop_column("content")
        batch.drop_column("names_withheld")
