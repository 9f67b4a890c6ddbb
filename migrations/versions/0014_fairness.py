"""Safety measures, who was told, help for a child, no learning; what is known of a strand and of a
referral until it is closed; drafts of the new forms."""

import re
import secrets

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

DRAFTS = (
    "safety_measure", "safety_measure_change", "safety_measure_review", "safety_measure_end",
    "notice", "child_help", "no_learning",
)  # fmt: skip
MEASURES = (
    ("suspension", "Suspension", ["Suspended"]),
    ("no_contact", "No contact with the child", ["No contact"]),
    ("redeployed", "Other work in the same setting", ["Redeployed"]),
    ("accompanied", "Another adult always present", ["Supervised", "Accompanied"]),
    ("without_children", "Work without contact with children", ["Non-contact work"]),
    ("other_site", "Work at another site", ["Other site"]),
    ("home_working", "Work from home", ["Home working"]),
    ("paid_leave", "Paid leave", ["Leave"]),
    ("off_rota", "Off the rota or on-call list", ["Off rota"]),
    ("not_alone", "No one-to-one work", ["No one-to-one"]),
    ("it_restricted", "Restricted use of IT", ["IT restricted"]),
    ("placements_held", "No new placements", ["Placements on hold"]),
    ("child_moved", "Child moved from the placement", ["Child removed"]),
    ("left_household", "Adult leaves the household", ["Left the household"]),
    ("other", "Other", []),
)
CHECKS = {
    "strand": {
        "consulted_has_day": "consulted_with IS NULL OR consulted_on IS NOT NULL",
        "ended_is_not_reviewed": "ended_on IS NULL OR review_on IS NULL",
    },
    "onward_referral": {
        "acknowledged_was_referred": "acknowledged_on IS NULL"
        " OR (referred_on IS NOT NULL AND acknowledged_on >= referred_on)",
        "closed_was_referred": "closed_on IS NULL OR (referred_on IS NOT NULL"
        " AND closed_on >= referred_on)",
        "closed_has_result": "(closed_on IS NULL) = (result IS NULL)",
        "closed_is_not_chased": "closed_on IS NULL OR chase_on IS NULL",
    },
    "outcome": {
        "child_help": "child_help IN ('referred', 'not_needed')",
        "help_after_disproof": "child_help IS NULL OR outcome IN ('false', 'malicious')",
        "help_says_when_and_who": "(child_help IS NULL) = (child_help_on IS NULL)"
        " AND (child_help IS NULL) = (child_help_by IS NULL)",
        "help_says_why": "(child_help IS NULL) = (child_help_reasons IS NULL)",
    },
    "case": {
        "no_learning_says_why_and_who": "(learning_none_on IS NULL)"
        " = (learning_none_by_id IS NULL)"
        " AND (learning_none_on IS NULL) = (learning_none_reason IS NULL)",
    },
}
ADDED: dict[str, dict[str, sa.types.TypeEngine]] = {
    "strand": {
        "review_on": sa.Date(), "consulted_on": sa.Date(),
        "consulted_with": sa.String(200), "reference": sa.String(60),
    },
    "onward_referral": {
        "chase_on": sa.Date(), "acknowledged_on": sa.Date(), "closed_on": sa.Date(),
        "result": sa.Text(),
    },
    "outcome": {
        "child_help": sa.String(30), "child_help_on": sa.Date(),
        "child_help_by": sa.String(200), "child_help_reasons": sa.Text(),
    },
    "case": {
        "learning_none_on": sa.Date(), "learning_none_by_id": sa.Integer(),
        "learning_none_reason": sa.Text(),
    },
}  # fmt: skip
ENTERED = {
    "origin": ("entered", "register", "form", "transfer"),
    "disclosure": ("undetermined", "open", "consult", "withhold"),
}

term = sa.table(
    "term", sa.column("public_id"), sa.column("version"), sa.column("group"), sa.column("code"),
    sa.column("label"), sa.column("synonyms", sa.JSON), sa.column("position", sa.Integer),
)  # fmt: skip


def upgrade() -> None:
    for table, columns in ADDED.items():
        with op.batch_alter_table(table) as batch:
            for name, kind in columns.items():
                batch.add_column(sa.Column(name, kind, nullable=True))
            if table == "case":
                batch.create_foreign_key(
                    op.f("fk_case_learning_none_by_id"), "user", ["learning_none_by_id"], ["id"]
                )
            for name, sql in CHECKS[table].items():
                batch.create_check_constraint(op.f(f"ck_{table}_{name}"), sql)
    _make_safety_measure()
    _make_review()
    _make_notice()
    _add_codes("draft", "draft_form", "form", DRAFTS)
    _add_codes("term", "term_group", '"group"', ("safety_measure",))
    last = op.get_bind().scalar(sa.select(sa.func.max(term.c.position))) or 0
    op.bulk_insert(
        term,
        [
            {
                "public_id": secrets.token_urlsafe(16), "version": 1, "group": "safety_measure",
                "code": code, "label": label, "synonyms": synonyms, "position": last + place,
            }
            for place, (code, label, synonyms) in enumerate(MEASURES, start=1)
        ],
    )  # fmt: skip


def downgrade() -> None:
    for table in ("notice", "safety_measure_review", "safety_measure"):
        op.drop_table(table)
    op.execute(sa.delete(term).where(term.c.group == "safety_measure"))
    draft = sa.table("draft", sa.column("form"))
    op.execute(sa.delete(draft).where(draft.c.form.in_(DRAFTS)))
    _take_codes("draft", "draft_form", "form", DRAFTS)
    _take_codes("term", "term_group", '"group"', ("safety_measure",))
    for table, columns in ADDED.items():
        with op.batch_alter_table(table) as batch:
            for name in CHECKS[table]:
                batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
            if table == "case":
                batch.drop_constraint(op.f("fk_case_learning_none_by_id"), type_="foreignkey")
            for name in columns:
                batch.drop_column(name)


