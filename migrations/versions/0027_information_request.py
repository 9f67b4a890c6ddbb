"""Questions from outside and the figures that answered them."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

TABLE = "information_request"
ORIGINS = ("entered", "register", "form", "transfer")
CHECKS = {
    "number_not_blank": "trim(number) <> ''",
    "question_not_blank": "trim(question) <> ''",
    "drawing_is_whole": "(drawn_at IS NULL) = (drawn_by_id IS NULL)"
    " AND (drawn_at IS NULL) = (figures IS NULL)"
    " AND (drawn_at IS NULL) = (definitions_version IS NULL)",
    "answer_is_drawn": "answered_at IS NULL OR drawn_at IS NOT NULL",
    "answering_is_whole": "(answered_at IS NULL) = (answered_by_id IS NULL)"
    " AND (answered_at IS NULL) = (figures_sha256 IS NULL)",
}


def upgrade() -> None:
    origin = sa.Enum(*ORIGINS, name="origin", native_enum=False, create_constraint=True, length=30)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("logged_by_id", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.Column("definitions_version", sa.String(20), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("figures_sha256", sa.String(64), nullable=True),
        sa.Column("public_id", sa.String(22), nullable=False),
        sa.Column("origin", origin, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.CheckConstraint(sql, name=op.f(f"ck_{TABLE}_{name}")) for name, sql in CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([column], ["user.id"], name=op.f(f"fk_{TABLE}_{column}"))
            for column in ("logged_by_id", "drawn_by_id", "answered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{TABLE}_public_id")),
    )
    for column in ("received_on", "answered_at"):
        op.create_index(f"ix_{TABLE}_{column}", TABLE, [column])
    unanswered = sa.text("answered_at IS NULL")
    op.create_index(
        f"uq_{TABLE}_unanswered", TABLE, ["number"], unique=True,
        sqlite_where=unanswered, postgresql_where=unanswered,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table(TABLE)
