"""Organisations: their place in public lists, other names, words for finding them, merges, and
that somebody looked at an alert."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

CHECKS = {
    "urn_has_source": "(urn IS NULL) = (source IS NULL)",
    "closed_on_is_closed": "closed OR closed_on IS NULL",
    "merged_into_another": "merged_into_id IS NULL OR merged_into_id <> id",
}
organisation = sa.table("organisation", sa.column("id", sa.Integer), sa.column("folded", sa.String))
word = sa.table(
    "organisation_word", sa.column("word", sa.String), sa.column("organisation_id", sa.Integer)
)


def upgrade() -> None:
    op.create_table(
        "alert_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(note) <> ''", name=op.f("ck_alert_review_note_not_blank")),
        sa.CheckConstraint(
            "(organisation_id IS NULL) <> (person_id IS NULL)",
            name=op.f("ck_alert_review_about_one"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_alert_review_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_alert_review_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["user.id"], name=op.f("fk_alert_review_reviewed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_review")),
    )
    with op.batch_alter_table("alert_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_alert_review_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_alert_review_person_id"), ["person_id"], unique=False)

    op.create_table(
        "organisation_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "trim(reason) <> ''", name=op.f("ck_organisation_merge_reason_not_blank")
        ),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL) AND (undone_at IS NULL) = (undone_reason IS NULL)",
            name=op.f("ck_organisation_merge_undoing_stated"),
        ),
        sa.CheckConstraint(
            "merged_id <> into_id", name=op.f("ck_organisation_merge_two_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["organisation.id"], name=op.f("fk_organisation_merge_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_by_id"], ["user.id"], name=op.f("fk_organisation_merge_merged_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_id"], ["organisation.id"], name=op.f("fk_organisation_merge_merged_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["user.id"], name=op.f("fk_organisation_merge_undone_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_merge")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organisation_merge_public_id")),
    )
    with op.batch_alter_table("organisation_merge", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_merge_into_id"), ["into_id"], unique=False
        )
        batch_op.create_index(
            "uq_organisation_merge_standing",
            ["merged_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )

    op.create_table(
        "organisation_word",
        sa.Column(
            "word",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_word_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("word", "organisation_id", name=op.f("pk_organisation_word")),
    )
    with op.batch_alter_table("organisation_word", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_word_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "organisations_apart",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("told_by_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_organisations_apart_lower_first")),
        sa.ForeignKeyConstraint(
            ["first_id"], ["organisation.id"], name=op.f("fk_organisations_apart_first_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["organisation.id"], name=op.f("fk_organisations_apart_second_id")
        ),
        sa.ForeignKeyConstraint(
            ["told_by_id"], ["user.id"], name=op.f("fk_organisations_apart_told_by_id")
        ),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_organisations_apart")),
    )
    op.create_table(
        "organisation_moved",
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "position",
                "setting",
                "subject",
                "case",
                "other_name",
                name="moved_part",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["organisation_merge.id"], name=op.f("fk_organisation_moved_merge_id")
        ),
        sa.PrimaryKeyConstraint(
            "merge_id", "part", "record_id", name=op.f("pk_organisation_moved")
        ),
    )
    op.create_table(
        "organisation_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=210), nullable=False),
        sa.Column("merge_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_organisation_name_name_not_blank")),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["organisation_merge.id"], name=op.f("fk_organisation_name_merge_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_name_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_name")),
    )
    with op.batch_alter_table("organisation_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_name_folded"), ["folded"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_organisation_name_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "alert_review_contact",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_alert_review_contact_consultation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["alert_review.id"], name=op.f("fk_alert_review_contact_review_id")
        ),
        sa.PrimaryKeyConstraint(
            "review_id", "consultation_id", name=op.f("pk_alert_review_contact")
        ),
    )
    with op.batch_alter_table("alert_review_contact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_alert_review_contact_consultation_id"), ["consultation_id"], unique=False
        )

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "source",
                sa.Enum(
                    "schools",
                    "ofsted",
                    name="organisation_source",
                    native_enum=False,
                    create_constraint=True,
                    length=30,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("urn", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("address", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("town", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("postcode", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("authority", sa.String(length=100), nullable=True))
        batch_op.add_column(
            sa.Column("closed", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("closed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_organisation_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_organisation_source_urn"), ["source", "urn"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_organisation_merged_into_id"), "organisation", ["merged_into_id"], ["id"]
        )
        for name, condition in CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(f"ck_organisation_{name}"), condition)
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.alter_column("closed", server_default=None)
    _fill_words()


def _fill_words() -> None:
    """Those of the names that are there."""
    connection = op.get_bind()
    for id_, folded in connection.execute(
        sa.select(organisation.c.id, organisation.c.folded)
    ).all():
        rows = [{"word": each, "organisation_id": id_} for each in {w[:60] for w in folded.split()}]
        if rows:
            connection.execute(sa.insert(word), rows)


def downgrade() -> None:
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(batch_op.f(f"ck_organisation_{name}"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_organisation_organisation_source"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_organisation_merged_into_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_organisation_source_urn"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_organisation_merged_into_id"))
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("closed_on")
        batch_op.drop_column("closed")
        batch_op.drop_column("authority")
        batch_op.drop_column("postcode")
        batch_op.drop_column("town")
        batch_op.drop_column("address")
        batch_op.drop_column("urn")
        batch_op.drop_column("source")

    with op.batch_alter_table("alert_review_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_review_contact_consultation_id"))

    op.drop_table("alert_review_contact")
    with op.batch_alter_table("organisation_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_name_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_name_folded"))

    op.drop_table("organisation_name")
    op.drop_table("organisation_moved")
    op.drop_table("organisations_apart")
    with op.batch_alter_table("organisation_word", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_word_organisation_id"))

    op.drop_table("organisation_word")
    with op.batch_alter_table("organisation_merge", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_organisation_merge_standing",
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_organisation_merge_into_id"))

    op.drop_table("organisation_merge")
    with op.batch_alter_table("alert_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_review_person_id"))
        batch_op.drop_index(batch_op.f("ix_alert_review_organisation_id"))

    op.drop_table("alert_review")
