"""How an employer deals with it, the days of that, and that an employer was chased."""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0018"
down_revision = "0017"

WAYS = "'without_discipline', 'hearing', 'investigation'"
DAYS = ("way_on", "acted_on", "report_on", "hearing_decided_on", "hearing_on")
CHECKS = {
    "employer_way": f"way IN ({WAYS})",
    "way_of_employer": "way IS NULL OR (kind = 'employer' AND status <> 'not_applicable')",
    "way_has_day": "(way IS NULL) = (way_on IS NULL)",
    "acted_without_discipline": "acted_on IS NULL"
    " OR (way IS NOT NULL AND way = 'without_discipline' AND acted_on >= way_on)",
    "report_of_investigation": "report_on IS NULL"
    " OR (way IS NOT NULL AND way = 'investigation' AND report_on >= way_on)",
    "hearing_decided_after_report": "hearing_decided_on IS NULL"
    " OR (report_on IS NOT NULL AND hearing_decided_on >= report_on)",
    "hearing_decision_says_which": "(hearing_decided_on IS NULL) = (hearing_needed IS NULL)",
    "hearing_was_decided": "hearing_on IS NULL"
    " OR (way IS NOT NULL AND way = 'hearing' AND hearing_on >= way_on)"
    " OR (hearing_needed IS NOT NULL AND hearing_needed"
    " AND hearing_on >= hearing_decided_on)",
    "employer_before_end": "ended_on IS NULL OR ended_on >="
    " coalesce(hearing_on, hearing_decided_on, report_on, acted_on, way_on, ended_on)",
}
CHASED, WITH_EMPLOYER = "'action', 'minutes', 'review'", "'action', 'minutes', 'review', 'employer'"
DISCUSSION = "({}) = (discussion_id IS NOT NULL)"


def upgrade() -> None:
    with op.batch_alter_table("strand") as batch:
        batch.add_column(sa.Column("way", sa.String(30), nullable=True))
        for day in DAYS:
            batch.add_column(sa.Column(day, sa.Date(), nullable=True))
        batch.add_column(sa.Column("hearing_needed", sa.Boolean(), nullable=True))
        for name, sql in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_strand_{name}"), sql)
    with op.batch_alter_table("chase") as batch:
        batch.add_column(sa.Column("strand_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_chase_strand_id"), "strand", ["strand_id"], ["id"])
        batch.create_index("ix_chase_strand_id", ["strand_id"])
        _check(batch, "chased", f"what IN ({WITH_EMPLOYER})")
        _check(batch, "chased_a_discussion", DISCUSSION.format("what IN ('minutes', 'review')"))
        batch.create_check_constraint(
            op.f("ck_chase_chased_an_employer"), "(what = 'employer') = (strand_id IS NOT NULL)"
        )


def downgrade() -> None:
    op.execute("DELETE FROM chase WHERE what = 'employer'")
    with op.batch_alter_table("chase") as batch:
        batch.drop_constraint(op.f("ck_chase_chased_an_employer"), type_="check")
        _check(batch, "chased_a_discussion", DISCUSSION.format("what <> 'action'"))
        _check(batch, "chased", f"what IN ({CHASED})")
        batch.drop_index("ix_chase_strand_id")
        batch.drop_constraint(op.f("fk_chase_strand_id"), type_="foreignkey")
        batch.drop_column("strand_id")
    with op.batch_alter_table("strand") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_strand_{name}"), type_="check")
        for column in ("way", *DAYS, "hearing_needed"):
            batch.drop_column(column)


def _check(batch: BatchOperations, name: str, sql: str) -> None:
    batch.drop_constraint(op.f(f"ck_chase_{name}"), type_="check")
    batch.create_check_constraint(op.f(f"ck_chase_{name}"), sql)