def _make_safety_measure() -> None:
    op.create_table(
        "safety_measure",
        *_part_of_case(),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("considered_on", sa.Date(), nullable=False),
        sa.Column(
            "decision",
            _codes("measure_decision", "pending", "in_place", "not_used", "ended"),
            nullable=False,
        ),
        sa.Column("decided_by", sa.String(200), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("alternatives", sa.Text(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("support_contact", sa.String(200), nullable=True),
        sa.Column("passed_on_to", sa.String(200), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_safety_measure_term_id")),
        *_of_case("safety_measure"),
        sa.CheckConstraint(
            "decision = 'pending' OR (decided_by IS NOT NULL AND reasons IS NOT NULL)",
            name=op.f("ck_safety_measure_decided_says_who_and_why"),
        ),
        sa.CheckConstraint(
            "(decision IN ('in_place', 'ended')) = (started_on IS NOT NULL)",
            name=op.f("ck_safety_measure_started_fits_decision"),
        ),
        sa.CheckConstraint(
            "(decision = 'ended') = (ended_on IS NOT NULL)",
            name=op.f("ck_safety_measure_ended_fits_decision"),
        ),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (ended_reason IS NULL)",
            name=op.f("ck_safety_measure_ended_has_reason"),
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= started_on",
            name=op.f("ck_safety_measure_ended_not_before_started"),
        ),
        sa.CheckConstraint(
            "(decision = 'in_place') = (review_on IS NOT NULL)",
            name=op.f("ck_safety_measure_reviewed_while_in_place"),
        ),
        sa.CheckConstraint(
            "passed_on_to IS NULL OR decision = 'in_place'",
            name=op.f("ck_safety_measure_passed_on_while_in_place"),
        ),
    )


def _make_review() -> None:
    op.create_table(
        "safety_measure_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.Column("origin", _codes("origin", *ENTERED["origin"]), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "trim(decided) <> ''", name=op.f("ck_safety_measure_review_decided_not_blank")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"],
            ["safety_measure.id"],
            name=op.f("fk_safety_measure_review_measure_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_measure_review")),
        sa.UniqueConstraint(
            "measure_id", "number", name=op.f("uq_safety_measure_review_measure_id_number")
        ),
    )


def _make_notice() -> None:
    op.create_table(
        "notice",
        *_part_of_case(),
        sa.Column(
            "notice_to",
            _codes("notice_to", "subject", "child", "parents", "referrer", "employer",
                   "other_agency"),
            nullable=False,
        ),
        sa.Column(
            "step",
            _codes("notice_step", "allegation_told", "allegation_put", "response_received",
                   "outcome_told"),
            nullable=False,
        ),
        sa.Column("child_id", sa.Integer(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_by", sa.String(200), nullable=True),
        sa.Column(
            "told_how", _codes("notice_how", "in_person", "phone", "letter", "email"), nullable=True
        ),
        sa.Column("withheld_on", sa.Date(), nullable=True),
        sa.Column("withheld_reason", sa.Text(), nullable=True),
        sa.Column("look_again_on", sa.Date(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_notice_child_id")),
        *_of_case("notice"),
        sa.CheckConstraint(
            "(told_on IS NULL) <> (withheld_on IS NULL)", name=op.f("ck_notice_told_or_withheld")
        ),
        sa.CheckConstraint(
            "(told_on IS NULL) = (told_by IS NULL) AND (told_on IS NULL) = (told_how IS NULL)",
            name=op.f("ck_notice_told_says_how_and_by_whom"),
        ),
        sa.CheckConstraint(
            "(withheld_on IS NULL) = (withheld_reason IS NULL)",
            name=op.f("ck_notice_withheld_has_reason"),
        ),
        sa.CheckConstraint(
            "look_again_on IS NULL OR (withheld_on IS NOT NULL AND look_again_on > withheld_on)",
            name=op.f("ck_notice_told_is_not_looked_at_again"),
        ),
        sa.CheckConstraint(
            "child_id IS NULL OR notice_to IN ('child', 'parents')",
            name=op.f("ck_notice_child_of_child_or_parents"),
        ),
    )  # fmt: skip


def _part_of_case() -> tuple[sa.Column, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("origin", _codes("origin", *ENTERED["origin"]), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_agency_id", sa.Integer(), nullable=True),
        sa.Column("disclosure", _codes("disclosure_class", *ENTERED["disclosure"]), nullable=False),
    )


def _of_case(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f(f"fk_{table}_case_id")),
        sa.ForeignKeyConstraint(
            ["text_agency_id"], ["term.id"], name=op.f(f"fk_{table}_text_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("case_id", "number", name=op.f(f"uq_{table}_case_id_number")),
    )


def _codes(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=30)


def _add_codes(table: str, check: str, column: str, codes: tuple[str, ...]) -> None:
    """To those that the table takes now, whichever revisions came before."""
    _set_codes(table, check, column, [*_codes_now(table, check), *codes])


def _take_codes(table: str, check: str, column: str, codes: tuple[str, ...]) -> None:
    kept = [code for code in _codes_now(table, check) if code not in codes]
    _set_codes(table, check, column, kept)


def _codes_now(table: str, check: str) -> list[str]:
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    found = next(each for each in checks if each["name"] == f"ck_{table}_{check}")
    return re.findall(r"'(\w+)'", found["sqltext"])


def _set_codes(table: str, check: str, column: str, codes: list[str]) -> None:
    listed = ", ".join(f"'{code}'" for code in codes)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{check}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_{check}"), f"{column} IN ({listed})")
