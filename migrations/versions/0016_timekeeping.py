"""Reasons for delay, what was chased, and who was reminded by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

ORIGINS = ("entered", "register", "form", "transfer")


def upgrade() -> None:
    _create_delay_reason()
    _create_chase()
    op.create_table(
        "reminder",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_reminder_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_reminder")),
    )


def downgrade() -> None:
    op.drop_table("reminder")
    op.drop_table("chase")
    op.drop_table("delay_reason")


def _create_delay_reason() -> None:
    op.create_table(
        "delay_reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        *_entered(),
        sa.Column("text_agency_id", sa.Integer(), nullable=True),
        sa.Column(
            "disclosure",
            _one_of("disclosure_class", "undetermined", "open", "consult", "withhold"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "month BETWEEN 1 AND 12 AND year BETWEEN 1900 AND 2200",
            name=op.f("ck_delay_reason_month_of_a_year"),
        ),
        sa.CheckConstraint("trim(text) <> ''", name=op.f("ck_delay_reason_text_not_blank")),
        *_keys("delay_reason", case_id="case", term_id="term", text_agency_id="term",
               given_by_id="user"),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_delay_reason_case_id_number")),
    )  # fmt: skip


def _create_chase() -> None:
    op.create_table(
        "chase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", _one_of("chased", "action", "minutes", "review"), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("discussion_id", sa.Integer(), nullable=True),
        sa.Column("chased_on", sa.Date(), nullable=False),
        sa.Column(
            "how",
            _one_of("chased_how", "secure_email", "email", "phone", "in_person"),
            nullable=False,
        ),
        sa.Column("chased_by_id", sa.Integer(), nullable=False),
        *_entered(),
        sa.CheckConstraint(
            "(what = 'action') = (action_id IS NOT NULL)", name=op.f("ck_chase_chased_an_action")
        ),
        sa.CheckConstraint(
            "(what <> 'action') = (discussion_id IS NOT NULL)",
            name=op.f("ck_chase_chased_a_discussion"),
        ),
        *_keys("chase", case_id="case", action_id="action", discussion_id="strategy_discussion",
               chased_by_id="user"),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_chase_case_id_number")),
    )  # fmt: skip
    op.create_index("ix_chase_action_id", "chase", ["action_id"])
    op.create_index("ix_chase_discussion_id", "chase", ["discussion_id"])


def _entered() -> list[sa.Column[object]]:
    return [
        sa.Column("origin", _one_of("origin", *ORIGINS), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _one_of(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=30)


def _keys(table: str, **leads_to: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, other in leads_to.items()
        ),
    ]
