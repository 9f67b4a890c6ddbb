"""The call page, cover and the referral form: what more is asked of a contact, who deals with it,
the duty rota, and forms received from settings."""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

CONSULTATION_CHECKS = {
    "answered_not_before_received": "first_answered_on >= received_on",
    "known_under_the_duty": "reporter_aware_on IS NULL OR statutory_duty",
    "known_not_after_received": "reporter_aware_on <= received_on",
    "known_time_has_day": "reporter_aware_at IS NULL OR reporter_aware_on IS NOT NULL",
    "police_facts_when_told": "(police_told_on IS NULL AND police_reference IS NULL)"
    " OR (police_told IS NOT NULL AND police_told)",
}
CATEGORY = "category"

term = sa.table(
    "term",
    sa.column("id", sa.Integer),
    sa.column("public_id", sa.String),
    sa.column("version", sa.Integer),
    sa.column("group", sa.String),
    sa.column("code", sa.String),
    sa.column("label", sa.String),
    sa.column("synonyms", sa.JSON),
    sa.column("position", sa.Integer),
)


def upgrade() -> None:
    with op.batch_alter_table("consultation") as batch:
        for column in _consultation_columns():
            batch.add_column(column)
        batch.create_foreign_key("fk_consultation_owner_id", "user", ["owner_id"], ["id"])
        batch.create_index("ix_consultation_owner_id", ["owner_id"])
        for name, sql in CONSULTATION_CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_consultation_{name}"), sql)
    with op.batch_alter_table("consultation") as batch:
        for name in ("whistle_blower", "child_reported", "statutory_duty"):
            batch.alter_column(name, server_default=None)
    # Whoever took it deals with it, where their role may decide.
    op.execute(
        "UPDATE consultation SET owner_id = taken_by_id WHERE taken_by_id IN"
        " (SELECT id FROM \"user\" WHERE role IN ('lado', 'manager'))"
    )
    _create_duty_day()
    _create_received_form()
    _add_category()


def downgrade() -> None:
    """The category stays where a consultation has it, and does no harm elsewhere."""
    op.drop_table("received_form")
    op.drop_table("duty_day")
    with op.batch_alter_table("consultation") as batch:
        batch.drop_index("ix_consultation_owner_id")
        batch.drop_constraint("fk_consultation_owner_id", type_="foreignkey")
        for name in CONSULTATION_CHECKS:
            batch.drop_constraint(op.f(f"ck_consultation_{name}"), type_="check")
        for column in reversed(_consultation_columns()):
            batch.drop_column(column.name)


def _consultation_columns() -> list[sa.Column[Any]]:
    """What is not asked of the contacts there are is not so for them."""
    no = sa.false()
    return [
        sa.Column("received_at", sa.Time()),
        sa.Column("first_answered_on", sa.Date()),
        sa.Column("owner_id", sa.Integer()),
        sa.Column("referrer_relation", sa.String(200)),
        sa.Column("whistle_blower", sa.Boolean(), nullable=False, server_default=no),
        sa.Column("child_reported", sa.Boolean(), nullable=False, server_default=no),
        sa.Column("raised_first_by", sa.String(200)),
        sa.Column("statutory_duty", sa.Boolean(), nullable=False, server_default=no),
        sa.Column("reporter_aware_on", sa.Date()),
        sa.Column("reporter_aware_at", sa.Time()),
        sa.Column("police_told", sa.Boolean()),
        sa.Column("police_told_on", sa.Date()),
        sa.Column("police_reference", sa.String(60)),
    ]


def _create_duty_day() -> None:
    op.create_table(
        "duty_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_duty_day_user_id")),
        sa.PrimaryKeyConstraint("day", "user_id", name=op.f("pk_duty_day")),
    )


def _create_received_form() -> None:
    op.create_table(
        "received_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(22), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(20), nullable=False),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reporter_name", sa.String(200), nullable=False),
        sa.Column("reporter_role", sa.String(200)),
        sa.Column("reporter_organisation", sa.String(200)),
        sa.Column("reporter_phone", sa.String(200)),
        sa.Column("reporter_email", sa.String(200)),
        sa.Column("reporter_may_be_named", sa.Boolean()),
        sa.Column("statutory_duty", sa.Boolean(), nullable=False),
        sa.Column("adult_surname", sa.String(200)),
        sa.Column("adult_forename", sa.String(200)),
        sa.Column("adult_folded", sa.Text(), nullable=False),
        sa.Column("adult_date_of_birth", sa.Date()),
        sa.Column("adult_role", sa.String(200)),
        sa.Column("adult_employer", sa.String(200)),
        sa.Column("place", sa.String(200)),
        sa.Column("happened_from", sa.Date()),
        sa.Column("happened_to", sa.Date()),
        sa.Column("aware_on", sa.Date()),
        sa.Column("children_count", sa.Integer()),
        sa.Column("concern", sa.Text(), nullable=False),
        sa.Column("done_so_far", sa.Text()),
        sa.Column("police_told", sa.Boolean()),
        sa.Column("immediate_danger", sa.Boolean(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True)),
        sa.Column("handled_by_id", sa.Integer()),
        sa.Column("put_aside_reason", sa.Text()),
        sa.Column("consultation_id", sa.Integer()),
        *(
            sa.CheckConstraint(sql, name=op.f(f"ck_received_form_{name}"))
            for name, sql in {
                "reporter_can_be_reached": "reporter_phone IS NOT NULL"
                " OR reporter_email IS NOT NULL",
                "reporter_not_blank": "length(trim(reporter_name)) > 0",
                "concern_not_blank": "length(trim(concern)) > 0",
                "happened_in_order": "happened_to IS NULL OR happened_from <= happened_to",
                "last_day_has_first": "happened_to IS NULL OR happened_from IS NOT NULL",
                "children_count_possible": "children_count >= 1",
                "handled_says_when": "(status = 'waiting') = (handled_at IS NULL)",
                "handled_says_who": "(status = 'waiting') = (handled_by_id IS NULL)",
                "logged_has_consultation": "(status = 'logged') = (consultation_id IS NOT NULL)",
                "put_aside_has_reason": "(status = 'put_aside') = (put_aside_reason IS NOT NULL)",
                "form_status": "status IN ('waiting', 'logged', 'put_aside')",
            }.items()
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_received_form_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["handled_by_id"], ["user.id"], name=op.f("fk_received_form_handled_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_form")),
        sa.UniqueConstraint("public_id", name=op.f("uq_received_form_public_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_received_form_reference")),
        sa.UniqueConstraint("consultation_id", name=op.f("uq_received_form_consultation_id")),
    )
    op.create_index("ix_received_form_status", "received_form", ["status"])


def _add_category() -> None:
    """After the category that is last when shipped; what follows in the lists moves down one."""
    bind = op.get_bind()
    of_group = sa.select(sa.func.max(term.c.position)).where(term.c.group == CATEGORY)
    known = sa.select(term.c.id).where(term.c.group == CATEGORY, term.c.code == "not_yet_clear")
    if bind.scalar(known) is not None:
        return
    last = bind.scalar(of_group.where(term.c.code == "other")) or bind.scalar(of_group) or 0
    moved = sa.update(term).where(term.c.position > last)
    op.execute(moved.values(position=term.c.position + 1))
    op.execute(
        sa.insert(term).values(
            public_id=secrets.token_urlsafe(16),
            version=1,
            group=CATEGORY,
            code="not_yet_clear",
            label="Not yet clear",
            synonyms=["Unclear"],
            position=last + 1,
        )
    )
