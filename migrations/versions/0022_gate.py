"""Why a strand is not applicable and what an agency said each time; how an action stood before; whose
case it was; the review of a case that is opened again; why no reporting restriction is needed."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

NOT_KEPT = "No reason was asked for when this was recorded"
COLUMNS: dict[str, dict[str, sa.types.TypeEngine]] = {
    "strand": {"not_applicable_reason": sa.Text()},
    "case_spell": {"review_on": sa.Date()},
    "case": {
        "not_reporting_restricted_on": sa.Date(),
        "not_reporting_restricted_reason": sa.Text(),
    },
}
CHECKS = {
    "strand": {
        "not_applicable_has_reason": "origin = 'register' OR"
        " (status = 'not_applicable') = (not_applicable_reason IS NOT NULL)",
    },
    "case_spell": {
        "review_after_reopening": "review_on IS NULL OR (number > 1 AND review_on >= opened_on)",
    },
    "case": {
        "not_reporting_restricted_says_why": "(not_reporting_restricted_on IS NULL)"
        " = (not_reporting_restricted_reason IS NULL)"
        " AND (not_reporting_restricted_on IS NULL OR NOT reporting_restriction)",
    },
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            for name, kind in columns.items():
                batch.add_column(sa.Column(name, kind, nullable=True))
    strand = sa.table(
        "strand", sa.column("status"), sa.column("origin"), sa.column("not_applicable_reason")
    )
    without = (strand.c.status == "not_applicable") & (strand.c.origin != "register")
    op.execute(strand.update().where(without).values(not_applicable_reason=NOT_KEPT))
    for table, checks in CHECKS.items():
        with op.batch_alter_table(table) as batch:
            for name, condition in checks.items():
                batch.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)
    _make_strand_update()
    _make_action_change()
    _make_former_owner()


def downgrade() -> None:
    for table in ("former_owner", "action_change", "strand_update"):
        op.drop_table(table)
    for table, columns in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            for name in CHECKS[table]:
                batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
            for name in columns:
                batch.drop_column(name)


def _make_strand_update() -> None:
    op.create_table(
        "strand_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_entered(),
        sa.Column("text_agency_id", sa.Integer(), nullable=True),
        sa.Column(
            "disclosure",
            _codes("disclosure_class", "undetermined", "open", "consult", "withhold"),
            nullable=False,
        ),
        sa.CheckConstraint("trim(text) <> ''", name=op.f("ck_strand_update_text_not_blank")),
        *_keys("strand_update", strand_id="strand", text_agency_id="term"),
        sa.UniqueConstraint("strand_id", "number", name=op.f("uq_strand_update_strand_id_number")),
    )


def _make_action_change() -> None:
    op.create_table(
        "action_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        *_entered(),
        sa.CheckConstraint(
            "reason IS NULL OR trim(reason) <> ''", name=op.f("ck_action_change_reason_not_blank")
        ),
        *_keys("action_change", action_id="action", agency_id="term", changed_by_id="user"),
        sa.UniqueConstraint("action_id", "number", name=op.f("uq_action_change_action_id_number")),
    )


def _make_former_owner() -> None:
    op.create_table(
        "former_owner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("spell_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        *_entered(),
        *_keys("former_owner", spell_id="case_spell", user_id="user"),
    )
    op.create_index(op.f("ix_former_owner_spell_id"), "former_owner", ["spell_id"])


def _entered() -> tuple[sa.Column, ...]:
    return (
        sa.Column(
            "origin", _codes("origin", "entered", "register", "form", "transfer"), nullable=False
        ),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
    )


def _keys(table: str, **columns: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, of in columns.items()
        ),
    )


def _codes(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=30)
