"""Documents with a case or a consultation; matters; other authorities."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "matter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column(
            "origin",
            _enum("origin", "entered", "register", "form", "transfer"),
            nullable=False,
        ),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
        sa.UniqueConstraint("reference", name=op.f("uq_matter_reference")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            _enum(
                "document_kind",
                "letter",
                "referral",
                "statement",
                "report",
                "minutes",
                "policy",
                "picture",
                "other",
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column(
            "file_type",
            _enum(
                "file_type",
                "pdf",
                "docx",
                "xlsx",
                "pptx",
                "odt",
                "txt",
                "csv",
                "eml",
                "msg",
                "jpg",
                "png",
            ),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stored_as", sa.String(length=32), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "origin",
            _enum("origin", "entered", "register", "form", "transfer"),
            nullable=False,
        ),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "disclosure",
            _enum("disclosure_class", "undetermined", "open", "consult", "withhold"),
            nullable=False,
        ),
        sa.Column("text_agency_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("trim(title) <> ''", name=op.f("ck_document_title_not_blank")),
        sa.CheckConstraint(
            "(case_id IS NULL) <> (consultation_id IS NULL)", name=op.f("ck_document_one_home")
        ),
        sa.CheckConstraint(
            "(deleted_at IS NULL) = (deleted_by_id IS NULL)",
            name=op.f("ck_document_deletion_stated"),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("ck_document_withdrawal_stated"),
        ),
        sa.CheckConstraint(
            "deleted_at IS NULL OR (withdrawn_at IS NOT NULL AND deleted_at >= withdrawn_at)",
            name=op.f("ck_document_deleted_after_withdrawal"),
        ),
        sa.CheckConstraint(
            "deleted_by_id IS NULL OR deleted_by_id <> withdrawn_by_id",
            name=op.f("ck_document_deleted_by_another"),
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_document_has_content")),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_document_added_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_document_case_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_document_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["user.id"], name=op.f("fk_document_deleted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f("fk_document_text_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["user.id"], name=op.f("fk_document_withdrawn_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_document_case_id_number")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_document_consultation_id_number")
        ),
        sa.UniqueConstraint("stored_as", name=op.f("uq_document_stored_as")),
    )
    op.create_table(
        "matter_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_by_id", sa.Integer(), nullable=True),
        sa.Column("left_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_matter_case_reason_not_blank")),
        sa.CheckConstraint(
            "(left_at IS NULL) = (left_by_id IS NULL) AND (left_at IS NULL) = (left_reason IS NULL)",
            name=op.f("ck_matter_case_leaving_stated"),
        ),
        sa.CheckConstraint(
            "left_at IS NULL OR left_at >= joined_at",
            name=op.f("ck_matter_case_left_not_before_joined"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_matter_case_case_id")),
        sa.ForeignKeyConstraint(
            ["joined_by_id"], ["user.id"], name=op.f("fk_matter_case_joined_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["left_by_id"], ["user.id"], name=op.f("fk_matter_case_left_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_matter_case_matter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_case")),
    )
    op.create_index(op.f("ix_matter_case_case_id"), "matter_case", ["case_id"], unique=False)
    op.create_index(op.f("ix_matter_case_matter_id"), "matter_case", ["matter_id"], unique=False)
    op.create_index(
        "uq_matter_case_current",
        "matter_case",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "other_authority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            _enum("authority_part", "out", "in", "joint", "information"),
            nullable=False,
        ),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=True),
        sa.Column("told", sa.String(length=200), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("pack_stored_as", sa.String(length=32), nullable=True),
        sa.Column("pack_sha256", sa.String(length=64), nullable=True),
        sa.Column("pack_made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pack_made_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "origin",
            _enum("origin", "entered", "register", "form", "transfer"),
            nullable=False,
        ),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "trim(authority) <> ''", name=op.f("ck_other_authority_authority_not_blank")
        ),
        sa.CheckConstraint(
            "(case_id IS NULL) <> (consultation_id IS NULL)",
            name=op.f("ck_other_authority_one_home"),
        ),
        sa.CheckConstraint(
            "(pack_stored_as IS NULL) = (pack_made_at IS NULL) AND (pack_stored_as IS NULL) = (pack_made_by_id IS NULL) AND (pack_stored_as IS NULL) = (pack_sha256 IS NULL)",
            name=op.f("ck_other_authority_pack_says_when_and_by_whom"),
        ),
        sa.CheckConstraint(
            "(told IS NULL) = (told_on IS NULL)", name=op.f("ck_other_authority_told_says_when")
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["user.id"], name=op.f("fk_other_authority_added_by_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_other_authority_case_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_other_authority_consultation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["pack_made_by_id"], ["user.id"], name=op.f("fk_other_authority_pack_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_authority")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_other_authority_case_id_number")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_other_authority_consultation_id_number")
        ),
        sa.UniqueConstraint("pack_stored_as", name=op.f("uq_other_authority_pack_stored_as")),
    )


def downgrade() -> None:
    """The contents of documents stay where they lie, encrypted: `flask documents check` of this
    revision finds them."""
    for table in ("other_authority", "matter_case", "document", "matter"):
        op.drop_table(table)


def _enum(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=30)
