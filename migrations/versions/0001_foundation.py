"""The foundation: every record of the main job."""

import sqlalchemy as sa
from alembic import op

from lado.database import append_only, not_append_only

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("thing", sa.String(length=40), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_event_hash")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_actor"), ["actor"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_record"), ["record"], unique=False)

    op.create_table(
        "disposal_permit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_permit")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("stated_age", sa.Integer(), nullable=True),
        sa.Column("age_stated_on", sa.Date(), nullable=True),
        sa.Column(
            "sex",
            sa.Enum(
                "female", "male", name="sex", native_enum=False, create_constraint=True, length=30
            ),
            nullable=True,
        ),
        sa.Column("restricted", sa.Boolean(), nullable=False),
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
            "(stated_age IS NULL) = (age_stated_on IS NULL) AND (date_of_birth IS NULL OR stated_age IS NULL)",
            name=op.f("ck_person_age_known_one_way"),
        ),
        sa.CheckConstraint("stated_age BETWEEN 10 AND 120", name=op.f("ck_person_age_possible")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_date_of_birth"), ["date_of_birth"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_person_restricted"), ["restricted"], unique=False)

    op.create_table(
        "rate_count",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rate_count")),
    )
    with op.batch_alter_table("rate_count", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rate_count_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "reference_counter",
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_reference_counter")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "group",
            sa.Enum(
                "sector",
                "subsector",
                "role",
                "agency",
                "category",
                "subcategory",
                "context",
                "contact_method",
                "decision",
                "tier",
                "closure_reason",
                "employer_outcome",
                "police_outcome",
                "social_care_outcome",
                "referral_body",
                "learning_theme",
                "delay_reason",
                "school_phase",
                "school_type",
                name="term_group",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "advice",
                "not_met",
                "low_level",
                "passed_on",
                "oversight",
                "met_no_meeting",
                "progress",
                name="decision_stage",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("needs_outcome", sa.Boolean(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(label) <> ''", name=op.f("ck_term_label_not_blank")),
        sa.CheckConstraint(
            "(\"group\" = 'closure_reason') = (needs_outcome IS NOT NULL)",
            name=op.f("ck_term_closure_reason_says"),
        ),
        sa.CheckConstraint(
            "(\"group\" = 'decision') = (stage IS NOT NULL)",
            name=op.f("ck_term_decision_has_stage"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to",
            name=op.f("ck_term_dates_in_order"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["term.id"], name=op.f("fk_term_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("group", "code", name=op.f("uq_term_group_code")),
        sa.UniqueConstraint("group", "label", name=op.f("uq_term_group_label")),
        sa.UniqueConstraint("public_id", name=op.f("uq_term_public_id")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=210), nullable=False),
        sa.Column("sector_id", sa.Integer(), nullable=False),
        sa.Column("subsector_id", sa.Integer(), nullable=True),
        sa.Column("school_phase_id", sa.Integer(), nullable=True),
        sa.Column("school_type_id", sa.Integer(), nullable=True),
        sa.Column("small_voluntary", sa.Boolean(), nullable=True),
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
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_organisation_name_not_blank")),
        sa.ForeignKeyConstraint(
            ["school_phase_id"], ["term.id"], name=op.f("fk_organisation_school_phase_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_type_id"], ["term.id"], name=op.f("fk_organisation_school_type_id")
        ),
        sa.ForeignKeyConstraint(["sector_id"], ["term.id"], name=op.f("fk_organisation_sector_id")),
        sa.ForeignKeyConstraint(
            ["subsector_id"], ["term.id"], name=op.f("fk_organisation_subsector_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organisation_public_id")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_folded"), ["folded"], unique=False)

    op.create_table(
        "person_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "current",
                "former",
                "known_as",
                name="name_kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("surname", sa.String(length=100), nullable=False),
        sa.Column("forename", sa.String(length=100), nullable=False),
        sa.Column("folded", sa.String(length=210), nullable=False),
        sa.CheckConstraint("trim(surname) <> ''", name=op.f("ck_person_name_surname_not_blank")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_name_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_name")),
    )
    with op.batch_alter_table("person_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_name_folded"), ["folded"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_name_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_person_name_current",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("kind = 'current'"),
            postgresql_where=sa.text("kind = 'current'"),
        )

    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "lado",
                "manager",
                "business_support",
                "sub_group",
                "auditor",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_sign_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_sign_ins", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_user_email_lower")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_user_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_user_fs_uniquifier")),
        sa.UniqueConstraint("public_id", name=op.f("uq_user_public_id")),
    )
    op.create_table(
        "associate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("connection", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_associate_person_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_associate_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_associate")),
        sa.UniqueConstraint("user_id", "person_id", name=op.f("uq_associate_user_id_person_id")),
    )
    with op.batch_alter_table("associate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_associate_user_id"), ["user_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "both",
                "password",
                "second_factor",
                name="link_purpose",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "used_at IS NULL OR used_at <= expires_at",
            name=op.f("ck_invitation_used_before_expiry"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_invitation_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_invitation_token_sha256")),
    )
    op.create_table(
        "position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("sector_id", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Boolean(), nullable=True),
        sa.Column("held_from", sa.Date(), nullable=True),
        sa.Column("held_to", sa.Date(), nullable=True),
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
        sa.CheckConstraint(
            "held_to IS NULL OR held_from IS NULL OR held_from <= held_to",
            name=op.f("ck_position_dates_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_position_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_position_person_id")),
        sa.ForeignKeyConstraint(["role_id"], ["term.id"], name=op.f("fk_position_role_id")),
        sa.ForeignKeyConstraint(["sector_id"], ["term.id"], name=op.f("fk_position_sector_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
    )
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_position_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_position_person_id"), ["person_id"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_recovery_code_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("code_sha256", name=op.f("uq_recovery_code_code_sha256")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_user_id"), ["user_id"], unique=False)

    op.create_table(
        "register_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by_id", sa.Integer(), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["loaded_by_id"], ["user.id"], name=op.f("fk_register_import_loaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_import")),
        sa.UniqueConstraint("sha256", name=op.f("uq_register_import_sha256")),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("edition_number", sa.Integer(), nullable=False),
        sa.Column("correction", sa.Text(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "approved",
                "published",
                "superseded",
                name="report_status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("definitions_version", sa.String(length=20), nullable=False),
        sa.Column("commentary", sa.Text(), nullable=False),
        sa.Column("sent_back_reason", sa.Text(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("figures_sha256", sa.String(length=64), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'draft') = (approved_at IS NULL) AND (approved_at IS NULL) = (approved_by_id IS NULL)",
            name=op.f("ck_report_approval_fits_status"),
        ),
        sa.CheckConstraint(
            "(status IN ('published', 'superseded')) = (published_at IS NOT NULL) AND (published_at IS NULL) = (published_by_id IS NULL) AND (published_at IS NULL) = (figures_sha256 IS NULL) AND (published_at IS NULL) = (pdf_sha256 IS NULL)",
            name=op.f("ck_report_publication_fits_status"),
        ),
        sa.CheckConstraint(
            "edition_number = 1 OR correction IS NOT NULL",
            name=op.f("ck_report_correction_says_why"),
        ),
        sa.CheckConstraint("period_start <= period_end", name=op.f("ck_report_period_in_order")),
        sa.CheckConstraint(
            "sent_back_reason IS NULL OR status = 'draft'",
            name=op.f("ck_report_sent_back_is_draft"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["user.id"], name=op.f("fk_report_approved_by_id")
        ),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["user.id"], name=op.f("fk_report_drawn_by_id")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["user.id"], name=op.f("fk_report_published_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint(
            "period_start",
            "period_end",
            "edition_number",
            name=op.f("uq_report_period_start_period_end_edition_number"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_public_id")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(
            "uq_report_published",
            ["period_start", "period_end"],
            unique=True,
            sqlite_where=sa.text("status = 'published'"),
            postgresql_where=sa.text("status = 'published'"),
        )

    op.create_table(
        "second_factor",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(length=255), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_second_factor_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "user_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_session_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_user_session_token_sha256")),
    )
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("imported_reference", sa.String(length=60), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "closure_requested",
                "concluded",
                name="case_status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column(
            "children",
            sa.Enum(
                "none_identified",
                "counted",
                "multiple",
                name="children",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("children_count", sa.Integer(), nullable=True),
        sa.Column("legal_position_of_trust", sa.Boolean(), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("reporting_restriction", sa.Boolean(), nullable=False),
        sa.Column("reporting_restriction_lifted_on", sa.Date(), nullable=True),
        sa.Column("reporting_restriction_lift_reason", sa.Text(), nullable=True),
        sa.Column("closure_requested_by_id", sa.Integer(), nullable=True),
        sa.Column("proposed_reason_id", sa.Integer(), nullable=True),
        sa.Column("proposed_concluded_on", sa.Date(), nullable=True),
        sa.Column("proposed_note", sa.Text(), nullable=True),
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
            "(children = 'counted' AND children_count IS NOT NULL AND children_count >= 1) OR ((children IS NULL OR children <> 'counted') AND children_count IS NULL)",
            name=op.f("ck_case_children_fit_count"),
        ),
        sa.CheckConstraint(
            "(status = 'closure_requested') = (closure_requested_by_id IS NOT NULL)",
            name=op.f("ck_case_request_fits_status"),
        ),
        sa.CheckConstraint(
            "origin <> 'register' OR imported_reference IS NOT NULL",
            name=op.f("ck_case_register_has_reference"),
        ),
        sa.CheckConstraint(
            "origin = 'register' OR owner_id IS NOT NULL", name=op.f("ck_case_owner_stated")
        ),
        sa.CheckConstraint(
            "(closure_requested_by_id IS NULL) = (proposed_reason_id IS NULL) AND (closure_requested_by_id IS NULL) = (proposed_concluded_on IS NULL) AND (closure_requested_by_id IS NOT NULL OR proposed_note IS NULL)",
            name=op.f("ck_case_request_says_how"),
        ),
        sa.CheckConstraint(
            "(reporting_restriction_lifted_on IS NULL) = (reporting_restriction_lift_reason IS NULL) AND (reporting_restriction OR reporting_restriction_lifted_on IS NULL)",
            name=op.f("ck_case_restriction_lift_stated"),
        ),
        sa.ForeignKeyConstraint(
            ["closure_requested_by_id"], ["user.id"], name=op.f("fk_case_closure_requested_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_case_organisation_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_case_owner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_person_id")),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name=op.f("fk_case_position_id")),
        sa.ForeignKeyConstraint(
            ["proposed_reason_id"], ["term.id"], name=op.f("fk_case_proposed_reason_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("imported_reference", name=op.f("uq_case_imported_reference")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_public_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_case_reference")),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_case_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_restricted"), ["restricted"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_status"), ["status"], unique=False)

    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("imported_reference", sa.String(length=60), nullable=True),
        sa.Column("register_import_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "decided",
                name="consultation_status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("aware_on", sa.Date(), nullable=True),
        sa.Column("late_report_reason", sa.Text(), nullable=True),
        sa.Column("contact_method_id", sa.Integer(), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_by_text", sa.String(length=200), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("referrer_name", sa.String(length=200), nullable=True),
        sa.Column("referrer_role", sa.String(length=200), nullable=True),
        sa.Column("referrer_contact", sa.String(length=200), nullable=True),
        sa.Column("referrer_agency_id", sa.Integer(), nullable=True),
        sa.Column("referrer_may_be_named", sa.Boolean(), nullable=True),
        sa.Column("setting_id", sa.Integer(), nullable=True),
        sa.Column(
            "children",
            sa.Enum(
                "none_identified",
                "counted",
                "multiple",
                name="children",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("children_count", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("interim_advice", sa.Text(), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
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
            "happened_precision",
            sa.Enum(
                "exact",
                "about",
                "between",
                "not_known",
                name="date_precision",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("happened_from", sa.Date(), nullable=True),
        sa.Column("happened_to", sa.Date(), nullable=True),
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
            "(children = 'counted' AND children_count IS NOT NULL AND children_count >= 1) OR ((children IS NULL OR children <> 'counted') AND children_count IS NULL)",
            name=op.f("ck_consultation_children_fit_count"),
        ),
        sa.CheckConstraint(
            "(happened_precision IN ('exact', 'about') AND happened_from IS NOT NULL AND happened_to IS NULL) OR (happened_precision = 'between' AND happened_from <= happened_to AND happened_from IS NOT NULL AND happened_to IS NOT NULL) OR (happened_precision = 'not_known' AND happened_from IS NULL AND happened_to IS NULL)",
            name=op.f("ck_consultation_happened_fits_precision"),
        ),
        sa.CheckConstraint(
            "origin <> 'register' OR imported_reference IS NOT NULL",
            name=op.f("ck_consultation_register_has_reference"),
        ),
        sa.CheckConstraint(
            "origin = 'register' OR summary IS NOT NULL",
            name=op.f("ck_consultation_summary_stated"),
        ),
        sa.CheckConstraint(
            "taken_by_id IS NOT NULL OR taken_by_text IS NOT NULL OR origin = 'register'",
            name=op.f("ck_consultation_taker_stated"),
        ),
        sa.CheckConstraint(
            "NOT anonymous OR referrer_name IS NULL",
            name=op.f("ck_consultation_anonymous_has_no_name"),
        ),
        sa.CheckConstraint(
            "aware_on IS NULL OR aware_on <= received_on",
            name=op.f("ck_consultation_aware_not_after_received"),
        ),
        sa.CheckConstraint(
            "happened_from IS NULL OR happened_from <= received_on",
            name=op.f("ck_consultation_happened_not_after_received"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_method_id"], ["term.id"], name=op.f("fk_consultation_contact_method_id")
        ),
        sa.ForeignKeyConstraint(
            ["referrer_agency_id"], ["term.id"], name=op.f("fk_consultation_referrer_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["register_import_id"],
            ["register_import.id"],
            name=op.f("fk_consultation_register_import_id"),
        ),
        sa.ForeignKeyConstraint(
            ["setting_id"], ["organisation.id"], name=op.f("fk_consultation_setting_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["user.id"], name=op.f("fk_consultation_taken_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f("fk_consultation_text_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("imported_reference", name=op.f("uq_consultation_imported_reference")),
        sa.UniqueConstraint("public_id", name=op.f("uq_consultation_public_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_consultation_reference")),
    )
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_received_on"), ["received_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_consultation_restricted"), ["restricted"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_consultation_setting_id"), ["setting_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_consultation_status"), ["status"], unique=False)

    op.create_table(
        "case_spell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("reopened_reason", sa.Text(), nullable=True),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("closure_reason_id", sa.Integer(), nullable=True),
        sa.Column("closure_note", sa.Text(), nullable=True),
        sa.Column("concluded_by_id", sa.Integer(), nullable=True),
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
        sa.CheckConstraint(
            "(concluded_on IS NULL AND closure_reason_id IS NULL AND concluded_by_id IS NULL) OR (concluded_on IS NOT NULL AND (origin = 'register' OR (closure_reason_id IS NOT NULL AND concluded_by_id IS NOT NULL)))",
            name=op.f("ck_case_spell_closure_fits_conclusion"),
        ),
        sa.CheckConstraint(
            "concluded_on IS NULL OR concluded_on >= opened_on",
            name=op.f("ck_case_spell_concluded_not_before_opened"),
        ),
        sa.CheckConstraint(
            "number = 1 OR reopened_reason IS NOT NULL",
            name=op.f("ck_case_spell_reopening_has_reason"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_spell_case_id")),
        sa.ForeignKeyConstraint(
            ["closure_reason_id"], ["term.id"], name=op.f("fk_case_spell_closure_reason_id")
        ),
        sa.ForeignKeyConstraint(
            ["concluded_by_id"], ["user.id"], name=op.f("fk_case_spell_concluded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_spell")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_case_spell_case_id_number")),
    )
    with op.batch_alter_table("case_spell", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_spell_concluded_on"), ["concluded_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_case_spell_opened_on"), ["opened_on"], unique=False)
        batch_op.create_index(
            "uq_case_spell_open",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("concluded_on IS NULL"),
            postgresql_where=sa.text("concluded_on IS NULL"),
        )

    op.create_table(
        "child",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column(
            "sex",
            sa.Enum(
                "female", "male", name="sex", native_enum=False, create_constraint=True, length=30
            ),
            nullable=True,
        ),
        sa.Column("looked_after", sa.Boolean(), nullable=True),
        sa.Column("social_care_reference", sa.String(length=60), nullable=True),
        sa.Column(
            "voice",
            sa.Enum(
                "sought",
                "not_sought",
                "not_yet",
                name="voice_sought",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("voice_reason", sa.Text(), nullable=True),
        sa.Column("view", sa.Text(), nullable=True),
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
            "voice <> 'not_sought' OR voice_reason IS NOT NULL",
            name=op.f("ck_child_reason_when_not_sought"),
        ),
        sa.CheckConstraint(
            "(case_id IS NULL) <> (consultation_id IS NULL)", name=op.f("ck_child_one_home")
        ),
        sa.CheckConstraint("age BETWEEN 0 AND 25", name=op.f("ck_child_age_possible")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_child_case_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_child_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f("fk_child_text_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_child_case_id_number")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_child_consultation_id_number")
        ),
    )
    op.create_table(
        "consultation_subject",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("match_hash", sa.String(length=64), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=True),
        sa.Column("non_recent", sa.Boolean(), nullable=True),
        sa.Column(
            "earlier_records",
            sa.Enum(
                "none_found",
                "no_weight",
                "some_weight",
                "decisive",
                name="earlier_records",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("earlier_weight", sa.Text(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("opened_case", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "NOT opened_case OR case_id IS NOT NULL", name=op.f("ck_consultation_subject_case_link")
        ),
        sa.CheckConstraint(
            "earlier_weight IS NULL OR earlier_records IS NOT NULL",
            name=op.f("ck_consultation_subject_weight_needs_looking"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_consultation_subject_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["term.id"], name=op.f("fk_consultation_subject_category_id")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_subject_consultation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["context_id"], ["term.id"], name=op.f("fk_consultation_subject_context_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_consultation_subject_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consultation_subject_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_consultation_subject_position_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_subject")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_consultation_subject_consultation_id_number")
        ),
    )
    with op.batch_alter_table("consultation_subject", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_subject_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_consultation_subject_match_hash"), ["match_hash"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_consultation_subject_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_consultation_subject_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_consultation_subject_position_id"), ["position_id"], unique=False
        )

    op.create_table(
        "allegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("subcategory_id", sa.Integer(), nullable=True),
        sa.Column("context_id", sa.Integer(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("non_recent", sa.Boolean(), nullable=True),
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
            "happened_precision",
            sa.Enum(
                "exact",
                "about",
                "between",
                "not_known",
                name="date_precision",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("happened_from", sa.Date(), nullable=True),
        sa.Column("happened_to", sa.Date(), nullable=True),
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
            "(happened_precision IN ('exact', 'about') AND happened_from IS NOT NULL AND happened_to IS NULL) OR (happened_precision = 'between' AND happened_from <= happened_to AND happened_from IS NOT NULL AND happened_to IS NOT NULL) OR (happened_precision = 'not_known' AND happened_from IS NULL AND happened_to IS NULL)",
            name=op.f("ck_allegation_happened_fits_precision"),
        ),
        sa.CheckConstraint(
            "origin = 'register' OR description IS NOT NULL",
            name=op.f("ck_allegation_description_stated"),
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["consultation_subject.id"],
            name=op.f("fk_allegation_subject_id"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_allegation_case_id")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["term.id"], name=op.f("fk_allegation_category_id")
        ),
        sa.ForeignKeyConstraint(["context_id"], ["term.id"], name=op.f("fk_allegation_context_id")),
        sa.ForeignKeyConstraint(
            ["subcategory_id"], ["term.id"], name=op.f("fk_allegation_subcategory_id")
        ),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f("fk_allegation_text_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allegation")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_allegation_case_id_number")),
    )
    with op.batch_alter_table("allegation", schema=None) as batch_op:
        batch_op.create_index(
            "uq_allegation_primary",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("is_primary"),
            postgresql_where=sa.text("is_primary"),
        )

    op.create_table(
        "learning_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "good_practice",
                "improvement",
                name="learning_kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("description", sa.Text(), nullable=True),
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
        sa.CheckConstraint(
            "origin = 'register' OR description IS NOT NULL",
            name=op.f("ck_learning_point_description_stated"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_learning_point_case_id")),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f("fk_learning_point_text_agency_id")
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["term.id"], name=op.f("fk_learning_point_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_point")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_learning_point_case_id_number")),
    )
    op.create_table(
        "named_access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN person_id IS NULL THEN 0 ELSE 1 END + CASE WHEN consultation_id IS NULL THEN 0 ELSE 1 END + CASE WHEN case_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_named_access_one_record"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_named_access_case_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_named_access_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_named_access_person_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_named_access_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_access")),
    )
    with op.batch_alter_table("named_access", schema=None) as batch_op:
        batch_op.create_index("uq_named_access_case", ["user_id", "case_id"], unique=True)
        batch_op.create_index(
            "uq_named_access_consultation", ["user_id", "consultation_id"], unique=True
        )
        batch_op.create_index("uq_named_access_person", ["user_id", "person_id"], unique=True)

    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
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
        sa.CheckConstraint("trim(text) <> ''", name=op.f("ck_note_text_not_blank")),
        sa.CheckConstraint(
            "(case_id IS NULL) <> (consultation_id IS NULL)", name=op.f("ck_note_one_home")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_note_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_note_case_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_note_consultation_id")
        ),
        sa.ForeignKeyConstraint(["corrects_id"], ["note.id"], name=op.f("fk_note_corrects_id")),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f("fk_note_text_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_note_consultation_id"), ["consultation_id"], unique=False
        )

    op.create_table(
        "onward_referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "duty",
                "power",
                name="referral_basis",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("considered_on", sa.Date(), nullable=True),
        sa.Column(
            "decision",
            sa.Enum(
                "pending",
                "refer",
                "no_referral",
                name="referral_decision",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=True),
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
            "decision <> 'no_referral' OR reasons IS NOT NULL",
            name=op.f("ck_onward_referral_no_referral_has_reasons"),
        ),
        sa.CheckConstraint(
            "origin = 'register' OR considered_on IS NOT NULL",
            name=op.f("ck_onward_referral_considered_stated"),
        ),
        sa.CheckConstraint(
            "origin = 'register' OR decision = 'pending' OR decided_by IS NOT NULL",
            name=op.f("ck_onward_referral_decision_has_decider"),
        ),
        sa.CheckConstraint(
            "referred_on IS NULL OR decision = 'refer'",
            name=op.f("ck_onward_referral_referred_was_decided"),
        ),
        sa.CheckConstraint(
            "considered_on IS NULL OR referred_on IS NULL OR considered_on <= referred_on",
            name=op.f("ck_onward_referral_referred_not_before_considered"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["term.id"], name=op.f("fk_onward_referral_body_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_onward_referral_case_id")),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f("fk_onward_referral_text_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_onward_referral")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_onward_referral_case_id_number")),
    )
    with op.batch_alter_table("onward_referral", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_onward_referral_referred_on"), ["referred_on"], unique=False
        )

    op.create_table(
        "strand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "police",
                "social_care",
                "employer",
                name="strand_kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "not_started",
                "ongoing",
                "ended",
                "not_applicable",
                name="strand_status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("lead", sa.String(length=200), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
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
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "origin = 'register' OR (status = 'ended') = (ended_on IS NOT NULL)",
            name=op.f("ck_strand_ended_has_date"),
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR started_on IS NULL OR started_on <= ended_on",
            name=op.f("ck_strand_dates_in_order"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_strand_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strand")),
        sa.UniqueConstraint("case_id", "kind", name=op.f("uq_strand_case_id_kind")),
    )
    op.create_table(
        "strategy_discussion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "scheduled",
                "held",
                "minutes_agreed",
                "circulated",
                "cancelled",
                name="discussion_status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "purpose",
            sa.Enum(
                "initial",
                "review",
                "final",
                "joint",
                name="discussion_purpose",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("scheduled_on", sa.Date(), nullable=True),
        sa.Column("scheduled_at", sa.Time(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("chair_id", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("circulated_on", sa.Date(), nullable=True),
        sa.Column("circulated_to", sa.Text(), nullable=True),
        sa.Column("cancelled_reason", sa.Text(), nullable=True),
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
            "(status = 'cancelled') = (cancelled_reason IS NOT NULL)",
            name=op.f("ck_strategy_discussion_cancelled_has_reason"),
        ),
        sa.CheckConstraint(
            "(status = 'circulated') = (circulated_on IS NOT NULL) AND (circulated_on IS NULL) = (circulated_to IS NULL)",
            name=op.f("ck_strategy_discussion_circulated_says_when_and_to_whom"),
        ),
        sa.CheckConstraint(
            "(status IN ('held', 'minutes_agreed', 'circulated')) = (held_on IS NOT NULL)",
            name=op.f("ck_strategy_discussion_held_fits_status"),
        ),
        sa.CheckConstraint(
            "origin = 'register' OR purpose IS NOT NULL",
            name=op.f("ck_strategy_discussion_purpose_stated"),
        ),
        sa.CheckConstraint(
            "status <> 'scheduled' OR scheduled_on IS NOT NULL",
            name=op.f("ck_strategy_discussion_scheduled_has_date"),
        ),
        sa.CheckConstraint(
            "circulated_on IS NULL OR circulated_on >= held_on",
            name=op.f("ck_strategy_discussion_circulated_not_before_held"),
        ),
        sa.CheckConstraint(
            "next_review_on IS NULL OR next_review_on >= held_on",
            name=op.f("ck_strategy_discussion_review_not_before_held"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_strategy_discussion_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["chair_id"], ["user.id"], name=op.f("fk_strategy_discussion_chair_id")
        ),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f("fk_strategy_discussion_text_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategy_discussion")),
        sa.UniqueConstraint(
            "case_id", "number", name=op.f("uq_strategy_discussion_case_id_number")
        ),
    )
    with op.batch_alter_table("strategy_discussion", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_strategy_discussion_held_on"), ["held_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_strategy_discussion_scheduled_on"), ["scheduled_on"], unique=False
        )

    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("discussion_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("waived_on", sa.Date(), nullable=True),
        sa.Column("waived_reason", sa.Text(), nullable=True),
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
        sa.CheckConstraint("trim(description) <> ''", name=op.f("ck_action_description_not_blank")),
        sa.CheckConstraint(
            "(waived_on IS NULL) = (waived_reason IS NULL)",
            name=op.f("ck_action_waived_has_reason"),
        ),
        sa.CheckConstraint(
            "done_on IS NULL OR waived_on IS NULL", name=op.f("ck_action_done_or_waived")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["term.id"], name=op.f("fk_action_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_action_case_id")),
        sa.ForeignKeyConstraint(
            ["discussion_id"], ["strategy_discussion.id"], name=op.f("fk_action_discussion_id")
        ),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f("fk_action_text_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_action_case_id_number")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_action_discussion_id"), ["discussion_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_action_due_on"), ["due_on"], unique=False)

    op.create_table(
        "allegation_child",
        sa.Column("allegation_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["allegation_id"], ["allegation.id"], name=op.f("fk_allegation_child_allegation_id")
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_allegation_child_child_id")
        ),
        sa.PrimaryKeyConstraint("allegation_id", "child_id", name=op.f("pk_allegation_child")),
    )
    op.create_table(
        "allegation_limb",
        sa.Column("allegation_id", sa.Integer(), nullable=False),
        sa.Column(
            "limb",
            sa.Enum(
                "harm",
                "offence",
                "unsuitable",
                "risk",
                "suitability",
                name="limb",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["allegation_id"], ["allegation.id"], name=op.f("fk_allegation_limb_allegation_id")
        ),
        sa.PrimaryKeyConstraint("allegation_id", "limb", name=op.f("pk_allegation_limb")),
    )
    with op.batch_alter_table("allegation_limb", schema=None) as batch_op:
        batch_op.create_index(
            "uq_allegation_limb_primary",
            ["allegation_id"],
            unique=True,
            sqlite_where=sa.text("is_primary"),
            postgresql_where=sa.text("is_primary"),
        )

    op.create_table(
        "consultation_subject_limb",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column(
            "limb",
            sa.Enum(
                "harm",
                "offence",
                "unsuitable",
                "risk",
                "suitability",
                name="limb",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["consultation_subject.id"],
            name=op.f("fk_consultation_subject_limb_subject_id"),
        ),
        sa.PrimaryKeyConstraint("subject_id", "limb", name=op.f("pk_consultation_subject_limb")),
    )
    with op.batch_alter_table("consultation_subject_limb", schema=None) as batch_op:
        batch_op.create_index(
            "uq_consultation_subject_limb_primary",
            ["subject_id"],
            unique=True,
            sqlite_where=sa.text("is_primary"),
            postgresql_where=sa.text("is_primary"),
        )

    op.create_table(
        "consultation_subject_position",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["position.id"],
            name=op.f("fk_consultation_subject_position_position_id"),
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["consultation_subject.id"],
            name=op.f("fk_consultation_subject_position_subject_id"),
        ),
        sa.PrimaryKeyConstraint(
            "subject_id", "position_id", name=op.f("pk_consultation_subject_position")
        ),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("tier_id", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("advice", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
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
        sa.CheckConstraint(
            "origin = 'register' OR decided_by_id IS NOT NULL",
            name=op.f("ck_decision_decider_stated"),
        ),
        sa.CheckConstraint(
            "origin = 'register' OR decided_on IS NOT NULL", name=op.f("ck_decision_decided_stated")
        ),
        sa.CheckConstraint(
            "origin = 'register' OR reasons IS NOT NULL", name=op.f("ck_decision_reasons_stated")
        ),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (ended_reason IS NULL)", name=op.f("ck_decision_end_has_reason")
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= decided_on",
            name=op.f("ck_decision_ended_not_before_decided"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_decision_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["consultation_subject.id"], name=op.f("fk_decision_subject_id")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_decision_term_id")),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f("fk_decision_text_agency_id")
        ),
        sa.ForeignKeyConstraint(["tier_id"], ["term.id"], name=op.f("fk_decision_tier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("subject_id", "number", name=op.f("uq_decision_subject_id_number")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_decided_on"), ["decided_on"], unique=False)
        batch_op.create_index(
            "uq_decision_standing",
            ["subject_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.create_table(
        "minute",
        sa.Column("discussion_id", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["discussion_id"], ["strategy_discussion.id"], name=op.f("fk_minute_discussion_id")
        ),
        sa.PrimaryKeyConstraint("discussion_id", "heading", name=op.f("pk_minute")),
    )
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("allegation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "substantiated",
                "unsubstantiated",
                "unfounded",
                "false",
                "malicious",
                name="outcome_code",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
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
        sa.CheckConstraint(
            "origin = 'register' OR decided_by_id IS NOT NULL",
            name=op.f("ck_outcome_decider_stated"),
        ),
        sa.CheckConstraint(
            "origin = 'register' OR outcome NOT IN ('false', 'malicious') OR evidence IS NOT NULL",
            name=op.f("ck_outcome_disproof_has_evidence"),
        ),
        sa.CheckConstraint(
            "origin = 'register' OR reasons IS NOT NULL", name=op.f("ck_outcome_reasons_stated")
        ),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (ended_reason IS NULL)", name=op.f("ck_outcome_end_has_reason")
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= decided_on",
            name=op.f("ck_outcome_ended_not_before_decided"),
        ),
        sa.ForeignKeyConstraint(
            ["allegation_id"], ["allegation.id"], name=op.f("fk_outcome_allegation_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_outcome_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f("fk_outcome_text_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint(
            "allegation_id", "number", name=op.f("uq_outcome_allegation_id_number")
        ),
    )
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_decided_on"), ["decided_on"], unique=False)
        batch_op.create_index(
            "uq_outcome_standing",
            ["allegation_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("discussion_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column(
            "attendance",
            sa.Enum(
                "invited",
                "attended",
                "apologies",
                "did_not_attend",
                "left_out",
                name="attendance",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("left_out_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(attendance = 'left_out') = (left_out_reason IS NOT NULL)",
            name=op.f("ck_participant_left_out_has_reason"),
        ),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_participant_name_not_blank")),
        sa.ForeignKeyConstraint(["agency_id"], ["term.id"], name=op.f("fk_participant_agency_id")),
        sa.ForeignKeyConstraint(
            ["discussion_id"], ["strategy_discussion.id"], name=op.f("fk_participant_discussion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint(
            "discussion_id", "number", name=op.f("uq_participant_discussion_id_number")
        ),
    )
    op.create_table(
        "strand_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
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
        sa.CheckConstraint(
            "origin = 'register' OR reported_on IS NOT NULL",
            name=op.f("ck_strand_result_reported_stated"),
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR reported_on IS NULL OR ended_on >= reported_on",
            name=op.f("ck_strand_result_ended_not_before_reported"),
        ),
        sa.ForeignKeyConstraint(
            ["strand_id"], ["strand.id"], name=op.f("fk_strand_result_strand_id")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_strand_result_term_id")),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f("fk_strand_result_text_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strand_result")),
        sa.UniqueConstraint("strand_id", "number", name=op.f("uq_strand_result_strand_id_number")),
    )
    with op.batch_alter_table("strand_result", schema=None) as batch_op:
        batch_op.create_index(
            "uq_strand_result_standing",
            ["strand_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
    append_only(op.get_bind(), "audit_event", unique=("id", "hash"), disposable=False)
    append_only(op.get_bind(), "note", unique=("id",), disposable=True)


def downgrade() -> None:
    not_append_only(op.get_bind(), "note")
    not_append_only(op.get_bind(), "audit_event")
    with op.batch_alter_table("strand_result", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_strand_result_standing",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.drop_table("strand_result")
    op.drop_table("participant")
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_outcome_standing",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_outcome_decided_on"))

    op.drop_table("outcome")
    op.drop_table("minute")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_decision_standing",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_decision_decided_on"))

    op.drop_table("decision")
    op.drop_table("consultation_subject_position")
    with op.batch_alter_table("consultation_subject_limb", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_consultation_subject_limb_primary",
            sqlite_where=sa.text("is_primary"),
            postgresql_where=sa.text("is_primary"),
        )

    op.drop_table("consultation_subject_limb")
    with op.batch_alter_table("allegation_limb", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_allegation_limb_primary",
            sqlite_where=sa.text("is_primary"),
            postgresql_where=sa.text("is_primary"),
        )

    op.drop_table("allegation_limb")
    op.drop_table("allegation_child")
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_due_on"))
        batch_op.drop_index(batch_op.f("ix_action_discussion_id"))

    op.drop_table("action")
    with op.batch_alter_table("strategy_discussion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strategy_discussion_scheduled_on"))
        batch_op.drop_index(batch_op.f("ix_strategy_discussion_held_on"))

    op.drop_table("strategy_discussion")
    op.drop_table("strand")
    with op.batch_alter_table("onward_referral", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_onward_referral_referred_on"))

    op.drop_table("onward_referral")
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_consultation_id"))
        batch_op.drop_index(batch_op.f("ix_note_case_id"))

    op.drop_table("note")
    with op.batch_alter_table("named_access", schema=None) as batch_op:
        batch_op.drop_index("uq_named_access_person")
        batch_op.drop_index("uq_named_access_consultation")
        batch_op.drop_index("uq_named_access_case")

    op.drop_table("named_access")
    op.drop_table("learning_point")
    with op.batch_alter_table("allegation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_allegation_primary",
            sqlite_where=sa.text("is_primary"),
            postgresql_where=sa.text("is_primary"),
        )

    op.drop_table("allegation")
    with op.batch_alter_table("consultation_subject", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_subject_position_id"))
        batch_op.drop_index(batch_op.f("ix_consultation_subject_person_id"))
        batch_op.drop_index(batch_op.f("ix_consultation_subject_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_consultation_subject_match_hash"))
        batch_op.drop_index(batch_op.f("ix_consultation_subject_case_id"))

    op.drop_table("consultation_subject")
    op.drop_table("child")
    with op.batch_alter_table("case_spell", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_case_spell_open",
            sqlite_where=sa.text("concluded_on IS NULL"),
            postgresql_where=sa.text("concluded_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_case_spell_opened_on"))
        batch_op.drop_index(batch_op.f("ix_case_spell_concluded_on"))

    op.drop_table("case_spell")
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_status"))
        batch_op.drop_index(batch_op.f("ix_consultation_setting_id"))
        batch_op.drop_index(batch_op.f("ix_consultation_restricted"))
        batch_op.drop_index(batch_op.f("ix_consultation_received_on"))

    op.drop_table("consultation")
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_status"))
        batch_op.drop_index(batch_op.f("ix_case_restricted"))
        batch_op.drop_index(batch_op.f("ix_case_person_id"))
        batch_op.drop_index(batch_op.f("ix_case_owner_id"))
        batch_op.drop_index(batch_op.f("ix_case_organisation_id"))

    op.drop_table("case")
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_session_user_id"))

    op.drop_table("user_session")
    op.drop_table("second_factor")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_report_published",
            sqlite_where=sa.text("status = 'published'"),
            postgresql_where=sa.text("status = 'published'"),
        )

    op.drop_table("report")
    op.drop_table("register_import")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_user_id"))

    op.drop_table("recovery_code")
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_position_person_id"))
        batch_op.drop_index(batch_op.f("ix_position_organisation_id"))

    op.drop_table("position")
    op.drop_table("invitation")
    with op.batch_alter_table("associate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_associate_user_id"))

    op.drop_table("associate")
    op.drop_table("user")
    with op.batch_alter_table("person_name", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_person_name_current",
            sqlite_where=sa.text("kind = 'current'"),
            postgresql_where=sa.text("kind = 'current'"),
        )
        batch_op.drop_index(batch_op.f("ix_person_name_person_id"))
        batch_op.drop_index(batch_op.f("ix_person_name_folded"))

    op.drop_table("person_name")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_folded"))

    op.drop_table("organisation")
    op.drop_table("term")
    op.drop_table("setting")
    op.drop_table("reference_counter")
    with op.batch_alter_table("rate_count", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rate_count_expires_at"))

    op.drop_table("rate_count")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_restricted"))
        batch_op.drop_index(batch_op.f("ix_person_date_of_birth"))

    op.drop_table("person")
    op.drop_table("disposal_permit")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_record"))
        batch_op.drop_index(batch_op.f("ix_audit_event_at"))
        batch_op.drop_index(batch_op.f("ix_audit_event_actor"))

    op.drop_table("audit_event")
