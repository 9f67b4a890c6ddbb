"""The grounds of a decision that no longer stands are kept with it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("decision", sa.Column("ended_grounds", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("decision", "ended_grounds")
