"""Letters that confirm advice, follow-ups, calls as notes, who recorded a decision, enquiries."""

import json
import secrets
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


advice_template = sa.table(
    "advice_template",
    *(sa.column(name) for name in ("public_id", "version", "code", "title", "text")),
)
# As SQL, because a batch operation on SQLite makes the table anew and loses its triggers.
COLUMNS = (
    (
        "ALTER TABLE decision ADD COLUMN recorded_by_id INTEGER"
        ' CONSTRAINT fk_decision_recorded_by_id REFERENCES "user" (id)'
    ),
    "ALTER TABLE note ADD COLUMN happened_at TIME",
    (
        "ALTER TABLE note ADD COLUMN kind VARCHAR(30) CONSTRAINT ck_note_note_kind"
        " CHECK (kind IN ('phone', 'email', 'meeting', 'other'))"
    ),
    (
        "ALTER TABLE note ADD COLUMN direction VARCHAR(30) CONSTRAINT ck_note_direction"
        " CHECK (direction IN ('in', 'out'))"
    ),
    (
        "ALTER TABLE note ADD COLUMN other_party VARCHAR(200) CONSTRAINT ck_note_contact_has_kind"
        " CHECK (kind IS NOT NULL OR (direction IS NULL AND other_party IS NULL))"
    ),
)
ADDED = (
    ("note", "other_party"),
    ("note", "direction"),
    ("note", "kind"),
    ("note", "happened_at"),
    ("decision", "recorded_by_id"),
)


