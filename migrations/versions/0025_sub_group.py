"""What the sub-group decides to do, training given, and decisions drawn for peer audit."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

ORIGINS = ("entered", "register", "form", "transfer")
LIMBS = ("harm", "offence", "unsuitable", "risk", "suitability")


def upgrade() -> None:
    _create_sub_group()
    _create_training()
    _create_peer_audit()


def downgrade() -> None:
    for table in (
        "audited_limb", "audited_decision", "peer_audit", "training_session",
        "sub_group_progress", "sub_group_action",
    ):  # fmt: skip
        op.drop_table(table)


def _create_sub_group() -> None:
    op.create_table(
        "sub_group_action",
        _integer("id"),
        _integer("report_id"),
        _integer("theme_id", nullable=True),
        _integer("sector_id", nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        _integer("added_by_id"),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("dropped_reason", sa.Text(), nullable=True),
        _integer("ended_by_id", nullable=True),
        *_entered(),
        _public_id(),
        _integer("version"),
        *_checks(
            "sub_group_action",
            what_not_blank="trim(what) <> ''",
            owner_not_blank="trim(owner) <> ''",
            due_not_before_decided="due_on >= decided_on",
            done_not_before_decided="done_on IS NULL OR done_on >= decided_on",
            done_or_dropped="done_on IS NULL OR dropped_on IS NULL",
            dropped_has_reason="(dropped_on IS NULL) = (dropped_reason IS NULL)",
            end_says_by_whom="(done_on IS NULL AND dropped_on IS NULL) = (ended_by_id IS NULL)",
        ),
        *_keys("sub_group_action", report_id="report", theme_id="term", sector_id="term",
               added_by_id="user", ended_by_id="user"),
        _unique("sub_group_action", "public_id"),
    )  # fmt: skip
    op.create_index("ix_sub_group_action_report_id", "sub_group_action", ["report_id"])
    still_open = sa.text("ended_by_id IS NULL")
    op.create_index(
        "ix_sub_group_action_open", "sub_group_action", ["due_on"],
        sqlite_where=still_open, postgresql_where=still_open,
    )  # fmt: skip
    op.create_table(
        "sub_group_progress",
        _integer("id"),
        _integer("action_id"),
        _integer("number"),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _integer("noted_by_id"),
        *_checks("sub_group_progress", text_not_blank="trim(text) <> ''"),
        *_keys("sub_group_progress", action_id="sub_group_action", noted_by_id="user"),
        _unique("sub_group_progress", "action_id", "number"),
    )


def _create_training() -> None:
    op.create_table(
        "training_session",
        _integer("id"),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            _one_of("training_kind", "course", "briefing", "workshop", "talk", "advice"),
            nullable=False,
        ),
        sa.Column("title", sa.String(200), nullable=False),
        _integer("sector_id", nullable=True),
        _integer("people"),
        _integer("logged_by_id"),
        *_entered(),
        _public_id(),
        _integer("version"),
        *_checks(
            "training_session", title_not_blank="trim(title) <> ''", somebody_came="people >= 1"
        ),
        *_keys("training_session", sector_id="term", logged_by_id="user"),
        _unique("training_session", "public_id"),
    )
    op.create_index("ix_training_session_held_on", "training_session", ["held_on"])


def _create_peer_audit() -> None:
    op.create_table(
        "peer_audit",
        _integer("id"),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        _integer("asked_for"),
        _integer("drawn_from"),
        sa.Column("drawn_from_sha256", sa.String(64), nullable=False),
        sa.Column("seed", sa.String(32), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        _integer("drawn_by_id"),
        _public_id(),
        *_checks(
            "peer_audit",
            period_in_order="period_start <= period_end",
            size_fits="asked_for >= 1 AND drawn_from >= 1",
        ),
        *_keys("peer_audit", drawn_by_id="user"),
        _unique("peer_audit", "public_id"),
    )
    op.create_table(
        "audited_decision",
        _integer("id"),
        _integer("peer_audit_id"),
        _integer("number"),
        _integer("decision_id"),
        _integer("auditor_id"),
        sa.Column("view", _one_of("peer_view", "agrees", "otherwise", "not_enough"), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("audited_on", sa.Date(), nullable=True),
        _public_id(),
        _integer("version"),
        *_checks(
            "audited_decision",
            view_has_day="(view IS NULL) = (audited_on IS NULL)",
            view_has_reasons="(view IS NULL) = (reasons IS NULL)",
        ),
        *_keys("audited_decision", peer_audit_id="peer_audit", decision_id="decision",
               auditor_id="user"),
        _unique("audited_decision", "public_id"),
        _unique("audited_decision", "peer_audit_id", "number"),
        _unique("audited_decision", "peer_audit_id", "decision_id"),
    )  # fmt: skip
    for column in ("decision_id", "auditor_id", "audited_on"):
        op.create_index(f"ix_audited_decision_{column}", "audited_decision", [column])
    op.create_table(
        "audited_limb",
        _integer("audited_decision_id"),
        sa.Column("limb", _one_of("limb", *LIMBS), nullable=False),
        sa.ForeignKeyConstraint(
            ["audited_decision_id"], ["audited_decision.id"],
            name=op.f("fk_audited_limb_audited_decision_id"),
        ),
        sa.PrimaryKeyConstraint("audited_decision_id", "limb", name=op.f("pk_audited_limb")),
    )  # fmt: skip


def _integer(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _public_id() -> sa.Column[str]:
    return sa.Column("public_id", sa.String(22), nullable=False)


def _entered() -> list[sa.Column[object]]:
    return [
        sa.Column("origin", _one_of("origin", *ORIGINS), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _one_of(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=30)


def _checks(table: str, **conditions: str) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(sql, name=op.f(f"ck_{table}_{name}")) for name, sql in conditions.items()
    ]


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _keys(table: str, **targets: str) -> list[sa.Constraint]:
    return [
        *(
            sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, target in targets.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
