"""An adult who is not named has a hash under each key, not under one alone."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    _identify_by("subject_id", "with_birth", "key_number")


def downgrade() -> None:
    # Of several the one under the newest key stays.
    op.execute(
        "DELETE FROM pseudonym WHERE EXISTS (SELECT 1 FROM pseudonym AS newer"
        " WHERE newer.subject_id = pseudonym.subject_id AND newer.with_birth = pseudonym.with_birth"
        " AND newer.key_number > pseudonym.key_number)"
    )
    _identify_by("subject_id", "with_birth")


def _identify_by(*columns: str) -> None:
    with op.batch_alter_table("pseudonym") as batch:
        batch.drop_constraint(op.f("pk_pseudonym"), type_="primary")
        batch.create_primary_key(op.f("pk_pseudonym"), list(columns))