def upgrade() -> None:
    op.create_table(
        "advice_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(text) <> ''", name=op.f("ck_advice_template_text_not_blank")),
        sa.CheckConstraint("trim(title) <> ''", name=op.f("ck_advice_template_title_not_blank")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_template")),
        sa.UniqueConstraint("code", name=op.f("uq_advice_template_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_advice_template_public_id")),
        sa.UniqueConstraint("title", name=op.f("uq_advice_template_title")),
    )
    op.create_table(
        "enquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "other_authority",
                "employer",
                "vetting",
                name="enquiry_kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("asker_name", sa.String(length=200), nullable=False),
        sa.Column("asker_role", sa.String(length=200), nullable=True),
        sa.Column("asker_agency_id", sa.Integer(), nullable=True),
        sa.Column("asker_contact", sa.String(length=200), nullable=True),
        sa.Column(
            "basis",
            sa.Enum(
                "public_task",
                "legal_obligation",
                "consent",
                "not_stated",
                name="enquiry_basis",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("surname", sa.String(length=200), nullable=False),
        sa.Column("forename", sa.String(length=200), nullable=True),
        sa.Column("former_names", sa.Text(), nullable=True),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "nothing_held",
                "disclose",
                "decline",
                name="enquiry_answer",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("answer_text", sa.Text(), nullable=True),
        sa.Column("answer_reasons", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column(
            "sent_how",
            sa.Enum(
                "email",
                "secure_email",
                "post",
                "by_hand",
                name="sent_how",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "entered",
                "register",
                "form",
                "transfer",
                name="origin",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "disclosure",
            sa.Enum(
                "undetermined",
                "open",
                "consult",
                "withhold",
                name="disclosure_class",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("text_agency_id", sa.Integer(), nullable=True),
        sa.Column(
            "retention_class",
            sa.Enum(
                "undetermined",
                "short",
                "standard",
                "long",
                name="retention_class",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("retention_review_on", sa.Date(), nullable=True),
        sa.Column("legal_hold", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answer_text IS NOT NULL) = (answer IS NOT NULL AND answer = 'disclose')",
            name=op.f("ck_enquiry_answer_fits_text"),
        ),
        sa.CheckConstraint("trim(asker_name) <> ''", name=op.f("ck_enquiry_asker_not_blank")),
        sa.CheckConstraint("trim(surname) <> ''", name=op.f("ck_enquiry_surname_not_blank")),
        sa.CheckConstraint(
            "(answer IS NULL) = (answer_reasons IS NULL) AND (answer IS NULL) = (answered_on IS NULL) AND (answer IS NULL) = (answered_by_id IS NULL)",
            name=op.f("ck_enquiry_answer_says_why_and_who"),
        ),
        sa.CheckConstraint(
            "(sent_on IS NULL) = (sent_how IS NULL) AND (sent_on IS NULL) = (sent_by_id IS NULL)",
            name=op.f("ck_enquiry_sent_says_how_and_by_whom"),
        ),
        sa.CheckConstraint(
            "answered_on IS NULL OR answered_on >= received_on",
            name=op.f("ck_enquiry_answered_not_before_received"),
        ),
        sa.CheckConstraint(
            "sent_on IS NULL OR answer IS NOT NULL", name=op.f("ck_enquiry_sent_has_answer")
        ),
        sa.CheckConstraint(
            "sent_on IS NULL OR sent_on >= answered_on", name=op.f("ck_enquiry_sent_was_answered")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user.id"], name=op.f("fk_enquiry_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["asker_agency_id"], ["term.id"], name=op.f("fk_enquiry_asker_agency_id")
        ),
        sa.ForeignKeyConstraint(["sent_by_id"], ["user.id"], name=op.f("fk_enquiry_sent_by_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["user.id"], name=op.f("fk_enquiry_taken_by_id")),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f("fk_enquiry_text_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
        sa.UniqueConstraint("public_id", name=op.f("uq_enquiry_public_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_enquiry_reference")),
    )
    with op.batch_alter_table("enquiry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enquiry_received_on"), ["received_on"], unique=False)

    op.create_table(
        "enquiry_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("searched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("searched_by_id", sa.Integer(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enquiry_id"], ["enquiry.id"], name=op.f("fk_enquiry_search_enquiry_id")
        ),
        sa.ForeignKeyConstraint(
            ["searched_by_id"], ["user.id"], name=op.f("fk_enquiry_search_searched_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry_search")),
        sa.UniqueConstraint(
            "enquiry_id", "number", name=op.f("uq_enquiry_search_enquiry_id_number")
        ),
    )
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("to_caller", sa.Boolean(), nullable=False),
        sa.Column("recipient_name", sa.String(length=200), nullable=False),
        sa.Column("recipient_role", sa.String(length=200), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column(
            "sent_how",
            sa.Enum(
                "email",
                "secure_email",
                "post",
                "by_hand",
                name="sent_how",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "origin",
            sa.Enum(
                "entered",
                "register",
                "form",
                "transfer",
                name="origin",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "disclosure",
            sa.Enum(
                "undetermined",
                "open",
                "consult",
                "withhold",
                name="disclosure_class",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("text_agency_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "trim(recipient_name) <> ''", name=op.f("ck_confirmation_recipient_not_blank")
        ),
        sa.CheckConstraint("trim(text) <> ''", name=op.f("ck_confirmation_text_not_blank")),
        sa.CheckConstraint(
            "(sent_on IS NULL) = (sent_how IS NULL) AND (sent_on IS NULL) = (sent_by_id IS NULL)",
            name=op.f("ck_confirmation_sent_says_how_and_by_whom"),
        ),
        sa.CheckConstraint(
            "sent_on IS NULL OR sent_on >= written_on",
            name=op.f("ck_confirmation_sent_not_before_written"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_confirmation_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["user.id"], name=op.f("fk_confirmation_sent_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["advice_template.id"], name=op.f("fk_confirmation_template_id")
        ),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f("fk_confirmation_text_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["user.id"], name=op.f("fk_confirmation_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_confirmation_consultation_id_number")
        ),
    )
    op.create_table(
        "enquiry_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN person_id IS NULL THEN 0 ELSE 1 END + CASE WHEN consultation_id IS NULL THEN 0 ELSE 1 END + CASE WHEN case_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_enquiry_record_one_record"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_enquiry_record_case_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_enquiry_record_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["enquiry_id"], ["enquiry.id"], name=op.f("fk_enquiry_record_enquiry_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_enquiry_record_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry_record")),
    )
    with op.batch_alter_table("enquiry_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enquiry_record_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_enquiry_record_consultation_id"), ["consultation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_enquiry_record_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index("uq_enquiry_record_case", ["enquiry_id", "case_id"], unique=True)
        batch_op.create_index(
            "uq_enquiry_record_consultation", ["enquiry_id", "consultation_id"], unique=True
        )
        batch_op.create_index("uq_enquiry_record_person", ["enquiry_id", "person_id"], unique=True)

    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("dropped_reason", sa.Text(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "origin",
            sa.Enum(
                "entered",
                "register",
                "form",
                "transfer",
                name="origin",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "disclosure",
            sa.Enum(
                "undetermined",
                "open",
                "consult",
                "withhold",
                name="disclosure_class",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("text_agency_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("trim(what) <> ''", name=op.f("ck_follow_up_what_not_blank")),
        sa.CheckConstraint(
            "(done_on IS NULL AND dropped_on IS NULL) = (ended_by_id IS NULL)",
            name=op.f("ck_follow_up_end_says_by_whom"),
        ),
        sa.CheckConstraint(
            "(dropped_on IS NULL) = (dropped_reason IS NULL)",
            name=op.f("ck_follow_up_dropped_has_reason"),
        ),
        sa.CheckConstraint(
            "done_on IS NULL OR dropped_on IS NULL", name=op.f("ck_follow_up_done_or_dropped")
        ),
        sa.CheckConstraint(
            "result IS NULL OR done_on IS NOT NULL",
            name=op.f("ck_follow_up_result_of_what_was_done"),
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["user.id"], name=op.f("fk_follow_up_added_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_follow_up_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["user.id"], name=op.f("fk_follow_up_ended_by_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_follow_up_owner_id")),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f("fk_follow_up_text_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_follow_up_consultation_id_number")
        ),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(
            "ix_follow_up_open",
            ["due_on"],
            unique=False,
            sqlite_where=sa.text("ended_by_id IS NULL"),
            postgresql_where=sa.text("ended_by_id IS NULL"),
        )

    for statement in COLUMNS:
        op.execute(statement)
    with Path(__file__).with_suffix(".json").open(encoding="utf-8") as file:
        for shipped in json.load(file):
            row = shipped | {"public_id": secrets.token_urlsafe(16), "version": 1}
            op.execute(sa.insert(advice_template).values(row))


def downgrade() -> None:
    for table, column in ADDED:
        op.drop_column(table, column)
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_follow_up_open",
            sqlite_where=sa.text("ended_by_id IS NULL"),
            postgresql_where=sa.text("ended_by_id IS NULL"),
        )

    op.drop_table("follow_up")
    with op.batch_alter_table("enquiry_record", schema=None) as batch_op:
        batch_op.drop_index("uq_enquiry_record_person")
        batch_op.drop_index("uq_enquiry_record_consultation")
        batch_op.drop_index("uq_enquiry_record_case")
        batch_op.drop_index(batch_op.f("ix_enquiry_record_person_id"))
        batch_op.drop_index(batch_op.f("ix_enquiry_record_consultation_id"))
        batch_op.drop_index(batch_op.f("ix_enquiry_record_case_id"))

    op.drop_table("enquiry_record")
    op.drop_table("confirmation")
    op.drop_table("enquiry_search")
    with op.batch_alter_table("enquiry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enquiry_received_on"))

    op.drop_table("enquiry")
    op.drop_table("advice_template")
