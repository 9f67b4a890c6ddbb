"""A report has a public edition: its own commentary where that differs, and its own file."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

DRAFT = "public_commentary"
CHECK = "ck_report_public_file_is_published"


def upgrade() -> None:
    with op.batch_alter_table("report") as batch:
        batch.add_column(sa.Column("public_commentary", sa.Text(), nullable=True))
        batch.add_column(sa.Column("public_pdf_sha256", sa.String(length=64), nullable=True))
        batch.create_check_constraint(
            op.f(CHECK), "public_pdf_sha256 IS NULL OR published_at IS NOT NULL"
        )
    _set_codes([*_codes_now(), DRAFT])


def downgrade() -> None:
    draft = sa.table("draft", sa.column("form"))
    op.execute(sa.delete(draft).where(draft.c.form == DRAFT))
    _set_codes([code for code in _codes_now() if code != DRAFT])
    with op.batch_alter_table("report") as batch:
        batch.drop_constraint(op.f(CHECK), type_="check")
        batch.drop_column("public_pdf_sha256")
        batch.drop_column("public_commentary")


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
