"""What the figures of a period look up by the days of it, however long the history is."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

DAYS = (
    ("onward_referral", "considered_on"),
    ("onward_referral", "acknowledged_on"),
    ("safety_measure", "considered_on"),
)
SETTING = "ix_consultation_setting_id"
SAME = "ix_person_same_as_id"
SETTING_AND_DAY = "ix_consultation_setting_id_received_on"


def upgrade() -> None:
    for table, column in DAYS:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_index(SETTING_AND_DAY, "consultation", ["setting_id", "received_on"])
    op.drop_index(SETTING, "consultation")
    # Few are linked: an index of these few is known to be quick, one of everybody is not.
    op.drop_index(SAME, "person")
    linked = sa.text("same_as_id IS NOT NULL")
    op.create_index(SAME, "person", ["same_as_id"], sqlite_where=linked, postgresql_where=linked)


def downgrade() -> None:
    op.drop_index(SAME, "person")
    op.create_index(SAME, "person", ["same_as_id"])
    op.create_index(SETTING, "consultation", ["setting_id"])
    op.drop_index(SETTING_AND_DAY, "consultation")
    for table, column in DAYS:
        op.drop_index(f"ix_{table}_{column}", table)
